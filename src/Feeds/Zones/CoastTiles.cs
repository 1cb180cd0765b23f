using System.Text.Json;
using MaritimeWatch.Detection.Zones;
using NetTopologySuite.Geometries;

namespace MaritimeWatch.Feeds.Zones;

/// <summary>
/// Reads the coast from maps/: vector tiles of one zoom in land-10m/, an index that lists those with coast and those wholly inland, and
/// channels.geojson, lines along which ships pass where the map has land.
/// </summary>
public static class CoastTiles
{
    /// <summary>Where tiles of Web Mercator end; what lies south of it is Antarctica.</summary>
    private const double LastLatDeg = 85.051128779806604;

    /// <exception cref="InputException">The folder or one of its files is not there, or not what the index says.</exception>
    public static Coast Load(string maps)
    {
        var folder = Path.Combine(maps, "land-10m");
        var path = Path.Combine(folder, "index.json");
        try
        {
            var index = JsonSerializer.Deserialize<TileIndex>(File.ReadAllBytes(path), JsonSerializerOptions.Web)!;
            var coast = index.Coast.Select(name =>
            {
                var box = Box(index, name);
                path = Path.Combine(folder, name.Replace('/', '-') + ".bin");
                return new LandPiece(box, [.. VectorTile.Rings(File.ReadAllBytes(path), "land").Select(ring => Place(index, name, ring))]);
            });
            var inland = index.Land.Select(name => Box(index, name)).Select(Whole);
            var south = Enumerable.Range(0, 32).Select(i => Whole(new Envelope((i * 11.25) - 180, (i * 11.25) - 168.75, -90, -LastLatDeg)));
            var land = coast.Concat(inland).Concat(south).ToList();
            path = Path.Combine(maps, "channels.geojson");
            return new Coast(land, GeoJson.Read(File.ReadAllBytes(path)).Select(f => f.Geometry.Coordinates));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or FormatException or NullReferenceException or ArgumentException)
        {
            throw new InputException($"{path}: expected the coast as vector tiles with an index ({e.Message}) Restore maps/ as it was delivered.", e);
        }
    }

    private static LandPiece Whole(Envelope box) =>
        new(box, [[new(box.MinX, box.MinY), new(box.MaxX, box.MinY), new(box.MaxX, box.MaxY), new(box.MinX, box.MaxY), new(box.MinX, box.MinY)]]);

    private static Envelope Box(TileIndex index, string name)
    {
        var corners = Place(index, name, [(0, 0), (index.Extent, index.Extent)]);
        return new Envelope(corners[0], corners[1]);
    }

    private static Coordinate[] Place(TileIndex index, string name, IReadOnlyList<(int X, int Y)> points)
    {
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        int column = int.Parse(name.AsSpan(0, slash)), row = int.Parse(name.AsSpan(slash + 1));
        double tiles = 1 << index.Zoom;
        return [.. points.Select(p => new Coordinate(
            ((column + ((double)p.X / index.Extent)) / tiles * 360) - 180,
            Math.Atan(Math.Sinh(Math.PI * (1 - (2 * (row + ((double)p.Y / index.Extent)) / tiles)))) * 180 / Math.PI))];
    }

    private sealed record TileIndex(int Zoom, int Extent, string[] Coast, string[] Land);
}
