using MaritimeWatch.Units;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Valid;

namespace MaritimeWatch.Rules;

/// <summary>What keeps an area from being saved, in sentences that say what was expected, what was found and where.</summary>
public static class AreaProblems
{
    public const int MostPoints = 1000, MostPolygons = 50, LongestName = 80;

    /// <summary>A buffer is not drawn round a pole.</summary>
    private const double FurthestBufferedDeg = 80;

    private const double MostBufferNm = 100;

    public static IReadOnlyList<string> Of(DrawnArea area)
    {
        var problems = new List<string>();
        if (area.Name.Trim().Length is 0 or > LongestName)
        {
            problems.Add($"Expected a name of 1 to {LongestName} characters; found {area.Name.Trim().Length}.");
        }

        if (area.BufferNm is not (>= 0 and <= MostBufferNm))
        {
            problems.Add(FormattableString.Invariant($"Expected a buffer of 0 to {MostBufferNm} nm; found {area.BufferNm}."));
        }

        problems.AddRange(OfPolygons(area.Polygons));
        if (area.BufferNm > 0 && area.Polygons.SelectMany(p => p.Rings()).SelectMany(r => r).Any(at => Math.Abs(at.LatDeg) > FurthestBufferedDeg))
        {
            problems.Add($"Expected latitudes of at most {FurthestBufferedDeg}° where there is a buffer; found a point beyond. Draw the border itself further out.");
        }

        return problems.Count > 0 ? problems : [.. Uncut(area)];
    }

    /// <summary>What a saved area is asked must never fail: all that is made of it later is made once before it is kept.</summary>
    private static IEnumerable<string> Uncut(DrawnArea area)
    {
        try
        {
            return AreaShape.Of(area).WithBuffer.IsEmpty ? ["Expected an area; found a border without one."] : [];
        }
        catch (Exception e) when (e is ArgumentException or TopologyException)
        {
            return [$"Expected borders that can be cut at the antimeridian and at the poles; found {e.Message} Draw it in simpler parts."];
        }
    }

    /// <summary>The same for a drawing that has no name yet.</summary>
    public static IReadOnlyList<string> OfPolygons(IReadOnlyList<AreaPolygon> polygons)
    {
        if (polygons.Count is 0 or > MostPolygons)
        {
            return [$"Expected 1 to {MostPolygons} polygons; found {polygons.Count}."];
        }

        var points = polygons.Sum(p => p.Rings().Sum(r => r.Count));
        if (points > MostPoints)
        {
            return [$"Expected at most {MostPoints} points; found {points}. Simplify the border where it was drawn."];
        }

        return [.. polygons.SelectMany((p, i) => OfPolygon(p, polygons.Count == 1 ? "" : $"Polygon {i + 1}: "))];
    }

    private static IEnumerable<string> OfPolygon(AreaPolygon polygon, string where)
    {
        foreach (var ring in polygon.Rings())
        {
            if (ring.Distinct().Count() < 3)
            {
                return [$"{where}Expected at least three different points; found {ring.Distinct().Count()}."];
            }

            for (var i = 0; i < ring.Count; i++)
            {
                var (a, b) = (ring[i], ring[(i + 1) % ring.Count]);
                if (Math.Abs(a.LonDeg - b.LonDeg) == 180)
                {
                    return [$"{where}Expected less than half the Earth between two points; found {a.ToDegreesMinutes()} and {b.ToDegreesMinutes()}, where either way is as short. Put a point between them."];
                }
            }
        }

        var factory = new GeometryFactory();
        if (polygon.Rings().Any(GoesRoundAPole))
        {
            return [];
        }

        // On longitudes that run on, a ring over the antimeridian is as whole as it was drawn.
        var shell = Unwrapped(polygon.Shell, null);
        var drawn = factory.CreatePolygon(factory.CreateLinearRing(shell), [.. polygon.Holes.Select(h => factory.CreateLinearRing(Unwrapped(h, shell[0].X)))]);
        return new IsValidOp(drawn).ValidationError is { } broken
            ? [$"{where}Expected a border that does not cross itself; found {Words(broken)} near {Place(broken.Coordinate)}. Move a point there, or change the order of the points."]
            : drawn.Area > 0 ? [] : [$"{where}Expected an area; found points in one line."];
    }

    private static string Words(TopologyValidationError broken) => broken.ErrorType switch
    {
        TopologyValidationErrors.SelfIntersection or TopologyValidationErrors.RingSelfIntersection => "a crossing",
        TopologyValidationErrors.HoleOutsideShell => "a hole outside of it",
        _ => broken.Message.ToLowerInvariant(),
    };

    private static string Place(Coordinate at) => new GeoPoint(Math.Clamp(at.Y, -90, 90), Geodesy.WrapLongitude(at.X)).ToDegreesMinutes();

    private static bool GoesRoundAPole(IReadOnlyList<GeoPoint> ring) => Math.Abs(ring.Select((at, i) => Geodesy.WrapLongitude(ring[(i + 1) % ring.Count].LonDeg - at.LonDeg)).Sum()) > 180;

    private static Coordinate[] Unwrapped(IReadOnlyList<GeoPoint> ring, double? nearDeg)
    {
        var lonDeg = nearDeg is { } near ? near + Geodesy.WrapLongitude(ring[0].LonDeg - near) : ring[0].LonDeg;
        var points = new List<Coordinate> { new(lonDeg, ring[0].LatDeg) };
        for (var i = 1; i < ring.Count; i++)
        {
            lonDeg += Geodesy.WrapLongitude(ring[i].LonDeg - ring[i - 1].LonDeg);
            points.Add(new Coordinate(lonDeg, ring[i].LatDeg));
        }

        // Rounding must not leave the ring open.
        return [.. points, points[0].Copy()];
    }
}
