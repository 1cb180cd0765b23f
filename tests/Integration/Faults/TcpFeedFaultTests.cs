using System.Net;
using System.Net.Sockets;
using System.Text;
using MaritimeWatch.Feeds;
using MaritimeWatch.Feeds.Transport;

namespace MaritimeWatch.Integration.Faults;

public sealed class TcpFeedFaultTests
{
    // A type 5 message in two parts, and a type 1 (gpsd's public samples of AIVDM).
    private const string PartOne = "!AIVDM,2,1,1,A,55?MbV02;H;s<HtKR20EHE:0@T4@Dn2222222216L961O5Gf0NSQEp6ClRp8,0*1C";
    private const string PartTwo = "!AIVDM,2,2,1,A,88888888880,2*25";
    private const string Position = "!AIVDM,1,1,,B,177KQJ5000G?tO`K>RA1wUbN0TKH,0*5C";
    private static readonly string Half = Position[..25];

    [Fact]
    public async Task A_broken_connection_is_taken_up_again_and_half_lines_and_half_messages_are_joined_to_nothing()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var said = new List<string>();
        var feed = new NmeaTcpFeed("coast", "127.0.0.1", ((IPEndPoint)server.LocalEndpoint).Port, TimeProvider.System, said.Add);
        var batches = new List<ObservationBatch>();
        var reading = Task.Run(async () =>
        {
            await foreach (var batch in feed.ReadAsync(null, stop.Token))
            {
                batches.Add(batch);
                if (batches.Sum(b => b.Count.Lines) >= 5)
                {
                    return;
                }
            }
        }, stop.Token);

        await SendAsync(server, $"{Position}\r\n{PartOne}\r\n{Half}", stop.Token);
        await SendAsync(server, $"{PartTwo}\r\n{Position}\r\n", stop.Token);
        // The second connection's lone part is a line too, once its connection ends.
        await reading;

        Assert.Equal(5, batches.Sum(b => b.Count.Lines));
        Assert.Single(batches.SelectMany(b => b.Sightings));
        Assert.Empty(batches.SelectMany(b => b.Statics));
        Assert.Equal(1, batches.Sum(b => b.Count.Accepted));
        Assert.Equal(1, batches.Sum(b => b.Count.Duplicates));
        Assert.Equal(3, batches.Sum(b => b.Count.RejectedTotal));
        Assert.Contains(batches.SelectMany(b => b.Rejections), r => r.Raw == Half);
        Assert.Equal(2, said.Count(s => s.StartsWith("connected", StringComparison.Ordinal)));
        Assert.Contains(said, s => s.Contains("closed the connection; trying again", StringComparison.Ordinal));
    }

    private static async Task SendAsync(TcpListener server, string text, CancellationToken cancel)
    {
        using var client = await server.AcceptTcpClientAsync(cancel);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text), cancel);
    }
}
