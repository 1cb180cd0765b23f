using System.Text;

namespace MaritimeWatch.Server.Mail;

/// <summary>The plain text part. It stands alone: everything a watch officer needs, no word about a picture.</summary>
internal static class AlertText
{
    /// <summary>RFC 5322, 2.1.1 asks for lines of at most 78 characters.</summary>
    public const int Width = 78;

    public static string Of(AlertSections mail)
    {
        var text = new StringBuilder();
        Wrap(text, mail.Opening, "", "");
        foreach (var part in mail.Parts)
        {
            text.Append("\r\n").Append(part.Heading.ToUpperInvariant()).Append("\r\n");
            foreach (var line in part.Lines)
            {
                Wrap(text, line, part.Listed ? "- " : "", "  ");
            }
        }

        // "-- " alone would be read as the start of a signature and folded away by many mail programs.
        text.Append("\r\n---\r\n");
        foreach (var line in mail.Closing)
        {
            Wrap(text, line, "", "  ");
        }

        return text.ToString();
    }

    private static void Wrap(StringBuilder text, string line, string first, string next)
    {
        var at = text.Append(first).Length - first.Length;
        var bare = true;
        foreach (var word in line.Split(' '))
        {
            if (!bare && text.Length - at + 1 + word.Length > Width)
            {
                at = text.Append("\r\n").Length;
                text.Append(next);
                bare = true;
            }

            if (!bare)
            {
                text.Append(' ');
            }

            // A word without blanks may be longer than a line; a link is kept whole, because a broken one does not open.
            var rest = word;
            var link = word.StartsWith("http", StringComparison.Ordinal) && line.Length == word.Length;
            while (!link && text.Length - at + rest.Length > Width)
            {
                var room = Width - (text.Length - at);
                var cut = char.IsHighSurrogate(rest[room - 1]) ? room - 1 : room;
                text.Append(rest, 0, cut);
                at = text.Append("\r\n").Length;
                text.Append(next);
                rest = rest[cut..];
            }

            text.Append(rest);
            bare = false;
        }

        text.Append("\r\n");
    }
}
