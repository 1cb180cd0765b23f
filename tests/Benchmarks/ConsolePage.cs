using System.Text.Json;
using Microsoft.Playwright;

namespace MaritimeWatch.Benchmarks;

/// <summary>What was measured in the page, milliseconds unless named otherwise.</summary>
internal sealed record ConsoleFigures(double FirstView, double Whole, double DrawerSoon, double Drawer, Spread MainThread, Spread Drawn, Spread Frame, Spread PeerMainThread, Spread PeerDrawn, int VesselsPerFrame, int Frames, IReadOnlyList<double> HeapMiB, string Renderer);

/// <summary>Median, 95th percentile and greatest of some values.</summary>
internal sealed record Spread(double P50, double P95, double Most, int Count)
{
    public static Spread Of(JsonElement values) => Of([.. values.EnumerateArray().Select(v => v.GetDouble())]);

    public static Spread Of(List<double> values)
    {
        values.Sort();
        double At(double share) => values.Count == 0 ? double.NaN : values[Math.Min(values.Count - 1, (int)(share * values.Count))];
        return new Spread(At(0.5), At(0.95), At(1), values.Count);
    }

    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{P50:0.0} / {P95:0.0} / {Most:0.0}");
}

/// <summary>The console in a real Chromium, 1440 x 900.</summary>
internal sealed class ConsolePage : IAsyncDisposable
{
    private const int Before = 3, WarmMs = 5000, SettledMs = 5000, SnapshotEvery = 5;

    private const double Lat = (ConsoleWorld.SouthDeg + ConsoleWorld.NorthDeg) / 2, Lon = (ConsoleWorld.WestDeg + ConsoleWorld.EastDeg) / 2;

    private static readonly TimeSpan HeapEvery = TimeSpan.FromMinutes(1);

    private readonly IPlaywright playwright;
    private readonly IBrowser browser;
    private readonly IPage page;
    private readonly string address;

    /// <summary>Chromium with WebGL in software, as MAPS.md measured it.</summary>
    public static BrowserTypeLaunchOptions Chromium { get; } = new BrowserTypeLaunchOptions
    {
        ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium",
        Args = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--enable-precise-memory-info"],
    };

    private ConsolePage(IPlaywright playwright, IBrowser browser, IPage page, string address) => (this.playwright, this.browser, this.page, this.address) = (playwright, browser, page, address);

    public static async Task<ConsolePage> OpenAsync(string address)
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(Chromium);
        // A watch runs for weeks: the first consoles it ever served are not the one that is timed. The browser's own cache is empty.
        for (var i = 0; i < Before; i++)
        {
            var before = await SignedInAsync(browser, address);
            await before.GotoAsync(address);
            await before.WaitForSelectorAsync("[data-alert-id]");
            await before.WaitForTimeoutAsync(WarmMs);
            await before.Context.CloseAsync();
        }

        var page = await SignedInAsync(browser, address);
        // A new window makes the browser lay out its own menus for some seconds; a person has had it open.
        await page.WaitForTimeoutAsync(WarmMs);
        return new ConsolePage(playwright, browser, page, address);
    }

    private static async Task<IPage> SignedInAsync(IBrowser browser, string address)
    {
        var page = await (await browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 1440, Height = 900 }, ColorScheme = ColorScheme.Light })).NewPageAsync();
        await page.AddInitScriptAsync(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "console-probe.js")));
        await page.GotoAsync($"{address}/sign-in.html?back={Uri.EscapeDataString("/favicon.svg")}");
        await page.FillAsync("#name", ConsoleWorld.Name);
        await page.FillAsync("#password", ConsoleWorld.Password);
        await page.ClickAsync("#submit");
        await page.WaitForSelectorAsync("svg");
        return page;
    }

    public async Task<ConsoleFigures> MeasureAsync(int expected, TimeSpan lasting)
    {
        var (first, whole) = await FirstViewAsync(page, expected);
        var soon = await OpenAsync(0);
        await page.WaitForTimeoutAsync(SettledMs);
        var drawer = await DrawerAsync();
        await page.Keyboard.PressAsync("Escape");
        await BackAsync(expected);
        await page.EvaluateAsync("() => { probe.mainMs.length = probe.drawnMs.length = probe.vessels.length = 0; }");
        var heap = await HeapAsync(lasting);
        var own = await page.EvaluateAsync<JsonElement>("() => ({ main: probe.mainMs, drawn: probe.drawnMs, vessels: probe.vessels })");
        await page.EvaluateAsync("() => probe.pan(8000)");
        var frames = await page.EvaluateAsync<JsonElement>("() => probe.frameMs.slice(2)");
        await page.EvaluateAsync("() => probe.usePeer()");
        await page.WaitForTimeoutAsync(20_000);
        var peer = await page.EvaluateAsync<JsonElement>("() => ({ main: probe.peerMainMs.slice(1), drawn: probe.peerDrawnMs.slice(1) })");
        var renderer = await page.EvaluateAsync<string>("() => { const gl = document.createElement('canvas').getContext('webgl2'); const info = gl.getExtension('WEBGL_debug_renderer_info'); return info ? gl.getParameter(info.UNMASKED_RENDERER_WEBGL) : 'not told'; }");
        return new ConsoleFigures(first, whole, soon, drawer, Spread.Of(own.GetProperty("main")), Spread.Of(own.GetProperty("drawn")), Spread.Of(frames), Spread.Of(peer.GetProperty("main")), Spread.Of(peer.GetProperty("drawn")),
            (int)Spread.Of(own.GetProperty("vessels")).P50, own.GetProperty("vessels").GetArrayLength(), heap, renderer);
    }

    public async ValueTask DisposeAsync()
    {
        await browser.CloseAsync();
        playwright.Dispose();
    }

    /// <summary>First views of so many windows, one after the other, each with an empty cache.</summary>
    public async Task<IReadOnlyList<double>> FirstViewsAsync(int expected, int times)
    {
        var all = new List<double>();
        while (all.Count < times)
        {
            var one = await SignedInAsync(browser, address);
            await one.WaitForTimeoutAsync(WarmMs);
            all.Add((await FirstViewAsync(one, expected)).First);
            await one.Context.CloseAsync();
        }

        return all;
    }

    private async Task<(double First, double Whole)> FirstViewAsync(IPage page, int expected)
    {
        await page.GotoAsync(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{address}/?expected={expected}#lat={Lat}&lon={Lon}&zoom={ConsoleWorld.Zoom}"));
        for (var tries = 0; tries < 600; tries++)
        {
            if (await page.EvaluateAsync<double?>("() => probe.firstMs") is { } ms)
            {
                var whole = await page.EvaluateAsync<double>("() => probe.whole");
                Console.WriteLine($"first view {ms:0} ms, with coast and names {whole:0} ms, its parts after {await page.EvaluateAsync<string>("() => JSON.stringify(probe.parts)")}");
                return (ms, whole);
            }

            await page.WaitForTimeoutAsync(100);
        }

        throw new TimeoutException($"The first view was not painted within a minute: {await page.EvaluateAsync<string>("() => JSON.stringify({ drawn: window.maritimeWatch?.layer?.drawn, expected: probe.expected, known: window.maritimeWatch?.fleet?.known })")}");
    }

    /// <summary>An alert that is opened takes the map to its ship: back to where all vessels are in view.</summary>
    private async Task BackAsync(int expected)
    {
        await page.EvaluateAsync(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"() => {{ maritimeWatch.map.jumpTo({{ center: [{Lon}, {Lat}], zoom: {ConsoleWorld.Zoom} }}); }}"));
        await page.WaitForFunctionAsync($"() => maritimeWatch.layer.drawn.symbols >= {expected}");
        await page.WaitForTimeoutAsync(SettledMs);
    }

    /// <summary>Median of five openings, one after the other.</summary>
    private async Task<double> DrawerAsync()
    {
        var all = new List<double>();
        for (var i = 1; i <= 5; i++)
        {
            all.Add(await OpenAsync(i));
            await page.WaitForTimeoutAsync(2000);
        }

        return Spread.Of(all).P50;
    }

    /// <summary>From the click on a row until the reasons are painted, measured in the page.</summary>
    private async Task<double> OpenAsync(int row)
    {
        var took = await page.EvaluateAsync<double>("""
            i => new Promise((done, fail) => {
              setTimeout(() => fail(new Error(`no drawer within 30 s: ${document.getElementById('fault').textContent}`)), 30000);
              const row = document.querySelectorAll('[data-alert-id]')[i], began = performance.now();
              row.click();
              const look = () => document.getElementById('drawer').dataset.caseId === row.dataset.alertId && document.getElementById('for') ? requestAnimationFrame(() => done(performance.now() - began)) : requestAnimationFrame(look);
              requestAnimationFrame(look);
            })
            """, row);
        Console.WriteLine($"drawer {took:0} ms");
        return took;
    }

    /// <summary>Heap after a collection, at the start, every minute and at the end.</summary>
    private async Task<IReadOnlyList<double>> HeapAsync(TimeSpan lasting)
    {
        var (session, heap) = (await page.Context.NewCDPSessionAsync(page), new List<double>());
        await session.SendAsync("HeapProfiler.enable");
        await session.SendAsync("Performance.enable");
        async Task LookAsync()
        {
            await session.SendAsync("HeapProfiler.collectGarbage");
            var metrics = (await session.SendAsync("Performance.getMetrics"))!.Value.GetProperty("metrics").EnumerateArray();
            heap.Add(metrics.First(m => m.GetProperty("name").GetString() == "JSHeapUsedSize").GetProperty("value").GetDouble() / 1048576);
            Console.WriteLine($"heap {heap[^1]:0.00} MiB");
        }

        await LookAsync();
        for (var left = lasting; left > TimeSpan.Zero; left -= HeapEvery)
        {
            if (heap.Count % SnapshotEvery == 1)
            {
                Console.WriteLine($"after {heap.Count - 1} min: {await HeapSnapshot.TakeAsync(session)}");
            }

            await Task.Delay(left < HeapEvery ? left : HeapEvery);
            await LookAsync();
        }

        Console.WriteLine($"at the end: {await HeapSnapshot.TakeAsync(session)}");

        return heap;
    }
}
