using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MaritimeWatch.Feeds.Positions;

/// <summary>
/// Rows of a CSV stream and the ends of their fields, a stretch of rows at a time, without a copy or an object a row. 64 bytes
/// are looked at together; only a row that holds a quote is walked byte by byte, and a broken one ends with its line.
/// </summary>
internal sealed class CsvBlocks
{
    /// <summary>Far above any row met; a longer one is broken.</summary>
    public const int LongestRow = 1 << 16;

    // A window of rows and the ends of its fields stay in the first cache.
    private const int Block = 1 << 18, Window = 1 << 14, MostRows = 4096;

    private readonly Stream stream;
    private readonly byte[] buffer = GC.AllocateUninitializedArray<byte>(Block + CsvMarks.Step);
    private readonly int[] ends = new int[LongestRow + Window + (4 * CsvMarks.Step)];
    private readonly Place[] rows = new Place[MostRows + CsvMarks.Step];
    private readonly long limit;
    private long offset;
    private int at, filled;
    private bool ended, tooLong;

    /// <summary>A whole file: its first line tells the separator.</summary>
    public CsvBlocks(Stream stream)
    {
        (this.stream, limit) = (stream, long.MaxValue);
        Fill();
        at = buffer.AsSpan(0, filled).StartsWith("\uFEFF"u8) ? 3 : 0;
        Separator = SeparatorOf(buffer.AsSpan(at, filled - at));
    }

    /// <summary>The rows of a file that begin from <paramref name="from"/> on and before <paramref name="limit"/>, where no earlier row has a line feed in quotes.</summary>
    public CsvBlocks(Stream stream, byte separator, long from, long limit)
    {
        (this.stream, Separator, this.limit) = (stream, separator, limit);
        // The byte before tells whether a row begins here.
        stream.Position = offset = from - 1;
        tooLong = true;
    }

    /// <summary>Comma, semicolon, tab or bar.</summary>
    public byte Separator { get; }

    /// <summary>Rows of this stretch.</summary>
    public int Count { get; private set; }

    /// <summary>Place in the stream of the first row from the start of the range on.</summary>
    public long Began { get; private set; }

    /// <summary>Place in the stream where the next stretch begins.</summary>
    public long Next => offset + at;

    /// <summary>The fields of a row of this stretch; valid until the next stretch.</summary>
    public CsvFields this[int row]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            var place = rows[row];
            return new CsvFields(ref MemoryMarshal.GetArrayDataReference(buffer), ref ends[place.First], place.Fields);
        }
    }

    /// <summary>Place in the stream where a row of this stretch begins.</summary>
    public long StartOf(int row) => offset + ends[rows[row].First] + 1;

    /// <summary>Goes to the next rows; false when there are none.</summary>
    public bool Advance()
    {
        Count = 0;
        while (!tooLong || SkipLine())
        {
            if (Next >= limit)
            {
                return false;
            }

            Scan(Math.Min(filled, at + Window));
            if (Count == 0)
            {
                Scan(Math.Min(filled, at + LongestRow));
            }

            if (Count == 0 && filled - at >= LongestRow)
            {
                (ends[0], ends[1], rows[0], Count, tooLong) = (at - 1, at + LongestRow, new Place(0, CsvFields.Broken), 1, true);
            }

            if (Count > 0)
            {
                LeaveRowsBehindLimit();
                return Count > 0;
            }

            if (!Fill())
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>Finds the rows that end before <paramref name="to"/>.</summary>
    private void Scan(int to)
    {
        unchecked
        {
            ref var bytes = ref MemoryMarshal.GetArrayDataReference(buffer);
            ref var places = ref MemoryMarshal.GetArrayDataReference(ends);
            int known = 1, first = 0, count = 0, start = at, i = at;
            places = start - 1;
            while (i < to && count < MostRows && known < ends.Length - (2 * CsvMarks.Step))
            {
                var marks = CsvMarks.Of(ref Unsafe.Add(ref bytes, i), Separator);
                var counted = to - i < CsvMarks.Step ? (1UL << (to - i)) - 1 : ulong.MaxValue;
                var quotes = marks.Quotes & counted;
                counted &= quotes == 0 ? ulong.MaxValue : (quotes & (0 - quotes)) - 1;
                var lineFeeds = marks.LineFeeds & counted;
                var fieldEnds = (marks.Separators & counted) | lineFeeds;
                for (; lineFeeds != 0; lineFeeds &= lineFeeds - 1)
                {
                    var last = known + BitOperations.PopCount(fieldEnds & (lineFeeds ^ (lineFeeds - 1))) - 1;
                    rows[count++] = new Place(first, last - first);
                    first = last;
                    start = i + BitOperations.TrailingZeroCount(lineFeeds) + 1;
                }

                var found = BitOperations.PopCount(fieldEnds);
                ref var next = ref Unsafe.Add(ref places, known);
                if (Avx512Vbmi2.IsSupported && counted == ulong.MaxValue)
                {
                    WriteByVector(ref next, i, found);
                }
                else
                {
                    for (; fieldEnds != 0; fieldEnds &= fieldEnds - 1)
                    {
                        next = i + BitOperations.TrailingZeroCount(fieldEnds);
                        next = ref Unsafe.Add(ref next, 1);
                    }
                }

                known += found;
                i += CsvMarks.Step;
                if (quotes != 0)
                {
                    // A quoted row may have as many fields as bytes.
                    if (first > Window + CsvMarks.Step || ReadQuoted(start, first, out var fields) is not (> 0 and var after))
                    {
                        break;
                    }

                    rows[count++] = new Place(first, fields);
                    first += Math.Max(fields, 1) + 1;
                    known = first + 1;
                    start = i = after;
                    Unsafe.Add(ref places, first) = start - 1;
                }
            }

            (at, Count) = (start, count);
        }
    }

    /// <summary>Places of the bits that are set, sixteen at a time, whether there are sixteen or not: the surplus is written over.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void WriteByVector(ref int next, int from, int found)
    {
        var bytes = Vector512.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(buffer), (nuint)from);
        var fieldEnds = Vector512.Equals(bytes, Vector512.Create(Separator)) | Vector512.Equals(bytes, Vector512.Create((byte)'\n'));
        var places = Avx512Vbmi2.Compress(Vector512<byte>.Zero, fieldEnds, Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(CsvMarks.Places)));
        var start = Vector512.Create(from);
        (Avx512F.ConvertToVector512Int32(places.GetLower().GetLower()) + start).StoreUnsafe(ref next);
        if (found > 16)
        {
            (Avx512F.ConvertToVector512Int32(places.GetLower().GetUpper()) + start).StoreUnsafe(ref next, 16);
            (Avx512F.ConvertToVector512Int32(places.GetUpper().GetLower()) + start).StoreUnsafe(ref next, 32);
            (Avx512F.ConvertToVector512Int32(places.GetUpper().GetUpper()) + start).StoreUnsafe(ref next, 48);
        }
    }

    /// <summary>One row with quotes; gives the place after it, or 0 when its end is not here yet.</summary>
    private int ReadQuoted(int start, int first, out int fields)
    {
        var text = buffer.AsSpan(start, Math.Min(filled - start, LongestRow));
        var end = CsvQuotes.EndOfRow(text, Separator);
        if (end >= 0)
        {
            fields = CsvQuotes.Unquote(text[..(end + 1)], Separator, ends.AsSpan(first + 1), start);
            return start + end + 1;
        }

        fields = CsvFields.Broken;
        var line = text.IndexOf((byte)'\n');
        if ((end == CsvQuotes.NotWhole && !ended && text.Length < LongestRow) || line < 0)
        {
            return 0;
        }

        ends[first + 1] = start + line;
        return start + line + 1;
    }

    private void LeaveRowsBehindLimit()
    {
        for (; Count > 0 && StartOf(Count - 1) >= limit; Count--)
        {
            at = ends[rows[Count - 1].First] + 1;
        }
    }

    private bool SkipLine()
    {
        do
        {
            var line = buffer.AsSpan(at, filled - at).IndexOf((byte)'\n');
            if (line >= 0)
            {
                at += line + 1;
                tooLong = false;
                Began = Began == 0 ? Next : Began;
                return true;
            }

            at = filled;
        }
        while (Fill());
        return false;
    }

    /// <summary>Moves what is left to the front and reads on. The last line is given the line feed it lacks.</summary>
    private bool Fill()
    {
        buffer.AsSpan(at, filled - at).CopyTo(buffer);
        (offset, filled, at) = (offset + at, filled - at, 0);
        if (ended)
        {
            return false;
        }

        var read = stream.ReadAtLeast(buffer.AsSpan(filled, Block - filled), Block - filled, throwOnEndOfStream: false);
        filled += read;
        ended = filled < Block;
        if (ended && filled > 0 && buffer[filled - 1] != '\n')
        {
            buffer[filled++] = (byte)'\n';
        }

        return filled > 0;
    }

    private static byte SeparatorOf(ReadOnlySpan<byte> text)
    {
        var header = text[..(text.IndexOf((byte)'\n') is >= 0 and var end ? end : text.Length)];
        var (found, most) = ((byte)',', 0);
        foreach (var separator in ",\t;|"u8)
        {
            if (header.Count(separator) is var count && count > most)
            {
                (found, most) = (separator, count);
            }
        }

        return found;
    }

    private readonly record struct Place(int First, int Fields);
}
