using System.Globalization;
using MaritimeWatch.Units;

namespace MaritimeWatch.Server.Api;

/// <summary>The query <c>bbox=west,south,east,north</c> in degrees; over the antimeridian west is the greater.</summary>
internal static class Boxes
{
    /// <summary>Null where the text is no box.</summary>
    public static GeoBox? Parse(string bbox)
    {
        var parts = bbox.Split(',').Select(p => double.TryParse(p, CultureInfo.InvariantCulture, out var v) ? v : double.NaN).ToArray();
        return parts.Length == 4 && GeoPoint.IsOnEarth(parts[1], parts[0]) && GeoPoint.IsOnEarth(parts[3], parts[2]) && parts[1] <= parts[3] ? new GeoBox(parts[1], parts[0], parts[3], parts[2]) : null;
    }

    public static IResult Unknown(string bbox) => Problem.Of(400, "Unknown area", $"Expected bbox=west,south,east,north in degrees, found {(bbox.Length > 60 ? bbox[..60] : bbox)}.");
}
