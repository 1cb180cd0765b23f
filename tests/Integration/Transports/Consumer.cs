using MaritimeWatch.Feeds;
using MaritimeWatch.Feeds.Transport;
using MaritimeWatch.Records;

namespace MaritimeWatch.Integration.Transports;

/// <summary>Takes the batches of a feed as the watch does, one at a time and as slowly as asked, and adds up what came.</summary>
internal sealed class Consumer : IAsyncDisposable
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly Lock gate = new();
    private readonly CancellationTokenSource stop = new();
    private readonly IntakeCount count = new();
    private readonly List<ObservationBatch> batches = [];
    private readonly List<LinkState> said = [];
    private Task reading = Task.CompletedTask;

    /// <summary>Time a batch takes to be committed.</summary>
    public TimeSpan Pause { get; init; }

    /// <summary>What every live feed is given here.</summary>
    public FeedSetting Setting => new("coast", TimeProvider.System, Say);

    public IReadOnlyList<ObservationBatch> Batches => Locked(() => batches.ToList());

    public IReadOnlyList<LinkState> Said => Locked(() => said.ToList());

    public IReadOnlyList<Rejection> Rejections => [.. Batches.SelectMany(b => b.Rejections)];

    public int Sightings => Batches.Sum(b => b.Sightings.Count);

    public string? Position => Batches.LastOrDefault(b => b.Position is not null)?.Position;

    /// <summary>Lines and known losses so far.</summary>
    public long All => Locked(() => count.Lines + count.Lost);

    public IntakeCount Count => Locked(() =>
    {
        var copy = new IntakeCount();
        copy.Add(count);
        return copy;
    });

    public Consumer Start(IPositionFeed feed, string? from = null)
    {
        reading = Task.Run(async () =>
        {
            await foreach (var batch in feed.ReadAsync(from, stop.Token))
            {
                await Task.Delay(Pause, stop.Token);
                lock (gate)
                {
                    batches.Add(batch);
                    count.Add(batch.Count);
                }
            }
        });
        return this;
    }

    /// <summary>Waits until it is so; fails when the feed failed, or after a generous time.</summary>
    public async Task UntilAsync(Func<Consumer, bool> so)
    {
        for (var begun = TimeProvider.System.GetTimestamp(); !so(this); await Task.Delay(20))
        {
            Assert.False(reading.IsFaulted, reading.Exception?.ToString());
            Assert.True(TimeProvider.System.GetElapsedTime(begun) < Limit, $"It did not come to be so: {this}; said: {string.Join(" | ", Said.Select(s => s.Text))}");
        }
    }

    /// <summary>Every record that was sent is accepted, a duplicate, rejected, or counted as lost.</summary>
    public async Task AccountsForAsync(long sent, string transport)
    {
        await UntilAsync(c => c.All >= sent);
        TestContext.Current.TestOutputHelper?.WriteLine($"{transport}: sent {sent} = {this}");
        var all = Count;
        Assert.Equal(sent, all.Accepted + all.Duplicates + all.RejectedTotal + all.Lost);
        Assert.Equal(all.Lines, all.Accepted + all.Duplicates + all.RejectedTotal);
    }

    public override string ToString() => Locked(() => $"{count.Accepted} accepted + {count.Duplicates} duplicates + {count.RejectedTotal} rejected + {count.Lost} lost, in {batches.Count} batches");

    public async Task StopAsync()
    {
        await stop.CancelAsync();
        await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        stop.Dispose();
    }

    private void Say(LinkState state) => Locked(() =>
    {
        said.Add(state);
        return 0;
    });

    private T Locked<T>(Func<T> read)
    {
        lock (gate)
        {
            return read();
        }
    }
}
