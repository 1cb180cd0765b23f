using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using MaritimeWatch.Storage.Chunks;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Storage.Cosmos;

/// <summary>Positions of one commit and hour, packed.</summary>
internal sealed record JournalItem(string Feed, int Hour, long Seq, byte[] Body);

/// <summary>How far hours are closed: rows of hours up to one, with numbers up to the mark of their feed, are in chunks.</summary>
internal sealed record ClosingItem(int Through, SortedDictionary<string, long> Marks);

/// <summary>
/// The journal: what was committed and is not in chunks yet. Rows are named by hour, number of the commit and content, so a
/// repeat writes the same item and two writers never write over each other. Rows count up to the number in the feed's
/// checkpoint, which is written after them.
/// </summary>
internal static class CosmosJournal
{
    private const string ClosingId = "closing";

    /// <summary>About 1 MB as base64; an item may have 2 MB.</summary>
    private const int MostInItem = 50_000;

    /// <summary>Rows in a form ready to be written, each at most a chunk long.</summary>
    public static List<(int Hour, byte[] Body)> Pack(IReadOnlyList<PositionReport> positions) =>
        [.. from report in positions
            group (report.Mmsi, report.Fix) by VesselHour.Of(report.Fix) into hour
            orderby hour.Key
            from part in hour.Chunk(MostInItem)
            select (hour.Key, ChunkCodec.EncodeMany(part))];

    public static async Task WriteAsync(CosmosDatabase database, string feed, long seq, List<(int Hour, byte[] Body)> rows, CancellationToken cancel)
    {
        foreach (var (hour, body) in rows)
        {
            var id = $"{hour:D8}:{seq:D12}:{Convert.ToHexStringLower(SHA256.HashData(body))[..16]}";
            await database.UpsertAsync(CosmosContainers.Journal, CosmosId.Of(feed), id, new JournalItem(feed, hour, seq, body), cancel, ("hour", hour), ("seq", seq));
        }
    }

    /// <summary>Rows of a feed above one number and up to another, in order.</summary>
    /// <remarks>
    /// Each page begins after the last number of the page before. A continuation of the service is not used: rows are deleted
    /// while others read, and a row that a continuation stood on would take its neighbours of the same commit with it.
    /// </remarks>
    public static async IAsyncEnumerable<JournalItem> RowsAsync(CosmosDatabase database, string feed, long after, long upTo, [EnumeratorCancellation] CancellationToken cancel)
    {
        const int page = 100;
        for (var key = CosmosId.Of(feed); after < upTo;)
        {
            var rows = new List<JournalItem>();
            await foreach (var row in database.QueryAsync<JournalItem>(CosmosContainers.Journal, key, "WHERE c.feed = @feed AND c.seq > @after AND c.seq <= @upTo ORDER BY c.seq", page, cancel, ("@feed", key), ("@after", after), ("@upTo", upTo)))
            {
                rows.Add(row.Value);
            }

            // The last commit of a full page may have rows beyond it: it comes whole with the next one.
            var last = rows.Count == page && rows[^1].Seq > rows[0].Seq ? rows[^1].Seq - 1 : upTo;
            foreach (var row in rows.Where(r => r.Seq <= last))
            {
                yield return row;
            }

            after = last;
        }
    }

    /// <exception cref="StoreException">The row is damaged.</exception>
    public static List<(Mmsi Mmsi, Fix Fix)> Decode(JournalItem row)
    {
        try
        {
            return ChunkCodec.DecodeMany(row.Body);
        }
        catch (InvalidDataException e)
        {
            throw new StoreException($"A journal item of feed {row.Feed} is damaged ({e.Message}). Restore the account to a time before.", e);
        }
    }

    /// <summary>Every feed with the number of its last rows, and how far hours are closed; one question.</summary>
    public static async Task<(Dictionary<string, long> Seqs, ClosingItem Closing)> StandAsync(CosmosDatabase database, CancellationToken cancel)
    {
        var seqs = new Dictionary<string, long>(StringComparer.Ordinal);
        var closing = new ClosingItem(-1, []);
        await foreach (var item in database.SelectAsync(CosmosContainers.State, null, "c.id, c.kind, c.body, c._etag", "WHERE c.kind IN ('feed', 'closing')", null, cancel))
        {
            if (item.GetProperty("kind").GetString() == "feed")
            {
                var feed = CosmosDatabase.HeldOf<FeedItem>(item).Value;
                seqs[feed.Checkpoint.Feed] = feed.Seq;
            }
            else
            {
                closing = CosmosDatabase.HeldOf<ClosingItem>(item).Value;
            }
        }

        return (seqs, closing);
    }

    /// <summary>Notes that hours are closed; a state that is not ahead of the one kept in everything is left out, and closed again next time.</summary>
    public static Task ClosedAsync(CosmosDatabase database, ClosingItem now, CancellationToken cancel) => database.ChangeAsync<ClosingItem>(
        CosmosContainers.State,
        ClosingId,
        ClosingId,
        known => known is null || (now.Through >= known.Through && known.Marks.All(m => now.Marks.GetValueOrDefault(m.Key) >= m.Value)) ? now : null,
        _ => [("kind", ClosingId)],
        cancel);

    /// <summary>Deletes rows that are in chunks and older than a time, so that those who follow have had time to see them.</summary>
    public static async Task ShedAsync(CosmosDatabase database, ClosingItem closing, DateTimeOffset writtenBefore, CancellationToken cancel)
    {
        var marks = closing.Marks.ToDictionary(m => CosmosId.Of(m.Key), m => m.Value, StringComparer.Ordinal);
        var closed = new List<(string Feed, string Id)>();
        await foreach (var row in database.SelectAsync(CosmosContainers.Journal, null, "c.id, c.feed, c.seq", "WHERE c.hour <= @through AND c._ts < @before", null, cancel, ("@through", closing.Through), ("@before", writtenBefore.ToUnixTimeSeconds())))
        {
            if (row.GetProperty("seq").GetInt64() <= marks.GetValueOrDefault(row.GetProperty("feed").GetString()!))
            {
                closed.Add((row.GetProperty("feed").GetString()!, row.GetProperty("id").GetString()!));
            }
        }

        await Parallel.ForEachAsync(closed, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancel }, async (row, stop) => await database.DeleteAsync(CosmosContainers.Journal, row.Feed, row.Id, null, stop));
    }

    /// <summary>A mark for those who follow: feed and number.</summary>
    public static string Mark(Dictionary<string, long> seqs) => JsonSerializer.Serialize(new SortedDictionary<string, long>(seqs, StringComparer.Ordinal));

    public static Dictionary<string, long> SeqsOf(string mark) => JsonSerializer.Deserialize<Dictionary<string, long>>(mark) ?? [];

    /// <summary>Id of an hour's chunk, such as <c>h:2026-11-23T14</c>.</summary>
    public static string ChunkId(int hour) => $"h:{VesselHour.Start(hour).ToString("yyyy-MM-dd'T'HH", CultureInfo.InvariantCulture)}";
}
