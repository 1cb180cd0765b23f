using MaritimeWatch.Detection.Series;
using MaritimeWatch.Identity;
using MaritimeWatch.Units;

namespace MaritimeWatch.Detection.Flags;

/// <summary>A month in which a register took in, or lost, far more ships than it used to. Context for its officials; weight 0 for any ship.</summary>
/// <param name="Flag">The register's flag.</param>
/// <param name="Month">First day of the month.</param>
/// <param name="Ships">Ships of the month.</param>
/// <param name="Usual">What the months before would lead one to expect.</param>
/// <param name="TakenIn">True for ships that came, false for ships that left.</param>
public sealed record RegisterSurge(FlagState Flag, DateOnly Month, int Ships, double Usual, bool TakenIn)
{
    /// <summary>Surges among the changes of flag of these hulls, oldest first.</summary>
    public static IReadOnlyList<RegisterSurge> Of(IEnumerable<Vessel> hulls, FlagTables tables)
    {
        var changes = hulls.Select(h => FlagStays.Of(h, tables)).SelectMany(stays => stays.Zip(stays.Skip(1), (a, b) => (From: a.Flag, To: b.Flag, Month: new DateOnly(b.From.Year, b.From.Month, 1)))).ToList();
        if (changes.Count == 0)
        {
            return [];
        }

        var (first, last) = (changes.Min(c => c.Month), changes.Max(c => c.Month));
        return [.. changes.GroupBy(c => c.To).SelectMany(g => In(g.Key, g.Select(c => c.Month), true)).Concat(changes.GroupBy(c => c.From).SelectMany(g => In(g.Key, g.Select(c => c.Month), false)))
            .OrderBy(s => s.Month).ThenBy(s => s.Flag.Code, StringComparer.Ordinal)];

        IEnumerable<RegisterSurge> In(FlagState flag, IEnumerable<DateOnly> months, bool takenIn)
        {
            var counts = months.CountBy(m => m).ToDictionary();
            var series = new List<int>();
            for (var month = first; month <= last; month = month.AddMonths(1))
            {
                series.Add(counts.GetValueOrDefault(month));
            }

            return CountSurge.Find(series, new CountSurgeOptions()).Where(p => p.IsSurge).Select(p => new RegisterSurge(flag, first.AddMonths(p.Index), p.Count, p.Expected, takenIn));
        }
    }
}
