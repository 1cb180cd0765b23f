using System.Globalization;

namespace MaritimeWatch.Server.Bench;

/// <summary>A figure with its 95 % interval. Not a number where the data cannot say.</summary>
internal readonly record struct Estimate(double Value, double Low, double High)
{
    public override string ToString() => double.IsNaN(Value) ? "—" : string.Create(CultureInfo.InvariantCulture, $"{Value:0.000} [{Low:0.000}, {High:0.000}]");
}

/// <summary>
/// The bootstrap by vessel (percentile interval; Efron and Tibshirani 1993, chapters 13 and 17): the silences of one ship resemble
/// each other, so ships are drawn with replacement, not silences. The same seed gives the same interval.
/// </summary>
internal static class Bootstrap
{
    /// <param name="vessels">Number of vessels.</param>
    /// <param name="figuresOf">Figures, given how often each vessel was drawn.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="resamples">How many draws of a whole fleet; 500 or more for what is published.</param>
    public static Estimate[] Of(int vessels, Func<int[], double[]> figuresOf, long seed, int resamples)
    {
        var all = figuresOf([.. Enumerable.Repeat(1, vessels)]);
        var drawn = Enumerable.Range(0, resamples).AsParallel().AsOrdered().WithDegreeOfParallelism(2).Select(n =>
        {
            var random = new BenchRandom(seed, "bootstrap", n.ToString(CultureInfo.InvariantCulture));
            var weights = new int[vessels];
            for (var i = 0; i < vessels; i++)
            {
                weights[random.Below(vessels)]++;
            }

            return figuresOf(weights);
        }).ToList();
        return [.. all.Select((value, figure) => Interval(value, [.. drawn.Select(d => d[figure]).Where(v => !double.IsNaN(v)).Order()]))];
    }

    private static Estimate Interval(double value, double[] sorted) => sorted.Length == 0
        ? new Estimate(value, double.NaN, double.NaN)
        : new Estimate(value, At(sorted, 0.025), At(sorted, 0.975));

    private static double At(double[] sorted, double share)
    {
        var place = share * (sorted.Length - 1);
        var low = (int)place;
        return low + 1 < sorted.Length ? sorted[low] + ((sorted[low + 1] - sorted[low]) * (place - low)) : sorted[low];
    }
}
