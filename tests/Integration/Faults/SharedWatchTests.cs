using System.Diagnostics;
using MaritimeWatch.Integration.Stores;
using MaritimeWatch.Storage;
using MaritimeWatch.Storage.Cosmos;
using MaritimeWatch.Storage.Sqlite;
using MaritimeWatch.Support;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Integration.Faults;

/// <summary>
/// The exercise on Cosmos DB and PostgreSQL in three processes, two that read and work and one that serves the console, killed
/// ten times at random; beside it the same exercise in one process on the embedded store. Both must have found the same.
/// </summary>
public sealed class SharedWatchTests(ITestOutputHelper output) : IDisposable
{
    private const int Kills = 10;

    private static readonly TimeSpan Length = TimeSpan.FromHours(7), Together = TimeSpan.FromMinutes(9);

    private readonly TemporaryFolder folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Three_processes_killed_ten_times_find_what_one_process_finds_and_lose_nothing()
    {
        await using var cosmos = await CosmosServer.StartAsync();
        Assert.SkipWhen(cosmos.IsRealAccount, "Three processes are tested on the loopback server; unset MW_COSMOS_ENDPOINT.");
        await using var postgres = await PostgresServer.StartAsync();
        var options = CosmosUnderTest.OptionsFor(cosmos);
        var environment = new Dictionary<string, string>(cosmos.Environment) { ["Store__Key"] = cosmos.Key };
        var shared = new[]
        {
            "--set", "Store:Kind=cosmos", $"Store:Endpoint={cosmos.Endpoint}", $"Store:Database={options.Database}", "Jobs:Storage=postgres", $"Jobs:Connection={postgres.Connection}",
            $"Exercise:Length={Length}", $"Exercise:LeadIn={Length}", $"Mail:PickupFolder={folder.At("outbox")}", "Mail:Recipients:0=centre@maritimewatch.example",
        };
        await using (var init = await RunningProgram.RunAsync(environment, ["store", "init", .. shared]))
        {
            Assert.True(init.ExitCode == 0, init.Errors);
        }

        var addresses = Enumerable.Range(0, 3).Select(_ => SharedData.FreeAddress()).ToArray();
        var programs = new RunningProgram[3];
        RunningProgram StartOne(int i) => RunningProgram.Start(environment, ["serve", "--roles", i < 2 ? "ingest,work" : "web", "--urls", addresses[i], .. shared, $"Node:DataFolder={folder.At($"data{i}")}"]);
        await using var store = await CosmosStore.OpenAsync(options, Cancel);
        try
        {
            for (var i = 0; i < 3; i++)
            {
                programs[i] = StartOne(i);
            }

            await RunAndKillAsync(store, programs, StartOne);
            await EndedAsync(store, TimeSpan.FromMinutes(12), programs);
        }
        finally
        {
            foreach (var program in programs.Where(p => p is not null))
            {
                output.WriteLine(program.Errors.Length > 4000 ? program.Errors[^4000..] : program.Errors);
                await program.DisposeAsync();
            }
        }

        output.WriteLine($"requests: {await cosmos.FaultAsync(new { })}");
        await using var alone = await AloneAsync();
        await SameAsync(alone, store);
    }

    /// <summary>Kills one of the three again and again while the feed is read; measures how long the feed then stands still.</summary>
    private async Task RunAndKillAsync(CosmosStore store, RunningProgram[] programs, Func<int, RunningProgram> start)
    {
        var random = new Random(20261124);
        var standstills = new List<double>();
        await MovedAsync(store, "");
        for (var kill = 0; kill < Kills; kill++)
        {
            await Task.Delay(random.Next(1000, 4000), Cancel);
            if ((await CheckpointAsync(store))?.Ended == true)
            {
                output.WriteLine($"The exercise had ended before kill {kill + 1}.");
            }

            var victim = random.Next(3);
            await programs[victim].KillAsync();
            var at = (await CheckpointAsync(store))?.Position ?? "";
            var began = Stopwatch.GetTimestamp();
            await programs[victim].DisposeAsync();
            programs[victim] = start(victim);
            await MovedAsync(store, at);
            standstills.Add(Stopwatch.GetElapsedTime(began).TotalSeconds);
            await programs[victim].SaysAsync(" at http", TimeSpan.FromSeconds(60));
        }

        output.WriteLine($"{Kills} kills; the feed went on after {string.Join(", ", standstills.Select(s => $"{s:0.0}"))} s; longest {standstills.Max():0.0} s");
        Assert.True(standstills.Max() < 30, "Another process takes a feed over within 30 s.");
    }

    private static ValueTask<FeedCheckpoint?> CheckpointAsync(IStore store) => store.Feeds.CheckpointOfAsync("EXERCISE", Cancel);

    private static async Task MovedAsync(IStore store, string from)
    {
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < TimeSpan.FromSeconds(90);)
        {
            if (await CheckpointAsync(store) is { } now && (now.Ended || (now.Position ?? "") != from))
            {
                return;
            }

            await Task.Delay(100, Cancel);
        }

        Assert.Fail("The feed does not go on.");
    }

    private static async Task EndedAsync(IStore store, TimeSpan within, RunningProgram[] programs)
    {
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < within;)
        {
            if (await CheckpointAsync(store) is { Ended: true } && (await store.Feeds.CandidatesAsync(1, Cancel)).Count == 0)
            {
                return;
            }

            await Task.Delay(500, Cancel);
        }

        var left = await store.Feeds.CandidatesAsync(100_000, Cancel);
        Assert.Fail($"Not ended within {within}: {await CheckpointAsync(store)}, {left.Count} vessels wait; {string.Join(' ', programs.Select(p => p.HasExited))}");
    }

    private async Task<SqliteStore> AloneAsync()
    {
        await using var program = RunningProgram.Start("serve", "--urls", SharedData.FreeAddress(), "--set", $"Node:DataFolder={folder.At("alone")}", $"Exercise:Length={Length}", $"Exercise:LeadIn={Length}");
        await program.SaysAsync("the console is at", TimeSpan.FromSeconds(60));
        var store = SqliteStore.Open(folder.At("alone/exercise.db"));
        await EndedAsync(store, Together, [program]);
        await program.KillAsync();
        return store;
    }

    private async Task SameAsync(IStore alone, IStore together)
    {
        var (one, three) = (await FindingsAsync(alone), await FindingsAsync(together));
        var (ofOne, ofThree) = (one.Select(StoreJson.Write).Except(three.Select(StoreJson.Write)).ToList(), three.Select(StoreJson.Write).Except(one.Select(StoreJson.Write)).ToList());
        output.WriteLine($"findings: {one.Count} alone, {three.Count} together; {ofOne.Count} only alone, {ofThree.Count} only together");
        ofOne.Select(f => $"alone    {f}").Concat(ofThree.Select(f => $"together {f}")).Order(StringComparer.Ordinal).ToList().ForEach(output.WriteLine);

        var (fixesOfOne, fixesOfThree) = (await FixesAsync(alone), await FixesAsync(together));
        output.WriteLine($"fixes: {fixesOfOne.Count} alone, {fixesOfThree.Count} together, {fixesOfOne.Except(fixesOfThree).Count()} missing, {fixesOfThree.Except(fixesOfOne).Count()} too many");
        var (before, after) = ((await CheckpointAsync(alone))!.Totals, (await CheckpointAsync(together))!.Totals);
        output.WriteLine($"lines: {before.Lines} alone, {after.Lines} together; accepted {before.Accepted} and {after.Accepted}, duplicates {before.Duplicates} and {after.Duplicates}, rejected {before.RejectedTotal} and {after.RejectedTotal}");
        var cases = (await together.Cases.AllAsync(10_000, Cancel)).Select(c => c.Id).Order(StringComparer.Ordinal).ToList();
        output.WriteLine($"cases: {cases.Count}; audit entries {(await together.Audit.AfterAsync(0, 100_000, Cancel)).Count}");

        Assert.Empty(ofOne);
        Assert.Empty(ofThree);
        Assert.Empty(fixesOfOne.Except(fixesOfThree));
        Assert.Empty(fixesOfThree.Except(fixesOfOne));
        Assert.Equal(before.Lines, after.Lines);
        Assert.Equal((await alone.Cases.AllAsync(10_000, Cancel)).Select(c => c.Id).Order(StringComparer.Ordinal), cases);
        Assert.All(await together.Cases.AllAsync(10_000, Cancel), c => Assert.Single(c.History, e => e.Act == Cases.CaseAct.Raise));
        Assert.Null(await AuditChain.VerifyAsync(together.Audit, Cancel));
    }

    /// <summary>
    /// What stands, without when it was looked at. What was taken back stands no more: a silence that late data filled, a list of
    /// flags that a newer one replaced; whether it had been looked at before the data came depends on the moment.
    /// </summary>
    private static async Task<List<Detection.Finding>> FindingsAsync(IStore store) =>
        [.. (await store.Findings.CurrentAsync(100_000, Cancel)).Select(f => f.Finding with { AsOf = default }).Where(f => f.Evidence.All(e => e.Name is not ("lateData" or "superseded")))];

    private static async Task<HashSet<(Mmsi, Fix)>> FixesAsync(IStore store)
    {
        var found = new HashSet<(Mmsi, Fix)>();
        await foreach (var (mmsi, fixes) in store.Tracks.FixesDuringAsync(DateTimeOffset.MinValue, DateTimeOffset.MaxValue, Cancel))
        {
            Assert.All(fixes, fix => Assert.True(found.Add((mmsi, fix)), $"{mmsi} {fix} is there twice."));
        }

        return found;
    }
}
