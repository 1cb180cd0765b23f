using MaritimeWatch.Detection;

namespace MaritimeWatch.Alerts;

/// <summary>What an alert does to the one before it (CAP 1.2 msgType).</summary>
public enum AlertType
{
    Alert,
    Update,
    Cancel,
}

/// <summary>Traffic light protocol 2.0 (FIRST, 2022): how far a message may be passed on.</summary>
public enum Tlp
{
    Clear,
    Green,
    Amber,
    AmberStrict,
    Red,
}

/// <summary>
/// A message on a case transition that a person decided. One alert per case and revision; one mail per alert revision and recipient.
/// </summary>
public sealed record Alert
{
    /// <summary>Case id and revision.</summary>
    public string Id => $"{CaseId}-{Revision}";

    public required string CaseId { get; init; }

    /// <summary>1 for the first alert of a case, then counted up.</summary>
    public required int Revision { get; init; }

    public required AlertType Type { get; init; }

    public required DateTimeOffset ReleasedAt { get; init; }

    /// <summary>Name of the account that decided.</summary>
    public required string ReleasedBy { get; init; }

    /// <summary>What the person wrote when deciding.</summary>
    public required string Note { get; init; }

    public required Tlp Tlp { get; init; }

    /// <summary>True when the finding comes from the exercise: the word EXERCISE then stands in every part of it.</summary>
    public required bool Exercise { get; init; }

    public required Finding Finding { get; init; }

    /// <summary>Revision of the finding.</summary>
    public required int FindingRevision { get; init; }

    /// <summary>Name the ship broadcasts, null when none was received.</summary>
    public string? VesselName { get; init; }

    /// <summary>Claimed flag with its source, for example <c>PA (by MMSI)</c>; null when none.</summary>
    public string? FlagText { get; init; }

    /// <summary>Place in words, for example <c>Dover Strait, 6 nm south-east of Dover</c>.</summary>
    public required string PlaceText { get; init; }

    /// <summary>Names of the rules of persons that the finding met; empty when the general level alone raised it.</summary>
    public IReadOnlyList<string> Rules { get; init; } = [];
}
