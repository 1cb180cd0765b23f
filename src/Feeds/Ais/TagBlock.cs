using System.Buffers.Binary;
using System.Text;

namespace MaritimeWatch.Feeds.Ais;

/// <summary>
/// NMEA 0183 tag block (version 4.10, section 7; IEC 61162-450, section 7.2): fields between back-slashes before a sentence, with a
/// checksum of their own. <c>s</c> source station, <c>c</c> UTC in seconds or milliseconds, <c>g</c> group
/// (<c>sentence-of-code</c>). Some services add a group and leave the old checksum, so a wrong one is told and not refused here.
/// </summary>
public struct TagBlock
{
    internal const long NoTime = long.MinValue, NoGroup = -1;

    internal string? station;
    internal long timeMs, group;
    internal bool differs;

    /// <summary>Receiving station; null where the block does not say.</summary>
    public readonly string? Station => station;

    /// <summary>Receive time; null where the block does not say.</summary>
    public readonly DateTimeOffset? Time => timeMs == NoTime ? null : DateTimeOffset.FromUnixTimeMilliseconds(timeMs);

    /// <summary>Code of the group of sentences this one belongs to; null without a group.</summary>
    public readonly long? Group => group == NoGroup ? null : group;

    /// <summary>True when the block's checksum is not that of its text.</summary>
    public readonly bool ChecksumDiffers => differs;

    internal static TagBlock Nothing => new() { timeMs = NoTime, group = NoGroup };

    /// <summary>Reads the text between the back-slashes, checksum included. Gives null on success, else the reason.</summary>
    public static string? Read(ReadOnlySpan<byte> block, out TagBlock tag)
    {
        tag = Nothing;
        return ReadInto(block, null, ref tag);
    }

    internal static string? ReadInto(ReadOnlySpan<byte> block, StationNames? names, ref TagBlock tag)
    {
        tag = Nothing;
        var star = block.Length > 3 && block[^3] == '*' ? block.Length - 3 : block.LastIndexOf((byte)'*');
        if (star < 0)
        {
            return "tag block without checksum";
        }

        var text = block[..star];
        for (var at = 0; at < text.Length; at++)
        {
            if (at + 1 < text.Length && text[at + 1] == ':')
            {
                switch (text[at])
                {
                    case (byte)'s':
                        at = StationOf(text, at + 2, names, ref tag);
                        break;
                    case (byte)'g':
                        at = GroupOf(text, at + 2, ref tag);
                        break;
                    case (byte)'c' when (at = TimeOf(text, at + 2, ref tag)) < 0:
                        return "tag block time not readable";
                }
            }

            while (at < text.Length && text[at] != ',')
            {
                at++;
            }
        }

        tag.differs = !NmeaChecksum.Matches(text, block[(star + 1)..]);
        return null;
    }

    // Each reads a field from a place on and gives the place of the comma behind it, or of the end.
    private static int StationOf(ReadOnlySpan<byte> text, int from, StationNames? names, ref TagBlock tag)
    {
        var rest = text[from..];
        var comma = rest.IndexOf((byte)',');
        var name = comma < 0 ? rest : rest[..comma];
        tag.station = name.IsEmpty ? null : names is null ? Encoding.Latin1.GetString(name) : names.Of(name);
        return from + name.Length;
    }

    // sentence-of-code; some dialects write letters, which then say nothing.
    private static int GroupOf(ReadOnlySpan<byte> text, int at, ref TagBlock tag)
    {
        long code = 0;
        int digits = 0, dashes = 0;
        for (; at < text.Length && text[at] != ','; at++)
        {
            if (text[at] == '-')
            {
                (code, digits) = (0, 0);
                dashes++;
            }
            else
            {
                var digit = unchecked((uint)(text[at] - '0'));
                digits = digit > 9 || digits is < 0 or > 17 ? -1 : digits + 1;
                code = unchecked((code * 10) + digit);
            }
        }

        tag.group = dashes > 0 && digits > 0 ? code : NoGroup;
        return at;
    }

    /// <summary>Counts above 10^11 are milliseconds: as seconds they would lie beyond the year 5000. Negative when it is no time up to 2100.</summary>
    private static int TimeOf(ReadOnlySpan<byte> text, int at, ref TagBlock tag)
    {
        // 2100-01-01: a time near the end of the calendar would break the arithmetic of durations further on.
        const long LastSecond = 4_102_444_800;
        var (count, from) = (0L, at);
        if (at + 8 <= text.Length && EightDigits(BinaryPrimitives.ReadUInt64LittleEndian(text[at..])) is >= 0 and var eight)
        {
            (count, at) = (eight, at + 8);
        }

        for (; at < text.Length && text[at] != ','; at++)
        {
            var digit = unchecked((uint)(text[at] - '0'));
            if (digit > 9 || at - from >= 18)
            {
                return -1;
            }

            count = unchecked((count * 10) + digit);
        }

        if (at == from || count > LastSecond * 1000 || count is > LastSecond and <= 100_000_000_000)
        {
            return -1;
        }

        tag.timeMs = count > 100_000_000_000 ? count : unchecked(count * 1000);
        return at;
    }

    // Eight digits at once, the first in the lowest byte: neighbours are added in pairs, fours and all. Negative when one is no digit.
    private static long EightDigits(ulong ascii)
    {
        unchecked
        {
            var digits = ascii - 0x3030303030303030;
            if (((digits | (digits + 0x7676767676767676)) & 0x8080808080808080) != 0)
            {
                return -1;
            }

            var pairs = (digits * 10) + (digits >> 8);
            return (long)((((pairs & 0x000000FF000000FF) * (100 + (1_000_000UL << 32))) + (((pairs >> 16) & 0x000000FF000000FF) * (1 + (10_000UL << 32)))) >> 32);
        }
    }
}

/// <summary>Names of stations, each made once: a stream has few stations and many lines.</summary>
internal sealed class StationNames
{
    private const int Places = 1 << 12, Longest = 16;

    private readonly Known[] known = new Known[Places];

    /// <summary>The text as a string; null when empty.</summary>
    public string? Of(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || text.Length > Longest)
        {
            return text.IsEmpty ? null : Encoding.Latin1.GetString(text);
        }

        // Up to sixteen characters as two words; their overlap does no harm, since the length is compared too.
        ulong first, last;
        if (text.Length >= 8)
        {
            (first, last) = (BinaryPrimitives.ReadUInt64LittleEndian(text), BinaryPrimitives.ReadUInt64LittleEndian(text[^8..]));
        }
        else
        {
            (first, last) = (0, 0);
            foreach (var c in text)
            {
                first = (first << 8) | c;
            }
        }

        var mixed = unchecked((first ^ (last * 0x9E3779B97F4A7C15)) * 0xC2B2AE3D27D4EB4F);
        ref var place = ref known[mixed >> 52];
        if (place.Name is not null && place.First == first && place.Last == last && place.Length == text.Length)
        {
            return place.Name;
        }

        // Another name in the place is replaced: the worst that happens is a string made anew.
        place = new Known(first, last, text.Length, Encoding.Latin1.GetString(text));
        return place.Name;
    }

    private readonly record struct Known(ulong First, ulong Last, int Length, string Name);
}
