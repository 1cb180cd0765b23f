using System.Net;
using System.Net.Sockets;
using MaritimeWatch.Feeds.Transport;

namespace MaritimeWatch.Integration.Transports;

/// <summary>Datagrams, which nobody can slow: what is lost is what the counter says.</summary>
public sealed class UdpTransportTests : IDisposable
{
    private readonly Socket sender = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);

    public void Dispose() => sender.Dispose();

    [Fact]
    public async Task A_sender_that_is_killed_and_begins_anew_is_heard_again_and_a_half_line_is_a_line_by_itself()
    {
        await using var consumer = new Consumer();
        var feed = await ReceivingAsync(consumer);
        Send(feed, Sentences.Position(1) + "\r\n" + Sentences.Position(2)[..25]);
        await consumer.UntilAsync(c => c.All == 2);
        Send(feed, Sentences.Position(2)[25..] + "\r\n" + Sentences.Position(3));
        await consumer.AccountsForAsync(4, "udp killed");
        Assert.Equal((2, 2, 0), (consumer.Count.Accepted, consumer.Count.RejectedTotal, consumer.Count.Lost));
    }

    [Fact]
    public async Task A_port_that_is_taken_is_tried_until_it_is_free()
    {
        using var holder = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        holder.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        await using var consumer = new Consumer();
        var feed = new NmeaUdpFeed(consumer.Setting, new UdpPlace((IPEndPoint)holder.LocalEndPoint!));
        consumer.Start(feed);
        await consumer.UntilAsync(c => c.Said.Count > 0);
        Assert.Matches("cannot receive on .*; trying again in 1 s", consumer.Said[0].Text);
        holder.Dispose();
        await consumer.UntilAsync(_ => feed.Port > 0);
        Send(feed, Sentences.Position(1));
        await consumer.AccountsForAsync(1, "udp late");
    }

    [Fact]
    public async Task A_sender_far_faster_than_we_are_fills_a_bounded_ring_and_every_dropped_line_is_counted()
    {
        const int Bound = 300, Sent = 6_000, LinesEach = 3;
        await using var consumer = new Consumer { Pause = TimeSpan.FromMilliseconds(50) };
        var feed = await ReceivingAsync(consumer, mostDatagrams: Bound);
        for (var i = 0; i < Sent; i++)
        {
            // So many lines a datagram that the ring, and not the system's own buffer, is what overflows.
            Send(feed, string.Join("\r\n", Enumerable.Range(0, LinesEach).Select(l => Sentences.Position((i * LinesEach) + l))));
            if (i % 500 == 499)
            {
                await Task.Delay(5, TestContext.Current.CancellationToken);
            }
        }

        await consumer.AccountsForAsync(Sent * LinesEach, "udp ten times our speed");
        Assert.InRange(feed.MostHeld, 1, Bound);
        Assert.True(consumer.Count.Lost > 0, "The sender was to be faster than the reader.");
        Assert.Equal(0, consumer.Count.RejectedTotal);
    }

    [Fact]
    public void What_the_kernel_dropped_is_counted_too()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux tells what it dropped for a socket.");
        const int Sent = 40_000;
        // Read by nobody while the sender runs: the system's buffer overflows.
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = 4096 };
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        for (var i = 0; i < Sent; i++)
        {
            sender.SendTo(Sentences.Bytes("x"), socket.LocalEndPoint!);
        }

        var read = 0;
        for (socket.Blocking = false; socket.Available > 0; read++)
        {
            socket.Receive(new byte[16]);
        }

        Assert.InRange(read, 1, Sent - 1);
        Assert.Equal(Sent - read, KernelDrops.Of(socket));
    }

    [Fact]
    public async Task Line_numbers_of_IEC_61162_450_tell_what_was_lost_on_the_way_across_the_round()
    {
        await using var consumer = new Consumer();
        var feed = await ReceivingAsync(consumer);
        const int Sent = 2_500;
        var skipped = 0;
        for (var i = 1; i <= Sent; i++)
        {
            // One in ten never arrives; neither the first nor the last, which no number could tell.
            if (i % 10 == 5)
            {
                skipped++;
                continue;
            }

            Send(feed, "UdPbC\0" + Sentences.Numbered(i, i) + "\r\n");
            if (i % 250 == 0)
            {
                await Task.Delay(5, TestContext.Current.CancellationToken);
            }
        }

        await consumer.AccountsForAsync(Sent, "udp IEC 61162-450");
        Assert.Equal(skipped, consumer.Count.Lost);
        Assert.Equal(Sent - skipped, consumer.Count.Accepted);
    }

    [Fact]
    public async Task A_multicast_group_is_joined()
    {
        var group = IPAddress.Parse("239.192.0.4");
        await using var consumer = new Consumer();
        var feed = new NmeaUdpFeed(consumer.Setting, new UdpPlace(new IPEndPoint(IPAddress.Any, 0), group, IPAddress.Loopback));
        consumer.Start(feed);
        await consumer.UntilAsync(c => feed.Port > 0 || c.Said.Count > 0);
        Assert.SkipWhen(feed.Port == 0, $"No multicast on loopback here: {consumer.Said[0].Text}");
        sender.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastInterface, IPAddress.Loopback.GetAddressBytes());
        sender.SendTo(Sentences.Bytes("UdPbC\0" + Sentences.Numbered(1, 1) + "\r\n"), new IPEndPoint(group, feed.Port));
        await consumer.AccountsForAsync(1, "udp multicast");
        Assert.Equal(1, consumer.Sightings);
    }

    private static async Task<NmeaUdpFeed> ReceivingAsync(Consumer consumer, int mostDatagrams = NmeaUdpFeed.MostDatagrams)
    {
        var feed = new NmeaUdpFeed(consumer.Setting, new UdpPlace(new IPEndPoint(IPAddress.Loopback, 0)), mostDatagrams);
        consumer.Start(feed);
        await consumer.UntilAsync(_ => feed.Port > 0);
        return feed;
    }

    private void Send(NmeaUdpFeed feed, string text) => sender.SendTo(Sentences.Bytes(text), new IPEndPoint(IPAddress.Loopback, feed.Port));
}
