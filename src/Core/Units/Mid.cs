namespace MaritimeWatch.Units;

/// <summary>
/// Maritime identification digits: the three digits of an MMSI that name an administration, 201 to 775
/// (ITU-R M.585-9, annex 1; allocations in the ITU table, see seeds/mid). A claim of flag, not proof of it.
/// </summary>
public readonly record struct Mid
{
    /// <summary>First and last digits the ITU allocates to a region: 2 (Europe) to 7 (South America).</summary>
    public const int Lowest = 201, Highest = 775;

    private readonly ushort digits;

    private Mid(ushort digits) => this.digits = digits;

    /// <summary>The three digits as a number, 201 to 775.</summary>
    public int Digits => digits;

    /// <summary>Gives the MID, or null when the number is outside 201 to 775.</summary>
    public static Mid? From(int digits) => digits is >= Lowest and <= Highest ? new Mid((ushort)digits) : null;

    public override string ToString() => digits.ToString("000");
}
