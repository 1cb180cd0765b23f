namespace MaritimeWatch.Cases;

/// <summary>
/// What may happen to a case, and what becomes of it. Only a person acknowledges, dismisses or releases; the machine raises,
/// revises and withdraws. A person's dismissal is never undone by the machine for the same behaviour.
/// </summary>
public static class CaseRules
{
    /// <summary>Name under which the machine acts.</summary>
    public const string Machine = "MaritimeWatch";

    public static CaseFile Raise(string findingId, int findingRevision, DateTimeOffset openedAt, DateTimeOffset now, string? note = null) => new(findingId, CaseState.New, openedAt, findingRevision, 0,
        [new CaseEvent(1, now, Machine, CaseAct.Raise, null, note, findingRevision)]);

    /// <summary>The case after the act; null when the act is not allowed in its state.</summary>
    public static CaseFile? After(CaseFile file, CaseAct act, string by, DateTimeOffset now, DismissalReason? reason, string? note, int findingRevision)
    {
        var isMachine = by == Machine;
        CaseState? next = act switch
        {
            CaseAct.Revise or CaseAct.Withdraw when !isMachine => null,
            CaseAct.Acknowledge or CaseAct.Dismiss or CaseAct.UndoDismissal or CaseAct.Release when isMachine => null,
            CaseAct.Dismiss when reason is null => null,
            CaseAct.Release when string.IsNullOrWhiteSpace(note) => null,
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
                FindingRevision = findingRevision,
                AlertRevision = file.AlertRevision + (act == CaseAct.Release ? 1 : 0),
                History = [.. file.History, new CaseEvent(file.History.Count + 1, now, by, act, reason, note, findingRevision)],
            };
    }

    /// <summary>The state an act leads to, whoever does it; null where the act has no place.</summary>
    private static CaseState? Next(CaseState state, CaseAct act) => (state, act) switch
    {
        (CaseState.New, CaseAct.Acknowledge) => CaseState.Acknowledged,
        (CaseState.New or CaseState.Acknowledged or CaseState.Released, CaseAct.Dismiss) => CaseState.Dismissed,
        (CaseState.New or CaseState.Acknowledged or CaseState.Released, CaseAct.Release) => CaseState.Released,
        (CaseState.Withdrawn, CaseAct.Release) => CaseState.Withdrawn,
        (CaseState.Withdrawn, CaseAct.Revise) => CaseState.New,
        (_, CaseAct.Revise) => state,
        (CaseState.New or CaseState.Acknowledged or CaseState.Released, CaseAct.Withdraw) => CaseState.Withdrawn,
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
