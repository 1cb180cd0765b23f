using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using MaritimeWatch.Feeds.Transport;
using Microsoft.AspNetCore.Http;

namespace MaritimeWatch.Integration.Transports;

/// <summary>aisstream.io's protocol, spoken by a real WebSocket server.</summary>
public sealed class WebSocketTransportTests : IDisposable
{
    private readonly CancellationTokenSource limit = new(Consumer.Limit);
    private readonly Channel<(WebSocket Socket, string Subscription, HttpContext Http, TaskCompletionSource Done)> sessions = Channel.CreateUnbounded<(WebSocket, string, HttpContext, TaskCompletionSource)>();

    public void Dispose() => limit.Dispose();

    [Fact]
    public async Task A_server_killed_in_a_record_is_taken_up_again_and_the_half_record_is_one_rejection()
    {
        await using var server = await LoopbackWeb.StartAsync(AcceptAsync);
        await using var consumer = new Consumer();
        consumer.Start(Feed(consumer, server));
        var first = await sessions.Reader.ReadAsync(limit.Token);
        Assert.Equal("""{"APIKey":"a key of the tests","BoundingBoxes":[[[54,10],[66,31]]]}""", first.Subscription);
        await SendAsync(first.Socket, JsonRecords.AisStream(1));
        await first.Socket.SendAsync(Encoding.UTF8.GetBytes(JsonRecords.AisStream(2)[..100]), WebSocketMessageType.Text, endOfMessage: false, limit.Token);
        await consumer.UntilAsync(c => c.All == 1);
        first.Http.Abort();

        var second = await sessions.Reader.ReadAsync(limit.Token);
        await SendAsync(second.Socket, JsonRecords.AisStream(1));
        await SendAsync(second.Socket, JsonRecords.AisStream(2));
        await consumer.AccountsForAsync(4, "websocket killed");
        Assert.Equal((2, 1, 1), (consumer.Count.Accepted, consumer.Count.Duplicates, consumer.Count.RejectedTotal));
        Assert.Equal(("record broken off", JsonRecords.AisStream(2)[..100]), (consumer.Rejections.Single().Reason, consumer.Rejections.Single().Raw));
        Assert.True(consumer.Said[^1] is { Connected: true, NotConnectedTo: not null }, "The time without a connection is told.");
        second.Done.SetResult();
    }

    [Fact]
    public async Task A_record_whose_rest_comes_later_is_one_record_and_binary_messages_are_read_as_well()
    {
        await using var server = await LoopbackWeb.StartAsync(AcceptAsync);
        await using var consumer = new Consumer();
        consumer.Start(Feed(consumer, server));
        var session = await sessions.Reader.ReadAsync(limit.Token);
        var record = Encoding.UTF8.GetBytes(JsonRecords.AisStream(1));
        await session.Socket.SendAsync(record.AsMemory(0, 50), WebSocketMessageType.Binary, endOfMessage: false, limit.Token);
        await Task.Delay(700, limit.Token);
        Assert.Equal(0, consumer.All);
        await session.Socket.SendAsync(record.AsMemory(50), WebSocketMessageType.Binary, endOfMessage: true, limit.Token);
        await consumer.AccountsForAsync(1, "websocket half a record");
        var fix = consumer.Batches.SelectMany(b => b.Sightings).Single().Fix;
        Assert.Equal((12.3, 90.5, null), (fix.SogKnots, fix.CogDeg, fix.HeadingDeg));
        session.Done.SetResult();
    }

    [Fact]
    public async Task A_source_far_faster_than_we_are_is_slowed_and_loses_nothing_and_bad_records_are_rejected()
    {
        const int Sent = 20_000;
        await using var server = await LoopbackWeb.StartAsync(AcceptAsync);
        await using var consumer = new Consumer { Pause = TimeSpan.FromMilliseconds(50) };
        consumer.Start(Feed(consumer, server));
        var session = await sessions.Reader.ReadAsync(limit.Token);
        for (var i = 0; i < Sent; i++)
        {
            await SendAsync(session.Socket, i % 100 == 7 ? $$"""{"MessageType":"PositionReport","n":{{i}}}""" : JsonRecords.AisStream(i));
        }

        await consumer.AccountsForAsync(Sent, "websocket ten times our speed");
        Assert.Equal((Sent - (Sent / 100), Sent / 100, 0), (consumer.Count.Accepted, consumer.Count.RejectedTotal, consumer.Count.Lost));
        Assert.True(consumer.Batches.Max(b => b.Count.Lines) <= NmeaFileFeed.LinesPerBatch);
        session.Done.SetResult();
    }

    [Fact]
    public async Task A_refused_key_is_said_and_never_repeated_in_a_message()
    {
        await using var server = await LoopbackWeb.StartAsync(AcceptAsync);
        await using var consumer = new Consumer();
        consumer.Start(Feed(consumer, server));
        var session = await sessions.Reader.ReadAsync(limit.Token);
        await SendAsync(session.Socket, """{"error":"Api Key Is Not Valid"}""");
        await consumer.UntilAsync(c => c.Said.Any(s => !s.Connected));
        Assert.Contains("Api Key Is Not Valid", consumer.Said[^1].Text, StringComparison.Ordinal);
        Assert.DoesNotContain(consumer.Said, s => s.Text.Contains("a key of the tests", StringComparison.Ordinal));
        Assert.Equal(0, consumer.All);
        session.Done.SetResult();
    }

    [Fact]
    public async Task With_TLS_a_pinned_certificate_is_accepted()
    {
        using var own = OwnCertificate.Make();
        await using var server = await LoopbackWeb.StartAsync(AcceptAsync, certificate: own);
        await using var consumer = new Consumer();
        consumer.Start(LiveFeeds.WebSocket(consumer.Setting, new Uri($"wss://127.0.0.1:{server.Port}/v0/stream"), new StreamSubscription("k"), CertificatePin.TryParse(own.Sha256())));
        var session = await sessions.Reader.ReadAsync(limit.Token);
        await SendAsync(session.Socket, JsonRecords.AisStream(1));
        await consumer.AccountsForAsync(1, "websocket TLS");
        session.Done.SetResult();
    }

    private static MaritimeWatch.Feeds.IPositionFeed Feed(Consumer consumer, LoopbackWeb server) =>
        LiveFeeds.WebSocket(consumer.Setting, new Uri($"ws://127.0.0.1:{server.Port}/v0/stream"), new StreamSubscription("a key of the tests", 54, 10, 66, 31));

    private async Task AcceptAsync(HttpContext http)
    {
        using var socket = await http.WebSockets.AcceptWebSocketAsync();
        var buffer = new byte[1000];
        var subscription = await socket.ReceiveAsync(buffer.AsMemory(), limit.Token);
        var done = new TaskCompletionSource();
        await sessions.Writer.WriteAsync((socket, Encoding.UTF8.GetString(buffer, 0, subscription.Count), http, done), limit.Token);
        await Task.WhenAny(done.Task, Task.Delay(Timeout.Infinite, http.RequestAborted));
    }

    private async Task SendAsync(WebSocket socket, string record) => await socket.SendAsync(Encoding.UTF8.GetBytes(record), WebSocketMessageType.Text, endOfMessage: true, limit.Token);
}
