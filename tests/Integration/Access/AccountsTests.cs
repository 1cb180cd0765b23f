using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using MaritimeWatch.Identity;
using MaritimeWatch.Integration.Stores;
using MaritimeWatch.Server.Access;
using MaritimeWatch.Server.Watch;
using MaritimeWatch.Support;
using MaritimeWatch.Units;
using Microsoft.Extensions.DependencyInjection;

namespace MaritimeWatch.Integration.Access;

/// <summary>What an administrator does with accounts, what a centre sees, and which reads stand on the audit chain.</summary>
public sealed class AccountsTests(AccessWatch watch) : IClassFixture<AccessWatch>
{
    [Fact]
    public async Task A_disabled_account_and_one_with_another_password_have_no_session_any_more_and_each_act_is_on_the_chain()
    {
        var (person, administrator) = (await watch.MadeAsync("one who leaves", "analyst"), watch.By["administrator"]);
        await StatusAsync(HttpStatusCode.OK, person.GetRawAsync("/api/me"));
        await StatusAsync(HttpStatusCode.OK, administrator.PostAsync("/api/accounts/One Who Leaves/disable", new { }));
        await StatusAsync(HttpStatusCode.Unauthorized, person.GetRawAsync("/api/me"));
        await StatusAsync(HttpStatusCode.Unauthorized, person.PostAsync("/api/session", new { name = "one who leaves", password = ConsoleClient.Password }));
        await StatusAsync(HttpStatusCode.OK, administrator.PostAsync("/api/accounts/one who leaves/enable", new { }));
        await person.SignInAsync("one who leaves", ConsoleClient.Password);
        await StatusAsync(HttpStatusCode.BadRequest, administrator.PostAsync("/api/accounts/one who leaves/password", new { password = "short" }));
        await StatusAsync(HttpStatusCode.OK, administrator.PostAsync("/api/accounts/one who leaves/password", new { password = "another password for the tests" }));
        await StatusAsync(HttpStatusCode.Unauthorized, person.GetRawAsync("/api/me"));
        await person.SignInAsync("one who leaves", "another password for the tests");
        await StatusAsync(HttpStatusCode.OK, person.GetRawAsync("/api/me"));
        await StatusAsync(HttpStatusCode.Conflict, administrator.PostAsync("/api/accounts/ONE administrator/disable", new { }));
        await StatusAsync(HttpStatusCode.NotFound, administrator.PostAsync("/api/accounts/nobody/disable", new { }));
        foreach (var act in new[] { "disable account", "enable account", "set password" })
        {
            Assert.Single(await watch.AuditAsync(act), e => (e.By, e.Subject) == ("one administrator", "one who leaves"));
        }
    }

    [Fact]
    public async Task What_is_open_already_ends_with_the_session()
    {
        await watch.MadeAsync("one who watches", "analyst");
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = new Uri(watch.Address) };
        http.DefaultRequestHeaders.Add(Gate.OwnHeader, "1");
        using var signedIn = await http.PostAsJsonAsync("/api/session", new { name = "one who watches", password = ConsoleClient.Password }, AccessWatch.Cancel);
        http.DefaultRequestHeaders.Add("Cookie", signedIn.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
        using var picture = new ClientWebSocket();
        picture.Options.SetRequestHeader("Cookie", http.DefaultRequestHeaders.GetValues("Cookie").Single());
        await picture.ConnectAsync(new Uri(watch.Address.Replace("http", "ws", StringComparison.Ordinal) + "/api/live"), AccessWatch.Cancel);
        using var news = new StreamReader(await http.GetStreamAsync("/api/events", AccessWatch.Cancel));
        Assert.NotNull(await news.ReadLineAsync(AccessWatch.Cancel));
        var frame = new byte[1 << 16];
        Assert.Equal(WebSocketMessageType.Binary, (await picture.ReceiveAsync(frame, AccessWatch.Cancel)).MessageType);
        await StatusAsync(HttpStatusCode.OK, watch.First.PostAsync("/api/accounts/one who watches/disable", new { }));
        var rest = news.ReadToEndAsync(AccessWatch.Cancel);
        while (!rest.IsCompleted)
        {
            watch.App.Services.GetRequiredService<LiveEvents>().Tell("alerts");
            await Task.WhenAny(rest, Task.Delay(100, AccessWatch.Cancel));
        }

        Assert.DoesNotContain("alerts", await rest, StringComparison.Ordinal);
        while ((await picture.ReceiveAsync(frame, AccessWatch.Cancel)).MessageType == WebSocketMessageType.Binary)
        {
        }

        Assert.Equal(WebSocketCloseStatus.PolicyViolation, picture.CloseStatus);
    }

    [Fact]
    public async Task The_list_of_accounts_tells_no_hash_and_its_reading_is_noted_once_an_hour()
    {
        var administrator = watch.By["administrator"];
        var first = await administrator.GetAsync("/api/accounts");
        _ = await administrator.GetAsync("/api/accounts");
        Assert.DoesNotContain("hash", first.GetRawText(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("stamp", first.GetRawText(), StringComparison.OrdinalIgnoreCase);
        Assert.Contains(first.GetProperty("accounts").EnumerateArray(), a => a.GetProperty("name").GetString() == "one registry" && a.GetProperty("flag").GetString() == "PA" && !a.GetProperty("disabled").GetBoolean());
        // Two, should the hour have changed between.
        var noted = (await watch.AuditAsync("read")).Where(e => e.Subject == "accounts").ToList();
        Assert.Equal(noted.Select(e => e.At.UtcDateTime.Hour).Distinct().Count(), noted.Count);
        Assert.All(noted, e => Assert.Equal(("one administrator", "names and duties of people; /api/accounts"), (e.By, e.Detail)));
    }

    [Fact]
    public async Task The_track_of_a_small_craft_is_read_on_the_chain_and_that_of_a_ship_is_not()
    {
        var day = new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);
        await watch.Store.Identities.AddClaimsAsync([.. new[] { (Mmsi: 235000011, LengthM: 9.0), (Mmsi: 235000012, LengthM: 190.0) }.Select(c => new IdentityClaim { Source = "AIS", Origin = ClaimOrigin.Broadcast, Mmsi = new Mmsi(c.Mmsi), Name = "ALDER", LengthM = c.LengthM, FirstSeen = day, LastSeen = day })], AccessWatch.Cancel);
        await StatusAsync(HttpStatusCode.OK, watch.By["registry"].GetRawAsync("/api/vessels/mmsi:235000011/track"));
        await StatusAsync(HttpStatusCode.OK, watch.By["registry"].GetRawAsync("/api/vessels/mmsi:235000012/track"));
        await StatusAsync(HttpStatusCode.Forbidden, watch.By["centre"].GetRawAsync("/api/vessels/mmsi:235000011/track"));
        Assert.Equal([("one registry", "mmsi:235000011")], (await watch.AuditAsync("read")).Where(e => e.Detail.Contains("/track", StringComparison.Ordinal)).Select(e => (e.By, e.Subject)));
    }

    [Fact]
    public async Task A_centre_sees_what_was_released_as_it_was_and_no_other_case()
    {
        var (released, kept) = (await CaseAsync("released", release: true), await CaseAsync("kept", release: false));
        var list = (await watch.By["centre"].GetAsync("/api/alerts")).GetProperty("alerts").EnumerateArray().Select(a => a.GetProperty("caseId").GetString()).ToList();
        Assert.Equal([released], list);
        await StatusAsync(HttpStatusCode.NotFound, watch.By["centre"].GetRawAsync($"/api/alerts/{kept}"));
        var one = await watch.By["centre"].GetAsync($"/api/alerts/{released}");
        Assert.Equal((0, 0), (one.GetProperty("mails").GetArrayLength(), one.GetProperty("case").GetProperty("history").GetArrayLength()));
        Assert.Equal("A sentence.", one.GetProperty("finding").GetProperty("sentence").GetString());
        Assert.Equal(2, (await watch.By["analyst"].AlertsAsync()).Count);
        Assert.Equal(["a@x.test", "b@x.test"], (await watch.By["analyst"].GetAsync($"/api/alerts/{released}")).GetProperty("mails").EnumerateArray().Select(m => m.GetProperty("recipient").GetString()).Order(StringComparer.Ordinal));
        Assert.Equal(0, (await watch.By["administrator"].GetAsync($"/api/alerts/{released}")).GetProperty("mails").GetArrayLength());
        Assert.Equal([("one analyst", released)], (await watch.AuditAsync("read")).Where(e => e.Detail.StartsWith("addresses of mails", StringComparison.Ordinal)).Select(e => (e.By, e.Subject)));
    }

    private async Task<string> CaseAsync(string id, bool release)
    {
        await watch.Store.Findings.SaveAsync(Samples.Finding(id), Samples.Noon, AccessWatch.Cancel);
        Assert.True(await watch.Store.Cases.ApplyAsync(Samples.Raise(id), AccessWatch.Cancel));
        Assert.True(!release || await watch.Store.Cases.ApplyAsync(Samples.Release(id), AccessWatch.Cancel));
        // What was found since the release is not for a centre.
        await watch.Store.Findings.SaveAsync(Samples.Finding(id) with { Sentence = "Found since." }, Samples.Noon.AddHours(1), AccessWatch.Cancel);
        return id;
    }

    private static async Task StatusAsync(HttpStatusCode status, Task<HttpResponseMessage> asked)
    {
        using var answer = await asked;
        Assert.True(status == answer.StatusCode, $"{answer.RequestMessage!.RequestUri}: {(int)answer.StatusCode}, expected {(int)status}: {await answer.Content.ReadAsStringAsync(AccessWatch.Cancel)}");
    }
}
