namespace MaritimeWatch.Server.Bench;

/// <summary>One silence as the metrics see it.</summary>
/// <param name="Vessel">Index of her hull.</param>
/// <param name="Positive">Class N, unexplained.</param>
/// <param name="Alert">Raised at the operating point.</param>
/// <param name="Rank">Place in the sweep; negative infinity for what no threshold raises.</param>
/// <param name="Probability">Null where the scorer said that it cannot tell, or nothing.</param>
/// <param name="HalfHeard">In a cell where at least half of the slots are heard.</param>
internal readonly record struct Scored(int Vessel, bool Positive, bool Alert, double Rank, double? Probability, bool HalfHeard);

/// <summary>One bin of the reliability table: what was said, and how often it was so.</summary>
internal readonly record struct ReliabilityBin(double Weight, double MeanSaid, double ShareTrue, int Cases);

/// <summary>The metrics of SCIENCE 5.3, weighted: a vessel drawn twice counts twice, and positives are brought to a prevalence.</summary>
internal static class BenchMetrics
{
    private const int Bins = 10;

    /// <summary>Weight of a positive, a negative being one, so that positives are a share of all.</summary>
    public static double PositiveWeight(double positives, double negatives, double prevalence) => prevalence / (1 - prevalence) * negatives / positives;

    public static double Precision(double truePositives, double falsePositives, double positiveWeight) =>
        truePositives + falsePositives > 0 ? positiveWeight * truePositives / ((positiveWeight * truePositives) + falsePositives) : double.NaN;

    /// <summary>F with beta 0.5: precision counts twice as much as recall. 0 when nothing was raised.</summary>
    public static double FHalf(double precision, double recall) =>
        double.IsNaN(precision) || precision + recall == 0 ? 0 : 1.25 * precision * recall / ((0.25 * precision) + recall);

    /// <summary>Highest recall that a threshold reaches with at most so many false alarms. Silences of one rank are raised together.</summary>
    /// <param name="sorted">By falling rank.</param>
    /// <param name="weights">How often each vessel counts.</param>
    /// <param name="mostFalse">Most false alarms.</param>
    /// <param name="halfHeardOnly">Only silences in cells of good reception.</param>
    public static double RecallAt(IReadOnlyList<Scored> sorted, int[] weights, double mostFalse, bool halfHeardOnly = false)
    {
        double hit = 0, best = 0, wrong = 0, positives = 0, last = double.PositiveInfinity;
        foreach (var s in sorted)
        {
            if (halfHeardOnly && !s.HalfHeard)
            {
                continue;
            }

            // What stood before a new rank is a threshold of its own.
            best = s.Rank < last && wrong <= mostFalse ? hit : best;
            last = s.Rank;
            positives += s.Positive ? weights[s.Vessel] : 0;
            if (!double.IsNegativeInfinity(s.Rank))
            {
                hit += s.Positive ? weights[s.Vessel] : 0;
                wrong += s.Positive ? 0 : weights[s.Vessel];
            }
        }

        best = wrong <= mostFalse ? hit : best;
        return positives > 0 ? best / positives : double.NaN;
    }

    /// <summary>Area under precision over recall (average precision) at a prevalence; what no threshold raises is found at the prevalence.</summary>
    public static double AveragePrecision(IReadOnlyList<Scored> sorted, int[] weights, double prevalence)
    {
        double positives = sorted.Where(s => s.Positive).Sum(s => (double)weights[s.Vessel]), negatives = sorted.Where(s => !s.Positive).Sum(s => (double)weights[s.Vessel]);
        if (positives == 0 || negatives == 0)
        {
            return double.NaN;
        }

        var weight = PositiveWeight(positives, negatives, prevalence);
        double hit = 0, wrong = 0, area = 0;
        for (var i = 0; i < sorted.Count && !double.IsNegativeInfinity(sorted[i].Rank);)
        {
            double newHit = 0, rank = sorted[i].Rank;
            for (; i < sorted.Count && sorted[i].Rank == rank; i++)
            {
                newHit += sorted[i].Positive ? weights[sorted[i].Vessel] : 0;
                wrong += sorted[i].Positive ? 0 : weights[sorted[i].Vessel];
            }

            hit += newHit;
            area += newHit > 0 ? newHit / positives * Precision(hit, wrong, weight) : 0;
        }

        return area + ((1 - (hit / positives)) * prevalence);
    }

    /// <summary>
    /// Expected calibration error over ten equal bins, Brier score and log loss of what was told, positives at a prevalence. With
    /// <paramref name="from"/> only of what was given at least that probability: at a low prevalence the rest hides it.
    /// </summary>
    public static (double Ece, double Brier, double LogLoss, ReliabilityBin[] Bins) Calibration(IEnumerable<Scored> cases, int[] weights, double prevalence, double from = 0)
    {
        var told = cases.Where(s => s.Probability is not null && weights[s.Vessel] > 0).ToList();
        double positives = told.Where(s => s.Positive).Sum(s => (double)weights[s.Vessel]), negatives = told.Where(s => !s.Positive).Sum(s => (double)weights[s.Vessel]);
        var weight = positives > 0 && negatives > 0 ? PositiveWeight(positives, negatives, prevalence) : 1;
        return Calibration(told.Where(s => s.Probability >= from).Select(s => (s.Probability!.Value, s.Positive, weights[s.Vessel] * (s.Positive ? weight : 1))));
    }

    /// <summary>The same for probabilities with their truth and weight.</summary>
    public static (double Ece, double Brier, double LogLoss, ReliabilityBin[] Bins) Calibration(IEnumerable<(double Said, bool True, double Weight)> cases)
    {
        const double Least = 1e-6;
        var (sums, said, happened, counts) = (new double[Bins], new double[Bins], new double[Bins], new int[Bins]);
        double brier = 0, loss = 0, total = 0;
        foreach (var (p, y, weight) in cases)
        {
            var bin = Math.Min(Bins - 1, (int)(p * Bins));
            var inside = Math.Clamp(p, Least, 1 - Least);
            (sums[bin], said[bin], happened[bin], counts[bin]) = (sums[bin] + weight, said[bin] + (weight * p), happened[bin] + (y ? weight : 0), counts[bin] + 1);
            brier += weight * Math.Pow(p - (y ? 1 : 0), 2);
            loss -= weight * Math.Log(y ? inside : 1 - inside);
            total += weight;
        }

        if (total == 0)
        {
            return (double.NaN, double.NaN, double.NaN, []);
        }

        var bins = Enumerable.Range(0, Bins).Select(b => sums[b] > 0 ? new ReliabilityBin(sums[b] / total, said[b] / sums[b], happened[b] / sums[b], counts[b]) : default).ToArray();
        return (bins.Sum(b => b.Weight * Math.Abs(b.MeanSaid - b.ShareTrue)), brier / total, loss / total, bins);
    }
}
