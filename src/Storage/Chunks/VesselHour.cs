using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Storage.Chunks;

/// <summary>
/// Numbers the hours, and the hours of a vessel. Hours are counted from 0001-01-01 UTC, the first moment a
/// <see cref="DateTimeOffset"/> can name, so the number is never negative.
/// </summary>
public static class VesselHour
{
    private const long MsInHour = 3_600_000, FirstMs = -62_135_596_800_000;

    /// <summary>Nine digits fit in 30 bits; the last hour of the year 9999, 87,649,415, in 27.</summary>
    private const int MmsiBits = 30;

    /// <summary>The hour a fix lies in.</summary>
    public static int Of(Fix fix) => (int)((fix.Columns.TimeMs - FirstMs) / MsInHour);

    /// <summary>Milliseconds from the beginning of its hour to the fix, 0 to 3,599,999.</summary>
    public static int MsIntoHour(Fix fix) => (int)((fix.Columns.TimeMs - FirstMs) % MsInHour);

    /// <summary>The hour a time lies in.</summary>
    public static int Of(DateTimeOffset time) => (int)(time.UtcTicks / TimeSpan.TicksPerHour);

    /// <summary>The moment an hour begins.</summary>
    public static DateTimeOffset Start(int hour) => new(hour * TimeSpan.TicksPerHour, TimeSpan.Zero);

    /// <summary>First and last of the hours that begin with from &lt;= beginning &lt; to.</summary>
    public static (int First, int Last) Beginning(DateTimeOffset from, DateTimeOffset to) => (AtOrAfter(from), AtOrAfter(to) - 1);

    private static int AtOrAfter(DateTimeOffset time) => (int)((time.UtcTicks + TimeSpan.TicksPerHour - 1) / TimeSpan.TicksPerHour);

    /// <summary>One number for hour and vessel; all vessels of an hour are neighbours, in order of MMSI.</summary>
    public static long Key(int hour, Mmsi mmsi) => ((long)hour << MmsiBits) | (uint)mmsi.Number;

    /// <summary>The vessel of such a number.</summary>
    public static Mmsi MmsiOf(long key) => new((int)(key & ((1L << MmsiBits) - 1)));

    /// <summary>First whole millisecond of Unix time that is not before a time.</summary>
    public static long CeilingMs(DateTimeOffset time) => ((time.UtcTicks + TimeSpan.TicksPerMillisecond - 1) / TimeSpan.TicksPerMillisecond) + FirstMs;

    /// <summary>Sorts fixes and keeps each distinct one once.</summary>
    public static List<Fix> Distinct(List<Fix> fixes)
    {
        fixes.Sort();
        var kept = 0;
        for (var i = 0; i < fixes.Count; i++)
        {
            if (kept == 0 || fixes[i] != fixes[kept - 1])
            {
                fixes[kept++] = fixes[i];
            }
        }

        fixes.RemoveRange(kept, fixes.Count - kept);
        return fixes;
    }
}
