using System.Net.Http.Json;
using System.Text.Json;
using MaritimeWatch.Server.Access;
using MaritimeWatch.Server.Commands;
using MaritimeWatch.Server.Jobs;
using MaritimeWatch.Server.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace MaritimeWatch.Benchmarks;

/// <summary>
/// Draws <c>docs/screens/</c> anew: what only a person can judge, on the running exercise, in three sizes and three palettes.
/// </summary>
internal static class Pictures
{
    private const string Official = "registry officer", Asked = "imo:2000004";

    // A screen on which nothing is drawn packs to a few kilobytes.
    private const int LeastBytes = 15_000, QualityPercent = 60, SettleMs = 4000, AskAgainMs = 500, LeastAlerts = 3;

    private static readonly TimeSpan Exercise = TimeSpan.FromMinutes(3);

    private static readonly string[] Palettes = ["day", "dusk", "night"];

    private static readonly (int WidthPx, int HeightPx)[] Sizes = [(1440, 900), (1280, 720), (360, 740)];

    private static readonly (string Name, string Path, string Person, string Language, string Ready, bool WithSilence)[] Shown =
    [
        ("console", "/", ConsoleWorld.Name, "en", "[data-alert-id]", false),
        ("console-ar", "/", ConsoleWorld.Name, "ar", "[data-alert-id]", true),
        ("alert", "/", ConsoleWorld.Name, "en", "[data-alert-id]", true),
        ("vessel", "/vessel.html?id=imo:2125311", ConsoleWorld.Name, "en", ".timeline svg", false),
        ("registry", "/registry.html", Official, "en", "[role=tab]", false),
    ];

    /// <summary>Draws all into a folder.</summary>
    public static async Task RunAsync(string folder)
    {
        var data = Directory.CreateTempSubdirectory("mw-pictures-");
        await using var app = ServeCommand.Build(House.Find(), null, "http://127.0.0.1:0", [$"Node:DataFolder={data.FullName}", $"Mail:PickupFolder={Path.Combine(data.FullName, "mail")}", "Exercise:Speed=30"]);
        await app.StartAsync();
        Schedule.Start(app);
        var address = app.Urls.First();
        var silence = await PeopleAsync(address, app.Services.GetRequiredService<FirstStart>().Code!);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(ConsolePage.Chromium);
        foreach (var (widthPx, heightPx) in Sizes)
        {
            foreach (var (name, path, person, language, ready, withSilence) in Shown)
            {
                await using var context = await browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = widthPx, Height = heightPx }, ColorScheme = ColorScheme.Light });
                var page = await context.NewPageAsync();
                await page.AddInitScriptAsync($"localStorage.setItem('maritimewatch.language', '{language}'); localStorage.setItem('maritimewatch.palette', localStorage.getItem('maritimewatch.palette') ?? 'day')");
                await page.GotoAsync($"{address}/sign-in.html?back={Uri.EscapeDataString(path)}");
                await page.FillAsync("#name", person);
                await page.FillAsync("#password", ConsoleWorld.Password);
                await page.ClickAsync("#submit");
                await page.WaitForSelectorAsync(ready);
                if (name == "registry")
                {
                    await page.ClickAsync("[data-question-id]");
                }

                if (withSilence)
                {
                    await page.ClickAsync($"[data-alert-id='{silence}']");
                    await page.WaitForSelectorAsync("#for");
                }

                foreach (var palette in Palettes)
                {
                    await page.WaitForTimeoutAsync(SettleMs);
                    var picture = await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{name}-{widthPx}x{heightPx}-{palette}.jpg"), Type = ScreenshotType.Jpeg, Quality = QualityPercent });
                    Console.WriteLine($"{name} {widthPx} x {heightPx} {palette}: {picture.Length} bytes{(picture.Length < LeastBytes ? ", nearly empty: look at it" : "")}");
                    await page.Keyboard.PressAsync("d");
                }
            }
        }

        await app.StopAsync();
        data.Delete(recursive: true);
    }

    /// <summary>An administrator, an official of a registry, and the exercise run until there is something to see; gives the silence that is shown.</summary>
    private static async Task<string> PeopleAsync(string address, string code)
    {
        using var http = new HttpClient { BaseAddress = new Uri(address) };
        http.DefaultRequestHeaders.Add("X-MaritimeWatch", "1");
        (await http.PostAsJsonAsync("/api/first-start", new { code, name = ConsoleWorld.Name, password = ConsoleWorld.Password })).EnsureSuccessStatusCode();
        (await http.PostAsJsonAsync("/api/session", new { name = ConsoleWorld.Name, password = ConsoleWorld.Password })).EnsureSuccessStatusCode();
        (await http.PostAsJsonAsync("/api/accounts", new { name = Official, password = ConsoleWorld.Password, roles = new[] { "registry" }, flag = "MH" })).EnsureSuccessStatusCode();
        for (var waited = TimeSpan.Zero; ; waited += TimeSpan.FromMilliseconds(AskAgainMs))
        {
            var alerts = (await http.GetFromJsonAsync<JsonElement>("/api/alerts")).GetProperty("alerts");
            if (alerts.GetArrayLength() >= LeastAlerts && alerts.EnumerateArray().Where(a => a.GetProperty("kind").GetString() == "silence").Select(a => a.GetProperty("caseId").GetString()).FirstOrDefault() is { } silence)
            {
                (await http.PostAsJsonAsync("/api/registry/questions", new { vessel = Asked, flag = "MH", text = "Does she fly your flag, and since when?", legalBasis = "UNCLOS article 94", deadline = TimeProvider.System.GetUtcNow().AddDays(2), replyTo = "watch@maritimewatch.example" })).EnsureSuccessStatusCode();
                return silence;
            }

            if (waited > Exercise)
            {
                throw new TimeoutException($"Expected {LeastAlerts} alerts of the exercise, one of them a silence, within {Exercise.TotalMinutes:0} min; found {alerts.GetArrayLength()}.");
            }

            await Task.Delay(AskAgainMs);
        }
    }
}
