using System.Diagnostics;

namespace MaritimeWatch.Benchmarks;

/// <summary>
/// CSV rows to typed columns, with quotes, bad rows and missing values, against the readers of others in turn on one made file
/// (PERFORMANCE.md, C1 to C3). All must find the same rows and sums, or the run has failed.
/// </summary>
internal static class CsvBench
{
    private const int Rounds = 7;

    /// <returns>0 when all agree.</returns>
    public static int Run(int rows)
    {
        var file = CsvBenchFile.Write(rows);
        try
        {
            return Compare(file, rows);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static int Compare(string file, int rows)
    {
        var ours = new CsvBenchOurs(file, rows);
        var peers = new CsvBenchPeers(file, rows);
        var bytes = new FileInfo(file).Length;
        var readers = new List<Reader>
        {
            new("ours", () => Timed(() => ours.Columns(1)), () => ours.Sums(1), () => ours.Allocated),
            new("ours, 2 cores", () => Timed(() => ours.Columns(2)), () => ours.Sums(2), null),
            new("ours, observations", () => Timed(() => ours.Observations()), null, () => ours.Allocated),
            new("Sylvan.Data.Csv 1.4.4", () => Timed(peers.Sylvan), peers.Sums, null),
            new("CsvHelper 34.0.0", () => Timed(peers.CsvHelper), peers.Sums, null),
            new("DuckDB 1.5.6, 2 threads", () => Timed(() => peers.DuckDb(exact: false)), () => peers.DuckDb(exact: true), null),
        };
        CsvSums pandasSums = default;
        if (peers.Pandas() is { } pandas)
        {
            pandasSums = pandas.Sums;
            readers.Add(new($"pandas {pandas.Version}", () => peers.Pandas()!.Value.Seconds, () => pandasSums, null));
        }
        else
        {
            Console.WriteLine("pandas: not here; for its row install Debian's python3-pandas.");
        }

        // The first two rounds warm up.
        for (var round = -2; round < Rounds; round++)
        {
            foreach (var reader in readers.Where(r => round >= -1 || r.Name.StartsWith("ours", StringComparison.Ordinal)))
            {
                reader.Measure(keep: round >= 0);
            }
        }

        Console.WriteLine($"{rows:N0} rows, {bytes / 1e6:N0} MB, {Environment.ProcessorCount} cores, .NET {Environment.Version}, median of {Rounds} in turn (lowest–highest)");
        foreach (var reader in readers)
        {
            var seconds = reader.Median;
            Console.WriteLine($"{reader.Name,-24} {seconds:F3} s ({reader.Seconds[0]:F3}–{reader.Seconds[^1]:F3}), {rows / seconds / 1e6,6:F2} M rows/s, {bytes / seconds / 1e6,6:N0} MB/s{(reader.Allocated is { } allocated ? $", {(double)allocated / rows:F3} bytes a row" : "")}");
        }

        foreach (var (name, to) in new[] { ("Sylvan", 0), ("CsvHelper", 0), ("pandas", 0), ("DuckDB", 1) })
        {
            if (readers.Find(r => r.Name.StartsWith(name, StringComparison.Ordinal)) is { } peer)
            {
                Console.WriteLine($"{readers[to].Name} is {peer.Median / readers[to].Median:F1} times {peer.Name}");
            }
        }

        var differing = readers.Where(r => r.Sums is { } sums && sums != readers[0].Sums).ToList();
        differing.ForEach(r => Console.WriteLine($"DIFFERS: {r.Name}: {r.Sums}"));
        Console.WriteLine($"{(differing.Count == 0 ? "All found the same" : "Ours")}: {readers[0].Sums}");
        return differing.Count == 0 ? 0 : 1;
    }

    private static double Timed(Action run)
    {
        var began = Stopwatch.GetTimestamp();
        run();
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private sealed class Reader(string name, Func<double> run, Func<CsvSums>? sums, Func<long>? allocated)
    {
        public string Name => name;

        public List<double> Seconds { get; } = [];

        public double Median => Seconds[Seconds.Count / 2];

        public CsvSums? Sums { get; private set; }

        public long? Allocated { get; private set; }

        public void Measure(bool keep)
        {
            GC.Collect();
            var seconds = run();
            Allocated = allocated?.Invoke();
            if (keep)
            {
                Seconds.Add(seconds);
                Seconds.Sort();
            }

            // Once is enough: the file stays the same.
            Sums ??= sums?.Invoke();
        }
    }
}
