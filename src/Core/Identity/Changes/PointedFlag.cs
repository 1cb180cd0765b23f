using MaritimeWatch.Units;

namespace MaritimeWatch.Identity.Changes;

/// <summary>
/// The flag that an identity points to, and by what: the MID of the MMSI, the series of the call sign, or a source that states it.
/// A pointer is a claim, never proof (SCIENCE 3.2, I1 and I3).
/// </summary>
/// <param name="Stated">Flag a register or list states; null for a broadcast.</param>
/// <param name="ByMid">Flag the MID is allocated to; null when it is not allocated or the MMSI is not a ship's.</param>
/// <param name="BySeries">Flags whose series the call sign comes from; empty when none does or there is no call sign.</param>
public sealed record PointedFlag(FlagState? Stated, FlagState? ByMid, IReadOnlyList<FlagState> BySeries)
{
    /// <summary>The flag taken: as stated, else by the MID, else by a series that one administration alone has; null where nothing points anywhere.</summary>
    public FlagState? Flag => Stated ?? ByMid ?? (BySeries.Count == 1 ? BySeries[0] : null);

    /// <summary>What is read from the claim.</summary>
    public static PointedFlag Of(IdentityClaim claim, FlagTables tables) => new(
        claim.Flag,
        claim.Mmsi is { } mmsi && !Hulls.IsJunk(mmsi) ? tables.FlagOf(mmsi) : null,
        IsOfSeries(claim.CallSign) && CallSign.TryParse(claim.CallSign, out var sign) ? tables.FlagsOf(sign) : []);

    /// <summary>Whether the call sign points to the flag, or to a State whose series the flag's territory uses.</summary>
    public bool SeriesPointsTo(FlagState flag, FlagTables tables) => BySeries.Any(s => tables.SameRealm(s, flag));

    // Digits alone are a fleet's own number, not a call sign (Radio Regulations 19.50: the first two characters hold a letter).
    private static bool IsOfSeries(string? callSign) => callSign is { Length: >= 4 } && callSign.Take(2).Any(char.IsAsciiLetter);
}
