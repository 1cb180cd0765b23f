using MaritimeWatch.Cases;
using MaritimeWatch.Feeds.Exercise;
using MaritimeWatch.Feeds.Registers;
using MaritimeWatch.Server;
using MaritimeWatch.Server.Commands;
using MaritimeWatch.Server.Settings;
using MaritimeWatch.Server.Watch;
using MaritimeWatch.Storage;
using MaritimeWatch.Support;
using Microsoft.Extensions.DependencyInjection;

namespace MaritimeWatch.Integration.Exercise;

/// <summary>
/// The exercise through the real corridor and store, once for all tests of its truths: fed as fast as it can be read, judged
/// every ten simulated minutes as a live watch would, up to 09:30.
/// </summary>
public sealed class ExerciseRun : IAsyncLifetime
{
    private static readonly TimeSpan JudgeEvery = TimeSpan.FromMinutes(10), Length = TimeSpan.FromHours(9.5);

    private readonly string folder = Path.Combine(Path.GetTempPath(), $"mw-exercise-{Guid.NewGuid():N}");

    public IReadOnlyList<ExerciseTruth> Truths { get; private set; } = [];

    /// <summary>Findings at the end.</summary>
    public IReadOnlyList<StoredFinding> Findings { get; private set; } = [];

    public IReadOnlyDictionary<string, CaseFile> Cases { get; private set; } = new Dictionary<string, CaseFile>();

    public IReadOnlyDictionary<string, IReadOnlyList<StoredFinding>> Revisions { get; private set; } = new Dictionary<string, IReadOnlyList<StoredFinding>>();

    public FeedCheckpoint? Checkpoint { get; private set; }

    public async ValueTask InitializeAsync()
    {
        Directory.SetCurrentDirectory(SharedData.Root);
        var house = House.Find();
        await using var app = ServeCommand.Build(house, null, "http://127.0.0.1:0", [$"Node:DataFolder={folder}"]);
        var (corridor, store) = (app.Services.GetRequiredService<Corridor>(), app.Services.GetRequiredService<IStore>());
        var scenario = ExerciseScenario.Load(Path.Combine(house.Seeds, "exercise"));
        var feed = new ExerciseFeed("EXERCISE", scenario, 1, TimeSpan.FromDays(2), TimeProvider.System);
        app.Services.GetRequiredService<FeedStates>().Add(new FeedState(feed.Name, ends: true, TimeProvider.System));
        await corridor.TakeRegisterAsync("EXERCISE register", new RegisterReader("EXERCISE register", house.RegisterCard(), house.Flags()).Read(scenario.RegistryPath, scenario.Start), null, default);
        var judged = scenario.Start;
        await foreach (var batch in feed.ReadAsync(null, default))
        {
            await corridor.TakeAsync(feed.Name, batch, default);
            if (batch.LastReceived - judged > JudgeEvery)
            {
                judged = batch.LastReceived!.Value;
                await corridor.AssessAsync(default);
                await app.Services.GetRequiredService<Housekeeping>().CloseHoursAsync(default);
            }

            if (batch.LastReceived > scenario.Start + Length)
            {
                break;
            }
        }

        await corridor.AssessAsync(default);
        Truths = scenario.Truths;
        Findings = await store.Findings.CurrentAsync(100_000, default);
        Cases = (await store.Cases.AllAsync(100_000, default)).ToDictionary(c => c.Id);
        Checkpoint = await store.Feeds.CheckpointOfAsync(feed.Name, default);
        var revisions = new Dictionary<string, IReadOnlyList<StoredFinding>>();
        foreach (var finding in Findings)
        {
            revisions[finding.Finding.Id] = await store.Findings.RevisionsOfAsync(finding.Finding.Id, default);
        }

        Revisions = revisions;
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
