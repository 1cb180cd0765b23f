using MaritimeWatch.Support;
using Microsoft.Playwright;

namespace MaritimeWatch.Browser;

/// <summary>PRODUCT A14: an area is drawn, a rule is tried on thirty days and saved; by mouse and by keyboard.</summary>
[Collection("one browser and one server on few cores: journeys one after the other")]
public sealed class RuleJourneys(Watch watch, ITestOutputHelper output)
{
    [Fact]
    public async Task A_rule_is_made_with_a_drawn_area_tried_and_saved()
    {
        var page = await watch.PageAtAsync("/rules.html#new", ConsoleClient.Name);
        var faults = Faults(page);
        await page.WaitForSelectorAsync("#rule-form");
        await page.FillAsync("#rule-name", "Silences in the strait");

        // Draws an area: four points by mouse, one moved, one step taken back; the list follows.
        await page.CheckAsync("input[name=where] >> nth=1");
        await page.ClickAsync("#rule-draw-area");
        await page.WaitForSelectorAsync("#area-form[data-ready]");
        await page.FillAsync("#area-name", "Strait");
        var box = (await page.Locator(".area-map canvas").BoundingBoxAsync())!;
        foreach (var (x, y) in new[] { (60, 60), (400, 70), (380, 330), (70, 310) })
        {
            await page.Mouse.ClickAsync(box.X + x, box.Y + y);
            await page.WaitForTimeoutAsync(350);
        }

        var drawn = await LinesAsync(page);
        Assert.Equal(4, drawn.Length);
        await page.Mouse.MoveAsync(box.X + 60, box.Y + 60);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(box.X + 30, box.Y + 30, new MouseMoveOptions { Steps = 4 });
        await page.Mouse.UpAsync();
        var moved = await LinesAsync(page);
        Assert.NotEqual(drawn[0], moved[0]);
        Assert.Equal(drawn[1..], moved[1..]);
        await page.ClickAsync("#area-undo");
        Assert.Equal(drawn, await LinesAsync(page));
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Picture("area") });

        // The same by keyboard: what crosses itself is refused by the server, what is right is saved and chosen.
        await page.FillAsync("#area-points", "49 -2\n53 4\n49 4\n53 -2");
        await page.ClickAsync("#area-save");
        await Watch.UntilAsync(async () => (await page.InnerTextAsync("#area-form .fault")).Contains("does not cross itself", StringComparison.Ordinal), "the crossing is told");
        await page.FillAsync("#area-points", "49°00'N 002°00'W\n49 4\n53°00.0'N 004°00'E\n53 -2");
        await page.PressAsync("#area-points", "Tab");
        Assert.Equal("53°00.000′N 004°00.000′E", (await LinesAsync(page))[2]);
        await page.ClickAsync("#area-save");
        await page.WaitForSelectorAsync("input[name=area]:checked");

        // Type, threshold, an exclusion, expiry, addresses.
        Assert.True(await page.IsDisabledAsync("#rule-flags"));
        Assert.Contains("never enters what is asked about silences", await page.InnerTextAsync("#rule-flags-hint"), StringComparison.Ordinal);
        await page.SelectOptionAsync("#rule-threshold", "low");
        await page.ClickAsync("#exclusion-add");
        await page.FillAsync("[name=exclusion-vessels]", "235000001");
        await page.FillAsync("[name=exclusion-reason]", "works here by licence");
        await page.FillAsync("#rule-expires", "2099-01-31");
        await page.FillAsync("#rule-mail", string.Join('\n', Enumerable.Range(1, 60).Select(i => $"post{i}@maritimewatch.example")));

        // Nothing can be saved before the dry run; over fifty mails a day only with the number confirmed.
        Assert.True(await page.IsDisabledAsync("#rule-save"));
        await page.ClickAsync("#rule-run");
        await page.WaitForSelectorAsync("#trial");
        var trial = await page.InnerTextAsync("#trial");
        output.WriteLine(trial);
        Assert.Contains("days are not held", trial, StringComparison.Ordinal);
        Assert.NotEmpty(await page.QuerySelectorAllAsync("#trial ol li"));
        await page.ClickAsync("#trial summary");
        Assert.Equal(30, (await page.QuerySelectorAllAsync("#trial tbody tr")).Count);
        Assert.True(await page.IsDisabledAsync("#rule-save"));
        await page.CheckAsync("#rule-confirm");
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Picture("form"), FullPage = true });

        // A change after the dry run asks for another one.
        await page.FillAsync("#rule-mail", "post@maritimewatch.example");
        Assert.True(await page.IsDisabledAsync("#rule-save"));
        await page.ClickAsync("#rule-run");
        await page.WaitForSelectorAsync("#trial");
        await page.ClickAsync("#rule-save");
        await page.WaitForSelectorAsync("#rule-view-title");
        Assert.Contains("works here by licence", await page.InnerTextAsync("#rule-work"), StringComparison.Ordinal);
        var row = await page.InnerTextAsync("#rule-list .rule-row");
        Assert.Contains("Silences in the strait", row, StringComparison.Ordinal);
        Assert.Matches(@"\d+ findings? in 30 days, \d+ excluded", row);
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Picture("saved") });

        // An alert that met the rule names it in the list and in the drawer, and leads back here. That the server marks what it judges is for
        // RuleApiTests; when the exercise has something to judge again is nobody's to say, so the mark is put into the answers here.
        using var client = new ConsoleClient(watch.Address);
        await client.SignInAsync();
        var id = page.Url.Split('=')[^1];
        var met = (await client.AlertsAsync())[0].GetProperty("caseId").GetString();
        await page.RouteAsync("**/api/alerts*", route => MarkAsync(route, id));
        await page.RouteAsync("**/api/alerts/*", route => MarkAsync(route, id));
        await page.GotoAsync($"{watch.Address}/#alert={met}");
        await page.WaitForSelectorAsync(".rule-names a");
        Assert.Equal("rule", await page.InnerTextAsync(".rule-mark >> nth=0"));
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Picture("drawer") });
        Assert.Equal("Silences in the strait", await page.InnerTextAsync(".rule-names a"));

        // Switched off it does nothing more, and says so.
        await page.ClickAsync(".rule-names a");
        await page.WaitForSelectorAsync("#rule-off");
        await page.ClickAsync("#rule-off");
        await Watch.UntilAsync(async () => (await page.InnerTextAsync("#rule-list")).Contains("Switched off", StringComparison.Ordinal), "the rule is off");
        Assert.Empty(faults);
    }

    [Fact]
    public async Task The_page_fits_a_narrow_screen_and_an_official_reads_without_acting()
    {
        var page = await watch.PageAtAsync("/rules.html", Watch.Official, 360, 740);
        var faults = Faults(page);
        Assert.Equal(0, await page.Locator("#rule-new").CountAsync());
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"));
        page = await watch.PageAtAsync("/rules.html#new", ConsoleClient.Name, 360, 740);
        await page.WaitForSelectorAsync("#rule-form");
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"));
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Picture("narrow") });
        Assert.Empty(faults);
    }

    private static async Task MarkAsync(IRoute route, string ruleId)
    {
        var answer = await route.FetchAsync();
        var mark = $"[{{\"id\":\"{ruleId}\",\"version\":1,\"name\":\"Silences in the strait\"}}]";
        await route.FulfillAsync(new RouteFulfillOptions { Response = answer, Body = (await answer.TextAsync()).Replace("\"rules\":[]", $"\"rules\":{mark}", StringComparison.Ordinal) });
    }

    private static async Task<string[]> LinesAsync(IPage page) => (await page.InputValueAsync("#area-points")).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static string Picture(string name) => Path.Combine(Path.GetTempPath(), $"mw-rules-{name}.png");

    private static List<string> Faults(IPage page)
    {
        var faults = new List<string>();
        page.PageError += (_, fault) => faults.Add(fault);
        page.Console += (_, message) => faults.AddRange(message.Text.Contains("Content Security Policy", StringComparison.Ordinal) ? [message.Text] : []);
        return faults;
    }
}
