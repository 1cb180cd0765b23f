using MaritimeWatch.Detection;
using MaritimeWatch.Detection.Flags;
using MaritimeWatch.Detection.Silence;
using MaritimeWatch.Feeds;
using MaritimeWatch.Feeds.Exercise;
using MaritimeWatch.Feeds.Positions;
using MaritimeWatch.Scoring;
using MaritimeWatch.Server;
using MaritimeWatch.Server.Commands;
using MaritimeWatch.Server.Settings;
using MaritimeWatch.Server.Watch;
using MaritimeWatch.Storage;
using MaritimeWatch.Support;
using Microsoft.Extensions.DependencyInjection;

namespace MaritimeWatch.Integration.Exercise;

/// <summary>The same observations give the same silences, live and from files, and whatever order they arrive in.</summary>
public sealed class StreamingIsBatchTests(ITestOutputHelper output) : IDisposable
{
    private static readonly TimeSpan Length = TimeSpan.FromHours(5.6);

    private readonly string folder = Directory.CreateTempSubdirectory("mw-stream-").FullName;

    [Fact]
    public async Task Live_and_score_find_the_same_silences_with_the_same_weights_also_when_data_arrive_out_of_order()
    {
        Directory.SetCurrentDirectory(SharedData.Root);
        var house = House.Find();
        var scenario = ExerciseScenario.Load(Path.Combine(house.Seeds, "exercise"));
        var file = Path.Combine(folder, "exercise.nmea");
        await File.WriteAllLinesAsync(file, scenario.Lines().TakeWhile(l => l.DeliveredAt < scenario.Start + Length).Select(l => l.Text), TestContext.Current.CancellationToken);
        var (live, now) = await LiveAsync(house, file, shuffle: false);
        var (disordered, _) = await LiveAsync(house, file, shuffle: true);
        var batch = Score(house, file, now);
        output.WriteLine($"{live.Count} silences live, {disordered.Count} out of order, {batch.Count} from the file; raised {live.Count(l => l.Contains("True", StringComparison.Ordinal))}");
        Assert.NotEmpty(batch);
        Assert.Equal(batch, live);
        Assert.Equal(batch, disordered);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private async Task<(List<string> Found, DateTimeOffset Now)> LiveAsync(House house, string file, bool shuffle)
    {
        await using var app = ServeCommand.Build(house, null, "http://127.0.0.1:0", [$"Node:DataFolder={Path.Combine(folder, shuffle ? "shuffled" : "live")}", "Feeds:0:Source=replay"]);
        var (corridor, store) = (app.Services.GetRequiredService<Corridor>(), app.Services.GetRequiredService<IStore>());
        var feed = PositionFiles.Open("feed", file, house.PositionCards());
        app.Services.GetRequiredService<FeedStates>().Add(new FeedState(feed.Name, ends: true, TimeProvider.System));
        var batches = new List<ObservationBatch>();
        await foreach (var batch in feed.ReadAsync(null, default))
        {
            batch.Position = null;
            batches.Add(batch);
        }

        // Neighbours change places: minutes of disorder, well within what is waited for.
        for (var i = 0; shuffle && i + 5 < batches.Count; i += 5)
        {
            batches.Reverse(i, 5);
        }

        for (var i = 0; i < batches.Count; i++)
        {
            await corridor.TakeAsync(feed.Name, batches[i], default);
            if (i % 200 == 0)
            {
                await corridor.AssessAsync(default);
            }
        }

        await corridor.AssessAsync(default);
        await corridor.EndFeedAsync(feed, default);
        await corridor.AssessAsync(default);
        var found = (await store.Findings.CurrentAsync(100_000, default)).Select(f => f.Finding).Where(f => f.Evidence.All(e => e.Name != "lateData"));
        return (Lines(found), app.Services.GetRequiredService<Intake>().Now);
    }

    private static List<string> Score(House house, string file, DateTimeOffset until)
    {
        var input = new ScoreInput();
        input.Read([file], house.PositionCards(), null, null, _ => { }, (_, _) => { });
        var world = new ScoreWorld(input, [], [], house.Flags(), house.Chart(), until);
        var assessment = new Assessment(new SilenceOptions(), new FlagOptions());
        return Lines(world.Pictures().Where(p => p.Mmsi is { Kind: Units.MmsiKind.Ship }).SelectMany(p => assessment.Of(p, DateTimeOffset.MinValue)));
    }

    private static List<string> Lines(IEnumerable<Finding> findings) => [.. findings.Where(f => f.Kind == FindingKind.Silence && f.Mmsi is { Kind: Units.MmsiKind.Ship })
        .Select(f => $"{f.Id} {f.StartTime:O} {f.EndTime:O} {f.Class} {f.Alert} {string.Join(' ', f.Evidence.Select(e => $"{e.Name} {BitConverter.DoubleToInt64Bits(e.Nats)}"))}").Order(StringComparer.Ordinal)];
}
