using MaritimeWatch.Server.Watch;
using MaritimeWatch.Storage;
using MaritimeWatch.Support;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;
using Microsoft.Playwright;

namespace MaritimeWatch.Browser;

/// <summary>The live map: what is sent and drawn, what is laid over it, and that an address shows the same again.</summary>
[Collection("one browser and one server on few cores: journeys one after the other")]
public class MapJourneys(Watch watch, CaseWatch quiet, ITestOutputHelper output) : IClassFixture<CaseWatch>
{
    [Fact]
    public async Task Vessels_outside_the_view_are_not_sent_and_come_when_the_map_moves_to_them()
    {
        var page = await OpenAsync("#lat=51&lon=1.5&zoom=9");
        await Watch.UntilAsync(async () => await CountAsync(page) > 0, "vessels in view");
        var known = await page.EvaluateAsync<int>("maritimeWatch.vesselCount()");
        output.WriteLine($"{await CountAsync(page)} of {known} sent");
        Assert.InRange(await CountAsync(page), 1, known - 20);
        await page.EvaluateAsync("void maritimeWatch.map.jumpTo({ center: [1, 50.9], zoom: 6.2 })");
        await Watch.UntilAsync(async () => await CountAsync(page) > known * 0.8, "all vessels at zoom 6");
        await page.EvaluateAsync("void maritimeWatch.map.jumpTo({ center: [-40, 0], zoom: 7 })");
        await Watch.UntilAsync(async () => await CountAsync(page) == 0, "none in the open Atlantic");
    }

    [Fact]
    public async Task Far_out_ships_are_counted_by_cell_and_vessels_with_an_open_alert_are_drawn_singly()
    {
        var page = await OpenAsync("#lat=51&lon=1.5&zoom=4");
        await Watch.UntilAsync(async () => await page.EvaluateAsync<int>("window.maritimeWatch?.fleet?.cells.length ?? 0") > 0, "cells", TimeSpan.FromSeconds(90));
        await Watch.UntilAsync(async () => await page.EvaluateAsync<int>("maritimeWatch.map.queryRenderedFeatures({ layers: ['cells'] }).length") > 0, "cells drawn");
        var (counted, known) = (await page.EvaluateAsync<int>("maritimeWatch.fleet.cells.reduce((n, c) => n + c.ships, 0)"), await page.EvaluateAsync<int>("maritimeWatch.vesselCount()"));
        Assert.InRange(counted, known - 10, known + 10);
        await Watch.UntilAsync(async () => await page.EvaluateAsync<int>("maritimeWatch.layer.drawn.symbols") > 0, "alerts singly");
        Assert.True(await page.EvaluateAsync<bool>("(() => { const f = maritimeWatch.fleet; return f.count > 0 && f.count < 40 && Array.from(f.flags.subarray(0, f.count)).every(m => (m & 6) !== 0 || (m >> 4) === 2); })()"));
        await page.ClickAsync("#legend summary");
        Assert.Contains("counted", await page.InnerTextAsync("#legend"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Layers_stand_in_the_address_the_legend_shows_what_is_on_and_a_reload_shows_the_same()
    {
        var page = await OpenAsync("#lat=51&lon=1.5&zoom=8");
        await page.ClickAsync("[data-tab=layers]");
        await page.ClickAsync("#legend summary");
        Assert.DoesNotContain("Tanker", await page.InnerTextAsync("#legend"), StringComparison.Ordinal);
        foreach (var layer in new[] { "types", "zones", "reception" })
        {
            await page.CheckAsync($"#layer-{layer}");
        }

        await page.UncheckAsync("#layer-stations");
        await page.SelectOptionAsync("#layer-minutes", "30");
        Assert.Contains("Tanker", await page.InnerTextAsync("#legend"), StringComparison.Ordinal);
        Assert.DoesNotContain("Base station", await page.InnerTextAsync("#legend"), StringComparison.Ordinal);
        var address = page.Url;
        output.WriteLine(address);
        await page.ReloadAsync();
        await page.WaitForSelectorAsync(".feed-pill");
        await Watch.UntilAsync(async () => await page.EvaluateAsync<bool>("Boolean(window.maritimeWatch?.dress)"), "the map");
        await page.ClickAsync("[data-tab=layers]");
        Assert.True(await page.IsCheckedAsync("#layer-types"));
        Assert.False(await page.IsCheckedAsync("#layer-stations"));
        Assert.Equal("30", await page.InputValueAsync("#layer-minutes"));
        Assert.Equal("true", await page.GetAttributeAsync("#reception-button", "aria-pressed"));
        Assert.Equal(address, page.Url);
        await Watch.UntilAsync(async () => await page.EvaluateAsync<int>("maritimeWatch.map.queryRenderedFeatures({ layers: ['zone-line'] }).length") > 0, "the line 12 nm from the coast");
    }

    [Fact]
    public async Task The_area_a_silent_ship_can_have_reached_is_drawn_and_says_possible_not_observed_and_her_reasons_name_the_reception()
    {
        var page = await watch.PageAsync();
        await page.ClickAsync("[data-alert-id]:has-text('AIS silence')");
        await page.WaitForSelectorAsync("#for");
        // A6: the sentence or the first reasons say how others were heard there and then.
        Assert.Matches("(other ships|should have been)[^.]*heard", await page.InnerTextAsync("#drawer"));
        await Watch.UntilAsync(async () => await page.EvaluateAsync<bool>("maritimeWatch.map.queryRenderedFeatures({ layers: ['reach-label'] }).some(f => f.properties.label.startsWith('possible, not observed'))"), "the label of the area", TimeSpan.FromSeconds(60));
        Assert.NotEqual(0, await page.EvaluateAsync<int>("maritimeWatch.map.queryRenderedFeatures({ layers: ['reach-hatch'] }).length"));
        await page.ClickAsync("#legend summary");
        Assert.Contains("Possible, not observed", await page.InnerTextAsync("#legend"), StringComparison.Ordinal);
        await page.ClickAsync("[data-tab=layers]");
        await page.CheckAsync("#layer-reception");
        await Watch.UntilAsync(async () => (await page.InnerTextAsync("#reception-note")).Contains("not a record", StringComparison.Ordinal), "the reception of the alert's hours");
        await page.Keyboard.PressAsync("Escape");
        await Watch.UntilAsync(async () => await page.EvaluateAsync<int>("maritimeWatch.map.queryRenderedFeatures({ layers: ['reach-fill'] }).length") == 0, "the area is taken away");
    }

    [Fact]
    public async Task A_doubtful_place_is_told_in_the_frame_and_a_lost_vessel_keeps_her_place_and_loses_her_motion_ahead()
    {
        // One goes 18 nm in a minute, one was last heard under way half an hour ago, one goes on as she should.
        var (now, picture) = (CaseWatch.Noon, quiet.Service<LivePicture>());
        LatestFix At(int mmsi, int minutesAgo, double latDeg) => new(new Mmsi(mmsi), new Fix(now.AddMinutes(-minutesAgo), new GeoPoint(latDeg, 1.5), 12, 90));
        picture.Show([At(235_000_001, 1, 50.9), At(235_000_002, 30, 51), At(235_000_003, 1, 51.1)]);
        picture.Show([At(235_000_001, 0, 51.2), At(235_000_003, 0, 51.1)]);
        quiet.Service<Intake>().Reach(now);
        var page = await watch.PageAsync(signIn: false, address: quiet.Address);
        await watch.SignInAsync(page, "/#lat=51&lon=1.5&zoom=9", ConsoleClient.Name, quiet.Address);
        await Watch.UntilAsync(async () => await CountAsync(page) == 3, "three vessels in view");
        static string Those(string are) => $"(() => {{ const f = maritimeWatch.fleet; return Array.from(f.mmsi.subarray(0, f.count)).filter((_, i) => {are}).join(); }})()";
        await Watch.UntilAsync(async () => await page.EvaluateAsync<string>(Those("f.describe(i).doubt")) == "235000001", "a doubtful place");
        await Watch.UntilAsync(async () => await page.EvaluateAsync<string>(Those("f.isLost(i) && f.isMoving(i)")) == "235000002", "a lost vessel");
        var still = await page.EvaluateAsync<bool>("(() => { const f = maritimeWatch.fleet, p = [0, 0]; for (let i = 0; i < f.count; i++) if (f.isLost(i)) { f.place(i, p); if (p[0] !== f.x[i] || p[1] !== f.y[i]) return false; } return true; })()");
        Assert.True(still, "A lost vessel is drawn where she was last heard.");
    }

    [Fact]
    public async Task Distance_and_bearing_are_measured_by_keyboard_and_a_picture_of_the_view_is_saved()
    {
        var page = await OpenAsync("#lat=51&lon=1.5&zoom=8");
        await Watch.UntilAsync(async () => await page.EvaluateAsync<bool>("Boolean(window.maritimeWatch?.dress)"), "the map");
        await page.ClickAsync("#measure-button");
        await page.Keyboard.PressAsync("Enter");
        for (var i = 0; i < 5; i++)
        {
            await page.Keyboard.PressAsync("ArrowRight");
        }

        await page.Keyboard.PressAsync("Enter");
        // 200 pixels at zoom 8 are 0.549 degrees of longitude: 20.8 nm on the parallel of 51 degrees.
        Assert.Matches("20\\.[789][0-9] nm, 090°", await page.InnerTextAsync("#measure-text"));
        await page.Keyboard.PressAsync("Escape");
        Assert.False(await page.IsVisibleAsync("#measure-box"));
        var saved = await page.RunAndWaitForDownloadAsync(() => page.ClickAsync("#picture-button"), new PageRunAndWaitForDownloadOptions { Timeout = 60_000 });
        Assert.EndsWith(".png", saved.SuggestedFilename, StringComparison.Ordinal);
        var bytes = await File.ReadAllBytesAsync(await saved.PathAsync(), TestContext.Current.CancellationToken);
        Assert.Equal([0x89, 0x50, 0x4E, 0x47], bytes[..4]);
        Assert.True(bytes.Length > 30_000, $"{bytes.Length} bytes");
    }

    [Fact]
    public async Task She_keeps_a_vessel_on_the_watch_list_and_the_map_labels_use_the_page_s_own_font_with_no_request_elsewhere()
    {
        var page = await watch.PageAsync();
        var outside = new List<string>();
        page.Request += (_, request) => outside.AddRange(request.Url.StartsWith(watch.Address, StringComparison.Ordinal) || request.Url.StartsWith("blob:", StringComparison.Ordinal) || request.Url.StartsWith("data:", StringComparison.Ordinal) ? [] : [request.Url]);
        await page.GotoAsync($"{watch.Address}/#lat=51&lon=1.5&zoom=10.5");
        await page.ReloadAsync();
        await Watch.UntilAsync(async () => await page.EvaluateAsync<bool>("window.maritimeWatch?.fleet?.count > 0"), "vessels");
        await page.EvaluateAsync("(() => { maritimeWatch.select(maritimeWatch.fleet.mmsi[0]); })()");
        await page.ClickAsync("#watch-vessel");
        await page.ClickAsync("[data-tab=watched]");
        await Watch.UntilAsync(async () => await page.IsVisibleAsync(".watched-name"), "the watch list");
        await page.ReloadAsync();
        await page.ClickAsync("[data-tab=watched]");
        Assert.Equal(1, await page.Locator(".watched-name").CountAsync());
        Assert.True(await page.EvaluateAsync<bool>("document.fonts.check('13px \"Noto Sans\"')"));
        Assert.Empty(outside);
    }

    [Fact]
    public async Task A_graphics_driver_that_starts_anew_gives_the_vessels_rings_and_labels_back()
    {
        var page = await OpenAsync("#lat=51&lon=1.5&zoom=9");
        await Watch.UntilAsync(async () => await page.EvaluateAsync<int>("maritimeWatch.layer?.drawn.symbols ?? 0") > 0 && await RingsAsync(page) > 0, "vessels and rings");
        await page.EvaluateAsync("(() => { const gl = maritimeWatch.map.getCanvas().getContext('webgl2'); (window.driver = gl.getExtension('WEBGL_lose_context')).loseContext(); })()");
        await Watch.UntilAsync(async () => await page.EvaluateAsync<bool>("!maritimeWatch.map.getCanvas().getContext('webgl2') || maritimeWatch.map.getCanvas().getContext('webgl2').isContextLost()"), "the drawing is gone");
        // Frames of the picture go on coming meanwhile.
        await page.WaitForTimeoutAsync(2500);
        await page.EvaluateAsync("window.driver.restoreContext()");
        await Watch.UntilAsync(async () => await page.EvaluateAsync<bool>("Boolean(maritimeWatch.map.getLayer('vessels'))") && await RingsAsync(page) > 0, "vessels and rings again");
        Assert.Equal(0, await page.EvaluateAsync<int>("maritimeWatch.map.getCanvas().getContext('webgl2').getError()"));
        Assert.True(await page.IsHiddenAsync("#fault"));
    }

    [Fact]
    public async Task A_browser_without_webgl_gets_the_plain_map_and_is_told_so()
    {
        var page = await watch.PageAsync(signIn: false);
        await page.AddInitScriptAsync("(() => { const given = HTMLCanvasElement.prototype.getContext; HTMLCanvasElement.prototype.getContext = function (kind, ...more) { return kind === 'webgl2' ? null : given.call(this, kind, ...more); }; })()");
        await watch.SignInAsync(page, "/", ConsoleClient.Name);
        await page.WaitForSelectorAsync("#no-webgl", new PageWaitForSelectorOptions { State = WaitForSelectorState.Visible });
        await Watch.UntilAsync(async () => await page.EvaluateAsync<int>("maritimeWatch.vesselCount()") > 0, "vessels");
        await page.ClickAsync("[data-alert-id]");
        await page.WaitForSelectorAsync("#for");
    }

    private static Task<int> RingsAsync(IPage page) => page.EvaluateAsync<int>("maritimeWatch.map.getLayer('alert-ring') ? maritimeWatch.map.queryRenderedFeatures({ layers: ['alert-ring'] }).length : 0");

    private static Task<int> CountAsync(IPage page) => page.EvaluateAsync<int>("window.maritimeWatch?.fleet?.count ?? 0");

    private async Task<IPage> OpenAsync(string view)
    {
        var page = await watch.PageAsync();
        await page.GotoAsync($"{watch.Address}/{view}");
        await page.ReloadAsync();
        await page.WaitForSelectorAsync(".feed-pill");
        return page;
    }
}
