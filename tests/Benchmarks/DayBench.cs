using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using DuckDB.NET.Data;
using MaritimeWatch.Detection.Meetings;
using MaritimeWatch.Feeds.Positions;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Benchmarks;

/// <summary>
/// A whole day from the file to gaps over 300 s and encounters (PERFORMANCE.md, A1 to A3), each turn in a process of its own, so
/// that start and peak memory count: ours reads on one thread and detects on another, DuckDB has two. Both must find the same.
/// </summary>
internal static class DayBench
{
    private const int Rounds = 3, BlockRows = 1 << 16;

    /// <returns>0 when both found the same.</returns>
    public static int Run(int rows)
    {
        var file = DayFile.Write(rows);
        try
        {
            Console.WriteLine($"{rows:N0} rows, {new FileInfo(file).Length / 1e6:N0} MB, {Environment.ProcessorCount} cores; whole processes in turn, median of {Rounds} (lowest–highest)");
            Turn("ours", file);
            List<(double Wall, double Cpu, double PeakMiB, long[] Found)> ours = [], theirs = [];
            for (var round = 0; round < Rounds; round++)
            {
                ours.Add(Turn("ours", file));
                theirs.Add(Turn("duck", file));
            }

            var (a, b) = (Print("ours", ours, rows), Print("DuckDB 1.5.6, 2 threads", theirs, rows));
            Console.WriteLine($"wall {b.Wall / a.Wall:0.0} times, CPU {b.Cpu / a.Cpu:0.0} times, peak memory {a.PeakMiB / b.PeakMiB:0%} of DuckDB's");
            return DetectBench.Compare("rows, gaps, near pairs, encounters, their slots, who and when", ours[0].Found, theirs[0].Found);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>One turn, in the process made for it: prints what it found, its processor seconds and its peak memory.</summary>
    public static int Turn(string[] args)
    {
        var found = args[0] == "ours" ? Ours(args[1]) : Duck(args[1]);
        using var process = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{process.TotalProcessorTime.TotalSeconds} {process.PeakWorkingSet64 / 1048576.0} {string.Join(' ', found)}"));
        return 0;
    }

    private static (double Wall, double Cpu, double PeakMiB, long[] Found) Turn(string who, string file)
    {
        var host = Environment.ProcessPath!;
        string[] self = Path.GetFileNameWithoutExtension(host) == "dotnet" ? [typeof(DayBench).Assembly.Location] : [];
        var start = new ProcessStartInfo(host, [.. self, "day-turn", who, file]) { RedirectStandardOutput = true };
        var began = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        var parts = process.StandardOutput.ReadToEnd().Split(' ', StringSplitOptions.TrimEntries);
        process.WaitForExit();
        return (Stopwatch.GetElapsedTime(began).TotalSeconds, double.Parse(parts[0], CultureInfo.InvariantCulture), double.Parse(parts[1], CultureInfo.InvariantCulture), [.. parts[2..].Select(p => long.Parse(p, CultureInfo.InvariantCulture))]);
    }

    private static (double Wall, double Cpu, double PeakMiB) Print(string name, List<(double Wall, double Cpu, double PeakMiB, long[] Found)> turns, int rows)
    {
        var wall = turns.Select(t => t.Wall).Order().ToList();
        var (middle, cpu, peak) = (wall[Rounds / 2], turns.Select(t => t.Cpu).Order().ElementAt(Rounds / 2), turns.Select(t => t.PeakMiB).Order().ElementAt(Rounds / 2));
        Console.WriteLine($"{name,-26} {middle:0.00} s ({wall[0]:0.00}–{wall[^1]:0.00}), {rows / middle / 1e6:0.0} M rows/s, {cpu:0.00} CPU s, peak {peak:0} MiB");
        return (middle, cpu, peak);
    }

    private static long[] Ours(string file)
    {
        using var full = new BlockingCollection<Block>(4);
        var empty = new ConcurrentBag<Block>();
        var reading = Task.Run(() =>
        {
            CsvRanges.TryRead(file, CsvBenchOurs.Cards, 1, (_, rows) => Read(rows, full, empty));
            full.CompleteAdding();
        });
        var (gaps, scan, rowsRead, gapsFound, found) = (new GapStream(new GapOptions { Threshold = TimeSpan.FromSeconds(300) }), new EncounterScan(MeetBench.RunsAlone), 0L, 0L, new List<Encounter>());
        foreach (var block in full.GetConsumingEnumerable())
        {
            block.Detect(gaps, scan);
            rowsRead += block.Count;
            // The file is in order of time.
            var reached = DateTimeOffset.FromUnixTimeMilliseconds(block.TimesMs[block.Count - 1]);
            found.AddRange(scan.Close(reached));
            gapsFound += gaps.Take(reached).Count;
            empty.Add(block);
        }

        reading.GetAwaiter().GetResult();
        found.AddRange(scan.Close(DateTimeOffset.MaxValue));
        gapsFound += gaps.Take(DateTimeOffset.MaxValue).Count;
        return [rowsRead, gapsFound, .. MeetBench.Sums(scan, found)];
    }

    private static void Read(PositionRows rows, BlockingCollection<Block> full, ConcurrentBag<Block> empty)
    {
        var block = new Block();
        while (rows.Advance())
        {
            for (var row = 0; row < rows.Count; row++)
            {
                if (rows.Read(row, out var read) != RowFault.None)
                {
                    continue;
                }

                if (block.Count == BlockRows)
                {
                    full.Add(block);
                    block = empty.TryTake(out var used) ? used : new Block();
                    block.Count = 0;
                }

                block.Add(read);
            }
        }

        full.Add(block);
    }

    private static long[] Duck(string file)
    {
        using var duck = DetectBench.Duck();
        DetectBench.Ask(duck, $$"""
            CREATE TABLE d AS SELECT epoch_ms("# Timestamp") ms, "MMSI" vessel, round("Latitude"*1e7)::BIGINT la, round("Longitude"*1e7)::BIGINT lo
            FROM read_csv('{{file}}', header=true, delim=',', timestampformat='%d/%m/%Y %H:%M:%S', types={'# Timestamp':'TIMESTAMP','MMSI':'INTEGER','Latitude':'DOUBLE','Longitude':'DOUBLE','SOG':'FLOAT','COG':'FLOAT','Heading':'SMALLINT'})
            """);
        DetectBench.Ask(duck, "CREATE TABLE w AS SELECT *, lag(ms) OVER v pms, lag(la) OVER v pla, lag(lo) OVER v plo FROM d WINDOW v AS (PARTITION BY vessel ORDER BY ms)");
        // The same places: at the whole ten minutes between two fixes an hour apart at most, in whole 1e-7 degrees, cut towards zero.
        DetectBench.Ask(duck, $"""
            CREATE TABLE f AS SELECT vessel, s slot, (pla+{Cut("(la-pla)*(s*600000-pms)")})/1e7 lat, (plo+{Cut("(lo-plo)*(s*600000-pms)")})/1e7 lon
            FROM (SELECT *, unnest(range(pms//600000+1, ms//600000+1)) s FROM w WHERE ms//600000 > pms//600000 AND ms-pms <= 3600000)
            UNION ALL SELECT vessel, ms//600000, la/1e7, lo/1e7 FROM w WHERE ms%600000=0 AND (pms IS NULL OR ms-pms > 3600000)
            """);
        return [.. DetectBench.Ask(duck, "SELECT (SELECT count(*) FROM d), (SELECT count(*) FROM w WHERE ms-pms > 300000)"), .. DetectBench.Ask(duck, MeetBench.Sql)];

        static string Cut(string product) => $"sign({product})*(abs({product})//(ms-pms))";
    }

    private sealed class Block
    {
        private readonly int[] vessels = new int[BlockRows], latsE7 = new int[BlockRows], lonsE7 = new int[BlockRows];

        public long[] TimesMs { get; } = new long[BlockRows];

        public int Count { get; set; }

        public void Add(in PositionRow row)
        {
            var at = Count++;
            (TimesMs[at], latsE7[at], lonsE7[at], _, _, _, _, _) = row.Fix.Columns;
            vessels[at] = row.MmsiNumber;
        }

        public void Detect(GapStream gaps, EncounterScan scan)
        {
            for (var i = 0; i < Count; i++)
            {
                gaps.Add(vessels[i], TimesMs[i], latsE7[i], lonsE7[i], ReceiverKind.Terrestrial);
                scan.Add(vessels[i], TimesMs[i], latsE7[i], lonsE7[i]);
            }
        }
    }
}
