using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MaritimeWatch.Feeds.Positions;

/// <summary>The fields of one CSV row, without quotes, where they lie in the reader's buffer.</summary>
internal readonly ref struct CsvFields
{
    /// <summary>Number of fields of a row that cannot be read as CSV.</summary>
    public const int Broken = -1;

    /// <summary>Bytes that can be read behind the end of a field.</summary>
    public const int Slack = 32;

    private readonly ref byte bytes;
    private readonly ref int ends;

    /// <param name="bytes">The buffer.</param>
    /// <param name="ends">Place before the row, then the end of each field; a row begins one byte behind the first.</param>
    /// <param name="count">Number of fields.</param>
    public CsvFields(ref byte bytes, ref int ends, int count)
    {
        this.bytes = ref bytes;
        this.ends = ref ends;
        Count = count;
    }

    /// <summary>Number of fields, or <see cref="Broken"/>.</summary>
    public int Count { get; }

    /// <summary>A field; empty where the row has none or the column is not known (-1).</summary>
    public ReadOnlySpan<byte> this[int column]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => column >= 0 && column < Count ? Run(column, column) : [];
    }

    /// <summary>The bytes of several fields side by side, with their separators.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> Run(int from, int to)
    {
        unchecked
        {
            var start = Unsafe.Add(ref ends, from) + 1;
            var end = Unsafe.Add(ref ends, to + 1);
            // The line may end with a carriage return.
            if (to == Count - 1 && end > start && Unsafe.Add(ref bytes, end - 1) == '\r')
            {
                end--;
            }

            return MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref bytes, start), end - start);
        }
    }

    /// <summary>The line of a broken row.</summary>
    public ReadOnlySpan<byte> Line => MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref bytes, ends + 1), Unsafe.Add(ref ends, 1) - ends - 1);
}
