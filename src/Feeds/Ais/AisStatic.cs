using MaritimeWatch.Units;

namespace MaritimeWatch.Feeds.Ais;

/// <summary>
/// Static and voyage fields of messages 4, 5, 9, 11, 19, 21 and 24 (ITU-R M.1371-5). Not available is null. Kept in the steps of the
/// wire, texts without strings until they are asked for.
/// </summary>
public readonly record struct AisStatic
{
    internal SixBitText NameText { get; init; }

    /// <summary>The end of a long name, message 21.</summary>
    internal SixBitText NameExtension { get; init; }

    internal SixBitText CallSignText { get; init; }

    internal SixBitText DestinationText { get; init; }

    internal SixBitText VendorText { get; init; }

    internal uint ImoNumber { get; init; }

    /// <summary>Reference point A, B, C, D as sent: 9, 9, 6 and 6 bits; all zero means not available (figure 41).</summary>
    internal uint Dimensions { get; init; }

    /// <summary>Month, day, hour and minute as sent: 4, 5, 5 and 6 bits.</summary>
    internal uint Eta { get; init; }

    internal uint MotherShipNumber { get; init; }

    internal byte PartAndOne { get; init; }

    internal byte TypeNumber { get; init; }

    internal byte EpfdNumber { get; init; }

    internal byte DraughtTenths { get; init; }

    internal byte VersionAndOne { get; init; }

    internal byte State { get; init; }

    internal StaticFlags Flags { get; init; }

    /// <summary>0 for part A of message 24, 1 for part B, null for other messages.</summary>
    public int? Part => PartAndOne == 0 ? null : PartAndOne - 1;

    public int? Imo => ImoNumber == 0 ? null : (int)ImoNumber;

    public string? CallSign => CallSignText.Text;

    public string? Name => NameText.Text is { } name ? name.Length == 20 ? name + NameExtension.Text : name : null;

    public int? ShipType => Has(StaticFlags.Aid) ? null : OrNull(TypeNumber);

    /// <summary>Type of aid to navigation, message 21 (table 74).</summary>
    public int? AidType => Has(StaticFlags.Aid) ? OrNull(TypeNumber) : null;

    public int? ToBowM => Dimensions == 0 ? null : (int)(Dimensions >> 21);

    public int? ToSternM => Dimensions == 0 ? null : (int)((Dimensions >> 12) & 511);

    public int? ToPortM => Dimensions == 0 ? null : (int)((Dimensions >> 6) & 63);

    public int? ToStarboardM => Dimensions == 0 ? null : (int)(Dimensions & 63);

    /// <summary>Type of position fixing device, 1 to 15; null when undefined (0).</summary>
    public int? Epfd => OrNull(EpfdNumber);

    public int? EtaMonth => !Has(StaticFlags.Voyage) || Eta >> 16 is 0 or > 12 ? null : (int)(Eta >> 16);

    public int? EtaDay => !Has(StaticFlags.Voyage) ? null : OrNull((Eta >> 11) & 31);

    public int? EtaHour => !Has(StaticFlags.Voyage) || ((Eta >> 6) & 31) >= 24 ? null : (int)((Eta >> 6) & 31);

    public int? EtaMinute => !Has(StaticFlags.Voyage) || (Eta & 63) >= 60 ? null : (int)(Eta & 63);

    public double? DraughtM => DraughtTenths == 0 ? null : DraughtTenths / 10.0;

    public string? Destination => DestinationText.Text;

    public string? VendorId => VendorText.Text;

    /// <summary>MMSI of the parent ship of an auxiliary craft (message 24 B of a 98 identity).</summary>
    public Mmsi? MotherShip => MotherShipNumber is > 0 and <= Mmsi.Highest ? new Mmsi((int)MotherShipNumber) : null;

    /// <summary>Edition of the recommendation the set follows, message 5: 0 is M.1371-1, 1 is M.1371-3, 2 is M.1371-5.</summary>
    public int? AisVersion => VersionAndOne == 0 ? null : VersionAndOne - 1;

    /// <summary>True when no keyboard and display is ready; messages 5, 9 and 19.</summary>
    public bool? DataTerminalNotReady => Has(StaticFlags.SaysTerminal) ? Has(StaticFlags.TerminalNotReady) : null;

    /// <summary>State of an aid to navigation by its authority's own table, message 21.</summary>
    public int? AidState => Has(StaticFlags.Aid) ? State : null;

    public bool? OffPosition => Has(StaticFlags.Aid) ? Has(StaticFlags.OffPosition) : null;

    public bool? VirtualAid => Has(StaticFlags.Aid) ? Has(StaticFlags.VirtualAid) : null;

    private bool Has(StaticFlags flag) => (Flags & flag) != 0;

    private static int? OrNull(uint value) => value == 0 ? null : (int)value;
}

/// <summary>What a static message is and says by single bits.</summary>
[Flags]
internal enum StaticFlags : byte
{
    None = 0,
    Voyage = 1,
    Aid = 2,
    SaysTerminal = 4,
    TerminalNotReady = 8,
    OffPosition = 16,
    VirtualAid = 32,
}
