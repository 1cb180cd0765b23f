namespace MaritimeWatch.Feeds.Transport;

/// <summary>One connection to a live source. What it receives is not read before <see cref="Read"/>, so that a piece that comes while a batch is being committed waits.</summary>
internal interface ILink : IAsyncDisposable
{
    /// <summary>Waits for the next piece; called again only when the piece before was read.</summary>
    /// <exception cref="IOException">The connection is lost; <see cref="EndOfStreamException"/> when the source ended it.</exception>
    Task ReceiveAsync(CancellationToken cancel);

    /// <summary>Reads the piece that came.</summary>
    void Read();

    /// <summary>Lines read and not yet taken.</summary>
    long Held { get; }

    /// <summary>True when the source may wait for an acknowledgement before it sends on: a batch then ends at once.</summary>
    bool SourceWaits => false;

    /// <summary>The lines read since the last call.</summary>
    ObservationBatch Take();

    /// <summary>What was taken is durable: the source may forget it.</summary>
    Task AcknowledgeAsync(CancellationToken cancel) => Task.CompletedTask;

    /// <summary>The connection is lost: what it broke off is kept as rejections and never joined to what comes next.</summary>
    void End();
}

/// <summary>Gathers what a connection sends for half a second, or until a batch is full, so that one commit serves many lines.</summary>
internal sealed class Gathering(ILink link, TimeProvider clock)
{
    private static readonly TimeSpan For = TimeSpan.FromMilliseconds(500), Quiet = TimeSpan.FromMilliseconds(20);

    private Task? coming;

    /// <summary>Waits for the first piece and takes what follows it; gives what went wrong, null when nothing did.</summary>
    public async Task<string?> GatherAsync(CancellationToken cancel)
    {
        try
        {
            await (coming ??= link.ReceiveAsync(cancel));
            link.Read();
            var over = Task.Delay(For, clock, cancel);
            while (link.Held < NmeaFileFeed.LinesPerBatch)
            {
                coming = link.ReceiveAsync(cancel);
                if (!coming.IsCompleted)
                {
                    await Task.WhenAny(coming, over, link.SourceWaits ? Task.Delay(Quiet, clock, cancel) : over);
                }

                if (!coming.IsCompleted)
                {
                    return null;
                }

                await coming;
                link.Read();
            }

            coming = null;
            return null;
        }
        catch (EndOfStreamException e)
        {
            return e.Message;
        }
        catch (IOException e)
        {
            return $"lost ({e.Message})";
        }
    }
}
