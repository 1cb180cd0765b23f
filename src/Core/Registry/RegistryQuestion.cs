using MaritimeWatch.Alerts;
using MaritimeWatch.Units;

namespace MaritimeWatch.Registry;

/// <summary>Where a question stands. That it is overdue follows from the time: <see cref="RegistryQuestion.IsOverdue"/>.</summary>
public enum QuestionState
{
    /// <summary>No statement that decides has come in force. "Under check" leaves a question open.</summary>
    Open,

    Answered,

    /// <summary>Taken back by who asked, with a reason.</summary>
    Withdrawn,
}

/// <summary>What a person wants to know of a flag's register, before it is a question.</summary>
/// <param name="Text">The question; 1 to <see cref="RegistryRules.LongestText"/> characters.</param>
/// <param name="LegalBasis">Under which rule it may be asked and answered; 1 to <see cref="RegistryRules.LongestLine"/> characters.</param>
/// <param name="Tlp">How far question and answer may be passed on.</param>
/// <param name="ReplyTo">E-mail address of who asks: accounts have none.</param>
/// <param name="Deadline">When the answer is needed, UTC; after now, within <see cref="RegistryRules.LongestDeadline"/>.</param>
public sealed record QuestionDraft(string Text, string LegalBasis, Tlp Tlp, string ReplyTo, DateTimeOffset Deadline);

/// <summary>A question to one flag's register about one ship (PRODUCT R5).</summary>
public sealed record RegistryQuestion
{
    /// <summary>Id of the file and the number in it, for example <c>…-q1</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The hull as its id stood when it was asked.</summary>
    public required string HullId { get; init; }

    /// <summary>The flag whose register is asked.</summary>
    public required FlagState Flag { get; init; }

    public required QuestionDraft Asked { get; init; }

    /// <summary>Name of the account that asked.</summary>
    public required string AskedBy { get; init; }

    public required DateTimeOffset AskedAt { get; init; }

    public QuestionState State { get; init; }

    /// <summary>The statement that came in force last in answer to it; null while there is none.</summary>
    public string? StatementId { get; init; }

    /// <summary>Why it was withdrawn; null when it was not.</summary>
    public string? WithdrawnBecause { get; init; }

    /// <summary>When its being overdue was told, once; null when it was not.</summary>
    public DateTimeOffset? OverdueToldAt { get; init; }

    /// <summary>True when it is still open after its deadline.</summary>
    public bool IsOverdue(DateTimeOffset now) => State == QuestionState.Open && now > Asked.Deadline;
}
