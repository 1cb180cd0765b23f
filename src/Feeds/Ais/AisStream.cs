using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using MaritimeWatch.Records;

namespace MaritimeWatch.Feeds.Ais;

/// <summary>A complete message with what the stream said around it.</summary>
public struct AisRecord
{
    internal AisMessage message;
    internal byte first, second;
    internal long receivedMs;

    /// <summary>Number of the line that completed it, counted from 1.</summary>
    public long Line { readonly get; internal set; }

    /// <summary>Two characters, for example AI or BS.</summary>
    public readonly string Talker => string.Create(2, (first, second), static (text, from) => (text[0], text[1]) = ((char)from.first, (char)from.second));

    /// <summary>Receiving station, by tag block or time line; null when not said.</summary>
    public string? StationId { readonly get; internal set; }

    /// <summary>Receive time by tag block or time line; null when not said.</summary>
    public readonly DateTimeOffset? ReceivedAt => receivedMs == TagBlock.NoTime ? null : DateTimeOffset.FromUnixTimeMilliseconds(receivedMs);

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
    public static readonly TimeSpan PartsWithin = TimeSpan.FromMilliseconds(PartsWithinMs);

    private const int MostWaiting = 64, PartsWithinMs = 30_000;

    /// <summary>An hour: a time in a block with a wrong checksum is believed only this near to the last one trusted.</summary>
    private const long BelievedWithinMs = 3_600_000;

    private const string OthersMissing = "other parts of the message missing";

    private readonly WaitingParts[] waiting = new WaitingParts[MostWaiting];
    private readonly StationNames stations = new();
    private readonly byte[] buffer = new byte[AisPayload.BufferLength];
    private readonly TagBlock nothingSaid = TagBlock.Nothing;
    private AisRecord record;
    private PghpLine? timeLine;
    private TagBlock tag = TagBlock.Nothing;
    private string? groupStation;
    private long group = TagBlock.NoGroup, groupMs = TagBlock.NoTime, trustedMs = TagBlock.NoTime;
    private bool hasLoneTag;
    private int bitCount, waitingCount;

    /// <summary>Where lines are counted; the reader of batches gives a new one for each.</summary>
    public IntakeCount Count { get; set; } = count;

    /// <summary>Lines whose tag block had a wrong checksum; their sentences were read all the same.</summary>
    public long DoubtfulTags { get; private set; }

    /// <summary>True while a message waits for its other parts.</summary>
    public bool HasWaitingParts => waitingCount > 0;

    /// <summary>The message the last line completed; it holds until the next line is read. Copy what is to be kept.</summary>
    public ref readonly AisRecord Record => ref record;

    /// <summary>A number of the last message's bits: two stations that heard one transmission give the same.</summary>
    public ulong PayloadHash => new AisPayload(buffer, bitCount).Hash();

    /// <summary>Reads one line without its line ending. True when it completes a message.</summary>
    public bool Read(ReadOnlySpan<byte> line, long lineNumber)
    {
        if (!hasLoneTag && timeLine is null)
        {
            if (VdmSentence.TryReadPlain(line, out var length, out var fillBits) && TryClassA(line, length, fillBits))
            {
                Count.Accept();
                Told(line[1], line[2], lineNumber, null, TagBlock.NoTime);
                return true;
            }

            if (VdmSentence.IsVdm(line) && line[^1] > ' ')
            {
                return ReadAnySentence(line, lineNumber, nothingSaid, line);
            }
        }

        return ReadAround(line.IsEmpty || line[^1] > ' ' ? line : line.TrimEnd("\r\n "u8), lineNumber, line);
    }

    /// <summary>Call at the end: parts that still wait for the rest of their message are rejected.</summary>
    public void End()
    {
        while (waitingCount > 0)
        {
            Drop(0, OthersMissing);
        }
    }

    // A line with something around its sentence, or with none. Kept out of the way of the plain ones: its many values would be cleared for each of them.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool ReadAround(ReadOnlySpan<byte> rest, long lineNumber, ReadOnlySpan<byte> line)
    {
        if (rest.IsEmpty || rest[0] == '#')
        {
            Count.Accept();
            return false;
        }

        if (rest[0] == '\\')
        {
            var end = rest[1..].IndexOf((byte)'\\');
            var why = end < 0 ? "tag block not closed" : TagBlock.ReadInto(rest.Slice(1, end), stations, ref tag);
            if (why is not null)
            {
                return Refuse(line, lineNumber, why);
            }

            Believe();
            rest = rest[(end + 2)..];
            if (rest.IsEmpty)
            {
                hasLoneTag = true;
                Count.Accept();
                return false;
            }
        }
        else if (!hasLoneTag)
        {
            tag = TagBlock.Nothing;
        }

        hasLoneTag = false;
        if (PghpLine.IsPghp(rest))
        {
            if (PghpLine.Read(rest, stations, out var pghp) is { } why)
            {
                return Refuse(line, lineNumber, why);
            }

            (timeLine, hasLoneTag) = (pghp, true);
            Count.Accept();
            return false;
        }

        return VdmSentence.IsVdm(rest)
            ? ReadSentence(rest, lineNumber, tag, line)
            : Refuse(line, lineNumber, rest[0] is (byte)'$' or (byte)'!' ? "not an AIS sentence" : "not a sentence");
    }

    // The sentence of a block with a wrong checksum has one of its own; the block's time is believed only beside times already trusted.
    // The sentences of a group share the station and time of its first (IEC 61162-450, 7.2.3.3).
    private void Believe()
    {
        if (tag.differs)
        {
            DoubtfulTags++;
            tag.timeMs = tag.timeMs == TagBlock.NoTime || trustedMs == TagBlock.NoTime || Math.Abs(tag.timeMs - trustedMs) < BelievedWithinMs ? tag.timeMs : TagBlock.NoTime;
        }

        trustedMs = tag.timeMs == TagBlock.NoTime ? trustedMs : tag.timeMs;
        if (tag.group != TagBlock.NoGroup)
        {
            if (tag.group == group)
            {
                tag.station ??= groupStation;
                tag.timeMs = tag.timeMs == TagBlock.NoTime ? groupMs : tag.timeMs;
            }

            (group, groupMs) = (tag.group, tag.timeMs);
            groupStation = tag.station;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool ReadSentence(ReadOnlySpan<byte> rest, long lineNumber, scoped in TagBlock said, ReadOnlySpan<byte> line)
    {
        if (timeLine is null && VdmSentence.TryReadPlain(rest, out var length, out var fillBits) && TryClassA(rest, length, fillBits))
        {
            Count.Accept();
            Told(rest[1], rest[2], lineNumber, said.station, said.timeMs);
            return true;
        }

        return ReadAnySentence(rest, lineNumber, said, line);
    }

    // A class A position report, two lines of three: the words of the payload without a way through the buffer.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryClassA(ReadOnlySpan<byte> line, int length, int fillBits)
    {
        if (length > SixBit.Step || VdmSentence.PlainBegin + SixBit.Step > line.Length || !SixBit.TryUnpack(ref Unsafe.Add(ref MemoryMarshal.GetReference(line), VdmSentence.PlainBegin), length, out var packed))
        {
            return false;
        }

        bitCount = unchecked((length * 6) - fillBits);
        new AisPayload(buffer).Take(packed, bitCount);
        return AisDecoder.TryClassA(new ShortPayload(packed), bitCount, ref record.message);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool ReadAnySentence(ReadOnlySpan<byte> rest, long lineNumber, scoped in TagBlock said, ReadOnlySpan<byte> line)
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
                var timed = said;
                timed.station ??= t.Station;
                timed.timeMs = timed.timeMs == TagBlock.NoTime ? t.Time.ToUnixTimeMilliseconds() : timed.timeMs;
                return Take(sentence, lineNumber, timed, line);
            }
        }

        return Take(sentence, lineNumber, said, line);
    }

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
        Told(sentence.Address[0], sentence.Address[1], lineNumber, tag.station, tag.timeMs);
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
    private void Told(byte first, byte second, long lineNumber, string? station, long timeMs)
    {
        record.Line = lineNumber;
        (record.first, record.second) = (first, second);
        record.receivedMs = timeMs;
        if (!ReferenceEquals(record.StationId, station))
        {
            record.StationId = station;
        }
    }

    private bool Join(in VdmSentence sentence, long lineNumber, in TagBlock tag, ReadOnlySpan<byte> line)
    {
        var at = Find(sentence, lineNumber, tag);
        var parts = waiting[at];
        if (!parts.Take(sentence, lineNumber, line, tag))
        {
            return Drop(at, "payload longer than a message");
        }

        if (!parts.Complete)
        {
            return false;
        }

        var text = parts.Assemble(out var length, out var fillBits);
        if (Decode(text, length, fillBits) is { } reason)
        {
            return Drop(at, reason);
        }

        Count.Accept(parts.Count);
        Told(sentence.Address[0], sentence.Address[1], lineNumber, parts.Station, parts.TimeMs);
        Release(at);
        return true;
    }

    /// <summary>Place of the message the sentence belongs to, the latest begun of several; else a place for a new one.</summary>
    private int Find(in VdmSentence sentence, long lineNumber, in TagBlock tag)
    {
        var (key, found) = (sentence.Key, -1);
        for (var i = waitingCount - 1; i >= 0; i--)
        {
            var parts = waiting[i];
            if (lineNumber - parts.FirstLine > PartsWithinLines || arrival?.GetElapsedTime(parts.Begun) > PartsWithin)
            {
                Drop(i, OthersMissing);
                found = found == waitingCount ? i : found;
            }
            else if (parts.Key == key)
            {
                if (parts.Fits(sentence.Part, tag, PartsWithinMs))
                {
                    found = found < 0 || parts.FirstLine > waiting[found].FirstLine ? i : found;
                }
                else if (parts.Station == tag.station)
                {
                    // The same numbers of the same station again: what waited will not be completed.
                    Drop(i, OthersMissing);
                    found = found == waitingCount ? i : found;
                }
            }
        }

        return found >= 0 ? found : Begin(key, sentence.Parts, lineNumber);
    }

    private int Begin(long key, int parts, long lineNumber)
    {
        if (waitingCount == waiting.Length)
        {
            Drop(Array.IndexOf(waiting, waiting.MinBy(w => w.FirstLine)), OthersMissing);
        }

        (waiting[waitingCount] ??= new WaitingParts()).Begin(key, parts, lineNumber, arrival?.GetTimestamp() ?? 0);
        return waitingCount++;
    }

    private bool Drop(int at, string reason)
    {
        foreach (var (number, raw) in waiting[at].Lines())
        {
            Refuse(raw, number, reason);
        }

        Release(at);
        return false;
    }

    // The last takes the free place; the free one is used again.
    private void Release(int at)
    {
        waitingCount--;
        (waiting[at], waiting[waitingCount]) = (waiting[waitingCount], waiting[at]);
    }

    private bool Refuse(ReadOnlySpan<byte> line, long lineNumber, string reason) =>
        Refuse(Encoding.Latin1.GetString(line[..Math.Min(line.Length, 1000)]), lineNumber, reason);

    private bool Refuse(string raw, long lineNumber, string reason)
    {
        Count.Reject(reason);
        rejected(new Rejection(source, $"line {lineNumber}", null, null, reason, raw));
        return false;
    }
}
