namespace MaritimeWatch.Units;

/// <summary>
/// The one Earth of the product: the WGS 84 ellipsoid, antimeridian and poles included.
/// Inverse and direct problem after T. Vincenty, "Direct and inverse solutions of geodesics on the ellipsoid",
/// Survey Review XXIII 176 (1975), within 1 mm; nearly antipodal pairs, where his iteration does not settle, fall back
/// to the great circle on the mean sphere (within 0.6 %), which no two fixes of one ship ever need.
/// </summary>
public static class Geodesy
{
    private const double A = 6_378_137.0, F = 1 / 298.257223563, B = A * (1 - F), MeanRadius = 6_371_008.8;

    /// <summary>Length of the geodesic between two places.</summary>
    public static Distance Between(GeoPoint from, GeoPoint to) => Inverse(from, to).Distance;

    /// <summary>Course at the start of the geodesic; 0 when the places are the same.</summary>
    public static Course InitialCourse(GeoPoint from, GeoPoint to) => Inverse(from, to).Course;

    /// <summary>
    /// Distance on a local plane with the ellipsoid's own radii: within 0.1 % up to 60 nm below 75° latitude.
    /// For searches in dense traffic, never for a figure that is shown.
    /// </summary>
    public static double RoughNm(double latDeg1, double lonDeg1, double latDeg2, double lonDeg2)
    {
        var lon = Math.Abs(lonDeg1 - lonDeg2);
        lon = lon > 180 ? 360 - lon : lon;
        var mid = (latDeg1 + latDeg2) / 2 * Math.PI / 180;
        var w = 1 - (F * (2 - F) * Math.Sin(mid) * Math.Sin(mid));
        var north = (latDeg1 - latDeg2) * Math.PI / 180 * A * (1 - (F * (2 - F))) / (w * Math.Sqrt(w));
        var east = lon * Math.PI / 180 * A * Math.Cos(mid) / Math.Sqrt(w);
        return Math.Sqrt((north * north) + (east * east)) / Distance.MetresInNauticalMile;
    }

    /// <summary>The place reached after a distance along the geodesic that starts on a course.</summary>
    public static GeoPoint Destination(GeoPoint from, Course course, Distance distance)
    {
        double s = distance.Metres, alpha1 = Rad(course.Degrees), sinAlpha1 = Math.Sin(alpha1), cosAlpha1 = Math.Cos(alpha1);
        var tanU1 = (1 - F) * Math.Tan(Rad(from.LatDeg));
        double cosU1 = 1 / Math.Sqrt(1 + (tanU1 * tanU1)), sinU1 = tanU1 * cosU1;
        var sigma1 = Math.Atan2(tanU1, cosAlpha1);
        var sinAlpha = cosU1 * sinAlpha1;
        var cosSqAlpha = 1 - (sinAlpha * sinAlpha);
        var (a, b) = Series(cosSqAlpha);
        double sigma = s / (B * a), previous, sinSigma, cosSigma, cos2SigmaM;
        var rounds = 0;
        do
        {
            cos2SigmaM = Math.Cos((2 * sigma1) + sigma);
            sinSigma = Math.Sin(sigma);
            cosSigma = Math.Cos(sigma);
            previous = sigma;
            sigma = (s / (B * a)) + DeltaSigma(b, sinSigma, cosSigma, cos2SigmaM);
        }
        while (Math.Abs(sigma - previous) > 1e-12 && ++rounds < 100);

        var x = (sinU1 * sinSigma) - (cosU1 * cosSigma * cosAlpha1);
        var lat = Math.Atan2((sinU1 * cosSigma) + (cosU1 * sinSigma * cosAlpha1), (1 - F) * Math.Sqrt((sinAlpha * sinAlpha) + (x * x)));
        var lambda = Math.Atan2(sinSigma * sinAlpha1, (cosU1 * cosSigma) - (sinU1 * sinSigma * cosAlpha1));
        var c = F / 16 * cosSqAlpha * (4 + (F * (4 - (3 * cosSqAlpha))));
        var l = lambda - ((1 - c) * F * sinAlpha * (sigma + (c * sinSigma * (cos2SigmaM + (c * cosSigma * (-1 + (2 * cos2SigmaM * cos2SigmaM)))))));
        return new GeoPoint(Math.Clamp(Deg(lat), -90, 90), WrapLongitude(from.LonDeg + Deg(l)));
    }

    /// <summary>The place at a share (0 to 1) of the way along the geodesic.</summary>
    public static GeoPoint Along(GeoPoint from, GeoPoint to, double share)
    {
        var (distance, course) = Inverse(from, to);
        return Destination(from, course, Distance.FromMetres(distance.Metres * Math.Clamp(share, 0, 1)));
    }

    /// <summary>Brings a longitude into [-180, 180).</summary>
    public static double WrapLongitude(double lonDeg)
    {
        var turned = (lonDeg + 180) % 360;
        turned = turned < 0 ? turned + 360 : turned;
        // A hair below zero becomes 360 when rounded.
        return turned >= 360 ? -180 : turned - 180;
    }

    private static (Distance Distance, Course Course) Inverse(GeoPoint from, GeoPoint to)
    {
        if (from == to)
        {
            return default;
        }

        var l = Rad(WrapLongitude(to.LonDeg - from.LonDeg));
        double tanU1 = (1 - F) * Math.Tan(Rad(from.LatDeg)), cosU1 = 1 / Math.Sqrt(1 + (tanU1 * tanU1)), sinU1 = tanU1 * cosU1;
        double tanU2 = (1 - F) * Math.Tan(Rad(to.LatDeg)), cosU2 = 1 / Math.Sqrt(1 + (tanU2 * tanU2)), sinU2 = tanU2 * cosU2;
        var lambda = l;
        for (var round = 0; round < 200; round++)
        {
            double sinLambda = Math.Sin(lambda), cosLambda = Math.Cos(lambda);
            var y = (cosU1 * sinU2) - (sinU1 * cosU2 * cosLambda);
            var sinSigma = Math.Sqrt((cosU2 * sinLambda * cosU2 * sinLambda) + (y * y));
            if (sinSigma == 0)
            {
                return default;
            }

            var cosSigma = (sinU1 * sinU2) + (cosU1 * cosU2 * cosLambda);
            var sigma = Math.Atan2(sinSigma, cosSigma);
            var sinAlpha = cosU1 * cosU2 * sinLambda / sinSigma;
            var cosSqAlpha = 1 - (sinAlpha * sinAlpha);
            var cos2SigmaM = cosSqAlpha == 0 ? 0 : cosSigma - (2 * sinU1 * sinU2 / cosSqAlpha);
            var c = F / 16 * cosSqAlpha * (4 + (F * (4 - (3 * cosSqAlpha))));
            var previous = lambda;
            lambda = l + ((1 - c) * F * sinAlpha * (sigma + (c * sinSigma * (cos2SigmaM + (c * cosSigma * (-1 + (2 * cos2SigmaM * cos2SigmaM)))))));
            if (Math.Abs(lambda) > Math.PI)
            {
                break;
            }

            if (Math.Abs(lambda - previous) < 1e-12)
            {
                var (a, b) = Series(cosSqAlpha);
                var metres = B * a * (sigma - DeltaSigma(b, sinSigma, cosSigma, cos2SigmaM));
                var course = Math.Atan2(cosU2 * Math.Sin(lambda), (cosU1 * sinU2) - (sinU1 * cosU2 * Math.Cos(lambda)));
                return (Distance.FromMetres(Math.Max(0, metres)), Course.FromDegrees(Deg(course)));
            }
        }

        return OnSphere(from, to, l);
    }

    private static (Distance Distance, Course Course) OnSphere(GeoPoint from, GeoPoint to, double l)
    {
        double phi1 = Rad(from.LatDeg), phi2 = Rad(to.LatDeg);
        double x = Math.Sin((phi2 - phi1) / 2), y = Math.Sin(l / 2);
        var h = Math.Clamp((x * x) + (Math.Cos(phi1) * Math.Cos(phi2) * y * y), 0, 1);
        var course = Math.Atan2(Math.Sin(l) * Math.Cos(phi2), (Math.Cos(phi1) * Math.Sin(phi2)) - (Math.Sin(phi1) * Math.Cos(phi2) * Math.Cos(l)));
        return (Distance.FromMetres(2 * MeanRadius * Math.Asin(Math.Sqrt(h))), Course.FromDegrees(Deg(course)));
    }

    private static (double A, double B) Series(double cosSqAlpha)
    {
        var u = cosSqAlpha * ((A * A) - (B * B)) / (B * B);
        return (1 + (u / 16384 * (4096 + (u * (-768 + (u * (320 - (175 * u))))))), u / 1024 * (256 + (u * (-128 + (u * (74 - (47 * u)))))));
    }

    private static double DeltaSigma(double b, double sinSigma, double cosSigma, double cos2SigmaM) =>
        b * sinSigma * (cos2SigmaM + (b / 4 * ((cosSigma * (-1 + (2 * cos2SigmaM * cos2SigmaM)))
            - (b / 6 * cos2SigmaM * (-3 + (4 * sinSigma * sinSigma)) * (-3 + (4 * cos2SigmaM * cos2SigmaM))))));

    private static double Rad(double degrees) => degrees * Math.PI / 180;

    private static double Deg(double radians) => radians * 180 / Math.PI;
}
