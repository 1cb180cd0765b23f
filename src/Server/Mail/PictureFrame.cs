using MaritimeWatch.Units;
using NetTopologySuite.Geometries;
using SkiaSharp;

namespace MaritimeWatch.Server.Mail;

/// <summary>
/// The piece of sea a picture shows: spherical Mercator as in web maps, north up, longitudes counted onwards from the
/// middle, so that the antimeridian is a line like any other.
/// </summary>
internal sealed class PictureFrame
{
    /// <summary>Where web maps end; beyond it Mercator grows without bound.</summary>
    public const double HighestLatDeg = 85;

    private readonly SKRect area;
    private readonly double midX, midY, pixelsPerRadian, midLonDeg;

    private PictureFrame(SKRect area, double midLonDeg, double midX, double midY, double pixelsPerRadian) =>
        (this.area, this.midLonDeg, this.midX, this.midY, this.pixelsPerRadian) = (area, midLonDeg, midX, midY, pixelsPerRadian);

    public SKRect Area => area;

    /// <summary>Fits the places into the area with a fifth of it free on every side, but never less than a width.</summary>
    public static PictureFrame Around(IReadOnlyList<GeoPoint> places, SKRect area, Distance least)
    {
        var midLon = places[0].LonDeg;
        var xs = places.Select(p => Rad(midLon + Geodesy.WrapLongitude(p.LonDeg - midLon))).ToList();
        var ys = places.Select(p => MercatorY(p.LatDeg)).ToList();
        double midX = (xs.Min() + xs.Max()) / 2, midY = (ys.Min() + ys.Max()) / 2;
        var leastRadians = least.NauticalMiles / 60 * Math.PI / 180 / Math.Cos(LatRad(midY));
        var scale = Math.Min(
            area.Width / Math.Max(leastRadians, (xs.Max() - xs.Min()) / 0.6),
            area.Height / Math.Max(1e-9, (ys.Max() - ys.Min()) / 0.6));
        return new PictureFrame(area, midX * 180 / Math.PI, midX, midY, scale);
    }

    public SKPoint At(GeoPoint place) => At(place.LatDeg, midLonDeg + Geodesy.WrapLongitude(place.LonDeg - midLonDeg));

    /// <summary>A longitude already counted onwards from the middle, so possibly beyond 180.</summary>
    public SKPoint At(double latDeg, double lonDeg) => new(
        (float)(area.MidX + ((Rad(lonDeg) - midX) * pixelsPerRadian)),
        (float)(area.MidY - ((MercatorY(latDeg) - midY) * pixelsPerRadian)));

    /// <summary>West, east, south and north edge in degrees; west may be below -180 and east above 180.</summary>
    public Envelope Edges
    {
        get
        {
            double halfX = area.Width / 2 / pixelsPerRadian, halfY = area.Height / 2 / pixelsPerRadian;
            return new Envelope(
                (midX - halfX) * 180 / Math.PI, (midX + halfX) * 180 / Math.PI,
                LatRad(midY - halfY) * 180 / Math.PI, LatRad(midY + halfY) * 180 / Math.PI);
        }
    }

    /// <summary>Pixels of one nautical mile, on the latitude of the middle.</summary>
    public double PixelsPerNm => pixelsPerRadian / 60 * Math.PI / 180 / Math.Cos(LatRad(midY));

    private static double MercatorY(double latDeg) => Math.Asinh(Math.Tan(Rad(Math.Clamp(latDeg, -HighestLatDeg, HighestLatDeg))));

    private static double LatRad(double mercatorY) => Math.Atan(Math.Sinh(mercatorY));

    private static double Rad(double deg) => deg * Math.PI / 180;
}
