using MaritimeWatch.Identity;
using MaritimeWatch.Server.Watch;
using MaritimeWatch.Storage;
using MaritimeWatch.Units;

namespace MaritimeWatch.Server.Api;

/// <summary>A row as asked: what each column says, the surest identifier first; empty when the row says nothing that can be looked up.</summary>
internal sealed record BulkRow(int Row, IReadOnlyList<(SearchField Field, string Text)> Said);

/// <summary>A flag that a source claims for the hull.</summary>
internal sealed record BulkFlag(string Flag, string Source);

/// <summary>The hull a row is taken for, and in words how far that can be relied on.</summary>
internal sealed record BulkMatch(string VesselId, string? Name, IReadOnlyList<BulkFlag> Flags, string Confidence);

/// <summary>An entry of a list about the hull.</summary>
internal sealed record BulkListing(string ListName, string Source, string Name, string? LegalAct, DateOnly? DesignatedOn, bool Current);

/// <summary>What is held about one row.</summary>
internal sealed record BulkResult(int Row, string Identifier, string Kind, BulkMatch? Match, IReadOnlyList<string> Conflicts, IReadOnlyList<BulkListing> Listings, string? Note);

/// <summary>Rows in the order asked, and the registers and lists that were reached or not, with their dates.</summary>
internal sealed record BulkAnswer(IReadOnlyList<BulkResult> Rows, IReadOnlyList<RegisterState> Lists, string Notice);

/// <summary>
/// Looks up many identifiers at once. The surest identifier of a row finds the hull; the others are compared with what is held.
/// Only a whole number, call sign or name is a match; with a slip corrected it is one to be checked, and the answer says so.
/// </summary>
internal sealed class BulkCheck(IStore store, HullDesk hulls, RegisterDesk registers, FlagTables flags)
{
    private const int AtOnce = 4, MostHits = 20;

    public async Task<BulkAnswer> OfAsync(IReadOnlyList<BulkRow> rows, CancellationToken cancel)
    {
        var results = new BulkResult[rows.Count];
        await Parallel.ForAsync(0, rows.Count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel }, async (i, stop) => results[i] = await OneAsync(rows[i], stop));
        return new BulkAnswer(results, await registers.StatesAsync(cancel), "Claims as their sources made them. No match and no list entry mean that nothing is held here, not that nothing exists.");
    }

    private async Task<BulkResult> OneAsync(BulkRow row, CancellationToken cancel)
    {
        if (row.Said.Count == 0)
        {
            return new BulkResult(row.Row, "", "", null, [], [], "The row has no identifier in a column that is understood: imo, mmsi, callSign, name.");
        }

        var (field, text) = row.Said[0];
        var hits = (await store.Identities.SearchAsync(Asked(field, text), MostHits, cancel)).Where(h => h.Field == field).ToList();
        var note = WrongCheckDigit(field, text, hits);
        var same = hits.Where(h => h.Match is SearchMatch.SameNumber or SearchMatch.SameCallSign or SearchMatch.SameName).ToList();
        var hit = same.Concat(hits.Where(h => h.Corrected == 1)).FirstOrDefault();
        if (hit is null || await hulls.FindAsync(hit.HullId, cancel) is not { } hull)
        {
            return new BulkResult(row.Row, text, VesselAnswers.FieldName(field), null, [], [], Joined(note, hits.Count == 0 ? "Nothing held." : $"Nothing held under it; near it: {string.Join(", ", hits.Select(h => h.Text).Distinct())}."));
        }

        var others = same.Skip(1).Select(h => h.HullId).Where(id => id != hull.Id).Distinct().ToList();
        var match = new BulkMatch(hull.Id, hull.Name, [.. FlagsOf(hull).Select(f => new BulkFlag(flags.NameOf(f.Flag), f.Source)).Distinct()], Confidence(hit, hull, others.Count));
        return new BulkResult(row.Row, text, VesselAnswers.FieldName(field), match, [.. Conflicts(row, hull)], [.. hull.Listings.Select(l => new BulkListing(l.ListName, l.Source, l.Name, l.LegalAct, l.DesignatedOn, l.Current))],
            Joined(note, others.Count > 0 ? $"Also of: {string.Join(", ", others)}." : null));
    }

    private static string Asked(SearchField field, string text) => field switch
    {
        SearchField.ImoNumber when ImoNumber.Digits(text) is { } digits => $"IMO {digits}",
        SearchField.Mmsi => text.StartsWith("MMSI", StringComparison.OrdinalIgnoreCase) ? text : $"MMSI {text}",
        _ => text,
    };

    private static string? WrongCheckDigit(SearchField field, string text, IReadOnlyList<IdentityHit> hits) => field != SearchField.ImoNumber || ImoNumber.TryParse(text, out _) ? null
        : ImoNumber.Digits(text) is >= 1_000_000 and <= 9_999_999 and var digits ? $"Not a valid IMO number: its check digit is wrong. Did you mean {string.Join(" or ", VesselAnswers.LikelyImos(digits, hits))}?"
        : "Not a valid IMO number: it has seven digits.";

    private static string Confidence(IdentityHit hit, Vessel hull, int others)
    {
        var sources = hull.Claims.Select(c => c.Source).Distinct().Count();
        var former = hit.Former ? $", a former one, {hit.FirstSeen:yyyy-MM} to {hit.LastSeen:yyyy-MM}" : "";
        return hit.Corrected > 0 ? $"to be checked: taken for {VesselAnswers.FieldName(hit.Field)} {hit.Text} with one {(hit.Field is SearchField.ImoNumber or SearchField.Mmsi ? "digit" : "letter")} corrected{former}"
            : others > 0 ? $"weak: one of {(others + 1 >= MostHits ? $"{MostHits} or more" : others + 1)} hulls of this {VesselAnswers.FieldName(hit.Field)}{former}"
            : hit.Field switch
            {
                SearchField.ImoNumber when hull.Imo is not null => $"strong: IMO number, {sources} source{(sources == 1 ? "" : "s")}",
                SearchField.Name => $"weak: by name alone{former}",
                _ => $"fair: by {VesselAnswers.FieldName(hit.Field)}, which passes from ship to ship{former}",
            };
    }

    private IEnumerable<string> Conflicts(BulkRow row, Vessel hull)
    {
        foreach (var (field, text) in row.Said.Skip(1))
        {
            var said = SearchTerm.Folded(field, text);
            var held = hull.Claims.Select(c => SearchTerm.Stated(c, field)).OfType<string>().Where(t => SearchTerm.Folded(field, t).Count > 0).Distinct().ToList();
            if (!held.Exists(h => SearchTerm.Folded(field, h).Intersect(said).Any()))
            {
                yield return $"{VesselAnswers.FieldName(field)}: the row says {text}, {(held.Count == 0 ? "nothing is held" : $"held is {string.Join(", ", held.Take(3))}")}";
            }
        }

        var present = PresentOf(hull).ToList();
        foreach (var field in new[] { SearchField.ImoNumber, SearchField.Name, SearchField.CallSign })
        {
            var values = present.Select(c => (Text: SearchTerm.Stated(c, field), c.Source)).Where(v => SearchTerm.Folded(field, v.Text).Count > 0).DistinctBy(v => SearchTerm.Folded(field, v.Text)[0]).ToList();
            if (values.Count > 1)
            {
                yield return $"{VesselAnswers.FieldName(field)}: {string.Join(", ", values.Select(v => $"{v.Text} ({v.Source})"))}";
            }
        }

        var claimed = FlagsOf(hull with { Claims = present }).DistinctBy(f => f.Flag).ToList();
        if (claimed.Exists(f => !flags.SameRealm(f.Flag, claimed[0].Flag)))
        {
            yield return $"flag: {string.Join(", ", claimed.Select(f => $"{flags.NameOf(f.Flag)} ({f.Source})"))}";
        }
    }

    /// <summary>What each source said last and has not ended.</summary>
    private static IEnumerable<IdentityClaim> PresentOf(Vessel hull) => hull.Claims.GroupBy(c => c.Source).SelectMany(s => s.Where(c => c.LastSeen == s.Max(o => o.LastSeen)))
        .Where(c => c.Status is not (RegisterStatus.Deleted or RegisterStatus.NeverRegistered) && !(c.ValidTo < hull.Claims.Max(o => o.LastSeen)));

    private IEnumerable<(FlagState Flag, string Source)> FlagsOf(Vessel hull) => from claim in hull.Claims
        let flag = VesselAnswers.FlagOf(claim, flags)
        where flag is not null
        select (flag.Value, claim.Origin == ClaimOrigin.Broadcast ? "by MMSI" : $"{claim.Source}{(claim.Status is { } status ? $", {status.ToString().ToLowerInvariant()}" : "")}");

    private static string? Joined(params IEnumerable<string?> notes) => string.Join(' ', notes.OfType<string>()) is { Length: > 0 } text ? text : null;
}
