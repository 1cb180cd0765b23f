using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace MaritimeWatch.Unit.Server.Extracts;

/// <summary>Reads the text of a PDF back as a viewer's search does: content streams, and each font's ToUnicode map (ISO 32000-1, 9.10).</summary>
internal static class PdfReading
{
    /// <summary>Text of each page, in the order it was written.</summary>
    public static IReadOnlyList<string> Pages(byte[] pdf)
    {
        var streams = Streams(pdf);
        var letters = new Dictionary<int, string>();
        foreach (var map in streams.Where(s => s.Contains("beginbfchar", StringComparison.Ordinal) || s.Contains("beginbfrange", StringComparison.Ordinal)))
        {
            Learn(map, letters);
        }

        return [.. streams.Where(s => s.Contains("\nBT\n", StringComparison.Ordinal) && s.Contains(" Tj\nET\n", StringComparison.Ordinal)).Select(s => string.Concat(Regex.Matches(s, @"<([0-9A-Fa-f]+)>|\bTd\b|\bTm\b|\bT\*").Select(m => m.Groups[1].Success ? Text(m.Groups[1].Value, letters) : "\n")))];
    }

    private static List<string> Streams(byte[] pdf)
    {
        var (text, found) = (Encoding.Latin1.GetString(pdf), new List<string>());
        foreach (Match begin in Regex.Matches(text, @"/Length (\d+)[^>]*>>\s*stream\r?\n"))
        {
            var body = pdf.AsSpan(begin.Index + begin.Length, int.Parse(begin.Groups[1].Value, CultureInfo.InvariantCulture)).ToArray();
            if (begin.Value.Contains("FlateDecode", StringComparison.Ordinal) || text[Math.Max(0, begin.Index - 200)..begin.Index].LastIndexOf("FlateDecode", StringComparison.Ordinal) > text[Math.Max(0, begin.Index - 200)..begin.Index].LastIndexOf(" obj", StringComparison.Ordinal))
            {
                using var inflated = new StreamReader(new ZLibStream(new MemoryStream(body), CompressionMode.Decompress), Encoding.Latin1);
                found.Add(inflated.ReadToEnd());
            }
            else
            {
                found.Add(Encoding.Latin1.GetString(body));
            }
        }

        return found;
    }

    private static void Learn(string map, Dictionary<int, string> letters)
    {
        foreach (Match block in Regex.Matches(map, @"beginbfchar(.*?)endbfchar", RegexOptions.Singleline))
        {
            foreach (Match pair in Regex.Matches(block.Groups[1].Value, "<([0-9A-Fa-f]+)> <([0-9A-Fa-f]+)>"))
            {
                letters[Hex(pair.Groups[1].Value)] = Utf16(pair.Groups[2].Value);
            }
        }

        foreach (Match block in Regex.Matches(map, @"beginbfrange(.*?)endbfrange", RegexOptions.Singleline))
        {
            foreach (Match range in Regex.Matches(block.Groups[1].Value, "<([0-9A-Fa-f]+)> <([0-9A-Fa-f]+)> <([0-9A-Fa-f]+)>"))
            {
                for (var glyph = Hex(range.Groups[1].Value); glyph <= Hex(range.Groups[2].Value); glyph++)
                {
                    letters[glyph] = char.ConvertFromUtf32(Hex(range.Groups[3].Value) + glyph - Hex(range.Groups[1].Value));
                }
            }
        }
    }

    private static string Text(string hex, Dictionary<int, string> letters) => string.Concat(Enumerable.Range(0, hex.Length / 4).Select(i => letters.GetValueOrDefault(Hex(hex.Substring(i * 4, 4)), "\uFFFD")));

    private static string Utf16(string hex) => Encoding.BigEndianUnicode.GetString(Convert.FromHexString(hex));

    private static int Hex(string hex) => int.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
