using System.Diagnostics;
using MaritimeWatch.Records;
using MaritimeWatch.Storage;
using MaritimeWatch.Storage.Sqlite;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;
using Microsoft.Data.Sqlite;

namespace MaritimeWatch.Benchmarks;

/// <summary>
/// How fast the embedded store takes positions, what one costs on disk, and how long a vessel-day takes to read. Made traffic:
/// half moored with the jitter of the receiver, half sailing, on the raster of AIS; hours are closed as time goes on.
/// </summary>
public static class StoreBench
{
    private const int Vessels = 5_000, ReportsEach = 1_000, PerCommit = 5_000, Days = 200;

    private static readonly DateTimeOffset Start = new(2026, 3, 14, 0, 0, 0, TimeSpan.Zero);

    public static void Run()
    {
        var batches = Traffic().Chunk(PerCommit).ToList();
        foreach (var survivesPowerLoss in new[] { true, false })
        {
            RunAsync(batches, survivesPowerLoss).GetAwaiter().GetResult();
        }
    }

    private static async Task RunAsync(List<PositionReport[]> batches, bool survivesPowerLoss)
    {
        var folder = Directory.CreateTempSubdirectory("mw-bench-");
        try
        {
            var path = Path.Combine(folder.FullName, "bench.db");
            TimeSpan committing = default, closing = default, slowestCommit = default, slowestClosing = default;
            await using (var store = SqliteStore.Open(path, new SqliteOptions { SurvivesPowerLoss = survivesPowerLoss }))
            {
                foreach (var batch in batches)
                {
                    var count = new IntakeCount();
                    count.Accept(batch.Length);
                    var begun = Stopwatch.GetTimestamp();
                    await store.Tracks.CommitAsync(new IntakeBatch { Feed = "bench", Positions = batch, Count = count });
                    var took = Stopwatch.GetElapsedTime(begun);
                    (committing, slowestCommit) = (committing + took, took > slowestCommit ? took : slowestCommit);
                    begun = Stopwatch.GetTimestamp();
                    await store.Tracks.CloseHoursAsync(batch[^1].Fix.Time.AddMinutes(-10));
                    took = Stopwatch.GetElapsedTime(begun);
                    (closing, slowestClosing) = (closing + took, took > slowestClosing ? took : slowestClosing);
                }

                var last = Stopwatch.GetTimestamp();
                await store.Tracks.CloseHoursAsync(DateTimeOffset.MaxValue);
                closing += Stopwatch.GetElapsedTime(last);
                await ReadAsync(store, survivesPowerLoss);
            }

            // Pages the journal has left are used again: they are a fixed cost of an open hour, not of a position.
            using var file = new SqliteConnection($"Data Source={path};Pooling=False");
            file.Open();
            using var free = file.CreateCommand();
            free.CommandText = "SELECT freelist_count * page_size FROM pragma_freelist_count, pragma_page_size";
            var freeBytes = (long)free.ExecuteScalar()!;
            double positions = batches.Sum(b => (long)b.Length), bytes = new FileInfo(path).Length;
            Console.WriteLine(
                $"{Name(survivesPowerLoss)}: {positions / (committing + closing).TotalSeconds:N0} positions/s ({positions / committing.TotalSeconds:N0} without closing), slowest commit {slowestCommit.TotalMilliseconds:0} ms, "
                + $"slowest closing {slowestClosing.TotalMilliseconds:0} ms, {bytes / positions:0.00} bytes per position in a file of {bytes / 1e6:0.0} MB, {(bytes - freeBytes) / positions:0.00} without free pages");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task ReadAsync(SqliteStore store, bool survivesPowerLoss)
    {
        var random = new Random(3);
        var took = new List<double>();
        for (var i = 0; i < Days; i++)
        {
            var begun = Stopwatch.GetTimestamp();
            var fixes = await store.Tracks.FixesOfAsync(new Mmsi(201_000_000 + random.Next(Vessels)), Start, Start.AddDays(1));
            took.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            if (fixes.Count != ReportsEach)
            {
                throw new InvalidOperationException($"Expected {ReportsEach} fixes of a vessel, found {fixes.Count}.");
            }
        }

        took.Sort();
        Console.WriteLine($"{Name(survivesPowerLoss)}: vessel-day p50 {took[Days / 2]:0.00} ms, p95 {took[Days * 95 / 100]:0.00} ms");
    }

    private static string Name(bool survivesPowerLoss) => survivesPowerLoss ? "FULL" : "NORMAL";

    private static IEnumerable<PositionReport> Traffic()
    {
        var random = new Random(1);
        var ships = Enumerable.Range(0, Vessels).Select(_ => (LatDeg: 30 + (random.NextDouble() * 40), LonDeg: -20 + (random.NextDouble() * 60), SogKnots: 8 + (random.NextDouble() * 10), CogDeg: random.NextDouble() * 360)).ToArray();
        var stepSeconds = 86_400.0 / ReportsEach;
        for (var round = 0; round < ReportsEach; round++)
        {
            for (var i = 0; i < Vessels; i++)
            {
                ref var ship = ref ships[i];
                var time = Start.AddSeconds(Math.Floor((round * stepSeconds) + (stepSeconds * i / Vessels)));
                var moored = i % 2 == 0;
                if (!moored)
                {
                    ship.CogDeg = (ship.CogDeg + ((random.NextDouble() - 0.5) * 3) + 360) % 360;
                    ship.SogKnots = Math.Clamp(ship.SogKnots + ((random.NextDouble() - 0.5) * 0.3), 3, 22);
                    var degrees = ship.SogKnots * stepSeconds / 3600 / 60;
                    ship.LatDeg = Math.Clamp(ship.LatDeg + (degrees * Math.Cos(ship.CogDeg * Math.PI / 180)), 20, 75);
                    ship.LonDeg = Geodesy.WrapLongitude(ship.LonDeg + (degrees * Math.Sin(ship.CogDeg * Math.PI / 180) / Math.Cos(ship.LatDeg * Math.PI / 180)));
                }

                var jitterDeg = moored ? 2e-4 : 0;
                var at = new GeoPoint(OnRaster(ship.LatDeg + ((random.NextDouble() - 0.5) * jitterDeg)), OnRaster(ship.LonDeg + ((random.NextDouble() - 0.5) * jitterDeg)));
                var fix = new Fix(time, at, moored ? random.Next(0, 3) / 10.0 : ship.SogKnots, moored ? random.Next(0, 3600) / 10.0 : ship.CogDeg, (int)ship.CogDeg,
                    moored ? NavigationalStatus.Moored : NavigationalStatus.UnderWayUsingEngine, TransponderClass.A, ReceiverKind.Terrestrial);
                yield return new PositionReport(new Mmsi(201_000_000 + i), fix, time, null);
            }
        }
    }

    /// <summary>1/10,000 minute, as AIS sends.</summary>
    private static double OnRaster(double degrees) => Math.Round(degrees * 600_000) / 600_000;
}
