namespace MaritimeWatch.Feeds.Positions;

/// <summary>
/// Parts of one file read at the same time: a part owns the rows that begin in it. A part that begins inside a quoted field
/// takes the rest of that field for a row; it shows, because the part before then ends elsewhere than the part began.
/// </summary>
internal static class CsvRanges
{
    /// <summary>Reads the file in parts, each on its own thread.</summary>
    /// <param name="path">A plain file, not an archive.</param>
    /// <param name="parts">Number of parts, 1 or more.</param>
    /// <param name="take">Given the number of the part and its rows, which it reads to the end.</param>
    /// <returns>False when a part began inside a quoted field: nothing that was taken counts, and the file wants reading in one part.</returns>
    /// <exception cref="InputException">No header with a time and a place.</exception>
    public static bool TryRead(string path, ColumnCards cards, int parts, Action<int, PositionRows> take)
    {
        var (columns, separator, first) = Header(path, cards);
        var size = new FileInfo(path).Length;
        var blocks = new CsvBlocks[parts];
        Parallel.For(0, parts, new ParallelOptions { MaxDegreeOfParallelism = parts }, part =>
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
            blocks[part] = new CsvBlocks(file, separator, From(part), From(part + 1));
            take(part, new PositionRows(blocks[part], columns));
        });

        return Enumerable.Range(1, parts - 1).All(part => blocks[part].Began == blocks[part - 1].Next);

        long From(int part) => first + ((size - first) * part / parts);
    }

    private static (PositionColumns Columns, byte Separator, long First) Header(string path, ColumnCards cards)
    {
        using var file = File.OpenRead(path);
        var blocks = new CsvBlocks(file);
        var columns = new PositionColumns(path, PositionCsv.HeaderOf(blocks, path), cards);
        return (columns, blocks.Separator, blocks.Count > 1 ? blocks.StartOf(1) : blocks.Next);
    }
}
