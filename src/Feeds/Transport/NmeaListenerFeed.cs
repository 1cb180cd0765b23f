using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace MaritimeWatch.Feeds.Transport;

/// <summary>
/// NMEA lines from those who connect to us. Each connection is read by itself, so that parts of two senders are never joined,
/// and waits until its batch was taken, which slows its sender.
/// </summary>
public sealed class NmeaListenerFeed(FeedSetting setting, IPEndPoint at) : IPositionFeed
{
    /// <summary>Connections at a time; one more is closed at once, so that nobody can fill the memory.</summary>
    public const int MostConnections = 64;

    private readonly LinkReport report = new(setting);
    private readonly ConcurrentDictionary<Task, byte> connections = [];
    private int open;

    public string Name => setting.Name;

    /// <summary>The port it listens on; 0 until it does.</summary>
    public int Port { get; private set; }

    public async IAsyncEnumerable<ObservationBatch> ReadAsync(string? from, [EnumeratorCancellation] CancellationToken cancel)
    {
        var wait = new BackOff(setting.Name);
        TcpListener? listener;
        while (!TryListen(out listener, out var problem))
        {
            var pause = wait.Next();
            report.Down($"cannot listen on {at} ({problem}); trying again in {pause.TotalSeconds:0} s");
            await Task.Delay(pause, setting.Clock, cancel);
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var batches = Channel.CreateBounded<ObservationBatch>(1);
        var accepting = AcceptAsync(listener, batches, stop.Token);
        try
        {
            await foreach (var batch in batches.Reader.ReadAllAsync(cancel))
            {
                yield return batch;
            }
        }
        finally
        {
            await stop.CancelAsync();
            listener.Dispose();
            await accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await Task.WhenAll(connections.Keys).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private bool TryListen(out TcpListener listener, out string? problem)
    {
        listener = new TcpListener(at);
        try
        {
            listener.Start();
            Port = ((IPEndPoint)listener.LocalEndpoint).Port;
            report.Down($"listening on port {Port}; nobody is connected");
            problem = null;
            return true;
        }
        catch (SocketException e)
        {
            listener.Dispose();
            problem = e.Message;
            return false;
        }
    }

    private async Task AcceptAsync(TcpListener listener, Channel<ObservationBatch> batches, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(stop);
                if (Volatile.Read(ref open) >= MostConnections)
                {
                    client.Dispose();
                    report.Up($"{MostConnections} connections are open; one more was refused");
                    continue;
                }

                var connection = ReadAsync(client, batches.Writer, stop);
                connections[connection] = 0;
                _ = connection.ContinueWith(done => connections.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            }
        }
        catch (SocketException e)
        {
            // The feed is begun anew from outside, and the reason is shown.
            batches.Writer.Complete(new IOException($"Listening on port {Port} failed ({e.Message})", e));
        }
    }

    private async Task ReadAsync(TcpClient client, ChannelWriter<ObservationBatch> batches, CancellationToken stop)
    {
        using var owned = client;
        StreamConnection.KeepAlive(client.Client);
        report.Up($"connected: {Interlocked.Increment(ref open)} on port {Port}, the newest from {client.Client.RemoteEndPoint}");
        try
        {
            await using var link = new NmeaStreamLink(client.GetStream(), LiveFeeds.Observations(setting));
            var gathering = new Gathering(link, setting.Clock);
            for (string? problem = null; problem is null;)
            {
                problem = await gathering.GatherAsync(stop);
                if (problem is not null)
                {
                    link.End();
                }

                if (link.Held > 0)
                {
                    await batches.WriteAsync(link.Take(), stop);
                }
            }
        }
        finally
        {
            if (Interlocked.Decrement(ref open) == 0)
            {
                report.Down($"listening on port {Port}; nobody is connected");
            }
        }
    }
}
