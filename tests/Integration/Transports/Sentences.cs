using System.Text;
using MaritimeWatch.Feeds.Ais;

namespace MaritimeWatch.Integration.Transports;

/// <summary>Real AIVDM lines for the tests, each of another ship, so that none is a repeat of another.</summary>
internal static class Sentences
{
    // A type 5 message in two parts (gpsd's public samples of AIVDM).
    public const string PartOne = "!AIVDM,2,1,1,A,55?MbV02;H;s<HtKR20EHE:0@T4@Dn2222222216L961O5Gf0NSQEp6ClRp8,0*1C";
    public const string PartTwo = "!AIVDM,2,2,1,A,88888888880,2*25";

    public static string Position(int ship)
    {
        Span<char> payload = stackalloc char[AisEncoder.LongestPayload];
        var length = AisEncoder.ClassA(1, new ClassAPosition(211_000_000 + ship, 0, null, 12.3, true, 10 + (ship % 1000 / 1000.0), 55, 90, 91, 30), 0, payload);
        var sentence = $"AIVDM,1,1,,A,{payload[..length]},0";
        return $"!{sentence}*{NmeaChecksum.Of(Encoding.ASCII.GetBytes(sentence)):X2}";
    }

    /// <summary>With the tag block of IEC 61162-450: source and line count, 1 to 999 and round again.</summary>
    public static string Numbered(int ship, int count, string source = "AI0001")
    {
        var block = $"s:{source},n:{((count - 1) % 999) + 1}";
        return $"\\{block}*{NmeaChecksum.Of(Encoding.ASCII.GetBytes(block)):X2}\\{Position(ship)}";
    }

    /// <summary>With a receive time, as recordings have.</summary>
    public static string Timed(int ship)
    {
        var block = $"c:{1_790_000_000 + (ship / 100)}";
        return $"\\{block}*{NmeaChecksum.Of(Encoding.ASCII.GetBytes(block)):X2}\\{Position(ship)}";
    }

    public static string TimedLines(int first, int count) => string.Concat(Enumerable.Range(first, count).Select(i => Timed(i) + "\r\n"));

    public static byte[] Lines(int first, int count) => Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(first, count).Select(i => Position(i) + "\r\n")));

    public static byte[] Bytes(string text) => Encoding.ASCII.GetBytes(text);
}
