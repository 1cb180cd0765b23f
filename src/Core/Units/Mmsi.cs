using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace MaritimeWatch.Units;

/// <summary>What kind of station the digits of an MMSI announce (ITU-R M.585-9, annexes 1 and 2).</summary>
public enum MmsiKind
{
    /// <summary>MIDXXXXXX: a ship station.</summary>
    Ship,

    /// <summary>0MIDXXXXX: a group of ship stations.</summary>
    Group,

    /// <summary>00MIDXXXX: a coast station, also an AIS base station.</summary>
    CoastStation,

    /// <summary>111MIDXXX: an aircraft in search and rescue.</summary>
    SarAircraft,

    /// <summary>99MIDXXXX: an aid to navigation.</summary>
    AidToNavigation,

    /// <summary>98MIDXXXX: a craft of a parent ship.</summary>
    CraftOfShip,

    /// <summary>8MIDXXXXX: a handheld VHF with DSC and GNSS.</summary>
    Handheld,

    /// <summary>970, 972, 974: AIS-SART, man overboard, EPIRB-AIS.</summary>
    Distress,

    /// <summary>None of the formats of the Recommendation: often a set that was never configured.</summary>
    Unassigned,
}

/// <summary>
/// Maritime mobile service identity: nine digits, 000000000 to 999999999 (ITU-R M.585-9). It belongs to a radio
/// licence, not to a hull; it changes with the flag and is sometimes shared.
/// </summary>
public readonly record struct Mmsi : IComparable<Mmsi>
{
    /// <summary>The greatest number nine digits can hold.</summary>
    public const int Highest = 999_999_999;

    /// <summary>The number, 0 to 999,999,999.</summary>
    public int Number { get; }

    /// <exception cref="ArgumentOutOfRangeException">The number is negative or has more than nine digits.</exception>
    public Mmsi(int number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, Highest);
        Number = number;
    }

    /// <summary>The format of the Recommendation the digits follow.</summary>
    public MmsiKind Kind => Number switch
    {
        < 10_000_000 => MidIn(Number / 10_000) ? MmsiKind.CoastStation : MmsiKind.Unassigned,
        < 100_000_000 => MidIn(Number / 100_000) ? MmsiKind.Group : MmsiKind.Unassigned,
        >= 111_000_000 and < 112_000_000 => MidIn(Number / 1_000 % 1_000) ? MmsiKind.SarAircraft : MmsiKind.Unassigned,
        >= 970_000_000 and < 971_000_000 => MmsiKind.Distress,
        >= 972_000_000 and < 973_000_000 => MmsiKind.Distress,
        >= 974_000_000 and < 975_000_000 => MmsiKind.Distress,
        >= 990_000_000 => MidIn(Number / 10_000 % 1_000) ? MmsiKind.AidToNavigation : MmsiKind.Unassigned,
        >= 980_000_000 => MidIn(Number / 10_000 % 1_000) ? MmsiKind.CraftOfShip : MmsiKind.Unassigned,
        >= 800_000_000 and < 900_000_000 => MidIn(Number / 100_000 % 1_000) ? MmsiKind.Handheld : MmsiKind.Unassigned,
        >= 200_000_000 and < 800_000_000 => MidIn(Number / 1_000_000) ? MmsiKind.Ship : MmsiKind.Unassigned,
        _ => MmsiKind.Unassigned,
    };

    /// <summary>The MID, where the format has one and it lies in 201 to 775.</summary>
    public Mid? Mid => Kind switch
    {
        MmsiKind.Ship => Units.Mid.From(Number / 1_000_000),
        MmsiKind.CoastStation => Units.Mid.From(Number / 10_000),
        MmsiKind.Group => Units.Mid.From(Number / 100_000),
        MmsiKind.SarAircraft => Units.Mid.From(Number / 1_000 % 1_000),
        MmsiKind.AidToNavigation or MmsiKind.CraftOfShip => Units.Mid.From(Number / 10_000 % 1_000),
        MmsiKind.Handheld => Units.Mid.From(Number / 100_000 % 1_000),
        _ => null,
    };

    /// <summary>Reads one to nine digits; leading zeros may be missing, as in most CSV files.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Mmsi mmsi) => TryParse(text.AsSpan(), out mmsi);

    /// <inheritdoc cref="TryParse(string?, out Mmsi)"/>
    public static bool TryParse(ReadOnlySpan<char> text, out Mmsi mmsi)
    {
        mmsi = default;
        text = text.Trim();
        if (text.Length is 0 or > 9 || !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        mmsi = new Mmsi(number);
        return true;
    }

    /// <exception cref="FormatException">The text is not one to nine digits.</exception>
    public static Mmsi Parse(string text) =>
        TryParse(text, out var mmsi) ? mmsi : throw new FormatException($"An MMSI has one to nine digits; found '{text}'.");

    public int CompareTo(Mmsi other) => Number.CompareTo(other.Number);

    /// <summary>Nine digits with leading zeros.</summary>
    public override string ToString() => Number.ToString("000000000", CultureInfo.InvariantCulture);

    private static bool MidIn(int digits) => Units.Mid.From(digits) is not null;
}
