using System.Collections.Concurrent;
using MaritimeWatch.Detection;
using MaritimeWatch.Records;
using MaritimeWatch.Storage;
using MaritimeWatch.Units;

namespace MaritimeWatch.Server.Watch;

/// <summary>All feeds of this watch.</summary>
internal sealed class FeedStates(TimeProvider clock)
{
    private const string MemoryOf = "health ";

    private readonly ConcurrentDictionary<string, FeedState> states = [];
    private readonly ConcurrentDictionary<string, long> firstSeen = [];
    private readonly ConcurrentDictionary<string, string> memories = [];

    public FeedState Add(FeedState state)
    {
        if (memories.TryGetValue(state.Name, out var text))
        {
            state.Recall(StoreJson.Read<FeedMemory>(text));
        }

        return states[state.Name] = state;
    }

    public FeedState Of(string name) => states[name];

    /// <summary>Null when this watch has no such feed.</summary>
    public FeedState? Find(string name) => states.GetValueOrDefault(name);

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

    /// <summary>Takes what was remembered of a feed, by this process before or by another.</summary>
    public void Recall(FeedCheckpoint checkpoint)
    {
        if (checkpoint.Feed.StartsWith(MemoryOf, StringComparison.Ordinal) && checkpoint.Position is { } text && checkpoint.Feed[MemoryOf.Length..] is var name && memories.GetValueOrDefault(name) != text)
        {
            memories[name] = text;
            if (states.TryGetValue(name, out var state) && !state.Here)
            {
                state.Recall(StoreJson.Read<FeedMemory>(text));
            }
        }
    }

    /// <summary>Writes what is to be remembered of the feeds this process reads.</summary>
    public async Task RememberAsync(IStore store, CancellationToken cancel)
    {
        foreach (var state in states.Values.Where(s => s.Here && s.Changed))
        {
            var (feed, text) = ($"{MemoryOf}{state.Name}", StoreJson.Write(state.Remember()));
            await store.Tracks.CommitAsync(new IntakeBatch { Feed = feed, Count = new IntakeCount(), Follows = (await store.Feeds.CheckpointOfAsync(feed, cancel))?.Position, Position = text }, cancel);
            memories[state.Name] = text;
        }
    }

    public IReadOnlyList<FeedHealth> Health() => [.. states.Values.OrderBy(s => s.Name, StringComparer.Ordinal).Select(s => s.Health())];

    /// <summary>Times in which any feed could not be relied on, feed by feed.</summary>
    public IReadOnlyList<FeedDoubt> Doubts() => [.. states.Values.OrderBy(s => s.Name, StringComparer.Ordinal).SelectMany(s => s.Doubts())];

    /// <summary>Times in which a feed that serves a place could not be relied on.</summary>
    public IReadOnlyList<FeedDoubt> DoubtsAt(GeoPoint place) =>
        [.. states.Values.OrderBy(s => s.Name, StringComparer.Ordinal).SelectMany(s => s.Doubts() is { Count: > 0 } doubts && s.Reach.Serves(place) ? doubts : [])];

    /// <summary>What is not being watched now, a sentence each.</summary>
    public IEnumerable<string> NotWatched()
    {
        if (StoreFault is { } fault)
        {
            yield return fault;
        }

        foreach (var state in states.Values.OrderBy(s => s.Name, StringComparer.Ordinal))
        {
            if (state.Health() is { InDoubt: true } health)
            {
                var where = state.Reach.Box is { } box ? $"in the waters it serves ({Degrees(box.South, 'N', 'S')} to {Degrees(box.North, 'N', 'S')}, {Degrees(box.West, 'E', 'W')} to {Degrees(box.East, 'E', 'W')})" : "in all waters, since it is not known which it serves";
                yield return $"Feed {health.Name} is {health.State}{(health.Reason is null ? "" : $" ({health.Reason})")}: silences {where} are not judged meanwhile.";
            }
        }
    }

    private static string Degrees(double value, char positive, char negative) => $"{Math.Abs(value):0.0}° {(value < 0 ? negative : positive)}";
}
