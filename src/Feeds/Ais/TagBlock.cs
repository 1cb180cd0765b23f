using System.Buffers.Text;
using System.Text;

namespace MaritimeWatch.Feeds.Ais;

/// <summary>
/// NMEA 0183 tag block (version 4.10, section 7; IEC 61162-450): fields between back-slashes before a sentence, with a
/// checksum of their own. <c>s</c> source station, <c>c</c> UTC in seconds or milliseconds, <c>t</c> text.
/// Some services add a group and leave the old checksum, so a wrong one is told and not refused here.
/// Groups (<c>g</c>) are not needed: parts are joined by their sentence numbers, which group-less feeds carry too.
/// </summary>
public readonly record struct TagBlock(string? Station, DateTimeOffset? Time, string? Text, bool ChecksumDiffers)
{
    /// <summary>Reads the text between the back-slashes, checksum included. Gives null on success, else the reason.</summary>
    public static string? Read(ReadOnlySpan<byte> block, out TagBlock tag)
    {
        tag = default;
        var star = block.LastIndexOf((byte)'*');
        if (star < 0)
        {
            return "tag block without checksum";
        }

        string? station = null, text = null;
        DateTimeOffset? time = null;
        var rest = block[..star];
        while (!rest.IsEmpty)
        {
            var comma = rest.IndexOf((byte)',');
            var field = comma < 0 ? rest : rest[..comma];
            rest = comma < 0 ? [] : rest[(comma + 1)..];
            if (field.Length < 2 || field[1] != ':')
            {
                continue;
            }

            switch (field[0])
            {
                case (byte)'s':
                    station = Latin(field[2..]);
                    break;
                case (byte)'t':
                    text = Latin(field[2..]);
                    break;
                case (byte)'c':
                    if (!Utf8Parser.TryParse(field[2..], out long count, out var used) || used != field.Length - 2 || !TryTime(count, out var read))
                    {
                        return "tag block time not readable";
                    }

                    time = read;
                    break;
            }
        }

        tag = new TagBlock(station, time, text, !NmeaChecksum.Matches(block[..star], block[(star + 1)..]));
        return null;
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

/// <summary>Exclusive-or of all characters, as two hexadecimal digits (NMEA 0183, section 5.3).</summary>
public static class NmeaChecksum
{
    public static byte Of(ReadOnlySpan<byte> text)
    {
        byte sum = 0;
        foreach (var c in text)
        {
            sum ^= c;
        }

        return sum;
    }

    /// <summary>True when the first two characters of <paramref name="digits"/> are the checksum of <paramref name="text"/>.</summary>
    public static bool Matches(ReadOnlySpan<byte> text, ReadOnlySpan<byte> digits) =>
        digits.Length >= 2 && Utf8Parser.TryParse(digits[..2], out byte stated, out var used, 'X') && used == 2 && stated == Of(text);
}
