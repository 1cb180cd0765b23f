using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Threading.Channels;

namespace MaritimeWatch.Server.Watch;

/// <summary>Something that happened, for whoever listens.</summary>
/// <param name="Id">Its place among all of this process; null when there is nothing to go on from.</param>
/// <param name="Name">What kind: <c>alerts</c>, <c>watch</c> and <c>registry</c> say to fetch again, <c>alert</c> says itself what changed.</param>
/// <param name="Data">What analysts read.</param>
/// <param name="Released">What those read who see released cases only; null when it is not for them.</param>
internal sealed record LiveEvent(string? Id, string Name, object Data, object? Released);

/// <summary>
/// Tells open consoles and programs what changed. The last events are kept, so that whoever comes back with the id of the last one heard
/// misses none; who was away longer, or lags, is told to read everything again.
/// </summary>
internal sealed class LiveEvents
{
    /// <summary>Events kept for those who come back.</summary>
    public const int Kept = 1000;

    /// <summary>Name of the event that says: events are missing, read everything again.</summary>
    public const string Again = "again";

    private const int MostWaiting = 256;
    private static readonly object Nothing = new();

    // Another run counts from one again: its ids must not be taken for those of this one.
    private readonly string run = RandomNumberGenerator.GetHexString(8, lowercase: true);
    private readonly ConcurrentDictionary<Channel<LiveEvent>, StrongBox> listeners = [];
    private readonly Queue<LiveEvent> kept = [];
    private readonly Dictionary<string, string> seen = [];
    private readonly Lock gate = new();
    private long last;

    private sealed class StrongBox
    {
        public bool Lagged { get; set; }
    }

    public void Tell(string what) => Tell(what, Nothing, Nothing);

    public void TellIf(bool happened, string what)
    {
        if (happened)
        {
            Tell(what);
        }
    }

    /// <summary>Tells only when what there is to see is not what it was: a console that is told for nothing reads everything again for nothing.</summary>
    /// <param name="what">Name of the event.</param>
    /// <param name="now">What there is to see, in any form that is equal when nothing changed.</param>
    public void TellIfNew(string what, string now)
    {
        lock (gate)
        {
            if (seen.TryGetValue(what, out var before) && before == now)
            {
                return;
            }

            seen[what] = now;
            Tell(what);
        }
    }

    public void Tell(string name, object data, object? released)
    {
        lock (gate)
        {
            var told = new LiveEvent(IdOf(++last), name, data, released);
            kept.Enqueue(told);
            if (kept.Count > Kept)
            {
                kept.Dequeue();
            }

            foreach (var channel in listeners.Keys)
            {
                channel.Writer.TryWrite(told);
            }
        }
    }

    /// <summary>What was missed since an event, then whatever comes; every <paramref name="beat"/> without any an event of no name, so that a dead line is noticed.</summary>
    /// <param name="since">Id of the last event heard; null for a new listener.</param>
    /// <param name="beat">Longest quiet.</param>
    /// <param name="cancel">Ends the listening.</param>
    public async IAsyncEnumerable<LiveEvent> ListenAsync(string? since, TimeSpan beat, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        var box = new StrongBox();
        var channel = Channel.CreateBounded<LiveEvent>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest }, _ => box.Lagged = true);
        List<LiveEvent> first;
        lock (gate)
        {
            listeners[channel] = box;
            first = Missed(since);
        }

        try
        {
            foreach (var told in first)
            {
                yield return told;
            }

            while (true)
            {
                while (channel.Reader.TryRead(out var told))
                {
                    if (box.Lagged)
                    {
                        box.Lagged = false;
                        yield return new LiveEvent(null, Again, Nothing, Nothing);
                    }

                    yield return told;
                }

                if (!await AnyAsync(channel.Reader, beat, cancel))
                {
                    yield return new LiveEvent(null, "", Nothing, Nothing);
                }
            }
        }
        finally
        {
            listeners.TryRemove(channel, out _);
        }
    }

    // A new listener is told where it stands, by an event it knows: the state of the watch is worth a look now.
    private List<LiveEvent> Missed(string? since)
    {
        var now = new LiveEvent(IdOf(last), "watch", Nothing, Nothing);
        if (string.IsNullOrEmpty(since) || since == IdOf(last))
        {
            return [now];
        }

        var at = kept.Select((e, i) => (e.Id, i)).FirstOrDefault(e => e.Id == since, (null, -1)).i;
        var all = since.StartsWith($"{run}-", StringComparison.Ordinal) && (at >= 0 || (kept.Count > 0 && kept.Peek().Id == IdOf(1) && since == IdOf(0)));
        return all ? [.. kept.Skip(at + 1)] : [new LiveEvent(IdOf(last), Again, Nothing, Nothing), now];
    }

    private string IdOf(long number) => $"{run}-{number.ToString(CultureInfo.InvariantCulture)}";

    private static async Task<bool> AnyAsync(ChannelReader<LiveEvent> reader, TimeSpan beat, CancellationToken cancel)
    {
        using var quiet = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        quiet.CancelAfter(beat);
        try
        {
            return await reader.WaitToReadAsync(quiet.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return false;
        }
    }
}
