using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using MaritimeWatch.Records;
using MaritimeWatch.Units;

namespace MaritimeWatch.Storage;

/// <summary>
/// The text in which records are kept. Whole records are kept as JSON and columns stand beside it only to find them:
/// JSON escapes every character, so what a hostile source sends comes back as it was.
/// </summary>
public static class StoreJson
{
    /// <summary><see cref="UnitJson.Options"/>, able also to read back what the API only writes.</summary>
    public static JsonSerializerOptions Options { get; } = MakeOptions();

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    /// <exception cref="StoreException">The text is not such a record.</exception>
    public static T Read<T>(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, Options) ?? throw new JsonException("The record is null.");
        }
        catch (JsonException e)
        {
            throw new StoreException($"A stored {typeof(T).Name} cannot be read ({e.Message}). Check the store's integrity and restore the last good copy.", e);
        }
    }

    private static JsonSerializerOptions MakeOptions()
    {
        var options = new JsonSerializerOptions(UnitJson.Options)
        {
            TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
            // A weight may be infinite where a thing is impossible; refusing to save it would lose the finding.
            NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        };
        options.Converters.Add(new CountText());
        options.MakeReadOnly();
        return options;
    }

    /// <summary>A count can only be built by counting, never set.</summary>
    private sealed class CountText : JsonConverter<IntakeCount>
    {
        public override IntakeCount Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            using var document = JsonDocument.ParseValue(ref reader);
            var root = document.RootElement;
            var count = new IntakeCount();
            count.Accept(root.GetProperty("accepted").GetInt64());
            count.Duplicate(root.GetProperty("duplicates").GetInt64());
            // Texts from before loss was counted have no such field.
            count.Lose(root.TryGetProperty("lost", out var lost) ? lost.GetInt64() : 0);
            foreach (var reason in root.GetProperty("rejected").EnumerateObject())
            {
                count.Reject(reason.Name, reason.Value.GetInt64());
            }

            return count;
        }

        public override void Write(Utf8JsonWriter writer, IntakeCount value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            writer.WriteNumber("accepted", value.Accepted);
            writer.WriteNumber("duplicates", value.Duplicates);
            if (value.Lost > 0)
            {
                writer.WriteNumber("lost", value.Lost);
            }

            writer.WriteStartObject("rejected");
            foreach (var (reason, lines) in value.Rejected)
            {
                writer.WriteNumber(reason, lines);
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }
    }
}
