using MaritimeWatch.Units;

namespace MaritimeWatch.Detection.Interference;

/// <summary>How the displaced places relate to the true ones (SCIENCE 4.2).</summary>
public enum InterferenceKind
{
    /// <summary>All by one vector.</summary>
    CommonShift,

    /// <summary>All to one point.</summary>
    CommonPoint,

    /// <summary>All onto one circle.</summary>
    Circle,
}

/// <summary>A circle on the Earth: the smallest around some places.</summary>
public readonly record struct Disc(GeoPoint Centre, Distance Radius)
{
    /// <summary>True within the circle or a margin around it.</summary>
    public bool Contains(GeoPoint place, Distance margin) => Geodesy.Between(Centre, place) <= Radius + margin;
}

/// <summary>
/// An area in which the positions of several vessels were led astray together for a time. It belongs to the water, not to a
/// vessel, and says nothing of who does it.
/// </summary>
public sealed record InterferenceArea
{
    /// <summary>Derived from the first displacement's time and places: later displacements of the event leave it.</summary>
    public required string Id { get; init; }

    public required InterferenceKind Kind { get; init; }

    /// <summary>Where the vessels truly were when their positions jumped away or came back.</summary>
    public required Disc TruePlaces { get; init; }

    /// <summary>Where they were reported.</summary>
    public required Disc Displaced { get; init; }

    /// <summary>First displaced report.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Last return; null while most have not come back.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>The latest displacement or return known.</summary>
    public required DateTimeOffset LastNews { get; init; }

    /// <summary>The vessels displaced, in order of id.</summary>
    public required IReadOnlyList<string> TrackIds { get; init; }

    public int Vessels => TrackIds.Count;

    /// <summary>How many came back to where they could have been.</summary>
    public required int Returned { get; init; }

    /// <summary>Mean direction of the shifts; null unless it is common.</summary>
    public Course? ShiftCourse { get; init; }

    /// <summary>Mean length of the shifts.</summary>
    public required Distance ShiftLength { get; init; }

    /// <summary>Thresholds it was found with.</summary>
    public required InterferenceOptions Options { get; init; }

    /// <summary>True where and when a position is not to be relied on, true or displaced, with the margins of the options.</summary>
    public bool Covers(GeoPoint place, DateTimeOffset time) =>
        time >= From - Options.TimeMargin && time <= (To is { } over ? over + Options.TimeMargin : LastNews + Options.Forgotten)
        && (TruePlaces.Contains(place, Options.Margin) || Displaced.Contains(place, Options.Margin));
}
