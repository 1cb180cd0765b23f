namespace MaritimeWatch.Detection.Series;

/// <summary>
/// Takes out of a series what repeats with a period: by the mean or median of each phase, or season and trend by local
/// regression (STL, Cleveland et al. 1990, Journal of Official Statistics 6, 3-73; two passes, no outer loop).
/// </summary>
internal static class Deseasonal
{
    private const int SeasonalSpan = 9, Passes = 2, FewestCycles = 3;

    public static double[] Residual(ReadOnlySpan<double> values, int period, SeasonalPart kind)
    {
        double[] series = [.. values];
        if (kind == SeasonalPart.Stl)
        {
            // Too short for a line through each phase, or no line to be had: the median stands in.
            return series.Length >= FewestCycles * period && Stl(series, period) is { } left ? left : Residual(values, period, SeasonalPart.Median);
        }

        var usual = new double[Math.Min(period, series.Length)];
        for (var phase = 0; phase < usual.Length; phase++)
        {
            var cycle = Phase(series, period, phase);
            usual[phase] = kind == SeasonalPart.Mean ? cycle.Average() : cycle.Order().ElementAt(cycle.Length / 2);
        }

        return [.. series.Select((v, i) => v - usual[i % period])];
    }

    private static double[]? Stl(double[] series, int period)
    {
        var trendSpan = (int)(1.5 * period / (1 - (1.5 / SeasonalSpan))) + 1 | 1;
        double[] season = [], trend = new double[series.Length];
        for (var pass = 0; pass < Passes; pass++)
        {
            var cycles = Cycles([.. series.Select((v, i) => v - trend[i])], period);
            var low = new LocalLines(Average(Average(Average(cycles, period), period), 3), period | 1).All();

            // By the definition the season is read from the cycle added in front, that is one cycle early.
            season = [.. series.Select((_, i) => cycles[i] - low[i])];
            trend = new LocalLines([.. series.Select((v, i) => v - season[i])], trendSpan).All();
        }

        double[] left = [.. series.Select((v, i) => v - season[i] - trend[i])];
        return Array.TrueForAll(left, double.IsFinite) ? left : null;
    }

    // Each phase smoothed over the cycles, with one cycle before and one after.
    private static double[] Cycles(double[] series, int period)
    {
        var smooth = new double[series.Length + (2 * period)];
        for (var phase = 0; phase < period; phase++)
        {
            var cycle = Phase(series, period, phase);
            var lines = new LocalLines(cycle, SeasonalSpan);
            for (var i = 0; i < cycle.Length + 2; i++)
            {
                smooth[phase + (i * period)] = lines.At(i - 1);
            }
        }

        return smooth;
    }

    private static double[] Phase(double[] series, int period, int phase) => [.. series.Where((_, i) => i % period == phase)];

    private static double[] Average(double[] series, int window)
    {
        var averages = new double[series.Length - window + 1];
        for (var i = 0; i < averages.Length; i++)
        {
            averages[i] = series.AsSpan(i, window).ToArray().Average();
        }

        return averages;
    }
}
