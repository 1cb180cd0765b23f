using MaritimeWatch.Units;

namespace MaritimeWatch.Tracks;

/// <summary>A position as one source reported it (ITU-R M.1371-5 messages 1, 2, 3, 9, 18, 19, 27, or a row of a position file).</summary>
/// <param name="Mmsi">Identity the transmitter used.</param>
/// <param name="Fix">Where and when, with event time.</param>
/// <param name="ReceivedAt">When the receiver or provider got it; the event time where the source does not say.</param>
/// <param name="Station">Receiving station, null where the source does not say.</param>
public readonly record struct PositionReport(Mmsi Mmsi, Fix Fix, DateTimeOffset ReceivedAt, string? Station);

/// <summary>
/// Static and voyage data as one source reported them (ITU-R M.1371-5 messages 5, 19, 24, or columns of a position file).
/// A field the message does not carry, or carries as not available, is null.
/// </summary>
public sealed record StaticReport
{
    public required Mmsi Mmsi { get; init; }

    public required DateTimeOffset Time { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public string? Station { get; init; }

    public TransponderClass Transponder { get; init; }

    /// <summary>True for one transmission as received: a broken line may pass its checksum (8 bits), so a value counts once a second one says the same.</summary>
    public bool NeedsSecond { get; init; }

    /// <summary>The IMO field as stated, right check digit or not; null when 0 or absent.</summary>
    public string? ImoAsStated { get; init; }

    public string? CallSign { get; init; }

    public string? Name { get; init; }

    /// <summary>Ship and cargo type, 0 to 255 (ITU-R M.1371-5, table 53).</summary>
    public int? ShipType { get; init; }

    /// <summary>Overall length from the reference-point distances, metres.</summary>
    public double? LengthM { get; init; }

    public double? BeamM { get; init; }

    /// <summary>Present static draught, 0.1 to 25.5 m.</summary>
    public double? DraughtM { get; init; }

    public string? Destination { get; init; }
}
