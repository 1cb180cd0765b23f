using System.Globalization;

namespace MaritimeWatch.Unit.Feeds.Exercise;

/// <summary>
/// A reader of its own, written from the tables and not from the encoder: it shares no code with the product, so that an
/// error in one is not an error in both.
/// </summary>
internal static class SentenceReader
{
    /// <summary>Tag block and sentence of a line; throws when a checksum is wrong.</summary>
    public static (Dictionary<char, string> Tags, string[] Fields) Split(string line)
    {
        Assert.Equal('\\', line[0]);
        var end = line.IndexOf('\\', 1);
        CheckSum(line[1..end]);
        var sentence = line[(end + 1)..];
        Assert.StartsWith("!AIVDM,", sentence, StringComparison.Ordinal);
        CheckSum(sentence[1..]);
        var tags = line[1..(end - 3)].Split(',').ToDictionary(t => t[0], t => t[2..]);
        return (tags, sentence[..^3].Split(','));
    }

    /// <summary>One bit per element, fill bits removed.</summary>
    public static bool[] Bits(string payload, int fillBits)
    {
        var bits = new bool[(payload.Length * 6) - fillBits];
        for (var i = 0; i < bits.Length; i++)
        {
            var value = payload[i / 6] - '0';
            value = value > 40 ? value - 8 : value;
            bits[i] = ((value >> (5 - (i % 6))) & 1) == 1;
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

    private static void CheckSum(string text)
    {
        var stated = int.Parse(text.AsSpan(text.Length - 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        var sum = 0;
        foreach (var letter in text.AsSpan(0, text.Length - 3))
        {
            sum ^= letter;
        }

        if (text[^3] != '*' || sum != stated)
        {
            throw new InvalidDataException($"The checksum of '{text}' is {sum:X2}.");
        }
    }
}
