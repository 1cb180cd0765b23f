using System.Text;
using System.Text.Json;
using MaritimeWatch.Feeds.Positions;
using MaritimeWatch.Feeds.Transport;
using Sylvan.Data.Csv;

namespace MaritimeWatch.Feeds.Registers;

/// <summary>One record of a register: where it stands and its values by plain field name. A broken record has a fault and no values.</summary>
internal sealed record RegisterRow(string Place, IReadOnlyDictionary<string, string> Values, string? Fault = null, string? Raw = null);

/// <summary>The records of a register file, CSV or JSON (an array, an array by name, or a record per line); content decides.</summary>
internal sealed class RegisterRows(string path, RegisterCard card)
{
    /// <summary>Names of fields as the source writes them, by plain name: of the header, or met so far.</summary>
    public Dictionary<string, string> Names { get; } = [];

    /// <summary>Date of the list as it states it; null when it does not.</summary>
    public DateTimeOffset? ListDate { get; private set; }

    /// <exception cref="InputException">The file can't be read as CSV or JSON.</exception>
    public IEnumerable<RegisterRow> Read() => InputFile.Recognise(path) switch
    {
        FileContent.Json or FileContent.JsonLines or FileContent.GeoJson => Json(),
        FileContent.Csv => Csv(),
        var other => throw new InputException($"{path}: expected a register as CSV or JSON, found {other}."),
    };

    private IEnumerable<RegisterRow> Csv()
    {
        using var text = new StreamReader(InputFile.Open(path), Encoding.UTF8);
        using var csv = Guarded(() => CsvDataReader.Create(text, new CsvDataReaderOptions { HasHeaders = true, Comment = '\u0001', MaxBufferSize = 1 << 20 }));
        var keys = Enumerable.Range(0, csv.FieldCount).Select(i => ColumnCards.Plain(csv.GetName(i))).ToArray();
        for (var i = 0; i < keys.Length; i++)
        {
            Names.TryAdd(keys[i], csv.GetName(i));
        }

        for (long row = 1; Guarded(csv.Read); row++)
        {
            var found = csv.RowFieldCount;
            if (found != keys.Length)
            {
                // A row that is too long or too short may have its values under the wrong names: nothing of it is believed.
                yield return new RegisterRow($"row {row}", None, "number of fields differs from the header", csv.GetRawRecordSpan().ToString());
                continue;
            }

            var values = new Dictionary<string, string>(keys.Length);
            for (var i = 0; i < keys.Length; i++)
            {
                if (csv.GetString(i).Trim() is { Length: > 0 } value)
                {
                    values.TryAdd(keys[i], value);
                }
            }

            yield return new RegisterRow($"row {row}", values);
        }
    }

    private IEnumerable<RegisterRow> Json()
    {
        using var text = new StreamReader(InputFile.Open(path), Encoding.UTF8);
        if (text.ReadLine() is { } first && Parsed(first) is { ValueKind: JsonValueKind.Object } && text.ReadLine() is { } second && second.TrimStart().StartsWith('{'))
        {
            long number = 0;
            for (var line = first; line is not null; line = number == 1 ? second : text.ReadLine())
            {
                number++;
                if (line.Length > 0)
                {
                    yield return Parsed(line) is { ValueKind: JsonValueKind.Object } record
                        ? RowOf($"line {number}", record)
                        : new RegisterRow($"line {number}", None, "not readable as JSON", line);
                }
            }

            yield break;
        }

        using var whole = Whole();
        var root = whole.RootElement;
        ListDate = card.ListDate is { } at && root.ValueKind == JsonValueKind.Object && root.TryGetProperty(at, out var date) && date.ValueKind == JsonValueKind.String && date.TryGetDateTimeOffset(out var when) ? when : null;
        var records = card.Rows is null ? root : root.ValueKind == JsonValueKind.Object && root.TryGetProperty(card.Rows, out var named) ? named : default;
        if (records.ValueKind != JsonValueKind.Array)
        {
            throw new InputException($"{path}: expected {(card.Rows is null ? "an array of records" : $"an array '{card.Rows}'")}, found none. Name the array in the card (rows).");
        }

        long index = 0;
        foreach (var record in records.EnumerateArray())
        {
            index++;
            yield return record.ValueKind == JsonValueKind.Object
                ? RowOf($"record {index}", record)
                : new RegisterRow($"record {index}", None, "not an object", record.GetRawText());
        }
    }

    private JsonDocument Whole()
    {
        try
        {
            using var file = InputFile.Open(path);
            return JsonDocument.Parse(file);
        }
        catch (JsonException e)
        {
            throw new InputException($"{path}: expected JSON, found a fault at line {e.LineNumber + 1}. The version before stays in use.", e);
        }
    }

    private T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is CsvFormatException or CsvMissingHeadersException or CsvRecordTooLargeException or InvalidDataException or InvalidOperationException)
        {
            throw new InputException($"{path}: not readable as CSV ({e.Message}). The version before stays in use.", e);
        }
    }

    private static JsonElement? Parsed(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // JSON may hold bytes that are no text, or half a surrogate pair: seen only when they are read as text.
    private RegisterRow RowOf(string place, JsonElement record)
    {
        try
        {
            return new RegisterRow(place, Flat(record));
        }
        catch (InvalidOperationException)
        {
            return new RegisterRow(place, None, "holds bytes that are no text", Encoding.UTF8.GetString(System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(record)));
        }
    }

    // Nested names are joined, several values by a semicolon: {"properties":{"imoNumber":["9074729"]}} is propertiesimonumber.
    private Dictionary<string, string> Flat(JsonElement record)
    {
        var values = new Dictionary<string, string>();
        Add("", record);
        return values;

        void Add(string name, JsonElement at)
        {
            switch (at.ValueKind)
            {
                case JsonValueKind.Object:
                    foreach (var property in at.EnumerateObject())
                    {
                        Add(name.Length == 0 ? property.Name : $"{name}.{property.Name}", property.Value);
                    }

                    break;
                case JsonValueKind.Array:
                    foreach (var item in at.EnumerateArray())
                    {
                        Add(name, item);
                    }

                    break;
                case JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False:
                    var key = ColumnCards.Plain(name);
                    Names.TryAdd(key, name);
                    if (at.ToString().Trim() is { Length: > 0 } value)
                    {
                        values[key] = values.TryGetValue(key, out var before) ? $"{before};{value}" : value;
                    }

                    break;
            }
        }
    }

    private static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>();
}
