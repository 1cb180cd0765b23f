using FsCheck.Xunit;
using MaritimeWatch.Detection;
using MaritimeWatch.Rules;
using MaritimeWatch.Units;

namespace MaritimeWatch.Unit.Rules;

public sealed class RuleMatchTests
{
    private static readonly FlagState[] Flags = [FlagState.Parse("PA"), FlagState.Parse("NO"), FlagState.Parse("LR")];

    private static RuleMatch Match(WatchRule rule, Finding finding, int? type = null, double? lengthM = null, DrawnArea? area = null) =>
        RuleMatch.Of(rule, RuleSamples.Shapes(area is null ? [] : [area]), new RuleSubject(finding, type, lengthM), RuleSamples.Noon);

    [Property(MaxTest = 2000, Arbitrary = [typeof(AnyRule)])]
    public bool The_same_question_has_the_same_answer(WatchRule rule, RuleSubject subject) =>
        Said(RuleMatch.Of(rule, AnyRule.Shapes, subject, RuleSamples.Noon)) == Said(RuleMatch.Of(rule with { }, AnyRule.Shapes, subject with { }, RuleSamples.Noon));

    [Property(MaxTest = 2000, Arbitrary = [typeof(AnyRule)])]
    public bool No_flag_changes_what_is_said_of_a_finding_that_is_not_of_identity(WatchRule rule, RuleSubject subject) => RuleMatch.IsOfIdentity(subject.Finding.Kind)
        || Flags.All(flag => Said(RuleMatch.Of(rule, AnyRule.Shapes, subject with { Flag = flag }, RuleSamples.Noon)) == Said(RuleMatch.Of(rule, AnyRule.Shapes, subject with { Flag = null }, RuleSamples.Noon)));

    [Property(MaxTest = 2000, Arbitrary = [typeof(AnyRule)])]
    public bool An_exclusion_never_widens_a_rule(WatchRule rule, RuleExclusion more, RuleSubject subject)
    {
        bool Meets(IReadOnlyList<RuleExclusion> exclusions) => RuleMatch.Of(rule with { Exclusions = exclusions }, AnyRule.Shapes, subject, RuleSamples.Noon).Matches;
        return (!Meets([.. rule.Exclusions, more]) || Meets(rule.Exclusions)) && (!Meets(rule.Exclusions) || Meets([]));
    }

    [Property(MaxTest = 2000, Arbitrary = [typeof(AnyRule)])]
    public bool What_has_an_ordinary_cause_or_cannot_be_told_meets_no_rule(WatchRule rule, RuleSubject subject) =>
        !(subject.Finding.Band == Band.CannotTell || subject.Finding.Class is FindingClass.Reception or FindingClass.Lawful) || !RuleMatch.Of(rule, AnyRule.Shapes, subject, RuleSamples.Noon).Matches;

    [Fact]
    public void A_rule_says_why_it_met_or_what_was_missing()
    {
        Assert.Contains("probability 50 %, at or above band low", Match(RuleSamples.Rule(), RuleSamples.Finding()).Because);
        Assert.Equal("kind is Encounter", Match(RuleSamples.Rule(), RuleSamples.Finding(FindingKind.Encounter)).Missed);
        Assert.Equal("below band high", Match(RuleSamples.Rule() with { Threshold = new(Band.High, null) }, RuleSamples.Finding()).Missed);
        Assert.Equal("below probability 60 %", Match(RuleSamples.Rule() with { Threshold = new(null, 0.6) }, RuleSamples.Finding()).Missed);
        Assert.True(Match(RuleSamples.Rule() with { Threshold = new(null, 0.5) }, RuleSamples.Finding()).Matches);
        Assert.Equal("begins and ends outside the areas", Match(RuleSamples.Rule() with { Where = [new("a", 1)] }, RuleSamples.Finding(), area: RuleSamples.Box("a", 10, 10, 11, 11)).Missed);
        Assert.Equal("begins and ends outside the areas", Match(RuleSamples.Rule() with { Where = [new("a", 2)] }, RuleSamples.Finding(), area: RuleSamples.Box("a", 49, -1, 51, 1)).Missed);
    }

    [Fact]
    public void What_is_not_known_of_a_ship_is_not_met()
    {
        var tankers = RuleSamples.Rule() with { Who = RuleWho.Anyone with { ShipTypes = [80], LeastLengthM = 100 } };
        Assert.Equal("ship type is not known", Match(tankers, RuleSamples.Finding()).Missed);
        Assert.Equal("ship type is 70", Match(tankers, RuleSamples.Finding(), 70).Missed);
        Assert.Equal("length is not known", Match(tankers, RuleSamples.Finding(), 84).Missed);
        Assert.Equal("length is 99 m", Match(tankers, RuleSamples.Finding(), 84, 99).Missed);
        Assert.True(Match(tankers, RuleSamples.Finding(), 84, 100).Matches);
        Assert.False(RuleMatch.NamesType([30], 31));
    }

    [Fact]
    public void An_exclusion_tells_itself_ends_and_takes_only_what_lies_wholly_in_its_areas()
    {
        var area = RuleSamples.Box("a", 49, -1, 51, 1);
        var rule = RuleSamples.Rule() with { Exclusions = [RuleSamples.Exclusion(areas: [area.Reference()])] };
        var (inside, leaving) = (RuleSamples.Finding(), RuleSamples.Finding(end: new GeoPoint(52, 2)));
        Assert.Equal("known work", Match(rule, inside, area: area).ExcludedBy?.Reason);
        Assert.True(Match(rule, leaving, area: area).Matches);
        Assert.True(RuleMatch.Of(rule, RuleSamples.Shapes(area), new RuleSubject(inside), RuleSamples.Noon.AddDays(10)).Matches);
        Assert.False(Match(RuleSamples.Rule() with { Exclusions = [RuleSamples.Exclusion(vessels: ["mmsi:235000001"])] }, inside).Matches);
    }

    [Fact]
    public void A_rule_ends_by_its_expiry_and_is_due_for_review_before()
    {
        var rule = RuleSamples.Rule();
        Assert.Equal([RuleState.InForce, RuleState.ReviewDue, RuleState.Expired], new[] { 0, 20, 30 }.Select(d => rule.StateAt(RuleSamples.Noon.AddDays(d))));
        Assert.Equal(RuleState.SwitchedOff, (rule with { SwitchedOff = true }).StateAt(RuleSamples.Noon.AddDays(31)));
        Assert.False(rule.IsInForceAt(RuleSamples.Noon.AddDays(30)));
    }

    [Fact]
    public void Flags_are_refused_unless_a_rule_asks_for_findings_of_identity_alone()
    {
        var flags = RuleWho.Anyone with { Flags = [Flags[0]] };
        string[] Problems(params FindingKind[] kinds) => [.. RuleProblems.Of(RuleSamples.Rule() with { What = new(kinds, []), Who = flags }, _ => true, RuleSamples.Noon)];
        Assert.Contains("A flag never enters what is asked about silences or moves.", Assert.Single(Problems(FindingKind.Silence)));
        Assert.Single(Problems());
        Assert.Single(Problems(FindingKind.FlagHop, FindingKind.Kinematic));
        Assert.Empty(Problems(FindingKind.FlagHop, FindingKind.FlagChange, FindingKind.IdentityClash, FindingKind.IdentityContradiction));
    }

    [Fact]
    public void A_rule_that_cannot_be_kept_says_all_that_is_wrong()
    {
        var rule = RuleSamples.Rule() with
        {
            Name = " ", What = new([], [FindingClass.Reception]), Threshold = new(Band.Low, 0.5), Where = [new("gone", 3)], ExpiresAt = RuleSamples.Noon,
            Who = RuleWho.Anyone with { Vessels = ["imo:9074728"], LeastLengthM = 20, MostLengthM = 10, ShipTypes = [100] }, Exclusions = [RuleSamples.Exclusion() with { Reason = "" }],
        };
        var problems = string.Join('\n', RuleProblems.Of(rule, _ => false, RuleSamples.Noon));
        Assert.All(["name of 1 to 80", "found Reception", "found both", "gone version 3", "still to come", "not after the expiry", "found 'imo:9074728'", "20 to 10", "found 100", "exclusion 1; found none", "reason of exclusion 1"], part => Assert.Contains(part, problems, StringComparison.Ordinal));
        Assert.Empty(RuleProblems.Of(RuleSamples.Rule(), _ => true, RuleSamples.Noon));
    }

    private static string Said(RuleMatch match) => $"{match.Matches}|{string.Join(';', match.Because)}|{match.Missed}|{match.ExcludedBy?.GetHashCode()}";
}
