using MaritimeWatch.Detection;
using MaritimeWatch.Units;

namespace MaritimeWatch.Rules;

/// <summary>What keeps a rule from being saved, in sentences that say what was expected and what was found.</summary>
public static class RuleProblems
{
    public const int MostOfOne = 200, MostExclusions = 50, LongestText = 300;

    public static IReadOnlyList<string> Of(WatchRule rule, Func<AreaVersion, bool> isKnown, DateTimeOffset now) =>
    [
        .. Text(rule.Name, "a name", AreaProblems.LongestName),
        .. What(rule.What),
        .. Who(rule),
        .. rule.Threshold switch
        {
            { Band: not null, Probability: not null } => ["Expected a band or a probability as threshold; found both."],
            { Band: Band.CannotTell } => ["Expected band low, medium or high; found cannotTell, which says that the data do not decide."],
            { Probability: { } p } when p is not (> 0 and <= 1) => [FormattableString.Invariant($"Expected a probability above 0 and at most 1; found {p}.")],
            _ => Array.Empty<string>(),
        },
        .. rule.Areas().Where(a => !isKnown(a)).Select(a => $"Expected an area that is kept; found {a}. Save the area first."),
        .. rule.Exclusions.Count > MostExclusions ? [$"Expected at most {MostExclusions} exclusions; found {rule.Exclusions.Count}."] : rule.Exclusions.SelectMany((e, i) => Exclusion(e, i + 1, now)),
        .. rule.ExpiresAt <= now ? [$"Expected an expiry that is still to come; found {FactId.Iso(rule.ExpiresAt)}."] : Array.Empty<string>(),
        .. rule.ReviewAt > rule.ExpiresAt ? [$"Expected a review not after the expiry; found {FactId.Iso(rule.ReviewAt)}."] : Array.Empty<string>(),
        .. rule.MailTo.Count > MostOfOne ? [$"Expected at most {MostOfOne} addresses; found {rule.MailTo.Count}."] : Array.Empty<string>(),
    ];

    private static IEnumerable<string> What(RuleWhat what) => what.Classes.Where(c => RuleMatch.IsExplained(c) || c == FindingClass.CannotTell)
        .Select(c => $"Expected classes that leave something to explain; found {c}. What has an ordinary cause, or cannot be told, is kept as a finding and makes no alert.");

    private static IEnumerable<string> Who(WatchRule rule)
    {
        var who = rule.Who;
        var other = rule.What.Kinds.Where(k => !RuleMatch.IsOfIdentity(k)).ToList();
        if (who.Flags.Count > 0 && (rule.What.Kinds.Count == 0 || other.Count > 0))
        {
            yield return $"Expected no flags in a rule that asks for {(rule.What.Kinds.Count == 0 ? "all kinds of findings" : string.Join(", ", other))}; found {string.Join(", ", who.Flags.Select(f => f.Code))}. " +
                "A flag never enters what is asked about silences or moves. Ask for findings of identity alone (identityClash, flagChange, identityContradiction, flagHop), or leave the flags out.";
        }

        foreach (var problem in Vessels(who.Vessels, "vessels").Concat(Types(who.ShipTypes)))
        {
            yield return problem;
        }

        if (who.LeastLengthM is < 0 or > 1000 || who.MostLengthM is < 0 or > 1000 || who.LeastLengthM > who.MostLengthM)
        {
            yield return FormattableString.Invariant($"Expected lengths of 0 to 1000 m, the least first; found {who.LeastLengthM} to {who.MostLengthM}.");
        }
    }

    private static IEnumerable<string> Exclusion(RuleExclusion exclusion, int number, DateTimeOffset now)
    {
        if (exclusion.Vessels.Count + exclusion.Areas.Count + exclusion.ShipTypes.Count == 0)
        {
            yield return $"Expected vessels, areas or ship types in exclusion {number}; found none.";
        }

        foreach (var problem in Text(exclusion.Reason, $"the reason of exclusion {number}", LongestText).Concat(Vessels(exclusion.Vessels, $"vessels of exclusion {number}")).Concat(Types(exclusion.ShipTypes)))
        {
            yield return problem;
        }

        if (exclusion.ExpiresAt <= now.AddDays(-366))
        {
            yield return $"Expected an expiry of exclusion {number} in this year or later; found {FactId.Iso(exclusion.ExpiresAt)}. Take it out.";
        }
    }

    private static IEnumerable<string> Vessels(IReadOnlyList<string> vessels, string what) => vessels.Count > MostOfOne
        ? [$"Expected at most {MostOfOne} {what}; found {vessels.Count}."]
        : vessels.Where(v => !(v.StartsWith("mmsi:", StringComparison.Ordinal) && Mmsi.TryParse(v[5..], out _)) && !(v.StartsWith("imo:", StringComparison.Ordinal) && ImoNumber.TryParse(v[4..], out _)))
            .Select(v => $"Expected {what} as mmsi: and 9 digits, or imo: and 7 digits with a right check digit; found '{v}'.");

    private static IEnumerable<string> Types(IReadOnlyList<int> types) => types.Where(t => t is < 1 or > 99).Select(t => $"Expected ship types 1 to 99 (ITU-R M.1371-5, table 53); found {t}.");

    private static IEnumerable<string> Text(string text, string what, int longest) => text.Trim().Length is > 0 and var length && length <= longest ? [] : [$"Expected {what} of 1 to {longest} characters; found {text.Trim().Length}."];
}
