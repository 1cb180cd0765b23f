using FsCheck.Xunit;
using MaritimeWatch.Cases;
using MaritimeWatch.Detection;

namespace MaritimeWatch.Unit.Cases;

public sealed class DecisionSummaryTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 14, 6, 0, 0, TimeSpan.Zero);

    private static CaseEvent Act(CaseAct act, Band band, double? seconds = null, Judgement? judgement = null) =>
        new(0, Now, "anna", act, DismissalReason.Port, "line", 1) { Kind = FindingKind.Silence, Band = band, OpenSeconds = seconds, Judgement = judgement, FollowUp = FollowUp.KeepWatching };

    private static CaseFile Case(int id, bool blind, params CaseEvent[] acts) => acts.Aggregate(CaseRules.Raise($"{id}", 1, Now, Now) with { Blind = blind }, (file, act) => CaseRules.After(file, act)!);

    [Fact]
    public void Of_forty_alike_nine_confirmed_is_a_share_with_its_interval_and_under_twenty_is_not_enough()
    {
        var cases = Enumerable.Range(0, 40).Select(i => Case(i, false, Act(i < 9 ? (i < 4 ? CaseAct.Escalate : CaseAct.Release) : CaseAct.Dismiss, Band.Medium))).ToList();
        var like = DecisionSummary.Of(cases).Like(FindingKind.Silence, Band.Medium);
        Assert.Equal((40, 9, 0.225), (like.Of, like.Yes, like.Share));
        // Wilson's interval of 9 in 40 by hand: 0.123 to 0.375.
        Assert.Equal((0.123, 0.375), (Math.Round(like.LeastShare!.Value, 3), Math.Round(like.MostShare!.Value, 3)));
        var few = DecisionSummary.Of(cases.Take(19)).Like(FindingKind.Silence, Band.Medium);
        Assert.Equal((19, false, null, null), (few.Of, few.IsEnough, few.Share, few.LeastShare));
        Assert.Equal(0, DecisionSummary.Of(cases).Like(FindingKind.FlagHop, Band.High).Of);
    }

    [Fact]
    public void Agreement_is_counted_apart_for_those_who_saw_the_score_and_those_who_judged_before()
    {
        var seeing = Enumerable.Range(0, 30).Select(i => Case(i, false, Act(i < 27 ? CaseAct.Escalate : CaseAct.Dismiss, Band.High, 4 + i)));
        var blind = Enumerable.Range(100, 30).Select(i => Case(i, true, Act(CaseAct.Assess, Band.High, null, i < 115 ? Judgement.Unexplained : Judgement.Explained), Act(CaseAct.Escalate, Band.High)));
        var summary = DecisionSummary.Of(seeing.Concat(blind));
        Assert.Equal((new Rate(30, 27), new Rate(30, 15), new Rate(30, 15)), (summary.AgreedSeeing, summary.AgreedBlind, summary.ChangedMind));
        Assert.Equal((new Rate(30, 6), 18.5), (summary.Quick, summary.MedianSeconds));
        Assert.Equal(60, summary.Decided);
    }

    [Fact]
    public void What_was_undone_is_no_decision_and_medium_takes_no_side()
    {
        var undone = Case(1, false, Act(CaseAct.Dismiss, Band.High), Act(CaseAct.UndoDismissal, Band.High));
        Assert.Equal(0, DecisionSummary.Of([undone]).Decided);
        Assert.Equal(CaseAct.Escalate, Case(2, false, Act(CaseAct.Escalate, Band.High), Act(CaseAct.Dismiss, Band.High), Act(CaseAct.UndoDismissal, Band.High)).Decision()?.Act);
        Assert.Equal(0, DecisionSummary.Of([Case(3, false, Act(CaseAct.Escalate, Band.Medium))]).AgreedSeeing.Of);
    }

    [Property(MaxTest = 300)]
    public bool An_interval_holds_its_share_and_stays_between_nothing_and_all(byte of, byte yes)
    {
        var rate = new Rate(of, Math.Min(of, yes));
        return !rate.IsEnough ? rate.Share is null : rate.LeastShare >= 0 && rate.LeastShare <= rate.Share + 1e-12 && rate.MostShare >= rate.Share - 1e-12 && rate.MostShare <= 1;
    }
}
