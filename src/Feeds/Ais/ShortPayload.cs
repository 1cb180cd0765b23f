using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MaritimeWatch.Feeds.Ais;

/// <summary>
/// The first 192 bits of a message in three words: what position reports fit in. Bits count as in <see cref="AisPayload"/>; with
/// fixed numbers a field is one or two shifts.
/// </summary>
internal readonly struct ShortPayload
{
    private readonly ulong first, second, third;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ShortPayload(Vector256<byte> packed)
    {
        var words = packed.AsUInt64();
        (first, second, third) = (Highest(words.GetElement(0)), Highest(words.GetElement(1)), Highest(words.GetElement(2)));
    }

    /// <summary>An unsigned field of 1 to 32 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint U(int start, int length) => unchecked((uint)(From(start, length) >> (64 - length)));

    /// <summary>A field in two's complement.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int S(int start, int length) => unchecked((int)((long)From(start, length) >> (64 - length)));

    /// <summary>One bit in the place of a flag.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public PositionFlags Flag(int bit, PositionFlags flag) => unchecked((PositionFlags)(U(bit, 1) * (uint)flag));

    // The field at the top of a word; what lies behind it is cut off by the caller.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong From(int start, int length) =>
        start + length <= 64 ? first << start
        : start < 64 ? (first << start) | (second >> (64 - start))
        : start + length <= 128 ? second << (start - 64)
        : start < 128 ? (second << (start - 64)) | (third >> (128 - start))
        : third << (start - 128);

    private static ulong Highest(ulong word) => BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(word) : word;
}
