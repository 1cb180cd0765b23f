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
