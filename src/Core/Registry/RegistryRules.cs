using MaritimeWatch.Identity;
using MaritimeWatch.Units;

namespace MaritimeWatch.Registry;

/// <summary>
/// What may happen to a file, and what becomes of it (PRODUCT R5 to R9). Only an official of the file's flag states; a second
/// approver is another person; what was stated is never edited, only superseded or revoked, each with a reason.
/// </summary>
public static class RegistryRules
{
    /// <summary>Name under which the machine acts.</summary>
    public const string Machine = Cases.CaseRules.Machine;

    /// <summary>Most characters of a question or a reason.</summary>
    public const int LongestText = 4000;

    /// <summary>Most characters of a reference, a legal basis or a name.</summary>
    public const int LongestLine = 200;

    /// <summary>Open questions one file takes, so that it stays one record.</summary>
    public const int MostOpen = 20;

    /// <summary>A question waits a year at most; after that it is asked anew.</summary>
    public static readonly TimeSpan LongestDeadline = TimeSpan.FromDays(366);

    public static string IdOf(FlagState flag, string hullId) => FactId.Of("registry", flag.Code, hullId);

    /// <summary>The file that a question, statement or notice belongs to: its id without the number.</summary>
    public static string FileOf(string id) => id.LastIndexOf('-') is > 0 and var end ? id[..end] : id;

    /// <summary>A file in which nothing has happened yet.</summary>
    public static RegistryFile Begin(FlagState flag, string hullId) => new(IdOf(flag, hullId), flag, hullId, [], [], []);

    public static RegistryRuling Ask(RegistryFile file, RegistryPerson by, QuestionDraft asked, DateTimeOffset now)
    {
        var refusal = !by.MayAsk ? Refuse(RefusalGround.NotTheirs, $"Expected an analyst or a registry official; found {by.Name}, who is neither. Have an analyst ask.")
            : NotAText(asked.Text) ? Refuse(RefusalGround.NotAccepted, $"Expected a question of 1 to {LongestText} characters; found {asked.Text.Length}. Write what you need to know.")
            : NotALine(asked.LegalBasis) ? Refuse(RefusalGround.NotAccepted, $"Expected a legal basis of 1 to {LongestLine} characters; found {asked.LegalBasis.Length}. Name the rule under which you ask.")
            : asked.Deadline <= now || asked.Deadline > now + LongestDeadline ? Refuse(RefusalGround.NotAccepted, $"Expected a deadline after now and within {LongestDeadline.TotalDays:0} days; found {asked.Deadline:yyyy-MM-dd HH:mm'Z'}. Choose another.")
            : file.Questions.Count(q => q.State == QuestionState.Open) >= MostOpen ? Refuse(RefusalGround.NotNow, $"Expected fewer than {MostOpen} open questions about this ship; found as many. Wait for an answer, or withdraw one.")
            : null;
        var question = new RegistryQuestion { Id = $"{file.Id}-q{file.Questions.Count + 1}", HullId = file.HullId, Flag = file.Flag, Asked = asked, AskedBy = by.Name, AskedAt = now };
        return refusal is not null ? refusal : Note(file with { Questions = [.. file.Questions, question] }, now, by.Name, RegistryAct.Ask, question.Id, null);
    }

    /// <summary>Who asked takes the question back.</summary>
    public static RegistryRuling Withdraw(RegistryFile file, RegistryPerson by, string questionId, string reason, DateTimeOffset now)
    {
        var question = file.Questions.FirstOrDefault(q => q.Id == questionId);
        return question is null ? Unknown("question", questionId)
            : !Same(question.AskedBy, by.Name) ? Refuse(RefusalGround.NotTheirs, $"Expected {question.AskedBy}, who asked; found {by.Name}. Ask her to withdraw it.")
            : question.State != QuestionState.Open ? Refuse(RefusalGround.NotNow, $"Expected an open question; found one that is {Word(question.State)}. Nothing is to be done.")
            : NotAText(reason) ? NoReason(reason)
            : Note(With(file, question with { State = QuestionState.Withdrawn, WithdrawnBecause = reason }), now, by.Name, RegistryAct.Withdraw, questionId, reason);
    }

    /// <summary>An official states; in force at once, or when a second official approves.</summary>
    public static RegistryRuling State(RegistryFile file, RegistryPerson by, StatementDraft said, bool twoPersons, DateTimeOffset now)
    {
        var standing = file.Standing();
        var question = said.QuestionId is null ? null : file.Questions.FirstOrDefault(q => q.Id == said.QuestionId);
        var refusal = NotTheirs(file, by)
            ?? (said.Content.Fault(now) is { } fault ? Refuse(RefusalGround.NotAccepted, fault)
            : said.QuestionId is not null && question is null ? Unknown("question", said.QuestionId)
            : question is { State: not QuestionState.Open } ? Refuse(RefusalGround.NotNow, $"Expected an open question; found one that is {Word(question.State)}. Supersede the statement that answered it, or state unasked.")
            : said.Replaces is not null && NotAText(said.Because) ? NoReason(said.Because)
            : file.Waiting() is { } waiting ? Refuse(RefusalGround.NotNow, $"Expected no statement that waits for approval; found {waiting.Id}. Approve or revoke it first.")
            : said.Replaces is null && standing is not null ? Refuse(RefusalGround.NotNow, $"Expected no statement in force on this ship; found {standing.Id} ({standing.Said.Content.Status}). Supersede it, with a reason.")
            : said.Replaces is not null && said.Replaces != standing?.Id ? Refuse(RefusalGround.NotNow, $"Expected {said.Replaces} in force; found {standing?.Id ?? "none"}. Look at the file again.")
            : null);
        if (refusal is not null)
        {
            return refusal;
        }

        var statement = new RegistryStatement { Id = $"{file.Id}-s{file.Statements.Count + 1}", Flag = file.Flag, Said = said, MadeBy = by.Name, MadeAt = now };
        var made = Note(file with { Statements = [.. file.Statements, statement] }, now, by.Name, said.Replaces is null ? RegistryAct.State : RegistryAct.Supersede, statement.Id, said.Because);
        return twoPersons ? made : InForce(made, statement, now);
    }

    /// <summary>Another official of the same flag approves a statement that waits.</summary>
    public static RegistryRuling Approve(RegistryFile file, RegistryPerson by, string statementId, DateTimeOffset now)
    {
        var statement = file.Statements.FirstOrDefault(s => s.Id == statementId);
        var refusal = NotTheirs(file, by)
            ?? (statement is null ? Unknown("statement", statementId)
            : statement.State != StatementState.AwaitingApproval ? Refuse(RefusalGround.NotNow, $"Expected a statement that waits for approval; found one that is {Word(statement.State)}. Nothing is to be done.")
            : Same(statement.MadeBy, by.Name) ? Refuse(RefusalGround.NotTheirs, $"Expected a second official of {file.Flag}; found {by.Name}, who made it. Have a colleague approve it.")
            : null);
        return refusal is not null ? refusal : InForce(Note(file, now, by.Name, RegistryAct.Approve, statementId, null), statement! with { ApprovedBy = by.Name, ApprovedAt = now }, now);
    }

    /// <summary>An official takes a statement back. One is enough, even where two make one: a flag State must be able to fall silent at once.</summary>
    public static RegistryRuling Revoke(RegistryFile file, RegistryPerson by, string statementId, string reason, DateTimeOffset now)
    {
        var statement = file.Statements.FirstOrDefault(s => s.Id == statementId);
        var refusal = NotTheirs(file, by)
            ?? (statement is null ? Unknown("statement", statementId)
            : statement.State is not (StatementState.InForce or StatementState.AwaitingApproval) ? Refuse(RefusalGround.NotNow, $"Expected a statement in force or waiting for approval; found one that is {Word(statement.State)}. Nothing is to be done.")
            : NotAText(reason) ? NoReason(reason)
            : null);
        return refusal is not null ? refusal
            : Note(With(file, statement! with { State = StatementState.Revoked, EndedAt = now, EndedBy = by.Name, EndedBecause = reason }), now, by.Name, RegistryAct.Revoke, statementId, reason);
    }

    /// <summary>The machine tells that a question is overdue, once.</summary>
    public static RegistryRuling TellOverdue(RegistryFile file, string questionId, DateTimeOffset now) => file.Questions.FirstOrDefault(q => q.Id == questionId) is not { } question ? Unknown("question", questionId)
        : !question.IsOverdue(now) || question.OverdueToldAt is not null ? Refuse(RefusalGround.NotNow, "Expected an overdue question that was not told yet; found another. Nothing is to be done.")
        : Note(With(file, question with { OverdueToldAt = now }), now, Machine, RegistryAct.TellOverdue, questionId, null);

    /// <summary>The machine tells that the ship claims the flag and is not on its register, once.</summary>
    public static RegistryRuling TellClaim(RegistryFile file, DateTimeOffset now) => file.History.Any(e => e.Act == RegistryAct.TellClaim)
        ? Refuse(RefusalGround.NotNow, "Expected a claim that was not told yet; found one that was. Nothing is to be done.")
        : Note(file, now, Machine, RegistryAct.TellClaim, file.HullId, null);

    /// <summary>True when the text is no short line: empty, blank or too long.</summary>
    internal static bool NotALine(string? text) => string.IsNullOrWhiteSpace(text) || text.Length > LongestLine;

    private static bool NotAText(string? text) => string.IsNullOrWhiteSpace(text) || text.Length > LongestText;

    private static RegistryFile InForce(RegistryFile file, RegistryStatement statement, DateTimeOffset now)
    {
        var before = file.Standing();
        var after = With(file, statement with { State = StatementState.InForce, InForceAt = now });
        if (before is not null)
        {
            after = With(after, before with { State = StatementState.Superseded, SupersededBy = statement.Id, EndedAt = now, EndedBy = statement.MadeBy, EndedBecause = statement.Said.Because });
        }

        return after.Questions.FirstOrDefault(q => q.Id == statement.Said.QuestionId && q.State == QuestionState.Open) is { } question
            ? With(after, question with { State = statement.Said.Content.Status == RegisterStatus.UnderCheck ? QuestionState.Open : QuestionState.Answered, StatementId = statement.Id })
            : after;
    }

    private static RegistryFile With(RegistryFile file, RegistryQuestion question) => file with { Questions = [.. file.Questions.Select(q => q.Id == question.Id ? question : q)] };

    private static RegistryFile With(RegistryFile file, RegistryStatement statement) => file with { Statements = [.. file.Statements.Select(s => s.Id == statement.Id ? statement : s)] };

    private static RegistryFile Note(RegistryFile file, DateTimeOffset now, string by, RegistryAct act, string subject, string? reason) =>
        file with { History = [.. file.History, new RegistryEvent(file.History.Count + 1, now, by, act, subject, reason)] };

    private static RegistryRefusal? NotTheirs(RegistryFile file, RegistryPerson by) => by.SpeaksFor == file.Flag ? null
        : Refuse(RefusalGround.NotTheirs, $"Expected an official of {file.Flag}; found {(by.SpeaksFor is { } own ? $"one of {own}" : $"{by.Name}, who speaks for no register")}. Only a flag's own register may state.");

    private static RegistryRefusal Refuse(RefusalGround ground, string sentence) => new(ground, sentence);

    private static RegistryRefusal Unknown(string what, string id) => Refuse(RefusalGround.NotFound, $"Expected the id of a known {what}; found '{id}'. Check it.");

    private static RegistryRefusal NoReason(string? found) => Refuse(RefusalGround.NotAccepted, $"Expected a reason of 1 to {LongestText} characters; found {found?.Length ?? 0}. It stays with the statement or question.");

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private static string Word(QuestionState state) => state switch { QuestionState.Open => "open", QuestionState.Answered => "answered", _ => "withdrawn" };

    private static string Word(StatementState state) => state switch { StatementState.InForce => "in force", StatementState.Superseded => "superseded", StatementState.Revoked => "revoked", _ => "waiting for approval" };
}
