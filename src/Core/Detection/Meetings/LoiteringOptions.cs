using MaritimeWatch.Units;

namespace MaritimeWatch.Detection.Meetings;

/// <summary>Thresholds of loitering (SCIENCE 4, K6). The weights are proposals, not fitted.</summary>
public sealed record LoiteringOptions
{
    /// <summary>From one whole hour to the next she goes slower than this: 2 kn.</summary>
    public Speed Slow { get; init; } = Speed.FromKnots(2);

    /// <summary>Consecutive slow hours: 4, as papers on carriers take it; Miller et al. 2018 took 8.</summary>
    public TimeSpan Least { get; init; } = TimeSpan.FromHours(4);

    /// <summary>From shore, on the mean of the hours: 20 nm, beyond anchorages and pilot stations.</summary>
    public Distance FromShore { get; init; } = Distance.FromNauticalMiles(20);

    /// <summary>Between two fixes not further apart than this she is taken to go straight: 1 h.</summary>
    public TimeSpan Interpolated { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Log odds before evidence that waiting offshore is more than waiting: 1 in 100.</summary>
    public double PriorNats { get; init; } = -4.6;

    /// <summary>Weight of each doubling of the least time; the family of kinematics ends at 2 nats (SCIENCE 2.5).</summary>
    public double DoublingNats { get; init; } = 0.7;
}
