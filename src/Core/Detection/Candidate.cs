using MaritimeWatch.Units;

namespace MaritimeWatch.Detection;

/// <summary>What the hot path noticed. It only notices; detectors judge with a full picture.</summary>
public enum CandidateKind
{
    /// <summary>A silence began, ended, or its bounds moved because of late data.</summary>
    Silence,

    /// <summary>A broadcast identity is new or changed.</summary>
    Identity,
}

/// <summary>A vessel that needs a judgement. Committed with the data that made it, so a crash between the two loses nothing.</summary>
/// <param name="Mmsi">The vessel.</param>
/// <param name="Kind">Why.</param>
/// <param name="Since">Earliest event time concerned.</param>
public readonly record struct Candidate(Mmsi Mmsi, CandidateKind Kind, DateTimeOffset Since);
