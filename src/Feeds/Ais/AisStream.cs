using System.Runtime.CompilerServices;
using System.Text;
using MaritimeWatch.Records;

namespace MaritimeWatch.Feeds.Ais;

/// <summary>A complete message with what the stream said around it.</summary>
public struct AisRecord
{
    internal AisMessage message;
    internal byte first, second;

    /// <summary>Number of the line that completed it, counted from 1.</summary>
    public long Line { readonly get; internal set; }

    /// <summary>Two characters, for example AI or BS.</summary>
    public readonly string Talker => string.Create(2, (first, second), static (text, from) => (text[0], text[1]) = ((char)from.first, (char)from.second));

    /// <summary>Receiving station, by tag block or time line; null when not said.</summary>
    public string? StationId { readonly get; internal set; }

    /// <summary>Receive time by tag block or time line; null when not said.</summary>
    public DateTimeOffset? ReceivedAt { readonly get; internal set; }

    /// <summary>The decoded message.</summary>
    public readonly AisMessage Message => message;
}

/// <summary>
/// Turns the lines of a stream into messages: strict with each line, tolerant as a stream. Every line is accounted for;
/// a broken one is kept with its reason and the stream goes on. Parts may come in any order within <see cref="PartsWithinLines"/>
/// lines and <see cref="PartsWithin"/>, told apart by station and tag-block group; a line counts when its message is complete, in
/// the batch of that moment. Reading makes no object but for rejections and contents. Not safe for use by two threads.
/// </summary>
/// <param name="source">Feed or file, as rejections name it.</param>
/// <param name="count">Where lines are counted.</param>
/// <param name="rejected">Takes each rejection.</param>
/// <param name="arrival">Clock of a live feed, by which parts wait no longer than <see cref="PartsWithin"/>; null for a recording.</param>
public sealed class AisStream(string source, IntakeCount count, Action<Rejection> rejected, TimeProvider? arrival = null)
{
    /// <summary>Parts of one message further apart than this are not joined: sequence numbers come round after ten messages a station.</summary>
    public const int PartsWithinLines = 500;

    /// <summary>Parts received further apart than this are not joined; where no time is said the lines alone decide.</summary>
    public static readonly TimeSpan PartsWithin = TimeSpan.FromSeconds(30);

    private const int MostWaiting = 64;

    private static readonly TagBlock NothingSaid = new(null, null, null, false);

    private static readonly TimeSpan BelievedWithin = TimeSpan.FromHours(1);

    private readonly List<WaitingParts> waiting = [];
    private readonly Stack<WaitingParts> spare = [];
    private readonly StationNames stations = new();
    private readonly byte[] buffer = new byte[AisPayload.BufferLength];
    private AisRecord record;
    private PghpLine? timeLine;
    private TagBlock loneTag, group;
    private bool hasLoneTag;
    private DateTimeOffset? trustedTime;
    private int bitCount;

    /// <summary>Where lines are counted; the reader of batches gives a new one for each.</summary>
    public IntakeCount Count { get; set; } = count;

    /// <summary>Lines whose tag block had a wrong checksum; their sentences were read all the same.</summary>
    public long DoubtfulTags { get; private set; }

    /// <summary>True while a message waits for its other parts.</summary>
    public bool HasWaitingParts => waiting.Count > 0;

    /// <summary>The message the last line completed; it holds until the next line is read. Copy what is to be kept.</summary>
    public ref readonly AisRecord Record => ref record;

    /// <summary>A number of the last message's bits: two stations that heard one transmission give the same.</summary>
    public ulong PayloadHash => new AisPayload(buffer, bitCount).Hash();

    /// <summary>Reads one line without its line ending. True when it completes a message.</summary>
    public bool Read(ReadOnlySpan<byte> line, long lineNumber)
    {
        var rest = line;
        if (!rest.IsEmpty && rest[^1] <= ' ')
        {
            rest = rest.TrimEnd("\r\n "u8);
        }

        return !rest.IsEmpty && rest[0] == '!' && !hasLoneTag && timeLine is null && VdmSentence.IsVdm(rest)
            ? ReadSentence(rest, lineNumber, NothingSaid, line)
            : ReadAround(rest, lineNumber, line);
    }

    /// <summary>Call at the end: parts that still wait for the rest of their message are rejected.</summary>
    public void End()
    {
        foreach (var parts in waiting)
        {
            GiveUp(parts);
        }

        waiting.Clear();
    }

    // A line with something around its sentence, or with none.
    private bool ReadAround(ReadOnlySpan<byte> rest, long lineNumber, ReadOnlySpan<byte> line)
    {
        if (rest.IsEmpty || rest[0] == '#')
        {
            Count.Accept();
            return false;
        }

        var tag = loneTag;
        if (rest[0] == '\\')
        {
            var end = rest[1..].IndexOf((byte)'\\');
            var why = end < 0 ? "tag block not closed" : TagBlock.Read(rest.Slice(1, end), stations, out tag);
            if (why is not null)
            {
                return Refuse(line, lineNumber, why);
            }

            Believe(ref tag);
            rest = rest[(end + 2)..];
            if (rest.IsEmpty)
            {
                (loneTag, hasLoneTag) = (tag, true);
                Count.Accept();
                return false;
            }
        }

        (loneTag, hasLoneTag) = (default, false);
        if (PghpLine.IsPghp(rest))
        {
            if (PghpLine.Read(rest, stations, out var pghp) is { } why)
            {
                return Refuse(line, lineNumber, why);
            }

            (timeLine, loneTag, hasLoneTag) = (pghp, tag, true);
            Count.Accept();
            return false;
        }

        return VdmSentence.IsVdm(rest)
            ? ReadSentence(rest, lineNumber, tag, line)
            : Refuse(line, lineNumber, rest[0] is (byte)'$' or (byte)'!' ? "not an AIS sentence" : "not a sentence");
    }

    // The sentence of a block with a wrong checksum has one of its own; the block's time is believed only beside times already trusted.
    // The sentences of a group share the station and time of its first (IEC 61162-450, 7.2.3.3).
    private void Believe(ref TagBlock tag)
    {
        if (tag.ChecksumDiffers)
        {
            DoubtfulTags++;
            tag = tag with { Time = trustedTime is null || (tag.Time - trustedTime)?.Duration() < BelievedWithin ? tag.Time : null };
        }

        trustedTime = tag.Time ?? trustedTime;
        if (tag.Group is not null)
        {
            if (tag.Group == group.Group)
            {
                tag = tag with { Station = tag.Station ?? group.Station, Time = tag.Time ?? group.Time };
            }

            group = tag;
        }
    }

    private bool ReadSentence(ReadOnlySpan<byte> rest, long lineNumber, scoped in TagBlock said, ReadOnlySpan<byte> line)
    {
        if (VdmSentence.Read(rest, out var sentence) is { } reason)
        {
            return Refuse(line, lineNumber, reason);
        }

        if (timeLine is { } t)
        {
            timeLine = sentence.Part < sentence.Parts ? timeLine : null;
            if (Ascii.Equals(sentence.Checksum, t.SentenceChecksum))
            {
                return Take(sentence, lineNumber, said with { Station = said.Station ?? t.Station, Time = said.Time ?? t.Time }, line);
            }
        }

        return Take(sentence, lineNumber, said, line);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Take(in VdmSentence sentence, long lineNumber, scoped in TagBlock tag, ReadOnlySpan<byte> line)
    {
        if (sentence.Parts > 1)
        {
            return Join(sentence, lineNumber, tag, line);
        }

        if (Decode(sentence.PayloadOnward, sentence.Payload.Length, sentence.FillBits) is { } refused)
        {
            return Refuse(line, lineNumber, refused);
        }

        Count.Accept();
        Told(sentence, lineNumber, tag.Station, tag.Time);
        return true;
    }

    private string? Decode(ReadOnlySpan<byte> text, int length, int fillBits)
    {
        var payload = new AisPayload(buffer);
        if (!payload.Read(text, length, fillBits))
        {
            return length > AisPayload.MostCharacters ? "payload longer than a message" : text[..length].Contains((byte)',') ? "sentence without seven fields" : "payload character outside the six-bit armour";
        }

        if (AisDecoder.DecodeInto(payload, ref record.message) is { } reason)
        {
            return reason;
        }

        bitCount = payload.BitCount;
        return null;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Told(in VdmSentence sentence, long lineNumber, string? station, DateTimeOffset? time)
    {
        record.Line = lineNumber;
        (record.first, record.second) = (sentence.Address[0], sentence.Address[1]);
        if (time.HasValue || record.ReceivedAt.HasValue)
        {
            record.ReceivedAt = time;
        }

        if (!ReferenceEquals(record.StationId, station))
        {
            record.StationId = station;
        }
    }

    private bool Join(in VdmSentence sentence, long lineNumber, in TagBlock tag, ReadOnlySpan<byte> line)
    {
        var parts = Find(sentence, lineNumber, tag);
        if (!parts.Take(sentence, lineNumber, line, tag))
        {
            return Drop(parts, "payload longer than a message");
        }

        if (!parts.Complete)
        {
            return false;
        }

        var text = parts.Assemble(out var length, out var fillBits);
        if (Decode(text, length, fillBits) is { } reason)
        {
            return Drop(parts, reason);
        }

        Count.Accept(parts.Count);
        Told(sentence, lineNumber, parts.Station, parts.Time);
        Release(parts);
        return true;
    }

    private WaitingParts Find(in VdmSentence sentence, long lineNumber, in TagBlock tag)
    {
        var key = KeyOf(sentence);
        for (var i = waiting.Count - 1; i >= 0; i--)
        {
            var parts = waiting[i];
            if (lineNumber - parts.FirstLine > PartsWithinLines || arrival?.GetElapsedTime(parts.Begun) > PartsWithin || (waiting.Count >= MostWaiting && i == 0))
            {
                waiting.RemoveAt(i);
                GiveUp(parts);
            }
            else if (parts.Key == key)
            {
                if (parts.Fits(sentence.Part, tag.Station, tag.Group, tag.Time, PartsWithin))
                {
                    return parts;
                }

                // The same numbers of the same station again: what waited will not be completed.
                if (parts.Station == tag.Station)
                {
                    waiting.RemoveAt(i);
                    GiveUp(parts);
                }
            }
        }

        var begun = spare.TryPop(out var used) ? used : new WaitingParts();
        begun.Begin(key, sentence.Parts, lineNumber, arrival?.GetTimestamp() ?? 0);
        waiting.Add(begun);
        return begun;
    }

    private bool Drop(WaitingParts parts, string reason)
    {
        foreach (var (number, raw) in parts.Lines())
        {
            Refuse(raw, number, reason);
        }

        Release(parts);
        return false;
    }

    private void Release(WaitingParts parts)
    {
        waiting.Remove(parts);
        spare.Push(parts);
    }

    private void GiveUp(WaitingParts parts)
    {
        foreach (var (number, raw) in parts.Lines())
        {
            Refuse(raw, number, "other parts of the message missing");
        }

        spare.Push(parts);
    }

    private bool Refuse(ReadOnlySpan<byte> line, long lineNumber, string reason) =>
        Refuse(Encoding.Latin1.GetString(line[..Math.Min(line.Length, 1000)]), lineNumber, reason);

    private bool Refuse(string raw, long lineNumber, string reason)
    {
        Count.Reject(reason);
        rejected(new Rejection(source, $"line {lineNumber}", null, null, reason, raw));
        return false;
    }

    private static long KeyOf(in VdmSentence s) =>
        ((long)s.Address[0] << 40) | ((long)s.Address[1] << 32) | ((long)s.Address[4] << 24) | ((long)s.Channel << 16) | ((long)(s.Sequence + 1) << 8) | (long)s.Parts;
}
