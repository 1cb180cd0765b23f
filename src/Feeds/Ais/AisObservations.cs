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
    private readonly RepeatMemory heard = new();
    private AisStream? stream;
    private ObservationBatch batch = new();
    private long lineNumber;
    private DateTimeOffset? lastTime;

    /// <summary>True when the lines are kept as they come (<see cref="ObservationBatch.Raw"/>); set before anything is read.</summary>
    public bool KeepsRaw
    {
        get;
        init
        {
            field = value;
            batch = Fresh();
        }
    }

    /// <summary>Gives the lines read since the last call as one batch.</summary>
    public ObservationBatch Take()
    {
        var full = batch;
        batch = Fresh();
        if (stream is not null)
        {
            stream.Count = batch.Count;
        }

        return full;
    }

    /// <summary>Continues the numbering of lines after a restart.</summary>
    public void ContinueAfter(long line) => lineNumber = line;

    public long LineNumber => lineNumber;

    /// <summary>Reads one line.</summary>
    public void Read(ReadOnlySpan<byte> line)
    {
        stream ??= new AisStream(source, batch.Count, r => batch.Rejections.Add(r), arrival);
        var complete = stream.Read(line, ++lineNumber);
        if (complete)
        {
            Observe(stream.Record, stream.PayloadHash);
        }

        // A part, or a line with a time alone, is kept under the time known last.
        batch.Raw?.Add(lastTime = (complete ? stream.Record.ReceivedAt : null) ?? arrival?.GetUtcNow() ?? lastTime, line);
    }

    private ObservationBatch Fresh() => KeepsRaw ? new ObservationBatch { Raw = new Raw.RawLines() } : new ObservationBatch();

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

    private void Observe(in AisRecord record, ulong hash)
    {
        var time = record.ReceivedAt ?? arrival?.GetUtcNow();
        if (time is not { } received)
        {
            // A file of bare sentences does not say when: a position without a time is no observation.
            if (record.message.hasPosition || record.message.hasStatic)
            {
                batch.Count.TurnIntoRejection("no receive time in the source");
                batch.Rejections.Add(new Rejection(source, $"line {record.Line}", null, null, "no receive time in the source"));
            }

            return;
        }

        batch.LastReceived = batch.LastReceived > received ? batch.LastReceived : received;
        if (heard.IsRepeat(hash, received))
        {
            batch.Count.TurnIntoDuplicate();
            return;
        }

        ref readonly var message = ref record.message;
        if (message.hasPosition && message.position.HasPlace && AisMessage.TellsPlace(message.Type))
        {
            ref readonly var at = ref message.position;
            var fix = new Fix(EventTime(received, at.UtcSecond), new GeoPoint(at.LatDeg!.Value, at.LonDeg!.Value), at.SogKnots, at.CogDeg, at.HeadingDeg, at.Status, message.Transponder, receiver);
            batch.Sightings.Add(new Sighting(message.Mmsi, null, fix, received, record.StationId));
        }

        if (message.hasStatic && AisMessage.TellsIdentity(message.Type))
        {
            batch.Statics.Add(Static(message, message.statics, received, record.StationId));
        }
    }

    private static StaticReport Static(in AisMessage message, in AisStatic s, DateTimeOffset received, string? station) => new()
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

    /// <summary>The nearest instant to the receive time whose second of the minute, 0 to 59, is the one in the message; the receive time when there is none.</summary>
    internal static DateTimeOffset EventTime(DateTimeOffset received, int? utcSecond)
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
}

/// <summary>Remembers for a while which bits were heard, so that one transmission heard by several stations is one observation.</summary>
internal sealed class RepeatMemory
{
    /// <summary>A repeat of the same bits within this time is the same transmission heard by another station.</summary>
    private static readonly long WithinMs = 30_000;

    private Dictionary<ulong, long> now = [], before = [];
    private long turnAt;

    public bool IsRepeat(ulong hash, DateTimeOffset received)
    {
        var time = received.ToUnixTimeMilliseconds();
        if (time > turnAt)
        {
            (now, before) = (before, now);
            now.Clear();
            turnAt = time + WithinMs;
        }

        ref var known = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(now, hash, out var there);
        there |= before.TryGetValue(hash, out var earlier);
        known = known != 0 ? known : earlier;
        if (there && Math.Abs(time - known) <= WithinMs)
        {
            return true;
        }

        known = time;
        return false;
    }
}
