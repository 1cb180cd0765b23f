using System.Numerics;

namespace MaritimeWatch.Detection.Series;

/// <summary>
/// The period with which a series repeats: the strongest frequency of its spectrum, confirmed by the autocorrelation at the lags
/// that fit it. Defined as DetectSeasonality is. The mean is not removed before, as there.
/// </summary>
public static class Seasonality
{
    /// <summary>Longer periods do not occur in hourly or weekly series of use.</summary>
    private const int LongestPeriod = 400;

    /// <summary>Repeats a period must be seen for.</summary>
    private const int FewestRepeats = 8;

    private const double LeastOverTypical = 6, LeastOfBest = 0.1, ClearlyBetter = 1.05, LeastCorrelation = 1e-10;

    /// <summary>Points in a cycle; null when nothing repeats.</summary>
    /// <param name="confidence">Above 0.5, below 1: that the correlation is not chance.</param>
    public static int? Find(IReadOnlyList<double> values, double confidence = 0.95)
    {
        var power = Array.ConvertAll(Fourier.Forward([.. values]), b => (b.Real * b.Real) + (b.Imaginary * b.Imaginary));
        if (power.Length < 2 * FewestRepeats)
        {
            return null;
        }

        var correlation = Array.ConvertAll(Fourier.Inverse(Array.ConvertAll(power, p => new Complex(p, 0))), c => c.Real);
        var best = Best(power);
        var first = Lag(correlation, best);
        var second = Second(power, best) is { } other ? Lag(correlation, other) : null;
        var lag = first is null || (second is not null && correlation[second.Value] > ClearlyBetter * correlation[first.Value]) ? second : first;
        return lag is { } period && correlation[period] >= LeastCorrelation && correlation[period] / correlation[0] >= Quantile(confidence) / Math.Sqrt(power.Length) ? period : null;
    }

    private static int Best(double[] power)
    {
        var best = 1;
        for (var i = 2; i <= power.Length / 2; i++)
        {
            best = power[i] > power[best] ? i : best;
        }

        return best;
    }

    // Another peak, away from the frequencies that share the period of the best one.
    private static int? Second(double[] power, int best)
    {
        int n = power.Length, period = n / best;
        double low = (double)n / (period + 1), high = (double)n / (period - 1);
        int? second = null;
        for (var i = 1; i <= n / 2; i++)
        {
            if ((i <= low || i >= high) && power[i] >= power[i - 1] && power[i] >= power[(i + 1) % n] && (second is null || power[i] > power[second.Value]))
            {
                second = i;
            }
        }

        var sorted = power[1..((n / 2) + 1)].Order().ToArray();
        var typical = (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
        return second is { } found && power[found] > LeastOverTypical * typical && power[found] > LeastOfBest * power[best] ? found : null;
    }

    private static int? Lag(double[] correlation, int frequency)
    {
        if (frequency <= 1)
        {
            return null;
        }

        var n = correlation.Length;
        var best = n / (frequency + 1);
        for (var lag = best + 1; lag <= Math.Min(n / (frequency - 1), n - 1); lag++)
        {
            best = correlation[lag] > correlation[best] ? lag : best;
        }

        return best is > 1 and <= LongestPeriod && n >= FewestRepeats * best && correlation[best] > -1 ? best : null;
    }

    private static double Quantile(double probability)
    {
        double low = -8, high = 8;
        while (high - low > 1e-9)
        {
            var middle = (low + high) / 2;
            (low, high) = 0.5 * (1 + KernelPValue.Erf(middle / Math.Sqrt(2))) < probability ? (middle, high) : (low, middle);
        }

        return low;
    }
}
