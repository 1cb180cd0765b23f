using System.Text.Json;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace MaritimeWatch.Browser;

/// <summary>
/// WCAG 2.2 AA as far as a machine can judge it, on every screen: axe by day, its contrast at dusk and by night; widths down to 360 px and 200 % zoom with targets that can be
/// hit; no raw key or scramble in another language. The content policy stays as strict as ever: the browser's own protocol brings axe in.
/// </summary>
[Collection("one browser and one server on few cores: journeys one after the other")]
public class AccessibilityTests(Watch watch, ITestOutputHelper output)
{
    private const int WideWidth = 1440, WideHeight = 900, SettleMs = 150;

    /// <summary>1280 px wide at 200 % are 640 px of layout (WCAG 1.4.10 and 1.4.4).</summary>
    private static readonly (int Width, int Height)[] Small = [(640, 360), (360, 740)];

    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    [Fact]
    public async Task No_screen_has_a_serious_violation_in_any_palette_and_each_fits_a_small_one()
    {
        var (found, breaches, states, passes) = (new SortedSet<string>(StringComparer.Ordinal), new SortedSet<string>(StringComparer.Ordinal), 0, 0);
        var door = await watch.PageAsync(signIn: false);
        await StoreAsync(door, "palette", "day");
        await door.GotoAsync($"{watch.Address}/sign-in.html");
        await door.WaitForSelectorAsync("#submit");
        await LookAsync(door, "sign-in");
        await WalkAsync(page => StoreAsync(page, "palette", "day"), LookAsync);
        output.WriteLine($"{states} states, {passes} rules held by day\n{string.Join('\n', found)}");
        Assert.InRange(states, 40, int.MaxValue);
        Assert.DoesNotContain(found, f => f.StartsWith("critical", StringComparison.Ordinal) || f.StartsWith("serious", StringComparison.Ordinal));
        Assert.True(breaches.Count == 0, string.Join('\n', breaches));

        async Task LookAsync(IPage page, string state)
        {
            states++;
            await AxeAsync(page, $"{state} by day", "{ resultTypes: ['violations'] }");
            foreach (var palette in new[] { "dusk", "night", "day" })
            {
                await page.EvaluateAsync("() => import('/js/palette.js').then(m => m.nextPalette())");
                if (palette != "day")
                {
                    Assert.Equal(palette, await page.EvaluateAsync<string>("document.documentElement.dataset.palette"));
                    await AxeAsync(page, $"{state} at {palette}", "{ runOnly: ['color-contrast'], resultTypes: ['violations'] }");
                }
            }

            foreach (var (width, height) in Small)
            {
                await page.SetViewportSizeAsync(width, height);
                await page.WaitForTimeoutAsync(SettleMs);
                var wide = await page.EvaluateAsync<int>("document.scrollingElement.scrollWidth - innerWidth");
                breaches.UnionWith(wide > 0 ? [$"{state} at {width} px: {wide} px too wide"] : []);
                breaches.UnionWith((await page.EvaluateAsync<string[]>(SmallTargets)).Select(t => $"{state} at {width} px: {t}"));
            }

            await page.SetViewportSizeAsync(WideWidth, WideHeight);
        }

        async Task AxeAsync(IPage page, string state, string options)
        {
            if (!await page.EvaluateAsync<bool>("'axe' in window"))
            {
                await page.EvaluateAsync(Axe);
            }

            var result = await page.EvaluateAsync<JsonElement>($$"""() => axe.run(document, {{options}}).then(r => ({ passes: r.passes.length, violations: r.violations.map(v => ({ ...v, nodes: v.nodes.map(n => n.html) })) }))""");
            passes += result.GetProperty("passes").GetInt32();
            found.UnionWith(result.GetProperty("violations").EnumerateArray().SelectMany(v => v.GetProperty("nodes").EnumerateArray().Select(n => n.GetString()!).Select(html => $"{v.GetProperty("impact").GetString()} {v.GetProperty("id").GetString()} in {state}: {v.GetProperty("help").GetString()}: {html[..Math.Min(html.Length, 160)]}")));
        }
    }

    [Theory]
    [InlineData("ar", "rtl")]
    public async Task Another_language_shows_no_key_and_mirrors_the_page_where_it_is_read_from_the_right(string language, string direction)
    {
        var breaches = new List<string>();
        await WalkAsync(page => StoreAsync(page, "language", language), async (page, state) =>
        {
            Assert.Equal($"{language} {direction}", await page.EvaluateAsync<string>("`${document.documentElement.lang} ${document.documentElement.dir}`"));
            breaches.AddRange((await page.EvaluateAsync<string[]>("document.body.innerText.split(/\\s+/).filter(w => /^[a-z]{3,}\\.[a-z][A-Za-z]+$/.test(w))")).Select(key => $"{state}: {key}"));
            breaches.AddRange(await page.EvaluateAsync<int>("document.scrollingElement.scrollWidth - innerWidth") > 0 ? [$"{state}: too wide"] : []);
            if (state == "console")
            {
                var (list, map) = (await page.Locator("#alerts").BoundingBoxAsync(), await page.Locator("#map").BoundingBoxAsync());
                Assert.Equal(direction == "rtl", list!.X > map!.X);
            }
        });
        Assert.True(breaches.Count == 0, string.Join('\n', breaches.Distinct()));
    }

    [Fact]
    public async Task The_language_is_chosen_at_the_door_and_kept()
    {
        var page = await watch.PageAsync(signIn: false);
        await page.GotoAsync($"{watch.Address}/sign-in.html");
        await page.SelectOptionAsync("select[data-languages]", "fr");
        await Watch.UntilAsync(async () => await page.InnerTextAsync("#submit") == "Se connecter", "the page in French");
        await page.SelectOptionAsync("select[data-languages]", "ar");
        await page.WaitForSelectorAsync("html[dir=rtl]");
    }

    /// <summary>Smaller than 24 px (WCAG 2.5.8), but for links within a sentence; a box to tick is hit by its label.</summary>
    private const string SmallTargets = """
        [...document.querySelectorAll('button, select, input, textarea, summary, [role=tab], a.button')].filter(e => e.checkVisibility({ visibilityProperty: true })).map(e => [e, (e.closest('label') ?? e).getBoundingClientRect()])
          .filter(([, r]) => r.width > 0 && (r.width < 24 || r.height < 24)).map(([e, r]) => `${e.outerHTML.slice(0, 80)} is ${r.width.toFixed(0)} x ${r.height.toFixed(0)} px`)
        """;

    /// <summary>Each person signs in once and walks through her screens.</summary>
    private async Task WalkAsync(Func<IPage, Task> prepare, Func<IPage, string, Task> look)
    {
        foreach (var screens in Screens.All.GroupBy(s => s.Person))
        {
            var page = await watch.PageAsync(signIn: false, WideWidth, WideHeight);
            await prepare(page);
            await watch.SignInAsync(page, "/favicon.svg", screens.Key);
            foreach (var screen in screens)
            {
                // Two screens may differ in what stands after the '#' or '?' alone: each begins from nothing.
                await page.GotoAsync("about:blank");
                await page.GotoAsync($"{watch.Address}{screen.Path}");
                await foreach (var state in screen.States(page))
                {
                    await look(page, state);
                }
            }
        }
    }

    private static Task StoreAsync(IPage page, string what, string value) => page.AddInitScriptAsync($"localStorage.setItem('maritimewatch.{what}', '{value}')");
}
