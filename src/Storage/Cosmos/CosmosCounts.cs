using System.Globalization;
using MaritimeWatch.Storage.Chunks;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Storage.Cosmos;

/// <summary>
/// How many fixes each closed hour holds by minute, one item a day. They are counted from the chunks as they stand after a closing
/// or thinning, so counting twice changes nothing. Hours closed by an earlier program are counted when they are next touched.
/// </summary>
internal static class CosmosCounts
{
    private const string Kind = "counts";

    /// <summary>Counts hours anew.</summary>
    public static async Task CountAsync(CosmosDatabase database, IEnumerable<int> hours, CancellationToken cancel)
    {
        foreach (var hour in hours)
        {
            var perMinute = new int[MinuteCounts.MinutesInHour];
            await foreach (var item in database.SelectAsync(CosmosContainers.Tracks, null, "c.id, c.mmsi, c.body, c._etag", "WHERE c.hour >= @hour AND c.hour <= @hour", null, cancel, ("@hour", hour)))
            {
                var fixes = new List<Fix>();
                CosmosHours.Decode(CosmosDatabase.HeldOf<byte[]>(item).Value, fixes, Mmsi.Parse(item.GetProperty("mmsi").GetString()!));
                MinuteCounts.Add(perMinute, fixes);
            }

            var key = KeyOf(hour);
            await database.ChangeAsync<SortedDictionary<int, int[]>>(CosmosContainers.State, key, key, known => With(known, hour, perMinute), _ => [("kind", Kind)], cancel);
        }
    }

    /// <summary>Of the hours from one to another.</summary>
    public static async Task<List<(int Hour, int[] PerMinute)>> BetweenAsync(CosmosDatabase database, int firstHour, int lastHour, CancellationToken cancel)
    {
        var found = new List<(int, int[])>();
        await foreach (var day in database.QueryAsync<SortedDictionary<int, int[]>>(CosmosContainers.State, null, "WHERE c.kind = @kind AND c.id >= @first AND c.id <= @last", null, cancel, ("@kind", Kind), ("@first", KeyOf(firstHour)), ("@last", KeyOf(lastHour))))
        {
            found.AddRange(day.Value.Where(h => h.Key >= firstHour && h.Key <= lastHour).Select(h => (h.Key, h.Value)));
        }

        return found;
    }

    private static SortedDictionary<int, int[]>? With(SortedDictionary<int, int[]>? known, int hour, int[] perMinute)
    {
        if (known is not null && known.TryGetValue(hour, out var before) && before.SequenceEqual(perMinute))
        {
            return null;
        }

        return new SortedDictionary<int, int[]>(known ?? []) { [hour] = perMinute };
    }

    private static string KeyOf(int hour) => string.Create(CultureInfo.InvariantCulture, $"{Kind}-{VesselHour.Start(Math.Clamp(hour, 0, VesselHour.Of(DateTimeOffset.MaxValue))):yyyy-MM-dd}");
}
