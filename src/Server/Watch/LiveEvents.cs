using System.Collections.Concurrent;
using System.Threading.Channels;

namespace MaritimeWatch.Server.Watch;

/// <summary>Tells open consoles that something changed; they fetch it themselves. A console that lags gets the news once.</summary>
internal sealed class LiveEvents
{
    private readonly ConcurrentDictionary<Channel<string>, byte> listeners = [];

    public void Tell(string what)
    {
        foreach (var channel in listeners.Keys)
        {
            channel.Writer.TryWrite(what);
        }
    }

    public async IAsyncEnumerable<string> ListenAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        var channel = Channel.CreateBounded<string>(new BoundedChannelOptions(8) { FullMode = BoundedChannelFullMode.DropOldest });
        listeners[channel] = 0;
        try
        {
            await foreach (var what in channel.Reader.ReadAllAsync(cancel))
            {
                yield return what;
            }
        }
        finally
        {
            listeners.TryRemove(channel, out _);
        }
    }
}
