using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using MaritimeWatch.Feeds.Json;

namespace MaritimeWatch.Feeds.Transport;

/// <summary>What an aisstream.io subscription asks for.</summary>
/// <param name="Key">API key: a secret, sent in the first message and nowhere else.</param>
/// <param name="SouthDeg">Southern edge of the area, degrees.</param>
/// <param name="WestDeg">Western edge, degrees.</param>
/// <param name="NorthDeg">Northern edge, degrees.</param>
/// <param name="EastDeg">Eastern edge, degrees.</param>
public sealed record StreamSubscription(string Key, double SouthDeg = -90, double WestDeg = -180, double NorthDeg = 90, double EastDeg = 180)
{
    internal byte[] Text => JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>
    {
        ["APIKey"] = Key,
        ["BoundingBoxes"] = new[] { new[] { new[] { SouthDeg, WestDeg }, new[] { NorthDeg, EastDeg } } },
    });
}

/// <summary>JSON records over a WebSocket (RFC 6455), one a message.</summary>
internal sealed class WebSocketLink : ILink
{
    /// <summary>No record is this long; one that is longer is kept as a rejection and not read.</summary>
    public const int LongestMessage = 1 << 20;

    private readonly WebSocket socket;
    private readonly JsonObservations records;
    private byte[] buffer = new byte[1 << 14];
    private int came;
    private bool whole, tooLong;

    private WebSocketLink(WebSocket socket, JsonObservations records) => (this.socket, this.records) = (socket, records);

    public static async Task<ILink> ConnectAsync(Uri address, StreamSubscription? subscription, CertificatePin? pin, JsonObservations records, CancellationToken cancel)
    {
        var socket = new ClientWebSocket();
        socket.Options.KeepAliveInterval = TimeSpan.FromSeconds(20);
        socket.Options.KeepAliveTimeout = TimeSpan.FromSeconds(60);
        socket.Options.RemoteCertificateValidationCallback = pin is null ? null : pin.Check;
        try
        {
            await socket.ConnectAsync(address, cancel);
            if (subscription is not null)
            {
                await socket.SendAsync(subscription.Text, WebSocketMessageType.Text, endOfMessage: true, cancel);
            }

            return new WebSocketLink(socket, records);
        }
        catch (WebSocketException e)
        {
            socket.Dispose();
            throw new IOException(e.InnerException?.Message ?? e.Message, e);
        }
        catch (OperationCanceledException)
        {
            socket.Dispose();
            throw;
        }
    }

    public long Held => records.Held;

    public async Task ReceiveAsync(CancellationToken cancel)
    {
        (came, whole, tooLong) = (0, false, false);
        try
        {
            while (!whole)
            {
                var part = await socket.ReceiveAsync(buffer.AsMemory(came), cancel);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    throw new EndOfStreamException($"closed the connection ({socket.CloseStatusDescription ?? socket.CloseStatus?.ToString() ?? "no reason given"})");
                }

                (came, whole) = (came + part.Count, part.EndOfMessage);
                MakeRoom();
            }
        }
        catch (WebSocketException e)
        {
            throw new IOException(e.InnerException?.Message ?? e.Message, e);
        }

        if (buffer.AsSpan(0, came).StartsWith("{\"error\""u8))
        {
            var text = Encoding.UTF8.GetString(buffer.AsSpan(0, Math.Min(came, 200)));
            came = 0;
            throw new EndOfStreamException($"refuses: {text}");
        }
    }

    public void Read()
    {
        if (tooLong)
        {
            records.BrokenOff(buffer.AsSpan(0, came), "record too long");
        }
        else
        {
            records.Read(buffer.AsMemory(0, came));
        }

        came = 0;
    }

    public ObservationBatch Take() => records.Take();

    public void End()
    {
        if (came > 0 && !whole)
        {
            records.BrokenOff(buffer.AsSpan(0, came), "record broken off");
        }
    }

    public ValueTask DisposeAsync()
    {
        socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private void MakeRoom()
    {
        if (came < buffer.Length)
        {
            return;
        }

        if (buffer.Length < LongestMessage)
        {
            Array.Resize(ref buffer, 2 * buffer.Length);
        }
        else
        {
            // Its beginning is kept for the rejection.
            (came, tooLong) = (1000, true);
        }
    }
}
