using System.Globalization;
using MaritimeWatch.Storage.Chunks;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Storage.Cosmos;

/// <summary>
/// Turns open hours into what is asked later: a chunk per vessel, the vessels of each cell, and the last fixes. Each item is
/// merged with what stands there and named by what it is about, so closing twice, or by two processes at once, changes nothing.
/// </summary>
internal static class CosmosHours
{
    /// <summary>How long rows stay in the journal after they were written, for those who follow it.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(2);

    private const int AtOnce = 16, Buckets = 256;

    public static async Task CloseAsync(CosmosDatabase database, List<(int Hour, Dictionary<Mmsi, List<Fix>> Fixes)> hours, CancellationToken cancel)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel };
        await Parallel.ForEachAsync(hours.SelectMany(h => h.Fixes.Select(v => (h.Hour, Mmsi: v.Key, Fixes: v.Value))), parallel, async (vessel, stop) => await MergeAsync(database, vessel.Hour, vessel.Mmsi, vessel.Fixes, stop));

        var cells = from hour in hours from vessel in hour.Fixes from cell in vessel.Value.Select(CellOf).Distinct() group vessel.Key.Number by (cell, hour.Hour);
        await Parallel.ForEachAsync(cells, parallel, async (cell, stop) => await database.ChangeAsync<int[]>(
            CosmosContainers.CellHours,
            CellDay(cell.Key.cell, cell.Key.Hour),
            $"{cell.Key.Hour:D8}",
            known => known is not null && !cell.Except(known).Any() ? null : [.. cell.Union(known ?? []).Order()],
            _ => [("hour", cell.Key.Hour)],
            stop));

        var last = from hour in hours from vessel in hour.Fixes group vessel.Value.Max() by vessel.Key into vessel group (Mmsi: vessel.Key, Fix: vessel.Max()) by vessel.Key.Number % Buckets;
        await Parallel.ForEachAsync(last, parallel, async (bucket, stop) =>
        {
            var key = bucket.Key.ToString("D3", CultureInfo.InvariantCulture);
            await database.ChangeAsync<byte[]>(CosmosContainers.Latest, key, "latest", known => Newest(known, bucket), _ => [], stop);
        });
        await CosmosCounts.CountAsync(database, hours.Select(h => h.Hour), cancel);
    }

    /// <summary>Thins or deletes the chunks of whole hours.</summary>
    public static async Task<Thinned> ThinAsync(CosmosDatabase database, DateTimeOffset from, DateTimeOffset to, TimeSpan? keepOneIn, Func<Mmsi, bool> except, CancellationToken cancel)
    {
        var (first, last) = (VesselHour.Of(from.AddTicks(TimeSpan.TicksPerHour - 1)), VesselHour.Of(to) - 1);
        var (sum, gone, touched) = (default(Thinned), new Dictionary<int, HashSet<int>>(), new SortedSet<int>());
        await foreach (var item in database.SelectAsync(CosmosContainers.Tracks, null, "c.id, c.mmsi, c.hour, c.body, c._etag", "WHERE c.hour >= @first AND c.hour <= @last", null, cancel, ("@first", first), ("@last", last)))
        {
            var mmsi = Mmsi.Parse(item.GetProperty("mmsi").GetString()!);
            if (except(mmsi))
            {
                continue;
            }

            var (held, hour, fixes) = (CosmosDatabase.HeldOf<byte[]>(item), item.GetProperty("hour").GetInt32(), new List<Fix>());
            Decode(held.Value, fixes, mmsi);
            var kept = FixThinning.Keep(fixes, keepOneIn);
            if (kept.Count == fixes.Count)
            {
                continue;
            }

            var key = CosmosTrackStore.KeyOf(mmsi);
            var done = kept.Count == 0
                ? await database.DeleteAsync(CosmosContainers.Tracks, key, held.Id, held.Etag, cancel)
                : await database.ReplaceAsync(CosmosContainers.Tracks, key, held.Id, ChunkCodec.Encode(kept), held.Etag, cancel, ("hour", hour));
            if (done)
            {
                sum += new Thinned(1, fixes.Count - kept.Count);
                touched.Add(hour);
                if (kept.Count == 0)
                {
                    (gone.TryGetValue(hour, out var vessels) ? vessels : gone[hour] = []).Add(mmsi.Number);
                }
            }
        }

        await ForgetCellsAsync(database, gone, cancel);
        await CosmosCounts.CountAsync(database, touched, cancel);
        return sum;
    }

    /// <exception cref="StoreException">The chunk is damaged.</exception>
    public static void Decode(byte[] chunk, List<Fix> into, Mmsi mmsi)
    {
        try
        {
            ChunkCodec.Decode(chunk, into);
        }
        catch (InvalidDataException e)
        {
            throw new StoreException($"A chunk of vessel {mmsi} is damaged ({e.Message}). Restore the account to a time before.", e);
        }
    }

    /// <summary>Cells of one degree, named by their south-western corner, that an area touches.</summary>
    public static List<(int Lat, int Lon)> CellsOf(GeoBox area)
    {
        var (west, east) = ((int)Math.Floor(area.WestDeg), (int)Math.Floor(area.EastDeg));
        var lons = area.WestDeg <= area.EastDeg ? Range(west, east) : Range(west, 180).Concat(Range(-180, east));
        return [.. from lat in Range((int)Math.Floor(area.SouthDeg), (int)Math.Floor(area.NorthDeg)) from lon in lons select (lat, lon)];

        static IEnumerable<int> Range(int from, int to) => Enumerable.Range(from, to - from + 1);
    }

    /// <summary>Partition keys of a cell for the days between two hours.</summary>
    public static IEnumerable<string> CellDays((int Lat, int Lon) cell, int firstHour, int lastHour) =>
        Enumerable.Range(firstHour / 24, (lastHour / 24) - (firstHour / 24) + 1).Select(day => CellDay(cell, day * 24));

    private static string CellDay((int Lat, int Lon) cell, int hour) =>
        string.Create(CultureInfo.InvariantCulture, $"{cell.Lat}:{cell.Lon}:{new DateTime(hour / 24 * TimeSpan.TicksPerDay, DateTimeKind.Utc):yyyy-MM-dd}");

    private static (int Lat, int Lon) CellOf(Fix fix) => ((int)Math.Floor(fix.LatDeg), (int)Math.Floor(fix.LonDeg));

    private static Task<byte[]?> MergeAsync(CosmosDatabase database, int hour, Mmsi mmsi, List<Fix> fixes, CancellationToken cancel) => database.ChangeAsync<byte[]>(
        CosmosContainers.Tracks,
        CosmosTrackStore.KeyOf(mmsi),
        CosmosJournal.ChunkId(hour),
        known =>
        {
            var all = new List<Fix>(fixes);
            if (known is not null)
            {
                Decode(known, all, mmsi);
            }

            var merged = ChunkCodec.Encode(VesselHour.Distinct(all));
            return known is not null && merged.AsSpan().SequenceEqual(known) ? null : merged;
        },
        _ => [("hour", hour)],
        cancel);

    private static byte[]? Newest(byte[]? known, IEnumerable<(Mmsi Mmsi, Fix Fix)> news)
    {
        var newest = new SortedDictionary<Mmsi, Fix>((known is null ? [] : ChunkCodec.DecodeMany(known)).ToDictionary(l => l.Mmsi, l => l.Fix));
        var changed = false;
        foreach (var (mmsi, fix) in news)
        {
            if (!newest.TryGetValue(mmsi, out var last) || fix.CompareTo(last) > 0)
            {
                (newest[mmsi], changed) = (fix, true);
            }
        }

        return changed ? ChunkCodec.EncodeMany([.. newest.Select(l => (l.Key, l.Value))]) : null;
    }

    /// <summary>Vessels whose hour was deleted are no longer named among those who were there.</summary>
    private static async Task ForgetCellsAsync(CosmosDatabase database, Dictionary<int, HashSet<int>> gone, CancellationToken cancel)
    {
        foreach (var (hour, vessels) in gone)
        {
            await foreach (var item in database.SelectAsync(CosmosContainers.CellHours, null, "c.id, c.cellDay, c.body, c._etag", "WHERE c.hour = @hour", null, cancel, ("@hour", hour)))
            {
                var (key, held) = (item.GetProperty("cellDay").GetString()!, CosmosDatabase.HeldOf<int[]>(item));
                var left = held.Value.Except(vessels).ToArray();
                if (left.Length == 0)
                {
                    await database.DeleteAsync(CosmosContainers.CellHours, key, held.Id, held.Etag, cancel);
                }
                else if (left.Length < held.Value.Length)
                {
                    await database.ReplaceAsync(CosmosContainers.CellHours, key, held.Id, left, held.Etag, cancel, ("hour", hour));
                }
            }
        }
    }
}
