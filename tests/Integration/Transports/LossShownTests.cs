using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using MaritimeWatch.Support;

namespace MaritimeWatch.Integration.Transports;

/// <summary>The whole program on a UDP feed: what was lost is on the console, and still there after a kill.</summary>
public sealed class LossShownTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task What_was_lost_is_told_with_the_feed_and_outlives_a_kill()
    {
        var (address, source) = (SharedData.FreeAddress(), $"udp://127.0.0.1:{FreeUdpPort()}");
        using var client = new ConsoleClient(address);
        await using (var program = Start(address, source))
        {
            await client.FirstStartAsync(await program.SaysAsync("one-time code", TimeSpan.FromSeconds(60)));
            using var sender = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            foreach (var number in new[] { 1, 2, 5, 6, 10 })
            {
                sender.SendTo(Sentences.Bytes("UdPbC\0" + Sentences.Numbered(number, number)), new IPEndPoint(IPAddress.Loopback, new Uri(source).Port));
            }

            await TellsAsync(client, lines: 5, lost: 5);
            await program.KillAsync();
        }

        await using var again = Start(address, source);
        await again.SaysAsync("the console is at", TimeSpan.FromSeconds(60));
        await client.SignInAsync();
        await TellsAsync(client, lines: 5, lost: 5);
    }

    private RunningProgram Start(string address, string source) => RunningProgram.Start("serve", source, "--urls", address, "--set", $"Node:DataFolder={folder.At("data")}", $"Mail:PickupFolder={folder.At("outbox")}");

    private static async Task TellsAsync(ConsoleClient client, long lines, long lost)
    {
        var feed = default(JsonElement);
        for (var begun = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(begun) < Consumer.Limit; await Task.Delay(200))
        {
            feed = (await client.GetAsync("/api/watch")).GetProperty("feeds").EnumerateArray().FirstOrDefault();
            if (feed.ValueKind == JsonValueKind.Object && feed.GetProperty("lines").GetInt64() == lines && feed.GetProperty("lost").GetInt64() == lost)
            {
                return;
            }
        }

        Assert.Fail($"Expected {lines} lines and {lost} lost, found {feed}");
    }

    private static int FreeUdpPort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
