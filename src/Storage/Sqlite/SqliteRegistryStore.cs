using MaritimeWatch.Registry;
using MaritimeWatch.Units;
using Microsoft.Data.Sqlite;

namespace MaritimeWatch.Storage.Sqlite;

/// <summary>Questions to registers and their statements, notices, mails and subscriptions; each act is one transaction with its audit entry.</summary>
public sealed class SqliteRegistryStore(SqliteDatabase database) : IRegistryStore
{
    private const string Insert = "INSERT INTO registry_file (id, flag, hull, events, deadline_ticks, body) VALUES ($id, $flag, $hull, $events, $deadline, $body)";

    private const string Told = "INSERT INTO registry_notice (id, file_id, body) VALUES ($id, $file, $body)";

    /// <exception cref="ArgumentException">The change adds no event, so a second one could not be told from it.</exception>
    public ValueTask<bool> ApplyAsync(RegistryChange change, CancellationToken cancel = default)
    {
        change.Check();
        return database.WriteAsync(
            connection =>
            {
                if (!Advance(connection, change.File, change.EventsBefore))
                {
                    return false;
                }

                foreach (var notice in change.Notices)
                {
                    // No OR IGNORE here: what was told is never written twice, and never changed.
                    connection.Execute(Told, Values(change.File.Id, notice));
                }

                foreach (var mail in change.Mails)
                {
                    SqliteOutboxStore.Owe(connection, mail);
                }

                SqliteIdentityStore.Add(connection, change.Claims);
                SqliteFeedStore.AddCandidates(connection, change.Candidates);
                SqliteAuditStore.Append(connection, change.Audit);
                return true;
            },
            null,
            cancel);
    }

    public async ValueTask<RegistryFile?> FindAsync(string fileId, CancellationToken cancel = default) => (await FilesAsync("WHERE id = $id", cancel, ("$id", fileId))).SingleOrDefault();

    public ValueTask<IReadOnlyList<RegistryFile>> OfFlagAsync(FlagState flag, CancellationToken cancel = default) => FilesAsync("WHERE flag = $flag", cancel, ("$flag", flag.Code));

    public ValueTask<IReadOnlyList<RegistryFile>> OfHullsAsync(IReadOnlyCollection<string> hullIds, CancellationToken cancel = default) =>
        FilesAsync("WHERE hull IN (SELECT value FROM json_each($hulls))", cancel, ("$hulls", StoreJson.Write(hullIds)));

    public ValueTask<IReadOnlyList<RegistryFile>> AllAsync(CancellationToken cancel = default) => FilesAsync("", cancel);

    public ValueTask<IReadOnlyList<RegistryFile>> OverdueAsync(DateTimeOffset now, CancellationToken cancel = default) => FilesAsync("WHERE deadline_ticks < $now", cancel, ("$now", now.UtcTicks));

    public ValueTask<RegistryNotice?> NoticeAsync(string noticeId, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        return new(database.Read(reader => reader.Records<RegistryNotice>("SELECT body FROM registry_notice WHERE id = $id", ("$id", noticeId)).SingleOrDefault()));
    }

    public ValueTask<IReadOnlyList<RegistryNotice>> NoticesOfAsync(string fileId, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        return new(database.Read(reader => reader.Records<RegistryNotice>("SELECT body FROM registry_notice WHERE file_id = $file ORDER BY rowid", ("$file", fileId))));
    }

    public async ValueTask SubscribeAsync(RegistrySubscription subscription, AuditNote audit, CancellationToken cancel = default) => await database.WriteAsync(
        connection =>
        {
            if (Keep(connection, subscription))
            {
                SqliteAuditStore.Append(connection, audit);
            }

            return 0;
        },
        null,
        cancel);

    public ValueTask<bool> UnsubscribeAsync(string subscriptionId, AuditNote audit, CancellationToken cancel = default) => database.WriteAsync(
        connection =>
        {
            var known = connection.Execute("DELETE FROM registry_subscription WHERE id = $id", ("$id", subscriptionId)) == 1;
            if (known)
            {
                SqliteAuditStore.Append(connection, audit);
            }

            return known;
        },
        null,
        cancel);

    public ValueTask<IReadOnlyList<RegistrySubscription>> SubscriptionsAsync(CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        return new([.. database.Read(reader => reader.Records<RegistrySubscription>("SELECT body FROM registry_subscription")).OrderBy(s => s.At).ThenBy(s => s.Id, StringComparer.Ordinal)]);
    }

    /// <summary>Writes a file of another store as it is, inside the caller's transaction.</summary>
    internal static void Put(SqliteConnection connection, RegistryRecord record)
    {
        connection.Execute($"{Insert} ON CONFLICT (id) DO UPDATE SET events = excluded.events, deadline_ticks = excluded.deadline_ticks, body = excluded.body", Values(record.File));
        foreach (var notice in record.Notices)
        {
            connection.Execute("INSERT INTO registry_notice (id, file_id, body) SELECT $id, $file, $body WHERE NOT EXISTS (SELECT 1 FROM registry_notice WHERE id = $id AND body = $body)", Values(record.File.Id, notice));
        }

        foreach (var mail in record.Mails)
        {
            SqliteOutboxStore.Owe(connection, mail);
        }
    }

    internal static bool Keep(SqliteConnection connection, RegistrySubscription subscription) =>
        connection.Execute("INSERT INTO registry_subscription (id, body) VALUES ($id, $body) ON CONFLICT (id) DO NOTHING", ("$id", subscription.Id), ("$body", StoreJson.Write(subscription))) == 1;

    private static (string, object?)[] Values(RegistryFile file) =>
        [("$id", file.Id), ("$flag", file.Flag.Code), ("$hull", file.HullId), ("$events", file.History.Count), ("$deadline", file.NextDeadline()?.UtcTicks), ("$body", StoreJson.Write(file))];

    private static (string, object?)[] Values(string fileId, RegistryNotice notice) => [("$id", notice.Id), ("$file", fileId), ("$body", StoreJson.Write(notice))];

    /// <summary>Puts the file forward, if it still stands where the change found it.</summary>
    private static bool Advance(SqliteConnection connection, RegistryFile file, int eventsBefore) => eventsBefore == 0
        ? connection.Execute($"{Insert} ON CONFLICT (id) DO NOTHING", Values(file)) == 1
        : connection.Execute("UPDATE registry_file SET events = $events, deadline_ticks = $deadline, body = $body WHERE id = $id AND events = $before",
            ("$id", file.Id), ("$events", file.History.Count), ("$deadline", file.NextDeadline()?.UtcTicks), ("$body", StoreJson.Write(file)), ("$before", eventsBefore)) == 1;

    private ValueTask<IReadOnlyList<RegistryFile>> FilesAsync(string where, CancellationToken cancel, params (string, object?)[] values)
    {
        cancel.ThrowIfCancellationRequested();
        return new(database.Read(reader => reader.Records<RegistryFile>($"SELECT body FROM registry_file {where} ORDER BY id", values)));
    }
}
