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

        return OfLong(in MemoryMarshal.GetReference(text), text.Length);
    }

    /// <summary>The same for 32 characters or more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static byte OfLong(ref readonly byte first, int length)
    {
        unchecked
        {
            var sums = Vector256.LoadUnsafe(in first);
            var at = Vector256<byte>.Count;
            for (; at + Vector256<byte>.Count <= length; at += Vector256<byte>.Count)
            {
                sums ^= Vector256.LoadUnsafe(in first, (nuint)at);
            }

            // The rest is read together with bytes already taken, which the mask leaves out.
            sums ^= Vector256.LoadUnsafe(in first, (nuint)(length - Vector256<byte>.Count)) & Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(LastOnly), (nuint)(length - at));
            var half = (sums.GetLower() ^ sums.GetUpper()).AsUInt64();
            var eight = half.GetElement(0) ^ half.GetElement(1);
            eight ^= eight >> 32;
            eight ^= eight >> 16;
            return (byte)(eight ^ (eight >> 8));
        }
    }

    /// <summary>True when the first two characters of <paramref name="digits"/> are the checksum of <paramref name="text"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Matches(ReadOnlySpan<byte> text, ReadOnlySpan<byte> digits)
    {
        if (digits.Length < 2)
        {
            return false;
        }

        var stated = (HexDigit(digits[0]) << 4) | HexDigit(digits[1]);
        return stated == Of(text);
    }

    // More than a byte holds for what is no hexadecimal digit.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static uint HexDigit(byte c)
    {
        var letter = unchecked((uint)((c | 0x20) - 'a'));
        return unchecked((uint)(c - '0')) is < 10 and var digit ? digit : letter < 6 ? letter + 10 : 0x1000;
    }
}
