using MaritimeWatch.Units;

namespace MaritimeWatch.Detection.Meetings;

/// <summary>What bounds a ship's way while she was not heard, or lay waiting: the last place and time before, the next after, and the fastest she can go.</summary>
/// <param name="From">Place last known.</param>
/// <param name="Start">When she was there.</param>
/// <param name="To">Place known next; null while she has not been heard again.</param>
/// <param name="End">When she was there; the end of what is known while she has not been heard again.</param>
/// <param name="Top">The fastest she is taken to go, currents included; above zero.</param>
public readonly record struct UnseenWay(GeoPoint From, DateTimeOffset Start, GeoPoint? To, DateTimeOffset End, Speed Top);

/// <summary>
/// The longest time two ships can have lain together, each within what her speed and her known places allow (SCIENCE 2.6, 2.7:
/// the discs of reach, closed at the end by the next place). A place where both can be, from the later arrival to the earlier
/// departure, gives a path of each; the best place is searched for, and the time is counted in whole ten minutes.
/// Land is not looked at, so it is the most that can have been, never what was.
/// </summary>
/// <param name="Longest">Whole ten minutes together; zero when they can hardly have met, or not at all.</param>
/// <param name="At">Where that was possible; null when nowhere.</param>
/// <param name="From">First of the ten minutes there; null when nowhere.</param>
/// <param name="Share">Time together as a share of the shorter of the two ways, 0 to 1.</param>
public readonly record struct FeasibleMeeting(TimeSpan Longest, GeoPoint? At, DateTimeOffset? From, double Share)
{
    // Paths within 500 m count as met: each may stay off the place by half.
    private static readonly Distance Half = Distance.FromMetres(250), Fine = Distance.FromMetres(50);

    /// <summary>The same whichever of the two comes first.</summary>
    public static FeasibleMeeting Of(UnseenWay a, UnseenWay b)
    {
        GeoPoint[] ends = [a.From, b.From, a.To ?? a.From, b.To ?? b.From];
        GeoPoint[] starts = [.. ends, .. from p in ends from q in ends where Compare(p, q) < 0 select Geodesy.Along(p, q, 0.5)];
        var (best, bestHours) = (default(GeoPoint), double.NegativeInfinity);
        foreach (var start in starts.Distinct().Order(Comparer<GeoPoint>.Create(Compare)))
        {
            if (Hours(a, b, start) is var hours && hours > bestHours)
            {
                (best, bestHours) = (start, hours);
            }
        }

        // The time together is a concave function of the place, as distances are convex: climbing from any start leads to the best.
        var step = starts.Select(p => Geodesy.Between(best, p)).Max();
        for (step = step < Half ? Half : step; step > Fine; step *= 0.5)
        {
            for (var climbing = true; climbing;)
            {
                climbing = false;
                for (var course = 0; course < 360 && !climbing; course += 30)
                {
                    var beside = Geodesy.Destination(best, Course.FromDegrees(course), step);
                    if (Hours(a, b, beside) is var hours && hours > bestHours + 1e-9)
                    {
                        (best, bestHours, climbing) = (beside, hours, true);
                    }
                }
            }
        }

        return Timed(a, b, best);
    }

    private static FeasibleMeeting Timed(UnseenWay a, UnseenWay b, GeoPoint place)
    {
        var (from, to) = Window(a, b, place);
        const long Slot = TimeSpan.TicksPerMinute * 10;
        // The first and the last whole ten minutes in it.
        long first = (from.UtcTicks + Slot - 1) / Slot, last = to.UtcTicks / Slot;
        if (to < from || last < first)
        {
            return new FeasibleMeeting(TimeSpan.Zero, null, null, 0);
        }

        var longest = TimeSpan.FromTicks((last - first) * Slot);
        var shorter = new[] { a.End - a.Start, b.End - b.Start }.Min();
        return new FeasibleMeeting(longest, place, new DateTimeOffset(first * Slot, TimeSpan.Zero), shorter > TimeSpan.Zero ? Math.Min(1, longest / shorter) : 0);
    }

    private static double Hours(UnseenWay a, UnseenWay b, GeoPoint place)
    {
        var (from, to) = Window(a, b, place);
        return (to - from).TotalHours;
    }

    private static (DateTimeOffset From, DateTimeOffset To) Window(UnseenWay a, UnseenWay b, GeoPoint place)
    {
        DateTimeOffset fromA = a.Start + Sailing(a, a.From, place), fromB = b.Start + Sailing(b, b.From, place);
        DateTimeOffset toA = a.To is { } nextA ? a.End - Sailing(a, place, nextA) : a.End, toB = b.To is { } nextB ? b.End - Sailing(b, place, nextB) : b.End;
        return (fromA > fromB ? fromA : fromB, toA < toB ? toA : toB);
    }

    private static TimeSpan Sailing(UnseenWay way, GeoPoint from, GeoPoint to) =>
        TimeSpan.FromHours(Math.Max(0, Geodesy.Between(from, to).NauticalMiles - Half.NauticalMiles) / way.Top.Knots);

    private static int Compare(GeoPoint p, GeoPoint q) => (p.LatDeg, p.LonDeg).CompareTo((q.LatDeg, q.LonDeg));
}
