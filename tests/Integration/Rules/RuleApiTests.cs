using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using MaritimeWatch.Cases;
using MaritimeWatch.Detection;
using MaritimeWatch.Identity;
using MaritimeWatch.Integration.Commands;
using MaritimeWatch.Rules;
using MaritimeWatch.Server.Watch;
using MaritimeWatch.Storage;
using MaritimeWatch.Support;
using MaritimeWatch.Units;

namespace MaritimeWatch.Integration.Rules;

/// <summary>Areas and rules asked of the real program, on a store with known findings.</summary>
public sealed class RuleApiTests : ConsoleTest
{
    private static readonly Mmsi Cargo = new(235_000_001), Trawler = new(235_000_002);

    private static readonly DateTimeOffset Today = new(TimeProvider.System.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero);

    private static readonly object[] Box = [new { latDeg = 49, lonDeg = -1 }, new { latDeg = 49, lonDeg = 1 }, new { latDeg = 51, lonDeg = 1 }, new { latDeg = 51, lonDeg = -1 }];

    /// <summary>Inside the box: yesterday three of a cargo ship and one of a trawler, ten days ago one that the general level raised. Outside one. Beside them what cannot be told.</summary>
    protected override async Task FillAsync(IStore store)
    {
        await store.Identities.AddClaimsAsync([Claim(Cargo, "9074729", 70), Claim(Trawler, null, 30)], Cancel);
        foreach (var finding in new[]
        {
            Silence("y1", -1), Silence("y2", -1, nats: 1), Silence("y3", -1, nats: -1), Silence("trawler", -1, mmsi: Trawler), Silence("raised", -10, nats: 2) with { Alert = true },
            Silence("outside", -2) with { Start = new GeoPoint(40, 0) }, Silence("no telling", -2) with { Band = Band.CannotTell, Class = FindingClass.CannotTell }, Silence("too old", -31),
        })
        {
            await store.Findings.SaveAsync(finding, Today, Cancel);
        }

        var count = new Records.IntakeCount();
        await store.Tracks.CommitAsync(new IntakeBatch { Feed = "made", Count = count, Position = "1", Positions = [new Tracks.PositionReport(Cargo, new Tracks.Fix(Today.AddDays(-5).AddHours(7), new GeoPoint(50, 0), 5), Today, null)] }, Cancel);
    }

    [Fact]
    public async Task A_dry_run_counts_every_finding_by_day_and_says_what_was_excluded_and_what_is_not_held()
    {
        var area = await AreaAsync();
        var rule = Rule(area, exclusions: [new { vessels = new[] { "235000002" }, reason = "works here by licence", expiresAt = Today.AddDays(20) }], mailTo: ["a@x.test", "A@x.test", "b@x.test"]);
        var run = await Ok(await Person.PostAsync("/api/rules/dry-run", new { rule }));
        // The general list has one address, the rule two: one is written twice.
        Assert.Equal((4, 1, 1, 3), (Int(run, "findings"), Int(run, "alreadyRaised"), Int(run, "excluded"), Int(run, "recipients")));
        Assert.Equal(9, Int(run, "mostMailsADay"));
        var days = run.GetProperty("days").EnumerateArray().ToDictionary(d => d.GetProperty("day").GetString()!, d => d.GetProperty("findings"));
        Assert.Equal(30, days.Count);
        Assert.Equal([3, 0, 1, 0], new[] { -1, -2, -10, -5 }.Select(d => days[Day(d)].GetInt32()));
        Assert.Equal(JsonValueKind.Null, days[Day(-6)].ValueKind);
        Assert.Equal(26, Int(run, "daysNotHeld"));
        Assert.Equal(["raised", "y2", "y1"], run.GetProperty("examples").EnumerateArray().Select(e => e.GetProperty("id").GetString()));
        Assert.NotEmpty(run.GetProperty("examples")[0].GetProperty("placeText").GetString()!);
        var left = Assert.Single(run.GetProperty("exclusions").EnumerateArray());
        Assert.Equal((1, "works here by licence"), (Int(left, "findings"), left.GetProperty("reason").GetString()));

        var saved = await Ok(await Person.PostAsync("/api/rules", new { rule }));
        var listed = (await Person.GetAsync("/api/rules")).GetProperty("rules").EnumerateArray().Single(r => r.GetProperty("id").GetString() == saved.GetProperty("id").GetString());
        Assert.Equal((4, 1, "inForce"), (Int(listed, "findings"), Int(listed, "excluded"), listed.GetProperty("state").GetString()));
        Assert.Equal(ConsoleClient.Name, listed.GetProperty("exclusions")[0].GetProperty("owner").GetString());
        Assert.Contains(await Service<IStore>().Audit.AfterAsync(0, 100, Cancel), a => a.Act == "make rule" && !a.Detail.Contains('@', StringComparison.Ordinal));
        Assert.Contains(await Service<IStore>().Audit.AfterAsync(0, 100, Cancel), a => a.Act == "read" && a.Subject == "rules all");
    }

    [Fact]
    public async Task More_than_fifty_mails_a_day_are_saved_only_with_the_number_that_was_seen()
    {
        var rule = Rule(await AreaAsync(), mailTo: [.. Enumerable.Range(0, 12).Select(i => $"r{i}@x.test")]);
        var first = await Person.PostAsync("/api/rules", new { rule });
        Assert.Equal(HttpStatusCode.Conflict, first.StatusCode);
        Assert.Equal(52, Int(await first.Content.ReadFromJsonAsync<JsonElement>(Cancel), "mailsADay"));
        Assert.Equal(HttpStatusCode.Conflict, (await Person.PostAsync("/api/rules", new { rule, confirmed = true, mailsSeen = 51 })).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await Person.PostAsync("/api/rules", new { rule, confirmed = false, mailsSeen = 52 })).StatusCode);
        Assert.Empty(await Service<IStore>().Rules.RulesAsync(Cancel));
        await Ok(await Person.PostAsync("/api/rules", new { rule, confirmed = true, mailsSeen = 52 }));
    }

    [Fact]
    public async Task A_flag_is_refused_for_silences_and_taken_for_findings_of_identity()
    {
        var refused = await Person.PostAsync("/api/rules/dry-run", new { rule = Rule(null, flags: ["PA"]) });
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("A flag never enters what is asked about silences", await refused.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await Person.PostAsync("/api/rules", new { rule = Rule(null, flags: ["PA"]) })).StatusCode);
        await Ok(await Person.PostAsync("/api/rules", new { rule = Rule(null, kinds: ["flagHop"], flags: ["PA"]) }));
    }

    [Fact]
    public async Task A_repeated_save_makes_nothing_twice_and_an_outdated_one_is_refused()
    {
        var rule = Rule(null);
        async Task<HttpResponseMessage> MakeAsync(object said, string key) => await Person.SendAsync(HttpMethod.Post, "/api/rules", new { rule = said }, ("Idempotency-Key", key));
        var (one, again) = (await Ok(await MakeAsync(rule, "k1")), await Ok(await MakeAsync(rule, "k1")));
        Assert.Equal(one.GetRawText(), again.GetRawText());
        Assert.Equal(HttpStatusCode.Conflict, (await MakeAsync(Rule(null, name: "another"), "k1")).StatusCode);
        var path = $"/api/rules/{one.GetProperty("id").GetString()}";
        Assert.Equal(2, Int(await Ok(await Person.PostAsync($"{path}/versions", new { versionSeen = 1, rule = Rule(null, name: "renamed") })), "version"));
        Assert.Equal(2, Int(await Ok(await Person.PostAsync($"{path}/versions", new { versionSeen = 1, rule = Rule(null, name: "renamed") })), "version"));
        Assert.Equal(HttpStatusCode.Conflict, (await Person.PostAsync($"{path}/versions", new { versionSeen = 1, rule = Rule(null, name: "other") })).StatusCode);
        Assert.Equal("switchedOff", (await Ok(await Person.PostAsync($"{path}/switch-off", new { versionSeen = 2 }))).GetProperty("state").GetString());
        Assert.Equal(3, (await Person.GetAsync(path)).GetProperty("versions").GetArrayLength());
        Assert.Equal(HttpStatusCode.NotFound, (await Person.GetRawAsync("/api/rules/none")).StatusCode);
    }

    [Fact]
    public async Task An_area_is_drawn_changed_and_retired_as_versions_and_a_rule_keeps_the_one_it_names()
    {
        var area = await AreaAsync();
        var path = $"/api/areas/{area.GetProperty("id").GetString()}";
        await Ok(await Person.PostAsync("/api/rules", new { rule = Rule(area) }));
        Assert.Equal(2, Int(await Ok(await Person.PostAsync($"{path}/versions", new { versionSeen = 1, bufferNm = 5 })), "version"));
        var shown = await (await Person.GetRawAsync("/api/areas.geojson")).Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.Equal(["drawn", "buffer"], shown.GetProperty("features").EnumerateArray().Select(f => f.GetProperty("properties").GetProperty("part").GetString()));
        Assert.Equal(HttpStatusCode.Conflict, (await Person.PostAsync($"{path}/versions", new { versionSeen = 1, bufferNm = 7 })).StatusCode);
        await Ok(await Person.PostAsync($"{path}/retire", new { versionSeen = 2 }));
        Assert.Equal([false, false, true], (await Person.GetAsync(path)).GetProperty("versions").EnumerateArray().Select(v => v.GetProperty("retired").GetBoolean()));
        Assert.Equal(0, (await Person.GetAsync("/api/areas.geojson")).GetProperty("features").GetArrayLength());
        Assert.NotEmpty(await Service<RuleBook>().MarksOfAsync(Silence("s", 0), Cancel));
        Assert.Equal(HttpStatusCode.NotFound, (await Person.PostAsync("/api/areas/none/retire", new { versionSeen = 1 })).StatusCode);
    }

    [Fact]
    public async Task An_area_that_cannot_be_kept_says_why_and_a_file_is_read_without_being_saved()
    {
        async Task<string> Refused(object[] shell) => await (await Person.PostAsync("/api/areas", new { name = "x", polygons = new[] { new { shell } } })).Content.ReadAsStringAsync(Cancel);
        Assert.Contains("seem to be swapped", await Refused([new { latDeg = 120, lonDeg = 51 }, Box[1], Box[2]]), StringComparison.Ordinal);
        Assert.Contains("does not cross itself", await Refused([Box[0], Box[2], Box[1], Box[3]]), StringComparison.Ordinal);
        Assert.Contains("at least three", await Refused([Box[0], Box[2]]), StringComparison.Ordinal);
        var read = await Ok(await Person.PostCsvAsync("/api/areas/import", """{"type":"Polygon","coordinates":[[[0,50],[1,50],[1,51],[0,50]]]}""", "application/json"));
        Assert.Equal(3, Int(read.GetProperty("areas")[0], "points"));
        Assert.Contains("found something else", await (await Person.PostCsvAsync("/api/areas/import", "lat,lon", "application/json")).Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Empty(await Service<IStore>().Rules.AreasAsync(Cancel));
    }

    [Fact]
    public async Task A_rule_opens_a_case_that_says_so_and_the_release_owes_one_mail_to_each_who_is_named()
    {
        var area = await AreaAsync();
        await Ok(await Person.PostAsync("/api/rules", new { rule = Rule(area, name: "Box watch", mailTo: ["a@x.test", "b@x.test"]) }));
        await Ok(await Person.PostAsync("/api/rules", new { rule = Rule(null, name: "Everywhere", mailTo: ["B@x.test", "c@x.test"]) }));
        var (store, desk) = (Service<IStore>(), Service<CaseDesk>());
        async Task FollowAsync(Finding finding) => await desk.FollowAsync(await store.Findings.SaveAsync(finding, Today, Cancel), Cancel);

        await FollowAsync(Silence("y1", -1));
        await FollowAsync(Silence("no telling", -2) with { Band = Band.CannotTell, Class = FindingClass.CannotTell });
        var row = Assert.Single(await Person.AlertsAsync());
        Assert.Equal(["Box watch", "Everywhere"], row.GetProperty("rules").EnumerateArray().Select(r => r.GetProperty("name").GetString()).Order());
        var one = await Person.GetAsync("/api/alerts/y1");
        Assert.StartsWith("by rule ", one.GetProperty("case").GetProperty("history")[0].GetProperty("note").GetString(), StringComparison.Ordinal);

        // Judged again without news: nothing is added.
        await FollowAsync(Silence("y1", -1));
        Assert.Single((await store.Cases.FindAsync("y1", Cancel))!.History);
        Assert.Equal(Refusal.None, await desk.DecideAsync("y1", new CaseEvent(0, Today, "anna", CaseAct.Release, null, "look at it", 1), Alerts.Tlp.Amber, 1, Cancel));
        Assert.Equal(["a@x.test", "b@x.test", "c@x.test", "centre@maritimewatch.example"], (await store.Outbox.AllAsync(10, Cancel)).Select(m => m.Recipient.ToLowerInvariant()).Order());
        var alert = Assert.Single(await store.Cases.AlertsOfAsync("y1", Cancel));
        var mail = Server.Mail.AlertSections.Of(alert, "a@x.test", new Server.Mail.MailOptions { ConsoleAddress = "http://localhost", NodeName = "node" });
        Assert.Contains(mail.Parts[0].Lines, line => line.Contains("Met the rules:", StringComparison.Ordinal) && line.Contains("Box watch", StringComparison.Ordinal) && line.Contains("Everywhere", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_case_by_rule_ends_by_new_data_alone_and_not_because_the_rule_ended()
    {
        var rule = await Ok(await Person.PostAsync("/api/rules", new { rule = Rule(null, probability: 0.4) }));
        var (store, desk) = (Service<IStore>(), Service<CaseDesk>());
        async Task<CaseState?> FollowAsync(Finding finding)
        {
            await desk.FollowAsync(await store.Findings.SaveAsync(finding, Today, Cancel), Cancel);
            return (await store.Cases.FindAsync(finding.Id, Cancel))?.State;
        }

        Assert.Null(await FollowAsync(Silence("weak", -1, nats: -2)));
        Assert.Equal(CaseState.New, await FollowAsync(Silence("y1", -1)));
        await Ok(await Person.PostAsync($"/api/rules/{rule.GetProperty("id").GetString()}/switch-off", new { versionSeen = 1 }));
        Assert.Equal(CaseState.New, await FollowAsync(Silence("y1", -1) with { EndTime = Today, Sentence = "ended" }));
        Assert.Null(await FollowAsync(Silence("y2", -1, nats: 1)));
        Assert.Equal(CaseState.Withdrawn, await FollowAsync(Silence("y1", -1, nats: -3) with { EndTime = Today, Sentence = "late data" }));
    }

    private static IdentityClaim Claim(Mmsi mmsi, string? imo, int type) => new() { Source = "AIS", Origin = ClaimOrigin.Broadcast, Mmsi = mmsi, ImoAsStated = imo, Name = $"SHIP {type}", ShipType = type, LengthM = 90, FirstSeen = Today.AddDays(-40), LastSeen = Today };

    private static Finding Silence(string id, int day, double nats = 0, Mmsi? mmsi = null) => new()
    {
        Id = id, Kind = FindingKind.Silence, Class = FindingClass.Unexplained, Alert = false, Mmsi = mmsi ?? Cargo, TrackId = (mmsi ?? Cargo).ToString(), VesselId = mmsi is null ? "imo:9074729" : $"mmsi:{mmsi}", StartTime = Today.AddDays(day).AddHours(6),
        Start = new GeoPoint(50, 0), Sentence = $"Silence {id}.", Band = Band.Medium, PriorNats = nats, Evidence = [], InnocentCauses = [new InnocentCause("port", true, "none near")], AsOf = Today, ModelVersion = "1",
    };

    private static object Rule(JsonElement? area, string name = "A rule", string[]? kinds = null, string[]? flags = null, double? probability = null, object[]? exclusions = null, string[]? mailTo = null) => new
    {
        name, kinds = kinds ?? ["silence"], areas = area is { } a ? new[] { new { id = a.GetProperty("id").GetString(), version = Int(a, "version") } } : [], flags = flags ?? [], band = probability is null ? "low" : null, probability,
        exclusions = exclusions ?? [], expiresAt = Today.AddDays(60), mailTo = mailTo ?? [],
    };

    private static string Day(int day) => Today.AddDays(day).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static int Int(JsonElement node, string name) => node.GetProperty(name).GetInt32();

    private static async Task<JsonElement> Ok(HttpResponseMessage answer)
    {
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync(Cancel)}");
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
    }

    private async Task<JsonElement> AreaAsync() => await Ok(await Person.PostAsync("/api/areas", new { name = "Box", polygons = new[] { new { shell = Box } } }));
}
