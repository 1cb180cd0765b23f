using MaritimeWatch.Feeds.Positions;

namespace MaritimeWatch.Benchmarks;

/// <summary>Our reading of the file: typed columns on one core and on two, and the observations a feed gives.</summary>
internal sealed class CsvBenchOurs(string file, int rows)
{
    // Columns of the Danish layout whose letters are counted.
    private const int Name = 12, Destination = 19;

    private readonly ColumnCards cards = Cards;
    private readonly FixColumns[] parts = [new(rows), new(rows)];

    /// <summary>Bytes allocated by the rows of the last reading on one core, buffers left out.</summary>
    public long Allocated { get; private set; }

    public static ColumnCards Cards => ColumnCards.Load(CardsFile());

    public bool Columns(int cores)
    {
        if (!CsvRanges.TryRead(file, cards, cores, Fill))
        {
            Console.WriteLine("A part began inside a quoted field: read on one core.");
            return CsvRanges.TryRead(file, cards, 1, Fill);
        }

        return true;
    }

    public CsvSums Sums(int cores) => cores == 1 ? parts[0].Sums() : parts[0].Sums() + parts[1].Sums();

    public CsvSums Observations()
    {
        var sums = new CsvSums();
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var batch in new PositionCsv("bench", cards).Read(file))
        {
            sums += new CsvSums(batch.Sightings.Count, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        }

        Allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        return sums;
    }

    private void Fill(int part, PositionRows rows)
    {
        var into = parts[part];
        (into.Count, into.Letters) = (0, 0);
        var before = GC.GetAllocatedBytesForCurrentThread();
        while (rows.Advance())
        {
            FillStretch(rows, into);
        }

        Allocated = GC.GetAllocatedBytesForCurrentThread() - before;
    }

    // Called often, so that the compiler's second look comes soon.
    private static void FillStretch(PositionRows rows, FixColumns into)
    {
        var at = into.Count;
        long letters = 0;
        for (var row = 0; row < rows.Count; row++)
        {
            if (rows.Read(row, out var read) != RowFault.None)
            {
                continue;
            }

            (into.TimeMs[at], into.LatE7[at], into.LonE7[at], into.SogTenths[at], into.CogTenths[at], into.HeadingDeg[at], _, _) = read.Fix.Columns;
            into.Mmsis[at] = read.MmsiNumber;
            var fields = rows.Fields(row);
            letters += fields[Name].Length + fields[Destination].Length;
            at++;
        }

        into.Letters += letters;
        into.Count = at;
    }

    private static string CardsFile()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at!.FullName, "MaritimeWatch.sln")))
        {
            at = at.Parent;
        }

        return Path.Combine(at.FullName, "seeds", "feeds", "position-columns.json");
    }
}
