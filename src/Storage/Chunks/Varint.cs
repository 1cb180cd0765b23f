namespace MaritimeWatch.Storage.Chunks;

/// <summary>
/// Whole numbers in as few bytes as they need: seven bits a byte, least first (LEB128, DWARF 5, 7.6); signed numbers are folded
/// so that small negatives stay small (zigzag).
/// </summary>
internal static class Varint
{
    public const int LongestBytes = 10;

    /// <summary>Writes the number and gives the place after it. The caller leaves ten bytes of room.</summary>
    public static int Write(Span<byte> into, int at, ulong value)
    {
        while (value >= 0x80)
        {
            into[at++] = (byte)((value & 0x7f) | 0x80);
            value >>= 7;
        }

        into[at++] = (byte)value;
        return at;
    }

    /// <exception cref="InvalidDataException">The bytes end, or run on, inside a number.</exception>
    public static ulong Read(ReadOnlySpan<byte> from, ref int at)
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (at >= from.Length)
            {
                throw new InvalidDataException("A chunk ends inside a number.");
            }

            var b = from[at++];
            value |= (ulong)(b & 0x7f) << shift;
            if (b < 0x80)
            {
                return value;
            }
        }

        throw new InvalidDataException("A number in a chunk runs on past 64 bits.");
    }

    public static ulong Fold(long value) => unchecked((ulong)((value << 1) ^ (value >> 63)));

    public static long Unfold(ulong value) => unchecked((long)(value >> 1) ^ -(long)(value & 1));
}
