using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using MaritimeWatch.Detection.Zones;
using MaritimeWatch.Rules;
using MaritimeWatch.Units;

namespace MaritimeWatch.Feeds.Zones;

/// <summary>An area of a file that a person brings: its name where the file has one, and its polygons as drawn.</summary>
public sealed record AreaDrawing(string? Name, IReadOnlyList<AreaPolygon> Polygons);

/// <summary>
/// Reads areas that a person brings from elsewhere, recognised by content: GeoJSON (RFC 7946), KML 2.2 (OGC 07-147r2), KMZ, or a
/// shapefile in a zip. Nothing is repaired here: what was meant is for the person to say.
/// </summary>
public static class AreaReader
{
    private const int MostUnzippedBytes = 20_000_000;

    /// <exception cref="InputException">It holds no area that can be used; the message says where and what to do.</exception>
    public static IReadOnlyList<AreaDrawing> Read(byte[] file)
    {
        try
        {
            var first = Array.Find(file, b => !char.IsWhiteSpace((char)b) && b is not (0xEF or 0xBB or 0xBF));
            IReadOnlyList<AreaDrawing> drawings = first switch
            {
                (byte)'{' => OfGeoJson(file),
                (byte)'<' => OfKml(new MemoryStream(file)),
                (byte)'P' when file is [(byte)'P', (byte)'K', ..] => OfZip(file),
                _ => throw new InputException("Expected GeoJSON, KML, KMZ or a zipped shapefile; found something else. Export the area in one of these forms."),
            };
            return drawings.Count > 0 ? drawings : throw new InputException("Expected at least one polygon; found none. Lines and points are no areas.");
        }
        catch (Exception e) when (e is JsonException or XmlException or InvalidDataException)
        {
            throw new InputException($"The file cannot be read: {e.Message} Export it again.", e);
        }
    }

    /// <summary>A place as a person or a file gives it.</summary>
    /// <param name="where">Names the point in a message.</param>
    /// <exception cref="InputException">It is not on Earth.</exception>
    public static GeoPoint PlaceOf(double latDeg, double lonDeg, string where)
    {
        if (latDeg is >= -90 and <= 90 && lonDeg is >= -540 and <= 540)
        {
            return new GeoPoint(latDeg, lonDeg is >= -180 and <= 180 ? lonDeg : Geodesy.WrapLongitude(lonDeg));
        }

        var hint = GeoPoint.IsOnEarth(lonDeg, latDeg) ? "Latitude and longitude seem to be swapped." : "Give degrees of WGS 84.";
        throw new InputException(FormattableString.Invariant($"{where}: expected a latitude of -90 to 90 and a longitude of -180 to 180 degrees; found latitude {latDeg:0.####}, longitude {lonDeg:0.####}. {hint}"));
    }

    private static List<AreaDrawing> OfGeoJson(byte[] file)
    {
        using var document = JsonDocument.Parse(file);
        return [.. Features(document.RootElement, null)];
    }

    private static IEnumerable<AreaDrawing> Features(JsonElement node, string? name)
    {
        var kind = node.ValueKind == JsonValueKind.Object && node.TryGetProperty("type", out var type) ? type.GetString() : null;
        switch (kind)
        {
            case "FeatureCollection":
                return Items(node, "features").SelectMany(f => Features(f, null));
            case "Feature":
                var own = node.TryGetProperty("properties", out var p) && p.ValueKind == JsonValueKind.Object && p.EnumerateObject().FirstOrDefault(v => v.Name.Equals("name", StringComparison.OrdinalIgnoreCase)).Value is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
                return node.TryGetProperty("geometry", out var geometry) && geometry.ValueKind == JsonValueKind.Object ? Features(geometry, own) : [];
            case "GeometryCollection":
                return Items(node, "geometries").SelectMany(g => Features(g, name));
            case "Polygon":
                return [new AreaDrawing(name, [OfRings(Items(node, "coordinates"), "Polygon 1")])];
            case "MultiPolygon":
                return [new AreaDrawing(name, [.. Items(node, "coordinates").Select((rings, i) => OfRings(ListOf(rings, $"polygon {i + 1}"), $"Polygon {i + 1}"))])];
            case null:
                throw new InputException("Expected GeoJSON with a type on every object; found an object without one.");
            default:
                return [];
        }
    }

    private static IEnumerable<JsonElement> Items(JsonElement node, string name) => node.TryGetProperty(name, out var items) ? ListOf(items, name) : throw new InputException($"Expected '{name}' in the GeoJSON; found none.");

    private static IEnumerable<JsonElement> ListOf(JsonElement node, string what) => node.ValueKind == JsonValueKind.Array ? node.EnumerateArray() : throw new InputException($"Expected a list as {what}; found {node.ValueKind}.");

    private static AreaPolygon OfRings(IEnumerable<JsonElement> rings, string where) => Polygon([.. rings.Select((ring, i) => Ring(
        ListOf(ring, "ring").Select(at => ListOf(at, "point").ToArray() is [{ ValueKind: JsonValueKind.Number } lon, { ValueKind: JsonValueKind.Number } lat, ..] ? (lat.GetDouble(), lon.GetDouble()) : throw new InputException($"{where}: expected points as [longitude, latitude]; found {at.GetRawText()}.")),
        i == 0 ? where : $"{where}, hole {i}"))], where);

    private static List<AreaDrawing> OfKml(Stream text)
    {
        using var reader = XmlReader.Create(text, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        return [.. XDocument.Load(reader).Descendants().Where(e => e.Name.LocalName == "Polygon").GroupBy(e => e.Ancestors().FirstOrDefault(a => a.Name.LocalName == "Placemark") ?? e)
            .Select(mark => new AreaDrawing(mark.Key.Elements().FirstOrDefault(e => e.Name.LocalName == "name")?.Value.Trim(), [.. mark.Select((polygon, i) => OfKmlPolygon(polygon, $"Polygon {i + 1}"))]))];
    }

    private static AreaPolygon OfKmlPolygon(XElement polygon, string where)
    {
        IEnumerable<IReadOnlyList<GeoPoint>> Rings(string border) => polygon.Elements().Where(e => e.Name.LocalName == border).SelectMany(e => e.Descendants()).Where(e => e.Name.LocalName == "coordinates")
            .Select(e => Ring(e.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(at => Tuple(at, where)), where));
        return Polygon([.. Rings("outerBoundaryIs"), .. Rings("innerBoundaryIs")], where);
    }

    private static (double LatDeg, double LonDeg) Tuple(string at, string where) =>
        at.Split(',') is [var lon, var lat, ..] && double.TryParse(lon, NumberStyles.Float, CultureInfo.InvariantCulture, out var lonDeg) && double.TryParse(lat, NumberStyles.Float, CultureInfo.InvariantCulture, out var latDeg)
            ? (latDeg, lonDeg) : throw new InputException($"{where}: expected points as longitude,latitude; found '{at}'.");

    private static AreaPolygon Polygon(IReadOnlyList<IReadOnlyList<GeoPoint>> rings, string where) => rings.Count > 0 ? new AreaPolygon(rings[0], [.. rings.Skip(1)]) : throw new InputException($"{where}: expected a border; found none.");

    private static List<GeoPoint> Ring(IEnumerable<(double LatDeg, double LonDeg)> points, string where)
    {
        var ring = points.Select((p, i) => PlaceOf(p.LatDeg, p.LonDeg, $"{where}, point {i + 1}")).ToList();
        if (ring.Count < 4 || ring[0] != ring[^1])
        {
            throw new InputException($"{where}: expected a closed border, whose last point is its first, of four points or more; found {(ring.Count < 4 ? $"{ring.Count} points" : $"{ring[0]} first and {ring[^1]} last")}. Close it where it was drawn.");
        }

        return [.. ring.Take(ring.Count - 1).Where((at, i) => i == 0 || at != ring[i - 1])];
    }

    private static List<AreaDrawing> OfZip(byte[] file)
    {
        using var zip = new ZipArchive(new MemoryStream(file));
        if (zip.Entries.Sum(e => e.Length) > MostUnzippedBytes || zip.Entries.Count > 100)
        {
            throw new InputException($"Expected at most 100 files of together {MostUnzippedBytes / 1_000_000} MB in the zip; found {zip.Entries.Count} of {zip.Entries.Sum(e => e.Length) / 1_000_000} MB.");
        }

        if (zip.Entries.FirstOrDefault(e => e.Name.EndsWith(".kml", StringComparison.OrdinalIgnoreCase)) is { } kml)
        {
            using var text = kml.Open();
            return OfKml(text);
        }

        var folder = Directory.CreateTempSubdirectory("mw-area-");
        try
        {
            string[] parts = [".shp", ".shx", ".dbf", ".prj", ".cpg"];
            var shapes = zip.Entries.Where(e => e.Name.EndsWith(".shp", StringComparison.OrdinalIgnoreCase)).ToList();
            if (shapes.Count != 1)
            {
                throw new InputException($"Expected one .shp with its .shx and .dbf, or one .kml, in the zip; found {shapes.Count} .shp. Zip one shapefile alone.");
            }

            // Only names of our own are written: what stands in a zip may point anywhere.
            foreach (var entry in zip.Entries.Where(e => parts.Contains(Path.GetExtension(e.Name).ToLowerInvariant()) && Path.GetFileNameWithoutExtension(e.Name) == Path.GetFileNameWithoutExtension(shapes[0].Name)))
            {
                entry.ExtractToFile(Path.Combine(folder.FullName, $"area{Path.GetExtension(entry.Name).ToLowerInvariant()}"));
            }

            return [.. ZoneFile.Read(Path.Combine(folder.FullName, "area.shp"), new ZoneReading(ZoneKind.DrawnArea, "imported")).Zones.Select(z => new AreaDrawing(z.Name, [.. Antimeridian.Polygons(z.Shape)
                .Select(p => new AreaPolygon(Places(p.ExteriorRing), [.. p.InteriorRings.Select(Places)]))]))];
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        static List<GeoPoint> Places(NetTopologySuite.Geometries.LineString ring) => Ring(ring.Coordinates.Select(c => (c.Y, c.X)), "The shapefile");
    }
}
