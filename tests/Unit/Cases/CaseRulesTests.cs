using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using MaritimeWatch.Cases;

namespace MaritimeWatch.Unit.Cases;

public sealed class CaseRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 14, 6, 0, 0, TimeSpan.Zero);

    private static CaseFile Raised => CaseRules.Raise("f", 1, Now, Now);

    private static CaseFile? Does(CaseFile? file, CaseAct act, string by = "anna") => file is null ? null : CaseRules.After(file, act, by, Now, DismissalReason.Port, "because", 2);

    private static CaseFile? ByMachine(CaseFile? file, CaseAct act) => Does(file, act, CaseRules.Machine);

    [Theory]
    [InlineData(CaseAct.Acknowledge)]
    [InlineData(CaseAct.Dismiss)]
    [InlineData(CaseAct.UndoDismissal)]
    [InlineData(CaseAct.Release)]
    [InlineData(CaseAct.Assign)]
    [InlineData(CaseAct.Note)]
    [InlineData(CaseAct.Escalate)]
    [InlineData(CaseAct.Assess)]
    public void The_machine_never_does_what_a_person_decides(CaseAct act) =>
        Assert.All([Raised, Does(Raised, CaseAct.Acknowledge)!, Does(Raised, CaseAct.Dismiss)!, Does(Raised, CaseAct.Release)!, ByMachine(Raised, CaseAct.Withdraw)!], file => Assert.Null(ByMachine(file, act)));

    [Theory]
    [InlineData(CaseAct.Revise)]
    [InlineData(CaseAct.Withdraw)]
    public void A_person_never_does_what_data_decide(CaseAct act) =>
        Assert.All([Raised, Does(Raised, CaseAct.Acknowledge)!, Does(Raised, CaseAct.Release)!], file => Assert.Null(Does(file, act)));

    [Fact]
    public void A_dismissal_needs_a_reason_and_a_release_a_note()
    {
        Assert.Null(CaseRules.After(Raised, CaseAct.Dismiss, "anna", Now, null, "note", 1));
        Assert.Null(CaseRules.After(Raised, CaseAct.Release, "anna", Now, null, " ", 1));
        Assert.Equal(CaseState.Released, CaseRules.After(Raised, CaseAct.Release, "anna", Now, null, "seen", 1)?.State);
    }

    [Fact]
    public void Undoing_a_dismissal_returns_to_the_state_before_it()
    {
        var acknowledged = Does(Raised, CaseAct.Acknowledge);
        var released = Does(acknowledged, CaseAct.Release);
        var raisedAnew = ByMachine(ByMachine(released, CaseAct.Withdraw), CaseAct.Revise);
        Assert.Equal(CaseState.New, raisedAnew?.State);
        Assert.All([Raised, acknowledged, released, raisedAnew, Does(ByMachine(released, CaseAct.Withdraw), CaseAct.Release) is { } told ? ByMachine(told, CaseAct.Revise) : null],
            file => Assert.Equal(file!.State, Does(Does(file, CaseAct.Dismiss), CaseAct.UndoDismissal)?.State));
    }

    [Fact]
    public void A_dismissed_case_is_not_raised_again_by_new_data()
    {
        var dismissed = Does(Raised, CaseAct.Dismiss);
        Assert.Null(ByMachine(dismissed, CaseAct.Raise));
        Assert.Null(ByMachine(dismissed, CaseAct.Withdraw));
        Assert.Equal((CaseState.Dismissed, 2), (ByMachine(dismissed, CaseAct.Revise)!.State, ByMachine(dismissed, CaseAct.Revise)!.FindingRevision));
    }

    [Fact]
    public void A_withdrawn_case_is_told_to_the_centres_only_when_they_were_told_before()
    {
        Assert.Null(Does(ByMachine(Raised, CaseAct.Withdraw), CaseAct.Release));
        var told = Does(ByMachine(Does(Raised, CaseAct.Release), CaseAct.Withdraw), CaseAct.Release);
        Assert.Equal((CaseState.Withdrawn, 2), (told?.State, told?.AlertRevision));
    }

    private static CaseFile? Does(CaseFile? file, CaseEvent done) => file is null ? null : CaseRules.After(file, done with { At = Now, By = done.By.Length == 0 ? "anna" : done.By, FindingRevision = 2 });

    private static CaseEvent Done(CaseAct act, string? note = "because", string by = "anna") => new(0, Now, by, act, null, note, 2);

    [Fact]
    public void Who_agrees_chooses_an_action_and_writes_a_line_and_to_pass_it_on_is_a_release()
    {
        Assert.Null(Does(Raised, Done(CaseAct.Escalate)));
        Assert.Null(Does(Raised, Done(CaseAct.Escalate, " ") with { FollowUp = FollowUp.CallOnVhf }));
        Assert.Null(Does(Raised, Done(CaseAct.Escalate) with { FollowUp = FollowUp.PassToCentre }));
        var escalated = Does(Raised, Done(CaseAct.Escalate) with { FollowUp = FollowUp.CallOnVhf });
        Assert.Equal((CaseState.Escalated, 0), (escalated?.State, escalated?.AlertRevision));
        Assert.Equal(CaseState.Released, Does(escalated, CaseAct.Release)?.State);
        Assert.Equal(CaseState.Escalated, Does(Does(escalated, CaseAct.Dismiss), CaseAct.UndoDismissal)?.State);
        Assert.Equal(CaseState.Withdrawn, ByMachine(escalated, CaseAct.Withdraw)?.State);
    }

    [Fact]
    public void A_note_and_an_assignment_decide_nothing()
    {
        Assert.Null(Does(Raised, Done(CaseAct.Note, null)));
        var dismissed = Does(Raised, CaseAct.Dismiss);
        Assert.Equal(CaseState.Dismissed, Does(dismissed, Done(CaseAct.Note))?.State);
        Assert.Null(Does(dismissed, Done(CaseAct.Assign) with { Assignee = "bert" }));
        var assigned = Does(Raised, Done(CaseAct.Assign, null) with { Assignee = "bert" });
        Assert.Equal((CaseState.New, "bert"), (assigned?.State, assigned?.Assignee));
        Assert.Equal("bert", Does(assigned, CaseAct.Acknowledge)?.Assignee);
        Assert.Null(Does(assigned, Done(CaseAct.Assign, null))?.Assignee);
    }

    [Fact]
    public void Other_as_a_reason_demands_a_text() =>
        Assert.Null(CaseRules.After(Raised, CaseAct.Dismiss, "anna", Now, DismissalReason.Other, " ", 1));

    [Fact]
    public void What_a_person_does_never_moves_the_case_to_a_revision_the_machine_has_not_told() =>
        Assert.All([CaseAct.Acknowledge, CaseAct.Dismiss, CaseAct.Release, CaseAct.Note], act => Assert.Equal((1, 2), (Does(Raised, act)!.FindingRevision, Does(Raised, act)!.History[^1].FindingRevision)));

    [Fact]
    public void The_blind_share_is_chosen_by_the_id_and_has_its_size()
    {
        Assert.Equal(CaseRules.IsBlind("abc", 0.1), CaseRules.IsBlind("abc", 0.1));
        Assert.InRange(Enumerable.Range(0, 20_000).Count(i => CaseRules.IsBlind($"case {i}", 0.1)), 1800, 2200);
        Assert.DoesNotContain(Enumerable.Range(0, 1000), i => CaseRules.IsBlind($"case {i}", 0));
    }

    [Fact]
    public void On_a_blind_case_each_person_judges_once_before_she_decides_and_sees_it_after()
    {
        var blind = Raised with { Blind = true };
        Assert.True(blind.IsBlindFor("anna"));
        Assert.All([CaseAct.Dismiss, CaseAct.Release], act => Assert.Null(Does(blind, act)));
        Assert.Null(Does(blind, Done(CaseAct.Assess)));
        Assert.Null(Does(Raised, Done(CaseAct.Assess) with { Judgement = Judgement.Explained }));
        var judged = Does(blind, Done(CaseAct.Assess) with { Judgement = Judgement.Explained });
        Assert.Equal((false, true), (judged!.IsBlindFor("anna"), judged.IsBlindFor("bert")));
        Assert.Null(Does(judged, Done(CaseAct.Assess) with { Judgement = Judgement.Unexplained }));
        Assert.NotNull(Does(judged, CaseAct.Dismiss));
        Assert.False(Does(judged, CaseAct.Dismiss)!.IsBlindFor("bert"));
    }

    [Property(MaxTest = 500)]
    public bool On_a_blind_case_nobody_decides_first_without_a_judgement_of_her_own((CaseAct Act, byte Who, byte What)[] acts)
    {
        var file = Raised with { Blind = true };
        foreach (var (act, who, what) in acts)
        {
            var by = (who % 3) switch { 0 => "anna", 1 => "bert", _ => CaseRules.Machine };
            file = CaseRules.After(file, new CaseEvent(0, Now, by, act, (DismissalReason)(what % 6), what % 5 == 0 ? null : "line", 2) { FollowUp = (FollowUp)(what % 5), Judgement = (Judgement)(what % 3), Assignee = "anna" }) ?? file;
        }

        var first = file.History.FirstOrDefault(e => CaseRules.Decides(e.Act));
        return (first is null || file.History.Any(e => e.Act == CaseAct.Assess && e.By == first.By && e.Number < first.Number))
            && file.History.Where(e => e.Act == CaseAct.Assess).GroupBy(e => e.By).All(g => g.Count() == 1)
            && file.History.All(e => e.Act is not (CaseAct.Escalate or CaseAct.Release or CaseAct.Note or CaseAct.Assess) || !string.IsNullOrWhiteSpace(e.Note))
            && file.History.Select(e => e.Number).SequenceEqual(Enumerable.Range(1, file.History.Count));
    }

    [Property(MaxTest = 500)]
    public bool Whatever_is_done_the_history_grows_by_one_numbered_entry_and_alerts_count_the_releases((CaseAct Act, bool Machine)[] acts)
    {
        var file = Raised;
        foreach (var (act, machine) in acts)
        {
            var after = Does(file, act, machine ? CaseRules.Machine : "anna");
            if (after is not null && (after.History.Count != file.History.Count + 1 || after.History[^1].Number != after.History.Count || after.OpenedAt != file.OpenedAt))
            {
                return false;
            }

            file = after ?? file;
        }

        return file.AlertRevision == file.History.Count(e => e.Act == CaseAct.Release) && file.History.All(e => e.By != CaseRules.Machine || e.Act is CaseAct.Raise or CaseAct.Revise or CaseAct.Withdraw);
    }
}
