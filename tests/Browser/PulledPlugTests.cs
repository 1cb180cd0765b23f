using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using MaritimeWatch.Feeds.Exercise;
using MaritimeWatch.Support;

namespace MaritimeWatch.Browser;

/// <summary>Two feeds of the exercise by TCP, west and east; the plug of one is pulled (PRODUCT A13).</summary>
[Collection("one browser and one server on few cores: journeys one after the other")]
public sealed class PulledPlugTests(Watch watch, ITestOutputHelper output)
{
    private const double Speed = 120;

    private static readonly string[] West = ["EXER-WIGHT", "EXER-BEACHY", "EXER-LEHAVRE", "EXER-DIEPPE"];

    [Fact]
    public async Task The_pill_turns_within_two_usual_intervals_the_banner_says_what_is_not_watched_and_no_silence_there_is_raised()
    {
        using var folder = new TemporaryFolder();
        await using var shore = new Shore();
        var address = SharedData.FreeAddress();
        await using var program = RunningProgram.Start("serve", "--urls", address, "--set", $"Node:DataFolder={folder.Path}", "Node:Exercise=true", $"Exercise:Speed={Speed}", $"Mail:PickupFolder={folder.At("mail")}",
            "Feeds:0:Name=west", $"Feeds:0:Source=tcp://127.0.0.1:{shore.WestPort}", "Feeds:1:Name=east", $"Feeds:1:Source=tcp://127.0.0.1:{shore.EastPort}");
        using var client = new ConsoleClient(address);
        await client.FirstStartAsync(await program.SaysAsync("one-time code", TimeSpan.FromSeconds(90)));
        var sending = shore.SendAsync();
        await Watch.UntilAsync(async () => shore.LeadInSent && (await FeedsAsync(client)).All(f => f.State == "live"), "both feeds live", TimeSpan.FromMinutes(2));
        var page = await watch.PageAsync(address: address);
        await Task.Delay(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        var usual = (await FeedsAsync(client)).Single(f => f.Name == "west").UsualIntervalSeconds;
        var raisedBefore = (await client.AlertsAsync()).Select(IdOf).ToHashSet();

        var pulledAt = await client.NowAsync();
        shore.PullPlug();
        var since = Stopwatch.StartNew();
        await Watch.UntilAsync(async () => await page.Locator(".feed-pill[data-feed=west]").GetAttributeAsync("class") is { } pill && !pill.Contains("feed-live", StringComparison.Ordinal), "the pill", TimeSpan.FromSeconds(60));
        var turned = since.Elapsed.TotalSeconds;
        output.WriteLine($"pill of west turned after {turned:0.0} s, usual interval {usual:0.0} s: {turned / usual:0.00} usual intervals");
        Assert.True(turned <= 2 * usual, $"{turned:0.0} s, usual interval {usual:0.0} s");
        Assert.Contains("feed-live", (await page.Locator(".feed-pill[data-feed=east]").GetAttributeAsync("class"))!, StringComparison.Ordinal);
        var banner = await page.InnerTextAsync("#not-watched");
        output.WriteLine($"banner: {banner}");
        Assert.Matches(@"Feed west is (late|down) \(nothing for \d+ s, usually something within \d+ s\): silences in the waters it serves \(49\.\d° N to 51\.\d° N, \d\.\d° W to \d\.\d° E\) are not judged meanwhile", banner);

        // An hour and a half of the exercise and more go by: ships that only the west hears have fallen silent for longer than a silence that is judged.
        await Watch.UntilAsync(async () => await client.NowAsync() > pulledAt.AddHours(1.7), "an hour and a half of the exercise", TimeSpan.FromMinutes(5));
        var feed = await client.GetAsync("/api/feeds/west");
        var cells = feed.GetProperty("cells").EnumerateArray().Select(c => (c.GetProperty("southDeg").GetDouble(), c.GetProperty("westDeg").GetDouble())).ToHashSet();
        var silences = (await client.GetAsync("/api/findings?kind=silence")).GetProperty("findings").EnumerateArray()
            .Where(f => f.GetProperty("startTime").GetDateTimeOffset() > pulledAt.AddMinutes(-10) && cells.Contains(CellOf(f.GetProperty("start")))).ToList();
        var byClass = silences.GroupBy(f => f.GetProperty("class").GetString()).ToDictionary(g => g.Key!, g => g.Count());
        output.WriteLine($"{silences.Count} silences in {cells.Count} cells of west since the plug was pulled: {string.Join(", ", byClass.Select(c => $"{c.Key} {c.Value}"))}; feed {feed.GetProperty("health").GetProperty("state")}");
        Assert.True(silences.Count >= 30, $"only {silences.Count} silences: nothing was put to the test");
        Assert.DoesNotContain(silences, f => f.GetProperty("alert").GetBoolean());
        Assert.True(byClass.GetValueOrDefault("cannotTell") > 0);
        Assert.Equal("down", feed.GetProperty("health").GetProperty("state").GetString());
        Assert.Contains("feed-down", (await page.Locator(".feed-pill[data-feed=west]").GetAttributeAsync("class"))!, StringComparison.Ordinal);

        // The time bar says so too, and its bars are hatched from the pull on.
        await Watch.UntilAsync(async () => (await page.InnerTextAsync("#time-summary")).Contains("feed west in doubt", StringComparison.Ordinal), "the hatch on the time bar", TimeSpan.FromSeconds(70));
        var history = await client.GetAsync($"/api/history/histogram?from={pulledAt.AddHours(-1):yyyy-MM-dd'T'HH:mm:ss'Z'}&to={pulledAt.AddHours(2):yyyy-MM-dd'T'HH:mm:ss'Z'}");
        Assert.Contains(history.GetProperty("doubts").EnumerateArray(), d => d.GetProperty("feed").GetString() == "west" && (d.GetProperty("from").GetDateTimeOffset() - pulledAt).Duration() < TimeSpan.FromMinutes(20));
        await page.ScreenshotAsync(new Microsoft.Playwright.PageScreenshotOptions { Path = Environment.GetEnvironmentVariable("MW_SCREENSHOT_FEED") ?? Path.Combine(Path.GetTempPath(), "mw-feed-down.png") });

        // Plugged in again: live, and the hole still raises nobody.
        shore.PlugIn();
        await Watch.UntilAsync(async () => (await FeedsAsync(client)).All(f => f.State == "live"), "west live again", TimeSpan.FromSeconds(60));
        await Task.Delay(TimeSpan.FromSeconds(12), TestContext.Current.CancellationToken);
        var raised = (await client.AlertsAsync()).Where(a => !raisedBefore.Contains(IdOf(a))).ToList();
        output.WriteLine($"alerts raised from the pull until {await client.NowAsync():HH:mm'Z'} of the exercise: {raised.Count}");
        Assert.Empty(raised);
        await shore.DisposeAsync();
        await sending;
    }

    private static string IdOf(JsonElement alert) => alert.GetProperty("caseId").GetString()!;

    private static (double, double) CellOf(JsonElement place) =>
        (Math.Round(Math.Floor(place.GetProperty("latDeg").GetDouble() / 0.1) * 0.1, 1), Math.Round(Math.Floor(place.GetProperty("lonDeg").GetDouble() / 0.1) * 0.1, 1));

    private static async Task<IReadOnlyList<(string Name, string State, double UsualIntervalSeconds)>> FeedsAsync(ConsoleClient client) =>
        [.. (await client.GetAsync("/api/watch")).GetProperty("feeds").EnumerateArray().Select(f => (f.GetProperty("name").GetString()!, f.GetProperty("state").GetString()!, f.GetProperty("usualIntervalSeconds").GetDouble()))];

    /// <summary>The shore: the exercise from 09:30 on, two hours at once and then in its time, each half by a TCP server of its own.</summary>
    private sealed class Shore : IAsyncDisposable
    {
        private static readonly TimeSpan Begin = TimeSpan.FromHours(9.5), LeadIn = TimeSpan.FromHours(2);

        private readonly TcpListener west = Listening(), east = Listening();
        private readonly CancellationTokenSource stop = new();
        private volatile bool plugged = true;

        public int WestPort => ((IPEndPoint)west.LocalEndpoint).Port;

        public int EastPort => ((IPEndPoint)east.LocalEndpoint).Port;

        public bool LeadInSent { get; private set; }

        /// <summary>The line stays open and nothing comes through it, as when an antenna or a cable fails.</summary>
        public void PullPlug() => plugged = false;

        public void PlugIn() => plugged = true;

        public async Task SendAsync()
        {
            var scenario = ExerciseScenario.Load(Path.Combine(SharedData.Root, "seeds", "exercise"));
            using var toWest = await west.AcceptTcpClientAsync(stop.Token);
            using var toEast = await east.AcceptTcpClientAsync(stop.Token);
            var (start, live) = (scenario.Start + Begin, scenario.Start + Begin + LeadIn);
            long? began = null;
            try
            {
                foreach (var line in scenario.Lines(start))
                {
                    if (line.DeliveredAt >= live)
                    {
                        LeadInSent = true;
                        began ??= Stopwatch.GetTimestamp();
                        var ahead = ((line.DeliveredAt - live) / Speed) - Stopwatch.GetElapsedTime(began.Value);
                        if (ahead > TimeSpan.FromMilliseconds(50))
                        {
                            await Task.Delay(ahead, stop.Token);
                        }
                    }

                    var isWest = West.Any(station => line.Text.Contains(station, StringComparison.Ordinal));
                    if (!isWest || plugged)
                    {
                        await (isWest ? toWest : toEast).GetStream().WriteAsync(Encoding.ASCII.GetBytes(line.Text + "\r\n"), stop.Token);
                    }
                }
            }
            catch (Exception e) when (e is OperationCanceledException or IOException)
            {
                // The test is over.
            }
        }

        public async ValueTask DisposeAsync()
        {
            await stop.CancelAsync();
            west.Stop();
            east.Stop();
        }

        private static TcpListener Listening()
        {
            var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            return listener;
        }
    }
}
