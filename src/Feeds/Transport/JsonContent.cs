using System.Text.Json;

namespace MaritimeWatch.Feeds.Transport;

/// <summary>Tells JSON lines, one JSON document and GeoJSON apart by the first tokens, whatever the line breaks.</summary>
internal static class JsonContent
{
    /// <summary>Judges a text that begins with an object; it may be cut off anywhere.</summary>
    public static FileContent Of(ReadOnlySpan<byte> head)
    {
        var json = new Utf8JsonReader(head, isFinalBlock: false, default);
        string? member = null;
        var (array, records) = (false, false);
        try
        {
            while (json.Read())
            {
                switch (json.TokenType)
                {
                    case JsonTokenType.PropertyName when json.CurrentDepth == 1:
                        member = json.GetString();
                        break;
                    case JsonTokenType.String when json.CurrentDepth == 1 && member == "type" && json.ValueTextEquals("FeatureCollection"):
                        return FileContent.GeoJson;
                    case JsonTokenType.StartArray when json.CurrentDepth == 1:
                        array = true;
                        break;
                    case JsonTokenType.StartObject when array && json.CurrentDepth == 2 && member == "features":
                        return FileContent.GeoJson;
                    case JsonTokenType.StartObject when array && json.CurrentDepth == 2:
                        records = true;
                        break;
                    case JsonTokenType.EndArray when json.CurrentDepth == 1:
                        array = false;
                        break;
                    case JsonTokenType.EndObject when json.CurrentDepth == 0:
                        // A second object after the first one makes lines of them, whatever they hold.
                        return records && head[(int)json.BytesConsumed..].Trim(" \r\n\t"u8).IsEmpty ? FileContent.Json : FileContent.JsonLines;
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a name with half a surrogate pair. A first line that is broken is told as a rejected line.
        }

        return records ? FileContent.Json : FileContent.JsonLines;
    }
}
