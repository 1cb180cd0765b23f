using System.Text.Json;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Feeds.Json;

/// <summary>
/// A feature of Fintraffic's latest locations (card seeds/feeds/live/digitraffic.json): GeoJSON (RFC 7946), with
/// <c>timestampExternal</c> as time of receipt in milliseconds and <c>timestamp</c> as UTC second of the position.
/// </summary>
internal static class DigitrafficForm
{
    public static JsonReport Read(JsonElement feature)
    {
        var said = feature.Child("properties") ?? throw new RecordException("properties missing");
        var (lon, lat) = Point(feature);
        return new JsonReport
        {
            Mmsi = feature.Whole("mmsi") ?? said.Whole("mmsi"),
            Received = JsonObservations.TimeOfMs(said.Number("timestampExternal")),
            UtcSecond = said.Whole("timestamp"),
            // The source does not tell the classes apart.
            Transponder = TransponderClass.Unknown,
            IsPosition = true,
            LatDeg = lat,
            LonDeg = lon,
            SogKnots = said.Number("sog"),
            CogDeg = said.Number("cog"),
            HeadingDeg = said.Number("heading"),
            Status = said.Whole("navStat"),
        };
    }

    private static (double? LonDeg, double? LatDeg) Point(JsonElement feature)
    {
        if (feature.Child("geometry") is not { } geometry)
        {
            return (null, null);
        }

        return geometry.Child("coordinates") is { ValueKind: JsonValueKind.Array } at && at.GetArrayLength() >= 2 && at[0].ValueKind == JsonValueKind.Number && at[1].ValueKind == JsonValueKind.Number
            ? (at[0].GetDouble(), at[1].GetDouble())
            : throw new RecordException("geometry is not a point", "geometry", geometry.GetRawText());
    }
}
