using MaritimeWatch.Identity;
using MaritimeWatch.Units;

namespace MaritimeWatch.Server.Api;

/// <summary>A search hit: which field, in which period, matched.</summary>
internal sealed record SearchHit(string VesselId, string? Name, string? Mmsi, string? Imo, string? CallSign, string MatchedOn, string MatchedText, int Rank);

/// <summary>What a vessel page is made of: attributes with their sources, and one lane of flags per source.</summary>
internal static class VesselAnswers
{
    public static IEnumerable<object> Identity(Vessel hull, FlagTables flags)
    {
        return new (string Attribute, Func<IdentityClaim, string?> Read)[]
        {
            ("name", c => c.Name), ("IMO number", c => c.ImoAsStated), ("MMSI", c => c.Mmsi?.ToString()), ("call sign", c => c.CallSign),
            ("flag", c => FlagOf(c, flags)?.Code), ("length", c => c.LengthM is { } m ? $"{m:0} m" : null),
        }.Select(a => Attribute(a.Attribute, a.Read)).Where(a => a is not null)!;

        object? Attribute(string attribute, Func<IdentityClaim, string?> read)
        {
            var values = hull.Claims.Where(c => read(c) is not null).GroupBy(c => (Value: read(c)!, c.Source)).Select(g => new
            {
                value = attribute == "flag" ? flags.NameOf(FlagState.Parse(g.Key.Value)) : g.Key.Value,
                source = g.Key.Source,
                origin = g.First().Origin,
                from = g.Min(c => c.ValidFrom),
                to = g.All(c => c.ValidTo is not null) ? g.Max(c => c.ValidTo) : null,
                firstSeen = g.Min(c => c.FirstSeen),
                lastSeen = g.Max(c => c.LastSeen),
                current = g.Any(c => c.LastSeen >= hull.Claims.Where(o => o.Source == g.Key.Source && read(o) is not null).Max(o => o.LastSeen) && !IsPast(c, hull)),
            }).ToList();
            return values.Count == 0 ? null : new
            {
                attribute,
                // Two values that hold now, from whatever sources, contradict each other.
                conflict = values.Where(v => v.current).Select(v => v.value.ToUpperInvariant()).Distinct().Count() > 1 && attribute != "length",
                values,
            };
        }
    }

    /// <summary>Lanes of the flag timeline; a bar that overlaps a bar of another flag in any lane is a conflict.</summary>
    public static IEnumerable<object> Lanes(Vessel hull, FlagTables flags)
    {
        var bars = hull.Claims.Select(c => (Claim: c, Flag: FlagOf(c, flags))).Where(b => b.Flag is not null)
            .GroupBy(b => (b.Claim.Source, b.Claim.Origin, b.Flag, b.Claim.ValidFrom, b.Claim.ValidTo, b.Claim.Status))
            .Select(g => (g.Key.Source, g.Key.Origin, Flag: g.Key.Flag!.Value, From: g.Min(b => b.Claim.From), To: g.Key.ValidTo ?? g.Max(b => b.Claim.LastSeen), g.First().Claim)).ToList();
        return bars.GroupBy(b => (b.Source, b.Origin)).OrderBy(l => l.Key.Origin).ThenBy(l => l.Key.Source, StringComparer.Ordinal).Select(lane => new
        {
            source = lane.Key.Source,
            origin = lane.Key.Origin,
            bars = lane.OrderBy(b => b.From).Select(b => new
            {
                from = b.From,
                to = b.To,
                openStart = b.Claim.ValidFrom is null,
                openEnd = b.Claim.ValidTo is null,
                flag = b.Flag.Code,
                basis = b.Origin == ClaimOrigin.Broadcast ? "mid" : "register",
                label = $"{flags.NameOf(b.Flag)}{(b.Origin == ClaimOrigin.Broadcast ? $" · {b.Claim.Name ?? b.Claim.Mmsi?.ToString()}" : "")}",
                status = b.Claim.Status,
                conflict = bars.Any(o => !flags.SameRealm(o.Flag, b.Flag) && o.From < b.To && b.From < o.To),
                reference = b.Claim.Reference,
            }),
        });
    }

    public static SearchHit Hit(string vesselId, IEnumerable<IdentityClaim> claims, string text)
    {
        var known = claims.OrderByDescending(c => c.LastSeen).ToList();
        foreach (var claim in known)
        {
            foreach (var (field, value, rank) in new[] { ("IMO number", claim.ImoAsStated, 0), ("MMSI", claim.Mmsi?.ToString(), 1), ("call sign", claim.CallSign, 2), ("name", claim.Name, 3) })
            {
                var wanted = field == "IMO number" ? text.Replace("IMO", "", StringComparison.OrdinalIgnoreCase).Trim() : text;
                if (value is not null && (field == "name" ? value.Contains(wanted, StringComparison.OrdinalIgnoreCase) : value.StartsWith(wanted, StringComparison.OrdinalIgnoreCase)))
                {
                    return new SearchHit(vesselId, known.Select(c => c.Name).FirstOrDefault(n => n is not null), known.Select(c => c.Mmsi?.ToString()).FirstOrDefault(m => m is not null), claim.Imo?.ToString(), claim.CallSign,
                        $"{field}, {claim.Source}, {claim.From:yyyy-MM-dd} to {claim.ValidTo ?? claim.LastSeen:yyyy-MM-dd}", value, rank + (value.Equals(wanted, StringComparison.OrdinalIgnoreCase) ? 0 : 10));
                }
            }
        }

        return new SearchHit(vesselId, known[0].Name, known[0].Mmsi?.ToString(), known[0].Imo?.ToString(), known[0].CallSign, "a claim", text, 99);
    }

    /// <summary>Numbers with a right check digit that differ in one digit or by a swap of neighbours, nearest first.</summary>
    public static IEnumerable<string> LikelyImos(int number)
    {
        var text = number.ToString("0000000");
        var last = text[..6] + Enumerable.Range(0, 10).Single(d => ImoNumber.HasRightCheckDigit(int.Parse(text[..6] + d)));
        var swapped = Enumerable.Range(0, 6).Select(i => text[..i] + text[i + 1] + text[i] + text[(i + 2)..]).Where(s => s[0] != '0' && ImoNumber.HasRightCheckDigit(int.Parse(s)));
        return swapped.Prepend(last).Distinct().Take(3);
    }

    private static FlagState? FlagOf(IdentityClaim claim, FlagTables flags) => claim.Origin == ClaimOrigin.Broadcast ? claim.Mmsi is { } mmsi ? flags.FlagOf(mmsi) : null : claim.Flag;

    private static bool IsPast(IdentityClaim claim, Vessel hull) => claim.Status is RegisterStatus.Deleted or RegisterStatus.NeverRegistered or RegisterStatus.CertificateNotOurs or RegisterStatus.UnderCheck or RegisterStatus.Scrapped || claim.ValidTo < hull.Claims.Max(c => c.LastSeen);
}
