using MaritimeWatch.Support;
using Microsoft.Playwright;

namespace MaritimeWatch.Browser;

/// <summary>
/// Pictures for what only a person can judge: <c>docs/screens/</c> is drawn anew when the variable MW_PICTURES is set. Five screens
/// in three sizes and three palettes.
/// </summary>
[Collection("one browser and one server on few cores: journeys one after the other")]
public class Pictures(Watch watch)
{
    private static readonly string[] Palettes = ["day", "dusk", "night"];

    private static readonly (string Name, string Path, string Person, string Language, string Ready, string? Click)[] Shown =
    [
        ("console", "/", ConsoleClient.Name, "en", "[data-alert-id]", null),
        ("console-ar", "/", ConsoleClient.Name, "ar", "[data-alert-id]", "[data-alert-id] >> nth=0"),
        ("alert", "/", ConsoleClient.Name, "en", "[data-alert-id]", "[data-alert-id]:has(.kind) >> nth=0"),
        ("vessel", "/vessel.html?id=imo:2125311", ConsoleClient.Name, "en", ".timeline svg", null),
        ("registry", "/registry.html", Watch.Official, "en", "[role=tab]", null),
    ];

    [Theory]
    [InlineData(1440, 900)]
    [InlineData(1280, 720)]
    [InlineData(360, 740)]
    public async Task Every_screen_is_drawn_in_every_palette(int width, int height)
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("MW_PICTURES") is null, "Set MW_PICTURES to draw docs/screens anew.");
        var folder = Path.Combine(SharedData.Root, "docs", "screens");
        foreach (var (name, path, person, language, ready, click) in Shown)
        {
            var page = await watch.PageAsync(signIn: false, width, height);
            await page.AddInitScriptAsync($"localStorage.setItem('maritimewatch.language', '{language}'); localStorage.setItem('maritimewatch.palette', localStorage.getItem('maritimewatch.palette') ?? 'day')");
            await watch.SignInAsync(page, path, person);
            await page.WaitForSelectorAsync(ready);
            if (click is not null)
            {
                await page.ClickAsync(click);
                await page.WaitForSelectorAsync("#for");
            }

            await page.WaitForTimeoutAsync(4000);
            foreach (var palette in Palettes)
            {
                await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{name}-{width}x{height}-{palette}.jpg"), Type = ScreenshotType.Jpeg, Quality = 55 });
                await page.Keyboard.PressAsync("d");
                await page.WaitForTimeoutAsync(1500);
            }
        }
    }
}
