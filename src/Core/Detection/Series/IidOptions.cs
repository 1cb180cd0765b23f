namespace MaritimeWatch.Detection.Series;

/// <summary>On which side a point may be odd.</summary>
public enum SeriesSide
{
    /// <summary>Either; the threshold holds for each side alone, so that the false rate is twice the nominal one.</summary>
    TwoSided,
    Positive,
    Negative,
}

/// <summary>How the p-values of a window are added up to evidence of a change.</summary>
public enum Martingale
{
    /// <summary>Bets of epsilon times p to the epsilon minus one: quick when the change is large.</summary>
    Power,

    /// <summary>The mean of the power bets over all epsilon.</summary>
    Mixture,
}

/// <summary>Thresholds of <see cref="IidSpike"/>.</summary>
public sealed record IidSpikeOptions
{
    /// <summary>100 less the rate of false alerts in percent: 99, as a desk reads one false alert in a hundred hours at most.</summary>
    public double ConfidencePercent { get; init; } = 99;

    /// <summary>Points a new one is compared with: 30, the least for a usable tail at one in a hundred.</summary>
    public int History { get; init; } = 30;

    public SeriesSide Side { get; init; } = SeriesSide.TwoSided;
}

/// <summary>Thresholds of <see cref="IidChangePoint"/>.</summary>
public sealed record IidChangePointOptions
{
    /// <summary>100 less the p-value, in percent, at which a bet alone would hold the evidence level.</summary>
    public double ConfidencePercent { get; init; } = 95;

    /// <summary>Points whose bets are added up, and which a new point is compared with.</summary>
    public int History { get; init; } = 20;

    public Martingale Martingale { get; init; } = Martingale.Power;

    /// <summary>Exponent of the power bets, 0 to 1.</summary>
    public double Epsilon { get; init; } = 0.1;

    /// <summary>
    /// No alert from bets made before the history was full: such a bet compares a point with next to nothing, and the peer
    /// raises a false alert at its first full history on three of ten reference series. Off only to compare with it.
    /// </summary>
    public bool WarmUp { get; init; } = true;
}
