using System.Net;
using System.Text.Json;
using MaritimeWatch.Server.Access;
using MaritimeWatch.Server.Commands;
using MaritimeWatch.Server.Settings;
using MaritimeWatch.Storage;
using MaritimeWatch.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace MaritimeWatch.Integration.Access;

/// <summary>Sign-in at a real identity provider on this machine: who comes in, who does not, and what is said.</summary>
public sealed class OpenIdTests : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private OpenIdProvider provider = null!;
    private WebApplication app = null!;
    private ConsoleClient local = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private IStore Store => app.Services.GetRequiredService<IStore>();

    public async ValueTask InitializeAsync()
    {
        Directory.SetCurrentDirectory(SharedData.Root);
        provider = await OpenIdProvider.StartAsync();
        provider.Claims = Person("subject 1", "Anna Ashore", "watch-officers");
        app = await StartAsync();
        local = new ConsoleClient(app.Urls.First());
        await local.FirstStartAsync($"code {app.Services.GetRequiredService<FirstStart>().Code}");
    }

    public async ValueTask DisposeAsync()
    {
        local.Dispose();
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
        await provider.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task A_person_comes_in_by_issuer_and_subject_with_the_duties_of_today_and_goes_out_when_she_is_disabled_here()
    {
        using var browser = Browser();
        var (page, body) = await SignInAsync(browser, "/alerts/abc-1?x=1");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("url=/alerts/abc-1?x=1\"", body, StringComparison.Ordinal);
        Assert.Contains("samesite=strict", page.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("maritimewatch=", StringComparison.Ordinal)), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(("Anna Ashore", "analyst"), await MeAsync(browser));

        // Another name for the same subject is the same person; another duty is told to her by ending what she had.
        provider.Claims = Person("subject 1", "Anna Renamed", "registrars", "PA");
        using var second = Browser();
        await SignInAsync(second);
        Assert.Equal(("Anna Ashore", "registry"), await MeAsync(second));
        Assert.Null(await MeAsync(browser));
        Assert.Equal("PA", (await Store.Accounts.FindAsync("anna ashore", Cancel))!.Flag!.Value.Code);

        // The same name for another subject is another person.
        provider.Claims = Person("subject 2", "Anna Ashore", "watch-officers");
        using var third = Browser();
        await SignInAsync(third);
        Assert.Equal(("Anna Ashore 2", "analyst"), await MeAsync(third));

        Assert.Equal(HttpStatusCode.Conflict, (await local.PostAsync("/api/accounts/Anna Ashore/password", new { password = ConsoleClient.Password })).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await local.PostAsync("/api/session", new { name = "Anna Ashore", password = ConsoleClient.Password })).StatusCode);
        await local.SignInAsync();
        Assert.Equal(HttpStatusCode.OK, (await local.PostAsync("/api/accounts/Anna Ashore/disable", new { })).StatusCode);
        Assert.Null(await MeAsync(second));
        provider.Claims = Person("subject 1", "Anna Ashore", "watch-officers");
        Assert.Equal("/sign-in.html?refused=disabled", await RefusedAsync());
        using (var request = new HttpRequestMessage(HttpMethod.Delete, "/api/session") { Headers = { { Gate.OwnHeader, "1" } } })
        {
            Assert.Equal(HttpStatusCode.NoContent, (await third.SendAsync(request, Cancel)).StatusCode);
        }

        Assert.Null(await MeAsync(third));
        var acts = (await Store.Audit.AfterAsync(0, 1000, Cancel)).Where(e => e.By.StartsWith("Anna", StringComparison.Ordinal)).Select(e => $"{e.By}: {e.Act}").ToList();
        Assert.Equal(["Anna Ashore: make account", "Anna Ashore: sign in", "Anna Ashore: change duties", "Anna Ashore: sign in", "Anna Ashore 2: make account", "Anna Ashore 2: sign in", "Anna Ashore: sign-in refused", "Anna Ashore 2: sign out"], acts);
    }

    [Fact]
    public async Task Whoever_the_provider_does_not_vouch_for_stays_outside()
    {
        provider.WrongNonce = "another";
        Assert.Equal("/sign-in.html?refused=proof", await RefusedAsync());
        (provider.WrongNonce, provider.WrongIssuer) = (null, "http://127.0.0.1:1");
        Assert.Equal("/sign-in.html?refused=proof", await RefusedAsync());
        (provider.WrongIssuer, provider.Lives) = (null, TimeSpan.FromMinutes(-5));
        Assert.Equal("/sign-in.html?refused=proof", await RefusedAsync());
        (provider.Lives, provider.WrongKey) = (TimeSpan.FromMinutes(5), new Microsoft.IdentityModel.Tokens.RsaSecurityKey(System.Security.Cryptography.RSA.Create(2048)) { KeyId = "k1" });
        Assert.Equal("/sign-in.html?refused=proof", await RefusedAsync());
        (provider.WrongKey, provider.Denies) = (null, true);
        Assert.Equal("/sign-in.html?refused=cancelled", await RefusedAsync());
        (provider.Denies, provider.Claims) = (false, Person("subject 3", "Nobody Known", "cleaners"));
        Assert.Equal("/sign-in.html?refused=duty", await RefusedAsync());
        // An official of no flag speaks for nobody.
        provider.Claims = Person("subject 4", "Official of nothing", "registrars", "not a flag");
        Assert.Equal("/sign-in.html?refused=duty", await RefusedAsync());
        Assert.DoesNotContain(await Store.Accounts.AllAsync(Cancel), a => a.Subject is not null);
        provider.Claims = Person("subject 5", "Berta", "watch-officers");
        using var browser = Browser();
        await SignInAsync(browser);
        Assert.Equal(("Berta", "analyst"), await MeAsync(browser));
    }

    [Fact]
    public async Task A_code_holds_once_and_only_for_the_browser_that_asked()
    {
        using var browser = Browser();
        using var asked = await browser.GetAsync("/api/session/openid", Cancel);
        using var led = await Follow(browser, asked);
        var callback = led.Headers.Location!;
        using var thief = Browser();
        using var stolen = await thief.GetAsync(callback, Cancel);
        Assert.Equal("/sign-in.html?refused=proof", stolen.Headers.Location!.OriginalString);
        Assert.Equal(0, provider.TokensGiven);
        using var first = await browser.GetAsync(callback, Cancel);
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        using var again = await browser.GetAsync(callback, Cancel);
        Assert.Equal("/sign-in.html?refused=proof", again.Headers.Location!.OriginalString);
        Assert.Equal(1, provider.TokensGiven);
    }

    [Theory]
    [InlineData("https://elsewhere.example/")]
    [InlineData("//elsewhere.example/")]
    [InlineData("/\\elsewhere.example/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/a\nb")]
    [InlineData("")]
    public async Task The_way_back_stays_on_this_console(string back)
    {
        using var browser = Browser();
        var (page, body) = await SignInAsync(browser, back);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("content=\"0;url=/\"", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_provider_out_of_reach_is_said_in_words_and_passwords_go_on_unless_they_are_switched_off()
    {
        await provider.StopAsync();
        using var browser = Browser();
        using var asked = await browser.GetAsync("/api/session/openid", Cancel);
        Assert.Equal("/sign-in.html?refused=provider", asked.Headers.Location!.OriginalString);
        await local.SignInAsync();
        using var stranger = new ConsoleClient(app.Urls.First());
        var first = await stranger.GetAsync("/api/first-start");
        Assert.Equal(("the ministry", false), (first.GetProperty("openId").GetString(), first.GetProperty("only").GetBoolean()));
        await app.StopAsync(Cancel);
        await app.DisposeAsync();
        await provider.StartAgainAsync();
        app = await StartAsync("OpenId:Only=true");
        using var again = new ConsoleClient(app.Urls.First());
        using var refused = await again.PostAsync("/api/session", new { name = ConsoleClient.Name, password = ConsoleClient.Password });
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        using var third = Browser();
        await SignInAsync(third);
        Assert.Equal(("Anna Ashore", "analyst"), await MeAsync(third));
    }

    private static Dictionary<string, object> Person(string subject, string name, string role, string? flag = null) =>
        new() { ["sub"] = subject, ["name"] = name, ["roles"] = new[] { role, "everybody" }, ["flag"] = flag ?? "" };

    private async Task<WebApplication> StartAsync(params string[] more)
    {
        var made = ServeCommand.Build(House.Find(), null, SharedData.FreeAddress(), [$"Node:DataFolder={folder.Path}", "Node:Roles=web", $"OpenId:Authority={provider.Address}", $"OpenId:ClientId={OpenIdProvider.ClientId}", $"OpenId:Secret={OpenIdProvider.ClientSecret}",
            "OpenId:Name=the ministry", "OpenId:Roles:watch-officers=analyst", "OpenId:Roles:registrars=registry", .. more]);
        await made.StartAsync(Cancel);
        return made;
    }

    private HttpClient Browser() => new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = new Uri(app.Urls.First()) };

    private static Task<HttpResponseMessage> Follow(HttpClient browser, HttpResponseMessage answer) => browser.GetAsync(answer.Headers.Location, Cancel);

    private static async Task<(HttpResponseMessage Page, string Body)> SignInAsync(HttpClient browser, string back = "/")
    {
        using var asked = await browser.GetAsync($"/api/session/openid?back={Uri.EscapeDataString(back)}", Cancel);
        using var led = await Follow(browser, asked);
        var page = await Follow(browser, led);
        return (page, await page.Content.ReadAsStringAsync(Cancel));
    }

    private async Task<string> RefusedAsync()
    {
        using var browser = Browser();
        var (page, _) = await SignInAsync(browser);
        Assert.Null(await MeAsync(browser));
        return page.Headers.Location!.OriginalString;
    }

    private static async Task<(string Name, string Role)?> MeAsync(HttpClient browser)
    {
        using var answer = await browser.GetAsync("/api/me", Cancel);
        if (answer.StatusCode == HttpStatusCode.Unauthorized)
        {
            return null;
        }

        var me = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancel)).RootElement;
        return (me.GetProperty("name").GetString()!, me.GetProperty("roles")[0].GetString()!);
    }
}
