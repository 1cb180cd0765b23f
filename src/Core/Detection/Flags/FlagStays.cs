using MaritimeWatch.Identity;
using MaritimeWatch.Identity.Changes;
using MaritimeWatch.Units;

namespace MaritimeWatch.Detection.Flags;

/// <summary>A time under one flag, as some source says it.</summary>
/// <param name="ByRegister">True when a register says so, false when it is only the MID of the MMSI she used.</param>
/// <param name="Mmsi">The MMSI of the claim that began it; null where that names none.</param>
public sealed record FlagStay(FlagState Flag, DateTimeOffset From, DateTimeOffset Until, bool ByRegister, string ClaimId, Mmsi? Mmsi);

/// <summary>The flags of a hull in order of time, from dated entries of registers and lists and from the identities she broadcast.</summary>
public static class FlagStays
{
    /// <summary>
    /// Stays in order; neighbours of one flag are one stay, and a return to an old flag stays visible. A broadcast with another MID begins a
    /// stay only where <see cref="IdentityChange"/> finds that she changed flag: a misprogrammed set is none.
    /// </summary>
    public static IReadOnlyList<FlagStay> Of(Vessel vessel, FlagTables tables)
    {
        var stays = new List<FlagStay>();
        IdentityClaim? last = null;
        foreach (var claim in vessel.ClaimsInTime.Where(c => c.Status is not (RegisterStatus.NeverRegistered or RegisterStatus.Scrapped or RegisterStatus.CertificateNotOurs or RegisterStatus.UnderCheck)))
        {
            // A former number of unknown time tells no date of a change.
            if (PointedFlag.Of(claim, tables).Flag is not { } flag || (claim.ValidFrom is null && claim.ValidTo <= claim.FirstSeen) || (claim.Origin == ClaimOrigin.Register && claim.ValidFrom is null && claim.Status == RegisterStatus.Deleted))
            {
                continue;
            }

            var (until, byRegister) = (claim.ValidTo ?? claim.LastSeen, claim.Origin == ClaimOrigin.Register);
            if (last is not null && (stays[^1].Flag == flag || IdentityChange.Of(last, claim, tables).Verdict != FlagVerdict.Changed))
            {
                stays[^1] = stays[^1] with { Until = until > stays[^1].Until ? until : stays[^1].Until, ByRegister = stays[^1].ByRegister || (byRegister && stays[^1].Flag == flag), Mmsi = claim.Mmsi ?? stays[^1].Mmsi };

                // What was no change says nothing new of the flag: the next claim is held against the one that did.
                last = stays[^1].Flag == flag ? claim : last;
            }
            else
            {
                stays.Add(new FlagStay(flag, claim.From, until, byRegister, claim.Id, claim.Mmsi));
                last = claim;
            }
        }

        return stays;
    }
}
