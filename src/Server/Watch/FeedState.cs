using System.Collections.Concurrent;
using MaritimeWatch.Records;
using MaritimeWatch.Storage;

namespace MaritimeWatch.Server.Watch;

/// <summary>How a feed does, as its pill shows it.</summary>
internal sealed record FeedHealth(string Name, string State, DateTimeOffset? LastMessageAt, double MessagesPerMinute, double UsualPerMinute, long Lines, long Accepted, long Duplicates, long Rejected, string? Note, long Lost = 0, string? Outage = null);

/// <summary>
/// One feed's liveness, by the watch's own clock: amber at twice its usual interval, red at five times (PRODUCT A13), but
/// never under 15 and 60 seconds, since commits come in batches.
/// </summary>
internal sealed class FeedState(string name, bool ends, TimeProvider clock)
{
    private static readonly TimeSpan LeastLate = TimeSpan.FromSeconds(15), LeastDown = TimeSpan.FromSeconds(60), RateOver = TimeSpan.FromSeconds(60);

    private readonly Lock gate = new();
    private readonly Queue<(DateTimeOffset At, long Messages)> lately = [];
    private IntakeCount totals = new();
    private DateTimeOffset? lastArrival, lastMessageAt, firstArrival;
    private double longestUsual;
    private string? note;
    private bool finished;

    public string Name => name;

    public void Restore(FeedCheckpoint checkpoint)
    {
        lock (gate)
        {
            totals = new IntakeCount();
            totals.Add(checkpoint.Totals);
            lastMessageAt = checkpoint.LastReceived;
        }
    }

    /// <summary>Takes what another process that reads this feed has committed.</summary>
    public void Follow(FeedCheckpoint checkpoint)
    {
        lock (gate)
        {
            if (checkpoint.Totals.Lines > totals.Lines)
            {
                var now = clock.GetUtcNow();
                firstArrival ??= now;
                lately.Enqueue((now, checkpoint.Totals.Lines - totals.Lines));
                (lastArrival, lastMessageAt, note) = (now, checkpoint.LastReceived ?? lastMessageAt, null);
                totals = new IntakeCount();
                totals.Add(checkpoint.Totals);
                Trim(now);
            }

            finished |= checkpoint.Ended;
        }
    }

    /// <summary>True while this process reads the feed; then its own counts are ahead of the checkpoint.</summary>
    public bool Here { get; set; }

    /// <summary>When the source was last not connected, in words; null when it always was.</summary>
    public string? Outage { get; set; }

    public void Arrived(IntakeCount count, DateTimeOffset? received)
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            firstArrival ??= now;
            if (lastArrival is { } before)
            {
                // The usual interval follows slowly, so that a stop stands out from it.
                var gap = (now - before).TotalSeconds;
                longestUsual = longestUsual == 0 ? gap : (0.95 * longestUsual) + (0.05 * gap);
            }

            (lastArrival, lastMessageAt, note) = (now, received ?? lastMessageAt, null);
            totals.Add(count);
            lately.Enqueue((now, count.Lines));
            Trim(now);
        }
    }

    public void Say(string? what)
    {
        lock (gate)
        {
            note = what;
        }
    }

    /// <summary>Does what may fail in the store; gives null when done, else what went wrong, which the pill then shows.</summary>
    public async ValueTask<string?> TryAsync(Func<ValueTask> commit)
    {
        try
        {
            await commit();
            return null;
        }
        catch (StoreException e)
        {
            Say(e.Message);
            return e.Message;
        }
    }

    public void Finish()
    {
        lock (gate)
        {
            finished = true;
        }
    }

    /// <summary>A feed that is late or down cannot be relied on for silences that still go on.</summary>
    public bool InDoubt => Health().State is "late" or "degraded" or "down";

    public FeedHealth Health()
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            Trim(now);
            var since = now - (lastArrival ?? firstArrival ?? now);
            var late = Larger(LeastLate, TimeSpan.FromSeconds(2 * longestUsual));
            var down = Larger(LeastDown, TimeSpan.FromSeconds(5 * longestUsual));
            var state = finished ? ends ? "finished" : "down"
                : lastArrival is null ? note is null ? "late" : "down"
                : since > down ? "down" : since > late || note is not null ? "late"
                : totals.Lines > 1000 && totals.RejectedTotal > totals.Lines / 5 ? "degraded" : "live";
            var span = firstArrival is { } first ? Math.Max(1, Math.Min(RateOver.TotalSeconds, (now - first).TotalSeconds)) : RateOver.TotalSeconds;
            var rate = lately.Sum(l => l.Messages) / span * 60;
            return new FeedHealth(name, state, lastMessageAt, Math.Round(rate), Math.Round(rate), totals.Lines, totals.Accepted, totals.Duplicates, totals.RejectedTotal, note, totals.Lost, Outage);
        }
    }

    private void Trim(DateTimeOffset now)
    {
        while (lately.Count > 0 && now - lately.Peek().At > RateOver)
        {
            lately.Dequeue();
        }
    }

    private static TimeSpan Larger(TimeSpan a, TimeSpan b) => a > b ? a : b;
}

/// <summary>All feeds of this watch.</summary>
internal sealed class FeedStates(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, FeedState> states = [];
    private readonly ConcurrentDictionary<string, long> firstSeen = [];

    public FeedState Add(FeedState state) => states[state.Name] = state;

    public FeedState Of(string name) => states[name];

    /// <summary>A fault of the store that keeps this process from following the watch; null when there is none.</summary>
    public string? StoreFault { get; set; }

    /// <summary>Takes how a feed stands that another process reads; one that does not move and has not ended is no feed of this watch.</summary>
    public void Follow(FeedCheckpoint checkpoint)
    {
        if (checkpoint.LastReceived is null)
        {
            return;
        }

        var first = firstSeen.GetOrAdd(checkpoint.Feed, checkpoint.Totals.Lines);
        if (!states.TryGetValue(checkpoint.Feed, out var state) && (checkpoint.Ended || checkpoint.Totals.Lines != first))
        {
            state = Add(new FeedState(checkpoint.Feed, ends: true, clock));
        }

        if (state is { Here: false })
        {
            state.Follow(checkpoint);
        }
    }

    public IReadOnlyList<FeedHealth> Health() => [.. states.Values.OrderBy(s => s.Name, StringComparer.Ordinal).Select(s => s.Health())];

    public IReadOnlyList<string> InDoubt() => [.. states.Values.Where(s => s.InDoubt).Select(s => s.Name).Order(StringComparer.Ordinal)];
}
