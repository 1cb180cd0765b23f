using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MaritimeWatch.Feeds.Positions;

/// <summary>
/// Times of position rows from bytes. The rows of a file share few days: one that begins with the day of the row before needs
/// only its clock read. Every other form goes through <see cref="RowValues.TryTime"/>.
/// </summary>
internal sealed class RowTimes(bool dayFirst)
{
    // Day and the character behind it, as read: bytes 0 to 7 and 3 to 10.
    private ulong dayStart, dayEnd;
    private long dayTicks;

    /// <summary>Time in ticks of UTC, as <see cref="DateTimeOffset.UtcTicks"/> counts them.</summary>
    /// <param name="text">The field, with <see cref="CsvFields.Slack"/> readable bytes behind it.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryRead(ReadOnlySpan<byte> text, Span<char> scratch, out long utcTicks)
    {
        unchecked
        {
            ref var first = ref MemoryMarshal.GetReference(text);
            if (text.Length == 19 && dayStart == Unsafe.ReadUnaligned<ulong>(ref first) && dayEnd == Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref first, 3))
                && TryClock(ref Unsafe.Add(ref first, 11), out var seconds))
            {
                utcTicks = dayTicks + (seconds * TimeSpan.TicksPerSecond);
                return true;
            }

            return TryOther(text, scratch, out utcTicks);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryOther(ReadOnlySpan<byte> text, Span<char> scratch, out long utcTicks)
    {
        utcTicks = 0;
        ref var first = ref MemoryMarshal.GetReference(text);
        if (text.Length is 9 or 10 or 13 && RowBytes.TryDecimal(text, out var unix, out var decimals) && decimals == 0 && unix >= 0 && text[^1] != '.')
        {
            var time = text.Length == 13 ? DateTimeOffset.FromUnixTimeMilliseconds(unix) : DateTimeOffset.FromUnixTimeSeconds(unix);
            utcTicks = time.UtcTicks;
            return time.Year < 2100;
        }

        if (!RowValues.TryTime(RowBytes.Chars(text, scratch), dayFirst, out var read))
        {
            return false;
        }

        utcTicks = read.UtcTicks;
        if (text.Length == 19 && TryClock(ref Unsafe.Add(ref first, 11), out var seconds) && utcTicks % TimeSpan.TicksPerDay == seconds * TimeSpan.TicksPerSecond)
        {
            (dayStart, dayEnd) = (Unsafe.ReadUnaligned<ulong>(ref first), Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref first, 3)));
            dayTicks = utcTicks - (seconds * TimeSpan.TicksPerSecond);
        }

        return true;
    }

    /// <summary>HH:mm:ss in seconds of the day.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryClock(ref readonly byte first, out long seconds)
    {
        unchecked
        {
            const ulong Zeros = 0x3030_3A30_303A_3030, Colons = 0x0000_FF00_00FF_0000, Upper = 0xF0F0_F0F0_F0F0_F0F0;
            var text = Unsafe.ReadUnaligned<ulong>(ref Unsafe.AsRef(in first));
            text = (BitConverter.IsLittleEndian ? text : BinaryPrimitives.ReverseEndianness(text)) ^ Zeros;
            // Each byte is now a figure, or 0 for a colon.
            var wrong = (text & Upper) | ((text + 0x0606_0606_0606_0606) & Upper) | (text & Colons);
            var twos = (text * 10) + (text >> 8);
            long hours = (byte)twos, minutes = (byte)(twos >> 24), left = (byte)(twos >> 48);
            seconds = (hours * 3600) + (minutes * 60) + left;
            return wrong == 0 && hours < 24 && minutes < 60 && left < 60;
        }
    }
}
