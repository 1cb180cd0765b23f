namespace MaritimeWatch.Units;

/// <summary>
/// A place on the WGS 84 ellipsoid as a vector from the Earth's centre, in metres (NIMA TR8350.2, 4.2). For searches that ask for
/// very many lengths: it knows no pole and no antimeridian. A length that is shown comes from <see cref="Geodesy"/>.
/// </summary>
internal readonly record struct EarthVector(double XM, double YM, double ZM)
{
    private const double A = 6_378_137.0, F = 1 / 298.257223563, E2 = F * (2 - F), MeanRadius = 6_371_008.8;

    /// <summary>The place whose vertical points along a unit vector.</summary>
    public static EarthVector FromNormal(in Normal up)
    {
        var n = A / Math.Sqrt(1 - (E2 * up.Z * up.Z));
        return new(n * up.X, n * up.Y, n * (1 - E2) * up.Z);
    }

    /// <summary>Length of the way over the surface in metres: within 0.01 % of the geodesic up to 1,000 nm, 0.1 % up to 4,000 nm.</summary>
    public static double ArcM(in EarthVector a, in EarthVector b)
    {
        double x = a.XM - b.XM, y = a.YM - b.YM, z = a.ZM - b.ZM;
        var half = Math.Sqrt((x * x) + (y * y) + (z * z)) / (2 * MeanRadius);
        // The series of asin is exact to 1e-9 below a third of a radian, and much faster.
        var sq = half * half;
        var arc = half < 0.17 ? half * (1 + (sq / 6 * (1 + (sq * 9 / 20 * (1 + (sq * 25 / 42)))))) : Math.Asin(Math.Min(1, half));
        return 2 * MeanRadius * arc;
    }
}

/// <summary>The vertical at a place as a unit vector: x through 0° E on the equator, z through the North Pole.</summary>
internal readonly record struct Normal(double X, double Y, double Z)
{
    public static Normal Of(double latDeg, double lonDeg)
    {
        var (sinLat, cosLat) = Math.SinCos(latDeg * Math.PI / 180);
        var (sinLon, cosLon) = Math.SinCos(lonDeg * Math.PI / 180);
        return new(cosLat * cosLon, cosLat * sinLon, sinLat);
    }

    public static Normal Of(GeoPoint at) => Of(at.LatDeg, at.LonDeg);

    public static double operator *(in Normal a, in Normal b) => (a.X * b.X) + (a.Y * b.Y) + (a.Z * b.Z);

    public static Normal operator +(in Normal a, in Normal b) => new(a.X + b.X, a.Y + b.Y, a.Z + b.Z);

    public static Normal operator *(in Normal a, double times) => new(a.X * times, a.Y * times, a.Z * times);

    public static Normal Cross(in Normal a, in Normal b) => new((a.Y * b.Z) - (a.Z * b.Y), (a.Z * b.X) - (a.X * b.Z), (a.X * b.Y) - (a.Y * b.X));

    public Normal Unit() => this * (1 / Math.Sqrt(this * this));

    public GeoPoint ToPlace() => new(
        Math.Clamp(Math.Atan2(Z, Math.Sqrt((X * X) + (Y * Y))) * 180 / Math.PI, -90, 90),
        Geodesy.WrapLongitude(Math.Atan2(Y, X) * 180 / Math.PI));
}
