using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MaritimeWatch.Feeds.Ais;
using MaritimeWatch.Storage;
using MaritimeWatch.Storage.Sqlite;

namespace MaritimeWatch.Benchmarks;

/// <summary>
/// A made-up national feed that drives the whole program at a multiple of real time: sentences with tag blocks over TCP, from a
/// fleet that reports every ten seconds. It tells what the program took, how far it fell behind, and what it cost.
/// Use: <c>-- load VESSELS TIMES SECONDS [setting …]</c>, for example <c>-- load 5000 60 60</c>.
/// </summary>
public static class LoadBench
{
    private const int ReportEverySeconds = 10;

    private static readonly DateTimeOffset Start = new(2026, 3, 14, 0, 0, 0, TimeSpan.Zero);

    public static async Task RunAsync(string[] arguments)
    {
        var (vessels, times, seconds) = (int.Parse(arguments[0], CultureInfo.InvariantCulture), double.Parse(arguments[1], CultureInfo.InvariantCulture), int.Parse(arguments[2], CultureInfo.InvariantCulture));
        var folder = Directory.CreateTempSubdirectory("mw-load-");
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var program = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        string[] serve = [Path.Combine(AppContext.BaseDirectory, "MaritimeWatch.Server.dll"), "serve", $"tcp://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}", "--urls", "http://127.0.0.1:0", "--set", $"Node:DataFolder={folder.FullName}", .. arguments[3..]];
        foreach (var argument in serve)
        {
            program.ArgumentList.Add(argument);
        }

        using var running = Process.Start(program)!;
        _ = running.StandardOutput.ReadToEndAsync();
        try
        {
            using var client = await listener.AcceptTcpClientAsync();
            var (sent, took) = await SendAsync(client.GetStream(), vessels, times, TimeSpan.FromSeconds(seconds));
            client.Client.Shutdown(SocketShutdown.Send);
            var began = Stopwatch.GetTimestamp();
            await using var store = SqliteStore.Open(Path.Combine(folder.FullName, "watch.db"));
            IReadOnlyList<FeedCheckpoint> stands;
            do
            {
                await Task.Delay(100);
                stands = await store.Feeds.CheckpointsAsync();
            }
            while (stands.Sum(s => s.Totals.Lines) < sent && Stopwatch.GetElapsedTime(began) < TimeSpan.FromMinutes(5));
            running.Refresh();
            var wanted = vessels / (double)ReportEverySeconds * times;
            Console.WriteLine($"{vessels} vessels at {times}x: {wanted:N0} lines/s wanted, {sent / took.TotalSeconds:N0} sent, {sent:N0} lines in all; the last was kept {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s after it was sent");
            Console.WriteLine($"kept {stands.Sum(s => s.Totals.Lines):N0} lines: {stands.Sum(s => s.Totals.Accepted):N0} accepted, {stands.Sum(s => s.Totals.Duplicates):N0} duplicates, {stands.Sum(s => s.Totals.RejectedTotal):N0} rejected; {running.WorkingSet64 / 1048576.0:N0} MiB resident, {running.TotalProcessorTime.TotalSeconds / took.TotalSeconds:0.00} cores");
        }
        finally
        {
            running.Kill();
            await running.WaitForExitAsync();
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Sends until the time is over; a full socket slows the sending, as a slow reader slows a real service.</summary>
    private static async Task<(long Lines, TimeSpan Took)> SendAsync(NetworkStream stream, int vessels, double times, TimeSpan length)
    {
        var (began, sent, buffer) = (Stopwatch.GetTimestamp(), 0L, new StringBuilder());
        while (Stopwatch.GetElapsedTime(began) < length)
        {
            var due = (long)(Stopwatch.GetElapsedTime(began).TotalSeconds * times * vessels / ReportEverySeconds);
            buffer.Clear();
            for (; sent < due && buffer.Length < 200_000; sent++)
            {
                Append(buffer, (int)(sent % vessels), sent / vessels * ReportEverySeconds * 1000 + (sent % vessels * ReportEverySeconds * 1000 / vessels));
            }

            await stream.WriteAsync(Encoding.ASCII.GetBytes(buffer.ToString()));
            await Task.Delay(buffer.Length == 0 ? 5 : 0);
        }

        return (sent, Stopwatch.GetElapsedTime(began));
    }

    /// <summary>A vessel on a straight course back and forth, each on a line of her own.</summary>
    private static void Append(StringBuilder into, int vessel, long ms)
    {
        var (at, hours) = (Start.AddMilliseconds(ms), ms / 3_600_000.0);
        var leg = Math.Abs((((hours * 0.2) + (vessel % 100 / 100.0)) % 2) - 1);
        Span<char> payload = stackalloc char[AisEncoder.LongestPayload + 1];
        var report = new ClassAPosition(211_000_000 + vessel, 0, null, 12, false, -20 + (vessel % 50) + leg, 30 + (vessel / 50 % 300 * 0.1), 90, 90, at.Second);
        var length = AisEncoder.ClassA(1, report, 0, payload);
        var tag = $"s:LOAD,c:{at.ToUnixTimeSeconds()}";
        var sentence = $"AIVDM,1,1,,A,{payload[..length]},0";
        into.Append(CultureInfo.InvariantCulture, $"\\{tag}*{NmeaChecksum.Of(Encoding.ASCII.GetBytes(tag)):X2}\\!{sentence}*{NmeaChecksum.Of(Encoding.ASCII.GetBytes(sentence)):X2}\r\n");
    }
}
