using System.Net;
using System.Net.Sockets;
using MaritimeWatch.Feeds.Transport;

namespace MaritimeWatch.Integration.Transports;

/// <summary>Senders that connect to us.</summary>
public sealed class ListenerTransportTests : IDisposable
{
    private readonly CancellationTokenSource limit = new(Consumer.Limit);

    public void Dispose() => limit.Dispose();

    [Fact]
    public async Task A_sender_killed_in_a_line_leaves_one_rejection_and_comes_back()
    {
        await using var consumer = new Consumer();
        var feed = await ListeningAsync(consumer);
        using (var first = await SenderAsync(feed))
        {
            await first.GetStream().WriteAsync(Sentences.Bytes($"{Sentences.Position(1)}\r\n{Sentences.Position(2)[..25]}"), limit.Token);
        }

        await consumer.UntilAsync(c => c.All == 2);
        using var second = await SenderAsync(feed);
        await second.GetStream().WriteAsync(Sentences.Bytes($"{Sentences.Position(2)[25..]}\r\n{Sentences.Position(3)}\r\n"), limit.Token);
        await consumer.AccountsForAsync(4, "tcp-listen killed");
        Assert.Equal((2, 2), (consumer.Count.Accepted, consumer.Count.RejectedTotal));
        Assert.Contains(consumer.Rejections, r => r.Raw == Sentences.Position(2)[..25]);
        Assert.True(consumer.Said[^1] is { Connected: true, NotConnectedFrom: not null, NotConnectedTo: not null }, "The time without a sender is told.");
    }

    [Fact]
    public async Task Parts_of_two_senders_are_never_joined_and_a_late_half_line_is_one_line()
    {
        await using var consumer = new Consumer();
        var feed = await ListeningAsync(consumer);
        using var one = await SenderAsync(feed);
        using var other = await SenderAsync(feed);
        await one.GetStream().WriteAsync(Sentences.Bytes($"{Sentences.PartOne}\r\n{Sentences.Position(1)[..20]}"), limit.Token);
        await other.GetStream().WriteAsync(Sentences.Bytes($"{Sentences.PartTwo}\r\n{Sentences.Position(2)}\r\n"), limit.Token);
        await consumer.UntilAsync(c => c.All == 1);
        await one.GetStream().WriteAsync(Sentences.Bytes($"{Sentences.Position(1)[20..]}\r\n"), limit.Token);
        await consumer.UntilAsync(c => c.All == 2);
        one.Close();
        other.Close();
        await consumer.AccountsForAsync(4, "tcp-listen two senders");
        Assert.Equal((2, 2), (consumer.Count.Accepted, consumer.Count.RejectedTotal));
        Assert.Empty(consumer.Batches.SelectMany(b => b.Statics));
    }

    [Fact]
    public async Task Senders_far_faster_than_we_are_are_slowed_and_lose_nothing()
    {
        const int Each = 15_000;
        await using var consumer = new Consumer { Pause = TimeSpan.FromMilliseconds(50) };
        var feed = await ListeningAsync(consumer);
        var senders = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => SenderAsync(feed)));
        await Task.WhenAll(senders.Select((s, i) => s.GetStream().WriteAsync(Sentences.Lines(i * Each, Each), limit.Token).AsTask()));
        await consumer.AccountsForAsync(4 * Each, "tcp-listen ten times our speed");
        Assert.Equal((4 * Each, 0), (consumer.Count.Accepted, consumer.Count.Lost));
        Array.ForEach(senders, s => s.Dispose());
    }

    [Fact]
    public async Task One_connection_above_the_bound_is_closed_and_the_others_go_on()
    {
        await using var consumer = new Consumer();
        var feed = await ListeningAsync(consumer);
        var senders = await Task.WhenAll(Enumerable.Range(0, NmeaListenerFeed.MostConnections).Select(_ => SenderAsync(feed)));
        await consumer.UntilAsync(c => c.Said.Any(s => s.Text.StartsWith($"connected: {NmeaListenerFeed.MostConnections} ", StringComparison.Ordinal)));
        using var tooMany = await SenderAsync(feed);
        Assert.Equal(0, await tooMany.GetStream().ReadAsync(new byte[1], limit.Token));
        await senders[^1].GetStream().WriteAsync(Sentences.Lines(0, 3), limit.Token);
        await consumer.AccountsForAsync(3, "tcp-listen one too many");
        Array.ForEach(senders, s => s.Dispose());
    }

    private static async Task<NmeaListenerFeed> ListeningAsync(Consumer consumer)
    {
        var feed = new NmeaListenerFeed(consumer.Setting, new IPEndPoint(IPAddress.Loopback, 0));
        consumer.Start(feed);
        await consumer.UntilAsync(_ => feed.Port > 0);
        return feed;
    }

    private async Task<TcpClient> SenderAsync(NmeaListenerFeed feed)
    {
        var sender = new TcpClient();
        await sender.ConnectAsync(IPAddress.Loopback, feed.Port, limit.Token);
        return sender;
    }
}
