using MaritimeWatch.Tracks;

namespace MaritimeWatch.Storage.Chunks;

/// <summary>Which fixes stay when a track is thinned.</summary>
internal static class FixThinning
{
    /// <summary>The first fix of each interval, on a raster counted from 0001-01-01 UTC, so that thinning again changes nothing; none without an interval.</summary>
    public static List<Fix> Keep(List<Fix> inTimeOrder, TimeSpan? keepOneIn)
    {
        var kept = new List<Fix>();
        long? slot = null;
        foreach (var fix in keepOneIn is null ? [] : inTimeOrder)
        {
            var own = fix.Time.UtcTicks / keepOneIn!.Value.Ticks;
            if (own != slot)
            {
                kept.Add(fix);
                slot = own;
            }
        }

        return kept;
    }
}
