using MaritimeWatch.Units;

namespace MaritimeWatch.Detection.Meetings;

/// <summary>One pair close at every whole ten minutes from first to last, or several such times joined. Swapping the two changes no bit of it.</summary>
internal struct MeetingRun
{
    private const double HoursPerSlot = 1 / 6.0;

    private (int LatE7, int LonE7) lastA, lastB, start, end;
    private long north, east;
    private double distanceM, sogKnots;
    private int slots, speeds, slow;

    public MeetingRun(long first) => (First, Last) = (first, first);

    /// <summary>Whole ten minutes since 1970 UTC.</summary>
    public long First { get; }

    public long Last { get; private set; }

    /// <summary>More than half of the speeds of both lie under the limit, so their median does.</summary>
    public readonly bool IsSlow => slow * 2 > speeds;

    public void Go(long slot, (int LatE7, int LonE7) a, (int LatE7, int LonE7) b, double apartM, double limitKnots)
    {
        Last = slot;
        end = Between(a, b);
        if (slots++ == 0)
        {
            start = end;
        }
        else
        {
            double knotsA = SpeedOf(lastA, a), knotsB = SpeedOf(lastB, b);
            sogKnots += knotsA + knotsB;
            speeds += 2;
            slow += (knotsA < limitKnots ? 1 : 0) + (knotsB < limitKnots ? 1 : 0);
        }

        // From the start, so that a pair on the antimeridian has no mean on the other side of the Earth.
        north += end.LatE7 - start.LatE7;
        east += TenMinutePlaces.WrapE7((long)end.LonE7 - start.LonE7);
        distanceM += apartM;
        (lastA, lastB) = (a, b);
    }

    /// <summary>This and a later one of the same pair as one.</summary>
    public readonly MeetingRun Joined(in MeetingRun later)
    {
        var joined = this;
        joined.Last = later.Last;
        joined.end = later.end;
        joined.north += later.north + (later.slots * ((long)later.start.LatE7 - start.LatE7));
        joined.east += later.east + (later.slots * TenMinutePlaces.WrapE7((long)later.start.LonE7 - start.LonE7));
        joined.distanceM += later.distanceM;
        joined.sogKnots += later.sogKnots;
        joined.slots += later.slots;
        joined.speeds += later.speeds;
        joined.slow += later.slow;
        return joined;
    }

    public readonly Encounter ToEncounter(int vessel, int other) => new()
    {
        Vessel = vessel,
        Other = other,
        From = TimeOf(First),
        To = TimeOf(Last),
        Start = PointOf(start),
        End = PointOf(end),
        Mean = PointOf(((int)(start.LatE7 + (north / slots)), (int)TenMinutePlaces.WrapE7(start.LonE7 + (east / slots)))),
        Apart = Distance.FromMetres(distanceM / slots),
        Speed = Speed.FromKnots(speeds == 0 ? 0 : sogKnots / speeds),
    };

    // Half-way, rounded down on both sides of the antimeridian alike.
    private static (int LatE7, int LonE7) Between((int LatE7, int LonE7) a, (int LatE7, int LonE7) b) => (
        (int)(((long)a.LatE7 + b.LatE7) >> 1),
        (int)TenMinutePlaces.WrapE7(((2L * a.LonE7) + TenMinutePlaces.WrapE7((long)b.LonE7 - a.LonE7)) >> 1));

    private static double SpeedOf((int LatE7, int LonE7) from, (int LatE7, int LonE7) to) => from == to ? 0 : Geodesy.RoughNm(from.LatE7 / 1e7, from.LonE7 / 1e7, to.LatE7 / 1e7, to.LonE7 / 1e7) / HoursPerSlot;

    private static DateTimeOffset TimeOf(long slot) => DateTimeOffset.FromUnixTimeMilliseconds(slot * TenMinutePlaces.SlotMs);

    private static GeoPoint PointOf((int LatE7, int LonE7) place) => new(place.LatE7 / 1e7, place.LonE7 / 1e7);
}
