using System.Text.Json.Nodes;
using MaritimeWatch.Detection;
using MaritimeWatch.Records;

namespace MaritimeWatch.Storage.Cosmos;

/// <summary>A feed's checkpoint with what numbers its commits.</summary>
/// <param name="Checkpoint">Where the feed stands.</param>
/// <param name="Commits">Commits so far.</param>
/// <param name="Seq">Commits so far that brought positions: the number of the last journal rows that count.</param>
/// <param name="Last">Content of the last commit, so that a repeat of it is known.</param>
internal sealed record FeedItem(FeedCheckpoint Checkpoint, long Commits, long Seq, string? Last);

/// <summary>
/// A vessel that waits, once for each kind. Every arrival makes another turn, so a ticket of an older one takes nothing off.
/// It is written before the commit that brought it and seen after it: who judged it in between would judge without the news.
/// </summary>
internal sealed record CandidateItem(Candidate Candidate, long Turn, string? Feed, long Commit);

/// <summary>What the feeds brought and where they stand.</summary>
public sealed class CosmosFeedStore(CosmosDatabase database) : IFeedStore
{
    /// <summary>Rejections kept per feed, and in one item.</summary>
    private const int RejectionsKept = 10_000, RejectionsInItem = 500;

    private const int AtOnce = 8;

    public async ValueTask<FeedCheckpoint?> CheckpointOfAsync(string feed, CancellationToken cancel = default) => (await ItemAsync(database, feed, cancel))?.Value.Checkpoint;

    public async ValueTask<IReadOnlyList<FeedCheckpoint>> CheckpointsAsync(CancellationToken cancel = default) =>
        [.. (await ItemsAsync(database, cancel)).Select(f => f.Checkpoint).OrderBy(c => c.Feed, StringComparer.Ordinal)];

    public async ValueTask<IReadOnlyList<Rejection>> RejectionsOfAsync(string feed, int limit, CancellationToken cancel = default)
    {
        var most = Math.Clamp(limit, 0, RejectionsKept);
        var newest = new List<Rejection>();
        await foreach (var item in database.QueryAsync<List<Rejection>>(CosmosContainers.Rejections, CosmosId.Of(feed), "WHERE c.feed = @feed ORDER BY c.place DESC", null, cancel, ("@feed", CosmosId.Of(feed))))
        {
            newest.AddRange(item.Value.AsEnumerable().Reverse().Take(most - newest.Count));
            if (newest.Count == most)
            {
                break;
            }
        }

        return newest;
    }

    public async ValueTask<IReadOnlyList<(string Ticket, Candidate Candidate)>> CandidatesAsync(int limit, CancellationToken cancel = default)
    {
        var waiting = new List<(string, Candidate)>();
        var commits = (await ItemsAsync(database, cancel)).ToDictionary(f => f.Checkpoint.Feed, f => f.Commits, StringComparer.Ordinal);
        await foreach (var item in database.QueryAsync<CandidateItem>(CosmosContainers.Candidates, null, "ORDER BY c.since", null, cancel))
        {
            if (waiting.Count >= limit)
            {
                break;
            }

            if (item.Value.Feed is not { } feed || item.Value.Commit <= commits.GetValueOrDefault(feed))
            {
                waiting.Add(($"{item.Id} {item.Etag}", item.Value.Candidate));
            }
        }

        return waiting;
    }

    public async ValueTask JudgedAsync(IReadOnlyCollection<string> tickets, CancellationToken cancel = default) =>
        await Parallel.ForEachAsync(tickets, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel }, async (ticket, stop) =>
        {
            var (id, etag) = (ticket[..ticket.IndexOf(' ', StringComparison.Ordinal)], ticket[(ticket.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
            await database.DeleteAsync(CosmosContainers.Candidates, id, id, etag, stop);
        });

    public async ValueTask<long> ForgetRejectionsAsync(DateTimeOffset before, CancellationToken cancel = default)
    {
        long forgotten = 0;
        await foreach (var item in database.SelectAsync(CosmosContainers.Rejections, null, "c.id, c.feed, c.lines", "WHERE c.kept < @before", null, cancel, ("@before", before.ToUnixTimeMilliseconds())))
        {
            await database.DeleteAsync(CosmosContainers.Rejections, item.GetProperty("feed").GetString()!, item.GetProperty("id").GetString()!, null, cancel);
            forgotten += item.GetProperty("lines").GetInt64();
        }

        return forgotten;
    }

    /// <summary>The item of a feed; null for a feed that never came.</summary>
    internal static Task<Held<FeedItem>?> ItemAsync(CosmosDatabase database, string feed, CancellationToken cancel) => database.ReadAsync<FeedItem>(CosmosContainers.State, IdOf(feed), IdOf(feed), cancel);

    internal static async Task<List<FeedItem>> ItemsAsync(CosmosDatabase database, CancellationToken cancel)
    {
        var items = new List<FeedItem>();
        await foreach (var item in database.QueryAsync<FeedItem>(CosmosContainers.State, null, "WHERE c.kind = 'feed'", null, cancel))
        {
            items.Add(item.Value);
        }

        return items;
    }

    /// <summary>Moves the feed on from the item as it was read; false when another commit came between.</summary>
    internal static Task<bool> MoveAsync(CosmosDatabase database, Held<FeedItem>? before, FeedItem after, CancellationToken cancel)
    {
        var id = IdOf(after.Checkpoint.Feed);
        return before is null
            ? database.CreateAsync(CosmosContainers.State, id, id, after, cancel, ("kind", "feed"))
            : database.ReplaceAsync(CosmosContainers.State, id, id, after, before.Etag, cancel, ("kind", "feed"));
    }

    /// <summary>Puts candidates on the list; the time not judged yet begins with the earliest.</summary>
    internal static Task AddCandidatesAsync(CosmosDatabase database, IReadOnlyList<Candidate> candidates, string? feed, long commit, CancellationToken cancel) =>
        Parallel.ForEachAsync(
            candidates.GroupBy(c => (c.Mmsi, c.Kind)).Select(same => same.MinBy(c => c.Since)),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel },
            async (candidate, stop) =>
            {
                var id = $"{candidate.Mmsi.Number:D9}:{candidate.Kind}";
                await database.ChangeAsync<CandidateItem>(
                    CosmosContainers.Candidates,
                    id,
                    id,
                    known => new CandidateItem(known is not null && known.Candidate.Since < candidate.Since ? known.Candidate : candidate, (known?.Turn ?? 0) + 1, feed, commit),
                    item => [("since", $"{Math.Max(0, item.Candidate.Since.ToUnixTimeMilliseconds()):D15}:{id}")],
                    stop);
            });

    /// <summary>Keeps the rejections of a commit under its number: the same commit written twice is kept once.</summary>
    internal static async Task AddRejectionsAsync(CosmosDatabase database, IntakeBatch batch, long commit, CancellationToken cancel)
    {
        var parts = batch.Rejections.Skip(batch.Rejections.Count - RejectionsKept).Chunk(RejectionsInItem).ToList();
        for (var part = 0; part < parts.Count; part++)
        {
            (string, JsonNode?)[] fields = [("place", (commit * RejectionsInItem) + part), ("lines", parts[part].Length), ("kept", batch.LastReceived?.ToUnixTimeMilliseconds() ?? 0)];
            await database.UpsertAsync(CosmosContainers.Rejections, CosmosId.Of(batch.Feed), $"{commit:D12}:{part:D3}", parts[part].ToList(), cancel, fields);
        }

        if (parts.Count > 0)
        {
            await ShedAsync(database, batch.Feed, cancel);
        }
    }

    /// <summary>Deletes items that hold none of the newest rejections.</summary>
    private static async Task ShedAsync(CosmosDatabase database, string feed, CancellationToken cancel)
    {
        var kept = 0L;
        await foreach (var item in database.SelectAsync(CosmosContainers.Rejections, CosmosId.Of(feed), "c.id, c.lines", "WHERE c.feed = @feed ORDER BY c.place DESC", null, cancel, ("@feed", CosmosId.Of(feed))))
        {
            if (kept >= RejectionsKept)
            {
                await database.DeleteAsync(CosmosContainers.Rejections, CosmosId.Of(feed), item.GetProperty("id").GetString()!, null, cancel);
            }

            kept += item.GetProperty("lines").GetInt64();
        }
    }

    private static string IdOf(string feed) => CosmosId.Of($"feed:{feed}");
}
