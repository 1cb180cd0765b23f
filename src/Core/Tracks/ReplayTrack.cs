using MaritimeWatch.Units;

namespace MaritimeWatch.Tracks;

/// <summary>A received position of a replayed track.</summary>
/// <param name="Fix">As it was received.</param>
/// <param name="Joined">True when she was heard so closely on the way from the fix before it that a place between the two may be drawn.</param>
public readonly record struct ReplayFix(Fix Fix, bool Joined);

/// <summary>
/// A track made small for replay. A place between two received positions may be drawn only when they lie within three expected
/// intervals of each other: what lies further apart is a silence, and where the ship was meanwhile is not known. Thinning never
/// hides a silence: both its ends are kept, and so are the first and the last fix.
/// </summary>
/// <remarks>
/// Expected are the reporting intervals of ITU-R M.1371-5, table 1 (class A under way 10 s or less, class B 30 s, at rest 3 min), or what
/// is usual for this ship where she is received less often, but never more than the 3 min of a ship at rest.
/// </remarks>
public static class ReplayTrack
{
    /// <summary>So many expected intervals may lie between two positions with a drawn place between them.</summary>
    public const int ExpectedIntervals = 3;

    // Faster than any ship: such positions are not of one ship, or one of them is wrong.
    private const double MostKnots = 100, MovingKnots = 0.5;

    // Of fewer intervals it is not known what is usual.
    private const int LeastIntervals = 4;

    private static readonly TimeSpan ClassA = TimeSpan.FromSeconds(10), ClassB = TimeSpan.FromSeconds(30), AtRest = TimeSpan.FromMinutes(3);

    /// <summary>Longest time between two positions with a place drawn between them, in a track that is held whole.</summary>
    public static TimeSpan LongestJoin { get; } = ExpectedIntervals * AtRest;

    /// <summary>Fixes at or after a time: one of each step, and all that silences begin or end with.</summary>
    /// <param name="inTimeOrder">The vessel's fixes, also those shortly before, so that it is known how the first one follows.</param>
    /// <param name="from">Earlier fixes only tell how the first one follows.</param>
    /// <param name="step">One fix is kept of each such stretch of time, counted from 1970-01-01 UTC; zero or less keeps all.</param>
    /// <param name="heldInterval">The track is held with one fix in such a time; zero when it is held whole.</param>
    public static List<ReplayFix> Of(IReadOnlyList<Fix> inTimeOrder, DateTimeOffset from, TimeSpan step, TimeSpan heldInterval = default)
    {
        var fixes = OnePerMoment(inTimeOrder);
        var (usual, kept) = (Usual(fixes), new List<ReplayFix>());
        long stepMs = Math.Max(1, (long)step.TotalMilliseconds), fromMs = from.ToUnixTimeMilliseconds();
        long? slot = null;
        var joined = false;
        for (var i = 0; i < fixes.Count; i++)
        {
            var fix = fixes[i];
            var joinedNext = i + 1 < fixes.Count && Joins(fix, fixes[i + 1], usual, heldInterval);
            var (timeMs, first) = (fix.Columns.TimeMs, slot is null);
            if (timeMs >= fromMs)
            {
                var own = timeMs / stepMs;
                if (first || !joined || !joinedNext || own != slot)
                {
                    kept.Add(new ReplayFix(fix, joined));
                }

                slot = own;
            }

            joined = joinedNext;
        }

        return kept;
    }

    /// <summary>The interval at which a ship that reports so is expected to be heard.</summary>
    public static TimeSpan Expected(in Fix fix) => fix.SaysStationary || fix.SogKnots is not > MovingKnots ? AtRest : fix.Transponder == TransponderClass.B ? ClassB : ClassA;

    private static bool Joins(in Fix one, in Fix next, TimeSpan usual, TimeSpan heldInterval)
    {
        var between = next.Time - one.Time;
        var expected = new[] { Expected(one), Expected(next), usual < AtRest ? usual : AtRest, heldInterval }.Max();
        return between <= ExpectedIntervals * expected
            && Geodesy.RoughNm(one.LatDeg, one.LonDeg, next.LatDeg, next.LonDeg) <= Math.Max(0.1, between.TotalHours * Math.Max(MostKnots, 2 * Math.Max(one.SogKnots ?? 0, next.SogKnots ?? 0)));
    }

    private static List<Fix> OnePerMoment(IReadOnlyList<Fix> inTimeOrder)
    {
        var fixes = new List<Fix>(inTimeOrder.Count);
        foreach (var fix in inTimeOrder)
        {
            if (fixes.Count == 0 || fix.Columns.TimeMs > fixes[^1].Columns.TimeMs)
            {
                fixes.Add(fix);
            }
        }

        return fixes;
    }

    private static TimeSpan Usual(List<Fix> fixes)
    {
        if (fixes.Count <= LeastIntervals)
        {
            return TimeSpan.Zero;
        }

        var intervals = new long[fixes.Count - 1];
        for (var i = 0; i < intervals.Length; i++)
        {
            intervals[i] = fixes[i + 1].Columns.TimeMs - fixes[i].Columns.TimeMs;
        }

        Array.Sort(intervals);
        return TimeSpan.FromMilliseconds(intervals[intervals.Length / 2]);
    }
}
