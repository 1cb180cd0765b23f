using System.Net;
using System.Text;
using System.Text.Json;
using MaritimeWatch.Integration.Commands;
using MaritimeWatch.Storage;
using MaritimeWatch.Support;

namespace MaritimeWatch.Integration.Api;

/// <summary>Whatever is asked amiss is answered as problem details (RFC 9457), in words, and tells nothing of the program's inside.</summary>
public sealed class ProblemTests : ConsoleTest
{
    protected override Task FillAsync(IStore store) => Task.CompletedTask;

    [Theory]
    [InlineData("GET", "/api/nowhere", null, null, 404)]
    [InlineData("POST", "/api/nowhere/at/all", "application/json", "{}", 404)]
    [InlineData("GET", "/nowhere", null, null, 404)]
    [InlineData("DELETE", "/api/watch", null, null, 405)]
    [InlineData("PUT", "/api/accounts", "application/json", "{}", 405)]
    [InlineData("GET", "/api/alerts/none", null, null, 404)]
    [InlineData("GET", "/api/live", null, null, 400)]
    [InlineData("GET", "/api/rejections", null, null, 400)]
    [InlineData("GET", "/api/vessels/mmsi:235000001/track?from=yesterday", null, null, 400)]
    [InlineData("GET", "/api/registry/fleet?flag=PA&limit=many", null, null, 400)]
    [InlineData("GET", "/api/findings?kind=3", null, null, 400)]
    [InlineData("GET", "/api/findings?limit=0", null, null, 400)]
    [InlineData("GET", "/api/alerts?limit=1001", null, null, 400)]
    [InlineData("GET", "/api/alerts?cursor=bm90IG91cnM", null, null, 400)]
    [InlineData("GET", "/api/accounts?cursor=%ff%00", null, null, 400)]
    [InlineData("POST", "/api/accounts", "application/json", "{\"name\":", 400)]
    [InlineData("POST", "/api/accounts", "application/json", "{\"name\": [1]}", 400)]
    [InlineData("POST", "/api/accounts", "application/json", "null", 400)]
    [InlineData("POST", "/api/accounts", "application/json", "", 400)]
    [InlineData("POST", "/api/alerts/x/dismiss", "application/json", "{\"reason\":\"because\"}", 400)]
    [InlineData("POST", "/api/accounts", "text/plain", "{}", 415)]
    [InlineData("POST", "/api/accounts", null, "{}", 415)]
    [InlineData("POST", "/api/search/bulk", "text/csv", "\"", 400)]
    public async Task A_refusal_says_what_was_expected(string method, string path, string? type, string? body, int status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Parse(method), path);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        using var answer = await Person.SendAsync(request);
        await IsProblemAsync(answer, status);
    }

    [Fact]
    public async Task A_stranger_too_many_requests_and_a_body_too_large_are_told_alike()
    {
        using var stranger = new ConsoleClient(Address);
        using (var none = await stranger.GetRawAsync("/api/watch"))
        {
            await IsProblemAsync(none, 401);
            Assert.Equal("Bearer", none.Headers.WwwAuthenticate.Single().Scheme);
        }

        using (var large = await Person.PostCsvAsync("/api/search/bulk", new string('1', (1024 * 1024) + 1), "application/json"))
        {
            await IsProblemAsync(large, 413);
        }

        HttpResponseMessage? waits = null;
        for (var i = 0; i < 40 && waits is null; i++)
        {
            var answer = await stranger.PostAsync("/api/session", new { name = $"nobody {i}", password = "not a password" });
            waits = answer.StatusCode == HttpStatusCode.TooManyRequests ? answer : null;
        }

        Assert.NotNull(waits);
        await IsProblemAsync(waits, 429);
        Assert.True(waits.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        waits.Dispose();
    }

    [Fact]
    public async Task A_store_out_of_reach_is_503_and_an_error_of_the_program_500_without_its_inside()
    {
        // The store goes away under the program: what asks it fails inside.
        await Service<IStore>().DisposeAsync();
        using var answer = await Person.GetRawAsync("/health");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var failed = await Person.GetRawAsync("/api/me");
        Assert.True((int)failed.StatusCode is 500 or 503);
        await IsProblemAsync(failed, (int)failed.StatusCode);
    }

    private static async Task IsProblemAsync(HttpResponseMessage answer, int status)
    {
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.True(status == (int)answer.StatusCode, $"{(int)answer.StatusCode}, expected {status}: {text}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonDocument.Parse(text).RootElement;
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.Equal(answer.RequestMessage!.RequestUri!.AbsolutePath, Uri.UnescapeDataString(problem.GetProperty("instance").GetString()!));
        foreach (var field in new[] { "type", "title", "detail", "traceId" })
        {
            Assert.False(string.IsNullOrWhiteSpace(problem.GetProperty(field).GetString()), $"{field} in {text}");
        }

        Assert.DoesNotMatch(@"Exception|   at |System\.|Microsoft\.|MaritimeWatch\.Server|\.cs:|/tmp/|DateTimeOffset|Nullable|SQLite", text);
    }
}
