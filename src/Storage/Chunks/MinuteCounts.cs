using MaritimeWatch.Tracks;

namespace MaritimeWatch.Storage.Chunks;

/// <summary>Counts of fixes by minute of their hour, kept with each hour so that a histogram of a month need not unpack it.</summary>
internal static class MinuteCounts
{
    public const int MinutesInHour = 60;

    private const int MsInMinute = 60_000;

    /// <summary>Counts fixes of one hour, or takes them off again with -1.</summary>
    public static void Add(int[] perMinute, IEnumerable<Fix> fixes, int each = 1)
    {
        foreach (var fix in fixes)
        {
            perMinute[VesselHour.MsIntoHour(fix) / MsInMinute] += each;
        }
    }

    /// <summary>A number whose minutes are not known, spread evenly.</summary>
    public static int[] Spread(long count) => [.. Enumerable.Range(0, MinutesInHour).Select(minute => (int)((count * (minute + 1) / MinutesInHour) - (count * minute / MinutesInHour)))];

    /// <summary>One answer of closed and open hours, oldest first; those without a fix are left out.</summary>
    public static List<HourCount> Sum(IEnumerable<(int Hour, int[] PerMinute)> hours) =>
    [
        .. from hour in hours
           group hour.PerMinute by hour.Hour into parts
           orderby parts.Key
           let sums = parts.Aggregate((a, b) => [.. a.Zip(b, (x, y) => x + y)])
           where sums.Any(n => n > 0)
           select new HourCount(VesselHour.Start(parts.Key), sums),
    ];
}
