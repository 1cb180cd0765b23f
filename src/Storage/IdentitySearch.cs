using MaritimeWatch.Identity;
using MaritimeWatch.Units;

namespace MaritimeWatch.Storage;

/// <summary>A text that is held, and of which hull.</summary>
/// <param name="Term">The text, folded.</param>
/// <param name="Hull">The store's own key of the hull.</param>
internal readonly record struct HeldTerm(SearchTerm Term, string Hull);

/// <summary>What a search asks of a store. An answer may be cut at the limit.</summary>
internal interface ISearchIndex
{
    /// <summary>Hulls that have one of the texts in a field.</summary>
    ValueTask<IReadOnlyList<HeldTerm>> EqualAsync(SearchField field, IReadOnlyCollection<string> texts, int limit, CancellationToken cancel);

    /// <summary>Hulls whose text in a field begins so.</summary>
    ValueTask<IReadOnlyList<HeldTerm>> BeginAsync(SearchField field, string text, int limit, CancellationToken cancel);

    /// <summary>Hulls of which a name holds all parts of one of the sets; a part has three letters or more.</summary>
    ValueTask<IReadOnlyList<HeldTerm>> HoldAsync(IReadOnlyList<string[]> sets, int limit, CancellationToken cancel);

    /// <summary>Claims of each hull, the last seen first, at most 500 of one hull.</summary>
    ValueTask<IReadOnlyDictionary<string, IReadOnlyList<IdentityClaim>>> ClaimsAsync(IReadOnlyCollection<string> hulls, CancellationToken cancel);
}

/// <summary>
/// One box for numbers, call signs and names: asks a store stage by stage, the best kind of match first, and orders what comes.
/// Slips of the hand are made on the question (<see cref="TypingErrors.Meant"/>), so an index of whole texts is enough.
/// </summary>
internal sealed class IdentitySearch
{
    private const int AtOnce = 200, AtOnceForSlips = 500, AtOnceForTwo = 2000, ShortestPart = 3, ShortestForTwo = 12, ImoDigits = 7, MmsiDigits = 9;

    /// <summary>Digits from which on a number counts as typed in full: a longer number that begins so comes behind one with a slip.</summary>
    private const int NearlyWhole = 6;

    private readonly ISearchIndex index;
    private readonly SoughtText sought;
    private readonly int limit;
    private readonly Dictionary<string, (SearchTerm Term, SearchMatch Match, int Rank)> best = [];

    /// <summary>Hulls that bear a text found with a slip: of two that may be meant, the one of more hulls is the likelier.</summary>
    private readonly Dictionary<SearchTerm, int> bearers = [];

    private IdentitySearch(ISearchIndex index, SoughtText sought, int limit) => (this.index, this.sought, this.limit) = (index, sought, limit);

    /// <summary>Hulls, best match first; equal ones by present before former, the text of more hulls, the shorter one, the one seen last.</summary>
    public static async ValueTask<IReadOnlyList<IdentityHit>> FindAsync(ISearchIndex index, string text, int limit, CancellationToken cancel)
    {
        var sought = SoughtText.Of(text);
        return limit <= 0 || sought.IsEmpty ? [] : await new IdentitySearch(index, sought, limit).FindAsync(cancel);
    }

    private async ValueTask<IReadOnlyList<IdentityHit>> FindAsync(CancellationToken cancel)
    {
        if (sought.Digits is { } digits)
        {
            await NumberAsync(digits, SearchField.ImoNumber, ImoDigits, cancel);
            await NumberAsync(digits, SearchField.Mmsi, MmsiDigits, cancel);
        }

        if (sought.CallSign is { } sign)
        {
            await TakeAsync(SearchMatch.SameCallSign, _ => 0, index.EqualAsync(SearchField.CallSign, [sign], AtOnce, cancel));
            await TakeAsync(SearchMatch.Begins, t => Longer(sign, t), index.BeginAsync(SearchField.CallSign, sign, AtOnce, cancel));
            if (sought.Digits is null && sign.Length >= ShortestPart)
            {
                await TakeAsync(SearchMatch.OneCorrected, t => Slip(sign, t), index.EqualAsync(SearchField.CallSign, [.. TypingErrors.Meant(sign, TypingErrors.OfCallSigns)], AtOnceForSlips, cancel));
            }
        }

        await NameAsync(cancel);
        return await HitsAsync(cancel);
    }

    private async ValueTask NumberAsync(string digits, SearchField field, int whole, CancellationToken cancel)
    {
        if (sought.Only is { } only && only != field)
        {
            return;
        }

        // Leading zeros of an MMSI are lost in most tables.
        await TakeAsync(SearchMatch.SameNumber, _ => 0, index.EqualAsync(field, [field == SearchField.Mmsi ? digits.PadLeft(whole, '0') : digits], AtOnce, cancel));
        var known = best.Values.Any(b => b.Match == SearchMatch.SameNumber);
        // Eight digits may be either number with a slip; a right check digit then speaks for the IMO number.
        if (!known && Math.Abs(digits.Length - whole) <= 1)
        {
            await TakeAsync(
                SearchMatch.OneCorrected,
                t => Slip(digits, t) + (field == SearchField.Mmsi ? 1 : ImoNumber.TryParse(t, out _) ? 0 : 2),
                index.EqualAsync(field, [.. TypingErrors.Meant(digits, TypingErrors.OfNumbers).Where(m => m.Length == whole)], AtOnce, cancel));
        }

        if (digits.Length < whole)
        {
            await TakeAsync(SearchMatch.Begins, t => digits.Length < NearlyWhole ? Longer(digits, t) : RankOf(SearchMatch.OneCorrected, 9) - RankOf(SearchMatch.Begins, 0), index.BeginAsync(field, digits, AtOnce, cancel));
        }
    }

    private async ValueTask NameAsync(CancellationToken cancel)
    {
        if (sought.Names.Count == 0)
        {
            return;
        }

        await TakeAsync(SearchMatch.SameName, _ => 0, index.EqualAsync(SearchField.Name, sought.Names, AtOnce, cancel));
        foreach (var name in sought.Names)
        {
            await TakeAsync(SearchMatch.Begins, t => Longer(name, t), index.BeginAsync(SearchField.Name, name, AtOnce, cancel));
        }

        var usual = sought.Names[0];
        if (sought.Digits is null && usual.Length >= ShortestPart)
        {
            await TakeAsync(SearchMatch.OneCorrected, t => Slip(usual, t), index.EqualAsync(SearchField.Name, [.. TypingErrors.Meant(usual, TypingErrors.OfNames)], AtOnceForSlips, cancel));
        }

        if (usual.Length >= ShortestForTwo && best.Values.All(b => b.Match > SearchMatch.OneCorrected))
        {
            await TakeAsync(SearchMatch.TwoCorrected, _ => 0, index.HoldAsync(HalvesOf(usual), AtOnceForTwo, cancel), t => TypingErrors.Between(usual, t) <= 2);
        }

        if (best.Count < limit)
        {
            var words = usual.Split(' ');
            List<string[]> sets = [.. sought.Names.Where(n => n.Length >= ShortestPart).Select(n => new[] { n }), .. words.Length > 1 ? new[] { words.Where(w => w.Length >= ShortestPart).ToArray() } : []];
            sets.RemoveAll(s => s.Length == 0);
            await TakeAsync(SearchMatch.Holds, _ => 0, sets.Count == 0 ? new([]) : index.HoldAsync(sets, AtOnce, cancel), t => sought.Names.Any(n => t.Contains(n, StringComparison.Ordinal)) || words.All(w => t.Contains(w, StringComparison.Ordinal)));
        }
    }

    /// <summary>Two errors touch at most two of four quarters, but for a swap across a border: two quarters are whole.</summary>
    private static List<string[]> HalvesOf(string name)
    {
        var quarters = Enumerable.Range(0, 4).Select(i => name[(name.Length * i / 4)..(name.Length * (i + 1) / 4)]).ToList();
        return [.. from i in Enumerable.Range(0, 4) from j in Enumerable.Range(i + 1, 3 - i) select new[] { quarters[i], quarters[j] }];
    }

    private async ValueTask TakeAsync(SearchMatch match, Func<string, int> order, ValueTask<IReadOnlyList<HeldTerm>> asked, Func<string, bool>? holds = null)
    {
        foreach (var (term, hull) in await asked)
        {
            if (holds is null || holds(term.Text))
            {
                bearers[term] = bearers.GetValueOrDefault(term) + (match is SearchMatch.OneCorrected or SearchMatch.TwoCorrected ? 1 : 0);
                var rank = RankOf(match, order(term.Text));
                if (!best.TryGetValue(hull, out var known) || rank < known.Rank)
                {
                    best[hull] = (term, match, rank);
                }
            }
        }
    }

    private async ValueTask<IReadOnlyList<IdentityHit>> HitsAsync(CancellationToken cancel)
    {
        // Who is present and who former shows in the claims; they are read for those who may still come first.
        var first = best.OrderBy(b => b.Value.Rank).ThenByDescending(b => bearers[b.Value.Term]).ThenBy(b => b.Value.Term.Text.Length).ThenBy(b => b.Key, StringComparer.Ordinal).Take(Math.Max(limit * 3, AtOnce / 2)).ToList();
        var claims = await index.ClaimsAsync([.. first.Select(f => f.Key)], cancel);
        return
        [
            .. first.Where(f => claims.GetValueOrDefault(f.Key) is { Count: > 0 })
                .Select(f => (f.Value.Rank, Bearers: bearers[f.Value.Term], f.Value.Term.Text.Length, Hit: HitOf(f.Value.Term, f.Value.Match, claims[f.Key])))
                .OrderBy(f => f.Rank).ThenBy(f => f.Hit.Former).ThenByDescending(f => f.Bearers).ThenBy(f => f.Length).ThenByDescending(f => f.Hit.LastSeen).ThenBy(f => f.Hit.HullId, StringComparer.Ordinal)
                .Select(f => f.Hit).Take(limit),
        ];
    }

    private static IdentityHit HitOf(SearchTerm term, SearchMatch match, IReadOnlyList<IdentityClaim> claims)
    {
        var same = claims.Where(c => SearchTerm.Folded(term.Field, SearchTerm.Stated(c, term.Field)).Contains(term.Text)).DefaultIfEmpty(claims[0]).ToList();
        var lastSeen = claims[0].LastSeen;
        var present = same.Any(c => c.Status is not (RegisterStatus.Deleted or RegisterStatus.NeverRegistered) && !(c.ValidTo < lastSeen)
            && claims.All(o => o.Source != c.Source || SearchTerm.Stated(o, term.Field) is null || o.LastSeen <= c.LastSeen));
        return new IdentityHit(
            Vessel.IdOf(same[0].Imo, same[0].Mmsi, same[0].Id), term.Field, SearchTerm.Stated(same[0], term.Field) ?? term.Text, match, !present, same.Min(c => c.From), same.Max(c => c.ValidTo ?? c.LastSeen), claims);
    }

    private static int RankOf(SearchMatch match, int order) => ((int)match * 10) + order;

    private static int Longer(string begun, string text) => text.Length - begun.Length <= 1 ? 0 : 1;

    private static int Slip(string typed, string meant) => TypingErrors.IsLikelier(typed, meant) ? 0 : 1;
}
