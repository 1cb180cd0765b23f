using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MaritimeWatch.Feeds.Ais;

/// <summary>Exclusive-or of all characters, as two hexadecimal digits (NMEA 0183, section 5.3).</summary>
public static class NmeaChecksum
{
    /// <summary>32 zeros, then 32 ones: read at <c>count</c> it leaves the last <c>count</c> of 32 bytes.</summary>
    private static ReadOnlySpan<byte> LastOnly =>
    [
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    ];

    public static byte Of(ReadOnlySpan<byte> text)
    {
        if (text.Length < Vector256<byte>.Count)
        {
            byte sum = 0;
            foreach (var c in text)
            {
                sum ^= c;
            }

            return sum;
        }

        ref var first = ref MemoryMarshal.GetReference(text);
        var sums = Vector256.LoadUnsafe(ref first);
        var at = Vector256<byte>.Count;
        for (; at + Vector256<byte>.Count <= text.Length; at += Vector256<byte>.Count)
        {
            sums ^= Vector256.LoadUnsafe(ref first, (nuint)at);
        }

        // The rest is read together with bytes already taken, which the mask leaves out.
        sums ^= Vector256.LoadUnsafe(ref first, (nuint)(text.Length - Vector256<byte>.Count)) & Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(LastOnly), (nuint)(text.Length - at));
        var half = (sums.GetLower() ^ sums.GetUpper()).AsUInt64();
        var eight = half.GetElement(0) ^ half.GetElement(1);
        eight ^= eight >> 32;
        eight ^= eight >> 16;
        return unchecked((byte)(eight ^ (eight >> 8)));
    }

    /// <summary>True when the first two characters of <paramref name="digits"/> are the checksum of <paramref name="text"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Matches(ReadOnlySpan<byte> text, ReadOnlySpan<byte> digits) =>
        digits.Length >= 2 && HexDigit(digits[0]) is var high && HexDigit(digits[1]) is var low && (high | low) >= 0 && ((high << 4) | low) == Of(text);

    // -1 for what is no hexadecimal digit.
    private static int HexDigit(byte c)
    {
        var digit = unchecked((uint)(c - '0'));
        var letter = unchecked((uint)((c | 0x20) - 'a'));
        return digit < 10 ? (int)digit : letter < 6 ? (int)letter + 10 : -1;
    }
}
