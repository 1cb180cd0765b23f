using System.Text.RegularExpressions;
using MaritimeWatch.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Playwright;

namespace MaritimeWatch.Browser;

/// <summary>The administration page by keyboard, the check of the audit chain, and the history on a vessel's page.</summary>
[Collection("one browser and one server on few cores: journeys one after the other")]
public sealed class AdministrationJourneys(Watch watch)
{
    internal static readonly string[] Tabs = ["people", "feeds", "jobs", "retention", "audit", "measures"];

    [Fact]
    public async Task The_tabs_go_by_keyboard_the_address_keeps_them_and_each_fits_360_pixels()
    {
        var page = await watch.PageAtAsync("/admin.html", ConsoleClient.Name);
        var errors = new List<string>();
        page.PageError += (_, error) => errors.Add(error);
        await page.FocusAsync("#tab-people");
        foreach (var tab in Tabs)
        {
            await page.WaitForSelectorAsync($"#panel-{tab}");
            Assert.Equal("true", await page.GetAttributeAsync($"#tab-{tab}", "aria-selected"));
            Assert.Equal($"tab-{tab}", await page.EvaluateAsync<string>("document.activeElement.id"));
            Assert.EndsWith(tab == "people" ? "/admin.html" : $"#{tab}", page.Url, StringComparison.Ordinal);
            await page.Keyboard.PressAsync("ArrowRight");
        }

        // From the last the arrow leads to the first again, End and Home to the ends.
        await page.WaitForSelectorAsync("#panel-people");
        await page.Keyboard.PressAsync("End");
        await page.WaitForSelectorAsync("#panel-measures");
        await page.ReloadAsync();
        await page.WaitForSelectorAsync("#panel-measures");
        await page.SetViewportSizeAsync(360, 740);
        foreach (var tab in Tabs)
        {
            await page.ClickAsync($"#tab-{tab}");
            await page.WaitForSelectorAsync($"#panel-{tab}");
            Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), $"{tab} is wider than 360 pixels");
            Assert.True(await page.EvaluateAsync<bool>("[...document.querySelectorAll('#admin button, #admin a.button, #admin summary')].filter(b => b.offsetParent).every(b => b.getBoundingClientRect().height >= 24)"), $"{tab} has something to press under 24 pixels");
            Assert.DoesNotMatch(new Regex(@"\badmin\.[a-z]|\bnull\b|undefined|\[object"), await page.InnerTextAsync("#admin"));
        }

        Assert.Empty(errors);
    }

    [Fact]
    public async Task An_account_is_made_bound_to_an_area_and_kept_out_by_keyboard()
    {
        var page = await watch.PageAtAsync("/admin.html", ConsoleClient.Name);
        await page.FocusAsync("#make-account");
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.TypeAsync("one of the strait");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync(ConsoleClient.Password);
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Space");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Add an area" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.TypeAsync("Dover Strait");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync("50.7, 0.5, 51.4, 2");
        await page.Keyboard.PressAsync("Enter");
        var row = page.Locator("tr", new PageLocatorOptions { HasText = "one of the strait" });
        await row.WaitForAsync();
        Assert.Contains("Dover Strait", await row.InnerTextAsync(), StringComparison.Ordinal);
        await row.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Keep out: one of the strait" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await row.GetByText("kept out").WaitForAsync();
    }

    [Fact]
    public async Task The_chain_is_checked_sound_and_after_a_flipped_byte_the_page_says_which_entry()
    {
        using var folder = new TemporaryFolder();
        var address = SharedData.FreeAddress();
        await using var program = RunningProgram.Start("serve", "--urls", address, "--roles", "web", "--set", $"Node:DataFolder={folder.Path}");
        using var client = new ConsoleClient(address);
        await client.FirstStartAsync(await program.SaysAsync("one-time code", TimeSpan.FromSeconds(90)));
        await client.SignInAsync();
        var page = await watch.PageAsync(signIn: false, address: address);
        await watch.SignInAsync(page, "/admin.html#audit", ConsoleClient.Name, address);
        await page.FocusAsync("#audit-verify");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync(".verdict.sound");
        Assert.Matches(new Regex("[0-9a-f]{64}"), await page.InnerTextAsync("#audit-check"));
        await using (var file = new SqliteConnection($"Data Source={Directory.EnumerateFiles(folder.Path, "*.db").Single()};Pooling=False"))
        {
            await file.OpenAsync(TestContext.Current.CancellationToken);
            using var flip = file.CreateCommand();
            flip.CommandText = "DROP TRIGGER audit_unchanged; UPDATE audit SET body = replace(body, 'session', 'sessiom') WHERE number = 2";
            Assert.True(await flip.ExecuteNonQueryAsync(TestContext.Current.CancellationToken) > 0);
        }

        await page.ClickAsync("#audit-verify");
        await page.WaitForSelectorAsync(".verdict.broken");
        Assert.Contains("Audit entry 2 does not follow", await page.InnerTextAsync("#audit-check"), StringComparison.Ordinal);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Show entry 2" }).First.ClickAsync();
        await Watch.UntilAsync(async () => (await page.InnerTextAsync(".audit tbody")).Contains("sessiom", StringComparison.Ordinal), "the altered entry");
    }

    [Fact]
    public async Task A_vessels_page_shows_track_silences_port_calls_decisions_and_the_extract_as_pdf()
    {
        using var client = new ConsoleClient(watch.Address);
        await client.SignInAsync();
        var silence = (await client.AlertsAsync()).First(a => a.GetProperty("kind").GetString() == "silence");
        var page = await watch.PageAtAsync($"/vessel.html?id={Uri.EscapeDataString(silence.GetProperty("vesselId").GetString()!)}", ConsoleClient.Name);
        await page.WaitForSelectorAsync(".small-track .way");
        await page.WaitForSelectorAsync(".small-track .ring");
        var silences = page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = "Silences", Exact = true }).First;
        Assert.Contains("silence-2", await silences.InnerTextAsync(), StringComparison.Ordinal);
        await page.GetByText("What counts as a port call").WaitForAsync();
        await page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Decisions on her cases" }).WaitForAsync();
        var pdf = await client.GetRawAsync((await page.GetAttributeAsync("#extract-pdf", "href"))!);
        Assert.Equal("%PDF-", (await pdf.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))[..5]);
    }
}
