using System.Text.Json;
using MaritimeWatch.Feeds.Transport;

namespace MaritimeWatch.Feeds.Positions;

/// <summary>
/// Records of one JSON document: the first array of objects at the root or in a member of it, which is <c>features</c> in
/// GeoJSON (RFC 7946). Read over a buffer that holds one record, so that a large document is never whole in memory.
/// A time of the document before the array holds for records that have none.
/// </summary>
internal sealed class JsonDocumentRows(string path, FileContent form)
{
    /// <summary>A record of more bytes than this is no position.</summary>
    private const int LargestRecord = 1 << 24;

    private readonly List<NamedValue> around = [];
    private byte[] buffer = new byte[1 << 16];
    private int start, end, recordDepth = -1;
    private bool ended, arrayBegan;
    private long skipped;
    private string member = "";
    private JsonReaderState state;

    /// <exception cref="InputException">The document is cut short, is no JSON, or holds no array of records.</exception>
    public IEnumerable<NamedRow> Read()
    {
        using var stream = InputFile.Open(path);
        Fill(stream);
        start = buffer.AsSpan(0, end).StartsWith("\uFEFF"u8) ? 3 : 0;
        long number = 0;
        while (Next(stream) is { } record)
        {
            var row = JsonRows.Row($"record {++number}", record);
            row.Values.AddRange(around);
            yield return row;
        }

        if (recordDepth == -1)
        {
            throw new InputException($"{path}: expected {(form == FileContent.GeoJson ? "an array 'features'" : "an array of records")}, found none. Give one object a line, or an array of them.");
        }
    }

    private byte[]? Next(Stream stream)
    {
        while (true)
        {
            try
            {
                var json = new Utf8JsonReader(buffer.AsSpan(start, end - start), ended, state);
                if (Record(ref json) is { } record)
                {
                    return record;
                }

                if (ended)
                {
                    return null;
                }
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException)
            {
                throw new InputException($"{path}: expected JSON to the end, found a fault after byte {skipped + start}, or the document is cut short there. Fetch it again.", e);
            }

            Fill(stream);
        }
    }

    // Reads on to the end of a record. What the buffer does not hold whole is read again when there is more of it.
    private byte[]? Record(ref Utf8JsonReader json)
    {
        var origin = start;
        while (json.Read())
        {
            byte[]? record = null;
            if (json.TokenType == JsonTokenType.StartObject && IsRecord(json.CurrentDepth))
            {
                var first = (int)json.TokenStartIndex;
                if (!json.TrySkip())
                {
                    return null;
                }

                recordDepth = json.CurrentDepth;
                record = buffer[(origin + first)..(origin + (int)json.BytesConsumed)];
            }
            else
            {
                Note(ref json);
            }

            (start, state) = (origin + (int)json.BytesConsumed, json.CurrentState);
            if (record is not null)
            {
                return record;
            }
        }

        return null;
    }

    private bool IsRecord(int depth) => arrayBegan && depth is 1 or 2 && (recordDepth == -1 || recordDepth == depth) && (form != FileContent.GeoJson || depth == 1 || member == "features");

    private void Note(ref Utf8JsonReader json)
    {
        switch (json.TokenType)
        {
            case JsonTokenType.PropertyName when json.CurrentDepth == 1:
                member = json.GetString()!;
                break;
            case JsonTokenType.StartArray when json.CurrentDepth < 2 && recordDepth == -1:
                arrayBegan = true;
                break;
            case JsonTokenType.EndArray when json.CurrentDepth < 2:
                arrayBegan = false;
                break;
            case JsonTokenType.String when json.CurrentDepth == 1 && recordDepth == -1 && !arrayBegan:
                Around(json.GetString());
                break;
            case JsonTokenType.Number when json.CurrentDepth == 1 && recordDepth == -1 && !arrayBegan:
                Around(System.Text.Encoding.UTF8.GetString(json.ValueSpan));
                break;
        }
    }

    private void Around(string? text)
    {
        if (!string.IsNullOrWhiteSpace(text))
        {
            around.Add(new NamedValue(member, text, Inherited: true));
        }
    }

    private void Fill(Stream stream)
    {
        if (end - start == buffer.Length)
        {
            if (buffer.Length >= LargestRecord)
            {
                throw new InputException($"{path}: a record of more than {LargestRecord >> 20} MiB at byte {skipped + start}; expected one position a record.");
            }

            Array.Resize(ref buffer, buffer.Length * 2);
        }
        else
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            skipped += start;
            (start, end) = (0, end - start);
        }

        var read = stream.Read(buffer, end, buffer.Length - end);
        end += read;
        ended = read == 0;
    }
}
