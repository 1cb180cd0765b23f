using MaritimeWatch.Units;

namespace MaritimeWatch.Detection;

/// <summary>What kind of behaviour a finding speaks of.</summary>
public enum FindingKind
{
    Silence,
    Encounter,
    Loitering,
    Interference,
    IdentityClash,
    FlagChange,
    IdentityContradiction,
    FlagHop,
    Kinematic,
}

/// <summary>The best present explanation. <see cref="CannotTell"/> is an answer.</summary>
public enum FindingClass
{
    CannotTell,
    Reception,
    Lawful,
    Unexplained,
    DarkTransit,
    DarkCall,
    DarkMeeting,
    Interference,
    IdentityClash,
    Contradiction,
    UnconfirmedFlag,

    /// <summary>The flag State itself has stated that the flag she broadcasts is not hers.</summary>
    RefutedFlag,
    FlagChange,
    FlagHop,
}

/// <summary>How probable it is that the finding is unexplained, in words. Bands, not decimals, are shown first.</summary>
public enum Band
{
    CannotTell,
    Low,
    Medium,
    High,
}

/// <summary>
/// One reason for or against: a signed weight in nats (natural-log likelihood ratio; positive speaks for the finding),
/// the observation in one sentence with numbers and units, and the records behind it.
/// </summary>
/// <param name="Name">Stable name of the term.</param>
/// <param name="Family">Terms of a family may be correlated; an alert needs two families.</param>
/// <param name="Nats">Signed weight.</param>
/// <param name="Text">The observation, one sentence, with numbers and units.</param>
/// <param name="References">Ids of claims or times of records that show it.</param>
[method: System.Text.Json.Serialization.JsonConstructor]
public sealed record Evidence(string Name, string Family, double Nats, string Text, IReadOnlyList<string> References)
{
    public Evidence(string name, string family, double nats, string text)
        : this(name, family, nats, text, [])
    {
    }
}

/// <summary>An innocent explanation, whether it could be tested, and what the test said.</summary>
public sealed record InnocentCause(string Name, bool Tested, string Result);

/// <summary>
/// A detector's statement about one vessel and a period, with signed evidence that adds up to its score and the innocent
/// causes that were tested. It never states an offence; a person decides.
/// </summary>
public sealed record Finding
{
    /// <summary>Derived from the facts that start it, so that an open finding and its later closure share an id.</summary>
    public required string Id { get; init; }

    public required FindingKind Kind { get; init; }

    public required FindingClass Class { get; init; }

    /// <summary>True when it would be raised to a person.</summary>
    public required bool Alert { get; init; }

    public Mmsi? Mmsi { get; init; }

    /// <summary>The source's own key of the track; the MMSI as text where there is one.</summary>
    public required string TrackId { get; init; }

    public ImoNumber? Imo { get; init; }

    /// <summary>The hull as understood when the finding was made.</summary>
    public required string VesselId { get; init; }

    public required DateTimeOffset StartTime { get; init; }

    /// <summary>Null while it goes on.</summary>
    public DateTimeOffset? EndTime { get; init; }

    public GeoPoint? Start { get; init; }

    public GeoPoint? End { get; init; }

    /// <summary>Who, what, where, when, in one sentence with numbers and units.</summary>
    public required string Sentence { get; init; }

    public required Band Band { get; init; }

    /// <summary>How often findings of such a score proved so where the truth was known, 0 to 1; null where that was not measured.</summary>
    public double? Calibrated { get; init; }

    /// <summary><see cref="Calibrated"/>, else the logistic of <see cref="ScoreNats"/>, 0 to 1.</summary>
    public double Probability => Calibrated ?? (1 / (1 + Math.Exp(-ScoreNats)));

    /// <summary>Log odds before any evidence; never depends on flag, nationality, owner or crew.</summary>
    public required double PriorNats { get; init; }

    /// <summary>Prior plus the sum of the evidence, exact.</summary>
    public double ScoreNats => PriorNats + Evidence.Sum(e => e.Nats);

    public required IReadOnlyList<Evidence> Evidence { get; init; }

    public required IReadOnlyList<InnocentCause> InnocentCauses { get; init; }

    /// <summary>What a person should look at next; the welfare of the ship first.</summary>
    public IReadOnlyList<string> WhatToCheck { get; init; } = [];

    /// <summary>The latest observation the finding could know of.</summary>
    public required DateTimeOffset AsOf { get; init; }

    public required string ModelVersion { get; init; }
}
