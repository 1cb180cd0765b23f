using MaritimeWatch.Detection;
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

    /// <summary>A person agreed that it is unexplained and chose what to do; nothing went out by that.</summary>
    Escalated,
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
    Assign,
    Note,
    Escalate,

    /// <summary>A person says her own judgement before the machine's is shown to her.</summary>
    Assess,
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

/// <summary>What an agreeing person does next (PRODUCT A11). Only <see cref="PassToCentre"/> sends anything out, and that is a release.</summary>
public enum FollowUp
{
    CallOnVhf,
    AskRescueCentre,
    AskFlagRegister,
    PassToCentre,
    KeepWatching,
}

/// <summary>A person's own judgement, given without the machine's (PRODUCT 5.6).</summary>
public enum Judgement
{
    Unexplained,
    Explained,
    CannotTell,
}

/// <summary>One entry of a case's history: who did what, when, why, on which revision of the finding.</summary>
public sealed record CaseEvent(int Number, DateTimeOffset At, string By, CaseAct Act, DismissalReason? Reason, string? Note, int FindingRevision)
{
    /// <summary>Who has it from now on; null gives it back to all. Of an assignment only.</summary>
    public string? Assignee { get; init; }

    /// <summary>What is done next. Of an escalation only.</summary>
    public FollowUp? FollowUp { get; init; }

    /// <summary>What she judged by herself. Of an assessment only.</summary>
    public Judgement? Judgement { get; init; }

    /// <summary>Kind of the finding when a person acted.</summary>
    public FindingKind? Kind { get; init; }

    /// <summary>What the machine said of it then.</summary>
    public Band? Band { get; init; }

    /// <summary>Seconds from opening the alert to this act, as her console told; null where it did not.</summary>
    public double? OpenSeconds { get; init; }
}

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

    /// <summary>Account that has it in hand; null for nobody in particular.</summary>
    public string? Assignee { get; init; }

    /// <summary>True for the share of cases whose score is shown only after a person's own judgement.</summary>
    public bool Blind { get; init; }

    /// <summary>True while the person must not see what the machine made of it: she has not said her own judgement, and nobody has decided.</summary>
    public bool IsBlindFor(string person) => Blind && !History.Any(e => CaseRules.Decides(e.Act) || (e.Act == CaseAct.Assess && e.By == person));

    /// <summary>True when a person did anything to it.</summary>
    public bool IsTouched() => History.Any(e => e.By != CaseRules.Machine);

    /// <summary>The decision that stands: the last dismissal, escalation or release that was not undone; null while there is none.</summary>
    public CaseEvent? Decision()
    {
        var standing = new Stack<CaseEvent>();
        foreach (var entry in History)
        {
            if (CaseRules.Decides(entry.Act))
            {
                standing.Push(entry);
            }
            else if (entry.Act == CaseAct.UndoDismissal)
            {
                standing.TryPop(out _);
            }
        }

        return standing.TryPeek(out var last) ? last : null;
    }
}
