using System.Globalization;
using System.Text.Json;

namespace MaritimeWatch.Feeds.Json;

/// <summary>A record that cannot be used: why, and what it held.</summary>
internal sealed class RecordException(string reason, string? fieldName = null, string? value = null) : Exception(reason)
{
    public string? FieldName => fieldName;

    public string? Value => value is { Length: > 200 } ? value[..200] : value;
}

/// <summary>Reads fields of a JSON object. A missing or null field is null; one of the wrong kind refuses the record.</summary>
internal static class JsonFields
{
    public static JsonElement? Child(this JsonElement record, string name) =>
        record.ValueKind == JsonValueKind.Object && record.TryGetProperty(name, out var child) && child.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined) ? child : null;

    public static double? Number(this JsonElement record, string name) => record.Child(name) is not { } child ? null
        : child.ValueKind == JsonValueKind.Number && child.TryGetDouble(out var value) && double.IsFinite(value) ? value
        : throw new RecordException("a number is not readable", name, child.GetRawText());

    public static long? Whole(this JsonElement record, string name) => record.Number(name) is not { } value ? null
        : Math.Abs(value) < 1e15 ? (long)value : throw new RecordException("a number is not readable", name, value.ToString(CultureInfo.InvariantCulture));

    public static string? Text(this JsonElement record, string name)
    {
        try
        {
            return record.Child(name)?.GetString();
        }
        catch (InvalidOperationException)
        {
            // Not a text, or half of a surrogate pair.
            throw new RecordException("a text is not readable", name, record.Child(name)?.GetRawText());
        }
    }

    /// <summary>Text of a message: the six-bit alphabet fills up with '@' and blanks.</summary>
    public static string? SaidText(this JsonElement record, string name) => record.Text(name)?.Split('@')[0].Trim() is { Length: > 0 } text ? text : null;

    public static bool IsTrue(this JsonElement record, string name) => record.Child(name)?.ValueKind == JsonValueKind.True;
}
