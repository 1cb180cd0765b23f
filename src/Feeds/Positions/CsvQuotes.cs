namespace MaritimeWatch.Feeds.Positions;

/// <summary>
/// Rows that hold a quote (RFC 4180, section 2, rules 5 to 7): a field is quoted when it begins with a quote, and ends at the
/// next quote that is not doubled. A quote elsewhere in a field is a character like any other.
/// </summary>
internal static class CsvQuotes
{
    /// <summary>The text ends before the row does.</summary>
    public const int NotWhole = -1;

    /// <summary>Something other than a separator or the end of the line follows a closing quote.</summary>
    public const int Broken = -2;

    /// <summary>Place of the line feed that ends the row, or <see cref="NotWhole"/> or <see cref="Broken"/>.</summary>
    public static int EndOfRow(ReadOnlySpan<byte> text, byte separator)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '"')
            {
                at = AfterClosingQuote(text, at + 1);
                if (at >= text.Length || (text[at] == '\r' && at + 1 == text.Length))
                {
                    return NotWhole;
                }

                at += text[at] == '\r' ? 1 : 0;
                if (text[at] != '\n' && (text[at] != separator || text[at - 1] == '\r'))
                {
                    return Broken;
                }
            }
            else
            {
                var length = text[at..].IndexOfAny(separator, (byte)'\n');
                at = length < 0 ? text.Length : at + length;
            }

            if (at < text.Length && text[at] == '\n')
            {
                return at;
            }
        }

        return NotWhole;
    }

    /// <summary>
    /// Rewrites a whole row in place without its quotes, so that its fields lie as those of a row that never had any: each
    /// one byte behind the one before. After a quoted last field comes a carriage return, so that one of its own is not taken for the line's.
    /// </summary>
    /// <param name="row">The row with its line feed.</param>
    /// <param name="ends">Takes the place of the end of each field, counted from <paramref name="offset"/>.</param>
    /// <param name="offset">Place of the first byte of the row.</param>
    /// <returns>Number of fields.</returns>
    public static int Unquote(Span<byte> row, byte separator, Span<int> ends, int offset)
    {
        int fields = 0, at = 0, to = 0;
        while (at < row.Length)
        {
            var quoted = row[at] == '"';
            if (quoted)
            {
                for (at++; row[at] != '"' || row[++at] == '"'; at++)
                {
                    row[to++] = row[at];
                }
            }
            else
            {
                while (row[at] != separator && row[at] != '\n')
                {
                    row[to++] = row[at++];
                }
            }

            at += row[at] == '\r' ? 1 : 0;
            var last = row[at] == '\n';
            if (last && quoted)
            {
                row[to++] = (byte)'\r';
            }

            ends[fields++] = offset + to;
            at++;
            if (!last)
            {
                row[to++] = separator;
            }
        }

        return fields;
    }

    private static int AfterClosingQuote(ReadOnlySpan<byte> text, int at)
    {
        while (true)
        {
            var length = text[at..].IndexOf((byte)'"');
            if (length < 0)
            {
                return text.Length;
            }

            at += length + 1;
            if (at == text.Length || text[at] != '"')
            {
                return at;
            }

            at++;
        }
    }
}
