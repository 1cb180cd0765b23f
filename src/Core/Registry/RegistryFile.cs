using MaritimeWatch.Units;

namespace MaritimeWatch.Registry;

/// <summary>What happened to a file.</summary>
public enum RegistryAct
{
    Ask,
    Withdraw,

    /// <summary>A statement was made; in force at once unless a second official must approve.</summary>
    State,
    Approve,

    /// <summary>A statement was made in place of another.</summary>
    Supersede,
    Revoke,

    /// <summary>The machine told that a question is overdue.</summary>
    TellOverdue,

    /// <summary>The machine told that a ship claims the flag and is not on its register.</summary>
    TellClaim,
}

/// <summary>One entry of a file's history: who did what, when, to which question or statement, why.</summary>
public sealed record RegistryEvent(int Number, DateTimeOffset At, string By, RegistryAct Act, string Subject, string? Reason);

/// <summary>
/// All that one flag's register was asked and said of one ship. It is one file, so that one write can see to it that of its
/// statements never more than one is in force.
/// </summary>
/// <param name="Id">From flag and hull: <see cref="RegistryRules.IdOf"/>.</param>
/// <param name="Flag">The flag whose officials alone may state here.</param>
/// <param name="HullId">The hull as its id stood when the file was opened.</param>
/// <param name="Questions">Oldest first.</param>
/// <param name="Statements">Oldest first, whatever became of them.</param>
/// <param name="History">All acts, oldest first; their number is the file's version.</param>
public sealed record RegistryFile(string Id, FlagState Flag, string HullId, IReadOnlyList<RegistryQuestion> Questions, IReadOnlyList<RegistryStatement> Statements, IReadOnlyList<RegistryEvent> History)
{
    /// <summary>The statement in force; null when there is none.</summary>
    public RegistryStatement? Standing() => Statements.SingleOrDefault(s => s.State == StatementState.InForce);

    /// <summary>The statement that waits for a second official; null when there is none.</summary>
    public RegistryStatement? Waiting() => Statements.SingleOrDefault(s => s.State == StatementState.AwaitingApproval);

    /// <summary>Earliest deadline of an open question whose being overdue was not told yet; null when there is none.</summary>
    public DateTimeOffset? NextDeadline() => Questions.Where(q => q.State == QuestionState.Open && q.OverdueToldAt is null).Select(q => (DateTimeOffset?)q.Asked.Deadline).Min();
}

/// <summary>Who acts.</summary>
/// <param name="Name">Name of the account.</param>
/// <param name="SpeaksFor">The flag of a registry official; null for everyone else.</param>
/// <param name="MayAsk">True for analysts and officials.</param>
public sealed record RegistryPerson(string Name, FlagState? SpeaksFor, bool MayAsk);

/// <summary>Why an act was refused.</summary>
public enum RefusalGround
{
    /// <summary>What was given cannot be taken.</summary>
    NotAccepted,

    /// <summary>It is not this person's to do.</summary>
    NotTheirs,

    NotFound,

    /// <summary>The state of the file does not allow it now.</summary>
    NotNow,
}

/// <summary>A refusal: the ground, and a sentence with what was expected, what was found and what to do.</summary>
public sealed record RegistryRefusal(RefusalGround Ground, string Sentence);

/// <summary>What the rules say to an act: the file after it, or why not.</summary>
/// <param name="After">The file after the act; null when refused.</param>
/// <param name="Refusal">Why not; null when allowed.</param>
public sealed record RegistryRuling(RegistryFile? After, RegistryRefusal? Refusal)
{
    public static implicit operator RegistryRuling(RegistryFile after) => new(after, null);

    public static implicit operator RegistryRuling(RegistryRefusal refusal) => new(null, refusal);
}
