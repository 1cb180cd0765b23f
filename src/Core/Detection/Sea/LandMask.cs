using System.Collections.Concurrent;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Prepared;
using NetTopologySuite.Index.Strtree;

namespace MaritimeWatch.Detection.Sea;

/// <summary>
/// Where land is, by polygons of the base map (longitude, latitude, cut at ±180°). Planar containment only; distances come
/// from Geodesy. Accuracy is the map's: about a mile for 1:50 million, so a cell at the coast may be told wrong.
/// </summary>
public sealed class LandMask
{
    private readonly STRtree<IPreparedGeometry> tree = new();
    private readonly ConcurrentDictionary<Cell, bool> cells = new();

    public LandMask(IEnumerable<Geometry> polygons)
    {
        foreach (var polygon in polygons)
        {
            for (var i = 0; i < polygon.NumGeometries; i++)
            {
                var part = polygon.GetGeometryN(i);
                tree.Insert(part.EnvelopeInternal, PreparedGeometryFactory.Prepare(part));
            }
        }

        tree.Build();
    }

    /// <summary>A world without land: every cell counts as sea, which can only weaken evidence.</summary>
    public static LandMask None { get; } = new([]);

    public bool IsLand(double latDeg, double lonDeg)
    {
        var point = new Point(lonDeg, latDeg);
        return tree.Query(point.EnvelopeInternal).Any(polygon => polygon.Contains(point));
    }

    /// <summary>True when the middle of the cell is land. Kept, since paths ask the same cells again and again.</summary>
    public bool IsLand(Cell cell) => cells.GetOrAdd(cell, c => IsLand(c.MiddleLatDeg, c.MiddleLonDeg));
}
