namespace MaritimeWatch.Server.Watch;

/// <summary>Looks at the feeds once a second and rings when one changed its state, so that every console shows it at once.</summary>
internal sealed class FeedBell(FeedStates feeds, LiveEvents events, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        var before = "";
        while (!stop.IsCancellationRequested)
        {
            var now = string.Join(' ', feeds.Health().Select(f => $"{f.Name} {f.State}"));
            if (now != before)
            {
                before = now;
                events.Tell("watch");
            }

            await Task.Delay(Every, clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
