using MaritimeWatch.Detection.Interference;
using MaritimeWatch.Detection.Reception;
using MaritimeWatch.Detection.Zones;
using MaritimeWatch.Identity;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Detection;

/// <summary>
/// Everything a detector may know of one vessel at one moment. Nothing in it is later than <see cref="AsOf"/>; the same picture
/// always gives the same findings.
/// </summary>
public sealed record VesselPicture
{
    /// <summary>The latest moment observed; open silences run up to it.</summary>
    public required DateTimeOffset AsOf { get; init; }

    public required string TrackId { get; init; }

    public Mmsi? Mmsi { get; init; }

    public required Vessel Vessel { get; init; }

    /// <summary>Her fixes in time order.</summary>
    public required IReadOnlyList<Fix> Fixes { get; init; }

    /// <summary>Who else was heard, where and when.</summary>
    public required HeardSlots Reception { get; init; }

    /// <summary>How well ships are received, as learnt so far.</summary>
    public required ReceptionGrid Grid { get; init; }

    /// <summary>The last hour of what was learnt that may be used; everything by default.</summary>
    public long LearntTo { get; init; } = long.MaxValue;

    /// <summary>Times at which her identity was heard where she cannot have been: two ships under one number.</summary>
    public IReadOnlyList<DateTimeOffset> HeardElsewhere { get; init; } = [];

    /// <summary>Areas in which positions were led astray, whoever was in them.</summary>
    public IReadOnlyList<InterferenceArea> Interference { get; init; } = [];

    /// <summary>The sea and its areas, to say what she could and must have crossed; null where no map is at hand.</summary>
    public Chart? Chart { get; init; }

    public FlagTables? Flags { get; init; }

    /// <summary>Moves of whole fleets between flags, whoever was in them.</summary>
    public IReadOnlyList<Flags.FleetMove> FleetMoves { get; init; } = [];

    /// <summary>Times in which a feed that serves the water where she was last heard was late, degraded or down.</summary>
    public IReadOnlyList<FeedDoubt> FeedDoubts { get; init; } = [];

    /// <summary>How to name another vessel in a sentence.</summary>
    public Func<string, string> NameOf { get; init; } = id => id;

    /// <summary>How to name this vessel in a sentence: name and number.</summary>
    public string Who => Vessel.Name is { } name ? $"{name} ({(Mmsi is { } m ? $"MMSI {m}" : TrackId)})" : Mmsi is { } mmsi ? $"MMSI {mmsi}" : $"Track {TrackId}";

    public TransponderClass Transponder => Fixes.Count == 0 ? TransponderClass.Unknown : Fixes[^1].Transponder;

    /// <summary>Index of the last fix at or before a time, -1 when there is none.</summary>
    public int LastAt(DateTimeOffset time)
    {
        int low = 0, high = Fixes.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = Fixes[middle].Time <= time ? (middle + 1, high) : (low, middle);
        }

        return low - 1;
    }
}
