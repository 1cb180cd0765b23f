using MaritimeWatch.Units;

namespace MaritimeWatch.Tracks.Segments;

/// <summary>Which moves between two fixes a ship can make, and how likely one is.</summary>
internal sealed class Moves(SegmentOptions options)
{
    private const double MsInHour = 3_600_000;

    // Read once: the options stand beside every fix.
    private readonly double fastestKnots = options.Fastest.Knots, sustainedKnots = options.Sustained.Knots, burstHours = options.Burst.TotalHours,
        slackNm = options.Slack.NauticalMiles, spreadNm = options.Spread.NauticalMiles, spreadKnots = options.SpreadGrows.Knots;

    /// <summary>
    /// True when a ship can have gone from one to the other in the time: fast for an hour, then at what she can keep up. Where
    /// both ends report a higher speed (aircraft in search and rescue), a fifth above the lower of the two.
    /// </summary>
    public bool CanReach(in Fix from, in Fix to)
    {
        var hours = (to.Columns.TimeMs - from.Columns.TimeMs) / MsInHour;
        var ownKnots = 1.2 * Math.Min(from.SogKnots ?? 0, to.SogKnots ?? 0);
        var reachNm = slackNm + (Math.Max(fastestKnots, ownKnots) * Math.Min(hours, burstHours)) + (Math.Max(sustainedKnots, ownKnots) * Math.Max(0, hours - burstHours));
        return DistanceNm(from, to) <= reachNm;
    }

    /// <summary>
    /// Log density of the later place given the earlier fix: a normal spread around the place foretold by speed and course,
    /// which grows with time. Foretold from both ends; the hours shrink as ships turn and stop (SCIENCE 4.1). A speed without
    /// a course foretells how far, not where to.
    /// </summary>
    public double LogLikelihood(in Fix from, in Fix to)
    {
        var hours = (to.Columns.TimeMs - from.Columns.TimeMs) / MsInHour;
        var runHours = hours / (1 + Math.Sqrt(hours / 4));
        var eastNm = Geodesy.WrapLongitude(to.LonDeg - from.LonDeg) * 60 * Math.Cos((from.LatDeg + to.LatDeg) * Math.PI / 360);
        var northNm = (to.LatDeg - from.LatDeg) * 60;
        const double StayedPut = 4;
        var offNm = Math.Min((Off(from) + Off(to)) / 2, StayedPut * Math.Sqrt((eastNm * eastNm) + (northNm * northNm)));
        var sigmaNm = spreadNm + (spreadKnots * hours);
        var classes = from.Transponder != to.Transponder && from.Transponder != TransponderClass.Unknown && to.Transponder != TransponderClass.Unknown;
        return (-0.5 * offNm * offNm / (sigmaNm * sigmaNm)) - (2 * Math.Log(sigmaNm)) + (classes ? Math.Log(0.1) : 0);

        double Off(in Fix fix)
        {
            var runNm = (fix.SogKnots ?? 0) * runHours;
            if (fix.CogDeg is not { } cogDeg)
            {
                return Math.Abs(Math.Sqrt((eastNm * eastNm) + (northNm * northNm)) - runNm);
            }

            double course = cogDeg * Math.PI / 180, east = eastNm - (runNm * Math.Sin(course)), north = northNm - (runNm * Math.Cos(course));
            return Math.Sqrt((east * east) + (north * north));
        }
    }

    /// <summary>Rough where that is within a thousandth, else along the geodesic.</summary>
    private static double DistanceNm(in Fix a, in Fix b)
    {
        if (Math.Abs(a.LatDeg) < 75 && Math.Abs(b.LatDeg) < 75 && Geodesy.RoughNm(a.LatDeg, a.LonDeg, b.LatDeg, b.LonDeg) is < 60 and var roughNm)
        {
            return roughNm;
        }

        return Geodesy.Between(a.At, b.At).NauticalMiles;
    }
}
