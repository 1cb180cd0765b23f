using System.CommandLine;
using MaritimeWatch.Feeds;
using MaritimeWatch.Feeds.Positions;
using MaritimeWatch.Feeds.Transport;
using MaritimeWatch.Server.Settings;
using MaritimeWatch.Server.Watch;
using MaritimeWatch.Storage;

namespace MaritimeWatch.Server.Commands;

/// <summary><c>replay</c>: recorded feeds through the same corridor into a store of their own, at 1× to as fast as possible.</summary>
internal static class ReplayCommand
{
    public static Command Create()
    {
        var files = new Argument<string[]>("file") { Description = $"Recorded feeds: {PositionFiles.Forms}", Arity = ArgumentArity.OneOrMore };
        var speed = new Option<double>("--speed") { Description = "Recorded seconds a second; 0 is as fast as possible", DefaultValueFactory = _ => 0 };
        var data = new Option<string>("--data") { Description = "Folder of the store it fills", DefaultValueFactory = _ => "data/replay" };
        var command = new Command("replay", "Run recorded feeds through the corridor, as if they came live") { files, speed, data };
        command.SetAction((parsed, cancel) => RunAsync(parsed.GetValue(files)!, parsed.GetValue(speed), parsed.GetValue(data)!, cancel));
        return command;
    }

    private static async Task<int> RunAsync(string[] files, double speed, string data, CancellationToken cancel)
    {
        var house = House.Find();
        foreach (var file in files)
        {
            _ = InputFile.Recognise(file);
        }

        await using var app = ServeCommand.Build(house, null, "http://127.0.0.1:0", [$"Node:DataFolder={Path.GetFullPath(data)}", "Feeds:0:Source=replay"]);
        var (corridor, states, store) = (app.Services.GetRequiredService<Corridor>(), app.Services.GetRequiredService<FeedStates>(), app.Services.GetRequiredService<IStore>());
        var clock = app.Services.GetRequiredService<TimeProvider>();
        await app.Services.GetRequiredService<Memory>().RememberAsync(cancel);
        foreach (var file in files)
        {
            var name = Path.GetFileName(file);
            var feed = PositionFiles.Open(name, file, house.PositionCards());
            states.Add(new FeedState(name, ends: true, clock));
            await corridor.RunFeedAsync(speed > 0 ? new PacedFeed(feed, speed, clock) : feed, cancel);
            await corridor.EndFeedAsync(feed, cancel);
            var health = states.Of(name).Health();
            Console.Error.WriteLine($"{name}: {health.Lines:N0} lines, {health.Accepted:N0} accepted, {health.Duplicates:N0} duplicates, {health.Rejected:N0} rejected");
        }

        await corridor.AssessAsync(cancel);
        await app.Services.GetRequiredService<Housekeeping>().CloseHoursAsync(cancel);
        var findings = await store.Findings.CurrentAsync(int.MaxValue, cancel);
        var cases = await store.Cases.AllAsync(int.MaxValue, cancel);
        Console.Error.WriteLine($"{findings.Count:N0} findings, {cases.Count:N0} raised to a person; look at them with: serve --set Node:DataFolder={data} --set Feeds:0:Source=replay");
        return 0;
    }

    /// <summary>Holds a recorded feed to its own clock, faster or slower.</summary>
    private sealed class PacedFeed(IPositionFeed feed, double speed, TimeProvider clock) : IPositionFeed
    {
        public string Name => feed.Name;

        public async IAsyncEnumerable<ObservationBatch> ReadAsync(string? from, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
        {
            var began = clock.GetTimestamp();
            DateTimeOffset? first = null;
            await foreach (var batch in feed.ReadAsync(from, cancel))
            {
                first ??= batch.LastReceived;
                var ahead = ((batch.LastReceived - first ?? TimeSpan.Zero) / speed) - clock.GetElapsedTime(began);
                if (ahead > TimeSpan.Zero)
                {
                    await Task.Delay(ahead, clock, cancel);
                }

                yield return batch;
            }
        }
    }
}
