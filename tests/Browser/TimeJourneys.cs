using System.Globalization;
using System.Text.Json;
using MaritimeWatch.Support;
using Microsoft.Playwright;

namespace MaritimeWatch.Browser;

/// <summary>The time bar and replay (PRODUCT A4, A7, 5.5), step by step, on the real server in a real browser.</summary>
[Collection("one browser and one server on few cores: journeys one after the other")]
public sealed class TimeJourneys(Watch watch, ITestOutputHelper output)
{
    private const string AtMs = "Math.round(maritimeWatch.time.atMs)";

    [Fact]
    public async Task She_replays_a_silence_by_keyboard_and_nobody_takes_it_for_live()
    {
        var page = await watch.PageAsync();
        await ReadyAsync(page);
        Assert.Equal("LIVE", await page.InnerTextAsync("#picture-mode"));
        var silence = await OpenSilenceAsync(page);
        var liveHeader = await HeaderAsync(page);

        // Space plays, from before the silence.
        await page.Keyboard.PressAsync(" ");
        await Watch.UntilAsync(async () => await page.EvaluateAsync<bool>("maritimeWatch.time.replay.playing && maritimeWatch.time.replay.ready"), "it plays");
        await Watch.UntilAsync(async () => await page.EvaluateAsync<double>(AtMs) > silence.StartMs - 1_800_000, "time moves");
        Assert.True(await page.EvaluateAsync<double>(AtMs) < silence.StartMs);
        Assert.Equal("REPLAY", await page.InnerTextAsync("#picture-mode"));
        Assert.Matches(@"REPLAY\s*– time of the picture \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC\s*.* before now", await page.InnerTextAsync("#replay-band"));
        Assert.NotEqual(liveHeader, await HeaderAsync(page));
        Assert.Contains("(replay)", await page.InnerTextAsync("#vessel-count"), StringComparison.Ordinal);
        Assert.Contains("You decide now", await page.InnerTextAsync(".decision"), StringComparison.Ordinal);
        await page.Keyboard.PressAsync(" ");
        Assert.False(await page.EvaluateAsync<bool>("maritimeWatch.time.replay.playing"));

        // Arrows step ten minutes, with Shift an hour; the map stays where it is.
        var (at, centre) = (await page.EvaluateAsync<double>(AtMs), await CentreAsync(page));
        await page.Keyboard.PressAsync("ArrowRight");
        Assert.Equal(at + 600_000, await page.EvaluateAsync<double>(AtMs), 1.0);
        await page.Keyboard.PressAsync("ArrowLeft");
        await page.Keyboard.PressAsync("Shift+ArrowLeft");
        Assert.Equal(at - 3_600_000, await page.EvaluateAsync<double>(AtMs), 1.0);
        await page.Keyboard.PressAsync("Home");
        Assert.Equal(await page.EvaluateAsync<double>("maritimeWatch.time.bar.window.fromMs"), await page.EvaluateAsync<double>(AtMs), 2.0);
        Assert.Contains("replay", await page.GetAttributeAsync("#time-thumb", "aria-valuetext"), StringComparison.Ordinal);
        Assert.Equal(centre, await CentreAsync(page));

        // With the focus on the map arrows move the map and not the time.
        await Watch.UntilAsync(async () => await page.EvaluateAsync<bool>("!maritimeWatch.map.isMoving()"), "the map stands");
        await page.FocusAsync(".maplibregl-canvas");
        at = await page.EvaluateAsync<double>(AtMs);
        await page.Keyboard.PressAsync("ArrowRight");
        await Watch.UntilAsync(async () => await CentreAsync(page) != centre, "the map moved");
        Assert.Equal(at, await page.EvaluateAsync<double>(AtMs), 1.0);

        // The slider by itself; End is the end of the window; n is now, and the live picture is there at once.
        await page.FocusAsync("#time-thumb");
        await page.Keyboard.PressAsync("ArrowRight");
        Assert.Equal(at + 600_000, await page.EvaluateAsync<double>(AtMs), 1.0);
        await page.Keyboard.PressAsync("End");
        Assert.True(await page.EvaluateAsync<double>(AtMs) > at + 3_600_000);
        await page.Keyboard.PressAsync("n");
        Assert.Equal("LIVE", await page.InnerTextAsync("#picture-mode"));
        Assert.False(await page.IsVisibleAsync("#replay-band"));
        Assert.Equal("true", await page.GetAttributeAsync("#time-now", "aria-pressed"));
        Assert.Contains("vessels heard", await page.InnerTextAsync("#vessel-count"), StringComparison.Ordinal);
        Assert.True(await page.EvaluateAsync<bool>("maritimeWatch.layer.fleet === maritimeWatch.fleet"));
        Assert.Equal(liveHeader, await HeaderAsync(page));
    }

    [Fact]
    public async Task Within_the_silence_she_stands_where_she_was_last_heard_and_the_gap_is_a_dashed_line()
    {
        var page = await watch.PageAsync();
        await ReadyAsync(page);
        var silence = await OpenSilenceAsync(page);
        foreach (var minutes in new[] { 12, 20 })
        {
            await SeekAsync(page, silence.StartMs + (minutes * 60_000));
            await Watch.UntilAsync(async () => await page.EvaluateAsync<bool>($"maritimeWatch.time.replay.ready && maritimeWatch.time.fleet.index.has({silence.Mmsi})"), "her picture has come");
            var drawn = await page.EvaluateAsync<double[]>($$"""(() => { const f = maritimeWatch.time.fleet, i = f.index.get({{silence.Mmsi}}), p = f.place(i, [0, 0]); return [p[0] * 360 - 180, Math.atan(Math.sinh(Math.PI * (1 - 2 * p[1]))) * 180 / Math.PI, f.vx[i], f.vy[i], f.isLost(i) ? 1 : 0]; })()""");
            output.WriteLine($"{minutes} min into the silence: {string.Join(", ", drawn.Select(d => d.ToString(CultureInfo.InvariantCulture)))}; off at {silence.LonDeg}, {silence.LatDeg}");
            Assert.Equal(silence.LonDeg, drawn[0], 1e-4);
            Assert.Equal(silence.LatDeg, drawn[1], 1e-4);
            Assert.Equal([0.0, 0.0], drawn[2..4]);
        }

        var gaps = JsonDocument.Parse(await page.EvaluateAsync<string>("JSON.stringify(maritimeWatch.map.getSource('gaps').serialize().data)")).RootElement;
        Assert.Contains(gaps.GetProperty("features").EnumerateArray(), f => f.GetProperty("properties").GetProperty("end").GetString() == "off");
        Assert.Equal(2, await page.EvaluateAsync<int>("maritimeWatch.map.getPaintProperty('gap-line', 'line-dasharray').length"));
        await page.ClickAsync("[data-testid=tab-track]");
        Assert.Contains("Silence", await page.InnerTextAsync(".track-table .silence"), StringComparison.Ordinal);
        Assert.Equal(["GeoJSON", "CSV", "KML", "GPX"], await page.Locator(".track-files a").AllInnerTextsAsync());
        var file = await page.EvaluateAsync<string>("fetch(document.querySelector('.track-files a').href).then(r => r.text())");
        Assert.Contains("TLP:AMBER", file, StringComparison.Ordinal);
        Assert.Contains("EXERCISE", file, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_not_yet_raised_says_so_and_marks_of_alerts_have_names_and_are_reached_by_keyboard()
    {
        var page = await watch.PageAsync();
        await ReadyAsync(page);
        Assert.Equal("u", await page.GetAttributeAsync("#new-bar", "aria-keyshortcuts"));
        await page.Keyboard.PressAsync("Home");
        await Watch.UntilAsync(async () => await page.Locator("[data-alert-id].later").CountAsync() > 0, "alerts not yet raised");
        Assert.Contains("not yet raised", (await page.Locator("[data-alert-id].later").First.InnerTextAsync()), StringComparison.Ordinal);
        var marks = page.Locator("#time-marks button");
        Assert.True(await marks.CountAsync() >= 3);
        Assert.Equal(1, await page.Locator("#time-marks button[tabindex='0']").CountAsync());
        await marks.First.FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        Assert.Matches("began .* raised ", (await page.EvaluateAsync<string>("document.activeElement.getAttribute('aria-label')"))!);
        var at = await page.EvaluateAsync<double>(AtMs);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync("#drawer-title");
        Assert.True(await page.EvaluateAsync<double>(AtMs) > at);
        Assert.Contains("held", await page.InnerTextAsync("#time-summary"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_a_small_screen_the_bar_is_small_and_holds_all_that_is_needed()
    {
        var page = await watch.PageAsync(width: 360, height: 740);
        await ReadyAsync(page);
        Assert.True((await page.Locator("#time-bar").BoundingBoxAsync())!.Height <= 60);
        Assert.True(await page.IsVisibleAsync("#time-play"));
        await page.ClickAsync("#time-fold");
        await page.ClickAsync("#time-presets [data-hours='1']");
        await page.ClickAsync("#time-play");
        Assert.Equal("REPLAY", await page.InnerTextAsync("#picture-mode"));
        Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= 360);
    }

    [Fact]
    public async Task No_place_is_drawn_between_two_positions_that_are_not_joined_and_time_only_goes_on()
    {
        var page = await watch.PageAsync();
        // Two made slices of one ship: joined or not as chance has it, asked at many moments forth and back.
        var faults = await page.EvaluateAsync<string>("""
            (async () => {
              const { ReplayFleet } = await import('/js/replay-fleet.js');
              let seed = 7;
              const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
              for (let run = 0; run < 40; run++) {
                const n = 30, from = 1.8e12, ms = [], joined = [];
                for (let i = 0, t = 0; i < n; i++) { joined.push(random() < 0.6 ? 1 : 0); ms.push(t += 1000 + Math.floor(random() * 900000)); }
                const slice = (a, b) => ({ head: {}, fromMs: from + ms[a], toMs: from + ms[b - 1], mmsi: Uint32Array.of(235000001), end: Uint32Array.of(b - a), ms: Uint32Array.from(ms.slice(a, b).map(t => t - ms[a])),
                  lon: Float32Array.from({ length: b - a }, (_, i) => (a + i) % 2 ? 179.9 : -179.9), lat: Float32Array.from({ length: b - a }, (_, i) => (a + i) / 10), sog: new Uint16Array(b - a).fill(120), cog: new Uint16Array(b - a), heading: new Uint16Array(b - a), status: new Uint8Array(b - a), marks: Uint8Array.from(joined.slice(a, b).map(j => j ? 2 : 0)) });
                const fleet = new ReplayFleet(), half = 10 + run % 10;
                fleet.take(slice(half, n)); fleet.take(slice(0, half));
                for (let k = 0; k < 200; k++) {
                  const t = from + random() * (ms[n - 1] + 2e6), last = ms.filter(m => from + m <= t).length - 1;
                  fleet.show(t);
                  if (last < 0) { if (fleet.count) return `drawn before it was heard`; continue; }
                  if (fleet.timeMs[0] !== from + ms[last]) return `stands at another fix: run ${run}`;
                  const [x, y] = fleet.place(0, [0, 0]), at = i => [((i % 2 ? 179.9 : -179.9) + 180) / 360, i / 10], back = y => Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180 / Math.PI;
                  const share = last + 1 < n && joined[last + 1] ? (t - from - ms[last]) / (ms[last + 1] - ms[last]) : 0;
                  if (Math.abs(back(y) - (last / 10 + share / 10)) > 2e-3) return `latitude ${back(y)} at share ${share}: run ${run}`;
                  const east = x - at(last)[0];
                  if (Math.abs(east) > 0.0006 || (share === 0 && Math.abs(east) > 1e-6)) return `longitude moved ${east}`;
                }
              }
              return '';
            })()
            """);
        Assert.Equal("", faults);
    }

    private sealed record Silence(int Mmsi, double StartMs, double LonDeg, double LatDeg);

    private static Task ReadyAsync(IPage page) => Watch.UntilAsync(async () => await page.EvaluateAsync<bool>("Boolean(window.maritimeWatch?.time && maritimeWatch.fleet.count)"), "the console is ready", TimeSpan.FromSeconds(60));

    private static Task<string> HeaderAsync(IPage page) => page.EvaluateAsync<string>("getComputedStyle(document.querySelector('header')).backgroundColor");

    private static Task<string> CentreAsync(IPage page) => page.EvaluateAsync<string>("maritimeWatch.map.getCenter().toArray().map(v => v.toFixed(4)).join()");

    private static Task SeekAsync(IPage page, double ms) => page.EvaluateAsync($"maritimeWatch.time.seek({ms.ToString(CultureInfo.InvariantCulture)})");

    // Spoken without how long ago, which goes on.
    private static async Task<string> TimeAsync(IPage page) => string.Join(',', (await page.GetAttributeAsync("#time-thumb", "aria-valuetext"))!.Split(',')[..2]);

    private static async Task<Silence> OpenSilenceAsync(IPage page)
    {
        await Watch.UntilAsync(async () => await page.EvaluateAsync<bool>("fetch('/api/alerts').then(r => r.json()).then(l => l.alerts.some(a => a.kind === 'silence'))"), "a silence", TimeSpan.FromMinutes(2));
        var id = await page.EvaluateAsync<string>("fetch('/api/alerts').then(r => r.json()).then(l => l.alerts.find(a => a.kind === 'silence').caseId)");
        await page.ClickAsync($"[data-alert-id='{id}']");
        await page.WaitForSelectorAsync("#for");
        // Her reasons are there before the map draws her and sets out for her.
        await Watch.UntilAsync(async () => await page.EvaluateAsync<bool>($"maritimeWatch.onMap === '{id}' && !maritimeWatch.map.isMoving()"), "the map arrived");
        var f = JsonDocument.Parse(await page.EvaluateAsync<string>($"fetch('/api/alerts/{id}').then(r => r.text())")).RootElement.GetProperty("finding");
        return new Silence(int.Parse(f.GetProperty("mmsi").GetString()!, CultureInfo.InvariantCulture), f.GetProperty("startTime").GetDateTimeOffset().ToUnixTimeMilliseconds(), f.GetProperty("start").GetProperty("lonDeg").GetDouble(), f.GetProperty("start").GetProperty("latDeg").GetDouble());
    }

    [Fact]
    public async Task The_address_holds_window_time_and_speed_and_a_reload_shows_the_same()
    {
        var page = await watch.PageAsync();
        await ReadyAsync(page);
        var silence = await OpenSilenceAsync(page);
        await page.ClickAsync("#time-presets [data-hours='6']");
        await page.FillAsync("#time-speed", "600");
        await page.Keyboard.PressAsync("Enter");
        await SeekAsync(page, Math.Floor(silence.StartMs / 1000) * 1000);
        var (address, spoken, window) = (page.Url, await TimeAsync(page), await page.EvaluateAsync<double[]>("[maritimeWatch.time.bar.window.fromMs, maritimeWatch.time.bar.window.toMs].map(v => Math.round(v / 1000))"));
        Assert.Matches(@"alert=\w+", address);
        Assert.Matches(@"from=[^&]+&to=[^&]+&at=[^&]+&speed=600", address);
        await page.ReloadAsync();
        await ReadyAsync(page);
        await page.WaitForSelectorAsync("#for");
        Assert.Equal("REPLAY", await page.InnerTextAsync("#picture-mode"));
        Assert.Equal(spoken, await TimeAsync(page));
        Assert.Equal("600", await page.InputValueAsync("#time-speed"));
        Assert.Equal(window, await page.EvaluateAsync<double[]>("[maritimeWatch.time.bar.window.fromMs, maritimeWatch.time.bar.window.toMs].map(v => Math.round(v / 1000))"));
        Assert.Equal(address, page.Url);
    }
}
