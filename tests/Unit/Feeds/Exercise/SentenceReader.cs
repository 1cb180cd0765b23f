using System.Globalization;

namespace MaritimeWatch.Unit.Feeds.Exercise;

/// <summary>A line taken apart: tag block, sentence count and number, payload and fill bits.</summary>
internal readonly record struct ReadLine(string Source, string Mark, string Group, long UnixS, int Parts, int Part, string Payload, int FillBits);

/// <summary>
/// A reader of its own, written from the tables and not from the encoder: it shares no code with the product, so that an
/// error in one is not an error in both.
/// </summary>
internal static class SentenceReader
{
    /// <summary>The parts of a line that the tests look at; throws when a checksum is wrong.</summary>
    public static ReadLine Split(string line)
    {
        var end = line.IndexOf('\\', 1);
        if (line[0] != '\\' || string.CompareOrdinal(line, end + 1, "!AIVDM,", 0, 7) != 0)
        {
            throw new InvalidDataException($"'{line}' is not a tag block and an AIVDM sentence.");
        }

        CheckSum(line.AsSpan(1, end - 1));
        CheckSum(line.AsSpan(end + 2));
        string source = "", mark = "", group = "";
        long unixS = -1;
        var tags = line.AsSpan(1, end - 4);
        foreach (var range in tags.Split(','))
        {
            var tag = tags[range];
            switch (tag[0])
            {
                case 's': source = tag[2..].ToString(); break;
                case 't': mark = tag[2..].ToString(); break;
                case 'g': group = tag[6..].ToString(); break;
                case 'c': unixS = long.Parse(tag[2..], CultureInfo.InvariantCulture); break;
                default: throw new InvalidDataException($"The tag '{tag}' is not expected.");
            }
        }

        var fields = line[(end + 1)..^3].Split(',');
        return new ReadLine(source, mark, group, unixS, fields[1][0] - '0', fields[2][0] - '0', fields[5], fields[6][0] - '0');
    }

    /// <summary>One bit per element, fill bits removed.</summary>
    public static bool[] Bits(string payload, int fillBits)
    {
        var bits = new bool[(payload.Length * 6) - fillBits];
        for (int c = 0, i = 0; c < payload.Length; c++)
        {
            var value = payload[c] - '0';
            value = value > 40 ? value - 8 : value;
            for (var mask = 32; mask > 0 && i < bits.Length; mask >>= 1)
            {
                bits[i++] = (value & mask) != 0;
            }
        }

        return bits;
    }

    public static int Unsigned(bool[] bits, int start, int count)
    {
        var value = 0;
        for (var i = start; i < start + count; i++)
        {
            value = (value * 2) + (bits[i] ? 1 : 0);
        }

        return value;
    }

    public static int Signed(bool[] bits, int start, int count) =>
        bits[start] ? Unsigned(bits, start + 1, count - 1) - (1 << (count - 1)) : Unsigned(bits, start + 1, count - 1);

    public static string Text(bool[] bits, int start, int characters)
    {
        const string Table = "@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_ !\"#$%&'()*+,-./0123456789:;<=>?";
        var text = string.Concat(Enumerable.Range(0, characters).Select(i => Table[Unsigned(bits, start + (6 * i), 6)]));
        return text.Split('@')[0].TrimEnd();
    }

    private static void CheckSum(ReadOnlySpan<char> text)
    {
        var stated = int.Parse(text[^2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        var sum = 0;
        foreach (var letter in text[..^3])
        {
            sum ^= letter;
        }

        if (text[^3] != '*' || sum != stated)
        {
            throw new InvalidDataException($"The checksum of '{text}' is {sum:X2}.");
        }
    }
}
