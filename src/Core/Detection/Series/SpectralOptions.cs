namespace MaritimeWatch.Detection.Series;

/// <summary>What the spectral residual of a whole series tells beside the alert.</summary>
public enum SpectralMode
{
    AnomalyOnly,
    AnomalyAndExpectedValue,

    /// <summary>The alert must also lie outside a margin; with a period the most exact of the three (measured on the reference series).</summary>
    AnomalyAndMargin,
}

/// <summary>How the part that repeats is taken out of a series.</summary>
public enum SeasonalPart
{
    /// <summary>Seasonal and trend by local regression (Cleveland et al. 1990).</summary>
    Stl,

    /// <summary>The mean of each phase.</summary>
    Mean,

    /// <summary>The median of each phase: a few odd cycles do not move it.</summary>
    Median,
}

/// <summary>Thresholds of the spectral residual of a whole series. The defaults are those of the peer it is compared with.</summary>
public sealed record SpectralOptions
{
    /// <summary>Score above which a point is an alert, 0 to 1: 0.3, that is four times the mean around it.</summary>
    public double Threshold { get; init; } = 0.3;

    /// <summary>Points judged at a time, at least 12 and four periods; null for all at once.</summary>
    public int? BatchSize { get; init; }

    /// <summary>Width of the margin, 0 (widest) to 100 (none).</summary>
    public double Sensitivity { get; init; } = 70;

    public SpectralMode Mode { get; init; } = SpectralMode.AnomalyOnly;

    /// <summary>Points in a cycle; null for a series without one. An hourly series of a shore station has 24.</summary>
    public int? Period { get; init; }

    public SeasonalPart Seasonal { get; init; } = SeasonalPart.Stl;

    internal void Check(int points)
    {
        if (Threshold is not (>= 0 and <= 1) || Sensitivity is not (>= 0 and <= 100) || Period < 1)
        {
            throw new ArgumentException($"Expected a threshold of 0 to 1, a sensitivity of 0 to 100 and a period above 0; found {Threshold}, {Sensitivity} and {Period}.");
        }

        if (points < SpectralResidual.FewestPoints || BatchSize < Math.Max(SpectralResidual.FewestPoints, 4 * (Period ?? 0)))
        {
            throw new ArgumentException($"Expected at least {SpectralResidual.FewestPoints} points and batches of at least {SpectralResidual.FewestPoints} and four periods; found {points} points, batches of {BatchSize}, a period of {Period}.");
        }
    }
}
