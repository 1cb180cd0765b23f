using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using MaritimeWatch.Cases;
using MaritimeWatch.Detection;
using MaritimeWatch.Integration.Commands;
using MaritimeWatch.Integration.Stores;
using MaritimeWatch.Server.Watch;
using MaritimeWatch.Storage;
using MaritimeWatch.Support;

namespace MaritimeWatch.Integration.Desk;

/// <summary>The work with cases by the API of the real program, on findings that a test saves as the judgement would.</summary>
public sealed class CaseTests : ConsoleTest
{
    private const string Seen = "0000000000000001", Blind = "0000000000000009";

    protected override async Task FillAsync(IStore store)
    {
        await store.Identities.AddClaimsAsync([Samples.Claim("ALPHA")], Cancel);
        await FoundAsync(Silence(Seen));
    }

    private static Finding Silence(string id, int startHour = 0, double? hours = null, bool alert = true) => Samples.Finding(id, hour: startHour) with
    {
        Alert = alert, VesselId = "imo:9074729", EndTime = hours is { } h ? Samples.Noon.AddHours(startHour + h) : null, Calibrated = 0.7, Band = Band.High,
    };

    /// <summary>What the corridor does with a judged finding.</summary>
    private async Task<StoredFinding> FoundAsync(Finding finding)
    {
        var stored = await Service<IStore>().Findings.SaveAsync(finding, DateTimeOffset.UnixEpoch, Cancel);
        await Service<CaseDesk>().FollowAsync(stored, Cancel);
        return stored;
    }

    private async Task<(HttpStatusCode Status, JsonElement Answer)> DoAsync(string id, string act, object body, ConsoleClient? who = null)
    {
        using var answer = await (who ?? Person).PostAsync($"/api/alerts/{id}/{act}", body);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel));
    }

    private async Task<string> StateAsync(string id) => (await Person.GetAsync($"/api/alerts/{id}")).GetProperty("case").GetProperty("state").GetString()!;

    [Fact]
    public async Task She_assigns_notes_and_escalates_with_an_action_and_a_line_and_nothing_goes_out()
    {
        Assert.Equal(HttpStatusCode.BadRequest, (await DoAsync(Seen, "assign", new { assignee = "nobody", eventsSeen = 1 })).Status);
        Assert.Contains(ConsoleClient.Name, (await Person.GetAsync("/api/analysts")).GetProperty("analysts").EnumerateArray().Select(a => a.GetString()));
        Assert.Equal(ConsoleClient.Name, (await DoAsync(Seen, "assign", new { assignee = ConsoleClient.Name, eventsSeen = 1 })).Answer.GetProperty("case").GetProperty("assignee").GetString());
        Assert.Equal(HttpStatusCode.BadRequest, (await DoAsync(Seen, "note", new { eventsSeen = 2 })).Status);
        Assert.Equal(HttpStatusCode.OK, (await DoAsync(Seen, "note", new { note = "called, no answer", eventsSeen = 2 })).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await DoAsync(Seen, "escalate", new { note = "line", eventsSeen = 3 })).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await DoAsync(Seen, "escalate", new { note = "line", followUp = "passToCentre", eventsSeen = 3 })).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await DoAsync(Seen, "escalate", new { followUp = "callOnVhf", eventsSeen = 3 })).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await DoAsync(Seen, "escalate", new { note = "line", followUp = "callOnVhf", eventsSeen = 2 })).Status);
        var (status, answer) = await DoAsync(Seen, "escalate", new { note = "line", followUp = "callOnVhf", openSeconds = 42.0, eventsSeen = 3 });
        Assert.Equal((HttpStatusCode.OK, "escalated"), (status, answer.GetProperty("case").GetProperty("state").GetString()));
        Assert.Empty(await Service<IStore>().Outbox.AllAsync(10, Cancel));
        var last = answer.GetProperty("case").GetProperty("history").EnumerateArray().Last();
        Assert.Equal(("callOnVhf", 42.0, "high"), (last.GetProperty("followUp").GetString(), last.GetProperty("openSeconds").GetDouble(), last.GetProperty("band").GetString()));
        Assert.Equal(["Assign", "Note", "Escalate"], (await Service<IStore>().Audit.AfterAsync(0, 100, Cancel)).Where(e => e.Subject == Seen && e.By == ConsoleClient.Name && e.Act != "read").Select(e => e.Act));
    }

    [Fact]
    public async Task The_same_behaviour_processed_again_raises_nothing_and_a_new_silence_of_the_same_ship_does()
    {
        Assert.Equal(HttpStatusCode.OK, (await DoAsync(Seen, "dismiss", new { reason = "port", note = "in port", eventsSeen = 1 })).Status);
        await FoundAsync(Silence(Seen) with { AsOf = Samples.Noon.AddHours(20) });
        await FoundAsync(Silence(Seen, hours: 5));
        Assert.Equal("dismissed", await StateAsync(Seen));
        Assert.Single(await Person.AlertsAsync());
        await FoundAsync(Silence("0000000000000002", startHour: 30));
        Assert.Equal(["dismissed", "new"], (await Person.AlertsAsync()).Select(a => a.GetProperty("state").GetString()).Order());
        Assert.Equal(Seen, Assert.Single((await Person.GetAsync("/api/alerts/0000000000000002")).GetProperty("others").EnumerateArray()).GetProperty("caseId").GetString());
    }

    [Fact]
    public async Task A_dismissal_for_another_reason_demands_a_text_and_can_be_undone()
    {
        Assert.Equal(HttpStatusCode.BadRequest, (await DoAsync(Seen, "dismiss", new { eventsSeen = 1 })).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await DoAsync(Seen, "dismiss", new { reason = "other", note = " ", eventsSeen = 1 })).Status);
        await DoAsync(Seen, "dismiss", new { reason = "other", note = "towed", eventsSeen = 1 });
        Assert.Equal("new", (await DoAsync(Seen, "undo", new { note = "undone", eventsSeen = 2 })).Answer.GetProperty("case").GetProperty("state").GetString());
    }

    [Fact]
    public async Task What_begins_in_a_suspension_is_kept_and_counted_and_opens_no_case_and_what_begins_after_does()
    {
        var until = Samples.Noon.AddDays(2);
        using var begun = await Person.PostAsync("/api/suspensions", new { hull = "imo:9074729", kinds = new[] { "silence" }, reason = "laidUp", text = "in dock", from = Samples.Noon, until });
        Assert.Equal(HttpStatusCode.OK, begun.StatusCode);

        // Nobody had touched it, and it began within: it leaves the list at once and says why.
        Assert.Equal("withdrawn", await StateAsync(Seen));
        Assert.StartsWith("withdrawn: suspended by", (await Person.GetAsync($"/api/alerts/{Seen}")).GetProperty("change").GetProperty("text").GetString(), StringComparison.Ordinal);
        var within = await FoundAsync(Silence("0000000000000003", startHour: 47) with { AsOf = Samples.Noon.AddDays(60) });
        await FoundAsync(Silence("0000000000000003", startHour: 47));
        Assert.NotNull(await Service<IStore>().Findings.FindAsync(within.Finding.Id, Cancel));
        Assert.Null(await Service<IStore>().Cases.FindAsync(within.Finding.Id, Cancel));
        await FoundAsync(Silence("0000000000000004", startHour: 48));
        Assert.Equal("new", await StateAsync("0000000000000004"));
        var shown = Assert.Single((await Person.GetAsync("/api/suspensions")).GetProperty("suspensions").EnumerateArray());
        Assert.Equal(2, shown.GetProperty("heldCount").GetInt32());

        // Late data move the beginning over the border, and back: the start decides.
        await FoundAsync(Silence("0000000000000004", startHour: 48) with { StartTime = until.AddMinutes(-10) });
        Assert.Equal("withdrawn", await StateAsync("0000000000000004"));
        await FoundAsync(Silence("0000000000000004", startHour: 48));
        Assert.Equal("new", await StateAsync("0000000000000004"));

        var id = shown.GetProperty("id").GetString();
        Assert.Equal(HttpStatusCode.BadRequest, (await Person.PostAsync($"/api/suspensions/{id}/lift", new { })).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await Person.PostAsync($"/api/suspensions/{id}/lift", new { text = "she sails" })).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await Person.PostAsync($"/api/suspensions/{id}/lift", new { text = "again" })).StatusCode);
        Assert.Equal("lifted", Assert.Single((await Person.GetAsync("/api/suspensions")).GetProperty("suspensions").EnumerateArray()).GetProperty("state").GetString());
        Assert.Equal(["suspend", "lift suspension"], (await Service<IStore>().Audit.AfterAsync(0, 100, Cancel)).Where(e => e.Act.Contains("suspen", StringComparison.Ordinal)).Select(e => e.Act));
    }

    [Fact]
    public async Task A_suspension_that_lacks_something_says_what_was_expected()
    {
        foreach (var (draft, expected) in new (object, string)[]
        {
            (new { hull = "imo:9999993", kinds = new[] { "silence" }, reason = "laidUp", text = "x", until = Samples.Noon.AddDays(1) }, "known hull"),
            (new { hull = "imo:9074729", kinds = new[] { "silence" }, reason = "laidUp", from = Samples.Noon, until = Samples.Noon.AddDays(1) }, "a line"),
            (new { hull = "imo:9074729", kinds = new[] { "silence" }, text = "x", from = Samples.Noon, until = Samples.Noon.AddDays(1) }, "reason code"),
            (new { hull = "imo:9074729", kinds = new[] { "silence" }, reason = "laidUp", text = "x", from = Samples.Noon, until = Samples.Noon.AddDays(91) }, "at most 90 days"),
            (new { hull = "imo:9074729", kinds = new[] { "silence" }, reason = "laidUp", text = "x", owner = "nobody", from = Samples.Noon, until = Samples.Noon.AddDays(1) }, "account of an analyst"),
        })
        {
            using var answer = await Person.PostAsync("/api/suspensions", draft);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Contains(expected, await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task New_data_say_how_much_shorter_and_why_with_the_time()
    {
        await FoundAsync(Silence(Seen, hours: 9 + (16 / 60.0)));
        await FoundAsync(Silence(Seen, hours: 5.1));
        var change = (await Person.GetAsync($"/api/alerts/{Seen}")).GetProperty("change");
        Assert.StartsWith("shortened from 9 h 16 min to 5 h 6 min: ", change.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.NotEqual(default, change.GetProperty("at").GetDateTimeOffset());
        var gone = Silence(Seen, hours: 5.1, alert: false);
        await FoundAsync(gone with { Evidence = [.. gone.Evidence, new Evidence("lateData", "reception", -9, "She was heard.")] });
        Assert.Equal("withdrawn: She was heard.", (await Person.AlertsAsync()).Single().GetProperty("change").GetProperty("text").GetString());
    }

    [Fact]
    public async Task A_blind_case_tells_its_score_nowhere_before_her_own_judgement()
    {
        var store = Service<IStore>();
        await store.Findings.SaveAsync(Silence(Blind, startHour: 3), DateTimeOffset.UnixEpoch, Cancel);
        await store.Cases.ApplyAsync(new CaseChange(CaseRules.Raise(Blind, 1, Samples.Noon, Samples.Noon, blindShare: 1), 0, null, [], Samples.Note("raise")), Cancel);
        var one = await Person.GetAsync($"/api/alerts/{Blind}");
        var row = (await Person.AlertsAsync()).Single(a => a.GetProperty("caseId").GetString() == Blind);
        Assert.True(one.GetProperty("blind").GetBoolean() && row.GetProperty("blind").GetBoolean());
        Assert.All([row.GetProperty("band"), row.GetProperty("class"), .. new[] { "band", "class", "probability", "scoreNats", "priorNats" }.Select(one.GetProperty("finding").GetProperty), one.GetProperty("like")], value => Assert.Equal(JsonValueKind.Null, value.ValueKind));
        Assert.All(one.GetProperty("finding").GetProperty("evidence").EnumerateArray(), e => Assert.Equal(JsonValueKind.Null, e.GetProperty("nats").ValueKind));
        Assert.Contains(one.GetProperty("finding").GetProperty("evidence").EnumerateArray(), e => e.GetProperty("speaksFor").GetBoolean());
        Assert.DoesNotContain((await Person.GetAsync("/api/findings")).GetProperty("findings").EnumerateArray(), f => f.GetProperty("id").GetString() == Blind);
        Assert.All((await Person.GetAsync("/api/vessels/imo:9074729")).GetProperty("findings").EnumerateArray().Where(f => f.GetProperty("id").GetString() == Blind), f => Assert.Equal(JsonValueKind.Null, f.GetProperty("band").ValueKind));
        Assert.Equal(HttpStatusCode.Conflict, (await Person.GetRawAsync($"/api/alerts/{Blind}/pack.zip")).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await DoAsync(Blind, "dismiss", new { reason = "port", note = "x", eventsSeen = 1 })).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await DoAsync(Blind, "assess", new { note = "x", eventsSeen = 1 })).Status);
        var (status, shown) = await DoAsync(Blind, "assess", new { judgement = "unexplained", note = "others were heard", eventsSeen = 1 });
        Assert.Equal((HttpStatusCode.OK, false, "high"), (status, shown.GetProperty("blind").GetBoolean(), shown.GetProperty("finding").GetProperty("band").GetString()));
        Assert.Equal(HttpStatusCode.OK, (await DoAsync(Blind, "escalate", new { followUp = "keepWatching", note = "x", eventsSeen = 2 })).Status);
        var summary = await Person.GetAsync("/api/decisions/summary");
        Assert.Equal((1, 1), (summary.GetProperty("agreedBlind").GetProperty("of").GetInt32(), summary.GetProperty("agreedBlind").GetProperty("yes").GetInt32()));
        Assert.Equal(JsonValueKind.Null, summary.GetProperty("agreedBlind").GetProperty("share").ValueKind);
        Assert.Equal((1, 0), (summary.GetProperty("changedMind").GetProperty("of").GetInt32(), summary.GetProperty("changedMind").GetProperty("yes").GetInt32()));
    }
}
