using MaritimeWatch.Detection;
using MaritimeWatch.Units;
using Microsoft.Data.Sqlite;

namespace MaritimeWatch.Storage.Sqlite;

/// <summary>Findings with every revision kept.</summary>
public sealed class SqliteFindingStore(SqliteDatabase database) : IFindingStore
{
    public ValueTask<StoredFinding> SaveAsync(Finding finding, DateTimeOffset now, CancellationToken cancel = default) => database.WriteAsync(
        connection =>
        {
            var last = Current(connection, finding.Id);
            if (last is not null && FindingRevisions.SaysTheSame(last.Finding, finding))
            {
                return last;
            }

            if (last is not null && FindingRevisions.OnlyWentOn(last.Finding, finding))
            {
                var gone = last with { Finding = finding, SavedAt = now };
                connection.Execute("UPDATE finding SET body = $body WHERE id = $id AND revision = $revision", ("$id", finding.Id), ("$revision", last.Revision), ("$body", StoreJson.Write(gone)));
                return gone;
            }

            var stored = new StoredFinding(finding, (last?.Revision ?? 0) + 1, now);
            connection.Execute("UPDATE finding SET is_current = 0 WHERE id = $id AND is_current = 1", ("$id", finding.Id));
            connection.Execute("INSERT INTO finding (id, revision, is_current, mmsi, start_ticks, body) VALUES ($id, $revision, 1, $mmsi, $start, $body)",
                ("$id", finding.Id), ("$revision", stored.Revision), ("$mmsi", finding.Mmsi?.Number), ("$start", finding.StartTime.UtcTicks), ("$body", StoreJson.Write(stored)));
            return stored;
        },
        null,
        cancel);

    public ValueTask<StoredFinding?> FindAsync(string id, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        return new(database.Read(reader => Current(reader, id)));
    }

    public ValueTask<IReadOnlyList<StoredFinding>> RevisionsOfAsync(string id, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        return new(database.Read(reader => reader.Records<StoredFinding>("SELECT body FROM finding WHERE id = $id ORDER BY revision", ("$id", id))));
    }

    public ValueTask<IReadOnlyList<StoredFinding>> OfVesselAsync(Mmsi mmsi, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        return new(database.Read(reader => reader.Records<StoredFinding>(
            "SELECT body FROM finding WHERE mmsi = $mmsi AND is_current = 1 ORDER BY start_ticks, id", ("$mmsi", mmsi.Number))));
    }

    public ValueTask<IReadOnlyList<StoredFinding>> CurrentAsync(int limit, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        return new(database.Read(reader => reader.Records<StoredFinding>(
            "SELECT body FROM finding WHERE is_current = 1 ORDER BY start_ticks DESC, id LIMIT $limit", ("$limit", Math.Max(0, limit)))));
    }

    public IAsyncEnumerable<StoredFinding> BegunSinceAsync(DateTimeOffset from, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        return database.Read(reader => reader.Records<StoredFinding>("SELECT body FROM finding WHERE is_current = 1 AND start_ticks >= $from", ("$from", from.UtcTicks))).ToAsyncEnumerable();
    }

    private static StoredFinding? Current(SqliteConnection connection, string id) =>
        connection.Records<StoredFinding>("SELECT body FROM finding WHERE id = $id ORDER BY revision DESC LIMIT 1", ("$id", id)).SingleOrDefault();
}
