using MaritimeWatch.Support;
using Microsoft.Playwright;

namespace MaritimeWatch.Browser;

/// <summary>A page and the states it can stand in: each name given back is a state to be looked at, and the next step follows when that is done.</summary>
internal sealed record Screen(string Path, string Person, Func<IPage, IAsyncEnumerable<string>> States);

/// <summary>Every screen of the program. A new page is one more line here, and is looked at by all tests of accessibility, width and language.</summary>
internal static class Screens
{
    /// <summary>The console without WebGL: the same page and words, and the drawing of the map does not slow what is looked at.</summary>
    private const string Console = "/?plain";

    public static IReadOnlyList<Screen> All { get; } =
    [
        new(Console, ConsoleClient.Name, ConsoleAsync),
        new("/vessel.html?id=imo:2459475", ConsoleClient.Name, VesselAsync),
        new("/registry.html", ConsoleClient.Name, DeskAsync),
        new("/registry.html", Watch.Official, DeskAsync),
        new("/registry.html?vessel=imo:2000004", Watch.Official, FileAsync),
        new("/rules.html", ConsoleClient.Name, RulesAsync),
        new("/admin.html", ConsoleClient.Name, AdministrationAsync),
        new("/keys.html", ConsoleClient.Name, KeysAsync),
    ];

    private static async IAsyncEnumerable<string> ConsoleAsync(IPage page)
    {
        await page.WaitForSelectorAsync("[data-alert-id]");
        yield return "console";
        await page.ClickAsync("[data-alert-id] >> nth=0");
        await page.WaitForSelectorAsync("#for");
        foreach (var tab in new[] { "track", "identity", "evidence", "history" })
        {
            await page.ClickAsync($"[data-testid=tab-{tab}]");
            yield return $"alert, {tab}";
        }

        await page.ClickAsync("#for [data-records] >> nth=0");
        await page.WaitForSelectorAsync("#records table");
        yield return "records of a reason";
        await page.Keyboard.PressAsync("Escape");
        foreach (var act in new[] { "acknowledge", "dismiss", "release" })
        {
            if (await page.IsVisibleAsync($"#act-{act}"))
            {
                await page.ClickAsync($"#act-{act}");
                yield return $"alert, {act}";
                await page.ClickAsync(".decision button[type=button]");
            }
        }

        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("l");
        yield return "legend";
        await page.Keyboard.PressAsync("l");
        await page.Keyboard.PressAsync("t");
        await page.WaitForSelectorAsync("#table-twin");
        yield return "table of the vessels";
        await page.Keyboard.PressAsync("t");
        await page.Keyboard.PressAsync("?");
        await page.WaitForSelectorAsync("#key-help");
        yield return "keys";
        await page.Keyboard.PressAsync("Escape");
        await page.FillAsync("#search", "EXER CORAL CURLEW");
        await page.WaitForSelectorAsync("#found-0");
        yield return "search";
        await page.PressAsync("#search", "Enter");
        await page.WaitForSelectorAsync("[data-testid=tab-findings]");
        yield return "vessel in the drawer";
        await page.ClickAsync("[data-testid=tab-findings]");
        yield return "findings in the drawer";
        await page.Keyboard.PressAsync("Escape");
        foreach (var tab in new[] { "layers", "watched", "alerts" })
        {
            await page.ClickAsync($"[data-tab={tab}]");
            yield return $"left column, {tab}";
        }

        await page.FocusAsync(".feed-pill");
        yield return "feed";
        await page.ClickAsync("#account summary");
        yield return "menu of the person";
        await page.Keyboard.PressAsync("Escape");
    }

    private static async IAsyncEnumerable<string> VesselAsync(IPage page)
    {
        await page.WaitForSelectorAsync(".timeline svg");
        yield return "vessel page";
        if (await page.Locator(".timeline [role=button]").CountAsync() > 0)
        {
            await page.FocusAsync(".timeline [role=button] >> nth=0");
            await page.Keyboard.PressAsync("Enter");
            await page.WaitForSelectorAsync(".both-sides");
            yield return "conflict";
        }

        await page.ClickAsync("#act-ask");
        yield return "question to a register";
        await page.ClickAsync("#ask-go");
        yield return "question with a fault";
    }

    private static async IAsyncEnumerable<string> DeskAsync(IPage page)
    {
        await page.WaitForSelectorAsync("[role=tab]");
        for (var tab = 0; tab < await page.Locator("[role=tab]").CountAsync(); tab++)
        {
            await page.ClickAsync($"[role=tab] >> nth={tab}");
            await page.WaitForTimeoutAsync(400);
            yield return $"registry desk, tab {tab + 1}";
            if (tab == 0 && await page.Locator(".queue-row").CountAsync() > 0)
            {
                await page.ClickAsync(".queue-row >> nth=0");
                await page.WaitForSelectorAsync(".detail .fact-list");
                yield return "question";
            }
        }
    }

    private static async IAsyncEnumerable<string> FileAsync(IPage page)
    {
        await page.WaitForSelectorAsync("#desk h2");
        yield return "statements on a ship";
        if (await page.Locator("#act-state").CountAsync() > 0)
        {
            await page.ClickAsync("#act-state");
            yield return "statement";
            await page.ClickAsync("#state-go");
            yield return "statement with a fault";
        }
    }

    private static async IAsyncEnumerable<string> RulesAsync(IPage page)
    {
        await page.WaitForSelectorAsync("#rule-new");
        yield return "rules";
        await page.ClickAsync("#rule-new");
        await page.WaitForSelectorAsync("#rule-form");
        await page.ClickAsync("#exclusion-add");
        yield return "rule";
        await page.ClickAsync("#rule-run");
        yield return "rule with a fault";
        // On a small screen the lists give way to what is being made, and lead back by the address alone.
        await page.EvaluateAsync("() => { location.hash = '#area-new'; }");
        await page.WaitForSelectorAsync("#area-form[data-ready]");
        yield return "area";
    }

    private static async IAsyncEnumerable<string> AdministrationAsync(IPage page)
    {
        await page.WaitForSelectorAsync("#tab-people");
        foreach (var tab in AdministrationJourneys.Tabs)
        {
            await page.ClickAsync($"#tab-{tab}");
            await page.WaitForSelectorAsync($"#panel-{tab}");
            yield return $"administration, {tab}";
        }
    }

    private static async IAsyncEnumerable<string> KeysAsync(IPage page)
    {
        await page.WaitForSelectorAsync("#keys h2");
        yield return "keys";
    }
}
