using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using MaritimeWatch.Detection;
using MaritimeWatch.Units;
using Microsoft.OpenApi;

namespace MaritimeWatch.Server.Api;

/// <summary>Schemas of records that are answered as they are, read off the record itself: what is written and what is described cannot differ.</summary>
internal static class TypeSchema
{
    private static readonly Type[] Types = [.. typeof(Finding).Assembly.GetTypes(), .. typeof(Storage.IStore).Assembly.GetTypes(), .. typeof(TypeSchema).Assembly.GetTypes()];

    /// <summary>The schema of a record, or of the values of an enumeration, under its name among the components.</summary>
    /// <exception cref="FormatException">No type, or more than one, has the name.</exception>
    public static IOpenApiSchema Read(string name, OpenApiDocument document)
    {
        var found = Types.Where(t => t.Name == name && !t.IsGenericType).ToList();
        return found is [var type] ? Of(type, document) : throw new FormatException($"description.json: {found.Count} types are called '{name}'.");
    }

    /// <summary>The values of an enumeration; null when none has the name.</summary>
    public static IOpenApiSchema? Values(string name, OpenApiDocument document) => Array.Find(Types, t => t.IsEnum && t.Name == name) is { } values ? Of(values, document) : null;

    private static IOpenApiSchema Of(Type type, OpenApiDocument document)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner)
        {
            return OrNull(Of(inner, document));
        }

        if (type.IsEnum)
        {
            return new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. Enum.GetNames(type).Select(n => (JsonNode)JsonValue.Create(JsonNamingPolicy.CamelCase.ConvertName(n)))] };
        }

        if (Plain(type) is { } plain)
        {
            return plain;
        }

        var info = UnitJson.Options.GetTypeInfo(type);
        return info.Kind switch
        {
            JsonTypeInfoKind.Enumerable => new OpenApiSchema { Type = JsonSchemaType.Array, Items = Of(info.ElementType!, document) },
            JsonTypeInfoKind.Dictionary => new OpenApiSchema { Type = JsonSchemaType.Object, AdditionalProperties = Of(info.ElementType!, document) },
            JsonTypeInfoKind.Object => Record(info, document),
            _ => new OpenApiSchema(),
        };
    }

    private static OpenApiSchemaReference Record(JsonTypeInfo info, OpenApiDocument document)
    {
        var schema = new OpenApiSchema { Type = JsonSchemaType.Object, Properties = new Dictionary<string, IOpenApiSchema>(), Required = new HashSet<string>() };
        // Stands before its members are read: a record may hold others of its kind.
        if (document.Components!.Schemas!.TryAdd(info.Type.Name, schema))
        {
            foreach (var property in info.Properties.Where(p => p.Get is not null))
            {
                var of = Of(property.PropertyType, document);
                schema.Properties[property.Name] = Shorthand.WithUnit(property.IsGetNullable && Nullable.GetUnderlyingType(property.PropertyType) is null ? OrNull(of) : of, property.Name);
                schema.Required.Add(property.Name);
            }
        }

        return new OpenApiSchemaReference(info.Type.Name, document);
    }

    internal static IOpenApiSchema OrNull(IOpenApiSchema schema)
    {
        if (schema is not OpenApiSchema { Type: { } kind } own)
        {
            return new OpenApiSchema { OneOf = [schema, new OpenApiSchema { Type = JsonSchemaType.Null }] };
        }

        own.Type = kind | JsonSchemaType.Null;
        own.Enum?.Add(JsonNullSentinel.JsonNull);
        return own;
    }

    private static OpenApiSchema? Plain(Type type) => type switch
    {
        _ when type == typeof(string) => new OpenApiSchema { Type = JsonSchemaType.String },
        _ when type == typeof(bool) => new OpenApiSchema { Type = JsonSchemaType.Boolean },
        _ when type == typeof(int) || type == typeof(long) || type == typeof(short) || type == typeof(byte) => new OpenApiSchema { Type = JsonSchemaType.Integer },
        _ when type == typeof(double) || type == typeof(float) => new OpenApiSchema { Type = JsonSchemaType.Number },
        _ when type == typeof(DateTimeOffset) => new OpenApiSchema { Type = JsonSchemaType.String, Format = "date-time", Description = "ISO 8601, UTC" },
        _ when type == typeof(DateOnly) => new OpenApiSchema { Type = JsonSchemaType.String, Format = "date" },
        _ when type == typeof(TimeSpan) => new OpenApiSchema { Type = JsonSchemaType.String, Description = "days.hours:minutes:seconds" },
        _ when type == typeof(Mmsi) => new OpenApiSchema { Type = JsonSchemaType.String, Pattern = "^[0-9]{9}$" },
        _ when type == typeof(ImoNumber) => new OpenApiSchema { Type = JsonSchemaType.String, Pattern = "^[0-9]{7}$" },
        _ when type == typeof(FlagState) => new OpenApiSchema { Type = JsonSchemaType.String, Pattern = "^[A-Z]{2}$", Description = "ISO 3166-1 alpha-2" },
        _ when type == typeof(GeoPoint) => Shorthand.Place(),
        _ => null,
    };
}
