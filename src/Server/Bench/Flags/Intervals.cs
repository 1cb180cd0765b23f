using System.Globalization;

namespace MaritimeWatch.Server.Bench.Flags;

/// <summary>Shares with 95 % intervals by bootstrap, as text.</summary>
internal static class Intervals
{
    private const int Resamples = 1000;

    public static string Share(IReadOnlyList<bool> cases, long seed) => Of(cases.Count, seed, drawn => (double)drawn.Count(i => cases[i]) / Math.Max(1, drawn.Length));

    /// <summary>Precision, recall and F1 of cases that are, and that were said to be.</summary>
    public static (string Precision, string Recall, string F1) PrecisionRecall(IReadOnlyList<(bool True, bool Said)> cases, long seed)
    {
        (double, double, double) Of3(int[] drawn)
        {
            double hit = drawn.Count(i => cases[i] is { True: true, Said: true }), said = drawn.Count(i => cases[i].Said), truth = drawn.Count(i => cases[i].True);
            return (hit / Math.Max(1, said), hit / Math.Max(1, truth), 2 * hit / Math.Max(1, said + truth));
        }

        return (Of(cases.Count, seed, d => Of3(d).Item1), Of(cases.Count, seed, d => Of3(d).Item2), Of(cases.Count, seed, d => Of3(d).Item3));
    }

    private static string Of(int count, long seed, Func<int[], double> figure)
    {
        var chance = new Random((int)seed);
        var whole = figure([.. Enumerable.Range(0, count)]);
        var drawn = new double[Resamples];
        for (var r = 0; r < Resamples; r++)
        {
            drawn[r] = figure([.. Enumerable.Range(0, count).Select(_ => chance.Next(count))]);
        }

        Array.Sort(drawn);
        return count == 0 ? "-" : string.Create(CultureInfo.InvariantCulture, $"{whole:0.000} [{drawn[Resamples / 40]:0.000}, {drawn[Resamples - 1 - (Resamples / 40)]:0.000}]");
    }
}
