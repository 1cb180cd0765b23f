using MaritimeWatch.Cases;
using Microsoft.Data.Sqlite;

namespace MaritimeWatch.Storage.Sqlite;

/// <summary>Suspensions, for all time; each act of a person is one transaction with its audit entry.</summary>
public sealed class SqliteSuspensionStore(SqliteDatabase database) : ISuspensionStore
{
    public ValueTask<bool> BeginAsync(Suspension suspension, AuditNote audit, CancellationToken cancel = default) => database.WriteAsync(
        connection =>
        {
            var begun = connection.Execute("INSERT INTO suspension (id, body) VALUES ($id, $body) ON CONFLICT (id) DO NOTHING", ("$id", suspension.Id), ("$body", StoreJson.Write(suspension))) == 1;
            if (begun)
            {
                SqliteAuditStore.Append(connection, audit);
            }

            return begun;
        },
        null,
        cancel);

    public ValueTask<bool> LiftAsync(string id, DateTimeOffset from, string by, DateTimeOffset at, AuditNote audit, CancellationToken cancel = default) =>
        ChangeAsync(id, s => s.LiftedFrom is null ? s with { LiftedFrom = from, LiftedBy = by, LiftedAt = at } : null, audit, cancel);

    public async ValueTask HoldAsync(string id, string findingId, CancellationToken cancel = default) =>
        await ChangeAsync(id, s => s.Held.Contains(findingId) ? null : s with { Held = [.. s.Held, findingId] }, null, cancel);

    public ValueTask<IReadOnlyList<Suspension>> AllAsync(CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        return new([.. database.Read(reader => reader.Records<Suspension>("SELECT body FROM suspension")).OrderByDescending(s => s.At).ThenBy(s => s.Id, StringComparer.Ordinal)]);
    }

    /// <summary>Writes one of another store as it is, inside the caller's transaction.</summary>
    internal static void Put(SqliteConnection connection, Suspension suspension) =>
        connection.Execute("INSERT INTO suspension (id, body) VALUES ($id, $body) ON CONFLICT (id) DO UPDATE SET body = excluded.body", ("$id", suspension.Id), ("$body", StoreJson.Write(suspension)));

    private ValueTask<bool> ChangeAsync(string id, Func<Suspension, Suspension?> change, AuditNote? audit, CancellationToken cancel) => database.WriteAsync(
        connection =>
        {
            if (connection.Records<Suspension>("SELECT body FROM suspension WHERE id = $id", ("$id", id)).SingleOrDefault() is not { } known || change(known) is not { } changed)
            {
                return false;
            }

            Put(connection, changed);
            if (audit is not null)
            {
                SqliteAuditStore.Append(connection, audit);
            }

            return true;
        },
        null,
        cancel);
}
