using System.Text;

namespace MaritimeWatch.Feeds.Ais;

/// <summary>One message of several sentences while parts of it are missing. It is used again for the next, so a stream at work makes none.</summary>
internal sealed class WaitingParts
{
    /// <summary>Most sentences of a message (IEC 61162-1, VDM).</summary>
    public const int MostParts = 9;

    private readonly byte[] text = new byte[AisPayload.MostCharacters + SixBit.Step];
    private readonly byte[] assembled = new byte[AisPayload.MostCharacters + SixBit.Step];
    private readonly byte[] raw = new byte[MostParts * LongestKept];
    private readonly Part[] parts = new Part[MostParts];
    private int characters, rawLength;

    /// <summary>Raw characters of a line that are kept for a rejection.</summary>
    private const int LongestKept = 1000;

    /// <summary>Talker, formatter, channel, sequence and number of parts: what all sentences of a message share.</summary>
    public long Key { get; private set; }

    public int Count { get; private set; }

    public int Held { get; private set; }

    public long FirstLine { get; private set; }

    /// <summary>When the first part came, by the clock of a live feed.</summary>
    public long Begun { get; private set; }

    public string? Station { get; private set; }

    /// <summary>Receive time in Unix milliseconds, or <see cref="TagBlock.NoTime"/>.</summary>
    public long TimeMs { get; private set; }

    /// <summary>Code of the tag-block group, or <see cref="TagBlock.NoGroup"/>.</summary>
    public long Group { get; private set; }

    public bool Complete => Held == Count;

    public void Begin(long key, int count, long line, long begun)
    {
        (Key, Count, FirstLine, Begun) = (key, count, line, begun);
        (Held, characters, rawLength) = (0, 0, 0);
        (Station, TimeMs, Group) = (null, TagBlock.NoTime, TagBlock.NoGroup);
        parts.AsSpan(0, count).Clear();
    }

    /// <summary>
    /// True when a sentence may belong here: it fills an empty place, and neither the receiver, the group nor the time says
    /// otherwise. Two stations number their sentences independently; a time that is not said is no contradiction.
    /// </summary>
    public bool Fits(int part, in TagBlock tag, long withinMs) =>
        !parts[part - 1].Here
        && (tag.station is null || Station is null || tag.station == Station)
        && (tag.group == TagBlock.NoGroup || Group == TagBlock.NoGroup || tag.group == Group)
        && (tag.timeMs == TagBlock.NoTime || TimeMs == TagBlock.NoTime || Math.Abs(tag.timeMs - TimeMs) <= withinMs);

    /// <summary>Takes a sentence. False when the message would be longer than AIS allows.</summary>
    public bool Take(in VdmSentence sentence, long line, ReadOnlySpan<byte> rawLine, in TagBlock tag)
    {
        var kept = Math.Min(rawLine.Length, LongestKept);
        var length = Math.Min(sentence.Payload.Length, AisPayload.MostCharacters - characters);
        parts[sentence.Part - 1] = new Part(line, (short)characters, (short)length, (short)rawLength, (short)kept, (byte)sentence.FillBits, true);
        rawLine[..kept].CopyTo(raw.AsSpan(rawLength));
        sentence.Payload[..length].CopyTo(text.AsSpan(characters));
        rawLength += kept;
        characters += length;
        Held++;
        Station ??= tag.station;
        TimeMs = TimeMs == TagBlock.NoTime ? tag.timeMs : TimeMs;
        Group = Group == TagBlock.NoGroup ? tag.group : Group;
        return length == sentence.Payload.Length;
    }

    /// <summary>The armour of all parts in their order; what lies behind it may be read but means nothing.</summary>
    public ReadOnlySpan<byte> Assemble(out int length, out int fillBits)
    {
        (length, fillBits) = (characters, parts[Count - 1].FillBits);
        var (inOrder, filled) = (true, false);
        for (var i = 1; i < Count; i++)
        {
            inOrder &= parts[i].Start > parts[i - 1].Start;
            filled |= parts[i - 1].FillBits > 0;
        }

        if (filled)
        {
            return Shifted(out length, out fillBits);
        }

        if (inOrder)
        {
            return text;
        }

        var at = 0;
        for (var i = 0; i < Count; i++)
        {
            text.AsSpan(parts[i].Start, parts[i].Length).CopyTo(assembled.AsSpan(at));
            at += parts[i].Length;
        }

        return assembled;
    }

    // Fill bits before the last part: rare, allowed, and then characters no longer follow each other bit by bit.
    private ReadOnlySpan<byte> Shifted(out int length, out int fillBits)
    {
        int bits = 0, held = 0;
        length = 0;
        foreach (ref readonly var part in parts.AsSpan(0, Count))
        {
            for (var i = 0; i < part.Length; i++)
            {
                var c = text[part.Start + i];
                var drop = i == part.Length - 1 ? part.FillBits : 0;
                var six = c is >= (byte)'0' and <= (byte)'W' ? c - 48 : c is >= (byte)'`' and <= (byte)'w' ? c - 56 : -1;
                if (six < 0)
                {
                    // Outside the armour: handed on as it is, for the decoder to refuse.
                    assembled[0] = c;
                    (length, fillBits) = (Math.Max(1, length), 0);
                    return assembled;
                }

                bits = (bits << (6 - drop)) | (six >> drop);
                held += 6 - drop;
                if (held >= 6)
                {
                    held -= 6;
                    assembled[length++] = Armour((bits >> held) & 63);
                    bits &= (1 << held) - 1;
                }
            }
        }

        fillBits = held == 0 ? 0 : 6 - held;
        if (held > 0)
        {
            assembled[length++] = Armour((bits << fillBits) & 63);
        }

        return assembled;

        static byte Armour(int six) => (byte)(six < 40 ? six + 48 : six + 56);
    }

    /// <summary>The lines held, for rejections.</summary>
    public IEnumerable<(long Line, string Raw)> Lines() =>
        parts.Take(Count).Where(p => p.Here).Select(p => (p.Line, Encoding.Latin1.GetString(raw, p.RawStart, p.RawLength)));

    private readonly record struct Part(long Line, short Start, short Length, short RawStart, short RawLength, byte FillBits, bool Here);
}
