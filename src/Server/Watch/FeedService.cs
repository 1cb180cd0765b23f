using MaritimeWatch.Feeds;
using MaritimeWatch.Feeds.Transport;
using MaritimeWatch.Server.Settings;
using MaritimeWatch.Storage;
using MaritimeWatch.Storage.Raw;

namespace MaritimeWatch.Server.Watch;

/// <summary>Runs every configured feed for as long as the program runs; registers first, so that claims meet them.</summary>
internal sealed class FeedService(Corridor corridor, IStore store, Settings.Settings settings, House house, RegisterDesk registerDesk, FeedStates states, Memory memory, Turns turns, RawLog raw, WatchMode mode, TimeProvider clock, IHostApplicationLifetime lifetime, ILogger<FeedService> log) : BackgroundService
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
        await Task.WhenAll(FeedsOf(settings.Feeds).Select(feed => RunAsync(feed, stop)).Append(registers).Append(RememberAsync(stop)));
    }

    /// <summary>True when what is watched is played: said so by the node, or the scenario of the house.</summary>
    public static bool IsExercise(Settings.Settings settings) => settings.Node.Exercise || settings.Feeds.Count == 0 || settings.Feeds.Any(f => f.Source == "exercise");

    // What is usual of a feed and when it was in doubt outlives the program; a store that is out of reach is asked again.
    private async Task RememberAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromSeconds(20), clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                await states.RememberAsync(store, CancellationToken.None);
                foreach (var deleted in await Task.Run(raw.Tidy, CancellationToken.None))
                {
                    await store.Audit.AppendAsync(new AuditNote(clock.GetUtcNow(), Cases.CaseRules.Machine, "delete raw records", "retention", deleted), CancellationToken.None);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                log.LogWarning("Raw records are not packed or deleted yet: {Message}", e.Message);
            }
            catch (StoreException e)
            {
                log.LogWarning("What is usual of the feeds is not kept yet: {Message}", e.Message);
            }
        }
    }

    private IEnumerable<IPositionFeed> FeedsOf(List<FeedOptions> options)
    {
        foreach (var feed in options.Count > 0 ? options : [new FeedOptions { Name = "EXERCISE", Source = "exercise" }])
        {
            var name = string.IsNullOrWhiteSpace(feed.Name) ? feed.Source : feed.Name;
            foreach (var (source, ends) in new FeedSources(house, settings.Exercise, clock).Of(name, feed, said => Say(name, said)))
            {
                states.Add(new FeedState(source.Name, ends, clock, mode.Exercise));
                yield return new RawKept(source, raw);
            }
        }
    }

    private void Say(string name, LinkState said)
    {
        log.LogInformation("Feed {Name}: {What}{Outage}", name, said.Text, said.Outage is { } outage ? $" ({outage})" : "");
        states.Of(name).Say(said.Connected ? null : said.Text);
        states.Of(name).Outage = said.Outage ?? states.Of(name).Outage;
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
