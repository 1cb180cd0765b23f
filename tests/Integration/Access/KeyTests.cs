using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using MaritimeWatch.Integration.Stores;
using MaritimeWatch.Server.Access;
using MaritimeWatch.Support;
using Microsoft.AspNetCore.Routing;

namespace MaritimeWatch.Integration.Access;

/// <summary>Keys of programs: what each scope opens, who makes which, and that they end.</summary>
public sealed class KeyTests(AccessWatch watch) : IClassFixture<AccessWatch>
{
    [Fact]
    public async Task Every_route_opens_to_the_scopes_of_the_table_and_to_no_other()
    {
        var table = Table();
        var routes = ((IEndpointRouteBuilder)watch.App).DataSources.SelectMany(d => d.Endpoints).OfType<RouteEndpoint>()
            .SelectMany(e => (e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["ANY"]).Select(m => $"{m} /{e.RoutePattern.RawText!.TrimStart('/')}")).ToList();
        Assert.Empty(table.Keys.Except(routes));
        var open = routes.Where(r => r.Contains("/health", StringComparison.Ordinal) || r.Contains("/first-start", StringComparison.Ordinal) || r is "POST /api/session" or "GET /api/session/openid").ToHashSet();
        var official = await watch.MadeAsync("official with keys", "registry");
        var breaches = new List<string>();
        foreach (var scope in Scopes.All)
        {
            // Bound to a person who may read all that a key may: the scope alone decides here.
            using var key = await KeyAsync(scope == Scopes.Registry ? official : watch.First, [scope]);
            foreach (var route in routes.Where(r => !open.Contains(r)))
            {
                var (method, path) = (route.Split(' ')[0], Regex.Replace(route.Split(' ')[1], @"\{\**(\w+)\}", m => m.Groups[1].Value == "path" ? "" : "x"));
                using var request = new HttpRequestMessage(method == "ANY" ? HttpMethod.Get : HttpMethod.Parse(method), path) { Content = method is "ANY" or "GET" ? null : JsonContent.Create(new { }) };
                using var answer = await key.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, AccessWatch.Cancel);
                Assert.NotEqual(HttpStatusCode.TooManyRequests, answer.StatusCode);
                var allowed = table.TryGetValue(route, out var scopes) && scopes.Contains(scope);
                if ((answer.StatusCode == HttpStatusCode.Forbidden) == allowed || answer.StatusCode == HttpStatusCode.Unauthorized || (int)answer.StatusCode >= 500)
                {
                    breaches.Add($"{route} with {scope}: {(int)answer.StatusCode}, the table says {(allowed ? "yes" : "no")}");
                }

                if (answer.StatusCode == HttpStatusCode.Forbidden && !allowed)
                {
                    Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
                    Assert.Contains("insufficient_scope", answer.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
                }
            }
        }

        Assert.True(breaches.Count == 0, string.Join('\n', breaches));
    }

    [Fact]
    public async Task A_key_is_shown_once_kept_as_a_hash_noted_when_used_and_ends_at_once_when_revoked_with_what_it_has_open()
    {
        var (shown, id) = await MakeAsync(watch.First, [Scopes.Positions, Scopes.Alerts], machine: true);
        var kept = (await watch.Store.Keys.AllAsync(AccessWatch.Cancel)).Single(k => k.Id == id);
        Assert.StartsWith("mw_", shown, StringComparison.Ordinal);
        Assert.Equal(3 + 43, shown.Length);
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(shown))), kept.Hash);
        Assert.StartsWith(kept.Prefix, shown, StringComparison.Ordinal);
        Assert.DoesNotContain(shown[kept.Prefix.Length..], (await watch.First.GetAsync("/api/keys")).GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain(kept.Hash, (await watch.First.GetAsync("/api/keys")).GetRawText(), StringComparison.Ordinal);
        using var key = With(shown);
        using var picture = new ClientWebSocket();
        picture.Options.SetRequestHeader("Authorization", $"Bearer {shown}");
        await picture.ConnectAsync(new Uri(watch.Address.Replace("http", "ws", StringComparison.Ordinal) + "/api/live"), AccessWatch.Cancel);
        using var news = new StreamReader(await key.GetStreamAsync("/api/events", AccessWatch.Cancel));
        Assert.NotNull(await news.ReadLineAsync(AccessWatch.Cancel));
        Assert.NotNull((await watch.Store.Keys.FindAsync(kept.Hash, AccessWatch.Cancel))!.LastUsedAt);
        Assert.Equal(HttpStatusCode.NoContent, (await watch.First.PostAsync($"/api/keys/{id}/revoke", new { })).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await watch.First.PostAsync($"/api/keys/{id}/revoke", new { })).StatusCode);
        using var refused = await key.GetAsync("/api/alerts", AccessWatch.Cancel);
        Assert.Equal((HttpStatusCode.Unauthorized, "application/problem+json"), (refused.StatusCode, refused.Content.Headers.ContentType?.MediaType));
        Assert.Contains("invalid_token", refused.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        await news.ReadToEndAsync(AccessWatch.Cancel);
        var frame = new byte[1 << 16];
        while ((await picture.ReceiveAsync(frame, AccessWatch.Cancel)).MessageType == WebSocketMessageType.Binary)
        {
        }

        Assert.Equal(WebSocketCloseStatus.PolicyViolation, picture.CloseStatus);
        Assert.Single(await watch.AuditAsync("make key"), e => e.Subject == id && e.Detail.Contains(kept.Prefix, StringComparison.Ordinal) && !e.Detail.Contains(shown, StringComparison.Ordinal));
        Assert.Single(await watch.AuditAsync("revoke key"), e => e.Subject == id);
    }

    [Fact]
    public async Task No_cookie_counts_beside_a_key_and_a_key_in_the_address_counts_for_nothing()
    {
        var (shown, _) = await MakeAsync(watch.First, [Scopes.Watch], machine: true);
        using var stranger = new HttpClient { BaseAddress = new Uri(watch.Address) };
        foreach (var place in new[] { "key", "access_token", "token", "api_key" })
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync($"/api/watch?{place}={shown}", AccessWatch.Cancel)).StatusCode);
        }

        foreach (var header in new[] { "Bearer", "Bearer ", "Basic b25lOm9uZQ==", "Bearer mw_", $"Bearer {shown}x", $"Bearer {shown.ToUpperInvariant()}", $"mw {shown}", $"Bearer mw_{new string('A', 5000)}" })
        {
            // The administrator's cookie goes with it, and is not looked at.
            using var answer = await watch.First.SendAsync(HttpMethod.Get, "/api/accounts", null, ("Authorization", header));
            Assert.True(answer.StatusCode == HttpStatusCode.Unauthorized, $"{header}: {(int)answer.StatusCode}");
        }

        using var both = await watch.First.SendAsync(HttpMethod.Get, "/api/accounts", null, ("Authorization", $"Bearer {shown}"));
        Assert.Equal(HttpStatusCode.Forbidden, both.StatusCode);
        using var read = await watch.First.SendAsync(HttpMethod.Get, "/api/watch", null, ("Authorization", $"Bearer {shown}"));
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        using var file = await watch.First.SendAsync(HttpMethod.Get, "/index.html", null, ("Authorization", $"Bearer {shown}"));
        Assert.Equal(HttpStatusCode.Forbidden, file.StatusCode);
    }

    [Fact]
    public async Task A_person_makes_keys_within_her_duties_and_they_end_with_her_account()
    {
        var centre = await watch.MadeAsync("centre with keys", "centre");
        foreach (var scope in Scopes.All.Where(s => s != Scopes.Alerts))
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await centre.PostAsync("/api/keys", new { name = "k", scopes = new[] { scope } })).StatusCode);
        }

        Assert.Equal(HttpStatusCode.Forbidden, (await centre.PostAsync("/api/keys", new { name = "k", scopes = new[] { Scopes.Alerts }, machine = true })).StatusCode);
        foreach (var wrong in new object[] { new { name = "", scopes = new[] { Scopes.Alerts } }, new { name = "k", scopes = Array.Empty<string>() }, new { name = "k", scopes = new[] { "alerts:decide" } }, new { name = "k", scopes = new[] { Scopes.Alerts }, days = 366 }, new { name = "k\u202E", scopes = new[] { Scopes.Alerts } } })
        {
            Assert.Equal(HttpStatusCode.BadRequest, (await centre.PostAsync("/api/keys", wrong)).StatusCode);
        }

        var (shown, id) = await MakeAsync(centre, [Scopes.Alerts], machine: false);
        using var key = With(shown);
        Assert.Equal(HttpStatusCode.OK, (await key.GetAsync("/api/alerts", AccessWatch.Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await watch.By["analyst"].PostAsync($"/api/keys/{id}/revoke", new { })).StatusCode);
        Assert.DoesNotContain(id, (await watch.By["analyst"].GetAsync("/api/keys")).GetRawText(), StringComparison.Ordinal);
        Assert.Contains(id, (await watch.First.GetAsync("/api/keys")).GetRawText(), StringComparison.Ordinal);
        (await watch.First.PostAsync("/api/accounts/centre with keys/disable", new { })).EnsureSuccessStatusCode();
        Assert.Equal(HttpStatusCode.Unauthorized, (await key.GetAsync("/api/alerts", AccessWatch.Cancel)).StatusCode);
        (await watch.First.PostAsync("/api/accounts/centre with keys/enable", new { })).EnsureSuccessStatusCode();
        Assert.Equal(HttpStatusCode.Unauthorized, (await key.GetAsync("/api/alerts", AccessWatch.Cancel)).StatusCode);
    }

    [Fact]
    public async Task A_machine_reads_of_cases_what_was_released_and_has_a_limit_of_its_own()
    {
        await watch.Store.Findings.SaveAsync(Samples.Finding("kept-from-machines"), Samples.Noon, AccessWatch.Cancel);
        Assert.True(await watch.Store.Cases.ApplyAsync(Samples.Raise("kept-from-machines"), AccessWatch.Cancel));
        using var key = await KeyAsync(watch.First, [Scopes.Alerts]);
        var (shown, _) = await MakeAsync(watch.First, [Scopes.Alerts], machine: true);
        using var machine = With(shown);
        Assert.Contains("kept-from-machines", await key.GetStringAsync("/api/alerts", AccessWatch.Cancel), StringComparison.Ordinal);
        Assert.DoesNotContain("kept-from-machines", await machine.GetStringAsync("/api/alerts", AccessWatch.Cancel), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await machine.GetAsync("/api/alerts/kept-from-machines", AccessWatch.Cancel)).StatusCode);
        var refused = 0;
        await Parallel.ForEachAsync(Enumerable.Range(0, 800), new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = AccessWatch.Cancel }, async (_, cancel) =>
        {
            using var answer = await machine.GetAsync("/api/alerts/none", cancel);
            Interlocked.Add(ref refused, answer.StatusCode == HttpStatusCode.TooManyRequests ? 1 : 0);
        });
        Assert.NotEqual(0, refused);
        Assert.Equal(HttpStatusCode.OK, (await key.GetAsync("/api/alerts", AccessWatch.Cancel)).StatusCode);
    }

    private static Dictionary<string, HashSet<string>> Table()
    {
        var lines = File.ReadLines(Path.Combine(SharedData.Root, "docs", "access.md")).SkipWhile(l => !l.StartsWith("| route by scope", StringComparison.Ordinal)).TakeWhile(l => l.StartsWith("| ", StringComparison.Ordinal)).Select(l => l.Trim('|', ' ').Split(" | ")).ToList();
        Assert.Equal(["route by scope", .. Scopes.All], lines[0]);
        return lines.Skip(2).ToDictionary(cells => cells[0].Trim('`'), cells => Scopes.All.Where((_, i) => cells[i + 1] == "yes").ToHashSet());
    }

    private static async Task<(string Shown, string Id)> MakeAsync(ConsoleClient by, string[] scopes, bool machine)
    {
        using var made = await by.PostAsync("/api/keys", new { name = "reads for a test", scopes, days = 30, machine });
        made.EnsureSuccessStatusCode();
        var answer = JsonDocument.Parse(await made.Content.ReadAsStringAsync(AccessWatch.Cancel)).RootElement;
        return (answer.GetProperty("key").GetString()!, answer.GetProperty("kept").GetProperty("id").GetString()!);
    }

    private async Task<HttpClient> KeyAsync(ConsoleClient by, string[] scopes) => With((await MakeAsync(by, scopes, machine: false)).Shown);

    private HttpClient With(string key) => new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = new Uri(watch.Address), DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) } };
}
