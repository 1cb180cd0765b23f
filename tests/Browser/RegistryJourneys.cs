using System.Net;
using System.Text;
using System.Text.Json;
using MaritimeWatch.Support;
using Microsoft.Playwright;

namespace MaritimeWatch.Browser;

/// <summary>PRODUCT R3 to R11 as officials of two flags and an analyst do them.</summary>
[Collection("one browser and one server on few cores: journeys one after the other")]
public class RegistryJourneys(Watch watch, ITestOutputHelper output)
{
    private const string Ship = "imo:2000004", AnothersShip = "imo:2167084", Contested = "imo:2459475";

    [Fact]
    public async Task A_conflict_on_the_flag_timeline_opens_both_claims_side_by_side()
    {
        var page = await watch.PageAtAsync($"/vessel.html?id={Contested}", ConsoleClient.Name);
        var faults = Faults(page);
        using var liberia = new ConsoleClient(watch.Address);
        await liberia.SignInAsync(Watch.OfficialOfAnotherFlag, ConsoleClient.Password);
        var said = new { status = "registered", validFrom = "2017-01-01T00:00:00Z", validTo = "2018-01-01T00:00:00Z", reference = "LR-OLD-7", imo = Contested[4..], name = "<img src=x onerror=alert(1)>", vessel = Contested };
        Assert.Equal(HttpStatusCode.OK, (await liberia.PostAsync("/api/registry/statements", said)).StatusCode);

        await page.ReloadAsync();
        await page.WaitForSelectorAsync(".timeline .clashing");
        var drawing = await page.EvaluateAsync<string>("document.querySelector('.timeline svg').textContent");
        Assert.Contains("conflict", drawing, StringComparison.Ordinal);
        Assert.Contains("no information", drawing, StringComparison.Ordinal);
        Assert.DoesNotContain("no flag", drawing, StringComparison.OrdinalIgnoreCase);
        await page.FocusAsync(".timeline [role=button] >> nth=0");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync(".both-sides");
        var both = await page.InnerTextAsync(".both-sides");
        output.WriteLine(both);
        Assert.Contains("LR-OLD-7", both, StringComparison.Ordinal);
        Assert.Contains("EXERCISE-MH-10010", both, StringComparison.Ordinal);
        Assert.Contains("statement of LR", both, StringComparison.Ordinal);
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Picture("vessel-conflict"), FullPage = true });
        await page.Keyboard.PressAsync("d");
        await page.Keyboard.PressAsync("d");
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Picture("vessel-night") });
        Assert.Contains("conflict: show both", await page.InnerTextAsync(".page main table >> nth=0"), StringComparison.Ordinal);

        // Before the register spoke nothing was known of it.
        await page.FillAsync("#known-at", "2020-01-01");
        await Watch.UntilAsync(async () => !(await page.InnerTextAsync("[aria-label='Flag timeline']")).Contains("statement of LR", StringComparison.Ordinal), "the timeline as known on a day");
        Assert.Empty(faults);
    }

    [Fact]
    public async Task A_question_is_asked_answered_approved_by_a_second_official_superseded_and_revoked()
    {
        var page = await watch.PageAtAsync($"/vessel.html?id={Ship}", ConsoleClient.Name);
        var asked = Faults(page);
        await page.ClickAsync("#act-ask");
        await page.FillAsync("#ask [name=flag]", "MH");
        await page.FillAsync("#ask [name=text]", "Is she on your register, since when?");
        await page.ClickAsync("#ask-go");
        Assert.Contains("rule under which you ask", await page.InnerTextAsync("#ask .fault"), StringComparison.Ordinal);
        await page.FillAsync("#ask [name=legalBasis]", "UNCLOS article 94");
        await page.FillAsync("#ask [name=replyTo]", "asker@maritimewatch.example");
        await page.ClickAsync("#ask-go");
        Assert.Contains("TLP:AMBER", await page.InnerTextAsync("#ask .note"), StringComparison.Ordinal);
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Picture("ask"), FullPage = true });
        await page.ClickAsync("#ask-confirm");
        await page.WaitForSelectorAsync("#asked");
        Assert.Empty(asked);

        page = await watch.PageAtAsync("/registry.html", Watch.Official);
        var answered = Faults(page);
        await page.ClickAsync(".queue-row");
        await page.WaitForSelectorAsync("#act-answer");
        var question = await page.InnerTextAsync("#desk");
        output.WriteLine(question);
        Assert.All([ConsoleClient.Name, "UNCLOS article 94", "TLP:AMBER", "due in", "Is she on your register"], text => Assert.Contains(text, question, StringComparison.Ordinal));
        await page.ClickAsync("#act-answer");
        await page.SelectOptionAsync("#answer [name=status]", "provisional");
        await page.ClickAsync("#answer-go");
        Assert.Contains("needs a day", await page.InnerTextAsync("#answer .fault"), StringComparison.Ordinal);
        await page.SelectOptionAsync("#answer [name=status]", "registered");
        await page.FillAsync("#answer [name=validFrom]", "2012-02-17");
        await page.FillAsync("#answer [name=reference]", "MH-REG-1");
        await page.FillAsync("#answer [name=imo]", "2000005");
        await ConfirmAsync(page, "answer");
        await Watch.UntilAsync(async () => (await page.InnerTextAsync("#answer .fault")).Contains("2000005", StringComparison.Ordinal), "the refusal beside the form");
        await page.FillAsync("#answer [name=imo]", "2000004");
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Picture("registry") });
        await ConfirmAsync(page, "answer");
        await page.WaitForSelectorAsync("[data-state=awaitingApproval] .state");
        Assert.Equal(0, await page.Locator("[data-act=approve]").CountAsync());
        Assert.Empty(answered);

        page = await watch.PageAtAsync("/registry.html", Watch.SecondOfficial, 360, 740);
        await page.ClickAsync(".queue-row");
        await page.WaitForSelectorAsync("[data-act=approve]");
        Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= 360);
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Picture("desk-small"), FullPage = true });
        await page.ClickAsync("[data-act=approve]");
        await ConfirmAsync(page, "approve");
        await page.WaitForSelectorAsync("li[data-state=inForce]");
        Assert.Contains(Watch.SecondOfficial, await page.InnerTextAsync("li[data-state=inForce]"), StringComparison.Ordinal);
        await page.ClickAsync("[data-act=supersede]");
        await page.FillAsync("#supersede [name=validFrom]", "2012-02-18");
        await page.FillAsync("#supersede [name=reason]", "the day was one off");
        await ConfirmAsync(page, "supersede");
        await page.WaitForSelectorAsync("li[data-state=awaitingApproval]");

        page = await watch.PageAtAsync($"/registry.html?vessel={Ship}", Watch.Official, 360, 740);
        await page.ClickAsync("[data-act=approve]");
        await ConfirmAsync(page, "approve");
        await page.WaitForSelectorAsync("li[data-state=superseded]");
        Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= 360);
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Picture("registry-small"), FullPage = true });
        await page.ClickAsync("[data-act=revoke]");
        await page.FillAsync("#revoke [name=reason]", "stated about the wrong file");
        await ConfirmAsync(page, "revoke");
        await page.WaitForSelectorAsync("li[data-state=revoked]");
        var file = await page.InnerTextAsync("#desk");
        Assert.All(["superseded", "the day was one off", "revoked", "stated about the wrong file"], text => Assert.Contains(text, file, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Another_flags_ship_is_read_only_and_the_interface_refuses_too()
    {
        var page = await watch.PageAtAsync($"/registry.html?vessel={AnothersShip}", Watch.OfficialOfAnotherFlag);
        Assert.Contains("Read only", await page.InnerTextAsync("#desk"), StringComparison.Ordinal);
        Assert.Equal(0, await page.Locator("#desk button").CountAsync());
        using var analyst = new ConsoleClient(watch.Address);
        await analyst.SignInAsync();
        var asked = await analyst.PostAsync("/api/registry/questions", new { vessel = AnothersShip, flag = "PA", text = "Yours?", legalBasis = "UNCLOS article 94", deadline = TimeProvider.System.GetUtcNow().AddDays(1), replyTo = "asker@maritimewatch.example" });
        var id = JsonDocument.Parse(await asked.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement.GetProperty("id").GetString();
        var refused = await page.EvaluateAsync<string>($$"""
            fetch('/api/registry/questions/{{id}}/answer', { method: 'POST', headers: { 'X-MaritimeWatch': '1', 'Content-Type': 'application/json' },
              body: JSON.stringify({ status: 'underCheck', reference: 'r', imo: '2167084' }) }).then(r => `${r.status} ${r.headers.get('Content-Type')}`)
            """);
        Assert.StartsWith("403 application/problem+json", refused, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_csv_is_checked_at_once_and_the_fleet_and_the_subscriptions_stand_beside()
    {
        var page = await watch.PageAtAsync("/registry.html", Watch.OfficialOfAnotherFlag);
        var faults = Faults(page);
        await page.ClickAsync("[role=tab]:has-text('Bulk check')");
        await page.SetInputFilesAsync("#bulk-file", new FilePayload { Name = "ships.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes("imo,name\r\n2125311,EXER CORAL CURLEW\r\n2125312,\r\n9999993,<b>NOBODY</b>\r\n") });
        await page.WaitForSelectorAsync("#bulk-answer tbody tr");
        var answer = await page.InnerTextAsync("#bulk-answer");
        output.WriteLine(answer);
        Assert.All(["3 rows", "EXER CORAL CURLEW", "Did you mean", "no match", "reached: EXERCISE register"], text => Assert.Contains(text, answer, StringComparison.Ordinal));
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Picture("bulk") });
        var file = await page.RunAndWaitForDownloadAsync(() => page.ClickAsync("#bulk-csv"));
        Assert.StartsWith("row,identifier", await File.ReadAllTextAsync(await file.PathAsync(), TestContext.Current.CancellationToken), StringComparison.Ordinal);

        await page.ClickAsync("[role=tab]:has-text('Subscriptions')");
        await page.SelectOptionAsync("#subscribe [name=kind]", "notOnRegister");
        await page.FillAsync("#subscribe [name=address]", "fleet@maritimewatch.example");
        await ConfirmAsync(page, "subscribe");
        await page.ClickAsync("[data-subscription-id] button");
        await ConfirmAsync(page, "unsubscribe");
        await page.WaitForSelectorAsync("[data-subscription-id]", new PageWaitForSelectorOptions { State = WaitForSelectorState.Detached });

        await page.ClickAsync("[role=tab]:has-text('Own fleet')");
        await page.WaitForSelectorAsync("[aria-label='Not on the register']");
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Picture("fleet") });
        Assert.Empty(faults);
    }

    private static async Task ConfirmAsync(IPage page, string form)
    {
        await page.ClickAsync($"#{form}-go");
        Assert.Contains("Is that right?", await page.InnerTextAsync($"#{form} .note"), StringComparison.Ordinal);
        await page.ClickAsync($"#{form}-confirm");
    }

    /// <summary>Errors of the page and whatever its content policy stopped.</summary>
    private static List<string> Faults(IPage page)
    {
        var faults = new List<string>();
        page.PageError += (_, error) => faults.Add(error);
        page.Console += (_, message) => faults.AddRange(message.Text.Contains("Content Security Policy", StringComparison.Ordinal) ? [message.Text] : []);
        return faults;
    }

    private static string Picture(string name) => Path.Combine(Path.GetTempPath(), $"mw-{name}.png");
}
