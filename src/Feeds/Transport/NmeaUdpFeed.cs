using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using MaritimeWatch.Feeds.Ais;

namespace MaritimeWatch.Feeds.Transport;

/// <summary>Where datagrams are received.</summary>
/// <param name="At">Address and port to bind; port 0 takes a free one.</param>
/// <param name="Group">Multicast group to join; null for datagrams sent to us alone.</param>
/// <param name="Interface">Own address on the network where the group is joined; the system's choice when null.</param>
public sealed record UdpPlace(IPEndPoint At, IPAddress? Group = null, IPAddress? Interface = null);

/// <summary>
/// NMEA lines as UDP datagrams, unicast or multicast, with or without the header of IEC 61162-450. Nobody can slow the sender,
/// so what is lost is counted: what a full ring drops, what the kernel says it dropped, and what the line numbers of
/// IEC 61162-450 show as missing. A datagram that the kernel dropped counts as one record: what it held is not known.
/// </summary>
public sealed class NmeaUdpFeed(FeedSetting setting, UdpPlace place, int mostDatagrams = NmeaUdpFeed.MostDatagrams) : IPositionFeed
{
    /// <summary>Datagrams that may wait: some seconds of a busy coast.</summary>
    public const int MostDatagrams = 8_192;

    private const int MostBytes = 8 << 20, KernelBytes = 4 << 20, MostSenders = 256;

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1), Step = TimeSpan.FromMilliseconds(50);

    private readonly DatagramRing ring = new(mostDatagrams, MostBytes);
    private readonly SentenceNumbers numbers = new();
    private readonly Dictionary<IPAddress, AisObservations> senders = [];
    private readonly LinkReport report = new(setting);
    private long told, droppedBefore, lastDropped;

    public string Name => setting.Name;

    /// <summary>The port it receives on; 0 until it does.</summary>
    public int Port { get; private set; }

    /// <summary>Most datagrams that ever waited; never above the bound.</summary>
    public int MostHeld => ring.MostHeld;

    public async IAsyncEnumerable<ObservationBatch> ReadAsync(string? from, [EnumeratorCancellation] CancellationToken cancel)
    {
        var wait = new BackOff(setting.Name);
        while (true)
        {
            var (socket, problem) = TryBind();
            if (socket is not null)
            {
                using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
                using var open = socket;
                var receiving = ReceiveAsync(socket, stop.Token);
                try
                {
                    while (!receiving.IsCompleted)
                    {
                        await GatherAsync(cancel);
                        Drain();
                        var lost = ring.TakeLost() + LostOutside(socket);
                        foreach (var observations in senders.Values.Where(o => o.Held > 0))
                        {
                            wait.Reset();
                            yield return Told(observations.Take(), ref lost);
                        }

                        if (lost > 0)
                        {
                            yield return Told(new ObservationBatch(), ref lost);
                        }
                    }

                    problem = await receiving;
                }
                finally
                {
                    await stop.CancelAsync();
                    await ((Task)receiving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }
            }

            var pause = wait.Next();
            report.Down($"cannot receive on {place.At} ({problem}); trying again in {pause.TotalSeconds:0} s");
            await Task.Delay(pause, setting.Clock, cancel);
        }
    }

    private (Socket? Socket, string? Problem) TryBind()
    {
        var socket = new Socket(place.At.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            socket.ReceiveBufferSize = KernelBytes;
            // Several programs on one machine may listen to a group; a port of our own is ours alone.
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, place.Group is not null);
            socket.Bind(place.At);
            if (place.Group is { } group)
            {
                Join(socket, group);
            }

            Port = ((IPEndPoint)socket.LocalEndPoint!).Port;
            droppedBefore += lastDropped;
            lastDropped = 0;
            report.Up($"receiving on port {Port}{(place.Group is null ? "" : $", group {place.Group}")}{(KernelDrops.Of(socket) is null ? "; what the system itself drops is not known here" : "")}");
            return (socket, null);
        }
        catch (SocketException e)
        {
            socket.Dispose();
            return (null, e.Message);
        }
    }

    private void Join(Socket socket, IPAddress group)
    {
        if (group.AddressFamily == AddressFamily.InterNetworkV6)
        {
            socket.SetSocketOption(SocketOptionLevel.IPv6, SocketOptionName.AddMembership, new IPv6MulticastOption(group, place.Interface?.ScopeId ?? 0));
        }
        else
        {
            socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.AddMembership, place.Interface is { } own ? new MulticastOption(group, own) : new MulticastOption(group));
        }
    }

    // Runs by itself and never waits for the reader: what comes is in the ring or counted.
    private async Task<string> ReceiveAsync(Socket socket, CancellationToken stop)
    {
        var buffer = new byte[1 << 16];
        var anyone = new IPEndPoint(socket.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any, 0);
        while (true)
        {
            try
            {
                var came = await socket.ReceiveFromAsync(buffer, SocketFlags.None, anyone, stop);
                Came(((IPEndPoint)came.RemoteEndPoint).Address, buffer.AsSpan(0, came.ReceivedBytes));
            }
            catch (SocketException e) when (e.SocketErrorCode is not SocketError.ConnectionReset)
            {
                return e.Message;
            }
            catch (SocketException)
            {
                // An answer of ours to nobody: Windows tells it here, and it says nothing of what is received.
            }
        }
    }

    private void Came(IPAddress sender, ReadOnlySpan<byte> datagram)
    {
        var text = datagram.StartsWith("UdPbC\0"u8) ? datagram[6..] : datagram;
        numbers.Heard(sender, text);
        ring.Add(sender, text);
    }

    private async Task GatherAsync(CancellationToken cancel)
    {
        await ring.WaitAsync(Look, cancel);
        for (var i = 0; i < 10 && !ring.Filling; i++)
        {
            await Task.Delay(Step, setting.Clock, cancel);
        }
    }

    private void Drain()
    {
        for (var lines = 0; lines < NmeaFileFeed.LinesPerBatch && ring.TryTake(out var datagram); lines += NmeaLines.CountIn(datagram.Text))
        {
            // Parts of two senders are never joined; those beyond the bound share one reader, so that nobody fills the memory.
            var sender = senders.ContainsKey(datagram.Sender) || senders.Count < MostSenders ? datagram.Sender : IPAddress.None;
            if (!senders.TryGetValue(sender, out var observations))
            {
                senders[sender] = observations = LiveFeeds.Observations(setting);
            }

            NmeaLines.ReadAll(datagram.Text, observations);
        }
    }

    // The kernel's drops and the missing numbers tell of the same loss, in datagrams and in lines: the larger one is counted.
    private long LostOutside(Socket socket)
    {
        lastDropped = KernelDrops.Of(socket) ?? lastDropped;
        var all = Math.Max(droppedBefore + lastDropped, numbers.Missing);
        var fresh = Math.Max(0, all - told);
        told += fresh;
        return fresh;
    }

    private static ObservationBatch Told(ObservationBatch batch, ref long lost)
    {
        batch.Count.Lose(lost);
        lost = 0;
        return batch;
    }
}
