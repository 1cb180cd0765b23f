using System.Text;
using System.Text.Json;
using MaritimeWatch.Feeds.Transport;

namespace MaritimeWatch.Feeds.Positions;

/// <summary>Records of JSON lines: an object a line. Blank lines are no rows; a line that is no object is a row with a fault.</summary>
internal static class JsonRows
{
    public const string NotReadable = "not readable as a JSON object";

    /// <summary>Deeper, or further on in a list, nothing of a ship stands.</summary>
    private const int Deepest = 8, LongestList = 8;

    public static IEnumerable<NamedRow> Lines(string path)
    {
        using var stream = InputFile.Open(path);
        var lines = new ByteLines(stream);
        for (long number = 1; Next(lines, number) is { } bytes; number++)
        {
            if (bytes.AsSpan().Trim(" \t"u8).Length > 0)
            {
                yield return Row($"line {number}", bytes);
            }
        }
    }

    /// <summary>The record in these bytes; one that cannot be read has a fault.</summary>
    public static NamedRow Row(string place, ReadOnlyMemory<byte> json)
    {
        var values = new List<NamedValue>();
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                Add(values, "", document.RootElement, 0);
                return new NamedRow(place, values, Raw);
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a text with half a surrogate pair. Both are one row that cannot be read.
        }

        return new NamedRow(place, [], Raw, NotReadable);

        string Raw() => Encoding.UTF8.GetString(json.Span);
    }

    private static byte[]? Next(ByteLines lines, long number)
    {
        if (!lines.TryRead(out var line))
        {
            return null;
        }

        return (number == 1 && line.StartsWith("\uFEFF"u8) ? line[3..] : line).ToArray();
    }

    private static void Add(List<NamedValue> values, string name, JsonElement at, int depth)
    {
        if (depth > Deepest)
        {
            return;
        }

        var prefix = name.Length == 0 ? "" : name + ".";
        switch (at.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in at.EnumerateObject())
                {
                    Add(values, prefix + member.Name, member.Value, depth + 1);
                }

                break;
            case JsonValueKind.Array:
                foreach (var (index, item) in at.EnumerateArray().Take(LongestList).Index())
                {
                    Add(values, $"{prefix}{index}", item, depth + 1);
                }

                break;
            case JsonValueKind.String:
                NamedValue.Add(values, name, at.GetString());
                break;
            case JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False:
                NamedValue.Add(values, name, at.GetRawText());
                break;
        }
    }
}
