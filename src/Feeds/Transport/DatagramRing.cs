using System.Net;

namespace MaritimeWatch.Feeds.Transport;

/// <summary>A datagram as it came.</summary>
internal readonly record struct Datagram(IPAddress Sender, byte[] Text);

/// <summary>
/// Datagrams between the socket, which nobody can slow, and the reader. It has a bound in number and in bytes; what comes
/// when it is full is dropped and its lines are counted.
/// </summary>
internal sealed class DatagramRing(int most, int mostBytes)
{
    private readonly Lock gate = new();
    private readonly Queue<Datagram> waiting = [];
    private readonly SemaphoreSlim some = new(0, 1);
    private long bytes, lostLines;

    /// <summary>Most datagrams that ever waited at a time.</summary>
    public int MostHeld { get; private set; }

    /// <summary>Half full or more: the reader should not wait for more to come.</summary>
    public bool Filling
    {
        get
        {
            lock (gate)
            {
                return waiting.Count >= most / 2 || bytes >= mostBytes / 2;
            }
        }
    }

    public void Add(IPAddress sender, ReadOnlySpan<byte> text)
    {
        lock (gate)
        {
            if (waiting.Count >= most || bytes + text.Length > mostBytes)
            {
                lostLines += NmeaLines.CountIn(text);
                return;
            }

            waiting.Enqueue(new Datagram(sender, text.ToArray()));
            bytes += text.Length;
            MostHeld = Math.Max(MostHeld, waiting.Count);
            if (some.CurrentCount == 0)
            {
                some.Release();
            }
        }
    }

    public bool TryTake(out Datagram datagram)
    {
        lock (gate)
        {
            var taken = waiting.TryDequeue(out datagram);
            bytes -= taken ? datagram.Text.Length : 0;
            return taken;
        }
    }

    /// <summary>Lines dropped since the last call.</summary>
    public long TakeLost()
    {
        lock (gate)
        {
            var lost = lostLines;
            lostLines = 0;
            return lost;
        }
    }

    /// <summary>Waits until there is a datagram, or for that long.</summary>
    public async Task WaitAsync(TimeSpan atMost, CancellationToken cancel)
    {
        // What a full batch left behind does not wait for the next to come.
        if (!Any)
        {
            await some.WaitAsync(atMost, cancel);
        }
    }

    private bool Any
    {
        get
        {
            lock (gate)
            {
                return waiting.Count > 0;
            }
        }
    }
}
