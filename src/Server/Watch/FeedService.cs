using MaritimeWatch.Feeds;
using MaritimeWatch.Feeds.Exercise;
using MaritimeWatch.Feeds.Positions;
using MaritimeWatch.Feeds.Registers;
using MaritimeWatch.Feeds.Transport;
using MaritimeWatch.Identity;
using MaritimeWatch.Server.Settings;
using MaritimeWatch.Storage;

namespace MaritimeWatch.Server.Watch;

/// <summary>Runs every configured feed for as long as the program runs; registers first, so that claims meet them.</summary>
internal sealed class FeedService(Corridor corridor, IStore store, Settings.Settings settings, House house, FlagTables flags, FeedStates states, TimeProvider clock, IHostApplicationLifetime lifetime, ILogger<FeedService> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        try
        {
            await RunAllAsync(stop);
        }
        catch (InputException e)
        {
            // A wrong setting or file: say it in one line and end, rather than watch nothing.
            Console.Error.WriteLine(e.Message);
            Environment.ExitCode = 2;
            lifetime.StopApplication();
        }
    }

    private async Task RunAllAsync(CancellationToken stop)
    {
        await corridor.RememberAsync(stop);
        foreach (var register in Registers())
        {
            var card = register.Card is null ? house.RegisterCard() : RegisterCard.Load(house.PathOf(register.Card));
            var content = new RegisterCsv(register.Name, card, flags).Read(house.PathOf(register.File), register.AsOf ?? File.GetLastWriteTimeUtc(house.PathOf(register.File)));
            await corridor.TakeRegisterAsync(register.Name, content, stop);
            log.LogInformation("Register {Name}: {Claims} claims, {Rejected} rows rejected", register.Name, content.Claims.Count, content.Count.RejectedTotal);
        }

        await Task.WhenAll(FeedsOf(settings.Feeds).Select(feed => RunAsync(feed, stop)));
    }

    private IEnumerable<RegisterOptions> Registers() => settings.Registers.Count > 0 || !IsExercise(settings)
        ? settings.Registers
        : [new RegisterOptions { Name = "EXERCISE register", File = Path.Combine("seeds", "exercise", "registry.csv"), AsOf = ExerciseScenario.Load(Path.Combine(house.Seeds, "exercise")).Start }];

    public static bool IsExercise(Settings.Settings settings) => settings.Feeds.Count == 0 || settings.Feeds.Any(f => f.Source == "exercise");

    private IEnumerable<IPositionFeed> FeedsOf(List<FeedOptions> options)
    {
        foreach (var feed in options.Count > 0 ? options : [new FeedOptions { Name = "EXERCISE", Source = "exercise" }])
        {
            var name = string.IsNullOrWhiteSpace(feed.Name) ? feed.Source : feed.Name;
            if (feed.Source == "exercise")
            {
                yield return Added(new ExerciseFeed(name, ExerciseScenario.Load(Path.Combine(house.Seeds, "exercise")), settings.Exercise.Speed, settings.Exercise.LeadIn, clock), ends: true);
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
                    yield return Added<IPositionFeed>(InputFile.Recognise(path) == FileContent.Nmea ? new NmeaFileFeed(own, path) : new PositionCsvFeed(own, path, house.PositionCards()), ends: true);
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
        if (await store.Feeds.CheckpointOfAsync(feed.Name, stop) is { } checkpoint)
        {
            state.Restore(checkpoint);
        }

        for (var wait = TimeSpan.FromSeconds(2); !stop.IsCancellationRequested; wait = wait < TimeSpan.FromMinutes(1) ? wait * 2 : wait)
        {
            try
            {
                await corridor.RunFeedAsync(feed, stop);
                state.Finish();
                return;
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
}
