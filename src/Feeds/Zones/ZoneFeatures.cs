using System.IO.Compression;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using NetTopologySuite.Features;
using NetTopologySuite.IO;
using NetTopologySuite.IO.Esri;

namespace MaritimeWatch.Feeds.Zones;

/// <summary>The features of a file of areas, as they stand; refuses what is not in WGS 84.</summary>
internal static class ZoneFeatures
{
    /// <exception cref="InputException">It cannot be read.</exception>
    public static IReadOnlyList<IFeature> Read(string path, string? layer)
    {
        try
        {
            return path.ToLowerInvariant() switch
            {
                var p when p.EndsWith(".shp", StringComparison.Ordinal) => Shape(path),
                var p when p.EndsWith(".gpkg", StringComparison.Ordinal) => Package(path, layer),
                var p when p.EndsWith(".json", StringComparison.Ordinal) || p.EndsWith(".geojson", StringComparison.Ordinal) => GeoJson.Read(File.ReadAllBytes(path)),
                var p when p.EndsWith(".json.gz", StringComparison.Ordinal) || p.EndsWith(".geojson.gz", StringComparison.Ordinal) => GeoJson.Read(Unzipped(path)),
                _ => throw new InputException($"{path}: expected areas as .shp, .gpkg, .geojson or .json, found another ending. Convert the file to one of them."),
            };
        }
        catch (FormatException other)
        {
            throw new InputException($"{path}: expected WGS 84 (EPSG:4326), found {other.Message}. Convert the file to EPSG:4326.", other);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or SqliteException or ShapefileException or ParseException or ArgumentException or InvalidDataException)
        {
            throw new InputException($"{path}: expected areas that can be read, found: {e.Message} Look whether the file is whole, with the files that belong to it.", e);
        }
    }

    private static byte[] Unzipped(string path)
    {
        using var zip = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using var text = new MemoryStream();
        zip.CopyTo(text);
        return text.ToArray();
    }

    private static Feature[] Shape(string path)
    {
        // Without a .prj the degrees are held to their range alone.
        var projection = Path.ChangeExtension(path, ".prj");
        if (File.Exists(projection) && File.ReadAllText(projection) is var text
            && (!text.StartsWith("GEOGCS", StringComparison.OrdinalIgnoreCase) || !(text.Contains("WGS_1984", StringComparison.OrdinalIgnoreCase) || text.Contains("WGS 84", StringComparison.OrdinalIgnoreCase))))
        {
            throw new FormatException($"'{text[..Math.Min(text.Length, 60)]}' in {projection}");
        }

        return Shapefile.ReadAllFeatures(path);
    }

    private static List<IFeature> Package(string path, string? layer)
    {
        using var database = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        database.Open();
        var layers = new List<(string Table, string Column, string System)>();
        using (var asked = database.CreateCommand())
        {
            // OGC 12-128r19, tables gpkg_geometry_columns and gpkg_spatial_ref_sys.
            asked.CommandText = "SELECT g.table_name, g.column_name, upper(s.organization) || ':' || s.organization_coordsys_id FROM gpkg_geometry_columns g JOIN gpkg_spatial_ref_sys s ON s.srs_id = g.srs_id ORDER BY 1";
            using var row = asked.ExecuteReader();
            while (row.Read())
            {
                layers.Add((row.GetString(0), row.GetString(1), row.GetString(2)));
            }
        }

        var found = layers.FindAll(l => layer is null || l.Table == layer);
        if (found.Count != 1)
        {
            throw new InputException($"{path}: expected one layer{(layer is null ? "" : $" '{layer}'")}, found {found.Count}. Choose one of {string.Join(", ", layers.Select(l => l.Table))}.");
        }

        if (found[0].System != "EPSG:4326")
        {
            throw new FormatException($"{found[0].System} in layer {found[0].Table}");
        }

        using var command = database.CreateCommand();
        command.CommandText = $"SELECT * FROM \"{found[0].Table.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        using var rows = command.ExecuteReader();
        var features = new List<IFeature>();
        var reader = new GeoPackageGeoReader();
        while (rows.Read())
        {
            var attributes = new AttributesTable();
            NetTopologySuite.Geometries.Geometry? shape = null;
            for (var i = 0; i < rows.FieldCount; i++)
            {
                if (string.Equals(rows.GetName(i), found[0].Column, StringComparison.OrdinalIgnoreCase))
                {
                    shape = rows.IsDBNull(i) ? null : reader.Read(rows.GetFieldValue<byte[]>(i));
                }
                else
                {
                    attributes.Add(rows.GetName(i), rows.IsDBNull(i) ? null : rows.GetValue(i));
                }
            }

            features.Add(new Feature(shape, attributes));
        }

        return features;
    }
}
