using System.Text;
using System.Text.Json;
using MaritimeWatch.Feeds.Ais;
using MaritimeWatch.Feeds.Json;
using MaritimeWatch.Records;
using MaritimeWatch.Units;

namespace MaritimeWatch.Feeds.Raw;

/// <summary>
/// Reads kept records of one feed again with the decoder they were read with first, and gives the messages of some ships. Records go in in the
/// order they were kept. Latin 1 holds every byte of a line as it was. A record kept twice (a batch read again after a kill) is one.
/// </summary>
/// <param name="feed">Name of the feed.</param>
/// <param name="wanted">Whose messages.</param>
/// <param name="from">Earliest receive time.</param>
/// <param name="to">Receive time before which they were received.</param>
public sealed class RawReading(string feed, Func<Mmsi, bool> wanted, DateTimeOffset from, DateTimeOffset to)
{
    private const int PartsKept = 64;

    private static readonly TimeSpan Beside = TimeSpan.FromMinutes(1);

    private readonly DateTimeOffset from = from < DateTimeOffset.MinValue + Beside ? from + Beside : from, to = to > DateTimeOffset.MaxValue - Beside ? to - Beside : to;
    private readonly AisStream stream = new(feed, new IntakeCount(), _ => { });
    private readonly Queue<string> parts = new();
    private readonly HashSet<string> known = [];
    private readonly List<RawMessage> found = [];
    private string? before;
    private long number;

    /// <summary>Messages found so far, in order of receive time.</summary>
    public IReadOnlyList<RawMessage> Found => [.. found.OrderBy(m => m.ReceivedAt).ThenBy(m => m.Lines[0], StringComparer.Ordinal)];

    /// <summary>Reads one kept record.</summary>
    public void Read(DateTimeOffset received, ReadOnlySpan<byte> record)
    {
        // What was received well outside the period is not decoded: an hour of a busy feed has millions of lines.
        if (received < from - Beside || received > to + Beside)
        {
            return;
        }

        if (JsonObservations.IsJson(record))
        {
            ReadJson(record);
            return;
        }

        var ends = stream.Read(record, ++number);
        if (ends && stream.Record.Message.Mmsi is var mmsi && wanted(mmsi) && (stream.Record.ReceivedAt ?? received) is var at && at >= from && at < to)
        {
            Keep(MessageOf(stream.Record, at, LinesOf(record)));
        }

        Remember(record);
    }

    // A line with the time or the station alone speaks of the next one; parts wait for the last of their message.
    private void Remember(ReadOnlySpan<byte> record)
    {
        before = record is [(byte)'$', ..] or [(byte)'\\', .., (byte)'\\'] ? Encoding.Latin1.GetString(record) : null;
        if (PartOf(record) is { Of: > 1 })
        {
            parts.Enqueue(Encoding.Latin1.GetString(record));
            if (parts.Count > PartsKept)
            {
                parts.Dequeue();
            }
        }
    }

    private List<string> LinesOf(ReadOnlySpan<byte> record)
    {
        var lines = before is null ? new List<string>() : [before];
        var own = PartOf(record);
        for (var part = 1; part < own.Of; part++)
        {
            if (part != own.Number && parts.LastOrDefault(p => PartOf(Encoding.Latin1.GetBytes(p)) is var other && (other.Of, other.Number, other.Key) == (own.Of, part, own.Key)) is { } line)
            {
                lines.Add(line);
            }
        }

        return [.. lines, Encoding.Latin1.GetString(record)];
    }

    /// <summary>Number of parts, which one this is, and what its parts have in common (sequence and channel).</summary>
    private static (int Of, int Number, string Key) PartOf(ReadOnlySpan<byte> record)
    {
        var at = record.IndexOf((byte)'!');
        Span<Range> fields = stackalloc Range[7];
        return at >= 0 && NmeaFields.Split(record[at..], fields) == 7 && record[at..][fields[1]] is [>= (byte)'2' and <= (byte)'9'] of && record[at..][fields[2]] is [>= (byte)'1' and <= (byte)'9'] number
            ? (of[0] - '0', number[0] - '0', Encoding.Latin1.GetString(record[at..][fields[3].Start..fields[4].End]))
            : (1, 1, "");
    }

    private RawMessage MessageOf(in AisRecord record, DateTimeOffset received, IReadOnlyList<string> lines)
    {
        ref readonly var message = ref record.message;
        ref readonly var at = ref message.position;
        return new RawMessage(feed, message.Mmsi, message.Type, message.hasPosition ? AisObservations.EventTime(received, at.UtcSecond) : received, received, record.StationId,
            message.hasPosition && at.HasPlace ? new GeoPoint(at.LatDeg!.Value, at.LonDeg!.Value) : null, message.hasPosition ? at.SogKnots : null, message.hasPosition ? at.CogDeg : null, message.hasStatic ? message.statics.Name : null, lines);
    }

    private void ReadJson(ReadOnlySpan<byte> record)
    {
        try
        {
            using var document = JsonDocument.Parse(record.ToArray());
            foreach (var (form, element) in JsonObservations.RecordsOf(document.RootElement))
            {
                var report = form?.Invoke(element);
                if (report is { Mmsi: >= 0 and <= Mmsi.Highest and var identity, Received: { } at } && new Mmsi((int)identity) is var mmsi && wanted(mmsi) && at >= from && at < to)
                {
                    Keep(new RawMessage(feed, mmsi, 0, AisObservations.EventTime(at, report.UtcSecond is >= 0 and <= 59 ? (int)report.UtcSecond : null), at, report.Station, report.IsPosition ? report.Place : null, report.SogKnots, report.CogDeg, report.Name, [Encoding.Latin1.GetString(record)]));
                }
            }
        }
        catch (Exception e) when (e is JsonException or RecordException)
        {
            // It was refused when it came, and stands among the rejections with its reason.
        }
    }

    private void Keep(RawMessage message)
    {
        if (known.Add($"{message.ReceivedAt.UtcTicks} {string.Join('\n', message.Lines)}"))
        {
            found.Add(message);
        }
    }
}
