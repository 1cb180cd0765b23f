namespace MaritimeWatch.Server.Bench;

/// <summary>What one scorer reached, every figure with its interval.</summary>
internal sealed record BenchFigures
{
    public required string Scorer { get; init; }

    public required int Positives { get; init; }

    public required int Negatives { get; init; }

    public required double VesselDays { get; init; }

    public required IReadOnlyDictionary<Figure, Estimate> Estimates { get; init; }

    public Estimate this[Figure figure] => Estimates[figure];

    /// <param name="scorer">Its name.</param>
    /// <param name="cases">What it said of every silence.</param>
    /// <param name="days">Vessel-days of the same worlds.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="resamples">Draws of the bootstrap.</param>
    public static BenchFigures Of(string scorer, IReadOnlyList<BenchCase> cases, IReadOnlyList<VesselDays> days, long seed, int resamples)
    {
        var index = days.Select(d => d.Vessel).Concat(cases.Select(c => c.Vessel)).Distinct().Order(StringComparer.Ordinal).Select((v, i) => (v, i)).ToDictionary(v => v.v, v => v.i);
        var scored = Sorted(cases, index);
        var (all, half) = (new double[index.Count], new double[index.Count]);
        foreach (var day in days)
        {
            all[index[day.Vessel]] += day.Days;
            half[index[day.Vessel]] += day.DaysHalfHeard;
        }

        var estimates = Bootstrap.Of(index.Count, weights => Of(scored, all, half, weights), seed, resamples);
        return new BenchFigures
        {
            Scorer = scorer, Positives = scored.Count(s => s.Positive), Negatives = scored.Count(s => !s.Positive), VesselDays = all.Sum(),
            Estimates = Enum.GetValues<Figure>().Zip(estimates).ToDictionary(f => f.First, f => f.Second),
        };
    }

    /// <summary>False alarms per 1,000 vessel-days at the operating point.</summary>
    public static Estimate FalsePerThousand(IReadOnlyList<BenchCase> cases, IReadOnlyList<VesselDays> days, long seed, int resamples)
    {
        var index = days.Select(d => d.Vessel).Distinct().Order(StringComparer.Ordinal).Select((v, i) => (v, i)).ToDictionary(v => v.v, v => v.i);
        var (wrong, spent) = (new double[index.Count], new double[index.Count]);
        foreach (var c in cases.Where(c => c is { IsPositive: false, Alert: true }))
        {
            wrong[index[c.Vessel]]++;
        }

        foreach (var day in days)
        {
            spent[index[day.Vessel]] += day.Days;
        }

        return Bootstrap.Of(index.Count, weights => [1000 * weights.Zip(wrong, (w, x) => w * x).Sum() / weights.Zip(spent, (w, x) => w * x).Sum()], seed, resamples)[0];
    }

    /// <summary>Cases as the metrics see them, by falling rank.</summary>
    public static List<Scored> Sorted(IEnumerable<BenchCase> cases, Dictionary<string, int> index) => [.. cases
        .Select(c => new Scored(index[c.Vessel], c.IsPositive, c.Alert, c.Rank, c.Verdict is null || c.Class == Detection.FindingClass.CannotTell ? null : c.Verdict.Probability, c.Reception >= 0.5))
        .OrderByDescending(s => s.Rank)];

    private static double[] Of(List<Scored> sorted, double[] days, double[] halfDays, int[] weights)
    {
        const double Usual = 0.01, Rare = 0.001;
        double positives = 0, negatives = 0, hits = 0, wrong = 0, wrongHalf = 0, vesselDays = 0, vesselDaysHalf = 0;
        foreach (var s in sorted)
        {
            var w = weights[s.Vessel];
            (positives, hits) = s.Positive ? (positives + w, hits + (s.Alert ? w : 0)) : (positives, hits);
            (negatives, wrong) = s.Positive ? (negatives, wrong) : (negatives + w, wrong + (s.Alert ? w : 0));
            wrongHalf += !s.Positive && s.Alert && s.HalfHeard ? w : 0;
        }

        for (var v = 0; v < weights.Length; v++)
        {
            (vesselDays, vesselDaysHalf) = (vesselDays + (weights[v] * days[v]), vesselDaysHalf + (weights[v] * halfDays[v]));
        }

        var recall = positives > 0 ? hits / positives : double.NaN;
        double usual = BenchMetrics.Precision(hits, wrong, BenchMetrics.PositiveWeight(positives, negatives, Usual)), rare = BenchMetrics.Precision(hits, wrong, BenchMetrics.PositiveWeight(positives, negatives, Rare));
        var (ece, brier, loss, _) = BenchMetrics.Calibration(sorted, weights, Usual);
        return
        [
            recall, usual, BenchMetrics.FHalf(usual, recall), rare, BenchMetrics.FHalf(rare, recall),
            BenchMetrics.AveragePrecision(sorted, weights, Usual), BenchMetrics.AveragePrecision(sorted, weights, Rare),
            BenchMetrics.RecallAt(sorted, weights, vesselDays / 1000), BenchMetrics.RecallAt(sorted, weights, vesselDays / 10_000),
            BenchMetrics.RecallAt(sorted, weights, vesselDaysHalf / 1000, true), BenchMetrics.RecallAt(sorted, weights, vesselDaysHalf / 10_000, true),
            wrong / vesselDays * 1000, wrongHalf / vesselDaysHalf * 1000, ece, brier, loss, BenchMetrics.Calibration(sorted, weights, Usual, 0.1).Ece,
        ];
    }
}

/// <summary>The figures, in the order in which they are computed. "At" names the prevalence in per cent, or the false alarms per 1,000 vessel-days.</summary>
internal enum Figure
{
    Recall,
    PrecisionAtOne,
    FHalfAtOne,
    PrecisionAtTenth,
    FHalfAtTenth,
    AveragePrecisionAtOne,
    AveragePrecisionAtTenth,
    RecallAtOneFalse,
    RecallAtTenthFalse,
    RecallAtOneFalseHalfHeard,
    RecallAtTenthFalseHalfHeard,
    FalsePerThousandDays,
    FalsePerThousandDaysHalfHeard,
    Ece,
    Brier,
    LogLoss,
    EceFromTenth,
}
