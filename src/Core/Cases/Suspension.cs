using MaritimeWatch.Detection;
using MaritimeWatch.Units;

namespace MaritimeWatch.Cases;

/// <summary>Why findings of a hull are not to open cases for a time.</summary>
public enum SuspensionReason
{
    KnownOperation,
    Equipment,
    LaidUp,
    AgreedWithAuthority,
    Other,
}

/// <summary>Where a suspension stands at a time of the watch.</summary>
public enum SuspensionState
{
    Waiting,
    Running,
    Expired,
    Lifted,
}

/// <summary>
/// A time in which findings of some kinds of one hull open no case. It binds to when the behaviour began, not to when it is worked
/// out: what begins within it stays quiet however late it is found, and what begins after it is raised. Findings are kept all the same,
/// and each that was held back is counted here, so that silence is visible. None is ever deleted.
/// </summary>
public sealed record Suspension
{
    public required string Id { get; init; }

    /// <summary>The hull as it was understood when the suspension was made.</summary>
    public required string HullId { get; init; }

    /// <summary>Her numbers then: a hull understood otherwise since is known by them.</summary>
    public Mmsi? Mmsi { get; init; }

    public ImoNumber? Imo { get; init; }

    public required IReadOnlyList<FindingKind> Kinds { get; init; }

    public required SuspensionReason Reason { get; init; }

    /// <summary>What she wrote; never empty.</summary>
    public required string Text { get; init; }

    /// <summary>Account that answers for it.</summary>
    public required string Owner { get; init; }

    /// <summary>Behaviour that begins from here on is held back.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Behaviour that begins from here on is raised again.</summary>
    public required DateTimeOffset Until { get; init; }

    public required string By { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Behaviour time from which it holds no more, when a person lifted it before its end.</summary>
    public DateTimeOffset? LiftedFrom { get; init; }

    public string? LiftedBy { get; init; }

    public DateTimeOffset? LiftedAt { get; init; }

    /// <summary>Ids of findings that opened no case because of it, in the order they came.</summary>
    public IReadOnlyList<string> Held { get; init; } = [];

    /// <summary>Where it ends in behaviour time, lifted or not.</summary>
    public DateTimeOffset End() => LiftedFrom < Until ? LiftedFrom.Value : Until;

    /// <summary>True when the finding's behaviour began within it.</summary>
    public bool Covers(Finding finding) => Kinds.Contains(finding.Kind) && finding.StartTime >= From && finding.StartTime < End()
        && (finding.VesselId == HullId || (Mmsi is not null && finding.Mmsi == Mmsi) || (Imo is not null && finding.Imo == Imo));

    public SuspensionState StateAt(DateTimeOffset now) => LiftedFrom is not null ? SuspensionState.Lifted : now < From ? SuspensionState.Waiting : now < Until ? SuspensionState.Running : SuspensionState.Expired;

    /// <summary>What is wrong with it as it is asked for; null when nothing is.</summary>
    /// <param name="longest">The longest time a centre allows.</param>
    public string? Fault(TimeSpan longest) => string.IsNullOrWhiteSpace(Text) ? "Expected a line that says why; others will read it later."
        : Kinds.Count == 0 ? "Expected one kind of finding or more."
        : Until <= From ? $"Expected an end after the beginning {FactId.Iso(From)}, found {FactId.Iso(Until)}."
        : Until - From > longest ? $"Expected at most {longest.TotalDays:0} days, found {(Until - From).TotalDays:0.#}. Suspend for less, and again when it ends."
        : null;
}
