using System.Diagnostics;
using MaritimeWatch.Detection.Reception;
using MaritimeWatch.Storage;
using MaritimeWatch.Storage.Reception;

namespace MaritimeWatch.Server.Watch;

/// <summary>
/// What the store holds becomes the memory of the hot path and the picture on the map: at start, and, where several processes
/// share a store, again and again for what the others committed. The journal itself is the news: whoever can read the store
/// needs nothing else to follow (decision 0006).
/// </summary>
internal sealed class Memory(IStore store, Intake intake, LivePicture picture, FeedStates feeds, WatchMode mode, ILogger<Memory> log)
{
    private readonly SemaphoreSlim turn = new(1, 1);
    private string? mark;

    /// <summary>At start: takes in the last days of the store, once.</summary>
    public async Task RememberAsync(CancellationToken cancel)
    {
        await turn.WaitAsync(cancel);
        try
        {
            if (mark is null)
            {
                mark = (await store.Tracks.SinceAsync(null, cancel)).Mark;
                intake.Recall(ReceptionCodec.Decode(await store.Reception.LoadAsync(cancel), new ReceptionOptions()));
                await LoadAsync(cancel);
            }
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Takes in what any process committed since the last call.</summary>
    public async Task FollowAsync(CancellationToken cancel)
    {
        await turn.WaitAsync(cancel);
        try
        {
            var news = await store.Tracks.SinceAsync(mark, cancel);
            if (mark is null || news.Missed)
            {
                await LoadAsync(cancel);
            }

            intake.Hear(news.Positions);
            picture.Show(news.Positions.Select(p => new LatestFix(p.Mmsi, p.Fix)));
            await ReachAsync(cancel);
            mark = news.Mark;
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task LoadAsync(CancellationToken cancel)
    {
        var (began, taken) = (Stopwatch.GetTimestamp(), 0L);
        var latest = await store.Tracks.LatestAsync(DateTimeOffset.MinValue, cancel);
        if (latest.Count > 0)
        {
            var newest = latest.Max(l => l.Fix.Time);
            await foreach (var (mmsi, fixes) in store.Tracks.FixesDuringAsync(newest - Intake.Remembered, DateTimeOffset.MaxValue, cancel))
            {
                intake.Hear([.. fixes.Select(fix => (mmsi, fix))]);
                taken += fixes.Count;
            }

            picture.Show(latest.Where(l => l.Fix.Time > newest - Intake.Remembered));
        }

        await ReachAsync(cancel);
        log.LogInformation("The last days of the store are in memory: {Fixes} fixes of {Vessels} vessels, in {Seconds:0.0} s", taken, latest.Count, Stopwatch.GetElapsedTime(began).TotalSeconds);
    }

    private async Task ReachAsync(CancellationToken cancel)
    {
        var checkpoints = await store.Feeds.CheckpointsAsync(cancel);
        foreach (var checkpoint in checkpoints)
        {
            feeds.Recall(checkpoint);
            if (mode.Shared)
            {
                feeds.Follow(checkpoint);
            }

            intake.Reach(checkpoint.LastReceived);
        }

        var received = checkpoints.Where(c => c.LastReceived is not null).ToList();
        intake.Learn(ended: received.Count > 0 && received.All(c => c.Ended));
    }
}
