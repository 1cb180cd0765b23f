using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace MaritimeWatch.Units;

/// <summary>
/// How the units are written in JSON, in the store and in the API alike: an MMSI as 9 digits, an IMO number as 7, a flag
/// State as 2 letters, a call sign as its text, a place as <c>latDeg</c> and <c>lonDeg</c>, a time as ISO 8601 in UTC.
/// </summary>
public static class UnitJson
{
    /// <summary>The converters, for options made elsewhere.</summary>
    public static IReadOnlyList<JsonConverter> Converters { get; } =
    [
        new TextUnit<Mmsi>(Mmsi.Parse, unit => unit.ToString()),
        new TextUnit<ImoNumber>(ImoNumber.Parse, unit => unit.ToString()),
        new TextUnit<FlagState>(FlagState.Parse, unit => unit.Code),
        new TextUnit<CallSign>(CallSign.Parse, unit => unit.Text),
        new TextUnit<DateTimeOffset>(ReadTime, WriteTime),
        new PlaceUnit(),
        new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false),
    ];

    /// <summary>Names and enumerations in camelCase, units as above. Read-only: copy it to change something.</summary>
    public static JsonSerializerOptions Options { get; } = MakeOptions();

    /// <summary>ISO 8601 in UTC with as many decimals as the time has, so that reading it back gives the same instant.</summary>
    public static string WriteTime(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    private static DateTimeOffset ReadTime(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    private static JsonSerializerOptions MakeOptions()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        };
        foreach (var converter in Converters)
        {
            options.Converters.Add(converter);
        }

        options.MakeReadOnly();
        return options;
    }

    /// <summary>A unit that is one text, also as the key of a dictionary.</summary>
    private sealed class TextUnit<T>(Func<string, T> parse, Func<T, string> write) : JsonConverter<T>
        where T : struct
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType != JsonTokenType.String)
            {
                throw new JsonException($"Expected {typeof(T).Name} as a text; found {reader.TokenType}.");
            }

            return Parse(reader.GetString()!);
        }

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(write(value));

        public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Parse(reader.GetString()!);

        public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WritePropertyName(write(value));

        private T Parse(string text)
        {
            try
            {
                return parse(text);
            }
            catch (FormatException e)
            {
                throw new JsonException(e.Message, e);
            }
        }
    }

    private sealed class PlaceUnit : JsonConverter<GeoPoint>
    {
        public override GeoPoint Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            using var document = JsonDocument.ParseValue(ref reader);
            var place = document.RootElement;
            if (place.ValueKind != JsonValueKind.Object
                || !place.TryGetProperty("latDeg", out var lat) || lat.ValueKind != JsonValueKind.Number || !lat.TryGetDouble(out var latDeg)
                || !place.TryGetProperty("lonDeg", out var lon) || lon.ValueKind != JsonValueKind.Number || !lon.TryGetDouble(out var lonDeg)
                || !GeoPoint.IsOnEarth(latDeg, lonDeg))
            {
                throw new JsonException($"Expected a place with latDeg (-90 to 90) and lonDeg (-180 to 180); found {place.GetRawText()}.");
            }

            return new GeoPoint(latDeg, lonDeg);
        }

        public override void Write(Utf8JsonWriter writer, GeoPoint value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            writer.WriteNumber("latDeg", value.LatDeg);
            writer.WriteNumber("lonDeg", value.LonDeg);
            writer.WriteEndObject();
        }
    }
}
