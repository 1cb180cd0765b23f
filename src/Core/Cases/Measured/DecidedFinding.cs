using MaritimeWatch.Detection;

namespace MaritimeWatch.Cases.Measured;

/// <summary>What a person made of a case.</summary>
public enum CaseOutcome
{
    /// <summary>Nobody decided, or the decision no longer stands.</summary>
    Undecided,

    /// <summary>Escalated or released, and not dismissed since: a person found it unexplained too.</summary>
    Confirmed,

    /// <summary>A person found it explained.</summary>
    Dismissed,
}

/// <summary>A finding with what became of it, and the groups she belongs to. Groups are for measuring alone: no score reads them.</summary>
/// <param name="Id">Of the finding.</param>
/// <param name="Kind">What behaviour it speaks of.</param>
/// <param name="Probability">As it was told when the person decided; as it stands where nobody did.</param>
/// <param name="Raised">True when a case was opened for it.</param>
/// <param name="Outcome">What a person decided.</param>
/// <param name="Groups">Group by dimension, for example <c>flag</c> to <c>Panama</c>.</param>
public sealed record DecidedFinding(string Id, FindingKind Kind, double Probability, bool Raised, CaseOutcome Outcome, IReadOnlyDictionary<string, string> Groups)
{
    /// <summary>The outcome of a case as its history tells it; a withdrawal by the machine after a decision leaves no decision standing.</summary>
    public static CaseOutcome OutcomeOf(CaseFile? file) => file?.State switch
    {
        CaseState.Released or CaseState.Escalated => CaseOutcome.Confirmed,
        CaseState.Dismissed => CaseOutcome.Dismissed,
        _ => CaseOutcome.Undecided,
    };
}
