using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MaritimeWatch.Feeds.Ais;

/// <summary>
/// The six-bit armour of VDM sentences (IEC 61162-1; NMEA 0183 4.x): characters 0 to W stand for 0 to 39, ` to w for 40 to 63,
/// and four characters are three bytes, most significant bit first.
/// </summary>
internal static class SixBit
{
    /// <summary>Characters unpacked at once.</summary>
    public const int Step = 32;

    private static ReadOnlySpan<byte> Places =>
    [
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31,
    ];

    // Each int holds three bytes, lowest first: 2 1 0 of each make twelve bytes of a half, and the halves close up.
    private static ReadOnlySpan<byte> HighestFirst =>
    [
        2, 1, 0, 6, 5, 4, 10, 9, 8, 14, 13, 12, 255, 255, 255, 255, 2, 1, 0, 6, 5, 4, 10, 9, 8, 14, 13, 12, 255, 255, 255, 255,
    ];

    private static Vector256<int> ClosedUp => Vector256.Create(0, 1, 2, 4, 5, 6, 3, 7);

    /// <summary>Unpacks up to 32 characters to 24 bytes, followed by eight of zero. What lies behind the characters counts as zero.</summary>
    /// <param name="text">At least 32 bytes, of which <paramref name="count"/> are armour.</param>
    /// <param name="count">1 to 32.</param>
    /// <param name="packed">The bits.</param>
    /// <returns>False when a character is outside the armour.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryUnpack(ref readonly byte text, int count, out Vector256<byte> packed)
    {
        var value = Vector256.LoadUnsafe(in text) - Vector256.Create((byte)'0');
        var inside = Vector256.LessThan(Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(Places)), Vector256.Create(unchecked((byte)count)));
        var upper = Vector256.GreaterThan(value.AsSByte(), Vector256.Create((sbyte)39)).AsByte();
        var six = value - (upper & Vector256.Create((byte)8));
        // Between W and ` lie eight characters that would read as 32 to 39.
        var outside = (six & Vector256.Create((byte)0xC0)) | Vector256.Equals(value & Vector256.Create((byte)0xF8), Vector256.Create((byte)40));
        packed = Avx2.IsSupported ? PackByVector(six & inside) : PackPlainly(six & inside);
        return (outside & inside) == Vector256<byte>.Zero;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<byte> PackByVector(Vector256<byte> six)
    {
        var pairs = Avx2.MultiplyAddAdjacent(six, Vector256.Create((short)0x0140).AsSByte());
        var fours = Avx2.MultiplyAddAdjacent(pairs, Vector256.Create(0x0001_1000).AsInt16());
        return Avx2.PermuteVar8x32(Avx2.Shuffle(fours.AsByte(), Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(HighestFirst))).AsInt32(), ClosedUp).AsByte();
    }

    /// <summary>Without vectors of the processor: the same bytes.</summary>
    internal static Vector256<byte> PackPlainly(Vector256<byte> six)
    {
        Span<byte> bytes = stackalloc byte[Vector256<byte>.Count];
        bytes.Clear();
        for (var i = 0; i < Step / 4; i++)
        {
            var four = (six.GetElement(4 * i) << 18) | (six.GetElement((4 * i) + 1) << 12) | (six.GetElement((4 * i) + 2) << 6) | six.GetElement((4 * i) + 3);
            bytes[3 * i] = unchecked((byte)(four >> 16));
            bytes[(3 * i) + 1] = unchecked((byte)(four >> 8));
            bytes[(3 * i) + 2] = unchecked((byte)four);
        }

        return Vector256.Create((ReadOnlySpan<byte>)bytes);
    }

    /// <summary>Eight six-bit values, the first in the highest bits of 48, as ASCII (ITU-R M.1371-5, table 47), the first in the highest byte. The value 0 (@) becomes 64.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Ascii(ulong sixes)
    {
        var apart = Bmi2.X64.IsSupported ? Bmi2.X64.ParallelBitDeposit(sixes, 0x3F3F3F3F3F3F3F3F) : Apart(sixes);
        // Values under 32 are letters, 64 higher.
        return apart + ((~apart & 0x2020202020202020) << 1);
    }

    internal static ulong Apart(ulong sixes)
    {
        ulong apart = 0;
        for (var i = 0; i < 8; i++)
        {
            apart = (apart << 8) | ((sixes >> (42 - (6 * i))) & 63);
        }

        return apart;
    }
}

/// <summary>
/// A text of up to 24 six-bit characters as AIS sends it (ITU-R M.1371-5, table 47), kept without a string until it is asked for.
/// </summary>
public readonly record struct SixBitText
{
    private readonly ulong first, second, third;

    internal SixBitText(ulong first, ulong second = 0, ulong third = 0)
    {
        (this.first, this.second, this.third) = (first, second, third);
    }

    /// <summary>The text up to the first @, trailing spaces dropped; null when nothing is left.</summary>
    public string? Text
    {
        get
        {
            Span<byte> ascii = stackalloc byte[24];
            System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(ascii, first);
            System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(ascii[8..], second);
            System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(ascii[16..], third);
            var end = ascii.IndexOfAny((byte)'@', (byte)0);
            var text = (end < 0 ? ascii : ascii[..end]).TrimEnd((byte)' ');
            return text.IsEmpty ? null : System.Text.Encoding.ASCII.GetString(text);
        }
    }

    /// <summary>Characters up to the first @; trailing spaces count.</summary>
    internal int Length => EndOf(first) is < 8 and var one ? one : EndOf(second) is < 8 and var two ? 8 + two : 16 + EndOf(third);

    // Place of the first @ (64) or end (0) among eight characters, the first in the highest byte.
    private static int EndOf(ulong eight)
    {
        for (var i = 0; i < 8; i++)
        {
            if (unchecked((byte)(eight >> (56 - (8 * i)))) is 0 or (byte)'@')
            {
                return i;
            }
        }

        return 8;
    }

    /// <summary>A number that is the same for the same bits: a cheap way to see that nothing changed.</summary>
    public ulong Bits => unchecked((first * 0x9E3779B97F4A7C15) ^ (second * 0xC2B2AE3D27D4EB4F) ^ (third * 0x165667B19E3779F9));

    public override string ToString() => Text ?? "";
}
