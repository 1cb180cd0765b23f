namespace MaritimeWatch.Feeds.Exercise;

/// <summary>True state of a ship at a moment, before her GNSS and her AIS set have their say.</summary>
internal readonly record struct TrueState(
    double LatDeg, double LonDeg, double SogKnots, double CourseDeg, double HeadingDeg, int NavigationalStatus, bool UnderWay);

/// <summary>
/// A part of a ship's day: along a way, or staying at a place. A pure function of time in seconds since the scenario's
/// start, so that a run may begin anywhere and always finds the same ship at the same place.
/// </summary>
internal sealed class Phase
{
    /// <summary>Seconds a ship takes to gather or lose her way at a berth.</summary>
    public const double RampS = 420;

    private int hint = 1;

    public required double StartS { get; init; }

    public required double EndS { get; init; }

    public required int NavigationalStatus { get; init; }

    /// <summary>The way; null when she stays.</summary>
    public RoutePath? Path { get; init; }

    public double SpeedKnots { get; init; }

    public bool StartsFromRest { get; init; }

    public bool EndsAtRest { get; init; }

    public double StayLatDeg { get; init; }

    public double StayLonDeg { get; init; }

    /// <summary>Radius of her swing at anchor or drift; 0 alongside.</summary>
    public double SwingM { get; init; }

    /// <summary>Distinguishes the small movements of ships.</summary>
    public required long Seed { get; init; }

    /// <summary>Seconds for a way at a speed, with a ramp at each end that is at rest.</summary>
    public static double DurationS(double lengthNm, double speedKnots, bool fromRest, bool toRest) =>
        (lengthNm / speedKnots * 3600) + ((fromRest ? RampS / 2 : 0) + (toRest ? RampS / 2 : 0));

    public TrueState At(double atS) => Path is null ? Staying(atS) : Moving(Path, atS);

    /// <summary>Speed over ground while moving, and how far along her way she is, without the work of a whole state.</summary>
    public (double SogKnots, double AlongNm) ProgressAt(double atS)
    {
        double before = AlongNm(atS - StartS - 1), after = AlongNm(atS - StartS + 1);
        return (Math.Max(0, (after - before) * 1800), (before + after) / 2);
    }

    /// <summary>Course of the way at that time, without her small swings.</summary>
    public double WayCourseDegAt(double atS) => Path?.At(AlongNm(atS - StartS), ref hint).CourseDeg ?? 0;

    /// <summary>
    /// She changes course when her heading differs by more than 5° from its mean of the last 30 s, and for 20 s after
    /// (ITU-R M.1371-5, annex 2, 4.3.2). In a steady turn that mean is the heading of 15 s ago.
    /// </summary>
    public bool ChangesCourse(double atS, double alongNm)
    {
        if (Path is null || Path.IsStraight(alongNm - (SpeedKnots * 1.2 * 36 / 3600), alongNm, ref hint))
        {
            return false;
        }

        return Math.Abs(TurnDeg(atS)) > 5 || Math.Abs(TurnDeg(atS - 20)) > 5;
    }

    /// <summary>Degrees turned in the last 15 seconds, positive to starboard.</summary>
    public double TurnDeg(double atS) => atS - 15 < StartS ? 0 : RoutePath.Wrap(WayCourseDegAt(atS) - WayCourseDegAt(atS - 15));

    private TrueState Moving(RoutePath path, double atS)
    {
        var t = atS - StartS;
        var (sogKnots, alongNm) = ProgressAt(atS);
        var p = path.At(alongNm, ref hint);

        // She wanders a few tens of metres about her way: two slow swings of her own.
        double w1 = 2 * Math.PI / 1260, w2 = 2 * Math.PI / 410, phase = Seed % 1000 * 0.00628;
        var ease = Ease(t);
        var (slowSin, slowCos) = Math.SinCos((w1 * atS) + phase);
        var (quickSin, quickCos) = Math.SinCos((w2 * atS) + (2 * phase));
        var sideM = ease * ((32 * slowSin) + (7 * quickSin));
        var sideMps = ease * ((32 * w1 * slowCos) + (7 * w2 * quickCos));
        var (east, north) = Math.SinCos((p.CourseDeg + 90) * Math.PI / 180);
        var lat = p.LatDeg + (sideM / 111_200 * north);
        var lon = p.LonDeg + (sideM / (111_200 * Math.Cos(p.LatDeg * Math.PI / 180)) * east);
        var yaw = Math.Atan2(sideMps, Math.Max(1, sogKnots * 0.5144)) * 180 / Math.PI;
        var leeway = 2.5 * Math.Sin((2 * Math.PI * atS / 5400) + phase);
        return new TrueState(lat, lon, sogKnots, p.CourseDeg + yaw, p.CourseDeg + yaw + leeway, NavigationalStatus, true);
    }

    private TrueState Staying(double atS)
    {
        var bearing = ((Seed % 360) + (25 * Math.Sin(2 * Math.PI * atS / 44_700)) + (4 * Math.Sin(2 * Math.PI * atS / 730))) * Math.PI / 180;
        var lat = StayLatDeg + (SwingM / 111_200 * Math.Cos(bearing));
        var lon = StayLonDeg + (SwingM / (111_200 * Math.Cos(StayLatDeg * Math.PI / 180)) * Math.Sin(bearing));
        var heading = SwingM > 0 ? (bearing * 180 / Math.PI) + 180 : Seed % 360;
        var sog = SwingM > 0 ? 0.15 + (0.15 * Math.Sin(2 * Math.PI * atS / 730)) : 0;
        return new TrueState(lat, lon, sog, heading + 90, heading, NavigationalStatus, false);
    }

    /// <summary>Distance run after t seconds: a trapezoid of speed with two slow swings of about 0.3 knots on it.</summary>
    private double AlongNm(double t)
    {
        var length = EndS - StartS;
        t = Math.Clamp(t, 0, length);
        var knotS = SpeedKnots / 3600;
        var run = knotS * t;
        if (StartsFromRest)
        {
            run = t < RampS ? knotS * t * t / (2 * RampS) : knotS * (t - (RampS / 2));
        }

        var left = length - t;
        if (EndsAtRest && left < RampS)
        {
            var total = (knotS * length) - (StartsFromRest ? knotS * RampS / 2 : 0) - (knotS * RampS / 2);
            run = total - (knotS * left * left / (2 * RampS));
        }

        var phase = Seed % 997 * 0.0063;
        return run + (Ease(t) * SpeedKnots / 13 * ((0.022 * Math.Sin((2 * Math.PI * t / 2100) + phase)) + (0.008 * Math.Sin((2 * Math.PI * t / 660) + phase))));
    }

    /// <summary>0 at both ends, 1 after twenty minutes: small movements die out at a berth.</summary>
    private double Ease(double t)
    {
        var u = Math.Clamp(Math.Min(t, EndS - StartS - t) / 1200, 0, 1);
        return u * u * (3 - (2 * u));
    }
}
