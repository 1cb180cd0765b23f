using MaritimeWatch.Units;

namespace MaritimeWatch.Detection.Flags;

/// <summary>
/// How often ships of a type and age change flag: proposals around the 5 to 10 in 100 a year of the world fleet (SCIENCE 3.3), to be
/// measured for a fleet before they are trusted. Never by flag.
/// </summary>
public static class ChurnBaseline
{
    /// <summary>Changes of flag a year, 0.04 to 0.18. A type that is not known counts as the most mobile but tankers, so as not to overstate.</summary>
    /// <param name="shipType">Ship and cargo type, ITU-R M.1371-5 table 53.</param>
    /// <param name="ageYears">Years since she was built; null when not known.</param>
    public static double FlagChangesPerYear(int? shipType, int? ageYears) => ByType(shipType) * (ageYears >= 20 ? 1.5 : 1);

    private static double ByType(int? shipType) => shipType switch
    {
        30 => 0.05,
        >= 60 and < 70 => 0.04,
        31 or 32 or (>= 50 and < 60) => 0.06,
        >= 80 and < 90 => 0.12,
        _ => 0.1,
    };
}

/// <summary>Ships of one owner that went from one flag to another together: a company's decision, not a ship's (SCIENCE 3.3).</summary>
/// <param name="Owner">As stated.</param>
/// <param name="From">Flag left.</param>
/// <param name="To">Flag taken.</param>
/// <param name="First">The first of them.</param>
/// <param name="Last">The last of them.</param>
/// <param name="Ships">How many hulls, 3 or more.</param>
public sealed record FleetMove(string Owner, FlagState From, FlagState To, DateTimeOffset First, DateTimeOffset Last, int Ships);
