using System.Globalization;
using MaritimeWatch.Identity;
using MaritimeWatch.Storage;
using MaritimeWatch.Units;

namespace MaritimeWatch.Server.Api;

/// <summary>A search hit: which field, in which period, matched, and how many letters or digits were corrected for it.</summary>
internal sealed record SearchHit(string VesselId, string? Name, string? Mmsi, string? Imo, string? CallSign, string MatchedOn, string MatchedText, SeenPeriod Period, int Corrected, int Rank);

/// <summary>A time over which something was said.</summary>
internal sealed record SeenPeriod(DateTimeOffset From, DateTimeOffset To);

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

    /// <summary>A hit as the box shows it: what the hull is called now, and by what she was found.</summary>
    public static SearchHit Hit(Vessel? hull, IdentityHit hit, int rank)
    {
        var claims = (hull?.Claims ?? hit.Claims).OrderByDescending(c => c.LastSeen).ToList();
        return new SearchHit(hull?.Id ?? hit.HullId, hull?.Name ?? Last(SearchField.Name), Last(SearchField.Mmsi), hull?.Imo?.ToString() ?? claims.Select(c => c.Imo?.ToString()).FirstOrDefault(i => i is not null), Last(SearchField.CallSign),
            $"{(hit.Former ? "former " : "")}{FieldName(hit.Field)}", hit.Text, new SeenPeriod(hit.FirstSeen, hit.LastSeen), hit.Corrected, rank);

        string? Last(SearchField field) => claims.Select(c => SearchTerm.Stated(c, field)).FirstOrDefault(t => !string.IsNullOrEmpty(t));
    }

    public static string FieldName(SearchField field) => field switch { SearchField.ImoNumber => "IMO number", SearchField.Mmsi => "MMSI", SearchField.CallSign => "call sign", _ => "name" };

    /// <summary>Numbers with a right check digit that differ in one digit or by a swap of neighbours, nearest first; those that hulls are known by before all others.</summary>
    public static IEnumerable<string> LikelyImos(int number, IEnumerable<IdentityHit> hits)
    {
        var text = number.ToString("0000000", CultureInfo.InvariantCulture);
        var known = hits.Where(h => h is { Field: SearchField.ImoNumber, Match: SearchMatch.OneCorrected } && ImoNumber.TryParse(h.Text, out _)).Select(h => ImoNumber.Parse(h.Text).ToString()).Where(k => TypingErrors.Between(text, k) == 1);
        var last = text[..6] + Enumerable.Range(0, 10).Single(d => ImoNumber.HasRightCheckDigit(int.Parse(text[..6] + d, CultureInfo.InvariantCulture)));
        var swapped = Enumerable.Range(0, 6).Select(i => text[..i] + text[i + 1] + text[i] + text[(i + 2)..]).Where(s => s[0] != '0' && ImoNumber.HasRightCheckDigit(int.Parse(s, CultureInfo.InvariantCulture)));
        return known.Append(last).Concat(swapped).Distinct().Take(3);
    }

    internal static FlagState? FlagOf(IdentityClaim claim, FlagTables flags) => claim.Origin == ClaimOrigin.Broadcast ? claim.Mmsi is { } mmsi ? flags.FlagOf(mmsi) : null : claim.Flag;

    private static bool IsPast(IdentityClaim claim, Vessel hull) => claim.Status is RegisterStatus.Deleted or RegisterStatus.NeverRegistered or RegisterStatus.CertificateNotOurs or RegisterStatus.UnderCheck or RegisterStatus.Scrapped || claim.ValidTo < hull.Claims.Max(c => c.LastSeen);
}
