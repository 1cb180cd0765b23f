using MaritimeWatch.Storage.Chunks;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Storage.Cosmos;

/// <summary>
/// The journal, decoded and sorted by vessel. It holds nothing of its own: before each question it reads the rows that any
/// process committed since. Who asks this first and the chunks after misses no fix; what moved between the two questions is
/// seen twice and dropped as a double.
/// </summary>
internal sealed class CosmosOpenHours(CosmosDatabase database)
{
    private const int MostTries = 5;

    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly SortedDictionary<int, Hour> hours = [];
    private readonly Dictionary<Mmsi, Fix> latest = [];
    private readonly Dictionary<string, long> seen = new(StringComparer.Ordinal);

    /// <summary>Asks the memory of the open hours as they stand now.</summary>
    public async Task<T> AskAsync<T>(Func<IReadOnlyDictionary<int, Hour>, IReadOnlyDictionary<Mmsi, Fix>, T> question, CancellationToken cancel)
    {
        await turn.WaitAsync(cancel);
        try
        {
            await CatchUpAsync(cancel);
            return question(hours, latest);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Fixes of one vessel in the hours from one to another, in no order.</summary>
    public Task<List<Fix>> OfAsync(Mmsi mmsi, int fromHour, int toHour, CancellationToken cancel) => AskAsync(
        (open, _) => open.Where(h => h.Key >= fromHour && h.Key <= toHour).SelectMany(h => h.Value.Fixes.GetValueOrDefault(mmsi) ?? []).ToList(), cancel);

    /// <summary>Fixes of all vessels in the hours from one to another, each vessel's in no order.</summary>
    public Task<SortedDictionary<Mmsi, List<Fix>>> DuringAsync(int fromHour, int toHour, CancellationToken cancel) => AskAsync(
        (open, _) =>
        {
            var found = new SortedDictionary<Mmsi, List<Fix>>();
            foreach (var (mmsi, fixes) in open.Where(h => h.Key >= fromHour && h.Key <= toHour).SelectMany(h => h.Value.Fixes))
            {
                (found.TryGetValue(mmsi, out var all) ? all : found[mmsi] = []).AddRange(fixes);
            }

            return found;
        },
        cancel);

    /// <summary>The numbers up to which rows have been seen, with the hours up to one as they stand at that moment.</summary>
    public Task<(SortedDictionary<string, long> Seen, List<(int Hour, Dictionary<Mmsi, List<Fix>> Fixes)> Hours)> UpToAsync(int hour, CancellationToken cancel) => AskAsync(
        (open, _) => (new SortedDictionary<string, long>(seen, StringComparer.Ordinal), open.Where(h => h.Key <= hour).Select(h => (h.Key, h.Value.Fixes.ToDictionary(f => f.Key, f => f.Value.ToList()))).ToList()), cancel);

    private async Task CatchUpAsync(CancellationToken cancel)
    {
        for (var tries = 1; !await TryCatchUpAsync(cancel); tries++)
        {
            if (tries == MostTries)
            {
                throw new StoreException($"The journal of the store {database.Place} lacks commits that are in no chunk. Restore the account to a time before.");
            }
        }
    }

    /// <summary>False when a commit was not found: hours were closed between the two questions, and the next try knows of it.</summary>
    private async Task<bool> TryCatchUpAsync(CancellationToken cancel)
    {
        var (seqs, closing) = await CosmosJournal.StandAsync(database, cancel);
        foreach (var (feed, seq) in seqs)
        {
            var (after, rows) = (seen.GetValueOrDefault(feed), new List<JournalItem>());
            await foreach (var row in CosmosJournal.RowsAsync(database, feed, after, seq, cancel))
            {
                rows.Add(row);
            }

            // Rows up to the mark may be gone, since they are in chunks; above it every commit must be there.
            var closed = Math.Max(after, closing.Marks.GetValueOrDefault(feed));
            if (rows.Select(r => r.Seq).Where(s => s > closed).Distinct().LongCount() < seq - closed)
            {
                return false;
            }

            rows.ForEach(Take);
            seen[feed] = seq;
        }

        foreach (var hour in hours.Where(h => h.Key <= closing.Through && h.Value.Last.All(l => l.Value <= closing.Marks.GetValueOrDefault(l.Key))).Select(h => h.Key).ToList())
        {
            hours.Remove(hour);
        }

        return true;
    }

    private void Take(JournalItem row)
    {
        if (!hours.TryGetValue(row.Hour, out var hour))
        {
            hours[row.Hour] = hour = new Hour();
        }

        hour.Last[row.Feed] = row.Seq;
        foreach (var (mmsi, fix) in CosmosJournal.Decode(row))
        {
            MinuteCounts.Add(hour.PerMinute, [fix]);
            (hour.Fixes.TryGetValue(mmsi, out var fixes) ? fixes : hour.Fixes[mmsi] = []).Add(fix);
            if (!latest.TryGetValue(mmsi, out var last) || fix.CompareTo(last) > 0)
            {
                latest[mmsi] = fix;
            }
        }
    }

    /// <summary>Rows of one hour, by vessel, and the last number of each feed among them.</summary>
    internal sealed class Hour
    {
        public Dictionary<Mmsi, List<Fix>> Fixes { get; } = [];

        public int[] PerMinute { get; } = new int[MinuteCounts.MinutesInHour];

        public Dictionary<string, long> Last { get; } = new(StringComparer.Ordinal);
    }
}
