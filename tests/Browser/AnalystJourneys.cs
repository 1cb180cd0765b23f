using MaritimeWatch.Support;
using Microsoft.Playwright;

namespace MaritimeWatch.Browser;

/// <summary>What an analyst does, on the real server in a real browser.</summary>
[Collection("one browser and one server on few cores: journeys one after the other")]
public class AnalystJourneys(Watch watch, ITestOutputHelper output)
{
    [Fact]
    public async Task She_sees_three_hundred_moving_vessels_the_feed_and_the_exercise_mark_and_nothing_leaves_the_host()
    {
        var page = await watch.PageAsync(signIn: false);
        var (outside, faults) = (new List<string>(), new List<string>());
        page.Request += (_, request) => outside.AddRange(request.Url.StartsWith(watch.Address, StringComparison.Ordinal) || request.Url.StartsWith("blob:", StringComparison.Ordinal) || request.Url.StartsWith("data:", StringComparison.Ordinal) ? [] : [request.Url]);
        page.PageError += (_, error) => faults.Add(error);
        page.Console += (_, message) => faults.AddRange(message.Text.Contains("Content Security Policy", StringComparison.Ordinal) ? [message.Text] : []);
        await page.GotoAsync($"{watch.Address}/sign-in.html");
        await page.FillAsync("#name", ConsoleClient.Name);
        await page.FillAsync("#password", ConsoleClient.Password);
        await page.ClickAsync("#submit");
        await page.WaitForSelectorAsync("[data-alert-id]", new PageWaitForSelectorOptions { State = WaitForSelectorState.Attached });
        await Watch.UntilAsync(async () => await page.EvaluateAsync<int>("maritimeWatch.vesselCount()") >= 300, "300 vessels");
        // All of the exercise in one view: only what is in view is sent.
        await Watch.UntilAsync(async () => await page.EvaluateAsync<bool>("Boolean(maritimeWatch.map)"), "the map");
        await page.EvaluateAsync("void maritimeWatch.map.jumpTo({ center: [1, 50.9], zoom: 6.2 })");
        await Watch.UntilAsync(async () => await page.EvaluateAsync<int>("maritimeWatch.fleet.count") >= 300, "300 vessels in view");
        var since = await page.EvaluateAsync<double>("performance.now()");
        await Watch.UntilAsync(async () => await page.EvaluateAsync<int>($"maritimeWatch.movedSince({since})") >= 300, "300 moving vessels", TimeSpan.FromSeconds(60));
        output.WriteLine($"{await page.EvaluateAsync<int>("maritimeWatch.vesselCount()")} vessels, {await page.EvaluateAsync<int>($"maritimeWatch.movedSince({since})")} moved");
        Assert.Contains("EXERCISE", await page.InnerTextAsync("#exercise"), StringComparison.Ordinal);
        Assert.Contains("EXERCISE", await page.InnerTextAsync(".feed-pill >> nth=0"), StringComparison.Ordinal);
        Assert.Contains("UTC EXERCISE", await page.InnerTextAsync("#clock"), StringComparison.Ordinal);
        Assert.Empty(outside);
        Assert.Empty(faults);
    }

    [Theory]
    [InlineData("silence")]
    [InlineData("flagHop")]
    [InlineData("identityContradiction")]
    public async Task She_opens_an_alert_and_reads_what_speaks_for_it_and_against_it(string kind)
    {
        var page = await watch.PageAsync();
        await OpenAsync(page, kind);
        var (forIt, against) = (await page.InnerTextAsync("#for"), await page.InnerTextAsync("#against"));
        output.WriteLine($"FOR {forIt}\nAGAINST {against}");
        Assert.Matches("[0-9]", forIt);
        Assert.True(against.Length > 20);
        Assert.Contains("EXER ", await page.InnerTextAsync("#drawer"), StringComparison.Ordinal);
        var address = page.Url;
        Assert.Contains("alert=", address, StringComparison.Ordinal);
        await page.ReloadAsync();
        await page.WaitForSelectorAsync("#for");
        Assert.Equal(forIt, await page.InnerTextAsync("#for"));
        if (kind == "silence")
        {
            await page.WaitForTimeoutAsync(2500);
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Environment.GetEnvironmentVariable("MW_SCREENSHOT") ?? Path.Combine(Path.GetTempPath(), "mw-console.png") });
        }
    }

    [Fact]
    public async Task Ages_in_the_list_count_from_the_time_of_the_watch_from_its_first_drawing_on()
    {
        var page = await watch.PageAsync();
        var ages = await page.EvaluateAsync<string[]>("[...document.querySelectorAll('#alerts .when')].map(w => w.textContent)");
        Assert.NotEmpty(ages);
        // The exercise is in March and lasts a day; this machine's clock is elsewhere.
        Assert.All(ages, age => Assert.DoesNotContain("day", age, StringComparison.Ordinal));
    }

    [Fact]
    public async Task She_lays_the_reception_over_the_map_as_a_hatch_and_takes_it_off_again()
    {
        var page = await watch.PageAsync();
        var answered = page.WaitForResponseAsync(r => r.Url.Contains("/api/reception.geojson", StringComparison.Ordinal));
        await page.ClickAsync("#reception-button");
        var cells = (await (await answered).JsonAsync())!.Value.GetProperty("features").EnumerateArray().Select(f => f.GetProperty("properties")).ToList();
        Assert.Equal("true", await page.GetAttributeAsync("#reception-button", "aria-pressed"));
        output.WriteLine($"{cells.Count} cells, {cells.Count(c => c.GetProperty("heard").GetDouble() < 0.8)} hatched");
        Assert.Contains(cells, c => c.GetProperty("heard").GetDouble() > 0.8);
        Assert.Contains(cells, c => c.GetProperty("heard").GetDouble() < 0.5);
        Assert.All(cells, c => Assert.InRange(c.GetProperty("heard").GetDouble(), c.GetProperty("low").GetDouble() - 0.05, c.GetProperty("high").GetDouble() + 0.05));
        await page.WaitForTimeoutAsync(2500);
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Path.GetTempPath(), "mw-reception.png") });
        await page.Keyboard.PressAsync("r");
        Assert.Equal("false", await page.GetAttributeAsync("#reception-button", "aria-pressed"));
    }

    [Fact]
    public async Task A_dismissal_needs_a_reason_and_can_be_undone()
    {
        var page = await watch.PageAsync();
        await OpenAsync(page, "flagHop");
        await page.ClickAsync("#act-dismiss");
        await page.ClickAsync("#confirm-dismiss");
        Assert.True(await page.IsVisibleAsync("#confirm-dismiss"));
        await page.SelectOptionAsync("#reason", "dataError");
        await page.FillAsync("#drawer textarea", "one register entered twice");
        await page.ClickAsync("#confirm-dismiss");
        await page.WaitForSelectorAsync("#act-undo");
        Assert.Contains("dismissed", await page.InnerTextAsync("#drawer"), StringComparison.OrdinalIgnoreCase);
        await page.ClickAsync("#act-undo");
        await page.WaitForSelectorAsync("#act-dismiss");
    }

    [Fact]
    public async Task A_release_needs_a_line_and_sends_one_mail_and_a_restart_sends_no_second()
    {
        var page = await watch.PageAsync();
        await OpenAsync(page, "identityContradiction");
        await page.ClickAsync("#act-release");
        await page.ClickAsync("#confirm-release");
        Assert.True(await page.IsVisibleAsync("#confirm-release"));
        await page.FillAsync("#drawer textarea", "register asked, no answer yet");
        await page.ClickAsync("#confirm-release");
        await Watch.UntilAsync(() => Task.FromResult(Mails().Count == 1), "one mail about her");
        var mail = Mails()[0];
        output.WriteLine($"{mail.Subject}\n\n{mail.TextBody}");
        Assert.Contains("EXERCISE", mail.Subject, StringComparison.Ordinal);
        Assert.Contains(mail.BodyParts, part => part.ContentType.MimeType == "image/png");
        Assert.Contains(mail.Attachments, part => part.ContentType.MimeType == "application/geo+json");
        await watch.RestartAsync();
        await Task.Delay(TimeSpan.FromSeconds(12), TestContext.Current.CancellationToken);
        Assert.Single(Mails());
    }

    [Fact]
    public async Task She_works_by_keyboard_alone()
    {
        var page = await watch.PageAsync();
        await page.PressAsync("body", "a");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync("#for");
        await page.Keyboard.PressAsync("Escape");
        await Watch.UntilAsync(async () => !await page.IsVisibleAsync("#drawer"), "the drawer closed");

        // What an alert shows may be water with nobody in it: she looks a ship up before she asks who is in view.
        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync("EXER CORAL CURLEW");
        await page.WaitForSelectorAsync("#found-0");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync("#drawer-title:has-text('EXER CORAL CURLEW')");
        await page.Keyboard.PressAsync("Escape");
        await Watch.UntilAsync(async () => await page.EvaluateAsync<bool>("!window.maritimeWatch.map.isMoving()"), "the map arrived");
        await page.Keyboard.PressAsync("t");
        await page.WaitForSelectorAsync("#table-rows tr");
    }

    // To the centre alone: registers answer those who asked.
    // Other journeys release other alerts into the same folder.
    private List<MimeKit.MimeMessage> Mails() => Directory.Exists(watch.Outbox) ? [.. Directory.GetFiles(watch.Outbox, "*.eml").Select(f => MimeKit.MimeMessage.Load(f)).Where(m => m.To.Mailboxes.Any(to => to.Address == "centre@maritimewatch.example") && m.TextBody?.Contains("EXER CORAL CURLEW", StringComparison.Ordinal) == true)] : [];

    private static async Task OpenAsync(IPage page, string kind)
    {
        var id = await page.EvaluateAsync<string>($"fetch('/api/alerts').then(r => r.json()).then(l => l.alerts.find(a => a.kind === '{kind}').caseId)");
        await page.ClickAsync($"[data-alert-id='{id}']");
        await page.WaitForSelectorAsync("#for");
    }
}
