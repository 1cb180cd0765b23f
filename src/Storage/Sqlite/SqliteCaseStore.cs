using MaritimeWatch.Alerts;
using MaritimeWatch.Cases;
using Microsoft.Data.Sqlite;

namespace MaritimeWatch.Storage.Sqlite;

/// <summary>Cases, their alerts and the mails owed for them; each change is one transaction with its audit entry.</summary>
public sealed class SqliteCaseStore(SqliteDatabase database) : ICaseStore
{
    /// <exception cref="ArgumentException">The change adds no event, so a second one could not be told from it.</exception>
    public ValueTask<bool> ApplyAsync(CaseChange change, CancellationToken cancel = default)
    {
        if (change.File.History.Count <= change.EventsBefore)
        {
            throw new ArgumentException($"A change adds an event: expected more than {change.EventsBefore}, found {change.File.History.Count}.", nameof(change));
        }

        return database.WriteAsync(
            connection =>
            {
                if (!Advance(connection, change))
                {
                    return false;
                }

                if (change.Alert is { } alert)
                {
                    // No OR IGNORE here: an alert that went out is never written twice, and never changed.
                    connection.Execute("INSERT INTO alert (id, case_id, revision, body) VALUES ($id, $case, $revision, $body)",
                        ("$id", alert.Id), ("$case", alert.CaseId), ("$revision", alert.Revision), ("$body", StoreJson.Write(alert)));
                }

                foreach (var mail in change.Mails)
                {
                    SqliteOutboxStore.Owe(connection, mail);
                }

                SqliteAuditStore.Append(connection, change.Audit);
                return true;
            },
            null,
            cancel);
    }

    public ValueTask<CaseFile?> FindAsync(string id, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        return new(database.Read(reader => reader.Records<CaseFile>("SELECT body FROM case_file WHERE id = $id", ("$id", id)).SingleOrDefault()));
    }

    public ValueTask<IReadOnlyList<CaseFile>> AllAsync(int limit, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        return new(database.Read(reader => reader.Records<CaseFile>(
            "SELECT body FROM case_file ORDER BY opened_ticks DESC, id LIMIT $limit", ("$limit", Math.Max(0, limit)))));
    }

    public ValueTask<Alert?> AlertAsync(string alertId, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        return new(database.Read(reader => reader.Records<Alert>("SELECT body FROM alert WHERE id = $id", ("$id", alertId)).SingleOrDefault()));
    }

    public ValueTask<IReadOnlyList<Alert>> AlertsOfAsync(string caseId, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        return new(database.Read(reader => reader.Records<Alert>("SELECT body FROM alert WHERE case_id = $case ORDER BY revision", ("$case", caseId))));
    }

    /// <summary>Puts the case forward, if it still stands where the change found it.</summary>
    private static bool Advance(SqliteConnection connection, CaseChange change)
    {
        var sql = change.EventsBefore == 0
            ? "INSERT INTO case_file (id, opened_ticks, events, body) VALUES ($id, $opened, $events, $body) ON CONFLICT (id) DO NOTHING"
            : "UPDATE case_file SET opened_ticks = $opened, events = $events, body = $body WHERE id = $id AND events = $before";
        return connection.Execute(sql, ("$id", change.File.Id), ("$opened", change.File.OpenedAt.UtcTicks), ("$events", change.File.History.Count),
            ("$body", StoreJson.Write(change.File)), ("$before", change.EventsBefore)) == 1;
    }
}
