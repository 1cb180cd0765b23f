using System.Net;
using System.Net.Sockets;
using MaritimeWatch.Feeds;
using MaritimeWatch.Feeds.Transport;

namespace MaritimeWatch.Integration.Transports;

/// <summary>What every stream of lines that we connect to must do, with a real server on loopback.</summary>
public abstract class ClientStreamTests : IDisposable
{
    private TcpListener server = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource limit = new(Consumer.Limit);

    protected ClientStreamTests() => server.Start();

    protected abstract string Transport { get; }

    private protected abstract IPositionFeed Feed(FeedSetting setting, int port);

    protected abstract Task<Stream> OpenAsync(Stream connection, CancellationToken cancel);

    private int Port => ((IPEndPoint)server.LocalEndpoint).Port;

    public void Dispose()
    {
        server.Dispose();
        limit.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_server_killed_in_a_line_is_taken_up_again_and_the_half_line_is_one_rejection_joined_to_nothing()
    {
        await using var consumer = new Consumer();
        consumer.Start(Feed(consumer.Setting, Port));
        await using (var first = await AcceptAsync())
        {
            await first.WriteAsync(Sentences.Bytes($"{Sentences.Position(1)}\r\n{Sentences.PartOne}\r\n{Sentences.Position(2)[..25]}"), limit.Token);
        }

        await using var second = await AcceptAsync();
        // Neither the half line nor the lone first part is joined to what the new connection begins with.
        await second.WriteAsync(Sentences.Bytes($"{Sentences.Position(2)[25..]}\r\n{Sentences.Position(1)}\r\n{Sentences.Position(3)}\r\n"), limit.Token);

        await consumer.AccountsForAsync(6, $"{Transport} killed");
        Assert.Equal((2, 1, 3), (consumer.Count.Accepted, consumer.Count.Duplicates, consumer.Count.RejectedTotal));
        Assert.Contains(consumer.Rejections, r => r.Raw == Sentences.Position(2)[..25]);
        Assert.Equal([true, false, true], consumer.Said.Select(s => s.Connected));
        Assert.Contains("closed the connection; trying again in 1 s", consumer.Said[1].Text, StringComparison.Ordinal);
        Assert.True(consumer.Said[2].NotConnectedTo > consumer.Said[2].NotConnectedFrom, "The time without a connection is told.");
    }

    [Fact]
    public async Task A_server_that_is_not_there_yet_is_tried_until_it_is()
    {
        var port = Port;
        server.Stop();
        await using var consumer = new Consumer();
        consumer.Start(Feed(consumer.Setting, port));
        await consumer.UntilAsync(c => c.Said.Count > 0);
        Assert.Matches("not reached .*; trying again in 1 s", consumer.Said[0].Text);

        server = new TcpListener(IPAddress.Loopback, port);
        server.Start();
        await using var connection = await AcceptAsync();
        await connection.WriteAsync(Sentences.Lines(0, 10), limit.Token);
        await consumer.AccountsForAsync(10, $"{Transport} late");
        Assert.Equal(10, consumer.Count.Accepted);
    }

    [Fact]
    public async Task A_line_whose_rest_comes_later_is_one_line()
    {
        await using var consumer = new Consumer();
        consumer.Start(Feed(consumer.Setting, Port));
        await using var connection = await AcceptAsync();
        await connection.WriteAsync(Sentences.Bytes(Sentences.Position(1) + "\r\n" + Sentences.Position(2)[..20]), limit.Token);
        await consumer.UntilAsync(c => c.All == 1);
        await connection.WriteAsync(Sentences.Bytes(Sentences.Position(2)[20..] + "\r\n"), limit.Token);
        await consumer.AccountsForAsync(2, $"{Transport} half a line");
        Assert.Equal(2, consumer.Count.Accepted);
    }

    [Fact]
    public async Task A_source_far_faster_than_we_are_is_slowed_and_loses_nothing()
    {
        const int Sent = 60_000;
        await using var consumer = new Consumer { Pause = TimeSpan.FromMilliseconds(50) };
        consumer.Start(Feed(consumer.Setting, Port));
        await using var connection = await AcceptAsync();
        var sending = connection.WriteAsync(Sentences.Lines(0, Sent), limit.Token).AsTask();
        await consumer.AccountsForAsync(Sent, $"{Transport} ten times our speed");
        await sending;
        Assert.Equal((Sent, 0), (consumer.Count.Accepted, consumer.Count.Lost));
        // Nothing is held but one batch and one buffer: a batch never grows with the sender's speed.
        Assert.True(consumer.Batches.Max(b => b.Count.Lines) < 2 * NmeaFileFeed.LinesPerBatch + 1000);
    }

    [Fact]
    public async Task A_source_comes_to_a_halt_while_nothing_is_taken_and_no_memory_is_filled()
    {
        const int Blocks = 200, Each = 5_000;
        await using var consumer = new Consumer { Pause = TimeSpan.FromMinutes(5) };
        consumer.Start(Feed(consumer.Setting, Port));
        await using var connection = await AcceptAsync();
        var (block, sent) = (Sentences.Lines(0, Each), 0);
        var sending = Task.Run(async () =>
        {
            for (; sent < Blocks; sent++)
            {
                await connection.WriteAsync(block, limit.Token);
            }
        }, limit.Token);

        // Fifty megabytes do not fit into the buffers of two sockets: the sender comes to a halt.
        for (var before = -1; before != Volatile.Read(ref sent); await Task.Delay(1000, limit.Token))
        {
            before = Volatile.Read(ref sent);
        }

        Assert.InRange(sent, 0, Blocks - 1);
        await consumer.StopAsync();
        await Assert.ThrowsAnyAsync<IOException>(() => sending);
    }

    private async Task<Stream> AcceptAsync() => await OpenAsync((await server.AcceptTcpClientAsync(limit.Token)).GetStream(), limit.Token);
}

public sealed class TcpTransportTests : ClientStreamTests
{
    protected override string Transport => "tcp";

    private protected override IPositionFeed Feed(FeedSetting setting, int port) => LiveFeeds.Tcp(setting, "127.0.0.1", port);

    protected override Task<Stream> OpenAsync(Stream connection, CancellationToken cancel) => Task.FromResult(connection);
}
