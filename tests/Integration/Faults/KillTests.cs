using System.Text.Json;
using MaritimeWatch.Feeds.Exercise;
using MaritimeWatch.Storage;
using MaritimeWatch.Storage.Sqlite;
using MaritimeWatch.Support;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Integration.Faults;

/// <summary>The whole program killed without warning while it takes in the exercise, and started again each time.</summary>
public sealed class KillTests(ITestOutputHelper output) : IDisposable
{
    private static readonly TimeSpan LeadIn = TimeSpan.FromHours(3);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Killed_five_times_at_random_nothing_is_lost_nothing_is_raised_twice_and_no_second_mail_goes_out()
    {
        var cancel = TestContext.Current.CancellationToken;
        var random = new Random(20261124);
        var address = SharedData.FreeAddress();
        using var client = new ConsoleClient(address);
        await using (var first = Start(address))
        {
            await client.FirstStartAsync(await first.SaysAsync("one-time code", TimeSpan.FromSeconds(60)));
            await ReleaseFirstAsync(client);
            await first.KillAsync();
        }

        for (var kill = 2; kill <= 5; kill++)
        {
            await using var program = Start(address);
            await program.SaysAsync("the console is at", TimeSpan.FromSeconds(60));
            await Task.Delay(random.Next(200, 2500), cancel);
            await program.KillAsync();
        }

        await using (var last = Start(address))
        {
            await last.SaysAsync("the console is at", TimeSpan.FromSeconds(60));
            var end = ExerciseScenario.Load(Path.Combine(SharedData.Root, "seeds", "exercise")).Start + LeadIn;
            await UntilAsync(async () => await client.NowAsync() >= end, TimeSpan.FromMinutes(2));
            await Task.Delay(TimeSpan.FromSeconds(7), cancel);
            await last.KillAsync();
        }

        await using var store = SqliteStore.Open(folder.At("data/exercise.db"));
        Assert.Empty(await store.IntegrityAsync(cancel));
        await EveryFixIsThereOnceAsync(store, cancel);
        var totals = (await store.Feeds.CheckpointOfAsync("EXERCISE", cancel))!.Totals;
        Assert.Equal(totals.Lines, totals.Accepted + totals.Duplicates + totals.RejectedTotal);
        Assert.Null(AuditChain.Verify(await store.Audit.AfterAsync(0, 100_000, cancel)));
        var cases = await store.Cases.AllAsync(1000, cancel);
        Assert.Equal(cases.Count, cases.Select(c => c.Id).Distinct().Count());
        Assert.All(cases, c => Assert.Single(c.History, e => e.Act == Cases.CaseAct.Raise));
        var mail = Assert.Single(Directory.GetFiles(folder.At("outbox"), "*.eml"));
        Assert.Contains("EXERCISE", await File.ReadAllTextAsync(mail, cancel), StringComparison.Ordinal);
        Assert.Equal(Alerts.MailState.Sent, Assert.Single(await store.Outbox.AllAsync(100, cancel)).State);
        output.WriteLine($"{totals.Lines} lines, {cases.Count} cases, 1 mail after five kills");
    }

    private RunningProgram Start(string address) => RunningProgram.Start("serve", "--urls", address, "--set",
        $"Node:DataFolder={folder.At("data")}", $"Mail:PickupFolder={folder.At("outbox")}", "Mail:Recipients:0=centre@maritimewatch.example", $"Exercise:LeadIn={LeadIn}", "Exercise:Speed=0.1");

    private async Task ReleaseFirstAsync(ConsoleClient client)
    {
        var alert = default(JsonElement);
        await UntilAsync(async () => (alert = (await client.AlertsAsync()).FirstOrDefault()).ValueKind == JsonValueKind.Object, TimeSpan.FromSeconds(60));
        var id = alert.GetProperty("caseId").GetString();
        var seen = (await client.GetAsync($"/api/alerts/{id}")).GetProperty("case").GetProperty("history").GetArrayLength();
        (await client.PostAsync($"/api/alerts/{id}/release", new { note = "for the exercise", tlp = "green", eventsSeen = seen })).EnsureSuccessStatusCode();
        await UntilAsync(() => Task.FromResult(Directory.Exists(folder.At("outbox")) && Directory.GetFiles(folder.At("outbox"), "*.eml").Length > 0), TimeSpan.FromSeconds(30));
        await Task.Delay(1000);
    }

    // The expected fixes are read from the exercise without any store; the acknowledged ones are those up to the checkpoint.
    private async Task EveryFixIsThereOnceAsync(SqliteStore store, CancellationToken cancel)
    {
        var scenario = ExerciseScenario.Load(Path.Combine(SharedData.Root, "seeds", "exercise"));
        var expected = new HashSet<(Mmsi, Fix)>();
        await foreach (var batch in new ExerciseFeed("EXERCISE", scenario, 1, TimeSpan.FromDays(2), TimeProvider.System).ReadAsync(null, cancel))
        {
            expected.UnionWith(batch.Sightings.Where(s => s.Fix.Time < scenario.Start + LeadIn).Select(s => (s.Mmsi!.Value, s.Fix)));
            if (batch.LastReceived > scenario.Start + LeadIn + TimeSpan.FromMinutes(1))
            {
                break;
            }
        }

        var found = new HashSet<(Mmsi, Fix)>();
        var doubles = 0;
        await foreach (var (mmsi, fixes) in store.Tracks.FixesDuringAsync(scenario.Start - TimeSpan.FromDays(1), scenario.Start + LeadIn, cancel))
        {
            doubles += fixes.Count(f => !found.Add((mmsi, f)));
        }

        output.WriteLine($"{expected.Count} fixes expected, {found.Count} found, {expected.Except(found).Count()} missing, {found.Except(expected).Count()} too many, {doubles} double");
        Assert.Equal(0, doubles);
        Assert.Empty(expected.Except(found));
        Assert.Empty(found.Except(expected));
    }

    private static async Task UntilAsync(Func<Task<bool>> holds, TimeSpan within)
    {
        for (var waited = TimeSpan.Zero; waited < within; waited += TimeSpan.FromMilliseconds(250))
        {
            if (await holds())
            {
                return;
            }

            await Task.Delay(250);
        }

        Assert.Fail($"not within {within}");
    }
}
