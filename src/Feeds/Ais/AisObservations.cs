using MaritimeWatch.Records;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Feeds.Ais;

/// <summary>
/// From decoded messages to observations. Event time is the receive time moved to the nearest instant whose UTC second is
/// the one in the message, so that one transmission heard by two stations is one observation.
/// </summary>
public sealed class AisObservations(string source, ReceiverKind receiver, TimeProvider? arrival = null)
{
    /// <summary>A repeat of the same bits within this time is the same transmission heard by another station.</summary>
    private static readonly TimeSpan RepeatWithin = TimeSpan.FromSeconds(30);

    private readonly Dictionary<ulong, DateTimeOffset> heard = [];
    private DateTimeOffset forgetAfter;
    private AisStream? stream;
    private ObservationBatch batch = new();
    private long lineNumber;

    /// <summary>Gives the lines read since the last call as one batch.</summary>
    public ObservationBatch Take()
    {
        var full = batch;
        batch = new ObservationBatch();
        return full;
    }

    /// <summary>Continues the numbering of lines after a restart.</summary>
    public void ContinueAfter(long line) => lineNumber = line;

    public long LineNumber => lineNumber;

    /// <summary>Reads one line.</summary>
    public void Read(ReadOnlySpan<byte> line)
    {
        stream ??= new AisStream(source, () => batch.Count, r => batch.Rejections.Add(r));
        if (stream.Read(line, ++lineNumber, out var record))
        {
            Observe(record);
        }
    }

    /// <summary>True while a message waits for its other parts: a restart from here would miss its first ones.</summary>
    public bool Waiting => stream?.HasWaitingParts ?? false;

    /// <summary>Lines read and not yet taken.</summary>
    public long Held => batch.Count.Lines;

    /// <summary>Ends the source or a connection: parts still waiting are rejected, and what comes next is not joined to them.</summary>
    public void End()
    {
        stream?.End();
        stream = null;
    }

    private void Observe(in AisRecord record)
    {
        var time = record.ReceivedAt ?? arrival?.GetUtcNow();
        if (time is not { } received)
        {
            // A file of bare sentences does not say when: a position without a time is no observation.
            if (record.Message.Position is not null || record.Message.Static is not null)
            {
                batch.Count.TurnIntoRejection("no receive time in the source");
                batch.Rejections.Add(new Rejection(source, $"line {record.Line}", null, null, "no receive time in the source"));
            }

            return;
        }

        batch.LastReceived = batch.LastReceived > received ? batch.LastReceived : received;
        if (IsRepeat(record.PayloadHash, received))
        {
            batch.Count.TurnIntoDuplicate();
            return;
        }

        var message = record.Message;
        if (message.Position is { HasPlace: true } p && message.Type is 1 or 2 or 3 or 9 or 18 or 19 or 27)
        {
            var at = message.Position.Value;
            var fix = new Fix(EventTime(received, at.UtcSecond), new GeoPoint(at.LatDeg!.Value, at.LonDeg!.Value), at.SogKnots, at.CogDeg, at.HeadingDeg, at.Status, message.Transponder, receiver);
            batch.Sightings.Add(new Sighting(message.Mmsi, null, fix, received, record.StationId));
        }

        if (message.Static is { } s && message.Type is 5 or 19 or 24)
        {
            batch.Statics.Add(Static(message, s, received, record.StationId));
        }
    }

    private static StaticReport Static(in AisMessage message, AisStatic s, DateTimeOffset received, string? station) => new()
    {
        Mmsi = message.Mmsi,
        Time = received,
        ReceivedAt = received,
        Station = station,
        Transponder = message.Transponder,
        NeedsSecond = true,
        ImoAsStated = s.Imo?.ToString(),
        CallSign = s.CallSign,
        Name = s.Name,
        ShipType = s.ShipType,
        LengthM = s.ToBowM + s.ToSternM is > 0 and var length ? length : null,
        BeamM = s.ToPortM + s.ToStarboardM is > 0 and var beam ? beam : null,
        DraughtM = s.DraughtM,
        Destination = s.Destination,
    };

    private static DateTimeOffset EventTime(DateTimeOffset received, int? utcSecond)
    {
        if (utcSecond is not { } second)
        {
            return received;
        }

        var minute = received.ToUnixTimeSeconds() / 60 * 60;
        var candidate = minute + second;
        candidate += candidate - received.ToUnixTimeSeconds() > 30 ? -60 : candidate - received.ToUnixTimeSeconds() < -30 ? 60 : 0;
        return DateTimeOffset.FromUnixTimeSeconds(candidate);
    }

    private bool IsRepeat(ulong hash, DateTimeOffset received)
    {
        if (received > forgetAfter)
        {
            forgetAfter = received + RepeatWithin;
            foreach (var (old, _) in heard.Where(h => h.Value < received - RepeatWithin).ToList())
            {
                heard.Remove(old);
            }
        }

        var repeat = heard.TryGetValue(hash, out var before) && (received - before).Duration() <= RepeatWithin;
        if (!repeat)
        {
            heard[hash] = received;
        }

        return repeat;
    }
}
