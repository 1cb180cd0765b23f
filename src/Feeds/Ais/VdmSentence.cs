using System.Buffers.Binary;
using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MaritimeWatch.Feeds.Ais;

/// <summary>The comma-separated fields of a sentence (NMEA 0183 has no quoting).</summary>
internal static class NmeaFields
{
    /// <summary>Number of fields; more than the ranges can hold gives a number greater than any form expects.</summary>
    public static int Split(ReadOnlySpan<byte> text, Span<Range> fields)
    {
        int count = 0, start = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && text[i] != ',')
            {
                continue;
            }

            if (count == fields.Length)
            {
                return int.MaxValue;
            }

            fields[count++] = start..i;
            start = i + 1;
        }

        return count;
    }
}

/// <summary>
/// One VDM or VDO sentence (IEC 61162-1): <c>!AIVDM,parts,part,sequence,channel,payload,fill*checksum</c>. Strict: a line that
/// breaks the form is refused with the reason; whether the stream goes on is the stream's matter.
/// </summary>
public readonly ref struct VdmSentence
{
    /// <summary>Where the payload begins in the plain form.</summary>
    internal const int PlainBegin = 14;

    private readonly ReadOnlySpan<byte> line;
    private readonly int begin, length, star;

    private VdmSentence(ReadOnlySpan<byte> line, int begin, int length, int star)
    {
        this.line = line;
        this.begin = begin;
        this.length = length;
        this.star = star;
    }

    /// <summary>Five characters after the exclamation mark: talker and formatter, for example <c>AIVDM</c>.</summary>
    public ReadOnlySpan<byte> Address => line.Slice(1, 5);

    public int Parts { get; private init; }

    public int Part { get; private init; }

    /// <summary>Sequential message identifier, 0 to 9; -1 when empty.</summary>
    public int Sequence { get; private init; }

    /// <summary>A or B; some feeds write 1 or 2; 0 when empty.</summary>
    public byte Channel { get; private init; }

    public ReadOnlySpan<byte> Payload => line.Slice(begin, length);

    public int FillBits { get; private init; }

    /// <summary>What all sentences of a message share: talker, formatter, channel, sequence and number of parts.</summary>
    internal long Key => ((long)line[1] << 40) | ((long)line[2] << 32) | ((long)line[5] << 24) | ((long)Channel << 16) | ((long)(Sequence + 1) << 8) | (long)Parts;

    /// <summary>The payload and the rest of the line behind it.</summary>
    internal ReadOnlySpan<byte> PayloadOnward => line[begin..];

    /// <summary>The two checksum digits, by which a PGHP line names the sentence it belongs to.</summary>
    public ReadOnlySpan<byte> Checksum => line.Slice(star + 1, 2);

    /// <summary>True for a sentence with formatter VDM or VDO, whatever its talker.</summary>
    public static bool IsVdm(ReadOnlySpan<byte> line)
    {
        // ! at 0, V D at 3 and 4, M or O (they differ in one bit) at 5, a comma at 6.
        const ulong Mask = 0x00FF_FDFF_FF00_00FF, Form = 0x002C_4D44_5600_0021;
        return line.Length > 7 && (BinaryPrimitives.ReadUInt64LittleEndian(line) & Mask) == Form;
    }

    /// <summary>
    /// Reads the form in which nearly all messages come: <c>!xxVDM,1,1,,A,payload,fill*checksum</c> and nothing behind it. False for
    /// any other line, right or wrong.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool TryReadPlain(ReadOnlySpan<byte> line, out int length, out int fillBits)
    {
        (length, fillBits) = (0, 0);
        if (line.Length < 40)
        {
            return false;
        }

        unchecked
        {
            // The head with the number of parts, then ",1,," and a channel of one character.
            const ulong Mask = 0xFFFF_FDFF_FF00_00FF, Form = 0x312C_4D44_5600_0021;
            const uint Single = 0x2C2C_312C;
            ref var first = ref MemoryMarshal.GetReference(line);
            ref var star = ref Unsafe.Add(ref first, line.Length - 3);
            length = line.Length - 3 - 2 - PlainBegin;
            fillBits = Unsafe.Add(ref star, -1) - '0';
            return (Unsafe.ReadUnaligned<ulong>(ref first) & Mask) == Form
                && Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref first, 8)) == Single
                && Unsafe.Add(ref first, PlainBegin - 1) == ','
                && star == '*'
                && Unsafe.Add(ref star, -2) == ','
                && (uint)fillBits <= 5
                && BitConverter.IsLittleEndian
                && ((NmeaChecksum.HexDigit(Unsafe.Add(ref star, 1)) << 4) | NmeaChecksum.HexDigit(Unsafe.Add(ref star, 2))) == NmeaChecksum.OfLong(in Unsafe.Add(ref first, 1), line.Length - 4);
        }
    }

    /// <summary>Reads the sentence. Gives null on success, else the reason.</summary>
    public static string? Read(ReadOnlySpan<byte> line, out VdmSentence sentence)
    {
        sentence = default;
        // Most lines end with the checksum; some services write something of their own behind it.
        var star = line.Length > 20 && line[^3] == '*' ? line.Length - 3 : line.LastIndexOf((byte)'*');
        if (star < 0 || line.Length < star + 3)
        {
            return "sentence cut short";
        }

        if (!NmeaChecksum.Matches(line[1..star], line[(star + 1)..]))
        {
            return "checksum differs";
        }

        if (star < 18 || line[8] != ',' || line[10] != ',')
        {
            return ReadPlainly(line, star, out sentence);
        }

        // One digit each of parts, part and sequence, one character of channel, or none: what every sender writes.
        int parts = line[7] - '0', part = line[9] - '0', sequence = -1, at = 11;
        if (line[at] != ',')
        {
            sequence = line[at++] - '0';
        }

        var channel = line[at] == ',' ? line[at + 1] : (byte)0;
        var begin = at + (channel == ',' ? 2 : 3);
        if (channel == 0 || parts is < 1 or > 9 || part < 1 || part > parts || sequence is < -1 or > 9 || (sequence < 0 && at != 11) || begin > star - 2 || line[begin - 1] != ',' || line[star - 2] != ',' || line[star - 1] is < (byte)'0' or > (byte)'5')
        {
            return ReadPlainly(line, star, out sentence);
        }

        sentence = new VdmSentence(line, begin, star - 2 - begin, star)
        {
            Parts = parts,
            Part = part,
            Sequence = sequence,
            Channel = channel == ',' ? (byte)0 : channel,
            FillBits = line[star - 1] - '0',
        };
        return null;
    }

    // Any form the standard allows, and the reason for what it does not.
    private static string? ReadPlainly(ReadOnlySpan<byte> line, int star, out VdmSentence sentence)
    {
        sentence = default;
        Span<Range> at = stackalloc Range[8];
        var body = line[..star];
        if (NmeaFields.Split(body, at) != 7)
        {
            return "sentence without seven fields";
        }

        if (!Number(body[at[1]], 1, 9, out var parts) || !Number(body[at[2]], 1, parts, out var part))
        {
            return "part numbers not readable";
        }

        var sequence = -1;
        if (!body[at[3]].IsEmpty && !Number(body[at[3]], 0, 9, out sequence))
        {
            return "sequence number not readable";
        }

        if (!Number(body[at[6]], 0, 5, out var fill))
        {
            return "fill bits outside 0 to 5";
        }

        var channel = body[at[4]];
        sentence = new VdmSentence(line, at[5].Start.Value, body[at[5]].Length, star)
        {
            Parts = parts,
            Part = part,
            Sequence = sequence,
            Channel = channel.IsEmpty ? (byte)0 : channel[0],
            FillBits = fill,
        };
        return null;
    }

    private static bool Number(ReadOnlySpan<byte> text, int lowest, int highest, out int value) =>
        Utf8Parser.TryParse(text, out value, out var used) && used == text.Length && value >= lowest && value <= highest;
}
