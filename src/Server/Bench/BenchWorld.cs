using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Server.Bench;

/// <summary>What was done to a world, or what was in it already (SCIENCE 5.2).</summary>
internal enum TruthKind
{
    /// <summary>Every message of one vessel under way removed over a time, from every source.</summary>
    SingleDeletion,

    /// <summary>Messages of one vessel under way removed wherever she was beyond a radius of a point: she sends with less power.</summary>
    PowerReduction,

    /// <summary>All vessels in a footprint removed over a time: a station is down.</summary>
    CellOutage,

    /// <summary>All vessels everywhere removed over a time: the provider is down.</summary>
    ProviderOutage,

    /// <summary>Messages dropped with a chance of their cell that rises with the number of vessels there.</summary>
    Thinning,

    /// <summary>From a day on nothing is heard beyond a distance of a point.</summary>
    Handover,

    /// <summary>One vessel heard badly for the whole world.</summary>
    WeakClassB,

    /// <summary>Messages of one vessel at rest removed over a time: she switched off at her berth or anchorage.</summary>
    LawfulPowerDown,

    /// <summary>Messages of another vessel appear under her number.</summary>
    MmsiClash,

    /// <summary>Some positions with a bit turned over.</summary>
    BitErrors,

    /// <summary>All vessels in a disc displaced alike.</summary>
    InterferenceDisc,

    /// <summary>Messages of a footprint arrived late; in the end all are there.</summary>
    LateData,

    /// <summary>A silence nobody made: kept as it is and taken for innocent.</summary>
    NaturalBackground,
}

/// <summary>One vessel of a world as the scorer may see her.</summary>
internal sealed record BenchTrack
{
    /// <summary>The source's key; the MMSI as text where there is one. Unique in its world.</summary>
    public required string TrackId { get; init; }

    public Mmsi? Mmsi { get; init; }

    /// <summary>Ship and cargo type, 0 to 255 (ITU-R M.1371-5, table 53); null when not known.</summary>
    public int? ShipType { get; init; }

    public double? LengthM { get; init; }

    public TransponderClass Transponder { get; init; }

    /// <summary>In order of time, each once.</summary>
    public required IReadOnlyList<Fix> Fixes { get; init; }

    /// <summary>False for traffic: she is a witness only, and what is said of her is not counted. A scorer may leave her verdicts out.</summary>
    public bool Tested { get; init; } = true;
}

/// <summary>A known truth. Scorers must not read it; only the metrics do.</summary>
internal sealed record BenchTruth
{
    public required string Id { get; init; }

    public required TruthKind Kind { get; init; }

    /// <summary>The tracks it touched; for a silence with a change of identity the track before and the track after.</summary>
    public required IReadOnlyList<string> TrackIds { get; init; }

    /// <summary>For one vessel's silence her last fix before; else the start of the window.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>For one vessel's silence her first fix after; else the end of the window.</summary>
    public required DateTimeOffset End { get; init; }

    /// <summary>Where; null for everywhere.</summary>
    public GeoBox? Area { get; init; }

    /// <summary>Class N, unexplained: a vessel under way that stopped transmitting. Everything else must not be raised.</summary>
    public bool IsPositive => Kind is TruthKind.SingleDeletion or TruthKind.PowerReduction;
}

/// <summary>A fix that reached the watch later than it was sent.</summary>
internal readonly record struct LateFix(string TrackId, Fix Fix, DateTimeOffset ArrivedAt);

/// <summary>A piece of sea over a time, with every vessel heard in it, and what is known to be true of them.</summary>
internal sealed record BenchWorld
{
    /// <summary>Base, split and replicate, for example <c>bc/test/silences</c>.</summary>
    public required string Name { get; init; }

    public required DateTimeOffset Start { get; init; }

    /// <summary>Open silences run up to here; nothing later was observed.</summary>
    public required DateTimeOffset End { get; init; }

    /// <summary>Area of observation: a vessel outside it is not in the data whatever she sends.</summary>
    public required GeoBox Area { get; init; }

    /// <summary>In order of their key.</summary>
    public required IReadOnlyList<BenchTrack> Tracks { get; init; }

    public IReadOnlyList<BenchTruth> Truths { get; init; } = [];

    /// <summary>Fixes of <see cref="Tracks"/> that arrived late. All had arrived by <see cref="End"/>.</summary>
    public IReadOnlyList<LateFix> Late { get; init; } = [];
}
