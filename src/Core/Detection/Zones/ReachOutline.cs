using NetTopologySuite;
using NetTopologySuite.Geometries;

namespace MaritimeWatch.Detection.Zones;

/// <summary>
/// The outline of what can be reached: where the length through a place equals the longest way, found between the middles of cells
/// (marching squares, W. Lorensen and H. Cline, SIGGRAPH 1987, in two dimensions). Land's edge lies half a cell from the last cell.
/// </summary>
internal static class ReachOutline
{
    private static readonly GeometryFactory Factory = NtsGeometryServices.Instance.CreateGeometryFactory(4326);

    public static MultiPolygon Draw(Reach reach)
    {
        var chart = reach.Chart;
        var most = Math.Min(reach.LongestWay.Metres, reach.Sea.Options.Farthest.Metres);
        var room = new double[chart.Count];
        for (var i = 0; i < room.Length; i++)
        {
            var through = reach.ThroughM(i);
            room[i] = through < double.PositiveInfinity ? most - through : -chart.CellM;
        }

        var next = new Dictionary<Edge, Edge>();
        for (var row = 0; row + 1 < chart.Rows; row++)
        {
            for (var column = 0; column + 1 < chart.Columns; column++)
            {
                Square((row * chart.Columns) + column, chart.Columns, room, next);
            }
        }

        // Rings run with what is reached on their left: shells anticlockwise, holes clockwise.
        var rings = new List<Coordinate[]>();
        while (next.Count > 0)
        {
            var ring = new List<Coordinate>();
            for (var at = next.Keys.First(); next.Remove(at, out var following); at = following)
            {
                ring.Add(On(at, chart, room));
            }

            ring.Add(ring[0].Copy());
            rings.Add([.. ring]);
        }

        var shells = rings.Where(r => r.Length > 3 && NetTopologySuite.Algorithm.Orientation.IsCCW(r)).Select(r => (Ring: r, Area: Factory.CreatePolygon(r), Holes: new List<LinearRing>())).ToList();
        foreach (var hole in rings.Where(r => r.Length > 3 && !NetTopologySuite.Algorithm.Orientation.IsCCW(r)))
        {
            // The smallest shell about it: islands may have bays with islands.
            foreach (var shell in shells.Where(s => NetTopologySuite.Algorithm.PointLocation.IsInRing(hole[0], s.Ring)).OrderBy(s => s.Area.Area).Take(1))
            {
                shell.Holes.Add(Factory.CreateLinearRing(hole));
            }
        }

        return Factory.CreateMultiPolygon([.. shells
            .Select(s => Factory.CreatePolygon(Factory.CreateLinearRing(s.Ring), [.. s.Holes]))
            .SelectMany(plane => Antimeridian.Polygons(OnEarth(plane, chart)))]);
    }

    private static Geometry OnEarth(Polygon plane, SeaChart chart)
    {
        LinearRing Ring(LineString ring) => Factory.CreateLinearRing([.. ring.Coordinates.Select(c =>
        {
            var place = chart.Plane.NormalAt(c.X, c.Y).ToPlace();
            return new Coordinate(place.LonDeg, place.LatDeg);
        })]);
        return Antimeridian.Cut(Factory.CreatePolygon(Ring(plane.ExteriorRing), [.. plane.InteriorRings.Select(Ring)]));
    }

    private static Coordinate On(Edge edge, SeaChart chart, double[] room)
    {
        var (xa, ya) = chart.At(edge.A);
        var (xb, yb) = chart.At(edge.B);
        var share = room[edge.A] / (room[edge.A] - room[edge.B]);
        return new Coordinate(xa + ((xb - xa) * share), ya + ((yb - ya) * share));
    }

    /// <summary>The pieces of outline within four neighbouring middles. Two reached ones across a corner are not joined.</summary>
    private static void Square(int corner, int up, double[] room, Dictionary<Edge, Edge> next)
    {
        int[] ring = [corner, corner + 1, corner + 1 + up, corner + up];
        for (var i = 0; i < 4; i++)
        {
            // Going round anticlockwise from outside to inside: the outline leaves where the inside run ends.
            int outside = ring[i], j = (i + 1) % 4;
            if (room[outside] >= 0 || room[ring[j]] < 0)
            {
                continue;
            }

            var last = j;
            while (room[ring[(last + 1) % 4]] >= 0)
            {
                last = (last + 1) % 4;
            }

            next[Edge.Of(ring[last], ring[(last + 1) % 4])] = Edge.Of(outside, ring[j]);
        }
    }

    /// <summary>The side between two middles, of which one is reached.</summary>
    private readonly record struct Edge(int A, int B)
    {
        public static Edge Of(int a, int b) => a < b ? new(a, b) : new(b, a);
    }
}
