using System.Text.Json;
using MaritimeWatch.Units;

namespace MaritimeWatch.Server.Watch;

/// <summary>The part of the sea a console looks at. It may pass the antimeridian: then west is the greater.</summary>
/// <param name="Asked">What is in view.</param>
/// <param name="Zoom">Zoom of the map, 0 for the whole world on 512 pixels.</param>
/// <param name="Watched">Vessels that are sent wherever they are: those selected or watched by the person.</param>
internal sealed record Viewport(GeoBox Asked, double Zoom, IReadOnlySet<Mmsi> Watched)
{
    /// <summary>From here on every vessel is sent; further out counts by cell, and singly only those that carry a mark.</summary>
    public const double SinglesFromZoom = 6;

    public const int MostWatched = 200, MostBytes = 8192;

    // A tenth on every side: what comes into view while the map moves is there already.
    private const double Margin = 0.1, MostZoom = 24;

    /// <summary>The box with its margin, for which frames are made.</summary>
    public GeoBox Box { get; } = Widened(Asked);

    public bool IsSingles => Zoom >= SinglesFromZoom;

    /// <summary>Reads a message such as <c>{"west":1,"south":50,"east":3,"north":52,"zoom":8,"watched":[235000001]}</c>.</summary>
    /// <exception cref="FormatException">It is another, with what was expected and found.</exception>
    public static Viewport Parse(ReadOnlyMemory<byte> message)
    {
        try
        {
            using var json = JsonDocument.Parse(message, new JsonDocumentOptions { MaxDepth = 3 });
            var root = json.RootElement;
            double Number(string name, double least, double most) =>
                root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.GetDouble() is var number && number >= least && number <= most
                    ? number : throw new FormatException($"Viewport: expected {name} from {least} to {most}, found {(root.TryGetProperty(name, out var found) ? Short(found.GetRawText()) : "none")}.");
            double west = Number("west", -180, 180), south = Number("south", -90, 90), east = Number("east", -180, 180), north = Number("north", -90, 90), zoom = Number("zoom", 0, MostZoom);
            if (south > north)
            {
                throw new FormatException($"Viewport: expected south below north, found {south} and {north}.");
            }

            return new Viewport(new GeoBox(south, west, north, east), zoom, root.TryGetProperty("watched", out var list) ? Numbers(list) : new HashSet<Mmsi>());
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new FormatException("Viewport: expected an object with west, south, east, north and zoom as JSON.", e);
        }
    }

    private static HashSet<Mmsi> Numbers(JsonElement list) =>
        list.GetArrayLength() <= MostWatched ? [.. list.EnumerateArray().Select(n => n.ValueKind == JsonValueKind.Number && n.TryGetInt32(out var number) && Mmsi.TryParse(number.ToString("000000000", System.Globalization.CultureInfo.InvariantCulture), out var mmsi)
            ? mmsi : throw new FormatException($"Viewport: expected MMSIs as numbers in watched, found {Short(n.GetRawText())}."))]
        : throw new FormatException($"Viewport: expected at most {MostWatched} watched, found {list.GetArrayLength()}.");

    private static GeoBox Widened(GeoBox box)
    {
        double width = box.EastDeg - box.WestDeg + (box.EastDeg < box.WestDeg ? 360 : 0), height = box.NorthDeg - box.SouthDeg;
        var (south, north) = (Math.Max(-90, box.SouthDeg - (height * Margin)), Math.Min(90, box.NorthDeg + (height * Margin)));
        return width * (1 + (2 * Margin)) >= 360 ? new GeoBox(south, -180, north, 180)
            : new GeoBox(south, Geodesy.WrapLongitude(box.WestDeg - (width * Margin)), north, Geodesy.WrapLongitude(box.EastDeg + (width * Margin)));
    }

    private static string Short(string text) => text.Length > 20 ? text[..20] : text;
}
