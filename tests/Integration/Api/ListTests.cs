using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using MaritimeWatch.Integration.Commands;
using MaritimeWatch.Integration.Stores;
using MaritimeWatch.Records;
using MaritimeWatch.Storage;
using MaritimeWatch.Support;

namespace MaritimeWatch.Integration.Api;

/// <summary>Lists page by page, answers that did not change, and requests that are sent twice.</summary>
public sealed class ListTests : ConsoleTest
{
    protected override async Task FillAsync(IStore store)
    {
        for (var i = 0; i < 23; i++)
        {
            await CaseAsync(store, $"c{i:00}", i % 7);
        }

        await store.Tracks.CommitAsync(Samples.Batch((Samples.Ship, Samples.FixAt(1))) with { Position = "p1", Claims = [Samples.Claim("ALPHA")], Rejections = [.. Enumerable.Range(0, 45).Select(i => new Rejection("feed", $"line {i}", null, "!", "bad"))] }, Cancel);
    }

    [Theory]
    [InlineData("/api/alerts", "alerts", "caseId", 23)]
    [InlineData("/api/findings", "findings", "id", 23)]
    [InlineData("/api/rejections?feed=feed", "rejections", "place", 45)]
    public async Task Pages_follow_one_another_whatever_comes_in_between_and_hold_each_row_once(string path, string list, string id, int rows)
    {
        var (next, seen, pages) = (path + (path.Contains('?', StringComparison.Ordinal) ? "&limit=4" : "?limit=4"), new List<string>(), 0);
        while (next is not null)
        {
            using var answer = await Person.GetRawAsync(next);
            answer.EnsureSuccessStatusCode();
            var page = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
            seen.AddRange(page.GetProperty(list).EnumerateArray().Select(r => r.GetProperty(id).GetString()!));
            next = page.GetProperty("next").GetString();
            string[] due = next is null ? [] : [$"<{next}>; rel=\"next\""], told = answer.Headers.TryGetValues("Link", out var links) ? [.. links] : [];
            Assert.Equal(due, told);
            if (++pages == 2)
            {
                // Newer than all that was there: it belongs to the first page, which was read already.
                await CaseAsync(Service<IStore>(), "late", 9);
                await Service<IStore>().Tracks.CommitAsync(Samples.Batch() with { Follows = "p1", Position = "p2", Rejections = [new Rejection("feed", "late", null, "!", "bad")] }, Cancel);
            }
        }

        Assert.DoesNotContain("late", seen);
        Assert.Equal(rows, seen.Distinct().Count());
        Assert.Equal(rows, seen.Count);
    }

    [Fact]
    public async Task Accounts_come_page_by_page_by_name_and_the_console_gets_its_lists_as_ever()
    {
        foreach (var name in new[] { "berta", "Anna", "carla" })
        {
            (await Person.PostAsync("/api/accounts", new { name, password = ConsoleClient.Password, roles = new[] { "analyst" } })).EnsureSuccessStatusCode();
        }

        var first = await Person.GetAsync("/api/accounts?limit=2");
        Assert.Equal(["Anna", "berta"], first.GetProperty("accounts").EnumerateArray().Select(a => a.GetProperty("name").GetString()));
        var second = await Person.GetAsync(first.GetProperty("next").GetString()!);
        Assert.Equal(["carla", ConsoleClient.Name], second.GetProperty("accounts").EnumerateArray().Select(a => a.GetProperty("name").GetString()));
        Assert.Equal(JsonValueKind.Null, second.GetProperty("next").ValueKind);
        var usual = (await Person.GetAsync("/api/alerts")).GetProperty("alerts").EnumerateArray().Select(a => a.GetProperty("priority").GetDouble()).ToList();
        Assert.Equal(23, usual.Count);
        Assert.Equal(usual.OrderDescending(), usual);
    }

    [Fact]
    public async Task Who_holds_the_same_answer_already_gets_304_and_a_tag_tells_nobody_what_another_sees()
    {
        foreach (var path in new[] { "/api/alerts", "/api/alerts/c01", "/api/vessels/mmsi:235000001", "/api/findings", "/api/watch" })
        {
            using var answer = await Person.GetRawAsync(path);
            var tag = answer.Headers.ETag;
            Assert.True(tag is { IsWeak: true }, path);
            Assert.True(answer.Headers.CacheControl is { Private: true, NoCache: true, Public: false }, path);
            Assert.Contains("Cookie", answer.Headers.Vary);
            Assert.Contains("Authorization", answer.Headers.Vary);
            if (path == "/api/watch")
            {
                continue;
            }

            using var same = await Person.SendAsync(HttpMethod.Get, path, null, ("If-None-Match", $"\"other\", {tag}"));
            Assert.Equal((HttpStatusCode.NotModified, 0L), (same.StatusCode, (await same.Content.ReadAsByteArrayAsync(Cancel)).LongLength));
            Assert.Equal(tag, same.Headers.ETag);
            using var other = await Person.SendAsync(HttpMethod.Get, path, null, ("If-None-Match", "W/\"other\""));
            Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        }

        (await Person.PostAsync("/api/accounts", new { name = "a centre", password = ConsoleClient.Password, roles = new[] { "centre" } })).EnsureSuccessStatusCode();
        using var centre = new ConsoleClient(Address);
        await centre.SignInAsync("a centre", ConsoleClient.Password);
        using var whole = await Person.GetRawAsync("/api/alerts/c01");
        using var hidden = await centre.SendAsync(HttpMethod.Get, "/api/alerts/c01", null, ("If-None-Match", whole.Headers.ETag!.ToString()));
        Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
        using var any = await centre.SendAsync(HttpMethod.Get, "/api/alerts/c01", null, ("If-None-Match", "*"));
        Assert.Equal(HttpStatusCode.NotFound, any.StatusCode);
        Assert.True(await Service<IStore>().Cases.ApplyAsync(Samples.Release("c01"), Cancel));
        using var changed = await Person.SendAsync(HttpMethod.Get, "/api/alerts/c01", null, ("If-None-Match", whole.Headers.ETag.ToString()));
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        using var released = await centre.GetRawAsync("/api/alerts/c01");
        Assert.Equal(HttpStatusCode.OK, released.StatusCode);
        Assert.NotEqual(changed.Headers.ETag, released.Headers.ETag);
    }

    [Fact]
    public async Task A_request_sent_twice_under_one_key_is_carried_out_once()
    {
        object Wanted(string name) => new { name, password = ConsoleClient.Password, roles = new[] { "analyst" } };
        Task<HttpResponseMessage> MakeAsync(object body, string key) => Person.SendAsync(HttpMethod.Post, "/api/accounts", body, ("Idempotency-Key", key));
        using var first = await MakeAsync(Wanted("one of many"), "key-1");
        using var again = await MakeAsync(Wanted("one of many"), "key-1");
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first.StatusCode, again.StatusCode));
        Assert.Equal(await first.Content.ReadAsStringAsync(Cancel), await again.Content.ReadAsStringAsync(Cancel));
        using var other = await MakeAsync(Wanted("another"), "key-1");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
        using var without = await MakeAsync(Wanted("one of many"), "key-2");
        Assert.Equal(HttpStatusCode.Conflict, without.StatusCode);
        using var odd = await MakeAsync(Wanted("odd"), "key with blanks");
        Assert.Equal(HttpStatusCode.BadRequest, odd.StatusCode);
        // What was refused may be put right under the same key.
        using var refused = await MakeAsync(new { name = "late", password = "short", roles = new[] { "analyst" } }, "key-3");
        using var right = await MakeAsync(Wanted("late"), "key-3");
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.OK), (refused.StatusCode, right.StatusCode));
        // Another person's key is another key.
        (await Person.PostAsync("/api/accounts", new { name = "second head", password = ConsoleClient.Password, roles = new[] { "administrator" } })).EnsureSuccessStatusCode();
        using var second = new ConsoleClient(Address);
        await second.SignInAsync("second head", ConsoleClient.Password);
        using var theirs = await second.SendAsync(HttpMethod.Post, "/api/accounts", Wanted("theirs"), ("Idempotency-Key", "key-1"));
        Assert.Equal(HttpStatusCode.OK, theirs.StatusCode);
        Assert.Single(await Service<IStore>().Audit.AfterAsync(0, 1000, Cancel), e => e is { Act: "make account", Subject: "one of many" });
    }

    private static async Task CaseAsync(IStore store, string id, int hour)
    {
        await store.Findings.SaveAsync(Samples.Finding(id, hour: hour), Samples.Noon, Cancel);
        var raise = Samples.Raise(id);
        Assert.True(await store.Cases.ApplyAsync(raise with { File = raise.File with { OpenedAt = Samples.Noon.AddHours(hour) } }, Cancel));
    }
}
