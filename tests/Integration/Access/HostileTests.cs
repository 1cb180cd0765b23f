using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using MaritimeWatch.Server.Access;
using MaritimeWatch.Support;

namespace MaritimeWatch.Integration.Access;

/// <summary>Cookies tried again, packed and slow bodies, other sites, paths that climb, names that deceive: all of it ends harmless.</summary>
public sealed class HostileTests(AccessWatch watch, ITestOutputHelper output) : IClassFixture<AccessWatch>
{
    private static int others;

    [Fact]
    public async Task A_copy_of_a_cookie_holds_no_more_after_signing_out_and_the_persons_other_sessions_do()
    {
        await watch.MadeAsync("one who signs out", "analyst");
        var (one, other) = (await CookieAsync(watch.Address, "one who signs out"), await CookieAsync(watch.Address, "one who signs out"));
        Assert.Equal(HttpStatusCode.OK, await MeAsync(one));
        Assert.Equal(HttpStatusCode.NoContent, await MeAsync(one, HttpMethod.Delete, "/api/session"));
        Assert.Equal(HttpStatusCode.Unauthorized, await MeAsync(one));
        Assert.Equal(HttpStatusCode.OK, await MeAsync(other));
    }

    [Fact]
    public async Task The_cookie_of_another_installation_with_the_same_people_is_no_session()
    {
        var elsewhere = new AccessWatch();
        await elsewhere.InitializeAsync();
        try
        {
            var cookie = await CookieAsync(elsewhere.Address, "one analyst");
            Assert.Equal(HttpStatusCode.OK, await MeAsync(cookie, address: elsewhere.Address));
            Assert.Equal(HttpStatusCode.Unauthorized, await MeAsync(cookie));
        }
        finally
        {
            await elsewhere.DisposeAsync();
        }
    }

    [Theory]
    [InlineData("/api/accounts", "application/json")]
    [InlineData("/api/search/bulk", "text/csv")]
    [InlineData("/api/session", "application/json")]
    public async Task A_packed_body_of_100_MB_is_refused_and_not_unpacked(string path, string type)
    {
        var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            var zeros = new byte[1 << 20];
            for (var i = 0; i < 100; i++)
            {
                await gzip.WriteAsync(zeros, AccessWatch.Cancel);
            }
        }

        var before = GC.GetTotalMemory(forceFullCollection: true);
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(packed.ToArray()) { Headers = { ContentType = new MediaTypeHeaderValue(type) } } };
        request.Content.Headers.ContentEncoding.Add("gzip");
        using var answer = await watch.First.SendAsync(request);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        var grown = (GC.GetTotalMemory(forceFullCollection: true) - before) / 1024.0 / 1024;
        output.WriteLine($"{packed.Length / 1024} kB that unpack to 100 MB: {(int)answer.StatusCode}, memory {grown:+0.0;-0.0} MB");
        Assert.True(grown < 20);
    }

    [Theory]
    [InlineData("https://elsewhere.example")]
    [InlineData("null")]
    [InlineData("http://127.0.0.1:1")]
    public async Task A_page_of_another_site_opens_no_socket_and_no_stream_and_changes_nothing(string origin)
    {
        var cookie = await CookieAsync(watch.Address, "one analyst");
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Cookie", cookie);
        socket.Options.SetRequestHeader("Origin", origin);
        var refused = await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(new Uri(watch.Address.Replace("http", "ws", StringComparison.Ordinal) + "/api/live"), AccessWatch.Cancel));
        Assert.Contains("403", refused.Message, StringComparison.Ordinal);
        using var own = new ClientWebSocket();
        own.Options.SetRequestHeader("Cookie", cookie);
        own.Options.SetRequestHeader("Origin", watch.Address);
        await own.ConnectAsync(new Uri(watch.Address.Replace("http", "ws", StringComparison.Ordinal) + "/api/live"), AccessWatch.Cancel);
        foreach (var path in new[] { "/api/events", "/api/alerts", "/index.html" })
        {
            using var answer = await watch.First.SendAsync(HttpMethod.Get, path, null, ("Origin", origin));
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
            Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
        }

        using var post = await watch.First.SendAsync(HttpMethod.Post, "/api/accounts", new { name = "made elsewhere", password = ConsoleClient.Password, roles = new[] { "analyst" } }, ("Origin", origin));
        Assert.Equal(HttpStatusCode.Forbidden, post.StatusCode);
        Assert.Null(await watch.Store.Accounts.FindAsync("made elsewhere", AccessWatch.Cancel));
    }

    [Theory]
    [InlineData("/../appsettings.json")]
    [InlineData("/maps/../appsettings.json")]
    [InlineData("/maps/..%2fappsettings.json")]
    [InlineData("/maps/%2e%2e/%2e%2e/appsettings.json")]
    [InlineData("/maps/..%5c..%5cappsettings.json")]
    [InlineData("/js/..\\..\\..\\..\\appsettings.json")]
    [InlineData("/maps//etc/passwd")]
    [InlineData("/maps/%2fetc%2fpasswd")]
    [InlineData("//etc/passwd")]
    [InlineData("/lang/en/..%c0%af..%c0%afcommon.json")]
    [InlineData("/maps/places.json%00.txt")]
    [InlineData("/data/keys/")]
    public async Task A_path_that_climbs_reaches_no_file(string path)
    {
        var cookie = await CookieAsync(watch.Address, "one analyst");
        var answer = await RawAsync($"GET {path} HTTP/1.1\r\nHost: {new Uri(watch.Address).Authority}\r\nCookie: {cookie}\r\nConnection: close\r\n\r\n");
        Assert.Matches("^HTTP/1.1 40[0-9]", answer);
        Assert.DoesNotContain("LeadIn", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("root:", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Headers_without_end_a_body_that_dribbles_and_nested_JSON_end_soon_and_others_are_served_meanwhile()
    {
        Assert.StartsWith("HTTP/1.1 431", await RawAsync($"GET /health HTTP/1.1\r\nHost: watch\r\nX-Much: {new string('a', 60_000)}\r\n\r\n"), StringComparison.Ordinal);
        var began = System.Diagnostics.Stopwatch.StartNew();
        var slow = Task.WhenAll(Enumerable.Range(0, 50).Select(_ => DribbleAsync()));
        using (var served = await watch.First.GetRawAsync("/health"))
        {
            Assert.Equal(HttpStatusCode.OK, served.StatusCode);
        }

        await slow;
        output.WriteLine($"50 bodies of a byte a second were let go after {began.Elapsed.TotalSeconds:0} s");
        Assert.True(began.Elapsed < TimeSpan.FromSeconds(40));
        foreach (var bomb in new[] { new string('[', 100_000), string.Concat(Enumerable.Repeat("{\"name\":", 50_000)), $"{{\"name\":\"{new string('a', 1_500_000)}\"}}", $"{{\"roles\":[{string.Join(',', Enumerable.Repeat("\"x\"", 200_000))}]}}" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/accounts") { Content = new StringContent(bomb, Encoding.UTF8, "application/json") };
            using var answer = await watch.First.SendAsync(request);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.True((await answer.Content.ReadAsStringAsync(AccessWatch.Cancel)).Length < 3_000);
        }
    }

    [Theory]
    [InlineData("one\0analyst", 400)]
    [InlineData("one analyst\u200B", 400)]
    [InlineData("\u202Etsylana eno", 400)]
    [InlineData("one\u00A0analyst", 400)]
    [InlineData("one  analyst", 400)]
    [InlineData("e\u0301lise", 400)]
    [InlineData("\uE000", 400)]
    [InlineData("a\rb", 400)]
    [InlineData("", 400)]
    [InlineData("onе analyst", 409)]
    [InlineData("οne аnalyst", 409)]
    [InlineData("ｏne analyst", 409)]
    [InlineData("ONE ANALYST", 409)]
    [InlineData("òne analyst", 409)]
    public async Task A_name_that_cannot_be_seen_or_looks_like_anothers_makes_no_account(string name, int status)
    {
        using var answer = await watch.First.PostAsync("/api/accounts", new { name, password = ConsoleClient.Password, roles = new[] { "analyst" } });
        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Names_of_real_people_in_their_own_letters_make_accounts_and_endless_ones_do_not()
    {
        foreach (var name in new[] { "Élise Ångström", "Анна Петрова", "海 太郎", "سارة", "O'Neill-Núñez 2" })
        {
            using var answer = await watch.First.PostAsync("/api/accounts", new { name, password = ConsoleClient.Password, roles = new[] { "analyst" } });
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        using var endless = await watch.First.PostAsync("/api/accounts", new { name = new string('a', 100_000), password = ConsoleClient.Password, roles = new[] { "analyst" } });
        Assert.Equal(HttpStatusCode.BadRequest, endless.StatusCode);
        using var signIn = await watch.By["anonymous"].PostAsync("/api/session", new { name = new string('a', 100_000), password = new string('b', 100_000) });
        Assert.Equal(HttpStatusCode.Unauthorized, signIn.StatusCode);
    }

    [Fact]
    public async Task A_formula_in_an_uploaded_row_comes_back_as_text()
    {
        var hostile = new[] { "=HYPERLINK(\"http://elsewhere.example\")", "+1+1", "-2+3", "@SUM(A1)", "\t=1+1", "=cmd|' /C calc'!A0" };
        using var answer = await watch.First.PostCsvAsync("/api/search/bulk", "name\r\n" + string.Join("\r\n", hostile.Select(h => $"\"{h.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")) + "\r\n", "text/csv");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var csv = await answer.Content.ReadAsStringAsync(AccessWatch.Cancel);
        Assert.DoesNotMatch("(^|[,\\n\"])[=+@\\t-]", csv);
        Assert.Contains("HYPERLINK", csv, StringComparison.Ordinal);
    }

    private static async Task<string> CookieAsync(string address, string name)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = new Uri(address) };
        http.DefaultRequestHeaders.Add(Gate.OwnHeader, "1");
        // An address of its own for each, or the limit of sign-ins would be met.
        http.DefaultRequestHeaders.Add("X-Forwarded-For", $"198.51.100.{Interlocked.Increment(ref others) % 250}");
        using var signedIn = await http.PostAsJsonAsync("/api/session", new { name, password = ConsoleClient.Password }, AccessWatch.Cancel);
        return signedIn.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }

    private async Task<HttpStatusCode> MeAsync(string cookie, HttpMethod? method = null, string path = "/api/me", string? address = null)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false });
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, (address ?? watch.Address) + path) { Headers = { { "Cookie", cookie }, { Gate.OwnHeader, "1" } } };
        using var answer = await http.SendAsync(request, AccessWatch.Cancel);
        return answer.StatusCode;
    }

    private async Task<string> RawAsync(string head)
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync("127.0.0.1", new Uri(watch.Address).Port, AccessWatch.Cancel);
        var stream = tcp.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head), AccessWatch.Cancel);
        var answer = new byte[4000];
        return Encoding.ASCII.GetString(answer, 0, await stream.ReadAtLeastAsync(answer, answer.Length, throwOnEndOfStream: false, AccessWatch.Cancel));
    }

    private async Task DribbleAsync()
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync("127.0.0.1", new Uri(watch.Address).Port, AccessWatch.Cancel);
        var stream = tcp.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /api/first-start HTTP/1.1\r\nHost: watch\r\n{Gate.OwnHeader}: 1\r\nX-Forwarded-For: 192.0.2.{Interlocked.Increment(ref others) % 250}\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n"), AccessWatch.Cancel);
        try
        {
            while (tcp.Available == 0)
            {
                await stream.WriteAsync(" "u8.ToArray(), AccessWatch.Cancel);
                await Task.Delay(TimeSpan.FromSeconds(1), AccessWatch.Cancel);
            }
        }
        catch (IOException)
        {
            // The connection was ended, as it should be.
        }
    }
}
