using MaritimeWatch.Units;

namespace MaritimeWatch.Identity;

/// <summary>Why a claim stands with a hull.</summary>
public enum JoinReason
{
    /// <summary>The same IMO number with a right check digit.</summary>
    Imo,

    /// <summary>The same MMSI, within <see cref="Hulls.MmsiSlack"/> of a time at which that hull used it and no other did.</summary>
    MmsiAtTheTime,

    /// <summary>The same call sign and the same name, of one hull alone.</summary>
    CallSignAndName,

    /// <summary>Nothing joins it to another claim.</summary>
    Alone,

    /// <summary>A person merged or split, with a reason.</summary>
    Decision,
}

/// <summary>A claim in its hull, with what put it there.</summary>
public sealed record HullClaim(IdentityClaim Claim, JoinReason Reason);

/// <summary>A hull as the claims amount to it.</summary>
/// <param name="Id">As <see cref="Vessel.IdOf"/>; a claim without a number is its own key.</param>
public sealed record Hull(string Id, IReadOnlyList<HullClaim> Claims)
{
    /// <summary>
    /// Claims that speak of one time and differ from another claim of the hull in flag (or the flag their MMSI points to) or by more than a
    /// tenth in length. A reflagging
    /// takes its time: claims that only meet within <see cref="Hulls.MmsiSlack"/> are not in conflict.
    /// </summary>
    public IReadOnlyList<IdentityClaim> InConflict(FlagTables flags) =>
        [.. Claims.Select(c => c.Claim).Where(a => Claims.Any(b => Hulls.Overlap(a, b.Claim, TimeSpan.Zero) && Differ(a, b.Claim, flags)))];

    private static bool Differ(IdentityClaim a, IdentityClaim b, FlagTables flags) =>
        (a.Flag ?? (a.Mmsi is { } m ? flags.FlagOf(m) : null)) is { } one && (b.Flag ?? (b.Mmsi is { } n ? flags.FlagOf(n) : null)) is { } other && !flags.SameRealm(one, other)
        || a.LengthM is { } l && b.LengthM is { } k && Math.Abs(l - k) > LengthTolerance * Math.Max(l, k);

    /// <summary>Share by which lengths of one ship may differ between sources: a tenth (SCIENCE 3.2, I7).</summary>
    private const double LengthTolerance = 0.1;
}

/// <summary>
/// Reads claims into hulls: by IMO number, then by MMSI with time, then by call sign and name. A doubtful join is not made: two
/// hulls of one ship cost a look, one hull of two ships accuses the wrong one. The order of the claims does not matter.
/// </summary>
public static class Hulls
{
    /// <summary>Time an MMSI is still taken as hers around a claim: the 90 days a lawful change of flag may take to reach the radio.</summary>
    public static readonly TimeSpan MmsiSlack = TimeSpan.FromDays(90);

    /// <summary>Two identities of one hull may overlap by this while sets are changed over: 7 days (Park et al. 2023; SCIENCE 3.1). More is reported.</summary>
    public static readonly TimeSpan IdentityOverlap = TimeSpan.FromDays(7);

    /// <summary>Numbers of sets that were never configured, met on many hulls at once (list of Park et al., Science Advances 2023, see seeds/PROVENANCE.md).</summary>
    public static bool IsJunk(Mmsi mmsi) => mmsi.Number is 0 or 1 or 123_456_789 or 111_111_111 or 888_888_888 or 999_999_999 or 110_000_000 or 412_000_000 or 413_000_000
        || (mmsi.Number % 100_000_000 == 0 && mmsi.Number > 0);

    /// <summary>True when two claims speak of times not further apart than the slack.</summary>
    public static bool Overlap(IdentityClaim a, IdentityClaim b, TimeSpan slack) => a.From <= UntilOf(b) + slack && b.From <= UntilOf(a) + slack;

    private static DateTimeOffset UntilOf(IdentityClaim claim) => claim.ValidTo ?? claim.LastSeen;

    public static IReadOnlyList<Hull> Of(IEnumerable<IdentityClaim> claims, IEnumerable<HullDecision>? decisions = null)
    {
        var known = claims.DistinctBy(c => c.Id).OrderBy(c => c.From).ThenBy(c => c.Id, StringComparer.Ordinal).ToList();
        var decided = new HullDecisions(decisions ?? []);

        var hulls = new Dictionary<string, List<HullClaim>>();
        var rest = new List<IdentityClaim>();
        foreach (var claim in known)
        {
            if (decided.SplitOf(claim.Id) is { } split)
            {
                Put(split.HullId, claim, JoinReason.Decision);
            }
            else if (claim.Imo is { } imo)
            {
                Put(Vessel.IdOf(imo, null, ""), claim, JoinReason.Imo);
            }
            else
            {
                rest.Add(claim);
            }
        }

        rest = ByMmsi(rest);
        ByCallSignAndName(rest);
        return [.. hulls.GroupBy(h => decided.RootOf(h.Key)).OrderBy(h => h.Key, StringComparer.Ordinal).Select(h => new Hull(h.Key, Merged(h)))];

        static List<HullClaim> Merged(IGrouping<string, KeyValuePair<string, List<HullClaim>>> one) =>
            [.. one.OrderBy(h => h.Key != one.Key).ThenBy(h => h.Key, StringComparer.Ordinal).SelectMany(h => h.Key == one.Key ? h.Value : h.Value.Select(c => c with { Reason = JoinReason.Decision }))];

        // A claim by MMSI goes to the one hull with an IMO number that used it then; between two it goes to neither.
        List<IdentityClaim> ByMmsi(List<IdentityClaim> open)
        {
            var users = hulls.Where(h => h.Key.StartsWith("imo:", StringComparison.Ordinal))
                .SelectMany(h => h.Value.Where(c => Usable(c.Claim) is not null).Select(c => (c.Claim.Mmsi!.Value, Hull: h.Key, c.Claim)))
                .ToLookup(u => u.Value, u => (u.Hull, u.Claim));
            var left = new List<IdentityClaim>();
            foreach (var claim in open)
            {
                var fit = Usable(claim) is { } mmsi ? users[mmsi].Where(u => Overlap(u.Claim, claim, MmsiSlack)).Select(u => u.Hull).Distinct().ToList() : [];
                if (fit.Count == 1)
                {
                    Put(fit[0], claim, JoinReason.MmsiAtTheTime);
                }
                else
                {
                    left.Add(claim);
                }
            }

            return left;
        }

        void ByCallSignAndName(List<IdentityClaim> open)
        {
            var named = hulls.SelectMany(h => h.Value.Where(c => KeyOf(c.Claim) is not null).Select(c => (Key: KeyOf(c.Claim)!, Hull: h.Key, c.Claim))).ToLookup(n => n.Key, n => (n.Hull, n.Claim));
            foreach (var claim in open)
            {
                var fit = KeyOf(claim) is { } key ? named[key].Select(n => n.Hull).Distinct().ToList() : [];
                if (fit.Count == 1 && !hulls[fit[0]].Any(c => Usable(claim) is { } mine && Usable(c.Claim) is { } hers && mine != hers && Overlap(c.Claim, claim, TimeSpan.Zero)))
                {
                    Put(fit[0], claim, JoinReason.CallSignAndName);
                }
                else if (Usable(claim) is { } mmsi)
                {
                    // An MMSI passes from ship to ship: claims of one number join while no more than the slack lies between them.
                    var id = Vessel.IdOf(null, mmsi, "");
                    var place = hulls.TryGetValue(id, out var before) && !before.Any(b => Overlap(b.Claim, claim, MmsiSlack)) ? $"{id}@{claim.From:yyyyMMdd}" : id;
                    Put(place, claim, hulls.ContainsKey(place) ? JoinReason.MmsiAtTheTime : JoinReason.Alone);
                }
                else
                {
                    var id = KeyOf(claim) is { } own ? $"name:{own}" : $"claim:{claim.Id}";
                    Put(id, claim, hulls.ContainsKey(id) ? JoinReason.CallSignAndName : JoinReason.Alone);
                }
            }
        }

        void Put(string id, IdentityClaim claim, JoinReason reason)
        {
            if (!hulls.TryGetValue(id, out var list))
            {
                hulls[id] = list = [];
            }

            list.Add(new HullClaim(claim, reason));
        }
    }

    private static Mmsi? Usable(IdentityClaim claim) => claim.Mmsi is { Kind: MmsiKind.Ship } mmsi && !IsJunk(mmsi) ? mmsi : null;

    // Call sign and name as one key, without spaces and punctuation; null when one of them is missing or too short to tell ships apart.
    private static string? KeyOf(IdentityClaim claim) => Plain(claim.CallSign) is { Length: >= 4 } call && Plain(claim.Name) is { Length: >= 3 } name ? $"{call}/{name}" : null;

    private static string? Plain(string? text) => text is null ? null : string.Concat(text.Where(char.IsLetterOrDigit)).ToUpperInvariant();
}
