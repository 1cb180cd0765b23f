using System.Text.Json;
using System.Text.Json.Serialization;
using NetTopologySuite.Features;
using NetTopologySuite.IO.Converters;

namespace MaritimeWatch.Feeds.Zones;

/// <summary>The features of a GeoJSON text (RFC 7946), with the crs member of the older form where there is one.</summary>
internal static class GeoJson
{
    private static readonly JsonSerializerOptions Reading = Options();

    /// <exception cref="JsonException">It is no FeatureCollection.</exception>
    /// <exception cref="FormatException">It is in another coordinate system than WGS 84.</exception>
    public static IReadOnlyList<IFeature> Read(byte[] text)
    {
        using var document = JsonDocument.Parse(text);
        if (document.RootElement.TryGetProperty("crs", out var crs) && crs.ValueKind == JsonValueKind.Object)
        {
            var name = crs.TryGetProperty("properties", out var p) && p.TryGetProperty("name", out var n) ? n.GetString() ?? "" : "";
            if (!name.EndsWith("CRS84", StringComparison.Ordinal) && !name.EndsWith("4326", StringComparison.Ordinal))
            {
                throw new FormatException($"coordinate system '{name}'");
            }
        }

        return [.. document.Deserialize<FeatureCollection>(Reading) ?? []];
    }

    private static JsonSerializerOptions Options()
    {
        var reading = new JsonSerializerOptions { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };
        reading.Converters.Add(new GeoJsonConverterFactory());
        return reading;
    }
}
