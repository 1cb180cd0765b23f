namespace MaritimeWatch.Storage;

/// <summary>Which of the sheets in a store are the state that counts.</summary>
internal static class ReceptionSheets
{
    public static IReadOnlyList<ReceptionSheet> LatestWhole(IEnumerable<ReceptionSheet> sheets) =>
        sheets.GroupBy(s => s.LearntTo).OrderByDescending(g => g.Key).Select(g => g.OrderBy(s => s.Number).ToList()).FirstOrDefault(g => g.Count == g[0].Of) ?? [];
}
