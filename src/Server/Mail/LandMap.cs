using System.Text.Json;
using System.Text.Json.Serialization;
using NetTopologySuite.Features;
using NetTopologySuite.Geometries;
using NetTopologySuite.Index.Strtree;
using NetTopologySuite.IO.Converters;

namespace MaritimeWatch.Server.Mail;

/// <summary>Land polygons from a GeoJSON FeatureCollection whose polygons end cleanly at 180 degrees; loaded once, searched by box.</summary>
internal sealed class LandMap
{
    private readonly STRtree<Polygon> tree = new();

    private LandMap()
    {
    }

    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is not a FeatureCollection of polygons.</exception>
    public static LandMap Load(string geoJsonPath)
    {
        var reading = new JsonSerializerOptions { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };
        reading.Converters.Add(new GeoJsonConverterFactory());
        using var stream = File.OpenRead(geoJsonPath);
        var land = new LandMap();
        try
        {
            foreach (var feature in JsonSerializer.Deserialize<FeatureCollection>(stream, reading) ?? [])
            {
                for (var i = 0; i < (feature.Geometry?.NumGeometries ?? 0); i++)
                {
                    if (feature.Geometry!.GetGeometryN(i) is Polygon { IsEmpty: false } polygon)
                    {
                        land.tree.Insert(polygon.EnvelopeInternal, polygon);
                    }
                }
            }
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException($"Expected a GeoJSON FeatureCollection of land polygons in '{geoJsonPath}': {broken.Message}", broken);
        }

        if (land.tree.Count == 0)
        {
            throw new InvalidDataException($"Expected land polygons in '{geoJsonPath}'; found none.");
        }

        land.tree.Build();
        return land;
    }

    public IEnumerable<Polygon> Within(Envelope box) => tree.Query(box);
}
