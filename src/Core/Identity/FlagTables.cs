using MaritimeWatch.Units;

namespace MaritimeWatch.Identity;

/// <summary>
/// Which flag an identifier points to: MID (ITU table of maritime identification digits) and call-sign series (ITU Radio
/// Regulations, appendix 42), from the dated tables in seeds/. A pointer is a claim, never proof.
/// </summary>
public sealed class FlagTables
{
    private readonly Dictionary<int, FlagState> byMid = [];
    private readonly List<(string First, string Last, FlagState Flag)> series = [];
    private readonly Dictionary<string, (FlagState Flag, string Name)> byAlpha3 = [];
    private readonly Dictionary<FlagState, string> names = [];
    private readonly Dictionary<FlagState, FlagState> realms = [];
    private readonly Dictionary<string, FlagState> otherNames = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Tables from the texts of mid.csv, call-sign-series.csv, flags.csv, flag-realms.csv and flag-names.csv (other names lists use, a
    /// comma within a name written as a bar), each with a header line.
    /// </summary>
    /// <exception cref="FormatException">A line has not the expected columns.</exception>
    public FlagTables(string midCsv, string seriesCsv, string flagsCsv, string realmsCsv, string namesCsv = "")
    {
        foreach (var row in Rows(midCsv, 2))
        {
            byMid[int.Parse(row[0])] = FlagState.Parse(row[1]);
        }

        foreach (var row in Rows(seriesCsv, 3))
        {
            series.Add((row[0], row[1], FlagState.Parse(row[2])));
        }

        foreach (var row in Rows(flagsCsv, 3))
        {
            var flag = FlagState.Parse(row[0]);
            names[flag] = row[2].Trim('"');
            byAlpha3[row[1]] = (flag, row[2]);
        }

        foreach (var row in Rows(realmsCsv, 2))
        {
            realms[FlagState.Parse(row[0])] = FlagState.Parse(row[1]);
        }

        foreach (var row in Rows(namesCsv, 2))
        {
            otherNames[Plain(row[0].Replace('|', ','))] = FlagState.Parse(row[1]);
        }
    }

    /// <summary>Flag the MID is allocated to; null when it is not allocated or the MMSI is not a ship's.</summary>
    public FlagState? FlagOf(Mmsi mmsi) => mmsi is { Kind: MmsiKind.Ship, Mid: { } mid } && byMid.TryGetValue(mid.Digits, out var flag) ? flag : null;

    /// <summary>True when the three digits are allocated to an administration.</summary>
    public bool IsAllocated(Mid mid) => byMid.ContainsKey(mid.Digits);

    /// <summary>Flags whose series the call sign begins with; the longest series that fits; empty when none does.</summary>
    public IReadOnlyList<FlagState> FlagsOf(CallSign callSign)
    {
        for (var length = Math.Min(4, callSign.Text.Length); length >= 1; length--)
        {
            var start = callSign.Text[..length];
            var found = series.Where(s => s.First.Length == length && string.CompareOrdinal(s.First, start) <= 0 && string.CompareOrdinal(start, s.Last) <= 0)
                .Select(s => s.Flag).ToList();
            if (found.Count > 0)
            {
                return found;
            }
        }

        return [];
    }

    /// <summary>First two characters or more of a series that the flag has to itself; null when it has none.</summary>
    public string? SeriesOf(FlagState flag) => series.Where(s => s.Flag == flag && s.First.Length >= 2).Select(s => s.First)
        .FirstOrDefault(first => CallSign.TryParse(first + "AA1", out var sign) && FlagsOf(sign) is [var only] && only == flag);

    /// <summary>The lowest MID of a flag, 201 to 775; 0 when it has none.</summary>
    public int FirstMidOf(FlagState flag) => byMid.Where(m => m.Value == flag).Select(m => m.Key).DefaultIfEmpty(0).Min();

    /// <summary>Same State, or a territory and the State whose series it uses.</summary>
    public bool SameRealm(FlagState a, FlagState b) => RealmOf(a) == RealmOf(b);

    public string NameOf(FlagState flag) => names.GetValueOrDefault(flag, flag.Code);

    /// <summary>Reads alpha-2, alpha-3, <c>EU-HRV</c>, English names and the other names of flag-names.csv; null when it is none of these.</summary>
    public FlagState? Read(string? text)
    {
        var trimmed = text?.Trim() ?? "";
        if (FlagState.TryParse(trimmed, out var flag) && names.ContainsKey(flag))
        {
            return flag;
        }

        var last3 = trimmed.Length > 3 && trimmed[^4] == '-' ? trimmed[^3..] : trimmed;
        if (byAlpha3.TryGetValue(last3.ToUpperInvariant(), out var entry))
        {
            return entry.Flag;
        }

        var plain = Plain(trimmed);
        var named = names.FirstOrDefault(n => Plain(n.Value).Equals(plain, StringComparison.OrdinalIgnoreCase));
        return named.Value is not null ? named.Key : otherNames.TryGetValue(plain, out var other) ? other : null;
    }

    private static string Plain(string name) => name.Trim(' ', '"').Replace("St. ", "Saint ", StringComparison.OrdinalIgnoreCase).Replace(" & ", " and ", StringComparison.Ordinal);

    private FlagState RealmOf(FlagState flag) => realms.GetValueOrDefault(flag, flag);

    private static IEnumerable<string[]> Rows(string csv, int columns)
    {
        foreach (var line in csv.Split('\n').Skip(1).Select(l => l.TrimEnd('\r')).Where(l => l.Length > 0))
        {
            var row = line.Split(',', columns);
            yield return row.Length == columns ? row : throw new FormatException($"Expected {columns} columns, found '{line}'.");
        }
    }
}
