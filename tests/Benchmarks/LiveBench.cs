using System.Diagnostics;
using System.Globalization;
using MaritimeWatch.Server.Watch;
using MaritimeWatch.Storage;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Benchmarks;

/// <summary>
/// What the live picture costs the server: 200,000 vessels known, 20,000 in each of 50 views, a tenth reporting every second. Beside it
/// what was done before: every console's frame looks at all vessels.
/// </summary>
internal static class LiveBench
{
    private const int Known = 200_000, InView = 20_000, Consoles = 50, Seconds = 20;

    public static void Run()
    {
        using var picture = new LivePicture();
        var random = new Random(3);
        var places = Enumerable.Range(0, Known).Select(i => i < InView ? (Lat: 53 + (random.NextDouble() * 4), Lon: random.NextDouble() * 8) : (Lat: (random.NextDouble() * 120) - 60, Lon: (random.NextDouble() * 358) - 179)).ToArray();
        var start = DateTimeOffset.UnixEpoch.AddYears(50);
        LatestFix At(int i, int second) => new(new Mmsi(230_000_000 + (i * 37)), new Fix(start.AddSeconds(second), new GeoPoint(places[i].Lat, places[i].Lon + (second * 0.0001)), 12, 90));
        var whole = Timed(() => picture.Show(Enumerable.Range(0, Known).Select(i => At(i, 0))));
        var near = new Viewport(new GeoBox(53.2, 0.2, 56.8, 7.8), 6.5, new HashSet<Mmsi>());
        var far = new Viewport(new GeoBox(-60, -179, 75, 179), 2.5, new HashSet<Mmsi>());
        var views = Enumerable.Range(0, Consoles).Select(_ => new LiveView(picture)).ToArray();
        var (first, show, one, all, everything) = (Timed(() => views[0].Next(near, start, 1)), new List<double>(), new List<double>(), new List<double>(), new List<double>());
        var (farView, counted, bytes) = (new LiveView(picture), new List<double>(), 0);
        var before = picture.Changed(0, _ => { });
        for (var second = 1; second <= Seconds; second++)
        {
            show.Add(Timed(() => picture.Show(Enumerable.Range(0, Known).Where(i => (i + second) % 10 == 0).Select(i => At(i, second)))));
            one.Add(Timed(() => bytes = views[0].Next(near, start.AddSeconds(second), 1).Length));
            all.Add(Timed(() => Parallel.ForEach(views, v => v.Next(near, start.AddSeconds(second), 1))));
            counted.Add(Timed(() => farView.Next(far, start.AddSeconds(second), 1)));
            everything.Add(Timed(() => before = picture.Changed(before, new LiveFrame(LiveFrame.Changes).Add)));
            Thread.Sleep(1000);
        }

        string Ms(List<double> values) => Spread.Of(values).ToString();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            | {Known:N0} vessels, {InView:N0} in view, {Consoles} consoles | ms, p50 / p95 / most |
            | --- | --- |
            | taking in all at the start | {whole:0} |
            | taking in the 20,000 reports of a second | {Ms(show)} |
            | first frame of a view | {first:0.0} |
            | frame of a view with a tenth changed ({bytes:N0} bytes) | {Ms(one)} |
            | frames of {Consoles} consoles, on {Environment.ProcessorCount} cores | {Ms(all)} |
            | frame of the whole world, counted by cell | {Ms(counted)} |
            | changes of everything, as before, for one console | {Ms(everything)} |
            """));
    }

    private static double Timed(Action act)
    {
        var began = Stopwatch.GetTimestamp();
        act();
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }
}
