using System.Globalization;

namespace MaritimeWatch.Benchmarks;

/// <summary>
/// The console with many vessels, in a real Chromium on the real server, and a plain GeoJSON source on the same frames in the same run.
/// </summary>
internal static class ConsoleBench
{
    private const int Known = 200_000;

    /// <summary>Runs with <c>--vessels N --minutes N --each-second --write FILE</c>; 20,000 and 50,000 vessels for a minute when left out. With <c>--views N</c> only so many first views are timed.</summary>
    public static async Task RunAsync(string[] args)
    {
        string? Value(string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
        var vessels = Value("--vessels") is { } one ? [int.Parse(one, CultureInfo.InvariantCulture)] : new[] { 20_000, 50_000 };
        var minutes = double.Parse(Value("--minutes") ?? "1", CultureInfo.InvariantCulture);
        var lines = new List<string>
        {
            "| vessels in view | reports | vessels a frame | first view (with coast and names) | drawer open (at once after the first view) | main thread a frame, p50 / p95 / most | frame received to drawn | GeoJSON: main thread | GeoJSON: received to drawn | frame while panning | heap, first and last | taking in a second |",
            "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
        };
        string renderer = "";
        foreach (var (inView, each) in vessels.SelectMany(v => (bool[])(args.Contains("--each-second") ? [true] : args.Contains("--usual") ? [false] : [false, true]), (v, e) => (v, e)))
        {
            await using var world = new ConsoleWorld(inView, each ? inView : Known, each);
            await world.StartAsync();
            await using var page = await ConsolePage.OpenAsync(world.Address);
            if (Value("--views") is { } views)
            {
                var all = await page.FirstViewsAsync((int)(inView * 0.99), int.Parse(views, CultureInfo.InvariantCulture));
                Console.WriteLine($"first view of {inView:N0} of {(each ? inView : Known):N0}, s: {string.Join(' ', all.Select(ms => (ms / 1000).ToString("0.00", CultureInfo.InvariantCulture)))}; median {all.Order().ElementAt(all.Count / 2) / 1000:0.00}");
                continue;
            }

            var f = await page.MeasureAsync((int)(inView * 0.99), TimeSpan.FromMinutes(minutes));
            renderer = f.Renderer;
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"| {inView:N0} of {(each ? inView : Known):N0} | {(each ? "every one each second" : "10 s under way, 180 s still")} | {f.VesselsPerFrame:N0} | {f.FirstView / 1000:0.0} s ({f.Whole / 1000:0.0} s) | {f.Drawer:0} ms ({f.DrawerSoon:0} ms) | {f.MainThread} ms | {f.Drawn} ms | {f.PeerMainThread} ms | {f.PeerDrawn} ms | {f.Frame} ms | {f.HeapMiB[0]:0.0}, {f.HeapMiB[^1]:0.0} MiB in {minutes:0.#} min | {world.ShowMs.Mean:0.0} ms |"));
            Console.WriteLine(string.Join('\n', lines));
            Console.WriteLine($"heap by minute, MiB: {string.Join(' ', f.HeapMiB.Select(h => h.ToString("0.00", CultureInfo.InvariantCulture)))}");
        }

        var load = File.Exists("/proc/loadavg") ? (await File.ReadAllTextAsync("/proc/loadavg")).Split(' ')[1] : "not known";
        lines.Insert(0, $"{TimeProvider.System.GetUtcNow():yyyy-MM-dd}, {Environment.ProcessorCount} cores shared with other work (load {load}), {renderer}, 1440 × 900.\n");
        if (Value("--write") is { } file)
        {
            await File.WriteAllLinesAsync(file, lines);
        }
    }
}
