using MaritimeWatch.Units;

namespace MaritimeWatch.Detection.Zones;

/// <summary>
/// The sea around two places on a plane in metres: azimuthal equidistant about their middle (J. P. Snyder, Map projections, USGS
/// Professional Paper 1395, chapter 25), the first place to the left and the second to the right on the x axis. It decides which
/// cell a place falls into and no length; it has neither pole nor antimeridian, and a pair that is shifted or turned has the same plane.
/// </summary>
internal sealed class LocalPlane
{
    private const double Radius = 6_371_008.8;
    private readonly Normal middle, right, up;

    public LocalPlane(GeoPoint from, GeoPoint to)
    {
        Normal a = Normal.Of(from), b = Normal.Of(to), sum = a + b;
        // Opposite places have no middle; any place a quarter turn from both serves.
        middle = sum * sum > 1e-9 ? sum.Unit() : Across(a);
        var along = b + (middle * -(b * middle));
        right = along * along > 1e-18 ? along.Unit() : Across(middle);
        up = Normal.Cross(middle, right);
        HalfM = Project(b).X;
    }

    /// <summary>Distance of either place from the middle, metres on the plane.</summary>
    public double HalfM { get; }

    public Normal Middle => middle;

    public (double X, double Y) Project(in Normal at)
    {
        double x = at * right, y = at * up, s = Math.Sqrt((x * x) + (y * y));
        var scale = s < 1e-12 ? Radius : Radius * Math.Atan2(s, at * middle) / s;
        return (x * scale, y * scale);
    }

    public Normal NormalAt(double x, double y)
    {
        var r = Math.Sqrt((x * x) + (y * y)) / Radius;
        var s = (r < 1e-9 ? 1 : Math.Sin(r) / r) / Radius;
        return (middle * Math.Cos(r)) + (right * (x * s)) + (up * (y * s));
    }

    private static Normal Across(in Normal a) => Normal.Cross(a, Math.Abs(a.Z) < 0.9 ? new Normal(0, 0, 1) : new Normal(1, 0, 0)).Unit();
}
