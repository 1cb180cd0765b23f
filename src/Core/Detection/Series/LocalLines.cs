namespace MaritimeWatch.Detection.Series;

/// <summary>
/// Lines fitted around the points of a series with tricube weights, then once more with little weight for points far off the
/// first line (Cleveland 1979, doi:10.1080/01621459.1979.10481038). Of a long series a hundred knots carry lines, and the
/// nearest knot speaks for a point.
/// </summary>
internal sealed class LocalLines
{
    private const int MostKnots = 100, FewestNeighbours = 4;

    private readonly int length;
    private readonly int[] knots;
    private readonly double[] heights;
    private readonly (double Level, double Slope)[] lines;

    public LocalLines(double[] series, int span)
    {
        length = series.Length;
        var count = Math.Min(length, MostKnots);
        knots = [.. Enumerable.Range(0, count).Select(i => (int)(i * ((double)length / count)))];
        heights = [.. knots.Select(k => series[k])];
        lines = [.. Enumerable.Range(0, count).Select(i => Fit(i, Math.Min(Math.Max(span, FewestNeighbours), count - 1)))];
    }

    public double[] All() => [.. Enumerable.Range(0, length).Select(i => At(i))];

    public double At(int x)
    {
        var found = Array.BinarySearch(knots, x);
        var right = Math.Clamp(found >= 0 ? found : ~found, 1, knots.Length - 1);
        var nearest = found >= 0 ? found : knots[right] - x >= x - knots[right - 1] ? right - 1 : right;
        var (level, slope) = lines[nearest];
        return level + (slope * (x - knots[nearest]));
    }

    private (double Level, double Slope) Fit(int self, int span)
    {
        var (first, last) = Nearest(self, span);
        double reach = Math.Max(knots[self] - knots[first], knots[last] - knots[self]);
        var weights = new double[last - first + 1];
        for (var i = 0; i < weights.Length; i++)
        {
            var far = Math.Min(1, Math.Abs(knots[first + i] - knots[self]) / reach);
            weights[i] = Cube(1 - Cube(far));
        }

        var line = Line(self, first, weights);
        var errors = weights.Select((_, i) => Math.Abs(heights[first + i] - line.Level - (line.Slope * (knots[first + i] - knots[self])))).ToArray();
        var median = errors.Order().ElementAt(errors.Length / 2);
        for (var i = 0; i < weights.Length; i++)
        {
            var off = Math.Min(1, errors[i] / 6 / (median == 0 ? double.Epsilon : median));
            weights[i] *= (1 - (off * off)) * (1 - (off * off));
        }

        return Line(self, first, weights);
    }

    // As many neighbours as the span says, beside the knot itself; the nearer side first.
    private (int First, int Last) Nearest(int self, int span)
    {
        int first = self, last = self;
        while (last - first < span)
        {
            if (first > 0 && (last == knots.Length - 1 || knots[self] - knots[first] <= knots[last] - knots[self]))
            {
                first--;
            }
            else
            {
                last++;
            }
        }

        return (first, last);
    }

    private (double Level, double Slope) Line(int self, int first, double[] weights)
    {
        double weight = 0, x = 0, y = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            weight += weights[i];
            x += weights[i] * (knots[first + i] - knots[self]);
            y += weights[i] * heights[first + i];
        }

        x /= weight;
        y /= weight;
        double xx = 0, xy = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            var off = knots[first + i] - knots[self] - x;
            xx += weights[i] * off * off;
            xy += weights[i] * off * (heights[first + i] - y);
        }

        return (y - (xy / xx * x), xy / xx);
    }

    private static double Cube(double x) => x * x * x;
}
