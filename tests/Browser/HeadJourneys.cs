using MaritimeWatch.Support;
using Microsoft.Playwright;

namespace MaritimeWatch.Browser;

/// <summary>The head that every page beside the map has: where one can go, who is signed in, as of when, in which mode.</summary>
[Collection("one browser and one server on few cores: journeys one after the other")]
public sealed class HeadJourneys(Watch watch)
{
    [Fact]
    public async Task From_every_page_she_reaches_every_other_and_each_says_where_who_and_when()
    {
        var page = await watch.PageAsync();
        foreach (var (name, path) in new[] { ("Rules", "/rules.html"), ("Registry desk", "/registry.html"), ("Administration", "/admin.html"), ("Keys of programs", "/keys.html"), ("Rules", "/rules.html") })
        {
            await GoAsync(page, name, path);
            Assert.Equal(["Console", "Rules", "Registry desk", "Administration", "Keys of programs"], await page.Locator("header nav a").AllInnerTextsAsync());
            Assert.Equal(name, await page.InnerTextAsync("header nav a[aria-current=page]"));
            Assert.StartsWith(ConsoleClient.Name, await page.InnerTextAsync("#who"), StringComparison.Ordinal);
            Assert.Equal("TLP:AMBER", await page.InnerTextAsync("#node-tlp"));
            Assert.True(await page.IsVisibleAsync("#exercise"));
            // The time of the watch, which in an exercise is not that of the wall.
            Assert.Matches("^as of 2026-03-1[0-9] [0-9]{2}:[0-9]{2} UTC · exercise time$", await page.InnerTextAsync("#seen-at"));
        }

        await GoAsync(page, "Console", "/");
        await page.ClickAsync("#account summary");
        await page.ClickAsync("#account a");
        await Watch.UntilAsync(async () => page.Url.EndsWith("/keys.html", StringComparison.Ordinal) && await page.IsVisibleAsync("#make-key"), "the keys from the person's menu");
    }

    [Fact]
    public async Task An_official_is_led_where_her_duty_is_and_her_flag_is_told()
    {
        var page = await watch.PageAtAsync("/registry.html", Watch.Official);
        Assert.Equal(["Console", "Rules", "Registry desk", "Keys of programs"], await page.Locator("header nav a").AllInnerTextsAsync());
        Assert.Equal($"{Watch.Official}, speaks for Marshall Islands (MH)", await page.InnerTextAsync("#who"));
    }

    private static async Task GoAsync(IPage page, string name, string path)
    {
        await page.ClickAsync($"header nav a:text-is('{name}')");
        await Watch.UntilAsync(async () => new Uri(page.Url).AbsolutePath == path && (path == "/" || await page.Locator("header nav a[aria-current=page]").CountAsync() == 1), name);
    }
}
