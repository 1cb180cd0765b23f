namespace MaritimeWatch.Detection.Series;

/// <summary>
/// A point of a series as the spectral residual judges it. <paramref name="Score"/> is 0 to 1; <paramref name="Expected"/>,
/// <paramref name="Unit"/>, <paramref name="Upper"/> and <paramref name="Lower"/> have the unit of the series and are null in
/// the modes that do not tell them.
/// </summary>
public readonly record struct SpectralPoint(bool Alert, double Score, double Magnitude, double? Expected = null, double? Unit = null, double? Upper = null, double? Lower = null);

/// <summary>
/// Points of a whole series that stand out of its spectrum (Ren et al. 2019, doi:10.1145/3292500.3330680), defined as
/// DetectEntireAnomalyBySrCnn is, so that the two can be compared row by row. Good at single points and, with a period and
/// margin, at short outages; it does not see level shifts, and it is the wrong tool for sparse counts: use
/// <see cref="LevelShift"/> and <see cref="CountSurge"/>.
/// </summary>
public static class SpectralResidual
{
    public const int FewestPoints = 12;

    private const int Judgement = 40;

    /// <summary>A mean over fewer points cannot be exceeded tenfold; up to here the first full one is used.</summary>
    private const int FewestInMean = 11;

    /// <summary>A hit this near the mean of the series, in standard deviations, is none.</summary>
    private const double LeastDeviations = 1.5;

    private const double RoundingNoise = 1e-8;

    private static readonly Saliency Saliency = new(lookahead: 5, added: 5, averaging: 3);

    /// <summary>One point for each value, in their order.</summary>
    public static IReadOnlyList<SpectralPoint> Find(IReadOnlyList<double> values, SpectralOptions options)
    {
        options.Check(values.Count);
        double[] all = [.. values];
        var size = options.BatchSize ?? all.Length;
        var points = new List<SpectralPoint>(all.Length);
        for (var start = 0; start < all.Length; start += size)
        {
            // A last batch too short to be judged is judged with the end of the one before.
            var count = Math.Min(size, all.Length - start);
            var from = count < FewestPoints ? all.Length - Math.Min(size, all.Length) : start;
            points.AddRange(Judge(all.AsSpan(from, start + count - from), options)[(start - from)..]);
        }

        return points;
    }

    private static SpectralPoint[] Judge(ReadOnlySpan<double> values, SpectralOptions options)
    {
        var plain = options.Period is { } period ? Deseasonal.Residual(values, period, options.Seasonal) : values.ToArray();
        var (real, magnitude) = Saliency.Of(plain, RoundingNoise);
        var means = Saliency.TrailingMean(magnitude, Math.Min(magnitude.Length, Judgement));
        Array.Fill(means, means[FewestInMean - 1], 0, FewestInMean + 1);
        var (mean, deviation) = Spread(values);

        var points = new SpectralPoint[values.Length];
        for (var i = 0; i < points.Length; i++)
        {
            var score = Math.Min(Saliency.Score(magnitude[i], means[i]), 1);
            var hit = score > options.Threshold;
            if (hit && (deviation < RoundingNoise || Math.Abs(plain[i] - mean) / deviation < LeastDeviations))
            {
                (hit, score) = (false, 0);
            }

            points[i] = new SpectralPoint(hit, score, magnitude[i]);
        }

        return options.Mode == SpectralMode.AnomalyOnly ? points : new SpectralMargin(values.ToArray(), plain, real, options).Apply(points);
    }

    private static (double Mean, double Deviation) Spread(ReadOnlySpan<double> values)
    {
        double sum = 0, squares = 0;
        foreach (var value in values)
        {
            sum += value;
            squares += value * value;
        }

        return (sum / values.Length, Math.Sqrt(Math.Max(0, (squares - (sum * sum / values.Length)) / values.Length)));
    }
}
