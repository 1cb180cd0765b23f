using MaritimeWatch.Identity;
using MaritimeWatch.Units;

namespace MaritimeWatch.Detection.Flags;

/// <summary>A time under one flag, as some source says it.</summary>
/// <param name="ByRegister">True when a register says so, false when it is only the MID of the MMSI she used.</param>
public sealed record FlagStay(FlagState Flag, DateTimeOffset From, DateTimeOffset Until, bool ByRegister, string ClaimId, Mmsi? Mmsi);

/// <summary>The flags of a hull in order of time, from dated register entries and from the MMSIs she broadcast.</summary>
public static class FlagStays
{
    /// <summary>Stays in order; neighbours of one flag are one stay. A return to an old flag stays visible.</summary>
    public static IReadOnlyList<FlagStay> Of(Vessel vessel, FlagTables tables)
    {
        var stays = new List<FlagStay>();
        foreach (var claim in vessel.Claims.Where(c => c.Status is not (RegisterStatus.NeverRegistered or RegisterStatus.CertificateNotOurs or RegisterStatus.UnderCheck)).OrderBy(c => c.From).ThenBy(c => c.Id, StringComparer.Ordinal))
        {
            var flag = claim.Origin == ClaimOrigin.Register ? claim.Flag : claim is { Origin: ClaimOrigin.Broadcast, Mmsi: { } mmsi } ? tables.FlagOf(mmsi) : null;
            if (flag is not { } f || (claim.Origin == ClaimOrigin.Register && claim.ValidFrom is null && claim.Status == RegisterStatus.Deleted))
            {
                continue;
            }

            var until = claim.ValidTo ?? claim.LastSeen;
            if (stays.Count > 0 && stays[^1].Flag == f)
            {
                stays[^1] = stays[^1] with { Until = until > stays[^1].Until ? until : stays[^1].Until, ByRegister = stays[^1].ByRegister || claim.Origin == ClaimOrigin.Register, Mmsi = claim.Mmsi ?? stays[^1].Mmsi };
            }
            else
            {
                stays.Add(new FlagStay(f, claim.From, until, claim.Origin == ClaimOrigin.Register, claim.Id, claim.Mmsi));
            }
        }

        return stays;
    }
}
