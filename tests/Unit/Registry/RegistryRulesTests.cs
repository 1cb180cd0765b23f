using FsCheck.Xunit;
using MaritimeWatch.Alerts;
using MaritimeWatch.Identity;
using MaritimeWatch.Registry;
using MaritimeWatch.Units;

namespace MaritimeWatch.Unit.Registry;

public sealed class RegistryRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 27, 9, 0, 0, TimeSpan.Zero);

    private static readonly FlagState Panama = FlagState.Parse("PA");

    private static readonly RegistryPerson Official = new("official one", Panama, true), Second = new("official two", Panama, true), Foreign = new("official elsewhere", FlagState.Parse("LR"), true), Analyst = new("analyst", null, true);

    private static readonly QuestionDraft Question = new("Is she yours?", "UNCLOS article 94", Tlp.Amber, "desk@centre.example", Now.AddDays(2));

    private static readonly StatementContent Registered = new(new RegisteredShip(ImoNumber.Parse("9074729"), null, "ALDER"), RegisterStatus.Registered, Now.AddYears(-2), null, "entry 17");

    private static RegistryFile Empty => RegistryRules.Begin(Panama, "imo:9074729");

    private static RegistryFile Asked => RegistryRules.Ask(Empty, Analyst, Question, Now).After!;

    private static StatementDraft Draft(StatementContent? said = null, string? question = null, string? replaces = null, string? because = null) => new(said ?? Registered, Tlp.Amber, question, replaces, because);

    private static RegistryFile Stated(bool two = false) => RegistryRules.State(Asked, Official, Draft(question: Asked.Questions[0].Id), two, Now).After!;

    [Fact]
    public void Only_an_official_of_the_flag_states_approves_or_revokes()
    {
        var waiting = Stated(two: true);
        foreach (var other in new[] { Foreign, Analyst })
        {
            Assert.All(
                [RegistryRules.State(Asked, other, Draft(), false, Now), RegistryRules.Approve(waiting, other, waiting.Statements[0].Id, Now), RegistryRules.Revoke(Stated(), other, Stated().Statements[0].Id, "wrong", Now)],
                ruling => Assert.Equal((RefusalGround.NotTheirs, null), (ruling.Refusal!.Ground, ruling.After)));
        }

        Assert.Equal(RefusalGround.NotTheirs, RegistryRules.Ask(Empty, Analyst with { MayAsk = false }, Question, Now).Refusal!.Ground);
        Assert.Equal("Expected an official of PA; found one of LR. Only a flag's own register may state.", RegistryRules.State(Asked, Foreign, Draft(), false, Now).Refusal!.Sentence);
    }

    [Fact]
    public void An_answer_in_force_closes_its_question_and_under_check_leaves_it_open()
    {
        Assert.Equal((QuestionState.Answered, StatementState.InForce), (Stated().Questions[0].State, Stated().Statements[0].State));
        var checking = RegistryRules.State(Asked, Official, Draft(new StatementContent(Registered.Ship, RegisterStatus.UnderCheck, null, null, "memo 3"), Asked.Questions[0].Id), false, Now).After!;
        Assert.Equal((QuestionState.Open, checking.Statements[0].Id), (checking.Questions[0].State, checking.Questions[0].StatementId));
        var final = RegistryRules.State(checking, Official, Draft(question: checking.Questions[0].Id, replaces: checking.Statements[0].Id, because: "looked up"), false, Now.AddHours(1)).After!;
        Assert.Equal((QuestionState.Answered, StatementState.Superseded, StatementState.InForce), (final.Questions[0].State, final.Statements[0].State, final.Statements[1].State));
    }

    [Fact]
    public void The_second_approver_is_another_person_and_nothing_is_in_force_before()
    {
        var waiting = Stated(two: true);
        Assert.Null(waiting.Standing());
        Assert.Null(waiting.Statements[0].Claim());
        Assert.Equal(QuestionState.Open, waiting.Questions[0].State);
        Assert.Equal(RefusalGround.NotTheirs, RegistryRules.Approve(waiting, Official with { Name = "OFFICIAL ONE" }, waiting.Statements[0].Id, Now).Refusal!.Ground);
        var approved = RegistryRules.Approve(waiting, Second, waiting.Statements[0].Id, Now.AddMinutes(5)).After!;
        Assert.Equal(("official two", Now.AddMinutes(5)), (approved.Standing()!.ApprovedBy, approved.Standing()!.InForceAt));
        Assert.Equal(RefusalGround.NotNow, RegistryRules.Approve(approved, Second, waiting.Statements[0].Id, Now).Refusal!.Ground);
    }

    [Fact]
    public void Superseding_and_revoking_need_a_reason_and_leave_both_readable()
    {
        var one = Stated();
        var id = one.Statements[0].Id;
        Assert.Equal(RefusalGround.NotNow, RegistryRules.State(one, Official, Draft(), false, Now).Refusal!.Ground);
        Assert.Equal(RefusalGround.NotAccepted, RegistryRules.State(one, Official, Draft(replaces: id), false, Now).Refusal!.Ground);
        Assert.Equal(RefusalGround.NotAccepted, RegistryRules.Revoke(one, Official, id, " ", Now).Refusal!.Ground);
        var two = RegistryRules.State(one, Official, Draft(replaces: id, because: "typing error"), false, Now).After!;
        Assert.Equal((StatementState.Superseded, two.Statements[1].Id, "typing error"), (two.Statements[0].State, two.Statements[0].SupersededBy, two.Statements[0].EndedBecause));
        var three = RegistryRules.Revoke(two, Second, two.Statements[1].Id, "wrong ship", Now).After!;
        Assert.Equal((2, null), (three.Statements.Count, three.Standing()));
        Assert.Empty(FlagConfirmation.Of(three.Statements[1]));
    }

    [Theory]
    [InlineData(RegisterStatus.Registered, false, false, false)]
    [InlineData(RegisterStatus.Registered, true, false, true)]
    [InlineData(RegisterStatus.Provisional, true, false, false)]
    [InlineData(RegisterStatus.Provisional, true, true, true)]
    [InlineData(RegisterStatus.Deleted, true, false, false)]
    [InlineData(RegisterStatus.Deleted, false, true, true)]
    [InlineData(RegisterStatus.NeverRegistered, false, false, false)]
    [InlineData(RegisterStatus.CertificateNotOurs, true, false, true)]
    [InlineData(RegisterStatus.UnderCheck, false, false, true)]
    public void Each_status_needs_its_dates(RegisterStatus status, bool from, bool to, bool accepted)
    {
        var said = Registered with { Status = status, ValidFrom = from ? Now.AddYears(-2) : null, ValidTo = to ? Now.AddDays(-1) : null };
        Assert.Equal(accepted, said.Fault(Now) is null);
        Assert.NotNull((said with { Reference = " " }).Fault(Now));
        Assert.NotNull((said with { Ship = new RegisteredShip(null, null, "ALDER") }).Fault(Now));
    }

    [Fact]
    public void A_deletion_to_come_and_a_time_that_ends_before_it_begins_are_refused()
    {
        Assert.Contains("has come", (Registered with { Status = RegisterStatus.Deleted, ValidTo = Now.AddDays(1) }).Fault(Now), StringComparison.Ordinal);
        Assert.Contains("before validTo", (Registered with { ValidTo = Now.AddYears(-3) }).Fault(Now), StringComparison.Ordinal);
    }

    [Fact]
    public void A_statement_means_confirmed_refuted_or_under_check_for_its_time()
    {
        Assert.Equal([(FlagOutcome.Confirmed, (DateTimeOffset?)Registered.ValidFrom, (DateTimeOffset?)null)], Means(Registered));
        var deleted = Registered with { Status = RegisterStatus.Deleted, ValidTo = Now.AddDays(-9) };
        Assert.Equal([(FlagOutcome.Confirmed, Registered.ValidFrom, Now.AddDays(-9)), (FlagOutcome.Refuted, Now.AddDays(-9), null)], Means(deleted));
        Assert.Equal([(FlagOutcome.Refuted, Registered.ValidFrom, null)], Means(Registered with { Status = RegisterStatus.NeverRegistered }));
        Assert.Equal([(FlagOutcome.UnderCheck, Now, null)], Means(Registered with { Status = RegisterStatus.UnderCheck, ValidFrom = null }));

        static List<(FlagOutcome, DateTimeOffset?, DateTimeOffset?)> Means(StatementContent said) =>
            [.. FlagConfirmation.Of(RegistryRules.State(Empty, Official, Draft(said), false, Now).After!.Statements[0]).Select(c => (c.Outcome, c.From, c.To))];
    }

    [Fact]
    public void A_question_is_told_overdue_once_and_only_while_it_is_open()
    {
        var id = Asked.Questions[0].Id;
        Assert.NotNull(RegistryRules.TellOverdue(Asked, id, Now).Refusal);
        var told = RegistryRules.TellOverdue(Asked, id, Now.AddDays(3)).After!;
        Assert.True(told.Questions[0].IsOverdue(Now.AddDays(3)));
        Assert.Null(told.NextDeadline());
        Assert.NotNull(RegistryRules.TellOverdue(told, id, Now.AddDays(4)).Refusal);
        Assert.NotNull(RegistryRules.TellOverdue(Stated(), Stated().Questions[0].Id, Now.AddDays(3)).Refusal);
        Assert.Equal(RefusalGround.NotTheirs, RegistryRules.Withdraw(Asked, Official, id, "no longer needed", Now).Refusal!.Ground);
        Assert.Equal(QuestionState.Withdrawn, RegistryRules.Withdraw(Asked, Analyst, id, "no longer needed", Now).After!.Questions[0].State);
    }

    /// <summary>Any acts by anyone in any order: what was said stays as it was said, one statement at most stands, and the history only grows.</summary>
    [Property(MaxTest = 300)]
    public bool No_acts_edit_a_statement_and_never_are_two_in_force(byte[] acts)
    {
        RegistryPerson[] people = [Official, Second, Foreign, Analyst];
        RegisterStatus[] statuses = Enum.GetValues<RegisterStatus>();
        var (file, now) = (Empty, Now);
        foreach (var act in acts)
        {
            var (by, pick, before) = (people[act % 4], act / 16, file);
            now = now.AddMinutes(1);
            var statement = file.Statements.Count == 0 ? "none" : file.Statements[pick % file.Statements.Count].Id;
            var question = file.Questions.Count == 0 ? null : file.Questions[pick % file.Questions.Count].Id;
            var said = Registered with { Status = statuses[pick % statuses.Length], ValidTo = Now.AddDays(-1) };
            var ruling = (act / 4 % 4, pick % 3) switch
            {
                (0, 0) => RegistryRules.Ask(file, by, Question with { Deadline = now.AddDays(1) }, now),
                (0, _) => RegistryRules.State(file, by, Draft(said, question), pick % 2 == 0, now),
                (1, _) => RegistryRules.State(file, by, Draft(said, null, file.Standing()?.Id, "because"), pick % 2 == 0, now),
                (2, _) => RegistryRules.Approve(file, by, statement, now),
                (_, 0) => RegistryRules.Withdraw(file, by, question ?? "none", "because", now),
                _ => RegistryRules.Revoke(file, by, statement, "because", now),
            };
            file = ruling.After ?? file;
            var kept = before.Statements.Zip(file.Statements).All(p => p.First.Said == p.Second.Said && p.First.MadeBy == p.Second.MadeBy && p.First.MadeAt == p.Second.MadeAt && (p.First.State is not (StatementState.Revoked or StatementState.Superseded) || p.First == p.Second));
            var one = file.Statements.Count(s => s.State == StatementState.InForce) <= 1 && file.Statements.Count(s => s.State == StatementState.AwaitingApproval) <= 1;
            var ours = file.Statements.All(s => s.MadeBy is "official one" or "official two" && s.ApprovedBy != s.MadeBy && s.ApprovedBy is null or "official one" or "official two");
            var grows = file.History.Take(before.History.Count).SequenceEqual(before.History) && file.Statements.Count >= before.Statements.Count && (ruling.After is null) == (file.History.Count == before.History.Count);
            if (!kept || !one || !ours || !grows || (ruling.After is null) == (ruling.Refusal is null))
            {
                return false;
            }
        }

        return true;
    }
}
