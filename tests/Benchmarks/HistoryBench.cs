using System.Diagnostics;
using System.Globalization;
using MaritimeWatch.Records;
using MaritimeWatch.Storage;
using MaritimeWatch.Storage.Sqlite;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Benchmarks;

/// <summary>How long a slice of replay takes: an hour of many vessels, a position each in ten seconds, half of them moored.</summary>
public static class HistoryBench
{
    private const int IntervalSeconds = 10, PerCommit = 20_000;

    private static readonly DateTimeOffset Start = new(2026, 3, 14, 0, 0, 0, TimeSpan.Zero);

    /// <param name="vessels">How many.</param>
    /// <param name="path">File of the store; it stays, for the server to be asked on it.</param>
    public static async Task RunAsync(int vessels, string path)
    {
        await using var store = SqliteStore.Open(path, new SqliteOptions());
        foreach (var batch in Traffic(vessels).Chunk(PerCommit))
        {
            var count = new IntakeCount();
            count.Accept(batch.Length);
            await store.Tracks.CommitAsync(new IntakeBatch { Feed = "bench", Positions = batch, Count = count, LastReceived = batch[^1].Fix.Time });
        }

        await SliceAsync(store, vessels, "open hour", 60);
        var begun = Stopwatch.GetTimestamp();
        await store.Tracks.CloseHoursAsync(DateTimeOffset.MaxValue);
        Console.WriteLine($"{vessels} vessels, hours closed with their counts in {Stopwatch.GetElapsedTime(begun).TotalSeconds:0.00} s");
        foreach (var stepSeconds in new[] { 10, 60, 300 })
        {
            await SliceAsync(store, vessels, "closed hour", stepSeconds);
        }

        begun = Stopwatch.GetTimestamp();
        var hours = await store.Tracks.CountsAsync(Start.AddDays(-30), Start.AddDays(1));
        Console.WriteLine($"{vessels} vessels, counts of a month: {hours.Count} hours, {hours.Sum(h => h.PerMinute.Sum())} fixes, in {Stopwatch.GetElapsedTime(begun).TotalMilliseconds:0.0} ms");
    }

    private static async Task SliceAsync(SqliteStore store, int vessels, string what, int stepSeconds)
    {
        var (begun, first, kept, read) = (Stopwatch.GetTimestamp(), TimeSpan.Zero, 0L, 0L);
        await foreach (var (_, fixes) in store.Tracks.FixesInAsync(new GeoBox(40, -10, 60, 10), Start.AddHours(1).AddMinutes(-9), Start.AddHours(2)))
        {
            first = first == default ? Stopwatch.GetElapsedTime(begun) : first;
            read += fixes.Count;
            kept += ReplayTrack.Of(fixes, Start.AddHours(1), TimeSpan.FromSeconds(stepSeconds)).Count;
        }

        var took = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{vessels} vessels, {what}, a fix in {stepSeconds} s: {read} read, {kept} kept ({kept * 20 / 1e6:0.0} MB), first vessel after {first.TotalMilliseconds:0} ms, all in {took:0.00} s"));
    }

    private static IEnumerable<PositionReport> Traffic(int vessels)
    {
        for (var seconds = 0; seconds < 7200; seconds += IntervalSeconds)
        {
            for (var v = 0; v < vessels; v++)
            {
                var (moored, mmsi) = (v % 2 == 0, new Mmsi(200_000_000 + v));
                var (lat, lon) = (42 + (v % 160 * 0.1), -9 + (v / 160 % 170 * 0.1));
                var at = new GeoPoint(Math.Round(lat + (moored ? 0 : seconds / 36_000.0 * 0.6), 5), Math.Round(lon, 5));
                var fix = new Fix(Start.AddSeconds(seconds + (v % IntervalSeconds)), at, moored ? 0 : 12.1, moored ? null : 0, moored ? null : 1, moored ? NavigationalStatus.Moored : NavigationalStatus.UnderWayUsingEngine, TransponderClass.A, ReceiverKind.Terrestrial);
                yield return new PositionReport(mmsi, fix, fix.Time, "bench");
            }
        }
    }
}
