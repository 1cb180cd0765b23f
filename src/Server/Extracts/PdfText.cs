using System.Text;
using MaritimeWatch.Identity;
using MaritimeWatch.Server.Mail;
using SkiaSharp;

namespace MaritimeWatch.Server.Extracts;

/// <summary>Text as the embedded typeface can write it, and lines that fit a width.</summary>
internal static class PdfText
{
    /// <summary>
    /// The text with whatever has no glyph, or would need joining or turning, in Latin letters where a table has them, and its characters by
    /// number beside it: nothing that a source wrote is lost, and nothing is drawn wrongly.
    /// </summary>
    public static string Writable(string text)
    {
        var (written, foreign) = (new StringBuilder(), new StringBuilder());
        foreach (var rune in AlertWords.Clean(text).EnumerateRunes())
        {
            var one = rune.ToString();
            if (!PictureInk.CanWrite(one))
            {
                foreign.Append(one);
            }
            else if (one == " " && foreign.Length > 0)
            {
                // A blank between two foreign words belongs to both.
                foreign.Append(one);
            }
            else
            {
                Flush();
                written.Append(one);
            }
        }

        Flush();
        return written.ToString();

        void Flush()
        {
            if (foreign.Length > 0)
            {
                var (original, latin) = (foreign.ToString().TrimEnd(), NameFolding.Of(foreign.ToString()));
                // Folding keeps letters that no table has.
                latin = PictureInk.CanWrite(latin) ? latin : "";
                var numbers = string.Join(' ', original.EnumerateRunes().Select(r => $"U+{r.Value:X4}"));
                written.Append(latin.Length > 0 ? $"{latin} [transliterated; as written: {numbers}]" : $"[as written: {numbers}]").Append(foreign[^1] == ' ' ? " " : "");
                foreign.Clear();
            }
        }
    }

    /// <summary>Lines no wider than asked; a word that is wider alone is cut.</summary>
    public static IReadOnlyList<string> Lines(string text, SKFont font, float width)
    {
        var (lines, line) = (new List<string>(), "");
        foreach (var word in text.Split(' ').SelectMany(word => Pieces(word, font, width)))
        {
            var longer = line.Length == 0 ? word : $"{line} {word}";
            if (line.Length > 0 && font.MeasureText(longer) > width)
            {
                lines.Add(line);
                line = word;
            }
            else
            {
                line = longer;
            }
        }

        lines.Add(line);
        return lines;
    }

    private static IEnumerable<string> Pieces(string word, SKFont font, float width)
    {
        var rest = word;
        while (font.MeasureText(rest) > width && rest.Length > 1)
        {
            var fits = 1;
            while (fits < rest.Length && font.MeasureText(rest[..(fits + 1)]) <= width)
            {
                fits++;
            }

            // A character of two halves is not cut in two.
            fits = char.IsHighSurrogate(rest[fits - 1]) && fits < rest.Length ? fits + 1 : fits;
            yield return rest[..fits];
            rest = rest[fits..];
        }

        if (rest.Length > 0 || word.Length == 0)
        {
            yield return rest;
        }
    }
}
