namespace MaritimeWatch.Detection.Series;

/// <summary>Thresholds of <see cref="LevelShift"/>.</summary>
public sealed record LevelShiftOptions
{
    /// <summary>Points a level must last to be one; shorter excursions are spikes or outages and change nothing: 10.</summary>
    public int LeastLength { get; init; } = 10;

    /// <summary>Gain in fit a change must bring, in logarithms of the length: 4, against 1 of the BIC, because the best of all places is taken.</summary>
    public double Penalty { get; init; } = 4;

    /// <summary>A step must be this many standard deviations of the points around: 2, where the two levels hardly overlap.</summary>
    public double LeastStep { get; init; } = 2;

    /// <summary>Points in a cycle to be taken out first; null to look for one.</summary>
    public int? Period { get; init; }
}

/// <summary>A step of a series: the index of the first point on the later level, and the two levels in the unit of the series.</summary>
public sealed record LevelStep(int Index, double Before, double After);

/// <summary>
/// Steps of level of a series. Cycles and short excursions are taken out; then the series is cut into pieces with a mean
/// and spread of their own so that the fit less a penalty for each piece is best (PELT, Killick et al. 2012,
/// doi:10.1080/01621459.2012.737745); a cut counts when the means differ clearly. The whole series is looked at, so
/// the index is that of the change, not of the moment it could be known.
/// </summary>
public static class LevelShift
{
    /// <summary>Clipping at three robust standard deviations keeps the noise and drops the spikes (Hampel 1974).</summary>
    private const double Clip = 3 * 1.4826;

    public static IReadOnlyList<LevelStep> Find(IReadOnlyList<double> values, LevelShiftOptions options)
    {
        if (values.Count < 2 * options.LeastLength)
        {
            return [];
        }

        double[] series = [.. values];
        var plain = (options.Period ?? Seasonality.Find(values)) is { } period ? Deseasonal.Residual(series, period, SeasonalPart.Median) : series;
        var cuts = Cut(Clipped(plain, options.LeastLength - 1), options);
        return [.. cuts.Skip(1).Zip(cuts, (right, left) => new LevelStep(right.From, left.Mean, right.Mean))];
    }

    private static double[] Clipped(double[] series, int reach)
    {
        var clipped = new double[series.Length];
        for (var i = 0; i < series.Length; i++)
        {
            var window = series[Math.Max(0, i - reach)..Math.Min(series.Length, i + reach + 1)];
            var median = Middle(window);
            var bound = Clip * Middle(Array.ConvertAll(window, v => Math.Abs(v - median)));
            clipped[i] = Math.Clamp(series[i], median - bound, median + bound);
        }

        return clipped;
    }

    private static double Middle(double[] window) => window.Order().ElementAt(window.Length / 2);

    private static List<Piece> Cut(double[] series, LevelShiftOptions options)
    {
        var sums = new Sums(series);
        var penalty = options.Penalty * Math.Log(series.Length);
        var cost = new double[series.Length + 1];
        var from = new int[series.Length + 1];
        var open = new List<int> { 0 };
        cost[0] = -penalty;
        for (var end = options.LeastLength; end <= series.Length; end++)
        {
            if (end >= 2 * options.LeastLength)
            {
                open.Add(end - options.LeastLength);
            }

            from[end] = open.MinBy(start => cost[start] + sums.Cost(start, end));
            cost[end] = cost[from[end]] + sums.Cost(from[end], end) + penalty;
            open.RemoveAll(start => cost[start] + sums.Cost(start, end) > cost[end] && end - start >= options.LeastLength);
        }

        var pieces = new Stack<Piece>();
        for (var end = series.Length; end > 0; end = from[end])
        {
            pieces.Push(sums.Over(from[end], end));
        }

        return Clear([.. pieces], sums, options.LeastStep);
    }

    // Pieces that differ in spread alone, or too little, are one level.
    private static List<Piece> Clear(List<Piece> pieces, Sums sums, double leastStep)
    {
        while (pieces.Count > 1)
        {
            var (weakest, step) = Enumerable.Range(1, pieces.Count - 1).Select(i => (i, Step(pieces[i - 1], pieces[i]))).MinBy(s => s.Item2);
            if (step >= leastStep)
            {
                break;
            }

            pieces[weakest - 1] = sums.Over(pieces[weakest - 1].From, pieces[weakest].To);
            pieces.RemoveAt(weakest);
        }

        return pieces;
    }

    private static double Step(Piece a, Piece b) => Math.Abs(a.Mean - b.Mean) / Math.Sqrt(((a.Variance * (a.To - a.From)) + (b.Variance * (b.To - b.From))) / (b.To - a.From));

    private readonly record struct Piece(int From, int To, double Mean, double Variance);

    /// <summary>Means and variances of any piece from running sums, about the middle of the series so that no digits are lost.</summary>
    private sealed class Sums
    {
        private readonly double[] first, second;
        private readonly double middle, floor;

        public Sums(double[] series)
        {
            (first, second) = (new double[series.Length + 1], new double[series.Length + 1]);
            middle = Middle(series);
            var largest = 0.0;
            for (var i = 0; i < series.Length; i++)
            {
                var off = series[i] - middle;
                largest = Math.Max(largest, off * off);
                first[i + 1] = first[i] + off;
                second[i + 1] = second[i] + (off * off);
            }

            // No piece fits better than this, so that values rounded or constant for a while are no perfect fit.
            var steps = series.Skip(1).Zip(series, (b, a) => Math.Abs(b - a)).ToArray();
            var noise = Middle(steps);
            floor = Math.Max(noise * noise * 0.01, largest * 1e-6);
        }

        public double Cost(int from, int to) => (to - from) * Math.Log(Math.Max(double.Epsilon, Over(from, to).Variance));

        public Piece Over(int from, int to)
        {
            double n = to - from, mean = (first[to] - first[from]) / n;
            return new Piece(from, to, middle + mean, Math.Max(floor, ((second[to] - second[from]) / n) - (mean * mean)));
        }
    }
}
