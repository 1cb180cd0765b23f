using MaritimeWatch.Units;
using NetTopologySuite.Algorithm.Locate;
using NetTopologySuite.Geometries;

namespace MaritimeWatch.Detection.Zones;

/// <summary>What an area is; the legal kinds after UNCLOS articles 3, 33, 57 and 86.</summary>
public enum ZoneKind
{
    TerritorialSea,
    ContiguousZone,
    ExclusiveEconomicZone,
    HighSeas,
    ProtectedArea,
    PortArea,
    FishingArea,
    DrawnArea,
}

/// <summary>
/// An area of the sea that a way may lead through. To cross one is context and no offence: ships of all States enjoy innocent
/// passage and the freedom of the high seas (UNCLOS articles 17 and 87).
/// </summary>
/// <param name="Id">Stable within its source.</param>
/// <param name="Name">As people read it.</param>
/// <param name="Kind">What the area is.</param>
/// <param name="Source">Whose drawing it is, with edition and licence.</param>
public abstract record Zone(string Id, string Name, ZoneKind Kind, string Source)
{
    /// <summary>Whether a place lies in the zone, its border included.</summary>
    public bool Contains(GeoPoint at) => Covers(at, default) == true;

    /// <summary>Whether everything within a distance of a place lies in the zone (true) or out of it (false); null where it may be both. At no distance it is never null.</summary>
    internal abstract bool? Covers(GeoPoint centre, Distance radius);
}

/// <summary>A zone drawn as polygons: imported from a file or by hand.</summary>
public sealed record AreaZone : Zone
{
    private readonly Lazy<IndexedPointInAreaLocator> locator;

    /// <param name="shape">Polygons in degrees of WGS 84, x longitude -180 to 180, cut at the antimeridian (see <see cref="Antimeridian"/>).</param>
    /// <exception cref="ArgumentException">Not polygons, none, or beyond the Earth.</exception>
    public AreaZone(string id, string name, ZoneKind kind, string source, Geometry shape)
        : base(id, name, kind, source)
    {
        if (shape is not IPolygonal || shape.IsEmpty || !new Envelope(-180, 180, -90, 90).Contains(shape.EnvelopeInternal))
        {
            throw new ArgumentException($"Expected polygons with longitudes -180 to 180 and latitudes -90 to 90 degrees, found {shape.GeometryType} {shape.EnvelopeInternal}.", nameof(shape));
        }

        Shape = shape;
        locator = new(() => new IndexedPointInAreaLocator(shape));
    }

    public Geometry Shape { get; }

    internal override bool? Covers(GeoPoint centre, Distance radius)
    {
        if (IsFarFrom(centre, radius))
        {
            return false;
        }

        return radius.Metres > 0 ? null : On(centre.LonDeg, centre.LatDeg) || (Math.Abs(centre.LonDeg) >= 180 && On(-centre.LonDeg, centre.LatDeg));
    }

    private bool On(double lon, double lat) => locator.Value.Locate(new Coordinate(lon, lat)) != Location.Exterior;

    private bool IsFarFrom(GeoPoint centre, Distance radius)
    {
        var box = Shape.EnvelopeInternal;
        var lat = radius.NauticalMiles / 59;
        var widest = Math.Min(Math.Abs(centre.LatDeg) + lat, 90);
        var lon = lat / Math.Max(Math.Cos(widest * Math.PI / 180), 1e-6);
        return centre.LatDeg + lat < box.MinY || centre.LatDeg - lat > box.MaxY
            || (Math.Abs(centre.LonDeg) + lon < 180 && (centre.LonDeg + lon < box.MinX || centre.LonDeg - lon > box.MaxX));
    }
}
