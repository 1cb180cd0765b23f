using MaritimeWatch.Units;

namespace MaritimeWatch.Identity.Changes;

/// <summary>Whether one ship's change of identity is a change of flag.</summary>
public enum FlagVerdict
{
    /// <summary>Nothing points to two flags, or what does is better explained by a wrong number.</summary>
    Same,

    /// <summary>The new identity is of another flag, and something besides the MID bears it out.</summary>
    Changed,

    /// <summary>The numbers point to two flags and nothing bears it out or denies it.</summary>
    CannotTell,
}

/// <summary>
/// One identity of a ship after another: did she change flag, or only her numbers? A different MID alone is no reflagging: sets are
/// misprogrammed, and fleets share numbers. The call sign, the IMO number and the name decide (SCIENCE 3.1, 3.2 I1, I3, I4).
/// Flags carry no weight: every rule holds for any permutation of them.
/// </summary>
/// <param name="Verdict">The answer.</param>
/// <param name="Before">Flag the old identity points to; null where nothing does.</param>
/// <param name="After">Flag the new one points to; null where nothing does.</param>
/// <param name="Reason">The rule that decided, one sentence.</param>
public sealed record IdentityChange(FlagVerdict Verdict, FlagState? Before, FlagState? After, string Reason)
{
    /// <summary>Judges two claims of one hull, the older first.</summary>
    public static IdentityChange Of(IdentityClaim before, IdentityClaim after, FlagTables tables)
    {
        var (old, now) = (PointedFlag.Of(before, tables), PointedFlag.Of(after, tables));
        IdentityChange Says(FlagVerdict verdict, string reason) => new(verdict, old.Flag, now.Flag, reason);

        if (old.Flag is not { } from || now.Flag is not { } to)
        {
            return Says(FlagVerdict.Same, "One of the identities points to no flag: there is no information, which is not a change.");
        }

        if (from == to)
        {
            return Says(FlagVerdict.Same, "Both point to one flag.");
        }

        if (old.Stated is not null && now.Stated is not null)
        {
            return Says(FlagVerdict.Changed, "Two sources state two flags.");
        }

        if (SameText(before.CallSign, after.CallSign))
        {
            return Says(FlagVerdict.Same, "The call sign stayed: with a lawful change of flag it is assigned anew.");
        }

        if (Contradicts(now, to, from, tables))
        {
            return Says(FlagVerdict.Same, "The new call sign is still of the old flag: the MMSI is wrong, or ahead.");
        }

        if (Contradicts(old, from, to, tables))
        {
            return Says(FlagVerdict.Same, "The old call sign was of the new flag already: the MMSI was wrong before.");
        }

        if (now.SeriesPointsTo(to, tables) || old.SeriesPointsTo(from, tables))
        {
            return Says(FlagVerdict.Changed, "A call sign bears the MID out.");
        }

        if (before.Imo is not null && before.Imo == after.Imo)
        {
            return Says(FlagVerdict.Changed, "One IMO number is broadcast under both.");
        }

        return IsName(before.Name) && IsName(after.Name) && NoCallSign(before) && NoCallSign(after)
            ? Says(FlagVerdict.Changed, "Both identities have a name and no call sign speaks against the MID.")
            : Says(FlagVerdict.CannotTell, "Only the MID differs, and the names are missing or are registration marks of a fleet: a set may be misprogrammed.");
    }

    // The series points to the other of the two flags, and not to the one the MID has.
    private static bool Contradicts(PointedFlag of, FlagState own, FlagState other, FlagTables tables) =>
        of.BySeries.Count > 0 && !of.SeriesPointsTo(own, tables) && of.SeriesPointsTo(other, tables);

    private static bool NoCallSign(IdentityClaim claim) => string.IsNullOrWhiteSpace(claim.CallSign);

    private static bool SameText(string? a, string? b) => !string.IsNullOrWhiteSpace(a) && string.Equals(a.Trim(), b?.Trim(), StringComparison.OrdinalIgnoreCase);

    // A run of three digits or more is a registration mark: fleets share the words before it.
    private static bool IsName(string? name)
    {
        var run = 0;
        foreach (var c in name ?? "")
        {
            run = char.IsAsciiDigit(c) ? run + 1 : 0;
            if (run == 3)
            {
                return false;
            }
        }

        return !string.IsNullOrWhiteSpace(name);
    }
}
