using System.Buffers.Text;

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
    /// <summary>Five characters after the exclamation mark: talker and formatter, for example <c>AIVDM</c>.</summary>
    public ReadOnlySpan<byte> Address { get; private init; }

    public int Parts { get; private init; }

    public int Part { get; private init; }

    /// <summary>Sequential message identifier, 0 to 9; -1 when empty.</summary>
    public int Sequence { get; private init; }

    /// <summary>A or B; some feeds write 1 or 2; 0 when empty.</summary>
    public byte Channel { get; private init; }

    public ReadOnlySpan<byte> Payload { get; private init; }

    public int FillBits { get; private init; }

    /// <summary>The two checksum digits, by which a PGHP line names the sentence it belongs to.</summary>
    public ReadOnlySpan<byte> Checksum { get; private init; }

    /// <summary>True for a sentence with formatter VDM or VDO, whatever its talker.</summary>
    public static bool IsVdm(ReadOnlySpan<byte> line) =>
        line.Length > 7 && line[0] == '!' && line[3] == 'V' && line[4] == 'D' && line[5] is (byte)'M' or (byte)'O' && line[6] == ',';

    /// <summary>Reads the sentence. Gives null on success, else the reason.</summary>
    public static string? Read(ReadOnlySpan<byte> line, out VdmSentence sentence)
    {
        sentence = default;
        var star = line.LastIndexOf((byte)'*');
        if (star < 0 || line.Length < star + 3)
        {
            return "sentence cut short";
        }

        if (!NmeaChecksum.Matches(line[1..star], line[(star + 1)..]))
        {
            return "checksum differs";
        }

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
        sentence = new VdmSentence
        {
            Address = body[at[0]][1..],
            Parts = parts,
            Part = part,
            Sequence = sequence,
            Channel = channel.IsEmpty ? (byte)0 : channel[0],
            Payload = body[at[5]],
            FillBits = fill,
            Checksum = line.Slice(star + 1, 2),
        };
        return null;
    }

    private static bool Number(ReadOnlySpan<byte> text, int lowest, int highest, out int value) =>
        Utf8Parser.TryParse(text, out value, out var used) && used == text.Length && value >= lowest && value <= highest;
}
