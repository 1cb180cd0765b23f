using MaritimeWatch.Units;

namespace MaritimeWatch.Tracks;

/// <summary>AIS equipment class (ITU-R M.1371-5): A is carried by SOLAS ships, B by others.</summary>
public enum TransponderClass : byte
{
    Unknown,
    A,
    B,
}

/// <summary>What received a report. Terrestrial stations, satellites, or other ships that relay (dynamic).</summary>
public enum ReceiverKind : byte
{
    Unknown,
    Terrestrial,
    Satellite,
    Dynamic,
}

/// <summary>Navigational status in the order of ITU-R M.1371-5, table 45 note (message 1, 2, 3).</summary>
public enum NavigationalStatus : byte
{
    UnderWayUsingEngine,
    AtAnchor,
    NotUnderCommand,
    RestrictedManoeuvrability,
    ConstrainedByDraught,
    Moored,
    Aground,
    EngagedInFishing,
    UnderWaySailing,
    ReservedHsc,
    ReservedWig,
    TowingAstern,
    PushingAhead,
    ReservedForFutureUse,
    SartActive,
    NotDefined,
}

/// <summary>
/// A cleaned position of one vessel at one moment, packed in 24 bytes as it is stored: time to a millisecond, position to
/// 1e-7 degree, speed to 0.1 kn, course to 0.1°. What was not available is null, never a sentinel.
/// </summary>
public readonly record struct Fix : IComparable<Fix>
{
    private readonly long timeMs;
    private readonly int latE7, lonE7;
    private readonly short sogTenths, cogTenths, headingDeg;
    private readonly byte status, origin;

    /// <summary>A fix from typed values.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The position is not on Earth, or speed, course or heading is out of range.</exception>
    public Fix(DateTimeOffset time, GeoPoint at, double? sogKnots = null, double? cogDeg = null, int? headingDeg = null,
        NavigationalStatus? status = null, TransponderClass transponder = TransponderClass.Unknown, ReceiverKind receiver = ReceiverKind.Unknown)
        : this(time.ToUnixTimeMilliseconds(), (int)Math.Round(at.LatDeg * 1e7), (int)Math.Round(at.LonDeg * 1e7),
            Tenths(sogKnots, 0, 3000), Tenths(cogDeg, 0, 360), (short)(headingDeg ?? -1), (byte)(status is { } s ? (byte)s : 255), (byte)((byte)transponder | ((byte)receiver << 4)))
    {
        if (headingDeg is < 0 or > 359)
        {
            throw new ArgumentOutOfRangeException(nameof(headingDeg), headingDeg, "A heading is 0 to 359 degrees.");
        }
    }

    private Fix(long timeMs, int latE7, int lonE7, short sogTenths, short cogTenths, short headingDeg, byte status, byte origin)
    {
        this.timeMs = timeMs;
        this.latE7 = latE7;
        this.lonE7 = lonE7;
        this.sogTenths = sogTenths;
        this.cogTenths = cogTenths;
        this.headingDeg = headingDeg;
        this.status = status;
        this.origin = origin;
    }

    /// <summary>Event time: when the vessel was there, as far as the source tells.</summary>
    public DateTimeOffset Time => DateTimeOffset.FromUnixTimeMilliseconds(timeMs);

    public GeoPoint At => new(LatDeg, LonDeg);

    public double LatDeg => latE7 / 1e7;

    public double LonDeg => lonE7 / 1e7;

    /// <summary>Speed over ground, 0 to 3000 kn (aircraft included); null when not available.</summary>
    public double? SogKnots => sogTenths < 0 ? null : sogTenths / 10.0;

    /// <summary>Course over ground, 0 to 359.9°; null when not available.</summary>
    public double? CogDeg => cogTenths < 0 ? null : cogTenths / 10.0;

    /// <summary>True heading, 0 to 359°; null when not available.</summary>
    public int? HeadingDeg => headingDeg < 0 ? null : headingDeg;

    public NavigationalStatus? Status => status == 255 ? null : (NavigationalStatus)status;

    public TransponderClass Transponder => (TransponderClass)(origin & 15);

    public ReceiverKind Receiver => (ReceiverKind)(origin >> 4);

    /// <summary>At anchor, moored or aground by her own report.</summary>
    public bool SaysStationary => Status is NavigationalStatus.AtAnchor or NavigationalStatus.Moored or NavigationalStatus.Aground;

    /// <summary>The stored columns, in the order of the chunk codec: time ms, lat 1e-7°, lon 1e-7°, SOG 0.1 kn, COG 0.1°, heading °, status, origin; -1 or 255 is absent.</summary>
    public (long TimeMs, int LatE7, int LonE7, short SogTenths, short CogTenths, short HeadingDeg, byte Status, byte Origin) Columns =>
        (timeMs, latE7, lonE7, sogTenths, cogTenths, headingDeg, status, origin);

    /// <summary>A fix from stored columns; the reverse of <see cref="Columns"/>.</summary>
    public static Fix FromColumns(long timeMs, int latE7, int lonE7, short sogTenths, short cogTenths, short headingDeg, byte status, byte origin) =>
        new(timeMs, latE7, lonE7, sogTenths, cogTenths, headingDeg, status, origin);

    /// <summary>By time, then by the other columns, so that any shuffled set of fixes has one order.</summary>
    public int CompareTo(Fix other)
    {
        var c = timeMs.CompareTo(other.timeMs);
        c = c != 0 ? c : latE7.CompareTo(other.latE7);
        c = c != 0 ? c : lonE7.CompareTo(other.lonE7);
        c = c != 0 ? c : sogTenths.CompareTo(other.sogTenths);
        c = c != 0 ? c : cogTenths.CompareTo(other.cogTenths);
        c = c != 0 ? c : headingDeg.CompareTo(other.headingDeg);
        c = c != 0 ? c : status.CompareTo(other.status);
        return c != 0 ? c : origin.CompareTo(other.origin);
    }

    private static short Tenths(double? value, double lowest, double highest)
    {
        if (value is not { } v)
        {
            return -1;
        }

        if (!(v >= lowest && v <= highest))
        {
            throw new ArgumentOutOfRangeException(nameof(value), v, $"Expected {lowest} to {highest}.");
        }

        var tenths = (short)Math.Round(v * 10);
        return highest == 360 && tenths == 3600 ? (short)0 : tenths;
    }
}
