using Microsoft.Data.Sqlite;

namespace MaritimeWatch.Storage.Sqlite;

/// <summary>The append-only, hash-chained record of acts. Triggers in the file refuse changes made by mistake; the chain shows those made on purpose.</summary>
public sealed class SqliteAuditStore(SqliteDatabase database) : IAuditStore
{
    public ValueTask<AuditEntry> AppendAsync(AuditNote note, CancellationToken cancel = default) =>
        database.WriteAsync(connection => Append(connection, note), null, cancel);

    public ValueTask<IReadOnlyList<AuditEntry>> AfterAsync(long number, int limit, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        return new(database.Read(reader => reader.Records<AuditEntry>(
            "SELECT body FROM audit WHERE number > $number ORDER BY number LIMIT $limit", ("$number", number), ("$limit", Math.Max(0, limit)))));
    }

    /// <summary>Adds an entry inside the caller's transaction.</summary>
    internal static AuditEntry Append(SqliteConnection connection, AuditNote note)
    {
        var last = connection.Records<AuditEntry>("SELECT body FROM audit ORDER BY number DESC LIMIT 1").SingleOrDefault();
        var entry = AuditChain.Next(last, note);
        connection.Execute("INSERT INTO audit (number, body) VALUES ($number, $body)", ("$number", entry.Number), ("$body", StoreJson.Write(entry)));
        return entry;
    }
}
