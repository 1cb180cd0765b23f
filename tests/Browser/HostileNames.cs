using System.Globalization;
using System.Text;
using MaritimeWatch.Cases;
using MaritimeWatch.Detection;
using MaritimeWatch.Feeds.Ais;
using MaritimeWatch.Identity;
using MaritimeWatch.Server.Settings;
using MaritimeWatch.Storage;
using MaritimeWatch.Storage.Sqlite;
using MaritimeWatch.Support;
using MaritimeWatch.Units;
using Microsoft.Playwright;

namespace MaritimeWatch.Browser;

/// <summary>A ship may call herself anything, and a file of a register may hold anything: it is shown as text and never run.</summary>
[Collection("one browser and one server on few cores: journeys one after the other")]
public sealed class HostileNames(Watch watch, ITestOutputHelper output)
{
    private const int Ship = 235_000_077;

    // Twenty six-bit characters are what a ship can broadcast; a register has room for more.
    private const string Broadcast = "<SVG ONLOAD=X()>'\"&", Registered = "<img src=x onerror=\"window.x=1\"><script>window.x=2;alert(1)</script>";

    private static readonly DateTimeOffset Noon = new(2026, 3, 14, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_script_in_a_ships_name_is_text_in_search_list_drawer_table_page_and_extract()
    {
        using var folder = new TemporaryFolder();
        var (data, feed, address) = (folder.At("data"), folder.At("ships.nmea"), SharedData.FreeAddress());
        await File.WriteAllTextAsync(feed, Sentences(), TestContext.Current.CancellationToken);
        await FillAsync(StoreChoice.FileOf(data, exercise: false));
        await using var program = RunningProgram.Start("serve", feed, "--urls", address, "--set", $"Node:DataFolder={data}", $"Mail:PickupFolder={folder.At("mail")}");
        using var client = new ConsoleClient(address);
        await client.FirstStartAsync(await program.SaysAsync("one-time code", TimeSpan.FromSeconds(90)));
        await client.SignInAsync();
        await Watch.UntilAsync(async () => (await client.GetAsync($"/api/names?mmsi={Ship}")).GetProperty("names").TryGetProperty($"{Ship}", out var label) && label.GetProperty("name").GetString() == Broadcast, "the name as she broadcasts it", TimeSpan.FromSeconds(60));

        var page = await watch.PageAsync(address: address, signIn: false);
        var (traps, blocked, seen) = (new List<string>(), new List<string>(), 0);
        page.Dialog += async (_, dialog) =>
        {
            traps.Add(dialog.Message);
            await dialog.DismissAsync();
        };
        page.Console += (_, message) => blocked.AddRange(message.Text.Contains("Content Security Policy", StringComparison.Ordinal) ? [message.Text] : []);
        await page.AddInitScriptAsync("window.X = window.x = undefined; document.addEventListener('securitypolicyviolation', e => { (window.violations ??= []).push(e.violatedDirective + ' ' + e.blockedURI); });");
        await page.GotoAsync($"{address}/sign-in.html");
        await page.FillAsync("#name", ConsoleClient.Name);
        await page.FillAsync("#password", ConsoleClient.Password);
        await page.ClickAsync("#submit");
        await page.WaitForSelectorAsync("[data-alert-id=hostile]");
        await ShowsAsync("[data-alert-id=hostile]");
        await page.FillAsync("#search", Broadcast[..8]);
        await page.WaitForSelectorAsync("#search-results [role=option]");
        await ShowsAsync("#search-results");
        await page.Keyboard.PressAsync("Escape");
        await page.ClickAsync("[data-alert-id=hostile]");
        await page.WaitForSelectorAsync("#for");
        await ShowsAsync("#drawer");
        await page.GotoAsync($"{address}/vessel.html?id=mmsi:{Ship}");
        await page.WaitForSelectorAsync(".page main h2");
        await ShowsAsync("main");
        await page.GotoAsync($"{address}/api/registry/extract/mmsi:{Ship}");
        await page.WaitForSelectorAsync("main");
        await ShowsAsync("main");
        Assert.Contains("window.x=2", await page.InnerTextAsync("main"), StringComparison.Ordinal);
        output.WriteLine($"{seen} screens showed the name as text; {traps.Count} dialogs, {blocked.Count} refusals of the content policy.");

        async Task ShowsAsync(string place)
        {
            await Watch.UntilAsync(async () => (await page.InnerTextAsync(place)).Contains(Broadcast[..8], StringComparison.OrdinalIgnoreCase), $"the name in {place}");
            Assert.Equal(0, await page.Locator($"{place} :is(img[src=x], script, svg[onload])").CountAsync());
            Assert.Null(await page.EvaluateAsync<string?>("window.x === undefined && window.violations === undefined ? null : String(window.x) + ' ' + window.violations"));
            Assert.Empty(traps);
            Assert.Empty(blocked);
            seen++;
        }
    }

    [Theory]
    [InlineData("//elsewhere.example/x")]
    [InlineData("/\\elsewhere.example/x")]
    [InlineData("https://elsewhere.example/x")]
    [InlineData("javascript:window.x=1")]
    [InlineData("/\t/elsewhere.example/x")]
    public async Task The_way_back_from_the_sign_in_page_stays_on_this_host(string back)
    {
        var page = await watch.PageAsync(signIn: false);
        await page.GotoAsync($"{watch.Address}/sign-in.html?back={Uri.EscapeDataString(back)}");
        await page.FillAsync("#name", ConsoleClient.Name);
        await page.FillAsync("#password", ConsoleClient.Password);
        await page.ClickAsync("#submit");
        await page.WaitForSelectorAsync(".feed-pill", new PageWaitForSelectorOptions { State = WaitForSelectorState.Attached });
        Assert.Equal(new Uri(watch.Address).Authority, new Uri(page.Url).Authority);
        Assert.Null(await page.EvaluateAsync<string?>("window.x ?? null"));
    }

    /// <summary>A real static message of two sentences, twice, and positions of half an hour.</summary>
    private static string Sentences()
    {
        var text = new StringBuilder();
        var payload = new char[AisEncoder.LongestPayload];
        var seconds = Noon.ToUnixTimeSeconds();
        var length = AisEncoder.Static(new StaticAndVoyage(Ship, 0, "MHOST", Broadcast, 70, new AntennaOffsets(100, 20, 10, 10), null, 5, "<B>NOWHERE"), payload);
        var half = length / 2;
        // What is said once may be an error of one reading: a name stands when it is said again.
        foreach (var at in new[] { seconds, seconds + 360 })
        {
            Add(at, $"AIVDM,2,1,1,A,{new string(payload, 0, half)},0");
            Add(at, $"AIVDM,2,2,1,A,{new string(payload, half, length - half)},{AisEncoder.FillBits(AisEncoder.BitsOf(5))}");
        }

        for (var minute = 0; minute < 30; minute++)
        {
            length = AisEncoder.ClassA(1, new ClassAPosition(Ship, 0, 0, 10, true, -1.2 + (minute * 0.003), 50.4, 90, 90, 0), 0, payload);
            Add(seconds + (minute * 60), $"AIVDM,1,1,,A,{new string(payload, 0, length)},0");
        }

        return text.ToString();

        void Add(long at, string sentence)
        {
            var tag = $"c:{at.ToString(CultureInfo.InvariantCulture)}";
            text.Append($"\\{tag}*{Sum(tag)}\\!{sentence}*{Sum(sentence)}\r\n");
        }
    }

    private static string Sum(string text) => text.Aggregate(0, (sum, c) => sum ^ c).ToString("X2", CultureInfo.InvariantCulture);

    private static async Task FillAsync(string file)
    {
        await using var store = SqliteStore.Open(file);
        var mmsi = new Mmsi(Ship);
        await store.Identities.AddClaimsAsync([new IdentityClaim { Source = "<b>register</b>", Origin = ClaimOrigin.Register, Mmsi = mmsi, Name = Registered, CallSign = "MHOST", Flag = FlagState.Parse("GB"), Reference = "javascript:window.x=3", FirstSeen = Noon, LastSeen = Noon }]);
        await store.Findings.SaveAsync(
            new Finding
            {
                Id = "hostile", Kind = FindingKind.Silence, Class = FindingClass.Unexplained, Alert = true, Mmsi = mmsi, TrackId = $"{Ship}", VesselId = $"mmsi:{Ship}", StartTime = Noon.AddDays(-20), Start = new GeoPoint(50.4, -1.2), Sentence = $"{Registered} was not heard for 3 h.",
                Band = Band.Medium, PriorNats = -2, Evidence = [new Evidence("length", "silence", 1.5, Registered), new Evidence("cover", "reception", -0.1, Registered)], InnocentCauses = [new InnocentCause("port", true, Registered)], WhatToCheck = [Registered], AsOf = Noon.AddDays(-20).AddHours(3), ModelVersion = "1",
            },
            Noon);
        await store.Cases.ApplyAsync(new CaseChange(new CaseFile("hostile", CaseState.New, Noon, 1, 0, [new CaseEvent(1, Noon, CaseRules.Machine, CaseAct.Raise, null, Registered, 1)]), 0, null, [], new AuditNote(Noon, CaseRules.Machine, "raise", "hostile", Registered)));
    }
}
