namespace MaritimeWatch.Detection.Series;

/// <summary>Thresholds of <see cref="CountSurge"/>.</summary>
public sealed record CountSurgeOptions
{
    /// <summary>Points in a cycle whose phases have each their own mean; null for none. Hourly counts of a port have 24.</summary>
    public int? Period { get; init; }

    /// <summary>False alerts to be expected in a whole series: one in twenty series of pure chance has one.</summary>
    public double FalseAlerts { get; init; } = 0.05;

    /// <summary>At most this share of the counts is taken as odd when the usual spread is learnt: a tenth.</summary>
    public double MostOdd { get; init; } = 0.1;
}

/// <summary>A count far off its usual range: its place in the series, what was expected, and the chance of a count as far off or more.</summary>
public sealed record CountPoint(int Index, int Count, double Expected, double PValue)
{
    public bool IsSurge => Count > Expected;
}

/// <summary>
/// Surges and drops of counts, sparse and clumped ones too: a negative binomial whose mean is that of the phase and whose
/// excess over Poisson is learnt from the counts that are not odd themselves. Each count is judged by the others of its phase
/// (after Farrington et al. 1996, doi:10.2307/2983331: there odd counts weigh less, here they are left out).
/// </summary>
public static class CountSurge
{
    private const int MostRounds = 20;

    /// <summary>The odd counts, in order of index.</summary>
    public static IReadOnlyList<CountPoint> Find(IReadOnlyList<int> counts, CountSurgeOptions options)
    {
        var period = options.Period ?? 1;
        var level = options.FalseAlerts / Math.Max(1, counts.Count);

        // First against Poisson, but for a tenth at most: clumped counts are not odd because there are many of them.
        var found = Judge(counts, period, [], 0);
        var odd = found.OrderBy(p => p.PValue).ThenBy(p => p.Index).Where(p => p.PValue <= level).Take((int)(options.MostOdd * counts.Count)).Select(p => p.Index).ToHashSet();
        for (var round = 0; round < MostRounds; round++)
        {
            found = Judge(counts, period, odd, Excess(counts, period, odd));
            var next = found.Where(p => p.PValue <= level).Select(p => p.Index).ToHashSet();
            if (next.SetEquals(odd))
            {
                break;
            }

            odd = next;
        }

        return [.. found.Where(p => odd.Contains(p.Index) && p.PValue <= level)];
    }

    private static List<CountPoint> Judge(IReadOnlyList<int> counts, int period, HashSet<int> odd, double excess)
    {
        var points = new List<CountPoint>();
        for (var i = 0; i < counts.Count; i++)
        {
            var others = Phase(counts, period, i).Where(j => j != i && !odd.Contains(j)).ToList();
            if (others.Count == 0)
            {
                continue;
            }

            // Half a count more: in a phase never heard before, one vessel is no impossibility.
            var expected = (others.Sum(j => (double)counts[j]) + 0.5) / others.Count;
            var tail = counts[i] > expected ? CountTail.AtLeast(counts[i], expected, excess) : CountTail.AtMost(counts[i], expected, excess);
            points.Add(new CountPoint(i, counts[i], expected, Math.Min(1, 2 * tail)));
        }

        return points;
    }

    // By moments, over all phases: the spread beyond Poisson as a share of the squared mean.
    private static double Excess(IReadOnlyList<int> counts, int period, HashSet<int> odd)
    {
        double beyond = 0, squares = 0;
        for (var phase = 0; phase < Math.Min(period, counts.Count); phase++)
        {
            var kept = Phase(counts, period, phase).Where(j => !odd.Contains(j)).Select(j => (double)counts[j]).ToList();
            if (kept.Count < 2)
            {
                continue;
            }

            var mean = kept.Average();
            beyond += (kept.Sum(c => (c - mean) * (c - mean)) * kept.Count / (kept.Count - 1)) - (mean * kept.Count);
            squares += mean * mean * kept.Count;
        }

        return squares > 0 ? Math.Max(0, beyond / squares) : 0;
    }

    private static IEnumerable<int> Phase(IReadOnlyList<int> counts, int period, int index)
    {
        for (var j = index % period; j < counts.Count; j += period)
        {
            yield return j;
        }
    }
}
