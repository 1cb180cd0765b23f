using System.Buffers;
using System.IO.Compression;
using System.Numerics;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Storage.Chunks;

/// <summary>
/// Packs fixes column by column: each value as the difference to the one above it, folded and cut into seven-bit groups, then
/// Brotli (RFC 7932) at quality 4, which was measured as the knee of size against time. Order is kept; nothing is lost.
/// </summary>
/// <remarks>
/// Version 1: version byte; flags (1 = MMSI column, 2 = whole seconds, 4 and 8 = <see cref="PositionGrid"/>); count; length of
/// the columns; the columns, compressed. A reader must go on understanding every version ever written.
/// </remarks>
public static class ChunkCodec
{
    /// <summary>Most fixes in one chunk; a limit that keeps a damaged length from asking for all memory.</summary>
    public const int MaxCount = 2_000_000;

    private const byte Version = 1, WithMmsi = 1, WholeSeconds = 2;
    private const int FixColumns = 8, GridShift = 2, Quality = 4, LeastWindowBits = 10, MostWindowBits = 18;

    /// <summary>Fixes of one vessel.</summary>
    public static byte[] Encode(IReadOnlyList<Fix> fixes) => Pack(fixes.Count, FixColumns, (i, _) => fixes[i]);

    /// <summary>Fixes of many vessels, as a journal row holds them.</summary>
    public static byte[] EncodeMany(IReadOnlyList<(Mmsi Mmsi, Fix Fix)> fixes) => Pack(fixes.Count, FixColumns + 1, (i, mmsis) =>
    {
        var (mmsi, fix) = fixes[i];
        mmsis[i] = mmsi.Number;
        return fix;
    });

    /// <summary>Adds the fixes of a vessel's chunk to a list.</summary>
    /// <exception cref="InvalidDataException">Not such a chunk, or damaged.</exception>
    public static void Decode(ReadOnlySpan<byte> chunk, List<Fix> into) => Unpack(chunk, FixColumns, (_, fix) => into.Add(fix));

    /// <summary>The fixes of a journal row.</summary>
    /// <exception cref="InvalidDataException">Not such a row, or damaged.</exception>
    public static List<(Mmsi Mmsi, Fix Fix)> DecodeMany(ReadOnlySpan<byte> chunk)
    {
        var fixes = new List<(Mmsi, Fix)>();
        Unpack(chunk, FixColumns + 1, (mmsi, fix) => fixes.Add((new Mmsi(mmsi), fix)));
        return fixes;
    }

    private static byte[] Pack(int count, int columns, Func<int, long[], Fix> read)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MaxCount);
        var values = ArrayPool<long>.Shared.Rent(Math.Max(1, count * columns));
        var bytes = ArrayPool<byte>.Shared.Rent((count * columns * Varint.LongestBytes) + 1);
        try
        {
            // The MMSI column, where there is one, stands first; the others follow in the order of Fix.Columns.
            var first = (columns - FixColumns) * count;
            for (var i = 0; i < count; i++)
            {
                var c = read(i, values).Columns;
                var at = first + i;
                values[at] = c.TimeMs;
                values[at += count] = c.LatE7;
                values[at += count] = c.LonE7;
                values[at += count] = c.SogTenths;
                values[at += count] = c.CogTenths;
                values[at += count] = c.HeadingDeg;
                values[at += count] = c.Status;
                values[at + count] = c.Origin;
            }

            var flags = Shorten(values.AsSpan(first, count), values.AsSpan(first + count, 2 * count));
            var length = WriteColumns(values, count, columns, bytes);
            return Compress(bytes.AsSpan(0, length), count, (byte)(flags | (columns > FixColumns ? WithMmsi : 0)));
        }
        finally
        {
            ArrayPool<long>.Shared.Return(values);
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private static int Shorten(Span<long> timesMs, Span<long> positionsE7)
    {
        var seconds = true;
        foreach (var t in timesMs)
        {
            seconds &= t % 1000 == 0;
        }

        for (var i = 0; seconds && i < timesMs.Length; i++)
        {
            timesMs[i] /= 1000;
        }

        var grid = PositionGrids.Fit(positionsE7);
        for (var i = 0; grid != PositionGrid.E7 && i < positionsE7.Length; i++)
        {
            positionsE7[i] = PositionGrids.ToSteps(positionsE7[i], grid);
        }

        return (seconds ? WholeSeconds : 0) | ((int)grid << GridShift);
    }

    private static int WriteColumns(ReadOnlySpan<long> values, int count, int columns, Span<byte> bytes)
    {
        var at = 0;
        for (var column = 0; column < columns; column++)
        {
            long above = 0;
            foreach (var value in values.Slice(column * count, count))
            {
                at = Varint.Write(bytes, at, Varint.Fold(unchecked(value - above)));
                above = value;
            }
        }

        return at;
    }

    private static byte[] Compress(ReadOnlySpan<byte> columns, int count, byte flags)
    {
        const int header = 2 + (2 * Varint.LongestBytes);
        var packed = ArrayPool<byte>.Shared.Rent(header + BrotliEncoder.GetMaxCompressedLength(columns.Length));
        try
        {
            packed[0] = Version;
            packed[1] = flags;
            var at = Varint.Write(packed, Varint.Write(packed, 2, (ulong)count), (ulong)columns.Length);
            if (!BrotliEncoder.TryCompress(columns, packed.AsSpan(at), out var written, Quality, WindowBitsFor(columns.Length)))
            {
                throw new InvalidOperationException("Brotli found no room in a buffer of its own greatest length.");
            }

            return packed.AsSpan(0, at + written).ToArray();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(packed);
        }
    }

    /// <summary>A window no greater than the columns need: a small one is made ready faster and compresses a small chunk as well.</summary>
    private static int WindowBitsFor(int bytes) => Math.Clamp(BitOperations.Log2((uint)Math.Max(1, bytes)) + 1, LeastWindowBits, MostWindowBits);

    private static void Unpack(ReadOnlySpan<byte> chunk, int columns, Action<int, Fix> take)
    {
        if (chunk.Length < 4 || chunk[0] != Version)
        {
            throw new InvalidDataException($"Expected a chunk of version {Version}; found {(chunk.IsEmpty ? "nothing" : chunk[0])}.");
        }

        int flags = chunk[1], at = 2;
        var count = Varint.Read(chunk, ref at);
        var length = Varint.Read(chunk, ref at);
        if ((flags & WithMmsi) != (columns > FixColumns ? WithMmsi : 0) || flags >> GridShift > (int)PositionGrid.MinuteTenThousandths
            || count > MaxCount || length < count * (ulong)columns || length > count * (ulong)columns * Varint.LongestBytes)
        {
            throw new InvalidDataException("The head of a chunk does not fit its kind.");
        }

        var bytes = ArrayPool<byte>.Shared.Rent((int)length + 1);
        var values = ArrayPool<long>.Shared.Rent(((int)count * columns) + 1);
        try
        {
            if (!BrotliDecoder.TryDecompress(chunk[at..], bytes.AsSpan(0, (int)length), out var read) || read != (int)length)
            {
                throw new InvalidDataException("The columns of a chunk are damaged.");
            }

            ReadColumns(bytes.AsSpan(0, read), (int)count, columns, values);
            Build(values, (int)count, columns, flags, take);
        }
        catch (Exception e) when (e is OverflowException or ArgumentOutOfRangeException)
        {
            throw new InvalidDataException("A value in a chunk is out of its range.", e);
        }
        finally
        {
            ArrayPool<long>.Shared.Return(values);
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private static void ReadColumns(ReadOnlySpan<byte> bytes, int count, int columns, Span<long> values)
    {
        var at = 0;
        for (var column = 0; column < columns; column++)
        {
            long above = 0;
            foreach (ref var value in values.Slice(column * count, count))
            {
                value = above = unchecked(above + Varint.Unfold(Varint.Read(bytes, ref at)));
            }
        }

        if (at != bytes.Length)
        {
            throw new InvalidDataException("A chunk has bytes left over.");
        }
    }

    private static void Build(long[] values, int count, int columns, int flags, Action<int, Fix> take)
    {
        var first = (columns - FixColumns) * count;
        var msInUnit = (flags & WholeSeconds) != 0 ? 1000 : 1;
        var grid = (PositionGrid)(flags >> GridShift);
        for (var i = 0; i < count; i++)
        {
            var at = first + i;
            take(first == 0 ? 0 : (int)values[i], Fix.FromColumns(
                values[at] * msInUnit,
                (int)PositionGrids.FromSteps(values[at += count], grid),
                (int)PositionGrids.FromSteps(values[at += count], grid),
                (short)values[at += count],
                (short)values[at += count],
                (short)values[at += count],
                (byte)values[at += count],
                (byte)values[at + count]));
        }
    }
}
