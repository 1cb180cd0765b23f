using MaritimeWatch.Units;
using NetTopologySuite.Algorithm;
using NetTopologySuite.Geometries;

namespace MaritimeWatch.Detection.Interference;

/// <summary>
/// A plane that touches the Earth in one place, in nautical miles east and north: distances from that place are true. For
/// shapes of an area of some hundred miles, the antimeridian included.
/// </summary>
internal readonly record struct LocalPlane(GeoPoint Origin)
{
    public Coordinate Of(GeoPoint place)
    {
        var (distanceNm, course) = (Geodesy.Between(Origin, place).NauticalMiles, Geodesy.InitialCourse(Origin, place).Degrees * Math.PI / 180);
        return new Coordinate(distanceNm * Math.Sin(course), distanceNm * Math.Cos(course));
    }

    public GeoPoint Place(double eastNm, double northNm) =>
        Geodesy.Destination(Origin, Course.FromDegrees(Math.Atan2(eastNm, northNm) * 180 / Math.PI), Distance.FromNauticalMiles(Math.Sqrt((eastNm * eastNm) + (northNm * northNm))));

    /// <summary>The smallest circle around places; they are not empty.</summary>
    public static Disc Around(IReadOnlyList<GeoPoint> places)
    {
        var plane = new LocalPlane(places[0]);
        var circle = new MinimumBoundingCircle(GeometryFactory.Default.CreateMultiPointFromCoords([.. places.Select(plane.Of)]));
        var centre = plane.Place(circle.GetCentre().X, circle.GetCentre().Y);
        return new Disc(centre, places.Select(p => Geodesy.Between(centre, p)).Max());
    }

    /// <summary>Centre and radius of the circle that fits places best by squares (Kåsa 1976), and the largest distance of one from it; null when they lie on a line.</summary>
    public static (double RadiusNm, double WorstNm)? Circle(IReadOnlyList<GeoPoint> places)
    {
        var plane = new LocalPlane(places[0]);
        var at = places.Select(plane.Of).ToList();
        double meanX = at.Average(p => p.X), meanY = at.Average(p => p.Y), xx = 0, yy = 0, xy = 0, xz = 0, yz = 0;
        foreach (var p in at)
        {
            double x = p.X - meanX, y = p.Y - meanY, z = (x * x) + (y * y);
            (xx, yy, xy, xz, yz) = (xx + (x * x), yy + (y * y), xy + (x * y), xz + (x * z), yz + (y * z));
        }

        var determinant = (xx * yy) - (xy * xy);
        if (determinant < 1e-6 * xx * yy)
        {
            return null;
        }

        double centreX = ((xz * yy) - (yz * xy)) / (2 * determinant), centreY = ((yz * xx) - (xz * xy)) / (2 * determinant);
        var radii = at.Select(p => Math.Sqrt(Math.Pow(p.X - meanX - centreX, 2) + Math.Pow(p.Y - meanY - centreY, 2))).ToList();
        var radiusNm = radii.Average();
        return (radiusNm, radii.Max(r => Math.Abs(r - radiusNm)));
    }
}
