namespace MaritimeWatch.Detection.Series;

/// <summary>Expected value and margin around it of the points of a series, after the definition of DetectEntireAnomalyBySrCnn.</summary>
internal sealed class SpectralMargin(double[] values, double[] plain, double[] saliency, SpectralOptions options)
{
    /// <summary>Points above this score do not shape what is expected.</summary>
    private const double OddScore = 0.35;

    /// <summary>What is expected of a point without alert lies within this margin of her value.</summary>
    private const double QuietSensitivity = 93;

    private const int FewestToFit = 4, LongestWindow = 512;
    private const double UnitOfNothing = 0.3, Nothing = 1e-8;

    private readonly double lowest = values.Min(), highest = values.Max();

    public SpectralPoint[] Apply(SpectralPoint[] points)
    {
        var expected = options.Period is null ? LowPassed(points) : [.. values.Select((v, i) => v - plain[i])];
        if (options.Mode == SpectralMode.AnomalyAndExpectedValue)
        {
            return [.. points.Select((p, i) => p with { Expected = WithinRange(expected[i]) })];
        }

        var units = Units(points);
        var bounded = points.Select((p, i) => Bounded(i, p, expected[i], units[i])).ToArray();
        if (options.Period is null)
        {
            // The score is that of the hit, also where the margin takes the alert away.
            return [.. bounded.Select((p, i) => Settled(i, p, points[i].Alert, expected[i]))];
        }

        // Compared with the definition: the score of a series with a period is taken from the residual, not from what is expected.
        FillBetween(bounded);
        return [.. bounded.Select((p, i) => Settled(i, p, p.Alert, saliency[i]))];
    }

    private SpectralPoint Bounded(int i, SpectralPoint point, double expected, double unit)
    {
        var margin = SpectralScale.Margin(unit, options.Sensitivity);
        var middle = options.Period is null ? expected : WithinRange(expected);
        double upper = middle + margin, lower = middle - margin;
        return point with { Alert = point.Alert && (values[i] < lower || values[i] > upper), Expected = WithinRange(expected), Unit = unit, Upper = upper, Lower = lower };
    }

    private SpectralPoint Settled(int i, SpectralPoint point, bool scored, double from)
    {
        var score = scored ? SpectralScale.Score(Math.Abs(values[i] - from) / point.Unit!.Value) : 0;
        if (point.Alert)
        {
            return point with { Score = score };
        }

        double near = SpectralScale.Margin(point.Unit!.Value, QuietSensitivity), margin = SpectralScale.Margin(point.Unit.Value, options.Sensitivity);
        var expected = Math.Max(Math.Min(point.Expected!.Value, values[i] + near), values[i] - near);
        return point with { Score = score, Expected = expected, Upper = expected + margin, Lower = expected - margin };
    }

    // Between two alerts of one run outside the margin everything is an alert: an outage is whole.
    private void FillBetween(SpectralPoint[] points)
    {
        bool Outside(int i) => values[i] < points[i].Lower || values[i] > points[i].Upper;

        var last = -1;
        for (var i = 0; i < points.Length; i++)
        {
            last = Outside(i) ? last : -1;
            if (!points[i].Alert)
            {
                continue;
            }

            for (var j = last; j >= 0 && j < i; j++)
            {
                points[j] = points[j] with { Alert = true };
            }

            last = i;
        }
    }

    private double WithinRange(double expected) => lowest >= 0 ? Math.Max(expected, 0) : highest <= 0 ? Math.Min(expected, 0) : expected;

    private double[] LowPassed(SpectralPoint[] points)
    {
        var n = values.Length;
        var bins = Fourier.Forward(Smoothed(points));
        for (var i = (3 * n / 8) + 1; i < 5.0 * n / 8; i++)
        {
            bins[i] = 0;
        }

        return Array.ConvertAll(Fourier.Inverse(bins), b => b.Real);
    }

    private double[] Smoothed(SpectralPoint[] points)
    {
        double[] smoothed = [.. values];
        for (var i = 0; i < smoothed.Length; i++)
        {
            if (points[i].Score <= OddScore)
            {
                continue;
            }

            var near = new List<int>();
            for (var step = 1; near.Count < FewestToFit && step < Math.Max(i, values.Length - 1 - i) + 2; step += 2)
            {
                near.Clear();
                for (var j = Math.Max(0, i - step); j <= Math.Min(values.Length - 1, i + step); j++)
                {
                    if (points[j].Score <= OddScore)
                    {
                        near.Add(j);
                    }
                }
            }

            smoothed[i] = near.Count > 1 ? Line(near, i) : values[i];
        }

        return smoothed;
    }

    private double Line(List<int> at, int x)
    {
        double meanX = at.Average(), meanY = at.Average(j => values[j]);
        return meanY + ((x - meanX) * at.Sum(j => (j - meanX) * (values[j] - meanY)) / at.Sum(j => (j - meanX) * (j - meanX)));
    }

    // Half of the unit is the level around the point, half the mean level of the points without a hit.
    private double[] Units(SpectralPoint[] points)
    {
        var half = Math.Min(values.Length / 3, LongestWindow) / 2;
        var levels = values.Select((_, i) => Median(values[Math.Max(0, i - half)..Math.Min(values.Length, i + half + 1)])).ToArray();
        var quiet = levels.Where((_, i) => !points[i].Alert).ToList();
        if (quiet.All(l => l < Nothing))
        {
            return [.. levels.Select(_ => UnitOfNothing)];
        }

        var mean = quiet.Average(Math.Abs);
        return [.. levels.Select(l => (0.5 * mean) + (0.5 * Math.Abs(l)))];
    }

    private static double Median(double[] window)
    {
        Array.Sort(window);
        var middle = window.Length / 2;
        return window.Length % 2 == 1 ? window[middle] : (window[middle - 1] + window[middle]) / 2;
    }
}
