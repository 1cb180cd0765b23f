using System.Text;
using System.Text.Json;
using MaritimeWatch.Records;
using MaritimeWatch.Units;

namespace MaritimeWatch.Feeds.Json;

/// <summary>
/// From JSON records to observations. What a record is, its content says: a message of aisstream.io, features of Fintraffic's
/// locations, messages of AIS-catcher alone or in its envelope. A record counts as a line; one seen before is a duplicate.
/// </summary>
internal sealed class JsonObservations(Transport.FeedSetting setting)
{
    /// <summary>A source whose clock is further ahead is wrong, and would move the watch's own time on.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(10);

    private readonly SeenRecords seen = new();
    private ObservationBatch batch = new() { Raw = new Raw.RawLines() };
    private long number;

    /// <summary>Records read and not yet taken.</summary>
    public long Held => batch.Count.Lines;

    public ObservationBatch Take()
    {
        var full = batch;
        batch = new ObservationBatch { Raw = new Raw.RawLines() };
        return full;
    }

    /// <summary>True for a text that begins as JSON does.</summary>
    public static bool IsJson(ReadOnlySpan<byte> text) => text.TrimStart(" \r\n\t"u8) is [(byte)'{' or (byte)'[', ..];

    /// <summary>Reads one text, which may hold many records.</summary>
    public void Read(ReadOnlyMemory<byte> text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            foreach (var (form, record) in RecordsOf(document.RootElement))
            {
                Read(form, record);
            }
        }
        catch (JsonException)
        {
            BrokenOff(text.Span, "not readable as JSON");
        }
    }

    /// <summary>Records of a text, each with the reader of its form; null where no form is known.</summary>
    public static IEnumerable<(Func<JsonElement, JsonReport>? Form, JsonElement Record)> RecordsOf(JsonElement root)
    {
        if (root.ValueKind == JsonValueKind.Array)
        {
            return root.EnumerateArray().SelectMany(RecordsOf);
        }

        if (root.Child("features") is { ValueKind: JsonValueKind.Array } features)
        {
            return features.EnumerateArray().Select(f => ((Func<JsonElement, JsonReport>?)DigitrafficForm.Read, f));
        }

        if (root.Child("msgs") is { ValueKind: JsonValueKind.Array } messages)
        {
            return messages.EnumerateArray().Select(m => ((Func<JsonElement, JsonReport>?)AisCatcherForm.Read, m));
        }

        return [(root.Child("MessageType") is not null ? AisStreamForm.Read : root.Child("class")?.ToString() == "AIS" ? AisCatcherForm.Read : null, root)];
    }

    /// <summary>Keeps what cannot be read as a record at all, such as one that a connection broke off.</summary>
    public void BrokenOff(ReadOnlySpan<byte> text, string reason)
    {
        number++;
        Refuse(reason, null, null, Encoding.UTF8.GetString(text[..Math.Min(text.Length, 1000)]));
    }

    public static DateTimeOffset? TimeOfMs(double? ms) => ms is >= 0 and < 4_102_444_800_000 ? DateTimeOffset.FromUnixTimeMilliseconds((long)ms) : null;

    private void Read(Func<JsonElement, JsonReport>? form, JsonElement record)
    {
        number++;
        var text = Encoding.UTF8.GetBytes(record.GetRawText());
        if (seen.Again(text))
        {
            batch.Count.Duplicate();
            return;
        }

        try
        {
            if (form is null || record.ValueKind != JsonValueKind.Object)
            {
                throw new RecordException("not a record of a known form");
            }

            var report = form(record);
            batch.Raw!.Add(report.Received is { Year: >= 1970 and < 2100 } received ? received : null, text);
            Observe(report);
            batch.Count.Accept();
        }
        catch (RecordException e)
        {
            var raw = record.GetRawText();
            Refuse(e.Message, e.FieldName, e.Value, raw.Length > 1000 ? raw[..1000] : raw);
        }
    }

    private void Observe(JsonReport report)
    {
        var mmsi = report.Mmsi is >= 0 and <= Mmsi.Highest and var identity ? new Mmsi((int)identity) : throw new RecordException("MMSI not readable", "mmsi", report.Mmsi?.ToString());
        var received = report.Received is { Year: >= 1970 and < 2100 } time ? time : throw new RecordException("time not readable", "time", report.Received?.ToString("O"));
        if (received > setting.Clock.GetUtcNow() + Ahead)
        {
            throw new RecordException("time in the future", "time", received.ToString("O"));
        }

        if (report.IsPosition && report.Place is { } place)
        {
            batch.Sightings.Add(new Sighting(mmsi, null, report.FixAt(place, setting.Receiver), received, report.Station));
        }

        if (report.IsStatic)
        {
            batch.Statics.Add(report.StaticOf(mmsi));
        }

        batch.LastReceived = batch.LastReceived > received ? batch.LastReceived : received;
    }

    private void Refuse(string reason, string? field, string? value, string raw)
    {
        batch.Count.Reject(reason);
        batch.Rejections.Add(new Rejection(setting.Name, $"record {number}", field, value, reason, raw));
    }
}
