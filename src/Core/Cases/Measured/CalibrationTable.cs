using MaritimeWatch.Units;

namespace MaritimeWatch.Cases.Measured;

/// <summary>One bin of a reliability chart: what was told, and how often a person confirmed it.</summary>
/// <param name="From">Lower edge of the probabilities told, 0 to 1, itself within.</param>
/// <param name="To">Upper edge, without itself but for 1.</param>
/// <param name="MeanTold">Mean of what was told; null where nothing was.</param>
/// <param name="Confirmed">Confirmed among the decided.</param>
public sealed record CalibrationBin(double From, double To, double? MeanTold, ShareOf Confirmed)
{
    /// <summary>True when there are decisions enough to say something of the bin.</summary>
    public bool Enough => Confirmed.Whole >= CalibrationTable.LeastDecisions;
}

/// <summary>
/// Of what was told with a probability, how much persons confirmed (SCIENCE 5.3; Murphy and Winkler 1977, doi 10.2307/2346866): ten equal
/// bins, and the mean distance between told and confirmed, weighted by decisions. Only alerts are decided, so it says nothing of what was never raised.
/// </summary>
/// <param name="Bins">Ten, from 0 to 1.</param>
/// <param name="Decisions">Decisions in all.</param>
/// <param name="CalibrationError">Expected calibration error, 0 to 1; null with too few decisions.</param>
public sealed record CalibrationTable(IReadOnlyList<CalibrationBin> Bins, int Decisions, double? CalibrationError)
{
    /// <summary>Fewer decisions than this say nothing: the interval is wider than 0.4.</summary>
    public const int LeastDecisions = 20;

    private const int Count = 10;

    public static CalibrationTable Of(IEnumerable<DecidedFinding> findings)
    {
        var decided = findings.Where(f => f.Outcome != CaseOutcome.Undecided).ToList();
        var byBin = decided.ToLookup(f => Math.Clamp((int)(f.Probability * Count), 0, Count - 1));
        var bins = Enumerable.Range(0, Count).Select(b => new CalibrationBin(b / (double)Count, (b + 1) / (double)Count, byBin[b].Any() ? byBin[b].Average(f => f.Probability) : null,
            new ShareOf(byBin[b].Count(f => f.Outcome == CaseOutcome.Confirmed), byBin[b].Count()))).ToList();
        var error = decided.Count < LeastDecisions ? (double?)null : bins.Where(b => b.Confirmed.Whole > 0).Sum(b => b.Confirmed.Whole * Math.Abs(b.MeanTold!.Value - b.Confirmed.Share!.Value)) / decided.Count;
        return new CalibrationTable(bins, decided.Count, error);
    }
}
