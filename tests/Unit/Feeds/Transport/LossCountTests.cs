using System.Net;
using System.Text;
using MaritimeWatch.Feeds.Transport;

namespace MaritimeWatch.Unit.Feeds.Transport;

public sealed class LossCountTests
{
    [Theory]
    [InlineData("1 2 3 4", 0)]
    [InlineData("1 2 5 6", 2)]
    [InlineData("997 998 999 1 2", 0)]
    [InlineData("998 3", 3)]
    [InlineData("5 7 6 8", 0)]
    [InlineData("500 1 2 3", 0)]
    [InlineData("7 7 8", 0)]
    [InlineData("0 5 1000 7", 1)]
    public void Numbers_passed_over_are_missing_unless_they_come_late_or_the_sender_began_anew(string heard, long missing)
    {
        var numbers = new SentenceNumbers();
        foreach (var number in heard.Split(' '))
        {
            numbers.Heard(IPAddress.Loopback, Encoding.ASCII.GetBytes($"\\s:AI0001,n:{number}*00\\!AIVDM,1,1,,A,x,0*00\r\n"));
        }

        Assert.Equal(missing, numbers.Missing);
    }

    [Fact]
    public void Each_source_counts_by_itself_and_lines_without_a_number_say_nothing()
    {
        var numbers = new SentenceNumbers();
        foreach (var line in new[] { "\\s:A,n:1*00\\x", "\\s:B,n:9*00\\x", "!AIVDM", "\\s:A*00\\x", "\\s:A,n:x*00\\x", "\\n:3", "\\s:A,n:2*00\\x\n\\s:B,n:11*00\\x" })
        {
            numbers.Heard(IPAddress.Loopback, Encoding.ASCII.GetBytes(line));
        }

        Assert.Equal(1, numbers.Missing);
    }

    [Fact]
    public void A_hostile_sender_of_many_sources_fills_no_memory()
    {
        var numbers = new SentenceNumbers();
        for (var source = 0; source < 3 * SentenceNumbers.MostSources; source++)
        {
            numbers.Heard(IPAddress.Loopback, Encoding.ASCII.GetBytes($"\\s:{source},n:1*00\\x\n\\s:{source},n:3*00\\x"));
        }

        Assert.Equal(SentenceNumbers.MostSources, numbers.Missing);
    }

    [Fact]
    public void A_full_ring_counts_the_lines_it_drops_and_holds_no_more_than_its_bounds()
    {
        var ring = new DatagramRing(most: 2, mostBytes: 100);
        ring.Add(IPAddress.Loopback, "one\r\n"u8);
        ring.Add(IPAddress.Loopback, new byte[96]);
        ring.Add(IPAddress.Loopback, "two\r\n"u8);
        ring.Add(IPAddress.Loopback, "a\r\nb\r\nc"u8);
        Assert.Equal((4, 0, 2), (ring.TakeLost(), ring.TakeLost(), ring.MostHeld));
        Assert.True(ring.TryTake(out var first) && first.Text.AsSpan().SequenceEqual("one\r\n"u8));
        Assert.True(ring.TryTake(out _) && !ring.TryTake(out _));
    }

    [Fact]
    public void The_drops_of_a_socket_are_read_from_the_table_of_the_kernel()
    {
        string[] table =
        [
            "   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops            ",
            " 1064: 0100007F:277E 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 41857 2 00000000f0d5b1c4 0        ",
            " 2090: 00000000:2780 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 41858 2 00000000a7715f02 31178        ",
        ];
        Assert.Equal((0L, 31178L, null), (KernelDrops.In(table, "41857"), KernelDrops.In(table, "41858"), KernelDrops.In(table, "1")));
    }

    [Fact]
    public void Waits_grow_from_one_second_to_a_minute_and_begin_anew_after_a_success()
    {
        var wait = new BackOff("coast");
        var pauses = Enumerable.Range(0, 12).Select(_ => wait.Next().TotalSeconds).ToList();
        Assert.InRange(pauses[0], 1, 1.25);
        Assert.All(pauses.Zip(pauses.Skip(1)).Take(6), p => Assert.True(p.Second > p.First));
        Assert.All(pauses.Skip(6), p => Assert.Equal(60, p));
        wait.Reset();
        Assert.InRange(wait.Next().TotalSeconds, 1, 1.25);
        Assert.NotEqual(new BackOff("coast").Next(), new BackOff("another coast").Next());
    }
}
