using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MaritimeWatch.Feeds.Positions;

/// <summary>Plain numbers read from bytes, without text between. What is not plain is left to <see cref="RowValues"/>.</summary>
internal static class RowBytes
{
    private static ReadOnlySpan<byte> Places => [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];

    private static ReadOnlySpan<byte> Tens => [10, 1, 10, 1, 10, 1, 10, 1, 10, 1, 10, 1, 10, 1, 10, 1];

    private static ReadOnlySpan<int> WholePowersOfTen => [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000];

    /// <summary>
    /// Reads an optional minus sign, digits and at most one decimal point, 16 characters without the sign. The value is
    /// <paramref name="digits"/> divided by ten to the power of <paramref name="decimals"/>.
    /// </summary>
    /// <param name="text">The field, with <see cref="CsvFields.Slack"/> readable bytes behind it.</param>
    /// <returns>False for anything else, an empty field included.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryDecimal(ReadOnlySpan<byte> text, out long digits, out int decimals)
    {
        unchecked
        {
            ref var first = ref MemoryMarshal.GetReference(text);
            var length = text.Length;
            var negative = length > 0 && first == '-';
            if (negative)
            {
                first = ref Unsafe.Add(ref first, 1);
                length--;
            }

            (digits, decimals) = (0, 0);
            if ((uint)(length - 1) >= 16 || !(Sse41.IsSupported ? TryByVector(ref first, length, out digits, out decimals) : TryPlainly(ref first, length, out digits, out decimals)))
            {
                return false;
            }

            digits = negative ? -digits : digits;
            return true;
        }
    }

    /// <summary>The number in units of ten to the power of minus <paramref name="places"/>, where that is whole and at most <paramref name="most"/> in size.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryFixed(ReadOnlySpan<byte> text, int places, long most, out int value)
    {
        unchecked
        {
            value = 0;
            if (!TryDecimal(text, out var digits, out var decimals) || decimals > places)
            {
                return false;
            }

            // Up to 16 digits times ten million: the size is looked at first.
            var power = Unsafe.Add(ref MemoryMarshal.GetReference(WholePowersOfTen), places - decimals);
            if (digits > most || digits < -most || digits * power is var scaled && (scaled > most || scaled < -most))
            {
                return false;
            }

            value = (int)scaled;
            return true;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool TryByVector(ref readonly byte first, int length, out long digits, out int decimals)
    {
        unchecked
        {
            var text = Vector128.LoadUnsafe(in first);
            var inside = (1u << length) - 1;
            var points = Vector128.Equals(text, Vector128.Create((byte)'.')).ExtractMostSignificantBits() & inside;
            var values = text - Vector128.Create((byte)'0');
            var figures = Vector128.LessThan(values, Vector128.Create((byte)10)).ExtractMostSignificantBits() & inside;
            // 32 without a point, which then lies behind every place.
            var point = BitOperations.TrailingZeroCount(points);
            var count = BitOperations.PopCount(figures);
            decimals = points == 0 ? 0 : length - point - 1;
            // Digits move to the right end, and close over the point; places before them read as zero.
            var from = Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(Places)) - Vector128.Create((byte)(16 - count));
            from -= Vector128.GreaterThan(from.AsSByte(), Vector128.Create((sbyte)(point - 1))).AsByte();
            var right = Ssse3.Shuffle(values, from);
            var twos = Ssse3.MultiplyAddAdjacent(right, Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(Tens)).AsSByte());
            var fours = Sse2.MultiplyAddAdjacent(twos, Vector128.Create(0x0001_0064).AsInt16());
            var eights = Sse2.MultiplyAddAdjacent(Sse41.PackUnsignedSaturate(fours, fours).AsInt16(), Vector128.Create(0x0001_2710).AsInt16());
            digits = (eights.GetElement(0) * 100_000_000L) + eights.GetElement(1);
            return (points | figures) == inside && (points & (points - 1)) == 0 && count > 0;
        }
    }

    /// <summary>Without vectors of the processor: the same number.</summary>
    internal static bool TryPlainly(ref readonly byte first, int length, out long digits, out int decimals)
    {
        (digits, decimals) = (0, 0);
        int point = -1, count = 0;
        for (var i = 0; i < length; i++)
        {
            var c = Unsafe.Add(ref Unsafe.AsRef(in first), i);
            if (c == '.' && point < 0)
            {
                point = i;
                decimals = length - i - 1;
            }
            else if (c is >= (byte)'0' and <= (byte)'9')
            {
                digits = (digits * 10) + (c - '0');
                count++;
            }
            else
            {
                return false;
            }
        }

        return count > 0;
    }

    /// <summary>A number that is the same for the same bytes, and for others with a chance of one in 2^64: a cheap way to see that nothing changed.</summary>
    /// <param name="text">Bytes, with <see cref="CsvFields.Slack"/> readable ones behind them.</param>
    public static ulong Hash(ReadOnlySpan<byte> text)
    {
        unchecked
        {
            ref var first = ref MemoryMarshal.GetReference(text);
            var hash = 0x9E3779B97F4A7C15 ^ (ulong)text.Length;
            var i = 0;
            for (; i + 8 <= text.Length; i += 8)
            {
                hash = Mixed(hash ^ Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref first, i)));
            }

            var rest = text.Length - i;
            return rest == 0 ? hash : Mixed(hash ^ (Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref first, i)) & ((1UL << (8 * rest)) - 1)));
        }
    }

    /// <summary>The same for up to 32 bytes, in one look whatever their number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong ShortHash(ReadOnlySpan<byte> text)
    {
        unchecked
        {
            var inside = Vector256.LessThan(Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(CsvMarks.Places)), Vector256.Create((byte)text.Length));
            var parts = (Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(text)) & inside).AsUInt64() ^ Vector256.Create(0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x27D4EB2F165667C5);
            var high = Math.BigMul(parts.GetElement(0), parts.GetElement(1), out var low) ^ Math.BigMul(parts.GetElement(2), parts.GetElement(3), out var lower);
            return high ^ low ^ (lower * 31) ^ (ulong)text.Length;
        }
    }

    /// <summary>The bytes as characters; <paramref name="scratch"/> has room for one a byte.</summary>
    public static ReadOnlySpan<char> Chars(ReadOnlySpan<byte> text, Span<char> scratch) => scratch[..System.Text.Encoding.UTF8.GetChars(text, scratch)];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mixed(ulong value)
    {
        var high = Math.BigMul(value, 0xA0761D6478BD642FUL, out var low);
        return high ^ low;
    }
}
