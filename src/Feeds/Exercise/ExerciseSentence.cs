namespace MaritimeWatch.Feeds.Exercise;

/// <summary>
/// Writes a sentence as a shore network sends it: a tag block (NMEA 0183, 4.10, chapter 7: g group, s source, c UNIX
/// time, t text) that carries the mark, then the AIVDM sentence (IEC 61162-1), both with their checksums.
/// </summary>
internal static class ExerciseSentence
{
    /// <summary>Longest line written: a whole type 5 part with group tag is under 140 characters.</summary>
    private const int Longest = 192;

    public static string One(string source, string mark, long unixSeconds, char channel, ReadOnlySpan<char> payload, int fillBits) =>
        Write(source, mark, unixSeconds, channel, payload, fillBits, 1, 1, 0, 0);

    public static string PartOf(string source, string mark, long unixSeconds, char channel, ReadOnlySpan<char> payload, int fillBits, int part, int sequenceId, int group) =>
        Write(source, mark, unixSeconds, channel, payload, fillBits, part, 2, sequenceId, group);

    private static string Write(
        string source, string mark, long unixSeconds, char channel, ReadOnlySpan<char> payload, int fillBits, int part, int parts, int sequenceId, int group)
    {
        Span<char> line = stackalloc char[Longest];
        var n = 0;
        line[n++] = '\\';
        if (parts > 1)
        {
            n += Text(line[n..], "g:");
            line[n++] = (char)('0' + part);
            n += Text(line[n..], "-2-");
            n += Number(line[n..], group);
            line[n++] = ',';
        }

        n += Text(line[n..], "s:");
        n += Text(line[n..], source);
        n += Text(line[n..], ",c:");
        n += Number(line[n..], unixSeconds);
        n += Text(line[n..], ",t:");
        n += Text(line[n..], mark);
        n += Checksum(line[n..], line[1..n]);
        line[n++] = '\\';
        var start = n;
        n += Text(line[n..], "!AIVDM,");
        line[n++] = (char)('0' + parts);
        line[n++] = ',';
        line[n++] = (char)('0' + part);
        line[n++] = ',';
        if (parts > 1)
        {
            line[n++] = (char)('0' + sequenceId);
        }

        line[n++] = ',';
        line[n++] = channel;
        line[n++] = ',';
        payload.CopyTo(line[n..]);
        n += payload.Length;
        line[n++] = ',';
        line[n++] = (char)('0' + fillBits);
        n += Checksum(line[n..], line[(start + 1)..n]);
        return new string(line[..n]);
    }

    private static int Text(Span<char> to, string text)
    {
        text.CopyTo(to);
        return text.Length;
    }

    private static int Number(Span<char> to, long number)
    {
        number.TryFormat(to, out var n);
        return n;
    }

    private static int Checksum(Span<char> to, ReadOnlySpan<char> of)
    {
        var sum = 0;
        foreach (var letter in of)
        {
            sum ^= letter;
        }

        to[0] = '*';
        to[1] = "0123456789ABCDEF"[sum >> 4];
        to[2] = "0123456789ABCDEF"[sum & 15];
        return 3;
    }
}
