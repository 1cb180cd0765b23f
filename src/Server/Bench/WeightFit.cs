using System.Globalization;

namespace MaritimeWatch.Server.Bench;

/// <summary>
/// What the weights and the calibration would be on these worlds: the source of the numbers in SilenceWeights and Calibration, which a
/// person rounds and enters. Printed for the training split alone. Logistic regression of the truth on the terms shown, positives
/// brought to 1 in 100, each term held to the sign it has (projected gradient); then isotonic regression of frequency on the score
/// (pool adjacent violators, Ayer et al. 1955, doi 10.1214/aoms/1177728423).
/// </summary>
internal static class WeightFit
{
    private const double Prevalence = 0.01;

    /// <summary>The silence itself keeps its computed weight: it is a likelihood ratio, not a proposal.</summary>
    private const string Kept = "silenceAgainstReception";

    public static void Print(BenchTables tables, IReadOnlyList<BenchCase> cases)
    {
        var told = cases.Where(c => c.IsSwept).ToList();
        if (told.All(c => !c.IsPositive) || told.All(c => c.IsPositive))
        {
            return;
        }

        var weight = BenchMetrics.PositiveWeight(cases.Count(c => c.IsPositive), cases.Count(c => !c.IsPositive), Prevalence);
        var names = told.SelectMany(c => c.Verdict!.Evidence).Where(e => e.Nats != 0 && e.Name != Kept).GroupBy(e => e.Name)
            .Where(g => g.Count() >= 20).Select(g => g.Key).Order(StringComparer.Ordinal).ToList();
        var rows = told.Select(c => (Silence: c.Verdict!.Evidence.Where(e => e.Name == Kept).Sum(e => e.Nats),
            Terms: names.Select(n => c.Verdict!.Evidence.Where(e => e.Name == n).Sum(e => e.Nats)).ToArray(), c.IsPositive, Weight: c.IsPositive ? weight : 1)).ToList();
        var (prior, by) = Fit(rows, names.Count);
        tables.Title("Weights these worlds would give: terms as shown, times a factor");
        tables.Line(string.Create(CultureInfo.InvariantCulture, $"{"prior",-24} {prior,7:0.00} nats"));
        for (var i = 0; i < names.Count; i++)
        {
            tables.Line(string.Create(CultureInfo.InvariantCulture, $"{names[i],-24} {by[i],7:0.00} times what is shown now, in {rows.Count(r => r.Terms[i] != 0),6} silences"));
        }

        tables.Title("Calibration these worlds would give: score in nats, frequency at 1 in 100");
        foreach (var (score, frequency, count) in Isotonic([.. told.Select(c => (c.Verdict!.ScoreNats, c.IsPositive, c.IsPositive ? weight : 1))]))
        {
            tables.Line(string.Create(CultureInfo.InvariantCulture, $"{score,8:0.00} {frequency,8:0.000}   {count,6} silences"));
        }
    }

    /// <summary>Intercept and factors of at least 0, by accelerated projected gradient with a small pull towards a factor of 1.</summary>
    private static (double Prior, double[] By) Fit(IReadOnlyList<(double Silence, double[] Terms, bool Positive, double Weight)> rows, int terms)
    {
        const double Pull = 1;
        var (prior, by) = (-7.0, Enumerable.Repeat(1.0, terms).ToArray());
        var (priorCurve, curve) = (0.0, new double[terms]);
        for (var round = 0; round < 4000; round++)
        {
            double atPrior = 0, step = 0.05 / (1 + (round / 1000.0));
            var slope = new double[terms];
            foreach (var (silence, row, positive, weight) in rows)
            {
                var score = prior + silence;
                for (var i = 0; i < terms; i++)
                {
                    score += by[i] * row[i];
                }

                var miss = weight * ((1 / (1 + Math.Exp(-score))) - (positive ? 1 : 0));
                atPrior += miss;
                for (var i = 0; i < terms; i++)
                {
                    slope[i] += miss * row[i];
                }
            }

            // Each slope is divided by its usual size, so that rare and common terms move alike (Adagrad with forgetting).
            priorCurve = (0.9 * priorCurve) + (0.1 * atPrior * atPrior);
            prior -= step * atPrior / Math.Sqrt(priorCurve + 1e-12);
            for (var i = 0; i < terms; i++)
            {
                var full = slope[i] + (Pull * (by[i] - 1));
                curve[i] = (0.9 * curve[i]) + (0.1 * full * full);
                by[i] = Math.Max(0, by[i] - (step * full / Math.Sqrt(curve[i] + 1e-12)));
            }
        }

        return (prior, by);
    }

    /// <summary>Blocks of rising score in which the frequency rises too.</summary>
    internal static IReadOnlyList<(double Score, double Frequency, int Count)> Isotonic(IReadOnlyList<(double Score, bool Positive, double Weight)> cases)
    {
        var blocks = new List<(double Score, double Positive, double Weight, int Count)>();
        foreach (var (score, positive, weight) in cases.OrderBy(c => c.Score))
        {
            blocks.Add((score * weight, positive ? weight : 0, weight, 1));
            while (blocks.Count > 1 && blocks[^2].Positive * blocks[^1].Weight >= blocks[^1].Positive * blocks[^2].Weight)
            {
                var (a, b) = (blocks[^2], blocks[^1]);
                blocks.RemoveRange(blocks.Count - 2, 2);
                blocks.Add((a.Score + b.Score, a.Positive + b.Positive, a.Weight + b.Weight, a.Count + b.Count));
            }
        }

        return [.. blocks.Select(b => (b.Score / b.Weight, b.Positive / b.Weight, b.Count))];
    }
}
