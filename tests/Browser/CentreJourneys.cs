using MaritimeWatch.Support;
using Microsoft.Playwright;

namespace MaritimeWatch.Browser;

/// <summary>What a regional centre sees of the console: what was released, and no trace of the rest.</summary>
[Collection("one browser and one server on few cores: journeys one after the other")]
public sealed class CentreJourneys(Watch watch, ITestOutputHelper output)
{
    [Fact]
    public async Task A_centre_reads_the_released_alert_and_no_request_of_its_page_is_refused()
    {
        using var analyst = new ConsoleClient(watch.Address);
        await analyst.SignInAsync();
        const string name = "centre of the region";
        (await analyst.PostAsync("/api/accounts", new { name, password = ConsoleClient.Password, roles = new[] { "centre" } })).EnsureSuccessStatusCode();
        // Interference is raised some minutes into the exercise, and no other journey decides on it.
        var released = "";
        await Watch.UntilAsync(async () => (released = (await analyst.AlertsAsync()).Where(a => a.GetProperty("kind").GetString() == "interference").Select(a => a.GetProperty("caseId").GetString()!).FirstOrDefault("")).Length > 0, "an interference", TimeSpan.FromMinutes(2));
        await ReleaseAsync(analyst, released);

        var page = await watch.PageAsync(signIn: false);
        var (refused, asked) = (new List<string>(), 0);
        page.Response += (_, answer) =>
        {
            asked++;
            refused.AddRange(answer.Status >= 400 ? [$"{answer.Status} {answer.Url}"] : []);
        };
        await page.GotoAsync($"{watch.Address}/sign-in.html");
        await page.FillAsync("#name", name);
        await page.FillAsync("#password", ConsoleClient.Password);
        await page.ClickAsync("#submit");
        await page.WaitForSelectorAsync($"[data-alert-id='{released}']");
        foreach (var id in await page.Locator("[data-alert-id]").EvaluateAllAsync<string[]>("rows => rows.map(r => r.dataset.alertId)"))
        {
            using var one = await analyst.GetRawAsync($"/api/alerts/{id}");
            Assert.Contains("\"alertRevision\":", await one.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }

        await page.ClickAsync($"[data-alert-id='{released}']");
        await page.WaitForSelectorAsync("#for");
        Assert.Equal(0, await page.Locator("#drawer .decision button:visible").CountAsync());
        Assert.False(await page.Locator("#search").IsVisibleAsync());
        Assert.False(await page.Locator("#fault").IsVisibleAsync());
        await page.WaitForTimeoutAsync(4000);
        Assert.False(await page.Locator("#lost").IsVisibleAsync());
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Path.GetTempPath(), "mw-centre.png") });
        output.WriteLine($"{asked} answers, {refused.Count} refused");
        Assert.Empty(refused);
    }

    private static async Task ReleaseAsync(ConsoleClient analyst, string caseId)
    {
        // The exercise goes on: a case may move between the look and the act.
        await Watch.UntilAsync(async () =>
        {
            var one = await analyst.GetAsync($"/api/alerts/{caseId}");
            if (one.GetProperty("case").GetProperty("alertRevision").GetInt32() > 0)
            {
                return true;
            }

            using var done = await analyst.PostAsync($"/api/alerts/{caseId}/release", new { note = "for the centre", tlp = "amber", eventsSeen = one.GetProperty("case").GetProperty("history").GetArrayLength() });
            return done.IsSuccessStatusCode;
        }, "an alert released");
    }
}
