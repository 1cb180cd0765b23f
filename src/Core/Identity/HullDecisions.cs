namespace MaritimeWatch.Identity;

/// <summary>
/// A person's merge of two hulls or split of claims from one. It is added, never removed: a later decision undoes it by naming it.
/// </summary>
/// <param name="Id">Unique.</param>
/// <param name="Merge">Ids of two hulls that are one; empty for a split.</param>
/// <param name="Split">Ids of claims that are another hull; empty for a merge.</param>
/// <param name="Undoes">Id of the decision this one undoes; null otherwise.</param>
/// <param name="Reason">Why, in the person's words; never empty.</param>
public sealed record HullDecision(string Id, IReadOnlyList<string> Merge, IReadOnlyList<string> Split, string? Undoes, string Reason, string By, DateTimeOffset At)
{
    /// <summary>Hull the claims were split from; null for others.</summary>
    public string? From { get; init; }

    /// <summary>Id of the hull a split makes.</summary>
    public string HullId => $"split:{Id}";
}

/// <summary>What stands of all decisions on hulls, read in the order they were made.</summary>
public sealed class HullDecisions
{
    private readonly Dictionary<string, HullDecision> splits = [];
    private readonly Dictionary<string, string> into = [];

    public HullDecisions(IEnumerable<HullDecision> made)
    {
        var all = made.ToList();
        var undone = all.Select(d => d.Undoes).OfType<string>().ToHashSet();
        Standing = [.. all.Where(d => d.Undoes is null && !undone.Contains(d.Id)).OrderBy(d => d.At).ThenBy(d => d.Id, StringComparer.Ordinal)];
        foreach (var decision in Standing)
        {
            foreach (var claim in decision.Split)
            {
                splits[claim] = decision;
            }

            if (decision.Merge.Count == 2 && RootOf(decision.Merge[0]) is var root && root != RootOf(decision.Merge[1]))
            {
                into[RootOf(decision.Merge[1])] = root;
            }
        }
    }

    /// <summary>Merges and splits that were not undone.</summary>
    public IReadOnlyList<HullDecision> Standing { get; }

    /// <summary>The split a claim went with; null when it stays where the numbers put it.</summary>
    public HullDecision? SplitOf(string claimId) => splits.GetValueOrDefault(claimId);

    /// <summary>Id of the hull that a hull was merged into; its own when it was not.</summary>
    public string RootOf(string hullId)
    {
        while (into.TryGetValue(hullId, out var next))
        {
            hullId = next;
        }

        return hullId;
    }

    /// <summary>Ids of all hulls that are one with this one, itself first.</summary>
    public IReadOnlyList<string> OneWith(string hullId) => [RootOf(hullId), .. into.Keys.Where(h => RootOf(h) == RootOf(hullId)).Order(StringComparer.Ordinal)];
}
