using MaritimeWatch.Feeds;
using MaritimeWatch.Feeds.Exercise;
using MaritimeWatch.Feeds.Positions;
using MaritimeWatch.Feeds.Transport;
using MaritimeWatch.Server.Settings;
using MaritimeWatch.Storage;

namespace MaritimeWatch.Server.Watch;

/// <summary>Runs every configured feed for as long as the program runs; registers first, so that claims meet them.</summary>
internal sealed class FeedService(Corridor corridor, IStore store, Settings.Settings settings, House house, RegisterDesk registerDesk, FeedStates states, Memory memory, Turns turns, WatchMode mode, TimeProvider clock, IHostApplicationLifetime lifetime, ILogger<FeedService> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        try
        {
            await RunAllAsync(stop);
        }
        catch (Exception e) when (e is InputException or StoreException)
        {
            // A wrong setting, file or store: say it in one line and end, rather than watch nothing.
            Console.Error.WriteLine(e.Message);
            Environment.ExitCode = 2;
            lifetime.StopApplication();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogCritical(e, "The feeds could not be started");
            Environment.ExitCode = 3;
            lifetime.StopApplication();
        }
    }

    private async Task RunAllAsync(CancellationToken stop)
    {
        // Where the store is shared, waiting for a turn begins at once: memory is taken in when the turn has come.
        await (mode.Shared ? Task.CompletedTask : memory.RememberAsync(stop));
        // Alone, registers go first, so that claims meet them; where a killed process may still hold that turn, no feed waits for it.
        var registers = registerDesk.TakeAllAsync(stop);
        await (mode.Shared ? Task.CompletedTask : registers);
        await Task.WhenAll(FeedsOf(settings.Feeds).Select(feed => RunAsync(feed, stop)).Append(registers));
    }

    public static bool IsExercise(Settings.Settings settings) => settings.Feeds.Count == 0 || settings.Feeds.Any(f => f.Source == "exercise");

    private IEnumerable<IPositionFeed> FeedsOf(List<FeedOptions> options)
    {
        foreach (var feed in options.Count > 0 ? options : [new FeedOptions { Name = "EXERCISE", Source = "exercise" }])
        {
            var name = string.IsNullOrWhiteSpace(feed.Name) ? feed.Source : feed.Name;
            if (feed.Source == "exercise")
            {
                yield return Added(new ExerciseFeed(name, ExerciseScenario.Load(Path.Combine(house.Seeds, "exercise")), settings.Exercise.Speed, settings.Exercise.LeadIn, clock, settings.Exercise.Length), ends: true);
            }
            else if (Uri.TryCreate(feed.Source, UriKind.Absolute, out var address) && address.Scheme == "tcp" && address.Port > 0)
            {
                var state = states.Add(new FeedState(name, ends: false, clock));
                yield return new NmeaTcpFeed(name, address.Host, address.Port, clock, what =>
                {
                    log.LogInformation("Feed {Name}: {What}", name, what);
                    state.Say(what.StartsWith("connected", StringComparison.Ordinal) ? null : what);
                });
            }
            else
            {
                var source = house.PathOf(feed.Source);
                IEnumerable<string> files = Directory.Exists(source) ? Directory.EnumerateFiles(source).Order(StringComparer.Ordinal) : [source];
                foreach (var path in files)
                {
                    var own = path == source ? name : $"{name}/{Path.GetFileName(path)}";
                    yield return Added(PositionFiles.Open(own, path, house.PositionCards()), ends: true);
                }
            }
        }
    }

    private T Added<T>(T feed, bool ends)
        where T : IPositionFeed
    {
        states.Add(new FeedState(feed.Name, ends, clock));
        return feed;
    }

    // A feed that fails is a visible state; the others go on. A store that fails stops the program's intake, never silently.
    private async Task RunAsync(IPositionFeed feed, CancellationToken stop)
    {
        var state = states.Of(feed.Name);
        for (var wait = TimeSpan.FromSeconds(2); !stop.IsCancellationRequested; wait = wait < TimeSpan.FromMinutes(1) ? wait * 2 : wait)
        {
            try
            {
                if (await ReadAsync(feed, state, stop))
                {
                    return;
                }
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (InputException e)
            {
                log.LogError("Feed {Name} stopped: {Message}", feed.Name, e.Message);
                state.Say(e.Message);
                return;
            }
            catch (Exception e)
            {
                log.LogError(e, "Feed {Name} failed; going on from its checkpoint in {Wait} s", feed.Name, wait.TotalSeconds);
                state.Say($"{e.Message}; trying again");
                await Task.Delay(wait, clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Reads the feed while it is this process's turn; true when the source has come to its end.</summary>
    private async Task<bool> ReadAsync(IPositionFeed feed, FeedState state, CancellationToken stop)
    {
        await using var turn = await turns.EnterAsync($"feed {feed.Name}", stop);
        using var alone = CancellationTokenSource.CreateLinkedTokenSource(stop, turn.Lost);
        try
        {
            state.Here = true;
            await corridor.FollowAsync(alone.Token);
            if (await store.Feeds.CheckpointOfAsync(feed.Name, alone.Token) is { } checkpoint)
            {
                state.Restore(checkpoint);
                if (checkpoint.Ended && mode.Shared)
                {
                    state.Finish();
                    return true;
                }
            }

            await corridor.RunFeedAsync(feed, alone.Token);
            await corridor.EndFeedAsync(feed, alone.Token);
            state.Finish();
            return true;
        }
        catch (Exception e) when (e is FeedElsewhereException || (turn.Lost.IsCancellationRequested && !stop.IsCancellationRequested))
        {
            log.LogWarning("Feed {Name} is read by another process now; waiting for the turn", feed.Name);
            return false;
        }
        finally
        {
            state.Here = false;
        }
    }
}
