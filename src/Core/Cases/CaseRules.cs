namespace MaritimeWatch.Cases;

/// <summary>
/// What may happen to a case, and what becomes of it. Only a person acknowledges, dismisses or releases; the machine raises,
/// revises and withdraws. A person's dismissal is never undone by the machine for the same behaviour.
/// </summary>
public static class CaseRules
{
    /// <summary>Name under which the machine acts.</summary>
    public const string Machine = "MaritimeWatch";

    public static CaseFile Raise(string findingId, int findingRevision, DateTimeOffset openedAt, DateTimeOffset now) => new(findingId, CaseState.New, openedAt, findingRevision, 0,
        [new CaseEvent(1, now, Machine, CaseAct.Raise, null, null, findingRevision)]);

    /// <summary>The case after the act; null when the act is not allowed in its state.</summary>
    public static CaseFile? After(CaseFile file, CaseAct act, string by, DateTimeOffset now, DismissalReason? reason, string? note, int findingRevision)
    {
        CaseState? next = (file.State, act) switch
        {
            (CaseState.New, CaseAct.Acknowledge) => CaseState.Acknowledged,
            (CaseState.New or CaseState.Acknowledged or CaseState.Released, CaseAct.Dismiss) when reason is not null => CaseState.Dismissed,
            (CaseState.Dismissed, CaseAct.UndoDismissal) => BeforeDismissal(file),
            (CaseState.New or CaseState.Acknowledged or CaseState.Released, CaseAct.Release) when !string.IsNullOrWhiteSpace(note) => CaseState.Released,
            // After a release the centres are owed word of the withdrawal; a person sends it.
            (CaseState.Withdrawn, CaseAct.Release) when file.AlertRevision > 0 && !string.IsNullOrWhiteSpace(note) => CaseState.Withdrawn,
            (_, CaseAct.Revise) when by == Machine => file.State == CaseState.Withdrawn ? CaseState.New : file.State,
            (CaseState.New or CaseState.Acknowledged or CaseState.Released, CaseAct.Withdraw) when by == Machine => CaseState.Withdrawn,
            _ => null,
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

    private static CaseState BeforeDismissal(CaseFile file)
    {
        var state = CaseState.New;
        foreach (var act in file.History.Select(e => e.Act))
        {
            state = act switch
            {
                CaseAct.Acknowledge => CaseState.Acknowledged,
                CaseAct.Release => CaseState.Released,
                CaseAct.Withdraw => CaseState.Withdrawn,
                _ => state,
            };
        }

        return state;
    }
}
