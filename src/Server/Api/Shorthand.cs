using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace MaritimeWatch.Server.Api;

/// <summary>
/// Schemas in short: <c>"string"</c>, <c>"number 0..1"</c>, <c>"time?"</c> (or null), <c>"a|b"</c> (one of), <c>"Name"</c> (a schema of that name, or a record or enumeration of the program, see <see cref="TypeSchema"/>),
/// <c>["…"]</c> (a list), <c>{"{}": "…"}</c> (by key), and objects, whose members are there always but for those written <c>name?</c>. What a member's
/// name says of its unit is added to its meaning, and its range is held to.
/// </summary>
internal static class Shorthand
{
    // Suffix of a name, what it means, and its range.
    private static readonly (string Suffix, string Unit, string? Least, string? Most)[] Units =
    [
        ("latDeg", "latitude in degrees, north positive, WGS 84", "-90", "90"), ("lonDeg", "longitude in degrees, east positive, WGS 84", "-180", "180"),
        ("southDeg", "latitude of the southern edge in degrees", "-90", "90"), ("westDeg", "longitude of the western edge in degrees", "-180", "180"), ("cogDeg", "course over ground in degrees from true north", "0", "360"),
        ("Knots", "knots", "0", "103"), ("Nats", "natural units of information; positive speaks for, negative against", null, null), ("Deg", "degrees", null, null), ("LengthM", "metres", "0", "500"), ("lengthM", "metres", "0", "500"), ("metres", "metres", "0", null),
        ("probability", "share of one", "0", "1"), ("Nm", "nautical miles", "0", null), ("hours", "hours", null, null), ("Hours", "hours", null, null), ("Ms", "milliseconds", null, null),
    ];

    public static IOpenApiSchema Read(JsonNode node, OpenApiDocument document, string name = "") => node switch
    {
        JsonArray list => new OpenApiSchema { Type = JsonSchemaType.Array, Items = Read(list[0]!, document) },
        JsonObject map when map["{}"] is { } value => new OpenApiSchema { Type = JsonSchemaType.Object, AdditionalProperties = Read(value, document) },
        JsonObject members => Members(members, document),
        _ => Text(node.GetValue<string>(), document, name),
    };

    private static OpenApiSchema Members(JsonObject members, OpenApiDocument document) => new()
    {
        Type = JsonSchemaType.Object,
        Required = members.Select(m => m.Key).Where(k => !k.EndsWith('?')).ToHashSet(),
        Properties = members.ToDictionary(m => m.Key.TrimEnd('?'), m => Read(m.Value!, document, m.Key.TrimEnd('?'))),
    };

    private static IOpenApiSchema Text(string text, OpenApiDocument document, string name)
    {
        var orNull = text.EndsWith('?') ? JsonSchemaType.Null : 0;
        var kind = text.TrimEnd('?');
        if (kind.Contains('|', StringComparison.Ordinal))
        {
            return new OpenApiSchema { Type = JsonSchemaType.String | orNull, Enum = [.. kind.Split('|').Select(k => (JsonNode)JsonValue.Create(k)), .. orNull == 0 ? Array.Empty<JsonNode>() : [JsonNullSentinel.JsonNull]] };
        }

        if (char.IsAsciiLetterUpper(kind[0]))
        {
            // Values first: of an enumeration the framework may have made a component of its own, with or without null.
            var known = TypeSchema.Values(kind, document) ?? (document.Components!.Schemas!.ContainsKey(kind) ? new OpenApiSchemaReference(kind, document) : TypeSchema.Read(kind, document));
            return orNull == 0 ? known : TypeSchema.OrNull(known);
        }

        var words = kind.Split(' ');
        var schema = words[0] switch
        {
            "time" => new OpenApiSchema { Type = JsonSchemaType.String | orNull, Format = "date-time", Description = "ISO 8601, UTC" },
            "day" => new OpenApiSchema { Type = JsonSchemaType.String | orNull, Format = "date" },
            "any" => new OpenApiSchema(),
            "number" => new OpenApiSchema { Type = JsonSchemaType.Number | orNull },
            "integer" => new OpenApiSchema { Type = JsonSchemaType.Integer | orNull },
            "boolean" => new OpenApiSchema { Type = JsonSchemaType.Boolean | orNull },
            "object" => new OpenApiSchema { Type = JsonSchemaType.Object | orNull },
            "string" => new OpenApiSchema { Type = JsonSchemaType.String | orNull },
            _ => throw new FormatException($"description.json: '{text}' is no kind of value."),
        };
        WithUnit(schema, name);
        if (words.Length > 1 && words[1].Split("..") is [var least, var most])
        {
            (schema.Minimum, schema.Maximum) = (Number(least), Number(most));
        }

        return schema;
    }

    /// <summary>The schema with what the name of its member says of unit and range.</summary>
    public static IOpenApiSchema WithUnit(IOpenApiSchema schema, string name)
    {
        if (schema is OpenApiSchema { Type: { } kind } own && (kind & (JsonSchemaType.Number | JsonSchemaType.Integer)) != 0 && Array.Find(Units, u => name.EndsWith(u.Suffix, StringComparison.Ordinal)) is { Suffix: not null } unit)
        {
            (own.Description, own.Minimum, own.Maximum) = (unit.Unit, unit.Least, unit.Most);
        }

        return schema;
    }

    /// <summary>A place on Earth.</summary>
    public static OpenApiSchema Place() => new()
    {
        Type = JsonSchemaType.Object,
        Required = new HashSet<string> { "latDeg", "lonDeg" },
        Properties = new[] { "latDeg", "lonDeg" }.ToDictionary(n => n, n => WithUnit(new OpenApiSchema { Type = JsonSchemaType.Number }, n)),
    };

    private static string? Number(string text) => text.Length == 0 ? null : double.Parse(text, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);
}
