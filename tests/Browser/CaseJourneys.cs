using System.Text.RegularExpressions;
using MaritimeWatch.Cases;
using MaritimeWatch.Detection;
using MaritimeWatch.Storage;
using MaritimeWatch.Support;
using Microsoft.Playwright;

namespace MaritimeWatch.Browser;

/// <summary>The analyst's work with alerts, a test a step (PRODUCT 4.1).</summary>
[Collection("one browser and one server on few cores: journeys one after the other")]
public sealed class CaseJourneys(Watch watch, CaseWatch cases, ITestOutputHelper output) : IClassFixture<CaseWatch>
{
    private static string Id(int number) => $"00000000000001{number:00}";

    private async Task<IPage> PageAsync(int width = 1440, int height = 900)
    {
        var page = await watch.PageAsync(signIn: false, width, height, cases.Address);
        await watch.SignInAsync(page, "/", ConsoleClient.Name, cases.Address);
        await page.WaitForSelectorAsync("[data-alert-id]", new PageWaitForSelectorOptions { State = WaitForSelectorState.Attached });
        return page;
    }

    private static async Task OpenAsync(IPage page, string id)
    {
        await page.Locator($"[data-alert-id='{id}']").PressAsync("Enter");
        await page.WaitForSelectorAsync($"#drawer[data-case-id='{id}'] #for");
    }

    private static Task<string[]> OrderAsync(IPage page) => page.EvaluateAsync<string[]>("[...document.querySelectorAll('[data-alert-id]')].map(r => r.dataset.alertId)");

    private static Task<string> DrawerAsync(IPage page) => page.InnerTextAsync("#drawer");

    [Fact]
    public async Task A2_alerts_stand_in_order_of_priority_with_what_she_needs_and_ten_fit()
    {
        var page = await PageAsync();
        using var client = new ConsoleClient(cases.Address);
        await client.SignInAsync();
        var wanted = (await client.AlertsAsync()).Where(a => a.GetProperty("state").GetString() is "new" or "acknowledged" or "escalated" or "released").Select(a => a.GetProperty("caseId").GetString()!).ToArray();
        Assert.Equal(wanted, await OrderAsync(page));
        var bottoms = await page.EvaluateAsync<double[]>("[...document.querySelectorAll('[data-alert-id]')].slice(0, 10).map(r => r.getBoundingClientRect().bottom)");
        Assert.All(bottoms, bottom => Assert.True(bottom <= 900, $"{bottom} px"));
        var row = await page.InnerTextAsync($"[data-alert-id='{wanted[0]}']");
        output.WriteLine(row);
        Assert.All(["AIS silence", "EXER PLOVER", "(by MMSI)", "Dover", "open", "High"], word => Assert.Contains(word, row, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A3_the_list_keeps_still_under_the_pointer_and_one_key_takes_in_what_is_new()
    {
        var page = await PageAsync();
        var before = await OrderAsync(page);
        await page.HoverAsync($"[data-alert-id='{before[2]}']");
        await cases.FoundAsync(CaseWatch.Silence("0000000000000300", hour: 1, score: 9));
        await page.WaitForSelectorAsync("#new-bar:visible");
        Assert.StartsWith("1 new", await page.InnerTextAsync("#new-bar"), StringComparison.Ordinal);
        Assert.Equal(before, await OrderAsync(page));
        await page.Keyboard.PressAsync((await page.GetAttributeAsync("#new-bar", "aria-keyshortcuts"))!);
        await Watch.UntilAsync(async () => (await OrderAsync(page)).Contains("0000000000000300"), "the new alert in the list");
        Assert.True(await page.IsHiddenAsync("#new-bar"));

        // The same while one is open.
        await OpenAsync(page, before[0]);
        await page.Mouse.MoveAsync(700, 400);
        var open = await OrderAsync(page);
        await cases.FoundAsync(CaseWatch.Silence("0000000000000301", hour: 1, score: 9));
        await page.WaitForSelectorAsync("#new-bar:visible");
        Assert.Equal(open, await OrderAsync(page));
    }

    private static async Task<string> ConfidenceOfSilenceAsync(IPage page)
    {
        var id = await page.EvaluateAsync<string>("fetch('/api/alerts').then(r => r.json()).then(l => l.alerts.find(a => a.kind === 'silence').caseId)");
        await page.Locator($"[data-alert-id='{id}']").PressAsync("Enter");
        await page.WaitForSelectorAsync($"#drawer[data-case-id='{id}'] #for");
        return await page.InnerTextAsync(".confidence");
    }

    [Fact]
    public async Task A8_each_reason_opens_its_records_with_both_times_the_receiver_and_the_line_as_received()
    {
        var page = await PageAsync();
        await OpenAsync(page, Id(0));
        Assert.Equal(5, await page.Locator("#for [data-records], #against [data-records]").CountAsync());
        await page.Locator("#for [data-records='underWay']").PressAsync("Enter");
        await page.WaitForSelectorAsync("#records table tbody tr");
        Assert.Equal(20, await page.Locator("#records tbody tr").CountAsync());
        var first = await page.InnerTextAsync("#records tbody tr >> nth=0");
        output.WriteLine(first);
        Assert.All([CaseWatch.Line, "north coast", "477553000", "SHA-256"], word => Assert.Contains(word, first, StringComparison.Ordinal));
        Assert.Equal(2, Regex.Count(first, @"\d\d:\d\d:\d\d"));
        await page.Keyboard.PressAsync("Escape");
        await Watch.UntilAsync(async () => await page.Locator("#records").CountAsync() == 0, "the records closed");
        Assert.True(await page.IsVisibleAsync("#drawer"));
    }

    [Fact]
    public async Task A9_a_dismissal_needs_a_reason_is_told_with_name_and_time_undone_for_ten_seconds_and_on_the_chain()
    {
        var page = await PageAsync();
        await OpenAsync(page, Id(1));
        await page.ClickAsync("#act-dismiss");
        await page.FillAsync("#drawer textarea", "towed to the yard");
        await page.ClickAsync("#confirm-dismiss");
        Assert.Contains("Choose a reason", await DrawerAsync(page), StringComparison.Ordinal);
        await page.SelectOptionAsync("#reason", "other");
        await page.ClickAsync("#confirm-dismiss");
        await page.WaitForSelectorAsync("#act-undo");
        Assert.Matches($@"Dismissed by {ConsoleClient.Name}, \d\d\d\d-\d\d-\d\d \d\d:\d\d UTC", await DrawerAsync(page));
        await page.ClickAsync("#act-undo");
        await page.WaitForSelectorAsync("#act-dismiss");
        Assert.Equal(["Dismiss", "UndoDismissal"], (await cases.Service<IStore>().Audit.AfterAsync(0, 1000, TestContext.Current.CancellationToken)).Where(e => e.Subject == Id(1) && e.By == ConsoleClient.Name && e.Act != "read").Select(e => e.Act));
    }

    [Fact]
    public async Task A10_the_same_behaviour_comes_not_back_and_a_new_silence_does()
    {
        var page = await PageAsync();
        await OpenAsync(page, Id(2));
        await page.ClickAsync("#act-dismiss");
        await page.SelectOptionAsync("#reason", "port");
        await page.FillAsync("#drawer textarea", "at the quay");
        await page.ClickAsync("#confirm-dismiss");
        await page.WaitForSelectorAsync("#act-undo");
        await page.Keyboard.PressAsync("Escape");
        await cases.FoundAsync(CaseWatch.Silence(Id(2), hour: -4, hours: 3));
        await cases.FoundAsync(CaseWatch.Silence("0000000000000310", hour: 2));
        await page.Mouse.MoveAsync(700, 400);
        await page.EvaluateAsync("document.activeElement.blur()");
        await Watch.UntilAsync(async () =>
        {
            await page.Keyboard.PressAsync((await page.GetAttributeAsync("#new-bar", "aria-keyshortcuts"))!);
            return (await OrderAsync(page)).Contains("0000000000000310");
        }, "the new silence in the list");
        Assert.DoesNotContain(Id(2), await OrderAsync(page));
    }

    [Fact]
    public async Task A11_who_agrees_picks_an_action_and_writes_a_line_and_nothing_goes_out()
    {
        var page = await PageAsync();
        await OpenAsync(page, Id(3));
        await page.ClickAsync("#act-escalate");
        await page.ClickAsync("#confirm-escalate");
        Assert.Contains("Choose an action", await DrawerAsync(page), StringComparison.Ordinal);
        await page.SelectOptionAsync("#follow-up", "callOnVhf");
        await page.ClickAsync("#confirm-escalate");
        Assert.Contains("Write a line", await DrawerAsync(page), StringComparison.Ordinal);
        await page.FillAsync("#drawer textarea", "calling on channel 16");
        await page.ClickAsync("#confirm-escalate");
        await page.WaitForSelectorAsync(".state-escalated");
        var said = await DrawerAsync(page);
        Assert.Contains("unexplained", said, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("illegal", said, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(await cases.Service<IStore>().Outbox.AllAsync(10, TestContext.Current.CancellationToken));
        var done = (await cases.Service<IStore>().Cases.FindAsync(Id(3), TestContext.Current.CancellationToken))!.Decision()!;
        Assert.Equal((CaseAct.Escalate, FollowUp.CallOnVhf, "calling on channel 16"), (done.Act, done.FollowUp, done.Note));
        Assert.True(done.OpenSeconds > 0);

        // To pass it on is to release it, with what a release asks for.
        await page.ClickAsync("#act-escalate");
        await page.SelectOptionAsync("#follow-up", "passToCentre");
        await page.WaitForSelectorAsync("#confirm-release");
    }

    [Fact]
    public async Task A12_late_data_show_in_drawer_and_list_within_ten_seconds_with_time_and_cause()
    {
        await cases.FoundAsync(CaseWatch.Silence(Id(4), hour: -8, hours: 9 + (16 / 60.0)));
        var page = await PageAsync();
        await OpenAsync(page, Id(4));
        await cases.FoundAsync(CaseWatch.Silence(Id(4), hour: -8, hours: 5.1));
        await Watch.UntilAsync(async () => (await page.InnerTextAsync("#change")).Contains("shortened from 9 h 16 min to 5 h 6 min: ", StringComparison.Ordinal), "the drawer says it", TimeSpan.FromSeconds(10));
        Assert.Matches(@"\d\d\d\d-\d\d-\d\d \d\d:\d\d UTC", await page.InnerTextAsync("#change"));
        await Watch.UntilAsync(async () => (await page.InnerTextAsync($"[data-alert-id='{Id(4)}']")).Contains("shortened", StringComparison.Ordinal), "the list says it", TimeSpan.FromSeconds(10));
        var gone = CaseWatch.Silence(Id(4), hour: -8, hours: 5.1, alert: false);
        await cases.FoundAsync(gone with { Evidence = [.. gone.Evidence, new Evidence("lateData", "reception", -9, "Data that came late show she was heard.")] });
        await Watch.UntilAsync(async () => (await page.InnerTextAsync("#change")).Contains("withdrawn: Data that came late show she was heard.", StringComparison.Ordinal), "the withdrawal", TimeSpan.FromSeconds(10));
        await Watch.UntilAsync(async () => await page.GetAttributeAsync($"[data-alert-id='{Id(4)}']", "data-state") == "withdrawn", "the list struck through", TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task She_suspends_a_hull_for_a_time_and_sees_what_stays_quiet_and_lifts_it()
    {
        var page = await PageAsync();
        await OpenAsync(page, Id(9));
        await page.ClickAsync("#act-suspend");
        await page.ClickAsync("#confirm-suspend");
        Assert.Contains("Choose a reason", await DrawerAsync(page), StringComparison.Ordinal);
        await page.SelectOptionAsync("#suspend-reason", "laidUp");
        await page.FillAsync("#suspend-from", "2026-03-13T18:00");
        await page.FillAsync("#suspend-until", "2026-03-13T19:00");
        await page.FillAsync("#drawer textarea", "in dry dock");
        await page.ClickAsync("#confirm-suspend");
        await page.WaitForSelectorAsync("#suspended-button:visible");
        await Watch.UntilAsync(async () => await page.GetAttributeAsync($"[data-alert-id='{Id(9)}']", "data-state") == "withdrawn", "what began within it leaves the list");
        await page.ClickAsync("#suspended-button");
        await page.WaitForSelectorAsync("#suspended [data-suspension]");
        var row = await page.InnerTextAsync("#suspended [data-suspension]");
        output.WriteLine(row);
        Assert.All(["EXER PLOVER", "in dry dock", ConsoleClient.Name, "Laid up"], word => Assert.Contains(word, row, StringComparison.Ordinal));
        Assert.EndsWith("1", row.Trim(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_the_blind_share_she_says_her_own_judgement_before_the_score_is_shown()
    {
        var store = cases.Service<IStore>();
        await store.Findings.SaveAsync(CaseWatch.Silence("0000000000000900", hour: 3), CaseWatch.Noon, TestContext.Current.CancellationToken);
        await store.Cases.ApplyAsync(new CaseChange(CaseRules.Raise("0000000000000900", 1, CaseWatch.Noon, CaseWatch.Noon, blindShare: 1), 0, null, [], new AuditNote(CaseWatch.Noon, CaseRules.Machine, "raise", "0000000000000900", "")), TestContext.Current.CancellationToken);
        var page = await PageAsync();
        await OpenAsync(page, "0000000000000900");
        Assert.Equal(0, await page.Locator("#drawer .marks, #drawer .meter, #act-dismiss, #act-escalate").CountAsync());
        Assert.DoesNotContain("High", await page.InnerTextAsync("[data-alert-id='0000000000000900']"), StringComparison.Ordinal);
        await page.ClickAsync("#act-assess");
        await page.SelectOptionAsync("#judgement", "unexplained");
        await page.FillAsync("#drawer textarea", "others were heard all the time");
        await page.ClickAsync("#confirm-assess");
        await page.WaitForSelectorAsync("#act-escalate");
        Assert.Contains("High", await page.InnerTextAsync(".confidence"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A5_the_first_screen_holds_sentence_band_with_words_and_count_reasons_and_what_to_check()
    {
        var page = await watch.PageAsync();
        foreach (var kind in new[] { "silence", "flagHop" })
        {
            var id = await page.EvaluateAsync<string>($"fetch('/api/alerts').then(r => r.json()).then(l => l.alerts.find(a => a.kind === '{kind}').caseId)");
            await page.Locator($"[data-alert-id='{id}']").PressAsync("Enter");
            await page.WaitForSelectorAsync($"#drawer[data-case-id='{id}'] #for");
            var seen = await page.EvaluateAsync<double[]>("['.sentence', '.confidence', '#for', '#against', '#check'].map(s => document.querySelector('#drawer ' + s).getBoundingClientRect().bottom).concat(document.querySelector('.decision').getBoundingClientRect().top)");
            output.WriteLine($"{kind}: {string.Join(", ", seen.Select(s => $"{s:0}"))}");
            Assert.All(seen[..5], bottom => Assert.True(bottom <= seen[5], $"{kind}: {bottom:0} px, the decision bar begins at {seen[5]:0}"));
            Assert.InRange(await page.Locator("#drawer #for li").CountAsync(), 0, 3);
            Assert.InRange(await page.Locator("#drawer #against li").CountAsync(), 0, 3);
            Assert.Matches(@"(not enough decisions yet \(\d+\)|of \d+ like this, \d+ confirmed)", await page.InnerTextAsync(".confidence"));
        }

        Assert.Matches(@"(likely|possible|unlikely) \(", await ConfidenceOfSilenceAsync(page));
    }

    [Theory]
    [InlineData(1440, 900)]
    [InlineData(360, 740)]
    public async Task Drawer_list_and_records_fit_the_screen_in_every_palette(int width, int height)
    {
        var page = await PageAsync(width, height);
        foreach (var palette in new[] { "day", "dusk", "night" })
        {
            await OpenAsync(page, Id(5));
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Path.GetTempPath(), $"mw-cases-{palette}-{width}.png") });
            Assert.True(await page.EvaluateAsync<bool>("document.querySelector('#drawer-content').scrollWidth <= document.querySelector('#drawer').clientWidth + 1"), $"{palette}: the drawer is wider than its place");
            await page.ClickAsync("#act-suspend");
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Path.GetTempPath(), $"mw-cases-suspend-{palette}-{width}.png") });
            await page.ClickAsync(".decision .buttons button >> nth=0");
            await page.Locator("#for [data-records]").First.PressAsync("Enter");
            await page.WaitForSelectorAsync("#records table");
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Path.GetTempPath(), $"mw-records-{palette}-{width}.png") });
            await page.Keyboard.PressAsync("Escape");
            await Watch.UntilAsync(async () => await page.Locator("#records").CountAsync() == 0, "the records closed");
            await page.Keyboard.PressAsync("Escape");
            await page.EvaluateAsync("document.querySelector('#palette').click()");
        }
    }
}
