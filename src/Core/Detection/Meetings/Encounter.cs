using MaritimeWatch.Units;

namespace MaritimeWatch.Detection.Meetings;

/// <summary>Two vessels close and slow for a time, seen at whole ten minutes (SCIENCE 4, K7). It says nothing of what they did.</summary>
public sealed record Encounter
{
    /// <summary>Number of the one vessel: the lower of the two, so that the pair has one name.</summary>
    public required int Vessel { get; init; }

    public required int Other { get; init; }

    /// <summary>First of the ten minutes they were close.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Last of them.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>Half-way between the two at the beginning.</summary>
    public required GeoPoint Start { get; init; }

    public required GeoPoint End { get; init; }

    /// <summary>Mean over the time of the place half-way between them.</summary>
    public required GeoPoint Mean { get; init; }

    /// <summary>Mean distance between them, within 0.5 %.</summary>
    public required Distance Apart { get; init; }

    /// <summary>Mean speed of both over ten minutes, within 0.5 %.</summary>
    public required Speed Speed { get; init; }

    /// <summary>The vessel met by the one of the two that asks.</summary>
    public int With(int vessel) => vessel == Vessel ? Other : Vessel;
}
