using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MaritimeWatch.Feeds.Positions;

/// <summary>Where 64 bytes of a CSV file hold a separator, a line feed, a quote: one bit a byte, the first byte lowest.</summary>
internal readonly struct CsvMarks(ulong separators, ulong lineFeeds, ulong quotes)
{
    /// <summary>Bytes looked at together.</summary>
    public const int Step = 64;

    /// <summary>0 to 63.</summary>
    internal static ReadOnlySpan<byte> Places =>
    [
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31,
        32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63,
    ];

    public ulong Separators => separators;

    public ulong LineFeeds => lineFeeds;

    public ulong Quotes => quotes;

    /// <summary>Looks at the 64 bytes that begin at <paramref name="first"/>, all of which must be readable.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static CsvMarks Of(ref readonly byte first, byte separator) =>
        Vector512.IsHardwareAccelerated ? ByOneVector(in first, separator)
        : Vector256.IsHardwareAccelerated ? ByTwoVectors(in first, separator)
        : Plainly(in first, separator);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static CsvMarks ByOneVector(ref readonly byte first, byte separator)
    {
        var bytes = Vector512.LoadUnsafe(in first);
        return new(
            Vector512.Equals(bytes, Vector512.Create(separator)).ExtractMostSignificantBits(),
            Vector512.Equals(bytes, Vector512.Create((byte)'\n')).ExtractMostSignificantBits(),
            Vector512.Equals(bytes, Vector512.Create((byte)'"')).ExtractMostSignificantBits());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static CsvMarks ByTwoVectors(ref readonly byte first, byte separator)
    {
        var low = Vector256.LoadUnsafe(in first);
        var high = Vector256.LoadUnsafe(in first, (nuint)Vector256<byte>.Count);
        return new(Bits(low, high, separator), Bits(low, high, (byte)'\n'), Bits(low, high, (byte)'"'));
    }

    internal static CsvMarks Plainly(ref readonly byte first, byte separator)
    {
        ulong separators = 0, lineFeeds = 0, quotes = 0;
        for (var i = 0; i < Step; i++)
        {
            var c = Unsafe.Add(ref Unsafe.AsRef(in first), i);
            separators |= (c == separator ? 1UL : 0) << i;
            lineFeeds |= (c == '\n' ? 1UL : 0) << i;
            quotes |= (c == '"' ? 1UL : 0) << i;
        }

        return new(separators, lineFeeds, quotes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Bits(Vector256<byte> low, Vector256<byte> high, byte wanted)
    {
        var sought = Vector256.Create(wanted);
        return Vector256.Equals(low, sought).ExtractMostSignificantBits() | ((ulong)Vector256.Equals(high, sought).ExtractMostSignificantBits() << Vector256<byte>.Count);
    }
}
