using System.Net.Sockets;
using System.Runtime.CompilerServices;
using MaritimeWatch.Feeds.Ais;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Feeds.Transport;

/// <summary>
/// A live NMEA service over TCP, as client. It reconnects by itself, waiting longer each time up to a minute; what was sent
/// meanwhile is lost, and the state says so. Lines without a time of their own get their arrival time.
/// </summary>
public sealed class NmeaTcpFeed(string name, string host, int port, TimeProvider clock, Action<string> state, ReceiverKind receiver = ReceiverKind.Terrestrial) : IPositionFeed
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1), LongestWait = TimeSpan.FromMinutes(1), BatchFor = TimeSpan.FromMilliseconds(500);

    public string Name => name;

    public async IAsyncEnumerable<ObservationBatch> ReadAsync(string? from, [EnumeratorCancellation] CancellationToken cancel)
    {
        var observations = new AisObservations(name, receiver, clock);
        var wait = FirstWait;
        while (!cancel.IsCancellationRequested)
        {
            using var client = new TcpClient();
            var problem = await TryConnectAsync(client, cancel);
            if (problem is null)
            {
                state($"connected to {host}:{port}");
                var buffer = new byte[1 << 18];
                var held = 0;
                while (true)
                {
                    (var read, problem) = await TryReadAsync(client, buffer, held, cancel);
                    if (problem is not null)
                    {
                        break;
                    }

                    wait = FirstWait;
                    held = Feed(buffer, held + read, observations);
                    if (observations.Held > 0 && (client.Available == 0 || observations.Held >= NmeaFileFeed.LinesPerBatch))
                    {
                        yield return observations.Take();
                    }
                }

                // What the connection broke off is kept as rejections and never joined to what the next one begins with.
                if (held > 0)
                {
                    observations.Read(buffer.AsSpan(0, held));
                }

                observations.End();
                if (observations.Held > 0)
                {
                    yield return observations.Take();
                }
            }

            state($"{problem}; trying again in {wait.TotalSeconds:0} s");
            await Task.Delay(wait, clock, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            wait = TimeSpan.FromTicks(Math.Min(wait.Ticks * 2, LongestWait.Ticks));
        }
    }

    // Small reads are gathered for half a second, so that one commit serves many lines.
    private async Task<(int Read, string? Problem)> TryReadAsync(TcpClient client, byte[] buffer, int held, CancellationToken cancel)
    {
        try
        {
            var stream = client.GetStream();
            var read = await stream.ReadAsync(buffer.AsMemory(held), cancel);
            if (read == 0)
            {
                return (0, $"{host}:{port} closed the connection");
            }

            if (read < 4096)
            {
                await Task.Delay(BatchFor, clock, cancel);
                while (stream.DataAvailable && held + read < buffer.Length)
                {
                    read += await stream.ReadAsync(buffer.AsMemory(held + read), cancel);
                }
            }

            return (read, null);
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
        {
            return (0, $"{host}:{port} lost ({e.Message})");
        }
    }

    private async Task<string?> TryConnectAsync(TcpClient client, CancellationToken cancel)
    {
        try
        {
            await client.ConnectAsync(host, port, cancel);
            return null;
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            return $"{host}:{port} not reached ({e.Message})";
        }
    }

    /// <summary>Reads the whole lines of the buffer and moves the rest to its start; gives the length of the rest.</summary>
    private static int Feed(byte[] buffer, int length, AisObservations observations)
    {
        var rest = buffer.AsSpan(0, length);
        for (var newline = rest.IndexOf((byte)'\n'); newline >= 0; newline = rest.IndexOf((byte)'\n'))
        {
            observations.Read(rest[..newline].TrimEnd((byte)'\r'));
            rest = rest[(newline + 1)..];
        }

        if (rest.Length > ByteLines.LongestLine)
        {
            // No sentence is this long: one unreadable line, kept as a rejection.
            observations.Read(rest);
            rest = [];
        }

        rest.CopyTo(buffer);
        return rest.Length;
    }
}
