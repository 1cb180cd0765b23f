using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using MaritimeWatch.Storage.Chunks;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Storage.Cosmos;

/// <summary>
/// Observations: a commit adds packed items to the journal and then moves the feed's checkpoint; a closed hour becomes one
/// small chunk per vessel. Everything before the checkpoint is named by its content, so a commit that failed half-way is
/// simply done again.
/// </summary>
public sealed class CosmosTrackStore(CosmosDatabase database) : ITrackStore
{
    /// <summary>Areas of more cells than this are searched vessel by vessel.</summary>
    private const int MostCells = 400;

    private readonly CosmosIdentityStore identities = new(database);
    private readonly CosmosOpenHours open = new(database);

    public async ValueTask<bool> CommitAsync(IntakeBatch batch, CancellationToken cancel = default)
    {
        var rows = CosmosJournal.Pack(batch.Positions);
        var content = ContentOf(batch, rows);
        while (true)
        {
            var before = await CosmosFeedStore.ItemAsync(database, batch.Feed, cancel);
            if (before?.Value.Last == content)
            {
                return true;
            }

            if (FeedCheckpoint.After(before?.Value.Checkpoint, batch) is not { } checkpoint)
            {
                return false;
            }

            if (before is not null && ReferenceEquals(checkpoint, before.Value.Checkpoint))
            {
                return true;
            }

            var commits = (before?.Value.Commits ?? 0) + 1;
            var seq = (before?.Value.Seq ?? 0) + (rows.Count > 0 ? 1 : 0);

            // Candidates first, seen only with the commit: once a fix is in the journal it is known, and would not be noticed again after a restart.
            await CosmosFeedStore.AddCandidatesAsync(database, batch.Candidates, batch.Feed, commits, cancel);
            await identities.AddAsync(batch.Claims, cancel);
            await CosmosFeedStore.AddRejectionsAsync(database, batch, commits, cancel);
            await CosmosJournal.WriteAsync(database, batch.Feed, seq, rows, cancel);
            if (await CosmosFeedStore.MoveAsync(database, before, new FeedItem(checkpoint, commits, seq, content), cancel))
            {
                return true;
            }
        }
    }

    public async ValueTask<IReadOnlyList<Fix>> FixesOfAsync(Mmsi mmsi, DateTimeOffset from, DateTimeOffset to, CancellationToken cancel = default)
    {
        if (from >= to)
        {
            return [];
        }

        return await WithChunksAsync(mmsi, await open.OfAsync(mmsi, VesselHour.Of(from), VesselHour.Of(to), cancel), from, to, cancel);
    }

    public async IAsyncEnumerable<(Mmsi Mmsi, IReadOnlyList<Fix> Fixes)> FixesDuringAsync(DateTimeOffset from, DateTimeOffset to, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        if (from >= to)
        {
            yield break;
        }

        var inJournal = await open.DuringAsync(VesselHour.Of(from), VesselHour.Of(to), cancel);
        foreach (var mmsi in await KnownAsync(VesselHour.Of(from), VesselHour.Of(to), inJournal, cancel))
        {
            inJournal.Remove(mmsi, out var fixes);
            if (await WithChunksAsync(mmsi, fixes ?? [], from, to, cancel) is { Count: > 0 } all)
            {
                yield return (mmsi, all);
            }
        }
    }

    public async ValueTask<IReadOnlyList<LatestFix>> LatestAsync(DateTimeOffset since, CancellationToken cancel = default)
    {
        var latest = await open.AskAsync((_, known) => new Dictionary<Mmsi, Fix>(known), cancel);
        await foreach (var bucket in database.QueryAsync<byte[]>(CosmosContainers.Latest, null, "", null, cancel))
        {
            foreach (var (mmsi, fix) in ChunkCodec.DecodeMany(bucket.Value))
            {
                if (!latest.TryGetValue(mmsi, out var other) || fix.CompareTo(other) > 0)
                {
                    latest[mmsi] = fix;
                }
            }
        }

        return [.. latest.Where(l => l.Value.Time >= since).OrderBy(l => l.Key).Select(l => new LatestFix(l.Key, l.Value))];
    }

    public async ValueTask<IReadOnlyList<Mmsi>> VesselsInAsync(GeoBox area, DateTimeOffset from, DateTimeOffset to, CancellationToken cancel = default)
    {
        var there = new List<Mmsi>();
        await foreach (var (mmsi, _) in FixesInAsync(area, from, to, null, cancel))
        {
            there.Add(mmsi);
        }

        return there;
    }

    public async IAsyncEnumerable<(Mmsi Mmsi, IReadOnlyList<Fix> Fixes)> FixesInAsync(
        GeoBox area, DateTimeOffset from, DateTimeOffset to, Mmsi? after = null, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        if (from >= to)
        {
            yield break;
        }

        var (first, last) = (VesselHour.Of(from), VesselHour.Of(to));
        var inJournal = await open.DuringAsync(first, last, cancel);
        foreach (var mmsi in (await MayBeInAsync(area, first, last, inJournal, cancel)).Where(m => after is null || m.CompareTo(after.Value) > 0))
        {
            inJournal.Remove(mmsi, out var fixes);
            var all = await WithChunksAsync(mmsi, fixes ?? [], from, to, cancel);
            if (all.Exists(f => area.Contains(f.LatDeg, f.LonDeg)))
            {
                yield return (mmsi, all);
            }
        }
    }

    public async ValueTask<IReadOnlyList<HourCount>> CountsAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancel = default)
    {
        var (first, last) = VesselHour.Beginning(from, to);
        var hours = await open.AskAsync((known, _) => known.Where(h => h.Key >= first && h.Key <= last).Select(h => (h.Key, h.Value.PerMinute.ToArray())).ToList(), cancel);
        hours.AddRange(await CosmosCounts.BetweenAsync(database, first, last, cancel));
        return MinuteCounts.Sum(hours);
    }

    public async ValueTask<JournalNews> SinceAsync(string? mark, CancellationToken cancel = default)
    {
        var (seqs, _) = await CosmosJournal.StandAsync(database, cancel);
        var (news, missed) = (new List<(Mmsi, Fix)>(), false);
        if (mark is not null)
        {
            var seen = CosmosJournal.SeqsOf(mark);
            foreach (var (feed, seq) in seqs.OrderBy(s => s.Key, StringComparer.Ordinal))
            {
                var numbers = new HashSet<long>();
                var after = seen.GetValueOrDefault(feed);
                if (seq > after)
                {
                    await foreach (var row in CosmosJournal.RowsAsync(database, feed, after, seq, cancel))
                    {
                        numbers.Add(row.Seq);
                        news.AddRange(CosmosJournal.Decode(row));
                    }

                    missed |= numbers.Count < seq - after;
                }
            }
        }

        return new JournalNews(news, CosmosJournal.Mark(seqs), missed);
    }

    public ValueTask<Thinned> ThinAsync(DateTimeOffset from, DateTimeOffset to, TimeSpan? keepOneIn, Func<Mmsi, bool> except, CancellationToken cancel = default) =>
        new(CosmosHours.ThinAsync(database, from, to, keepOneIn, except, cancel));

    public async ValueTask CloseHoursAsync(DateTimeOffset upTo, CancellationToken cancel = default)
    {
        var through = VesselHour.Of(upTo) - 1;
        var (seen, hours) = await open.UpToAsync(through, cancel);
        if (hours.Count > 0)
        {
            await CosmosHours.CloseAsync(database, hours, cancel);
            await CosmosJournal.ClosedAsync(database, new ClosingItem(through, seen), cancel);
        }

        var (_, closing) = await CosmosJournal.StandAsync(database, cancel);
        await CosmosJournal.ShedAsync(database, closing, TimeProvider.System.GetUtcNow() - CosmosHours.Grace, cancel);
    }

    internal static string KeyOf(Mmsi mmsi) => mmsi.Number.ToString("D9", System.Globalization.CultureInfo.InvariantCulture);

    // All who may have been there: cells are coarser than the area, and for a wide one all vessels of the time are asked.
    private async Task<SortedSet<Mmsi>> MayBeInAsync(GeoBox area, int first, int last, SortedDictionary<Mmsi, List<Fix>> inJournal, CancellationToken cancel)
    {
        var cells = CosmosHours.CellsOf(area);
        if (cells.Count > MostCells || (last - first) / 24 > MostCells)
        {
            return await KnownAsync(first, last, inJournal, cancel);
        }

        var found = new SortedSet<Mmsi>(inJournal.Where(v => v.Value.Exists(f => area.Contains(f.LatDeg, f.LonDeg))).Select(v => v.Key));
        foreach (var key in cells.SelectMany(cell => CosmosHours.CellDays(cell, first, last)))
        {
            await foreach (var hour in database.QueryAsync<int[]>(CosmosContainers.CellHours, key, "WHERE c.cellDay = @key AND c.hour >= @from AND c.hour <= @to", null, cancel, ("@key", key), ("@from", first), ("@to", last)))
            {
                found.UnionWith(hour.Value.Select(number => new Mmsi(number)));
            }
        }

        return found;
    }

    private async Task<SortedSet<Mmsi>> KnownAsync(int first, int last, SortedDictionary<Mmsi, List<Fix>> inJournal, CancellationToken cancel)
    {
        var vessels = new SortedSet<Mmsi>(inJournal.Keys);
        await foreach (var item in database.SelectAsync(CosmosContainers.Tracks, null, "c.mmsi", "WHERE c.hour >= @from AND c.hour <= @to", null, cancel, ("@from", first), ("@to", last)))
        {
            vessels.Add(Mmsi.Parse(item.GetProperty("mmsi").GetString()!));
        }

        return vessels;
    }

    private async Task<List<Fix>> WithChunksAsync(Mmsi mmsi, List<Fix> fixes, DateTimeOffset from, DateTimeOffset to, CancellationToken cancel)
    {
        await foreach (var chunk in database.QueryAsync<byte[]>(CosmosContainers.Tracks, KeyOf(mmsi), "WHERE c.mmsi = @mmsi AND c.hour >= @from AND c.hour <= @to", null, cancel,
            ("@mmsi", KeyOf(mmsi)), ("@from", VesselHour.Of(from)), ("@to", VesselHour.Of(to))))
        {
            CosmosHours.Decode(chunk.Value, fixes, mmsi);
        }

        long fromMs = VesselHour.CeilingMs(from), toMs = VesselHour.CeilingMs(to);
        fixes.RemoveAll(fix => fix.Columns.TimeMs < fromMs || fix.Columns.TimeMs >= toMs);
        return VesselHour.Distinct(fixes);
    }

    private static string ContentOf(IntakeBatch batch, List<(int Hour, byte[] Body)> rows)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(StoreJson.Write(batch with { Positions = [] })));
        rows.ForEach(row => hash.AppendData(row.Body));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
