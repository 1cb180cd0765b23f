using MaritimeWatch.Units;

namespace MaritimeWatch.Identity;

/// <summary>
/// One inspection by a port State (IMO A.1185(33), Procedures for port State control), as its regime published it.
/// A detention is an act of a State about the condition of a ship on a day; it says nothing of where she went.
/// </summary>
public sealed record Inspection
{
    public string Id => FactId.Of(Source, Authority, Imo?.ToString(), Mmsi?.ToString(), CallSign, Name, On, Reference);

    public required string Source { get; init; }

    /// <summary>Regime or port State as the source names it, for example Paris MoU.</summary>
    public string? Authority { get; init; }

    public string? Port { get; init; }

    /// <summary>Day of the inspection; null where the source gives none that can be read.</summary>
    public DateOnly? On { get; init; }

    public ImoNumber? Imo { get; init; }

    public Mmsi? Mmsi { get; init; }

    public string? CallSign { get; init; }

    public string? Name { get; init; }

    /// <summary>Flag the inspectors recorded on that day.</summary>
    public FlagState? Flag { get; init; }

    /// <summary>Number of deficiencies, 0 or more; null when not stated.</summary>
    public int? Deficiencies { get; init; }

    public bool Detained { get; init; }

    /// <summary>Day the detention was lifted; null when she was not detained or it is not stated.</summary>
    public DateOnly? ReleasedOn { get; init; }

    /// <summary>Place in the source.</summary>
    public string? Reference { get; init; }
}
