using MaritimeWatch.Units;

namespace MaritimeWatch.Rules;

/// <summary>
/// A polygon as it was drawn. A ring is a list of places whose last is joined to the first; between two places the border is
/// straight in degrees (RFC 7946, 3.1.1) and goes the short way round the Earth.
/// </summary>
/// <param name="Shell">Its outer border.</param>
/// <param name="Holes">What is left out of it.</param>
public sealed record AreaPolygon(IReadOnlyList<GeoPoint> Shell, IReadOnlyList<IReadOnlyList<GeoPoint>> Holes)
{
    /// <summary>All rings, the shell first.</summary>
    public IEnumerable<IReadOnlyList<GeoPoint>> Rings() => [Shell, .. Holes];
}

/// <summary>Names one version of an area: what a rule looks at does not change under it.</summary>
public sealed record AreaVersion(string Id, int Version)
{
    public override string ToString() => $"{Id} version {Version}";
}

/// <summary>
/// One version of an area that a person drew or imported. A version is never edited: another shape or name is the next version, and
/// so is its retirement; rules go on with the version they name.
/// </summary>
public sealed record DrawnArea
{
    public required string Id { get; init; }

    /// <summary>1 for the first, then counted up.</summary>
    public required int Version { get; init; }

    public required string Name { get; init; }

    /// <summary>Account of the person who answers for it.</summary>
    public required string Owner { get; init; }

    public required IReadOnlyList<AreaPolygon> Polygons { get; init; }

    /// <summary>How far the area reaches beyond what was drawn, along geodesics: 0 to 100 nm.</summary>
    public double BufferNm { get; init; }

    /// <summary>When this version was saved.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Account that saved this version.</summary>
    public required string By { get; init; }

    /// <summary>No longer offered for rules; those that name an earlier version keep it.</summary>
    public bool Retired { get; init; }

    public AreaVersion Reference() => new(Id, Version);
}
