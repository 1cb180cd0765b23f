using MaritimeWatch.Units;

namespace MaritimeWatch.Detection.Clash;

/// <summary>When two chains under one identity are two transmitters at once. Defaults of SCIENCE 4, K1.</summary>
public sealed record ClashOptions
{
    /// <summary>Time both must be heard, far apart: 2 h (SCIENCE 4, K1).</summary>
    public TimeSpan LeastOverlap { get; init; } = TimeSpan.FromHours(2);

    /// <summary>Between reports in turn she is given this speed: 25 kn (SCIENCE 4, K1).</summary>
    public Speed Fastest { get; init; } = Speed.FromKnots(25);

    /// <summary>And this distance besides: 1 nm, for places and times that are a little off.</summary>
    public Distance Noise { get; init; } = Distance.FromNauticalMiles(1);

    /// <summary>Turns farther apart than this are not one overlap: 1 h.</summary>
    public TimeSpan LongestBetweenTurns { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Turns that must show it: 6, so that one stay elsewhere and a return do not.</summary>
    public int LeastTurns { get; init; } = 6;

    /// <summary>Log odds before evidence: 1 in 100 numbers is shared (0.5 to 2 %, SCIENCE 4, K1).</summary>
    public double PriorNats { get; init; } = -4.6;
}
