using MaritimeWatch.Detection.Zones;
using MaritimeWatch.Units;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Union;

namespace MaritimeWatch.Rules;

/// <summary>
/// An area made ready for questions. What was drawn is asked on the plane of degrees, cut at the antimeridian; the buffer is asked by
/// geodesics to the nearest place of the border, so it holds nothing that lies further away.
/// </summary>
public sealed class AreaShape
{
    /// <summary>A border is followed in steps of this length where the buffer is drawn.</summary>
    private const double StepNm = 10;

    private static readonly GeometryFactory Factory = new();

    private readonly AreaZone zone;
    private readonly List<Edge> edges;
    private readonly Distance buffer;
    private readonly Lazy<Geometry> reach;

    private AreaShape(AreaZone zone, List<Edge> edges, Distance buffer)
    {
        (this.zone, this.edges, this.buffer) = (zone, edges, buffer);
        reach = new(Reach);
    }

    /// <summary>What was drawn, -180 to 180 degrees.</summary>
    public Geometry Drawn => zone.Shape;

    /// <summary>What was drawn with its buffer, to be shown; whether a place is inside is asked of <see cref="Contains"/>.</summary>
    public Geometry WithBuffer => buffer.Metres > 0 ? reach.Value : Drawn;

    /// <exception cref="ArgumentException">The area has a problem that <see cref="AreaProblems"/> tells.</exception>
    public static AreaShape Of(DrawnArea area)
    {
        var parts = area.Polygons.SelectMany(p => Antimeridian.Polygons(Antimeridian.Cut(Factory.CreatePolygon(Ring(p.Shell), [.. p.Holes.Select(Ring)]))));
        var shape = UnaryUnionOp.Union(parts.ToArray<Geometry>());
        var edges = area.Polygons.SelectMany(p => p.Rings()).SelectMany(ring => ring.Select((at, i) => new Edge(at, ring[(i + 1) % ring.Count]))).ToList();
        return new AreaShape(new AreaZone(area.Id, area.Name, ZoneKind.DrawnArea, $"drawn by {area.Owner}, version {area.Version}", shape), edges, Distance.FromNauticalMiles(area.BufferNm));
    }

    /// <summary>Whether a place lies in the area or its buffer, borders included.</summary>
    public bool Contains(GeoPoint at) => zone.Contains(at)
        || (buffer.Metres > 0 && zone.Covers(at, buffer) != false && edges.Exists(e => Geodesy.Between(at, e.NearestTo(at)) <= buffer));

    private static LinearRing Ring(IReadOnlyList<GeoPoint> ring) => Factory.CreateLinearRing([.. ring.Append(ring[0]).Select(at => new Coordinate(at.LonDeg, at.LatDeg))]);

    private Geometry Reach()
    {
        var parts = new List<Geometry> { Drawn };
        foreach (var edge in edges)
        {
            var steps = Math.Max(1, (int)Math.Ceiling(Geodesy.Between(edge.From, edge.At(1)).NauticalMiles / StepNm));
            for (var i = 0; i < steps; i++)
            {
                // Both circles in longitudes that run on from the first, so that the hull round them is whole.
                var from = edge.At((double)i / steps);
                var round = Circle(from, from.LonDeg).Concat(Circle(edge.At((i + 1.0) / steps), from.LonDeg)).ToArray();
                parts.AddRange(Antimeridian.Polygons(Factory.CreateMultiPointFromCoords(round).ConvexHull()).SelectMany(p => Antimeridian.Polygons(Antimeridian.Cut(p))));
            }
        }

        return UnaryUnionOp.Union(parts);

        IEnumerable<Coordinate> Circle(GeoPoint at, double nearLonDeg) => Enumerable.Range(0, 36).Select(i => Geodesy.Destination(at, Course.FromDegrees(i * 10), buffer))
            .Select(p => new Coordinate(nearLonDeg + Geodesy.WrapLongitude(p.LonDeg - nearLonDeg), p.LatDeg));
    }

    /// <summary>A straight piece of border in degrees, the short way round.</summary>
    private readonly record struct Edge
    {
        private readonly double latDeg, lonDeg;

        public Edge(GeoPoint from, GeoPoint to) => (From, latDeg, lonDeg) = (from, to.LatDeg - from.LatDeg, Geodesy.WrapLongitude(to.LonDeg - from.LonDeg));

        public GeoPoint From { get; }

        public GeoPoint At(double share) => new(Math.Clamp(From.LatDeg + (share * latDeg), -90, 90), Geodesy.WrapLongitude(From.LonDeg + (share * lonDeg)));

        /// <summary>The place on it nearest to another: on a plane whose degrees of longitude are as long as between the two; a second look suffices for what is near.</summary>
        public GeoPoint NearestTo(GeoPoint place)
        {
            var (nearest, middleDeg) = (From, place.LatDeg);
            for (var look = 0; look < 2; look++)
            {
                var shrink = Math.Cos(middleDeg * Math.PI / 180);
                double x = Geodesy.WrapLongitude(From.LonDeg - place.LonDeg) * shrink, y = From.LatDeg - place.LatDeg, dx = lonDeg * shrink, dy = latDeg;
                var length = (dx * dx) + (dy * dy);
                nearest = At(length == 0 ? 0 : Math.Clamp(-((x * dx) + (y * dy)) / length, 0, 1));
                middleDeg = (place.LatDeg + nearest.LatDeg) / 2;
            }

            // A long piece may come near from the other side of the Earth, with one of its ends.
            return new[] { nearest, From, At(1) }.MinBy(p => Geodesy.RoughNm(place.LatDeg, place.LonDeg, p.LatDeg, p.LonDeg));
        }
    }
}
