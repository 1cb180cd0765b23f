using MaritimeWatch.Storage;

namespace MaritimeWatch.Server.Watch;

/// <summary>
/// Where several processes share the store: hears every half second what the others committed, and shows every three seconds
/// what they judged. A store out of reach is said on the console; the following goes on when it answers.
/// </summary>
internal sealed class Follower(Corridor corridor, FeedStates feeds, WatchMode mode, TimeProvider clock, ILogger<Follower> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);

    private const int ShowEvery = 6;

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        for (var round = 0; !stop.IsCancellationRequested; round++)
        {
            try
            {
                await corridor.FollowAsync(stop);
                if (round % ShowEvery == 0 && mode.Roles.HasFlag(Duties.Web))
                {
                    await corridor.ShowAsync(stop);
                }

                feeds.StoreFault = null;
            }
            catch (StoreException e)
            {
                feeds.StoreFault = e.Message;
                log.LogError("This process cannot follow the watch: {Message}", e.Message);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }

            await Task.Delay(Every, clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
