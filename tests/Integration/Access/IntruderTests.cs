using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MaritimeWatch.Server.Access;
using MaritimeWatch.Support;

namespace MaritimeWatch.Integration.Access;

/// <summary>Guessed passwords, forged cookies, bodies without end: all of it ends harmless. A script in a ship's name and a formula in a CSV are tried beside what writes them out.</summary>
public sealed class IntruderTests(AccessWatch watch, ITestOutputHelper output) : IClassFixture<AccessWatch>
{
    [Fact]
    public async Task Ten_thousand_guesses_a_minute_end_in_429_before_a_password_is_looked_at_while_another_address_signs_in()
    {
        const int guesses = 10_000;
        var hasher = new Microsoft.AspNetCore.Identity.PasswordHasher<string>();
        var (oneHash, hashed) = (Stopwatch.StartNew(), hasher.HashPassword("", "one of many guesses"));
        Assert.NotEmpty(hashed);
        var hashMs = oneHash.Elapsed.TotalMilliseconds;
        using var guesser = new ConsoleClient(watch.Address);
        var (answers, next, waited) = (new int[600], 0, TimeSpan.Zero);
        var (wall, cpuBefore) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        await Parallel.ForEachAsync(Enumerable.Range(0, guesses), new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = AccessWatch.Cancel }, async (i, _) =>
        {
            if (i == guesses / 2)
            {
                var welcomed = Stopwatch.StartNew();
                using var welcome = await guesser.SendAsync(HttpMethod.Post, "/api/session", new { name = "one analyst", password = ConsoleClient.Password }, ("X-Forwarded-For", "203.0.113.10"));
                Assert.Equal(HttpStatusCode.NoContent, welcome.StatusCode);
                waited = welcomed.Elapsed;
                return;
            }

            using var answer = await guesser.SendAsync(HttpMethod.Post, "/api/session", new { name = $"guess {Interlocked.Increment(ref next)}", password = "one of many guesses" }, ("X-Forwarded-For", "203.0.113.9"));
            Assert.True(answer.StatusCode != HttpStatusCode.TooManyRequests || answer.Headers.RetryAfter?.Delta > TimeSpan.Zero, "429 without Retry-After");
            Interlocked.Increment(ref answers[(int)answer.StatusCode]);
        });
        var (cpu, looked) = (Environment.CpuUsage.TotalTime - cpuBefore, answers[401]);
        output.WriteLine($"{guesses} guesses in {wall.Elapsed.TotalSeconds:0.0} s: {looked} looked at, {answers[429]} told to wait; {cpu.TotalMilliseconds / guesses:0.00} ms of processor a guess for client and server together, a password's hash takes {hashMs:0} ms; another address signed in within {waited.TotalMilliseconds:0} ms.");
        Assert.Equal(guesses - 1, looked + answers[429]);
        // Twenty a minute, however long the machine took.
        Assert.InRange(looked, 1, Gate.SignInsPerMinute * (1 + (int)wall.Elapsed.TotalMinutes + 1));
        Assert.True(cpu.TotalMilliseconds / guesses < hashMs / 2, "passwords are hashed while waiting");
        Assert.True(waited < TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task After_five_wrong_passwords_a_name_waits_even_with_the_right_one_and_one_that_nobody_has_waits_alike()
    {
        await watch.MadeAsync("one who forgets", "analyst");
        var (known, unknown) = (await GuessAsync("ONE WHO forgets", "203.0.113.20"), await GuessAsync("nobody of this name", "203.0.113.21"));
        Assert.Equal([401, 401, 401, 401, 401, 429, 429], known.Select(k => k.Status));
        Assert.Equal(unknown, known);
        using var client = new ConsoleClient(watch.Address);
        using var right = await client.SendAsync(HttpMethod.Post, "/api/session", new { name = "one who forgets", password = ConsoleClient.Password }, ("X-Forwarded-For", "203.0.113.22"));
        Assert.Equal(HttpStatusCode.TooManyRequests, right.StatusCode);
        Assert.Single(await watch.AuditAsync("sign-in waits"), e => e.By == "one who forgets");
    }

    [Fact]
    public async Task A_forged_or_altered_cookie_is_no_session()
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = new Uri(watch.Address) };
        client.DefaultRequestHeaders.Add(Gate.OwnHeader, "1");
        using var signedIn = await client.PostAsync("/api/session", System.Net.Http.Json.JsonContent.Create(new { name = "one centre", password = ConsoleClient.Password }), AccessWatch.Cancel);
        var set = signedIn.Headers.GetValues("Set-Cookie").Single();
        Assert.Contains("httponly", set, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", set, StringComparison.OrdinalIgnoreCase);
        var cookie = set.Split(';')[0];
        Assert.Equal(HttpStatusCode.OK, await MeAsync(cookie));
        Assert.Equal(HttpStatusCode.Unauthorized, await MeAsync("maritimewatch=CfDJ8AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"));
        Assert.Equal(HttpStatusCode.Unauthorized, await MeAsync("maritimewatch=" + Convert.ToBase64String("one administrator"u8)));
        for (var at = cookie.IndexOf('=') + 1; at < cookie.Length - 1; at += 7)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await MeAsync($"{cookie[..at]}{(cookie[at] == 'A' ? 'B' : 'A')}{cookie[(at + 1)..]}"));
        }

        async Task<HttpStatusCode> MeAsync(string sent)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/me") { Headers = { { "Cookie", sent } } };
            using var answer = await client.SendAsync(request, AccessWatch.Cancel);
            return answer.StatusCode;
        }
    }

    [Theory]
    [InlineData("/api/session")]
    [InlineData("/api/first-start")]
    [InlineData("/api/search/bulk")]
    [InlineData("/api/alerts/x/release")]
    [InlineData("/health")]
    [InlineData("/jobs/recurring/trigger")]
    [InlineData("/index.html")]
    public async Task A_body_of_100_MB_is_refused_by_its_length_before_it_is_sent(string path) =>
        Assert.StartsWith("HTTP/1.1 413", await RawAsync($"POST {path} HTTP/1.1\r\nHost: watch\r\n{Gate.OwnHeader}: 1\r\nContent-Type: application/json\r\nContent-Length: 104857600\r\n\r\n", 0), StringComparison.Ordinal);

    [Fact]
    public async Task A_body_that_does_not_say_its_length_is_refused_when_it_has_grown_too_large() =>
        Assert.StartsWith("HTTP/1.1 413", await RawAsync($"POST /api/session HTTP/1.1\r\nHost: watch\r\n{Gate.OwnHeader}: 1\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n", 1600), StringComparison.Ordinal);

    [Fact]
    public async Task Every_answer_carries_what_keeps_a_browser_safe_and_behind_TLS_says_to_stay_there()
    {
        var (stranger, analyst) = (watch.By["anonymous"], watch.By["analyst"]);
        (ConsoleClient By, HttpMethod Method, string Path)[] asked =
        [
            (stranger, HttpMethod.Get, "/health"), (stranger, HttpMethod.Get, "/sign-in.html"), (stranger, HttpMethod.Get, "/js/api.js"), (stranger, HttpMethod.Get, "/api/watch"), (stranger, HttpMethod.Post, "/api/session"),
            (analyst, HttpMethod.Get, "/"), (analyst, HttpMethod.Get, "/api/alerts"), (analyst, HttpMethod.Get, "/api/alerts/none"), (analyst, HttpMethod.Get, "/nowhere"), (analyst, HttpMethod.Get, "/jobs"), (analyst, HttpMethod.Get, "/maps/places.json"),
        ];
        foreach (var (by, method, path) in asked)
        {
            using var answer = await by.SendAsync(method, path, method == HttpMethod.Post ? new { } : null);
            var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.True(path == "/jobs" || !policy.Contains("unsafe", StringComparison.Ordinal), $"{path}: {policy}");
            Assert.Equal(("nosniff", "no-referrer"), (answer.Headers.GetValues("X-Content-Type-Options").Single(), answer.Headers.GetValues("Referrer-Policy").Single()));
            // An answer with a tag is kept by the person's own browser and asked about each time; every other one of the API is not kept.
            var tagged = answer.Headers.ETag is not null && path.StartsWith("/api", StringComparison.Ordinal);
            Assert.Equal(path.StartsWith("/api", StringComparison.Ordinal) && !tagged, answer.Headers.CacheControl!.NoStore);
            Assert.True(!tagged || answer.Headers.CacheControl is { Private: true, NoCache: true });
            Assert.False(answer.Headers.Contains("Strict-Transport-Security") || answer.Headers.Contains("Server"));
        }

        using var secure = await stranger.SendAsync(HttpMethod.Get, "/health", null, ("X-Forwarded-Proto", "https"));
        Assert.Equal("max-age=31536000", secure.Headers.GetValues("Strict-Transport-Security").Single());
        using var plain = new HttpClient { BaseAddress = new Uri(watch.Address) };
        using var without = await plain.PostAsync("/api/session", new StringContent("{}", Encoding.UTF8, "application/json"), AccessWatch.Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, without.StatusCode);
        Assert.Contains(Gate.OwnHeader, await without.Content.ReadAsStringAsync(AccessWatch.Cancel), StringComparison.Ordinal);
    }

    private async Task<List<(int Status, string Body)>> GuessAsync(string name, string address)
    {
        using var client = new ConsoleClient(watch.Address);
        var answers = new List<(int, string)>();
        for (var i = 0; i < 7; i++)
        {
            using var answer = await client.SendAsync(HttpMethod.Post, "/api/session", new { name, password = $"guess number {i}" }, ("X-Forwarded-For", address));
            var body = await answer.Content.ReadAsStringAsync(AccessWatch.Cancel);
            // The trace id and the seconds left are another's each time.
            answers.Add(((int)answer.StatusCode, System.Text.RegularExpressions.Regex.Replace(body, "\"traceId\":\"[^\"]*\"|Wait [0-9]+ s", "")));
        }

        return answers;
    }

    /// <summary>The first line of the answer to a head and up to so many chunks of a kilobyte and a half.</summary>
    private async Task<string> RawAsync(string head, int chunks)
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync("127.0.0.1", new Uri(watch.Address).Port, AccessWatch.Cancel);
        var stream = tcp.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head), AccessWatch.Cancel);
        var chunk = Encoding.ASCII.GetBytes($"600\r\n{new string(' ', 0x600)}\r\n");
        try
        {
            for (var i = 0; i < chunks && tcp.Available == 0; i++)
            {
                await stream.WriteAsync(chunk, AccessWatch.Cancel);
            }
        }
        catch (IOException)
        {
            // Refused while still being sent: the answer is there to be read.
        }

        using var reader = new StreamReader(stream, Encoding.ASCII);
        return await reader.ReadLineAsync(AccessWatch.Cancel) ?? "";
    }
}
