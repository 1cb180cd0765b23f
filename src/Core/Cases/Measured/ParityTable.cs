using MaritimeWatch.Units;

namespace MaritimeWatch.Cases.Measured;

/// <summary>A rate of one group beside that of all.</summary>
/// <param name="Of">The share with its interval.</param>
/// <param name="Ratio">Share of the group by share of all; null where there are too few cases, or the share of all is 0.</param>
/// <param name="Differs">True when there are cases enough and the share of all lies outside the group's interval.</param>
public sealed record ParityRate(ShareOf Of, double? Ratio, bool Differs)
{
    /// <summary>Fewer cases than this give no ratio.</summary>
    public const int LeastCases = 20;

    internal static ParityRate From(ShareOf group, ShareOf all) => new(group,
        group.Whole >= LeastCases && all.Share > 0 ? group.Share / all.Share : null,
        group.Whole >= LeastCases && (all.Share < group.Low || all.Share > group.High));
}

/// <summary>One group of a dimension.</summary>
/// <param name="Group">Its name; <c>all</c> in the row of all.</param>
/// <param name="Raised">Raised to a person, of the findings judged.</param>
/// <param name="Confirmed">Confirmed, of the decided.</param>
/// <param name="Dismissed">Dismissed, of the decided.</param>
public sealed record ParityRow(string Group, ParityRate Raised, ParityRate Confirmed, ParityRate Dismissed);

/// <summary>
/// How often findings of one group are raised, confirmed and dismissed, beside all (SCIENCE 6, H7; PRODUCT 33). Groups partition the findings:
/// their shares, weighted by their cases, add up to the share of all. A ratio is a question, no proof: groups differ in what they do and where.
/// </summary>
/// <param name="Dimension">What the groups are made by, for example <c>flag</c>.</param>
/// <param name="All">All findings together.</param>
/// <param name="Rows">Groups, the largest first.</param>
public sealed record ParityTable(string Dimension, ParityRow All, IReadOnlyList<ParityRow> Rows)
{
    /// <summary>Group of a finding of which nothing is known in the dimension.</summary>
    public const string Unknown = "unknown";

    public static ParityTable Of(string dimension, IReadOnlyList<DecidedFinding> findings)
    {
        var all = Counted(findings);
        var rows = findings.GroupBy(f => f.Groups.GetValueOrDefault(dimension, Unknown)).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => Row(g.Key, Counted([.. g]), all)).ToList();
        return new ParityTable(dimension, Row("all", all, all), rows);
    }

    private static (ShareOf Raised, ShareOf Confirmed, ShareOf Dismissed) Counted(IReadOnlyCollection<DecidedFinding> findings)
    {
        var decided = findings.Count(f => f.Outcome != CaseOutcome.Undecided);
        return (new(findings.Count(f => f.Raised), findings.Count), new(findings.Count(f => f.Outcome == CaseOutcome.Confirmed), decided), new(findings.Count(f => f.Outcome == CaseOutcome.Dismissed), decided));
    }

    private static ParityRow Row(string group, (ShareOf Raised, ShareOf Confirmed, ShareOf Dismissed) its, (ShareOf Raised, ShareOf Confirmed, ShareOf Dismissed) all) =>
        new(group, ParityRate.From(its.Raised, all.Raised), ParityRate.From(its.Confirmed, all.Confirmed), ParityRate.From(its.Dismissed, all.Dismissed));
}
