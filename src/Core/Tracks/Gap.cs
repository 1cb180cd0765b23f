using MaritimeWatch.Units;

namespace MaritimeWatch.Tracks;

/// <summary>That a vessel was heard at a moment. The place is null when the message carried none.</summary>
/// <param name="VesselId">Hull where it is known, to tell when the two ends of a gap belong to two hulls.</param>
public readonly record struct Heard(DateTimeOffset Time, GeoPoint? At, ReceiverKind Receiver, string? VesselId = null)
{
    public static Heard Of(in Fix fix) => new(fix.Time, fix.At, fix.Receiver);
}

/// <summary>Messages heard in the hours up to the start of a gap, the start included. An unknown receiver counts in the total only.</summary>
public readonly record struct HeardBefore(int Total, int Terrestrial, int Satellite, int Dynamic);

/// <summary>
/// Silence of one track longer than the threshold; open until a later message. It says nothing of intent.
/// Semantics after GlobalFishingWatch/pipe-gaps (its gap_detector and tests).
/// </summary>
public sealed record Gap
{
    /// <summary>Derived from track, last time heard and place: an open gap and its later closure share it.</summary>
    public string Id => FactId.Of(TrackId, Off.Time, Off.At?.LatDeg ?? 0, Off.At?.LonDeg ?? 0);

    public required string TrackId { get; init; }

    /// <summary>Last message before the silence.</summary>
    public required Heard Off { get; init; }

    /// <summary>First message after it; null while open.</summary>
    public Heard? On { get; init; }

    public required HeardBefore Before { get; init; }

    /// <summary>Fields a user put on the gap; closing keeps them.</summary>
    public IReadOnlyDictionary<string, string> Notes { get; init; } = new Dictionary<string, string>();

    public bool IsClosed => On is not null;

    public TimeSpan? Duration => On?.Time - Off.Time;

    /// <summary>Geodesic between the two ends; null while open or when an end has no place.</summary>
    public Distance? Distance => On is { At: { } to } && Off.At is { } from ? Geodesy.Between(from, to) : null;

    /// <summary>Distance over time; null without a distance or when no time passed.</summary>
    public Speed? ImpliedSpeed => Distance is { } distance && Duration is { Ticks: > 0 } time ? distance / time : null;

    /// <summary>True when the two ends are known to belong to different hulls that share the identity.</summary>
    public bool DifferentVessels => Off.VesselId is { } off && On?.VesselId is { } on && off != on;

    /// <summary>The same gap, ended by a message; id, counts before and notes stay.</summary>
    public Gap Close(in Heard on) => this with { On = on };
}
