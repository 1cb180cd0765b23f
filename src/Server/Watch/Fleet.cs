using MaritimeWatch.Cases;
using MaritimeWatch.Detection;
using MaritimeWatch.Identity;
using MaritimeWatch.Storage;
using MaritimeWatch.Units;

namespace MaritimeWatch.Server.Watch;

/// <summary>One page of ships; <paramref name="Next"/> is where the next begins, null at the end.</summary>
internal sealed record FleetPage<T>(IReadOnlyList<T> Ships, string? Next);

/// <summary>A ship that claims the flag, with the claims that do, and what of the register is known of her.</summary>
internal sealed record ClaimingShip(Vessel Hull, IReadOnlyList<IdentityClaim> Claims, IReadOnlyList<IdentityClaim> RegisterSays);

/// <summary>A ship on the register with a finding that a person has open.</summary>
internal sealed record FoundShip(Vessel Hull, Finding Finding, CaseFile Case);

/// <summary>
/// The ships of one flag, as its officials watch them (PRODUCT R11). That a ship is not on a register is said only where an extract
/// of that register was read, or the register itself has denied her: else nothing is known.
/// </summary>
internal sealed class Fleet(IStore store, HullDesk hulls, FlagTables flags, Intake intake, TimeProvider clock)
{
    private const int MostCases = 5000;

    private DateTimeOffset Now => intake.Now > DateTimeOffset.UnixEpoch ? intake.Now : clock.GetUtcNow();

    /// <summary>Ships that claim the flag by MID or in a list and are not on its register, in order of key.</summary>
    public async Task<FleetPage<ClaimingShip>> NotOnRegisterAsync(FlagState flag, string? after, int limit, CancellationToken cancel)
    {
        var (stated, ships) = (await store.Identities.OfFlagAsync(flag, cancel), new List<ClaimingShip>());
        var isRead = stated.Any(c => c.Origin == ClaimOrigin.Register && !StatementSource.IsStatement(c));
        var broadcast = (await store.Identities.LastBroadcastAsync(cancel)).Select(c => c.Mmsi!.Value).Where(m => flags.FlagOf(m) == flag).Select(m => Vessel.IdOf(null, m, ""));
        var listed = stated.Where(c => c.Origin == ClaimOrigin.List && (c.Imo is not null || c.Mmsi is not null)).Select(c => Vessel.IdOf(c.Imo, c.Mmsi, ""));
        foreach (var key in broadcast.Concat(listed).Distinct().Order(StringComparer.Ordinal).Where(k => string.CompareOrdinal(k, after ?? "") > 0))
        {
            if (await hulls.FindAsync(key, cancel) is not { } hull || FirstKey(hull, flag) != key || IsOn(hull, flag))
            {
                continue;
            }

            var says = hull.Registers.Where(c => c.Flag == flag).ToList();
            if (isRead || says.Any(c => c.Status is RegisterStatus.Deleted or RegisterStatus.NeverRegistered or RegisterStatus.CertificateNotOurs))
            {
                ships.Add(new ClaimingShip(hull, [.. hull.Claims.Where(c => Claims(c, flag))], says));
            }

            if (ships.Count == limit)
            {
                return new FleetPage<ClaimingShip>(ships, key);
            }
        }

        return new FleetPage<ClaimingShip>(ships, null);
    }

    /// <summary>Ships on the register with findings that a person has open, newest case first.</summary>
    public async Task<FleetPage<FoundShip>> WithFindingsAsync(FlagState flag, int skip, int limit, CancellationToken cancel)
    {
        var found = new List<FoundShip>();
        foreach (var file in (await store.Cases.AllAsync(MostCases, cancel)).Where(c => CaseRules.IsOpen(c.State)))
        {
            if (await store.Findings.FindAsync(file.Id, cancel) is { Finding: { Mmsi: { } mmsi } finding } && await hulls.OfAsync(mmsi, cancel) is var hull && IsOn(hull, flag))
            {
                found.Add(new FoundShip(hull, finding, file));
                if (found.Count > skip + limit)
                {
                    break;
                }
            }
        }

        return new FleetPage<FoundShip>([.. found.Skip(skip).Take(limit)], found.Count > skip + limit ? $"{skip + limit}" : null);
    }

    /// <summary>True when the flag's register has her now: its officials' word before its extracts.</summary>
    private bool IsOn(Vessel hull, FlagState flag)
    {
        var says = hull.Registers.Where(c => c.Flag == flag).ToList();
        var word = says.Where(c => StatementSource.Speaks(c, Now)).ToList();
        return (word.Count > 0 ? word : says.Where(c => !StatementSource.IsStatement(c))).Any(c => c.Status is null or RegisterStatus.Registered or RegisterStatus.Provisional && c.From <= Now && !(c.ValidTo < Now));
    }

    private bool Claims(IdentityClaim claim, FlagState flag) => claim.Origin switch
    {
        ClaimOrigin.Broadcast => claim.Mmsi is { } mmsi && flags.FlagOf(mmsi) == flag,
        ClaimOrigin.List => claim.Flag == flag,
        _ => false,
    };

    // A hull that claims the flag under several numbers is shown once.
    private string? FirstKey(Vessel hull, FlagState flag) => hull.Claims.Where(c => Claims(c, flag))
        .Select(c => c.Origin == ClaimOrigin.Broadcast ? Vessel.IdOf(null, c.Mmsi, "") : c.Imo is null && c.Mmsi is null ? null : Vessel.IdOf(c.Imo, c.Mmsi, "")).OfType<string>().Order(StringComparer.Ordinal).FirstOrDefault();
}
