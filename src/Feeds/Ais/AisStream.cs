using System.Text;
using MaritimeWatch.Records;

namespace MaritimeWatch.Feeds.Ais;

/// <summary>A complete message with what the stream said around it.</summary>
/// <param name="Line">Number of the line that completed it, counted from 1.</param>
/// <param name="Talker">Two characters, for example AI or BS.</param>
/// <param name="StationId">Receiving station, by tag block or time line; null when not said.</param>
/// <param name="ReceivedAt">Receive time by tag block or time line; null when not said.</param>
/// <param name="Message">The decoded message.</param>
/// <param name="PayloadHash">Hash of the payload bits: two stations that heard one transmission give the same.</param>
public readonly record struct AisRecord(long Line, string Talker, string? StationId, DateTimeOffset? ReceivedAt, AisMessage Message, ulong PayloadHash);

/// <summary>
/// Turns the lines of a stream into messages: strict with each line, tolerant as a stream. Every line is accounted for;
/// a broken one is kept with its reason and the stream goes on. Parts may come in any order within
/// <see cref="PartsWithinLines"/> lines; a line counts when its message is complete, in the batch of that moment.
/// Not safe for use by two threads.
/// </summary>
public sealed class AisStream(string source, Func<IntakeCount> counter, Action<Rejection> rejected)
{
    /// <summary>Parts of one message further apart than this are not joined: sequence numbers come round after ten messages a station.</summary>
    public const int PartsWithinLines = 500;

    private static readonly TimeSpan BelievedWithin = TimeSpan.FromHours(1);

    private readonly Dictionary<long, Pending> pending = [];
    private readonly Dictionary<int, string> talkers = [];
    private readonly byte[] buffer = new byte[AisPayload.BufferLength];
    private PghpLine? timeLine;
    private TagBlock loneTag;
    private DateTimeOffset? trustedTime;

    /// <summary>Lines whose tag block had a wrong checksum; their sentences were read all the same.</summary>
    public long DoubtfulTags { get; private set; }

    /// <summary>True while a message waits for its other parts.</summary>
    public bool HasWaitingParts => pending.Count > 0;

    /// <summary>Reads one line without its line ending. True when it completes a message.</summary>
    public bool Read(ReadOnlySpan<byte> line, long lineNumber, out AisRecord record)
    {
        record = default;
        var rest = line.TrimEnd("\r\n "u8);
        if (rest.IsEmpty || rest[0] == '#')
        {
            counter().Accept();
            return false;
        }

        var tag = loneTag;
        if (rest[0] == '\\')
        {
            var end = rest[1..].IndexOf((byte)'\\');
            var why = end < 0 ? "tag block not closed" : TagBlock.Read(rest.Slice(1, end), out tag);
            if (why is not null)
            {
                return Refuse(line, lineNumber, why);
            }

            if (tag.ChecksumDiffers)
            {
                // The sentence has a checksum of its own; the block's time is believed only beside times already trusted.
                DoubtfulTags++;
                tag = tag with { Time = trustedTime is null || (tag.Time - trustedTime)?.Duration() < BelievedWithin ? tag.Time : null };
            }

            trustedTime = tag.Time ?? trustedTime;
            rest = rest[(end + 2)..];
            if (rest.IsEmpty)
            {
                loneTag = tag;
                counter().Accept();
                return false;
            }
        }

        loneTag = default;
        if (PghpLine.IsPghp(rest))
        {
            if (PghpLine.Read(rest, out var pghp) is { } why)
            {
                return Refuse(line, lineNumber, why);
            }

            timeLine = pghp;
            loneTag = tag;
            counter().Accept();
            return false;
        }

        if (!VdmSentence.IsVdm(rest))
        {
            return Refuse(line, lineNumber, rest[0] is (byte)'$' or (byte)'!' ? "not an AIS sentence" : "not a sentence");
        }

        if (VdmSentence.Read(rest, out var sentence) is { } reason)
        {
            return Refuse(line, lineNumber, reason);
        }

        var (station, time) = (tag.Station, tag.Time);
        if (timeLine is { } t && sentence.Checksum.SequenceEqual(Encoding.ASCII.GetBytes(t.SentenceChecksum)))
        {
            (station, time) = (station ?? t.Station, time ?? t.Time);
        }

        timeLine = sentence.Parts > 1 && sentence.Part < sentence.Parts ? timeLine : null;
        return sentence.Parts == 1
            ? Complete(sentence, lineNumber, station, time, line, out record)
            : Join(sentence, lineNumber, station, time, line, out record);
    }

    /// <summary>Call at the end: parts that still wait for the rest of their message are rejected.</summary>
    public void End()
    {
        foreach (var waiting in pending.Values)
        {
            GiveUp(waiting);
        }

        pending.Clear();
    }

    private bool Complete(in VdmSentence sentence, long lineNumber, string? station, DateTimeOffset? time, ReadOnlySpan<byte> line, out AisRecord record)
    {
        var payload = new AisPayload(buffer);
        record = default;
        if (!payload.Append(sentence.Payload, sentence.FillBits))
        {
            return Refuse(line, lineNumber, "payload character outside the six-bit armour");
        }

        if (AisDecoder.Decode(payload, out var message) is { } reason)
        {
            return Refuse(line, lineNumber, reason);
        }

        counter().Accept();
        record = new AisRecord(lineNumber, Talker(sentence.Address), station, time, message, Hash(payload.BitCount));
        return true;
    }

    private bool Join(in VdmSentence sentence, long lineNumber, string? station, DateTimeOffset? time, ReadOnlySpan<byte> line, out AisRecord record)
    {
        record = default;
        var key = KeyOf(sentence);
        if (pending.TryGetValue(key, out var waiting) && (waiting.Texts[sentence.Part - 1] is not null || lineNumber - waiting.FirstLine > PartsWithinLines))
        {
            pending.Remove(key);
            GiveUp(waiting);
            waiting = null;
        }

        if (waiting is null)
        {
            ForgetOld(lineNumber);
            pending[key] = waiting = new Pending(lineNumber, new byte[sentence.Parts][], new int[sentence.Parts], new long[sentence.Parts], new string[sentence.Parts]);
        }

        waiting.Station ??= station;
        waiting.Time ??= time;
        waiting.Texts[sentence.Part - 1] = sentence.Payload.ToArray();
        waiting.Fills[sentence.Part - 1] = sentence.FillBits;
        waiting.Lines[sentence.Part - 1] = lineNumber;
        waiting.Raw[sentence.Part - 1] = Encoding.Latin1.GetString(line);
        if (waiting.Texts.Any(t => t is null))
        {
            return false;
        }

        pending.Remove(key);
        var payload = new AisPayload(buffer);
        var reason = (string?)null;
        for (var i = 0; i < sentence.Parts && reason is null; i++)
        {
            reason = payload.Append(waiting.Texts[i], waiting.Fills[i]) ? null : "payload character outside the six-bit armour";
        }

        reason ??= AisDecoder.Decode(payload, out var message) is { } refused ? refused : Take(message, payload.BitCount, waiting, sentence.Address, out record);
        if (reason is null)
        {
            counter().Accept(sentence.Parts);
            return true;
        }

        for (var i = 0; i < sentence.Parts; i++)
        {
            Refuse(waiting.Raw[i], waiting.Lines[i], reason);
        }

        return false;

        string? Take(in AisMessage message, int bitCount, Pending from, ReadOnlySpan<byte> address, out AisRecord taken)
        {
            taken = new AisRecord(lineNumber, Talker(address), from.Station, from.Time, message, Hash(bitCount));
            return null;
        }
    }

    private void ForgetOld(long lineNumber)
    {
        if (pending.Count < 64)
        {
            return;
        }

        foreach (var (key, old) in pending.Where(p => lineNumber - p.Value.FirstLine > PartsWithinLines).ToList())
        {
            pending.Remove(key);
            GiveUp(old);
        }
    }

    private void GiveUp(Pending waiting)
    {
        for (var i = 0; i < waiting.Texts.Length; i++)
        {
            if (waiting.Texts[i] is not null)
            {
                Refuse(waiting.Raw[i], waiting.Lines[i], "other parts of the message missing");
            }
        }
    }

    private bool Refuse(ReadOnlySpan<byte> line, long lineNumber, string reason) =>
        Refuse(Encoding.Latin1.GetString(line[..Math.Min(line.Length, 1000)]), lineNumber, reason);

    private bool Refuse(string raw, long lineNumber, string reason)
    {
        counter().Reject(reason);
        rejected(new Rejection(source, $"line {lineNumber}", null, null, reason, raw));
        return false;
    }

    private static long KeyOf(in VdmSentence s) =>
        ((long)s.Address[0] << 40) | ((long)s.Address[1] << 32) | ((long)s.Address[4] << 24) | ((long)s.Channel << 16) | ((long)(s.Sequence + 1) << 8) | (long)s.Parts;

    private string Talker(ReadOnlySpan<byte> address)
    {
        var key = (address[0] << 8) | address[1];
        return talkers.TryGetValue(key, out var known) ? known : talkers[key] = Encoding.Latin1.GetString(address[..2]);
    }

    /// <summary>FNV-1a (Fowler, Noll, Vo) over the payload's bytes: enough to tell repeats of one transmission within seconds.</summary>
    private ulong Hash(int bitCount)
    {
        var hash = 14695981039346656037UL;
        foreach (var b in buffer.AsSpan(0, (bitCount + 7) / 8))
        {
            hash = unchecked((hash ^ b) * 1099511628211UL);
        }

        return hash;
    }

    private sealed record Pending(long FirstLine, byte[][] Texts, int[] Fills, long[] Lines, string[] Raw)
    {
        public string? Station { get; set; }

        public DateTimeOffset? Time { get; set; }
    }
}
