using MaritimeWatch.Feeds.Raw;
using MaritimeWatch.Records;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Feeds;

/// <summary>A position as a source gave it, before it is known to belong to a track.</summary>
/// <param name="Mmsi">Identity used; null for a source that has its own keys.</param>
/// <param name="SourceKey">The source's own key where there is no MMSI.</param>
/// <param name="Fix">Where and when, with event time.</param>
/// <param name="ReceivedAt">When it was received; the event time where the source does not say.</param>
/// <param name="Station">Receiving station, null where not said.</param>
public readonly record struct Sighting(Mmsi? Mmsi, string? SourceKey, Fix Fix, DateTimeOffset ReceivedAt, string? Station)
{
    /// <summary>Key of the track this belongs to: the MMSI as text, else the source's own key.</summary>
    public string TrackId => Mmsi?.ToString() ?? SourceKey ?? "";
}

/// <summary>What a source that has its own keys says of a ship beside her positions; it names nobody.</summary>
/// <param name="SourceKey">The source's own key.</param>
/// <param name="ShipType">Ship and cargo type (ITU-R M.1371-5, table 53); null where not said.</param>
/// <param name="LengthM">Overall length in metres; null where not said.</param>
public readonly record struct KeyedShip(string SourceKey, int? ShipType, double? LengthM);

/// <summary>What one stretch of a source held, every line accounted for in <see cref="Count"/>.</summary>
public sealed class ObservationBatch
{
    public List<Sighting> Sightings { get; } = [];

    public List<StaticReport> Statics { get; } = [];

    public List<KeyedShip> KeyedShips { get; } = [];

    public List<Rejection> Rejections { get; } = [];

    /// <summary>The records as received; null where the source cannot give them, or nobody keeps them.</summary>
    public RawLines? Raw { get; init; }

    public IntakeCount Count { get; } = new();

    /// <summary>Where the source goes on after this stretch, in the feed's own words; null when it cannot be resumed.</summary>
    public string? Position { get; set; }

    /// <summary>Latest time the source has told; moves the feed's clock.</summary>
    public DateTimeOffset? LastReceived { get; set; }
}

/// <summary>A source of observations: a file, a socket, the exercise. Fetching goes out; parsing is pure.</summary>
public interface IPositionFeed
{
    string Name { get; }

    /// <summary>
    /// Reads from a position the feed once gave, or from the start when null, until the source ends or the token is
    /// cancelled. A live source that fails reconnects by itself and never ends.
    /// </summary>
    IAsyncEnumerable<ObservationBatch> ReadAsync(string? from, CancellationToken cancel);
}
