using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Utilities;
using NetTopologySuite.Operation.Union;

namespace MaritimeWatch.Detection.Zones;

/// <summary>Brings polygons that pass the antimeridian into -180 to 180 degrees, cut there (RFC 7946, 3.1.9).</summary>
public static class Antimeridian
{
    /// <summary>
    /// Cuts a polygon at every antimeridian. Between two points that are more than 180 degrees apart the ring takes the short way; a
    /// ring round a pole is closed along it. Longitudes may run on beyond 180.
    /// </summary>
    /// <exception cref="ArgumentException">A ring crosses itself.</exception>
    public static Geometry Cut(Polygon polygon)
    {
        var box = polygon.EnvelopeInternal;
        var factory = polygon.Factory;
        var rings = new[] { polygon.ExteriorRing }.Concat(polygon.InteriorRings).Select(r => Unwrap(r.Coordinates)).ToList();
        if (box.MinX >= -180 && box.MaxX <= 180 && rings.All(r => r.Moved == false))
        {
            return polygon;
        }

        // A hole may have been unwrapped a turn away from its shell.
        var shell = factory.CreatePolygon(rings[0].Ring);
        Geometry whole = rings.Skip(1).Aggregate((Geometry)shell, (left, hole) => left.Difference(Shifted(factory.CreatePolygon(hole.Ring), Turns(shell, hole.Ring))));
        var parts = new List<Geometry>();
        for (var turn = (int)Math.Floor((whole.EnvelopeInternal.MinX + 180) / 360); turn <= (int)Math.Floor((whole.EnvelopeInternal.MaxX + 180) / 360); turn++)
        {
            var strip = factory.ToGeometry(new Envelope((turn * 360) - 180, (turn * 360) + 180, -90, 90));
            parts.Add(Shifted(whole.Intersection(strip), -turn));
        }

        // A ring round a pole that does not begin at the antimeridian comes in parts that touch where it begins.
        return UnaryUnionOp.Union(parts.SelectMany(Polygons).Where(p => p.Area > 0)) ?? factory.CreateMultiPolygon();
    }

    /// <summary>The polygons of a geometry; lines and points that an intersection leaves are not areas.</summary>
    public static IEnumerable<Polygon> Polygons(Geometry shape) => PolygonExtracter.GetPolygons(shape).Cast<Polygon>();

    private static (Coordinate[] Ring, bool Moved) Unwrap(Coordinate[] ring)
    {
        var turned = new List<Coordinate>(ring.Length + 3) { ring[0].Copy() };
        var offset = 0.0;
        var moved = false;
        for (var i = 1; i < ring.Length; i++)
        {
            var step = ring[i].X - ring[i - 1].X;
            // An edge along a pole may be of any length: it is a point. One of a whole turn is meant as it is drawn, round the Earth.
            if (Math.Abs(step) is > 180 and < 360 && !(Math.Abs(ring[i].Y) > 89.98 && Math.Abs(ring[i - 1].Y) > 89.98))
            {
                offset -= Math.Sign(step) * 360;
                moved = true;
            }

            turned.Add(new Coordinate(ring[i].X + offset, ring[i].Y));
        }

        if (Math.Abs(turned[^1].X - turned[0].X) > 180)
        {
            var pole = turned.Average(c => c.Y) < 0 ? -90.0 : 90.0;
            turned.Add(new Coordinate(turned[^1].X, pole));
            turned.Add(new Coordinate(turned[0].X, pole));
            turned.Add(turned[0].Copy());
        }

        return ([.. turned], moved);
    }

    private static int Turns(Polygon shell, Coordinate[] hole) =>
        new[] { 0, -1, 1 }.FirstOrDefault(t => shell.EnvelopeInternal.Contains(new Envelope(hole.Min(c => c.X) + (t * 360), hole.Max(c => c.X) + (t * 360), hole.Min(c => c.Y), hole.Max(c => c.Y))));

    private static Geometry Shifted(Geometry shape, int turns) => turns == 0 ? shape : AffineTransformation.TranslationInstance(turns * 360.0, 0).Transform(shape);
}
