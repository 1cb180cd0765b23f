namespace MaritimeWatch.Detection.Series;

/// <summary>A point of a series as <see cref="IidSpike"/> and <see cref="IidChangePoint"/> judge it: the value as single, its p-value, and for a change the evidence.</summary>
public readonly record struct IidPoint(bool Alert, double Score, double PValue, double? Evidence = null);

/// <summary>
/// Single odd values of a stream without trend or cycle, by their kernel p-value among the last ones; defined as
/// DetectIidSpike is (the p-value after Vovk et al. 2005, doi:10.1007/b106715).
/// </summary>
public sealed class IidSpike(IidSpikeOptions options)
{
    private readonly KernelPValue history = new(options.History);

    public IidPoint Next(double value)
    {
        var p = Tail(history.Next((float)value), options.Side);
        return new IidPoint(history.Full && p <= 1 - (options.ConfidencePercent / 100), (float)value, p);
    }

    /// <summary>Never 0 or 1: a finite history cannot exclude anything.</summary>
    internal static double Tail(double above, SeriesSide side)
    {
        const double Least = 1e-8;
        var p = side switch { SeriesSide.Positive => above, SeriesSide.Negative => 1 - above, _ => Math.Min(above, 1 - above) };
        return Math.Clamp(p, Least, 1 - Least);
    }
}
