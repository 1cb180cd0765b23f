using MaritimeWatch.Feeds.Ais;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Feeds.Json;

/// <summary>What a JSON record says, still in the source's values; <see cref="JsonObservations"/> ends those that mean "not available".</summary>
internal sealed record JsonReport
{
    public long? Mmsi { get; init; }

    /// <summary>When the source received it.</summary>
    public DateTimeOffset? Received { get; init; }

    /// <summary>UTC second of the position, 0 to 59; other values say that there is none (ITU-R M.1371-5, table 48).</summary>
    public long? UtcSecond { get; init; }

    public string? Station { get; init; }

    public TransponderClass Transponder { get; init; }

    public bool IsPosition { get; init; }

    public double? LatDeg { get; init; }

    public double? LonDeg { get; init; }

    public double? SogKnots { get; init; }

    public double? CogDeg { get; init; }

    public double? HeadingDeg { get; init; }

    public long? Status { get; init; }

    public bool IsStatic { get; init; }

    public long? Imo { get; init; }

    public string? CallSign { get; init; }

    public string? Name { get; init; }

    public long? ShipType { get; init; }

    public double? LengthM { get; init; }

    public double? BeamM { get; init; }

    public double? DraughtM { get; init; }

    public string? Destination { get; init; }

    /// <summary>Null when the place is not available (latitude 91, longitude 181).</summary>
    /// <exception cref="RecordException">The place is not on Earth.</exception>
    public GeoPoint? Place => LatDeg is not { } lat || LonDeg is not { } lon || lat == 91 || lon == 181 ? null
        : Math.Abs(lat) <= 90 && Math.Abs(lon) <= 180 ? new GeoPoint(lat, lon)
        : throw new RecordException("position not on Earth", "position", FormattableString.Invariant($"{lat}, {lon}"));

    /// <summary>The fix at a place: speed 102.3 kn, course 360° and heading 511° mean not available, and so do values beyond them.</summary>
    public Fix FixAt(GeoPoint place, ReceiverKind receiver) => new(
        AisObservations.EventTime(Received!.Value, UtcSecond is >= 0 and <= 59 ? (int)UtcSecond : null), place,
        SogKnots is >= 0 and < 102.3 ? SogKnots : null,
        CogDeg is >= 0 and < 360 ? CogDeg : null,
        HeadingDeg is >= 0 and < 360 ? (int)HeadingDeg : null,
        Status is >= 0 and <= 15 ? (NavigationalStatus)Status : null,
        Transponder, receiver);

    public StaticReport StaticOf(Mmsi mmsi) => new()
    {
        Mmsi = mmsi,
        Time = Received!.Value,
        ReceivedAt = Received.Value,
        Station = Station,
        Transponder = Transponder,
        NeedsSecond = true,
        ImoAsStated = Imo is > 0 ? Imo.ToString() : null,
        CallSign = CallSign,
        Name = Name,
        ShipType = ShipType is > 0 and <= 255 ? (int)ShipType : null,
        LengthM = LengthM is > 0 ? LengthM : null,
        BeamM = BeamM is > 0 ? BeamM : null,
        DraughtM = DraughtM is > 0 and <= 25.5 ? DraughtM : null,
        Destination = Destination,
    };
}
