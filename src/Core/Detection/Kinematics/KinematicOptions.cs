using MaritimeWatch.Units;

namespace MaritimeWatch.Detection.Kinematics;

/// <summary>When a motion is told as context. Proposals, held against two tracks that the Danish Maritime Authority labelled.</summary>
public sealed record KinematicOptions
{
    /// <summary>Drifting ships are at least this fast: 0.5 kn, above the noise of a ship at rest.</summary>
    public Speed LeastDrift { get; init; } = Speed.FromKnots(0.5);

    /// <summary>And at most this: 3 kn, what wind and current do.</summary>
    public Speed MostDrift { get; init; } = Speed.FromKnots(3);

    /// <summary>Course and heading are at least this far apart: 30°, beyond the leeway of a ship that steers.</summary>
    public double LeastApartDeg { get; init; } = 30;

    /// <summary>For at least this long: 20 min, longer than a turn or a pilot's boarding.</summary>
    public TimeSpan LeastDriftTime { get; init; } = TimeSpan.FromMinutes(20);

    /// <summary>A silence longer than this ends a drift: 10 min.</summary>
    public TimeSpan LongestBetween { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>A speed changes suddenly by at least this: 10 kn.</summary>
    public Speed LeastChange { get; init; } = Speed.FromKnots(10);

    /// <summary>Within at most this: 2 min, in which a ship of size does not lose or gain so much.</summary>
    public TimeSpan MostChangeTime { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Log odds that a motion is more than seamanship: 1 in 20.</summary>
    public double PriorNats { get; init; } = -3;
}
