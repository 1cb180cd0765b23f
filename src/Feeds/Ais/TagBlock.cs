using System.Text;

namespace MaritimeWatch.Feeds.Ais;

/// <summary>
/// NMEA 0183 tag block (version 4.10, section 7; IEC 61162-450, section 7.2): fields between back-slashes before a sentence, with a
/// checksum of their own. <c>s</c> source station, <c>c</c> UTC in seconds or milliseconds, <c>t</c> text, <c>g</c> group
/// (<c>sentence-of-group-code</c>).
/// Some services add a group and leave the old checksum, so a wrong one is told and not refused here.
/// </summary>
/// <param name="Group">Code of the group of sentences this one belongs to; null without a group.</param>
public readonly record struct TagBlock(string? Station, DateTimeOffset? Time, string? Text, bool ChecksumDiffers, long? Group = null)
{
    /// <summary>Reads the text between the back-slashes, checksum included. Gives null on success, else the reason.</summary>
    public static string? Read(ReadOnlySpan<byte> block, out TagBlock tag) => Read(block, null, out tag);

    internal static string? Read(ReadOnlySpan<byte> block, StationNames? names, out TagBlock tag)
    {
        tag = default;
        var star = block.Length > 3 && block[^3] == '*' ? block.Length - 3 : block.LastIndexOf((byte)'*');
        if (star < 0)
        {
            return "tag block without checksum";
        }

        string? station = null, text = null;
        long? group = null;
        DateTimeOffset? time = null;
        for (var at = 0; at < star;)
        {
            var comma = block[at..star].IndexOf((byte)',');
            var end = comma < 0 ? star : at + comma;
            var field = block[at..end];
            at = end + 1;
            if (field.Length < 2 || field[1] != ':')
            {
                continue;
            }

            switch (field[0])
            {
                case (byte)'s':
                    station = names is null ? Latin(field[2..]) : names.Of(field[2..]);
                    break;
                case (byte)'t':
                    text = Latin(field[2..]);
                    break;
                case (byte)'g':
                    group = GroupOf(field[2..]);
                    break;
                case (byte)'c':
                    if (!TryCount(field[2..], out var count) || !TryTime(count, out var read))
                    {
                        return "tag block time not readable";
                    }

                    time = read;
                    break;
            }
        }

        tag = new TagBlock(station, time, text, !NmeaChecksum.Matches(block[..star], block[(star + 1)..]), group);
        return null;
    }

    // sentence-of-code, or its parts as letters and digits in some dialects, which then say nothing.
    private static long? GroupOf(ReadOnlySpan<byte> text)
    {
        var last = text.LastIndexOf((byte)'-');
        return last > 0 && TryCount(text[(last + 1)..], out var code) ? code : null;
    }

    private static bool TryCount(ReadOnlySpan<byte> digits, out long count)
    {
        count = 0;
        foreach (var c in digits[..Math.Min(digits.Length, 18)])
        {
            if (c is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            count = (count * 10) + (c - '0');
        }

        return digits.Length is > 0 and <= 18;
    }

    /// <summary>Counts above 10^11 are milliseconds: as seconds they would lie beyond the year 5000.</summary>
    private static bool TryTime(long count, out DateTimeOffset time)
    {
        // 2100-01-01: a time near the end of the calendar would break the arithmetic of durations further on.
        const long LastSecond = 4_102_444_800;
        time = default;
        if (count < 0 || count > LastSecond * 1000 || count is > LastSecond and <= 100_000_000_000)
        {
            return false;
        }

        time = count > 100_000_000_000 ? DateTimeOffset.FromUnixTimeMilliseconds(count) : DateTimeOffset.FromUnixTimeSeconds(count);
        return true;
    }

    private static string? Latin(ReadOnlySpan<byte> text) => text.IsEmpty ? null : Encoding.Latin1.GetString(text);
}

/// <summary>Names of stations, each made once: a stream has few stations and many lines.</summary>
internal sealed class StationNames
{
    private const int Places = 1 << 12;

    private readonly string?[] names = new string?[Places];

    public string? Of(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            return null;
        }

        uint hash = 2166136261;
        foreach (var c in text)
        {
            hash = unchecked((hash ^ c) * 16777619);
        }

        // Another name in the place is replaced: the worst that happens is a string made anew.
        ref var place = ref names[(hash ^ (hash >> 15)) % Places];
        return place is { } known && Ascii.Equals(text, known) ? known : place = Encoding.Latin1.GetString(text);
    }
}
