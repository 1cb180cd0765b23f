using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using MaritimeWatch.Cases;
using MaritimeWatch.Detection;
using MaritimeWatch.Integration.Commands;
using MaritimeWatch.Integration.Stores;
using MaritimeWatch.Server.Access;
using MaritimeWatch.Storage;
using MaritimeWatch.Support;
using MaritimeWatch.Units;

namespace MaritimeWatch.Integration.Access;

/// <summary>An account bound to an area learns nothing of cases, findings and vessels outside it: by list, one by one, by acts, by search, by extract.</summary>
public sealed class AreaBoundTests : ConsoleTest
{
    private const string Inside = "c-inside", Outside = "c-outside", Nowhere = "c-nowhere";

    private static readonly Mmsi HerShip = Samples.Ship, OtherShip = Samples.OtherShip;

    private static readonly object[] Areas = [new { name = "Channel", ring = new double[][] { [-2, 50], [2, 50], [2, 51], [-2, 51] } }];

    protected override async Task FillAsync(IStore store)
    {
        var claims = new[] { Samples.Claim("HER SHIP", mmsi: HerShip), Samples.Claim("OTHER SHIP", mmsi: OtherShip, imo: "9319466") };
        await store.Identities.AddClaimsAsync(claims, Cancel);
        await PutAsync(store, Samples.Finding(Inside));
        await PutAsync(store, Samples.Finding(Outside, mmsi: OtherShip) with { Start = new GeoPoint(-20, 60), Imo = ImoNumber.Parse("9319466"), VesselId = "imo:9319466" });
        await PutAsync(store, Samples.Finding(Nowhere, mmsi: OtherShip) with { Start = null, Kind = FindingKind.IdentityContradiction });
    }

    [Fact]
    public async Task Lists_and_search_leave_out_what_lies_outside_and_one_by_one_it_is_not_there()
    {
        var bound = await BoundAsync("bound analyst", Roles.Analyst);
        Assert.Equal([Inside], (await bound.AlertsAsync()).Select(a => a.GetProperty("caseId").GetString()));
        Assert.Equal([Inside], (await bound.GetAsync("/api/findings")).GetProperty("findings").EnumerateArray().Select(f => f.GetProperty("id").GetString()));
        Assert.Equal("HER SHIP", Assert.Single((await bound.GetAsync("/api/search?q=SHIP")).GetProperty("results").EnumerateArray()).GetProperty("name").GetString());
        Assert.Empty((await bound.GetAsync("/api/search?q=9319466")).GetProperty("results").EnumerateArray());
        foreach (var (id, expected) in new[] { (Inside, HttpStatusCode.OK), (Outside, HttpStatusCode.NotFound), (Nowhere, HttpStatusCode.NotFound), ("unknown", HttpStatusCode.NotFound) })
        {
            await StatusAsync(expected, bound.GetRawAsync($"/api/alerts/{id}"));
        }

        // What is hidden answers to the letter as what is not there, but for the address that was asked.
        Assert.Equal(await TextAsync(bound, "/api/alerts/unknown"), (await TextAsync(bound, $"/api/alerts/{Outside}")).Replace(Outside, "unknown", StringComparison.Ordinal));
        await StatusAsync(HttpStatusCode.OK, Person.GetRawAsync($"/api/alerts/{Outside}"));
    }

    [Fact]
    public async Task Acts_on_what_lies_outside_are_refused_and_change_nothing()
    {
        var bound = await BoundAsync("acting analyst", Roles.Analyst);
        foreach (var act in new[] { "acknowledge", "dismiss", "undo", "release" })
        {
            await StatusAsync(HttpStatusCode.NotFound, bound.PostAsync($"/api/alerts/{Outside}/{act}", new { note = "x", reason = "port", eventsSeen = 1 }));
        }

        Assert.Single((await Service<IStore>().Cases.FindAsync(Outside, Cancel))!.History);
        await StatusAsync(HttpStatusCode.OK, bound.PostAsync($"/api/alerts/{Inside}/acknowledge", new { eventsSeen = 1 }));
    }

    [Fact]
    public async Task Every_route_of_a_vessel_outside_is_closed_and_no_answer_names_her()
    {
        var bound = await BoundAsync("reading analyst", Roles.Analyst);
        foreach (var path in new[] { "", "/track", "/timeline", "/why", "/port-calls", "/decisions" })
        {
            await StatusAsync(HttpStatusCode.OK, bound.GetRawAsync($"/api/vessels/imo:9074729{path}"));
            await StatusAsync(HttpStatusCode.NotFound, bound.GetRawAsync($"/api/vessels/imo:9319466{path}"));
            await StatusAsync(HttpStatusCode.NotFound, bound.GetRawAsync($"/api/vessels/mmsi:{OtherShip}{path}"));
        }

        foreach (var suffix in new[] { "", ".pdf" })
        {
            await StatusAsync(HttpStatusCode.OK, bound.GetRawAsync($"/api/registry/extract/imo:9074729{suffix}"));
            await StatusAsync(HttpStatusCode.NotFound, bound.GetRawAsync($"/api/registry/extract/imo:9319466{suffix}"));
        }

        foreach (var path in new[] { "/api/alerts", "/api/findings", "/api/search?q=OTHER", "/api/decisions/parity", "/api/decisions/calibration", "/api/watch", "/api/feeds", "/api/vessels/imo:9074729" })
        {
            Assert.DoesNotMatch($"9319466|OTHER SHIP|{Outside}", await TextAsync(bound, path));
        }
    }

    [Fact]
    public async Task Every_route_that_names_no_case_and_no_vessel_and_is_not_opened_on_purpose_is_closed_to_her()
    {
        var bound = await BoundAsync("trying analyst", Roles.Analyst);
        var table = File.ReadLines(Path.Combine(SharedData.Root, "docs", "access.md")).Where(l => l.StartsWith("| `", StringComparison.Ordinal)).Select(l => l.Trim('|', ' ').Split(" | ")).Where(c => c[2] == "yes").Select(c => c[0].Trim('`').Split(' ')).ToList();
        var opened = new List<string>();
        foreach (var (method, route) in table.Select(r => (r[0], r[1])).Where(r => !r.Item2.Contains("{caseId}", StringComparison.Ordinal) && !r.Item2.Contains("{vesselId}", StringComparison.Ordinal) && !AreaBound.Open.Contains(r.Item2)))
        {
            using var answer = await bound.SendAsync(method == "ANY" ? HttpMethod.Get : HttpMethod.Parse(method), Regex.Replace(route, @"\{\**\w+\}", "x"), method is "GET" or "ANY" ? null : new { });
            if (answer.StatusCode != HttpStatusCode.Forbidden)
            {
                opened.Add($"{method} {route}: {(int)answer.StatusCode}");
            }
        }

        Assert.True(opened.Count == 0, string.Join('\n', opened));
        // A route that was opened and is gone again must not stay open for whatever takes its place.
        Assert.Empty(AreaBound.Open.Except(table.Select(r => r[1])));
    }

    [Fact]
    public async Task A_bound_centre_sees_what_was_released_there_and_lifting_the_bounds_shows_the_rest()
    {
        var centre = await BoundAsync("bound centre", Roles.Centre);
        Assert.Empty(await centre.AlertsAsync());
        foreach (var id in new[] { Inside, Outside })
        {
            await StatusAsync(HttpStatusCode.OK, Person.PostAsync($"/api/alerts/{id}/release", new { note = "told", tlp = "green", eventsSeen = 1 }));
        }

        Assert.Equal([Inside], (await centre.AlertsAsync()).Select(a => a.GetProperty("caseId").GetString()));
        await StatusAsync(HttpStatusCode.NotFound, centre.GetRawAsync($"/api/alerts/{Outside}"));
        await StatusAsync(HttpStatusCode.OK, Person.PostAsync("/api/accounts/bound centre/duties", new { roles = new[] { Roles.Centre } }));
        await centre.SignInAsync("bound centre", ConsoleClient.Password);
        Assert.Equal(2, (await centre.AlertsAsync()).Count);
    }

    [Fact]
    public async Task Decisions_stand_on_the_vessel_page_and_in_calibration_and_the_hash_of_a_pdf_on_the_chain()
    {
        await StatusAsync(HttpStatusCode.OK, Person.PostAsync($"/api/alerts/{Inside}/dismiss", new { reason = "port", note = "she lay in port", eventsSeen = 1 }));
        var decision = Assert.Single((await Person.GetAsync("/api/vessels/imo:9074729/decisions")).GetProperty("decisions").EnumerateArray());
        Assert.Equal((ConsoleClient.Name, "dismiss", "port", "she lay in port"), (decision.GetProperty("by").GetString(), decision.GetProperty("act").GetString(), decision.GetProperty("reason").GetString(), decision.GetProperty("note").GetString()));
        var calibration = await Person.GetAsync("/api/decisions/calibration?kind=silence");
        Assert.Equal((1, JsonValueKind.Null), (calibration.GetProperty("decisions").GetInt32(), calibration.GetProperty("calibrationError").ValueKind));
        var flag = (await Person.GetAsync("/api/decisions/parity?kind=silence")).GetProperty("tables")[0];
        Assert.Equal(["Marshall Islands", "United Kingdom"], flag.GetProperty("rows").EnumerateArray().Select(r => r.GetProperty("group").GetString()!).Order(StringComparer.Ordinal));
        await StatusAsync(HttpStatusCode.BadRequest, Person.GetRawAsync("/api/decisions/parity?kind=thirteen"));
        using var answer = await Person.GetRawAsync("/api/registry/extract/imo:9074729.pdf");
        var pdf = await answer.Content.ReadAsByteArrayAsync(Cancel);
        Assert.Equal(("application/pdf", "extract-imo-9074729.pdf"), (answer.Content.Headers.ContentType!.MediaType, answer.Content.Headers.ContentDisposition!.FileName));
        Assert.Contains(await Service<IStore>().Audit.AfterAsync(0, 1000, Cancel), e => e.Act == "extract" && e.Detail.EndsWith($"SHA-256 {Convert.ToHexStringLower(SHA256.HashData(pdf))}", StringComparison.Ordinal));
        await StatusAsync(HttpStatusCode.NotFound, Person.GetRawAsync("/api/registry/extract/imo:9999999.pdf"));
    }

    private async Task<ConsoleClient> BoundAsync(string name, string role)
    {
        await StatusAsync(HttpStatusCode.OK, Person.PostAsync("/api/accounts", new { name, password = ConsoleClient.Password, roles = new[] { role }, areas = Areas }));
        var client = new ConsoleClient(Address);
        await client.SignInAsync(name, ConsoleClient.Password);
        return client;
    }

    private static async Task PutAsync(IStore store, Finding finding)
    {
        await store.Findings.SaveAsync(finding, Samples.Noon, Cancel);
        await store.Cases.ApplyAsync(new CaseChange(CaseRules.Raise(finding.Id, 1, Samples.Noon, Samples.Noon), 0, null, [], Samples.Note("raise")), Cancel);
    }

    private static async Task<string> TextAsync(ConsoleClient person, string path)
    {
        using var answer = await person.GetRawAsync(path);
        return Regex.Replace(await answer.Content.ReadAsStringAsync(Cancel), "\"traceId\":\"[^\"]*\"", "");
    }

    private static async Task StatusAsync(HttpStatusCode expected, Task<HttpResponseMessage> asked)
    {
        using var answer = await asked;
        Assert.True(answer.StatusCode == expected, $"{answer.RequestMessage!.RequestUri!.PathAndQuery} {answer.StatusCode}: {await answer.Content.ReadAsStringAsync(Cancel)}");
    }
}
