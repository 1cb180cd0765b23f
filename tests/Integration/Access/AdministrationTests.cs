using System.Net;
using System.Text.Json;
using MaritimeWatch.Records;
using MaritimeWatch.Server.Watch;
using MaritimeWatch.Storage;
using MaritimeWatch.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace MaritimeWatch.Integration.Access;

/// <summary>What the administration page asks of the program: people, jobs, retention, feeds, and the audit chain.</summary>
public sealed class AdministrationTests(AccessWatch watch) : IClassFixture<AccessWatch>
{
    private ConsoleClient Administrator => watch.By["administrator"];

    private static readonly double[][] Box = [[0, 50], [2, 50], [2, 52], [0, 52]];

    [Fact]
    public async Task Duties_change_end_the_sessions_and_stand_on_the_chain_with_what_they_were()
    {
        var person = await watch.MadeAsync("one who changes", "analyst");
        await StatusAsync(HttpStatusCode.OK, Administrator.PostAsync("/api/accounts/one who changes/duties", new { roles = new[] { "registry" }, flag = "PA" }));
        await StatusAsync(HttpStatusCode.Unauthorized, person.GetRawAsync("/api/me"));
        await person.SignInAsync("one who changes", ConsoleClient.Password);
        Assert.Equal("PA", (await person.GetAsync("/api/me")).GetProperty("flag").GetString());
        Assert.Single(await watch.AuditAsync("change duties"), e => e is { By: "one administrator", Subject: "one who changes", Detail: "analyst became registry of PA" });
    }

    [Theory]
    [InlineData("""{"roles":[]}""", "Expected roles")]
    [InlineData("""{"roles":["king"]}""", "Expected roles")]
    [InlineData("""{"roles":["registry"]}""", "flag of a registry official")]
    [InlineData("""{"roles":["analyst"],"flag":"PA"}""", "alone")]
    [InlineData("""{"roles":["analyst","administrator"],"areas":[{"name":"x","ring":[[0,50],[2,50],[2,52]]}]}""", "alone")]
    [InlineData("""{"roles":["analyst"],"areas":[{"name":"x","ring":[[0,50],[2,50]]}]}""", "3 to 500 corners")]
    [InlineData("""{"roles":["analyst"],"areas":[{"name":"x","ring":[[0,95],[2,50],[2,52]]}]}""", "longitude and latitude")]
    [InlineData("""{"roles":["analyst"],"areas":[{"name":"","ring":[[0,50],[2,50],[2,52]]}]}""", "name of 1 to 80")]
    [InlineData("""{"roles":["analyst"],"areas":[{"name":"x","ring":null}]}""", "ring of corners")]
    public async Task Duties_that_cannot_be_are_refused_with_what_was_expected(string body, string says)
    {
        using var answer = await Administrator.PostAsync("/api/accounts/one centre/duties", JsonSerializer.Deserialize<JsonElement>(body));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(says, await answer.Content.ReadAsStringAsync(AccessWatch.Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_takes_the_duty_of_administrator_from_herself_and_two_at_once_do_not_take_it_from_each_other()
    {
        await StatusAsync(HttpStatusCode.Conflict, Administrator.PostAsync("/api/accounts/one administrator/duties", new { roles = new[] { "analyst" } }));
        await using var own = new OwnWatch();
        await own.Watch.InitializeAsync();
        var (first, second) = (own.Watch.First, own.Watch.By["administrator"]);
        var both = await Task.WhenAll(first.PostAsync("/api/accounts/one administrator/duties", new { roles = new[] { "analyst" } }), second.PostAsync($"/api/accounts/{ConsoleClient.Name}/duties", new { roles = new[] { "analyst" } }));
        Assert.Contains(both, b => b.StatusCode == HttpStatusCode.OK);
        Assert.Contains(await own.Watch.Store.Accounts.AllAsync(AccessWatch.Cancel), a => a is { Disabled: false } && a.Roles.Contains("administrator"));
    }

    [Fact]
    public async Task The_list_tells_last_sign_in_waiting_second_step_and_areas()
    {
        await StatusAsync(HttpStatusCode.OK, Administrator.PostAsync("/api/accounts", new { name = "one in bounds", password = ConsoleClient.Password, roles = new[] { "centre" }, areas = new[] { new { name = "strait", ring = Box } } }));
        for (var i = 0; i < 6; i++)
        {
            (await watch.By["anonymous"].PostAsync("/api/session", new { name = "one in bounds", password = "wrong" })).Dispose();
        }

        var accounts = (await Administrator.GetAsync("/api/accounts")).GetProperty("accounts").EnumerateArray().ToDictionary(a => a.GetProperty("name").GetString()!);
        var (bound, administrator) = (accounts["one in bounds"], accounts["one administrator"]);
        Assert.True(bound.GetProperty("waits").GetBoolean());
        Assert.Equal(("strait", 4), (bound.GetProperty("areas")[0].GetProperty("name").GetString(), bound.GetProperty("areas")[0].GetProperty("ring").GetArrayLength()));
        Assert.Equal((JsonValueKind.Null, JsonValueKind.String), (bound.GetProperty("lastSignIn").ValueKind, administrator.GetProperty("lastSignIn").ValueKind));
        Assert.False(administrator.GetProperty("secondStep").GetBoolean());
        Assert.DoesNotContain("hash", (await Administrator.GetAsync("/api/accounts")).ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task The_chain_is_read_page_by_page_newest_first_and_by_person_act_subject_and_time()
    {
        for (var i = 0; i < 25; i++)
        {
            await watch.Store.Audit.AppendAsync(new AuditNote(new DateTimeOffset(2030, 1, 1, i % 24, 0, 0, TimeSpan.Zero), $"paged {i % 2}", "paging", $"subject {i}", "x"), AccessWatch.Cancel);
        }

        var (seen, before) = (new List<long>(), "");
        do
        {
            var page = await Administrator.GetAsync($"/api/audit?limit=7&act=PAGING{before}");
            seen.AddRange(page.GetProperty("entries").EnumerateArray().Select(e => e.GetProperty("number").GetInt64()));
            before = page.GetProperty("next").ValueKind == JsonValueKind.Null ? "" : $"&before={page.GetProperty("next")}";
        }
        while (before.Length > 0);
        Assert.Equal(25, seen.Count);
        Assert.Equal(seen.OrderDescending(), seen);
        Assert.Equal(12, (await Administrator.GetAsync("/api/audit?by=paged 1&limit=200")).GetProperty("entries").GetArrayLength());
        Assert.Equal("subject 17", Assert.Single((await Administrator.GetAsync("/api/audit?subject=SUBJECT 17")).GetProperty("entries").EnumerateArray()).GetProperty("subject").GetString());
        Assert.Equal(2, (await Administrator.GetAsync("/api/audit?act=paging&from=2030-01-01T05:00:00Z&to=2030-01-01T07:00:00Z")).GetProperty("entries").GetArrayLength());
        await StatusAsync(HttpStatusCode.BadRequest, Administrator.GetRawAsync("/api/audit?limit=1000"));
    }

    [Fact]
    public async Task A_check_says_sound_with_the_last_hash_and_after_a_flipped_byte_which_entry()
    {
        await using var own = new OwnWatch();
        await own.Watch.InitializeAsync();
        var administrator = own.Watch.By["administrator"];
        var entry = await own.Watch.Store.Audit.AppendAsync(new AuditNote(DateTimeOffset.UnixEpoch, "anna", "act", "subject", "a detail"), AccessWatch.Cancel);
        await own.Watch.Store.Audit.AppendAsync(new AuditNote(DateTimeOffset.UnixEpoch, "anna", "act", "subject", "another"), AccessWatch.Cancel);
        var sound = await CheckedAsync(administrator);
        Assert.Empty(sound.GetProperty("faults").EnumerateArray());
        var hashed = (await own.Watch.Store.Audit.AfterAsync(sound.GetProperty("entries").GetInt64() - 1, 1, AccessWatch.Cancel)).Single();
        Assert.Equal(hashed.Hash, sound.GetProperty("lastHash").GetString());
        await using (var file = new SqliteConnection($"Data Source={own.Watch.Store.Place};Pooling=False"))
        {
            await file.OpenAsync(AccessWatch.Cancel);
            using var flip = file.CreateCommand();
            flip.CommandText = $"DROP TRIGGER audit_unchanged; UPDATE audit SET body = replace(body, 'a detail', 'e detail') WHERE number = {entry.Number}";
            await flip.ExecuteNonQueryAsync(AccessWatch.Cancel);
        }

        var broken = await CheckedAsync(administrator);
        Assert.Contains(broken.GetProperty("faults").EnumerateArray(), f => f.GetString()!.Contains($"entry {entry.Number} ", StringComparison.Ordinal));
        Assert.Equal("one administrator", broken.GetProperty("by").GetString());
    }

    [Fact]
    public async Task The_export_holds_every_entry_and_proves_itself()
    {
        using var answer = await Administrator.GetRawAsync("/api/audit/export");
        Assert.Equal("application/x-ndjson", answer.Content.Headers.ContentType!.MediaType);
        var entries = (await answer.Content.ReadAsStringAsync(AccessWatch.Cancel)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(StoreJson.Read<AuditEntry>).ToList();
        Assert.Null(AuditChain.Verify(entries));
        Assert.Contains(entries, e => e is { Act: "export audit", By: "one administrator" });
    }

    [Fact]
    public async Task Jobs_retention_feeds_and_the_benchmark_are_told()
    {
        var jobs = await Administrator.GetAsync("/api/jobs");
        Assert.False(jobs.GetProperty("worksHere").GetBoolean());
        var retention = await Administrator.GetAsync("/api/retention");
        var audit = retention.GetProperty("classes").EnumerateArray().Single(c => c.GetProperty("kind").GetString() == "audit").GetProperty("held");
        Assert.True(audit.GetProperty("rows").GetInt64() > 0 && audit.GetProperty("bytes").GetInt64() > 0);
        Assert.Equal(400, retention.GetProperty("classes")[0].GetProperty("keptDays").GetDouble());
        watch.App.Services.GetRequiredService<FeedStates>().Add(new FeedState("a feed", ends: false, TimeProvider.System));
        var feed = (await Administrator.GetAsync("/api/feeds")).GetProperty("feeds").EnumerateArray().Single(f => f.GetProperty("health").GetProperty("name").GetString() == "a feed");
        Assert.Equal(0, feed.GetProperty("health").GetProperty("lines").GetInt64());
        var flags = (await Administrator.GetAsync("/api/bench")).GetProperty("parts").EnumerateArray().Single(p => p.GetProperty("page").GetProperty("part").GetString() == "flags");
        Assert.True(flags.GetProperty("shipped").GetBoolean());
        Assert.NotEmpty(flags.GetProperty("page").GetProperty("demands").EnumerateArray());
    }

    [Fact]
    public async Task Refused_lines_come_page_by_page_with_the_line_as_it_was()
    {
        var count = new IntakeCount();
        count.Reject("checksum differs", 30);
        await watch.Store.Tracks.CommitAsync(new IntakeBatch { Feed = "broken", Count = count, Rejections = [.. Enumerable.Range(0, 30).Select(i => new Rejection("broken", $"line {i}", null, null, "checksum differs", $"!AIVDM,{i}"))] }, AccessWatch.Cancel);
        var first = await Administrator.GetAsync("/api/rejections?feed=broken&limit=20");
        Assert.Equal(("!AIVDM,29", 20), (first.GetProperty("rejections")[0].GetProperty("raw").GetString(), first.GetProperty("rejections").GetArrayLength()));
        var second = await Administrator.GetAsync(first.GetProperty("next").GetString()!);
        Assert.Equal((10, JsonValueKind.Null), (second.GetProperty("rejections").GetArrayLength(), second.GetProperty("next").ValueKind));
    }

    private static async Task<JsonElement> CheckedAsync(ConsoleClient administrator)
    {
        var before = (await administrator.GetAsync("/api/audit/verify")).GetProperty("last");
        await StatusAsync(HttpStatusCode.Accepted, administrator.PostAsync("/api/audit/verify", new { }));
        for (var tries = 0; tries < 200; tries++)
        {
            var state = await administrator.GetAsync("/api/audit/verify");
            if (!state.GetProperty("running").GetBoolean() && state.GetProperty("last").ToString() != before.ToString())
            {
                return state.GetProperty("last");
            }

            await Task.Delay(50, AccessWatch.Cancel);
        }

        throw new TimeoutException("The check of the audit chain did not end within 10 s.");
    }

    private static async Task StatusAsync(HttpStatusCode expected, Task<HttpResponseMessage> asked)
    {
        using var answer = await asked;
        Assert.True(answer.StatusCode == expected, $"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync(AccessWatch.Cancel)}");
    }

    /// <summary>A watch that a test may spoil.</summary>
    private sealed class OwnWatch : IAsyncDisposable
    {
        public AccessWatch Watch { get; } = new();

        public ValueTask DisposeAsync() => Watch.DisposeAsync();
    }
}
