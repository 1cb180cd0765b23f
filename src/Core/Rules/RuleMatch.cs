using MaritimeWatch.Detection;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Rules;

/// <summary>What a rule may know of a finding and its ship.</summary>
/// <param name="Finding">The finding.</param>
/// <param name="ShipType">ITU-R M.1371-5, table 53; null when not known.</param>
/// <param name="LengthM">Length in metres; null when not known.</param>
/// <param name="Transponder">Class of AIS equipment.</param>
/// <param name="Flag">Flag to which the MMSI points; looked at for findings of identity alone.</param>
public sealed record RuleSubject(Finding Finding, int? ShipType = null, double? LengthM = null, TransponderClass Transponder = TransponderClass.Unknown, FlagState? Flag = null);

/// <summary>
/// Whether a rule meets a finding, and why or why not. The same rule, areas and finding always give the same answer; whether the
/// rule is in force is another question. An exclusion can only take away.
/// </summary>
/// <param name="Matches">It meets the finding and nothing excludes it.</param>
/// <param name="Because">What was met, in words; empty when something was not.</param>
/// <param name="Missed">What was not met; null when everything was.</param>
/// <param name="ExcludedBy">The exclusion that took a met finding away.</param>
public sealed record RuleMatch(bool Matches, IReadOnlyList<string> Because, string? Missed, RuleExclusion? ExcludedBy)
{
    /// <summary>Findings of identity: there the claimed flag is what the finding is about. It never enters what is asked of silences and moves.</summary>
    public static bool IsOfIdentity(FindingKind kind) => kind is FindingKind.IdentityClash or FindingKind.FlagChange or FindingKind.IdentityContradiction or FindingKind.FlagHop;

    /// <summary>What the finding alone decides: kind, class, threshold, place. Null when all of it is met.</summary>
    public static string? Misses(WatchRule rule, Func<AreaVersion, AreaShape?> areas, Finding finding)
    {
        // Where the machine itself has an ordinary explanation, or cannot tell, no rule makes an alert of it: a dead feed accuses nobody.
        if (finding.Band == Band.CannotTell || IsExplained(finding.Class))
        {
            return "the data do not decide it, or an ordinary cause explains it";
        }

        if (rule.What.Kinds.Count > 0 && !rule.What.Kinds.Contains(finding.Kind))
        {
            return $"kind is {finding.Kind}";
        }

        if (rule.What.Classes.Count > 0 && !rule.What.Classes.Contains(finding.Class))
        {
            return $"class is {finding.Class}";
        }

        if (!rule.Threshold.IsReachedBy(finding))
        {
            return $"below {rule.Threshold}";
        }

        return rule.Where.Count == 0 || rule.Where.Any(a => Places(finding).Any(at => areas(a)?.Contains(at) == true)) ? null : "begins and ends outside the areas";
    }

    public static RuleMatch Of(WatchRule rule, Func<AreaVersion, AreaShape?> areas, RuleSubject subject, DateTimeOffset now)
    {
        var finding = subject.Finding;
        if ((Misses(rule, areas, finding) ?? MissesShip(rule.Who, subject)) is { } missed)
        {
            return new RuleMatch(false, [], missed, null);
        }

        var excluded = rule.Exclusions.FirstOrDefault(e => now < e.ExpiresAt && Excludes(e, areas, subject));
        string[] because =
        [
            $"{finding.Kind}, {finding.Class}",
            $"probability {finding.Probability * 100:0} %, at or above {rule.Threshold}",
            .. rule.Where.Count > 0 ? ["begins or ends in an area of the rule"] : Array.Empty<string>(),
            .. rule.Who.AsksOfShip() || rule.Who.Vessels.Count > 0 ? ["the ship is one the rule asks for"] : Array.Empty<string>(),
        ];
        return new RuleMatch(excluded is null, because, null, excluded);
    }

    /// <summary>Whether a list of types names a type: from 40 on a full ten stands for all its types.</summary>
    public static bool NamesType(IReadOnlyList<int> types, int? type) => type is { } t && (types.Contains(t) || (t >= 40 && types.Contains(t / 10 * 10)));

    /// <summary>Classes that say there is an ordinary cause.</summary>
    public static bool IsExplained(FindingClass kind) => kind is FindingClass.Reception or FindingClass.Lawful;

    private static string? MissesShip(RuleWho who, RuleSubject subject)
    {
        if (who.Vessels.Count > 0 && !Names(who.Vessels, subject.Finding))
        {
            return "not one of the given vessels";
        }

        if (who.ShipTypes.Count > 0 && !NamesType(who.ShipTypes, subject.ShipType))
        {
            return subject.ShipType is { } type ? $"ship type is {type}" : "ship type is not known";
        }

        if ((who.LeastLengthM is not null || who.MostLengthM is not null) && !(subject.LengthM is { } length && length >= (who.LeastLengthM ?? 0) && length <= (who.MostLengthM ?? double.MaxValue)))
        {
            return subject.LengthM is { } found ? FormattableString.Invariant($"length is {found:0} m") : "length is not known";
        }

        if (who.Transponder is { } wanted && wanted != subject.Transponder)
        {
            return $"AIS class is {subject.Transponder}";
        }

        // A rule with flags that meets another kind was never saved by this house; it gets no answer that depends on the ship's flag.
        return who.Flags.Count == 0 ? null : !IsOfIdentity(subject.Finding.Kind) ? "flags are asked of findings of identity alone" : subject.Flag is { } flag && who.Flags.Contains(flag) ? null : "flag is another";
    }

    private static bool Excludes(RuleExclusion exclusion, Func<AreaVersion, AreaShape?> areas, RuleSubject subject) =>
        Names(exclusion.Vessels, subject.Finding) || NamesType(exclusion.ShipTypes, subject.ShipType)
        || (exclusion.Areas.Count > 0 && Places(subject.Finding) is { Count: > 0 } places && places.All(at => exclusion.Areas.Any(a => areas(a)?.Contains(at) == true)));

    private static bool Names(IReadOnlyList<string> vessels, Finding finding) =>
        vessels.Any(v => v == finding.VesselId || (finding.Mmsi is { } mmsi && v == $"mmsi:{mmsi}") || (finding.Imo is { } imo && v == $"imo:{imo}"));

    private static List<GeoPoint> Places(Finding finding) => [.. new[] { finding.Start, finding.End }.OfType<GeoPoint>()];
}
