using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace MaritimeWatch.Browser;

/// <summary>
/// WCAG 2.2 AA as far as a machine can judge it: axe on every screen by day and by night (what differs at dusk, contrast, stands in docs/contrast.md), widths down to 360 px and 200 % zoom, and
/// no raw key or scramble in another language. The content policy stays as strict as ever: the browser's own protocol brings axe in.
/// </summary>
[Collection("one browser and one server on few cores: journeys one after the other")]
public class AccessibilityTests(Watch watch, ITestOutputHelper output)
{
    [Theory]
    [InlineData("day")]
    [InlineData("night")]
    public async Task No_screen_has_a_serious_or_critical_violation(string palette)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        var door = await watch.PageAsync(signIn: false);
        await StoreAsync(door, "palette", palette);
        await door.GotoAsync($"{watch.Address}/sign-in.html");
        await door.WaitForSelectorAsync("#submit");
        await LookAsync(door, "sign-in");
        await WalkAsync(1440, 900, page => StoreAsync(page, "palette", palette), LookAsync);
        output.WriteLine(string.Join('\n', found));
        Assert.DoesNotContain(found, f => f.StartsWith("critical", StringComparison.Ordinal) || f.StartsWith("serious", StringComparison.Ordinal));

        async Task LookAsync(IPage page, string state)
        {
            var result = await page.RunAxe();
            Assert.NotEmpty(result.Passes);
            found.UnionWith(result.Violations.SelectMany(v => v.Nodes.Select(n => $"{v.Impact} {v.Id} in {state}: {v.Help}: {n.Html[..Math.Min(n.Html.Length, 160)]}")));
        }
    }

    /// <summary>1280 px wide at 200 % are 640 px of layout (WCAG 1.4.10 and 1.4.4).</summary>
    [Theory]
    [InlineData(360, 740)]
    [InlineData(640, 360)]
    public async Task Nothing_overflows_sideways_and_every_target_can_be_hit(int width, int height)
    {
        var breaches = new List<string>();
        await WalkAsync(width, height, _ => Task.CompletedTask, async (page, state) =>
        {
            var wide = await page.EvaluateAsync<int>("document.scrollingElement.scrollWidth - innerWidth");
            breaches.AddRange(wide > 0 ? [$"{state}: {wide} px too wide"] : []);
            breaches.AddRange((await page.EvaluateAsync<string[]>(SmallTargets)).Select(t => $"{state}: {t}"));
        });
        Assert.True(breaches.Count == 0, string.Join('\n', breaches.Distinct()));
    }

    [Theory]
    [InlineData("ar", "rtl")]
    public async Task Another_language_shows_no_key_and_mirrors_the_page_where_it_is_read_from_the_right(string language, string direction)
    {
        var breaches = new List<string>();
        await WalkAsync(1440, 900, page => StoreAsync(page, "language", language), async (page, state) =>
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
        await Watch.UntilAsync(async () => await page.EvaluateAsync<string>("document.documentElement.dir") == "rtl", "the page from the right");
    }

    /// <summary>Smaller than 24 px (WCAG 2.5.8), but for links within a sentence; a box to tick is hit by its label.</summary>
    private const string SmallTargets = """
        [...document.querySelectorAll('button, select, input, textarea, summary, [role=tab], a.button')].filter(e => e.checkVisibility({ visibilityProperty: true })).map(e => [e, (e.closest('label') ?? e).getBoundingClientRect()])
          .filter(([, r]) => r.width > 0 && (r.width < 24 || r.height < 24)).map(([e, r]) => `${e.outerHTML.slice(0, 80)} is ${r.width.toFixed(0)} x ${r.height.toFixed(0)} px`)
        """;

    private async Task WalkAsync(int width, int height, Func<IPage, Task> prepare, Func<IPage, string, Task> look)
    {
        foreach (var screen in Screens.All)
        {
            var page = await watch.PageAsync(signIn: false, width, height);
            await prepare(page);
            await watch.SignInAsync(page, screen.Path, screen.Person);
            await foreach (var state in screen.States(page))
            {
                await look(page, state);
            }
        }
    }

    private static Task StoreAsync(IPage page, string what, string value) => page.AddInitScriptAsync($"localStorage.setItem('maritimewatch.{what}', '{value}')");
}
