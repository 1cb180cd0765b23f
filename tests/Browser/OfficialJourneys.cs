using System.Net;
using MaritimeWatch.Support;
using Microsoft.Playwright;

namespace MaritimeWatch.Browser;

/// <summary>What a registry official, an administrator and an uninvited visitor see.</summary>
[Collection("one browser and one server on few cores: journeys one after the other")]
public class OfficialJourneys(Watch watch, ITestOutputHelper output)
{
    [Fact]
    public async Task The_vessel_page_shows_who_claimed_which_flag_and_when()
    {
        var page = await watch.PageAsync();
        var id = await page.EvaluateAsync<string>("fetch('/api/search?q=EXER CORAL CURLEW').then(r => r.json()).then(l => l.results[0].vesselId)");
        await page.GotoAsync($"{watch.Address}/vessel.html?id={id}");
        await Watch.UntilAsync(async () => (await page.InnerTextAsync("body")).Contains("Cyprus", StringComparison.Ordinal), "the flag");
        var text = await page.InnerTextAsync("body");
        output.WriteLine(text);
        Assert.Contains("EXERCISE register", text, StringComparison.Ordinal);
        Assert.Contains("2025-06-30", text, StringComparison.Ordinal);
        Assert.Contains("EXERCISE", text, StringComparison.Ordinal);
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Path.GetTempPath(), "mw-vessel.png") });
    }

    [Fact]
    public async Task Search_tells_a_wrong_check_digit_and_what_was_meant()
    {
        var page = await watch.PageAsync();
        var note = await page.EvaluateAsync<string>("fetch('/api/search?q=IMO 2125312').then(r => r.json()).then(l => l.note)");
        Assert.Contains("2125311", note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_usable_at_360_by_740()
    {
        var page = await watch.PageAsync(width: 360, height: 740);
        await page.ClickAsync("[data-alert-id] >> nth=0");
        await page.WaitForSelectorAsync("#for");
        Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= 360);
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Path.GetTempPath(), "mw-small.png") });
    }

    [Fact]
    public async Task Everything_but_health_needs_sign_in_and_a_change_needs_the_header()
    {
        _ = await watch.PageAsync(signIn: false);
        var cancel = TestContext.Current.CancellationToken;
        using var visitor = new HttpClient { BaseAddress = new Uri(watch.Address) };
        foreach (var path in new[] { "/api/watch", "/api/alerts", "/api/names", "/api/vessels/imo:2125311", "/jobs" })
        {
            Assert.Contains((await visitor.GetAsync(path, cancel)).StatusCode, new[] { HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden });
        }

        var health = await visitor.GetAsync("/health", cancel);
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
        Assert.Equal("nosniff", health.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains("default-src 'self'", health.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await visitor.PostAsync("/api/session", new StringContent("{}", System.Text.Encoding.UTF8, "application/json"), cancel)).StatusCode);
        using var client = new ConsoleClient(watch.Address);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.PostAsync("/api/session", new { name = ConsoleClient.Name, password = "not the password" })).StatusCode);
        await client.SignInAsync();
        Assert.Equal(HttpStatusCode.OK, (await client.GetRawAsync("/jobs")).StatusCode);
    }
}
