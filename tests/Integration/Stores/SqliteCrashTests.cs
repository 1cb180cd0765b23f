using System.Diagnostics;
using System.Globalization;
using MaritimeWatch.Storage;
using MaritimeWatch.Storage.Sqlite;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Integration.Stores;

/// <summary>
/// A program that writes is killed without warning, again and again. Whatever it had acknowledged must be there, once; a batch
/// is there whole or not at all. The writer is this test program itself, started with the file's name in a variable.
/// </summary>
public sealed class SqliteCrashTests
{
    private const string ChildVariable = "MW_CRASH_CHILD";
    private const int Vessels = 100, Kills = 20;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_acknowledged_is_lost_or_doubled_when_the_writer_is_killed()
    {
        if (Environment.GetEnvironmentVariable(ChildVariable) is { } path)
        {
            await WriteUntilKilledAsync(path);
            return;
        }

        using var file = new SqliteFile();
        var random = new Random(20260314);
        long before = 0;
        for (var kill = 0; kill < Kills; kill++)
        {
            var acknowledged = await RunAndKillAsync(file.Path, TimeSpan.FromMilliseconds(random.Next(50, 900)));
            Assert.True(acknowledged > before, $"The writer acknowledged nothing in run {kill}.");
            before = await CheckAsync(file, acknowledged);
        }
    }

    private static async Task WriteUntilKilledAsync(string path)
    {
        await using var store = SqliteStore.Open(path);
        await using var output = Console.OpenStandardOutput();
        var checkpoint = await store.Feeds.CheckpointOfAsync("feed", Cancel);
        for (var n = long.Parse(checkpoint?.Position ?? "0", CultureInfo.InvariantCulture) + 1; ; n++)
        {
            await store.Tracks.CommitAsync(BatchOf(n), Cancel);
            await output.WriteAsync(System.Text.Encoding.ASCII.GetBytes($"\nacknowledged {n}\n"), Cancel);
            await output.FlushAsync(Cancel);
            await store.Tracks.CloseHoursAsync(TimeOf(n).AddMinutes(-20), Cancel);
        }
    }

    /// <summary>Starts the writer, lets it acknowledge a first batch, waits, kills it; gives the last number it acknowledged.</summary>
    private static async Task<long> RunAndKillAsync(string path, TimeSpan wait)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "MaritimeWatch.Integration"))
        {
            RedirectStandardOutput = true,
            Environment = { [ChildVariable] = path },
            ArgumentList = { "-class", typeof(SqliteCrashTests).FullName! },
        };
        using var writer = Process.Start(start)!;
        long last = 0;
        var first = new TaskCompletionSource();
        var reading = Task.Run(async () =>
        {
            while (await writer.StandardOutput.ReadLineAsync(Cancel) is { } line)
            {
                if (line.StartsWith("acknowledged ", StringComparison.Ordinal))
                {
                    last = long.Parse(line["acknowledged ".Length..], CultureInfo.InvariantCulture);
                    first.TrySetResult();
                }
            }
        }, Cancel);
        try
        {
            await Task.WhenAny(first.Task, reading).WaitAsync(TimeSpan.FromSeconds(60), Cancel);
            await Task.Delay(wait, Cancel);
        }
        finally
        {
            writer.Kill(); // SIGKILL on Unix: the process gets no chance to tidy up.
        }

        await reading;
        await writer.WaitForExitAsync(Cancel);
        return last;
    }

    /// <summary>Compares the file with what must be in it; gives the number of the last batch found.</summary>
    private static async Task<long> CheckAsync(SqliteFile file, long acknowledged)
    {
        await using var store = file.Open();
        Assert.Empty(await store.IntegrityAsync(Cancel));
        var checkpoint = await store.Feeds.CheckpointOfAsync("feed", Cancel);
        var written = long.Parse(checkpoint!.Position!, CultureInfo.InvariantCulture);
        Assert.InRange(written, acknowledged, acknowledged + 1);
        Assert.Equal(written * Vessels, checkpoint.Totals.Lines);

        var expected = new SortedDictionary<Mmsi, List<Fix>>();
        for (var n = 1L; n <= written; n++)
        {
            foreach (var report in BatchOf(n).Positions)
            {
                (expected.TryGetValue(report.Mmsi, out var fixes) ? fixes : expected[report.Mmsi] = []).Add(report.Fix);
            }
        }

        var vessels = 0;
        await foreach (var (mmsi, fixes) in store.Tracks.FixesDuringAsync(DateTimeOffset.MinValue, DateTimeOffset.MaxValue, Cancel))
        {
            vessels++;
            Assert.Equal(expected[mmsi].Order(), fixes);
        }

        Assert.Equal(expected.Count, vessels);
        return written;
    }

    /// <summary>Ten minutes of event time a batch, so that hours are closed all the time.</summary>
    private static DateTimeOffset TimeOf(long n) => Samples.Noon.AddMinutes(10 * n);

    private static IntakeBatch BatchOf(long n)
    {
        var random = new Random((int)n);
        var fixes = Enumerable.Range(0, Vessels)
            .Select(i => (new Mmsi(235_000_000 + i), new Fix(TimeOf(n).AddSeconds(i), new GeoPoint(50 + random.NextDouble(), random.NextDouble()), 10)));
        return Samples.Batch([.. fixes]) with { Follows = n == 1 ? null : (n - 1).ToString(CultureInfo.InvariantCulture), Position = n.ToString(CultureInfo.InvariantCulture) };
    }
}
