using MaritimeWatch.Rules;

namespace MaritimeWatch.Cases;

/// <summary>Where a person's file on a finding stands.</summary>
public enum CaseState
{
    /// <summary>Raised by the machine, nobody has looked.</summary>
    New,

    /// <summary>A person has it in hand.</summary>
    Acknowledged,

    /// <summary>A person found it explained; see the reason.</summary>
    Dismissed,

    /// <summary>A person released an alert to the subscribed centres.</summary>
    Released,

    /// <summary>New data took the ground away after a release or before a decision.</summary>
    Withdrawn,
}

/// <summary>What a person, or the machine on new data, does to a case.</summary>
public enum CaseAct
{
    Raise,
    Acknowledge,
    Dismiss,
    UndoDismissal,
    Release,
    Revise,
    Withdraw,
}

/// <summary>Why a person dismissed a finding (PRODUCT A9).</summary>
public enum DismissalReason
{
    Reception,
    Port,
    KnownOperation,
    DataError,
    WrongIdentity,
    Other,
}

/// <summary>One entry of a case's history: who did what, when, why, on which revision of the finding.</summary>
public sealed record CaseEvent(int Number, DateTimeOffset At, string By, CaseAct Act, DismissalReason? Reason, string? Note, int FindingRevision);

/// <summary>
/// An analyst's file on one finding. The case has the finding's id: the same behaviour never opens a second case,
/// and a suspension binds to that behaviour's own time.
/// </summary>
/// <param name="Id">Id of the finding.</param>
/// <param name="State">Where it stands.</param>
/// <param name="OpenedAt">Event time at which it was raised.</param>
/// <param name="FindingRevision">Latest revision of the finding the case speaks of.</param>
/// <param name="AlertRevision">Number of the last alert sent out, 0 when none was.</param>
/// <param name="History">All events, oldest first.</param>
public sealed record CaseFile(string Id, CaseState State, DateTimeOffset OpenedAt, int FindingRevision, int AlertRevision, IReadOnlyList<CaseEvent> History)
{
    /// <summary>Rules of persons that the finding has met, in the version that it met; empty when the general level alone raised it.</summary>
    public IReadOnlyList<RuleMark> Rules { get; init; } = [];
}
