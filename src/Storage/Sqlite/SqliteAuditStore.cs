using System.Text;
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

    public ValueTask<IReadOnlyList<AuditEntry>> BeforeAsync(long? number, int limit, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        return new(database.Read(reader => reader.Records<AuditEntry>(
            "SELECT body FROM audit WHERE number < $number ORDER BY number DESC LIMIT $limit", ("$number", number ?? long.MaxValue), ("$limit", Math.Max(0, limit)))));
    }

    public IAsyncEnumerable<string> FaultsAsync(CancellationToken cancel = default) => database.Read(reader => Faults(reader).ToList()).ToAsyncEnumerable();

    /// <summary>As <see cref="FaultsAsync"/>, read by a connection that is at hand.</summary>
    internal static IEnumerable<string> Faults(SqliteConnection connection) => connection
        .Rows("SELECT number, typeof(body), CAST(body AS BLOB) FROM audit ORDER BY number", row => Fault(row.GetInt64(0), row.GetString(1), row.GetFieldValue<byte[]>(2))).OfType<string>();

    private static string? Fault(long number, string kind, byte[] body)
    {
        try
        {
            var entry = StoreJson.Read<AuditEntry>(Encoding.UTF8.GetString(body));
            return kind == "text" && entry.Number == number && Encoding.UTF8.GetBytes(StoreJson.Write(entry)).AsSpan().SequenceEqual(body) ? null : AuditChain.RowFault(number);
        }
        catch (Exception e) when (e is StoreException or FormatException or ArgumentException)
        {
            return $"Audit row {number} cannot be read as an entry.";
        }
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
