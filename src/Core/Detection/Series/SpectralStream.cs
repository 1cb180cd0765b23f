namespace MaritimeWatch.Detection.Series;

/// <summary>Windows and threshold of the spectral residual point by point; the defaults are those of the peer it is compared with.</summary>
public sealed record SpectralStreamOptions
{
    /// <summary>Points in the window; until it is full nothing is judged.</summary>
    public int Window { get; init; } = 64;

    /// <summary>Extrapolated points added behind the newest.</summary>
    public int Added { get; init; } = 5;

    /// <summary>Points the extrapolation rests on.</summary>
    public int Lookahead { get; init; } = 5;

    /// <summary>Parts of the spectrum averaged to its usual shape.</summary>
    public int Averaging { get; init; } = 3;

    /// <summary>Points whose mean magnitude the newest is compared with.</summary>
    public int Judgement { get; init; } = 21;

    /// <summary>Score above which the point is an alert, 0 to 1: 0.3, four times the mean around it.</summary>
    public double Threshold { get; init; } = 0.3;

    /// <summary>
    /// Every step in single precision, as the peer has it, and nothing taken as rounding noise: only to compare with the peer. In a
    /// constant window, or one with a single value in zeros, its noise alone makes the score (0.33 on S08 of the reference).
    /// </summary>
    public bool Single { get; init; }
}

/// <summary>
/// The spectral residual of the newest point of a stream, defined as DetectAnomalyBySrCnn is (Ren et al. 2019,
/// doi:10.1145/3292500.3330680). Computed in double, so that a constant window raises nothing.
/// </summary>
public sealed class SpectralStream(SpectralStreamOptions options)
{
    /// <summary>Parts of the spectrum below this share of the window's sum are rounding noise.</summary>
    private const double RoundingNoise = 1e-7;

    private readonly Queue<double> window = new();
    private readonly Saliency saliency = new(options.Lookahead, options.Added, options.Averaging, options.Single);

    /// <summary>Judges the next point. The score is not clipped; until the window is full it is 0.</summary>
    public SpectralPoint Next(double value)
    {
        window.Enqueue(options.Single ? (float)value : value);
        if (window.Count > options.Window)
        {
            window.Dequeue();
        }

        if (window.Count < options.Window)
        {
            return default;
        }

        double[] points = [.. window];
        var (_, magnitude) = saliency.Of(points, options.Single ? 0 : RoundingNoise * points.Sum(Math.Abs));
        var newest = points.Length - 1;
        var score = saliency.Score(magnitude[newest], saliency.TrailingMean(magnitude, options.Judgement)[newest]);
        return new SpectralPoint(Math.Clamp(score, 0, 1) > options.Threshold, score, magnitude[newest]);
    }
}
