using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace MaritimeWatch.Cases;

/// <summary>
/// What may happen to a case, and what becomes of it. Only a person acknowledges, assigns, notes, dismisses, escalates or releases;
/// the machine raises, revises and withdraws. A person's dismissal is never undone by the machine for the same behaviour.
/// </summary>
public static class CaseRules
{
    /// <summary>Name under which the machine acts.</summary>
    public const string Machine = "MaritimeWatch";

    /// <param name="findingId">Finding the case is of.</param>
    /// <param name="findingRevision">Its revision.</param>
    /// <param name="openedAt">Event time.</param>
    /// <param name="now">The time it is written.</param>
    /// <param name="blindShare">Share of cases whose score is hidden until a person has judged, 0 to 1.</param>
    /// <param name="note">What raised it, where that was not the general level.</param>
    public static CaseFile Raise(string findingId, int findingRevision, DateTimeOffset openedAt, DateTimeOffset now, double blindShare = 0, string? note = null) => new(findingId, CaseState.New, openedAt, findingRevision, 0,
        [new CaseEvent(1, now, Machine, CaseAct.Raise, null, note, findingRevision)])
    { Blind = IsBlind(findingId, blindShare) };

    /// <summary>Whether a case is among the blind share: by a hash of its id, so that nobody chooses and everybody can check.</summary>
    public static bool IsBlind(string caseId, double blindShare) =>
        BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"blind {caseId}"))) < blindShare * (1L << 32);

    /// <summary>True for what says how a case ends: explained, or not.</summary>
    public static bool Decides(CaseAct act) => act is CaseAct.Dismiss or CaseAct.Escalate or CaseAct.Release;

    /// <summary>True while somebody may still have work with it.</summary>
    public static bool IsOpen(CaseState state) => state is CaseState.New or CaseState.Acknowledged or CaseState.Escalated or CaseState.Released;

    /// <summary>The case after the act; null when the act is not allowed in its state.</summary>
    public static CaseFile? After(CaseFile file, CaseAct act, string by, DateTimeOffset now, DismissalReason? reason, string? note, int findingRevision) =>
        After(file, new CaseEvent(0, now, by, act, reason, note, findingRevision));

    /// <summary>The case after what was done; null when it is not allowed in its state, or lacks what must be said with it.</summary>
    public static CaseFile? After(CaseFile file, CaseEvent done)
    {
        var (act, isMachine, says) = (done.Act, done.By == Machine, !string.IsNullOrWhiteSpace(done.Note));
        CaseState? next = act switch
        {
            CaseAct.Revise or CaseAct.Withdraw => isMachine ? Next(file.State, act) : null,
            _ when isMachine => null,
            // Who is to judge by herself does so before she decides.
            _ when Decides(act) && file.IsBlindFor(done.By) => null,
            CaseAct.Dismiss when done.Reason is null || (done.Reason == DismissalReason.Other && !says) => null,
            CaseAct.Release or CaseAct.Escalate or CaseAct.Note or CaseAct.Assess when !says => null,
            CaseAct.Escalate when done.FollowUp is null or FollowUp.PassToCentre => null,
            CaseAct.Assess when done.Judgement is null || !file.IsBlindFor(done.By) => null,
            // After a release the centres are owed word of the withdrawal; a person sends it.
            CaseAct.Release when file.State == CaseState.Withdrawn && file.AlertRevision == 0 => null,
            CaseAct.UndoDismissal when file.State == CaseState.Dismissed => BeforeDismissal(file),
            _ => Next(file.State, act),
        };
        return next is not { } state
            ? null
            : file with
            {
                State = state,
                // What a person did on a revision is in her event; the case goes on to a revision when the machine has told what it changes.
                FindingRevision = isMachine ? done.FindingRevision : file.FindingRevision,
                AlertRevision = file.AlertRevision + (act == CaseAct.Release ? 1 : 0),
                Assignee = act == CaseAct.Assign ? done.Assignee : file.Assignee,
                History = [.. file.History, done with { Number = file.History.Count + 1 }],
            };
    }

    /// <summary>The state an act leads to, whoever does it; null where the act has no place.</summary>
    private static CaseState? Next(CaseState state, CaseAct act) => (state, act) switch
    {
        (CaseState.New, CaseAct.Acknowledge) => CaseState.Acknowledged,
        (CaseState.Withdrawn, CaseAct.Release) => CaseState.Withdrawn,
        (CaseState.Withdrawn, CaseAct.Revise) => CaseState.New,
        (_, CaseAct.Revise or CaseAct.Note or CaseAct.Assess) => state,
        (CaseState.Released, CaseAct.Escalate) => CaseState.Released,
        _ when !IsOpen(state) => null,
        (_, CaseAct.Assign) => state,
        (_, CaseAct.Dismiss) => CaseState.Dismissed,
        (_, CaseAct.Escalate) => CaseState.Escalated,
        (_, CaseAct.Release) => CaseState.Released,
        (_, CaseAct.Withdraw) => CaseState.Withdrawn,
        _ => null,
    };

    // The history is gone through from the start: a case withdrawn and raised anew was New when it was dismissed.
    private static CaseState BeforeDismissal(CaseFile file)
    {
        var (state, before) = (CaseState.New, CaseState.New);
        foreach (var act in file.History.Select(e => e.Act))
        {
            before = act == CaseAct.Dismiss ? state : before;
            state = act == CaseAct.UndoDismissal ? before : Next(state, act) ?? state;
        }

        return before;
    }
}
