using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MaritimeWatch.Cases;
using MaritimeWatch.Detection;
using MaritimeWatch.Identity;
using MaritimeWatch.Server.Watch;
using MaritimeWatch.Storage;
using MaritimeWatch.Units;

namespace MaritimeWatch.Integration.Registry;

/// <summary>PRODUCT R5 to R9, R11 and R12 through the API of the real program.</summary>
public sealed class RegistryJourneyTests(RegistryWatch watch) : IClassFixture<RegistryWatch>
{
    private const string Desk = "desk@centre.example", Fleet = "fleet@registry.example", Hull = "hull@centre.example";

    private static DateTimeOffset Day => RegistryWatch.Day;

    [Fact]
    public async Task A_question_is_answered_by_the_flag_alone_findings_follow_and_each_is_told_once()
    {
        var ship = new Mmsi(351900001);
        await watch.ShipAsync(ship, "2940010", "ALDER", RegistryWatch.Extract("2940010", "PA", RegisterStatus.Deleted, Day.AddYears(-5), Day.AddYears(-1)));
        var unconfirmed = await FindingAsync(ship);
        Assert.Equal(FindingClass.UnconfirmedFlag, unconfirmed.Class);
        await SubscribeAsync(watch.Panama, new { kind = "ownShips", address = Fleet });
        await SubscribeAsync(watch.Analyst, new { kind = "hull", vessel = "mmsi:351900001", address = Hull });

        var asked = await RegistryWatch.OkAsync(watch.Analyst.PostAsync("/api/registry/questions", new { vessel = "imo:2940010", flag = "PA", text = "Is she yours, since when?", legalBasis = "UNCLOS article 94", tlp = "green", deadline = TimeProvider.System.GetUtcNow().AddDays(2), replyTo = Desk }));
        var id = asked.GetProperty("id").GetString();
        var queue = Assert.Single((await watch.Panama.GetAsync("/api/registry/questions?flag=PA&state=open")).GetProperty("questions").EnumerateArray(), q => q.GetProperty("id").GetString() == id);
        Assert.Equal(("analyst one", "UNCLOS article 94", "green", "imo:2940010"), (queue.GetProperty("sender").GetString(), queue.GetProperty("legalBasis").GetString(), queue.GetProperty("tlp").GetString(), queue.GetProperty("vesselId").GetString()));
        await RegistryWatch.IsAsync(HttpStatusCode.Forbidden, watch.Liberia.GetRawAsync("/api/registry/questions?flag=PA"));
        Assert.DoesNotContain((await watch.Liberia.GetAsync("/api/registry/questions")).GetProperty("questions").EnumerateArray(), q => q.GetProperty("id").GetString() == id);

        var denial = new { status = "deleted", validTo = "2025-10-30", reference = "PA-DEL-77", imo = "2940010", name = "ALDER OF OLD" };
        foreach (var other in new[] { watch.Liberia, watch.Analyst, watch.Administrator })
        {
            Assert.StartsWith("Expected an official of PA", (await RegistryWatch.IsAsync(HttpStatusCode.Forbidden, other.PostAsync($"/api/registry/questions/{id}/answer", denial))).GetProperty("detail").GetString());
        }

        Assert.Contains("day of deletion", (await RegistryWatch.IsAsync(HttpStatusCode.BadRequest, watch.Panama.PostAsync($"/api/registry/questions/{id}/answer", new { status = "deleted", reference = "x", imo = "2940010" }))).GetProperty("detail").GetString());
        await RegistryWatch.IsAsync(HttpStatusCode.BadRequest, watch.Panama.PostAsync($"/api/registry/questions/{id}/answer", new { status = "deleted", validTo = "2025-10-30", reference = "x", imo = "2941131" }));
        var statement = await RegistryWatch.OkAsync(watch.Panama.PostAsync($"/api/registry/questions/{id}/answer", denial));
        Assert.Equal(("inForce", "official PA", "refuted", "green"), (statement.GetProperty("state").GetString(), statement.GetProperty("madeBy").GetString(), statement.GetProperty("means")[0].GetProperty("outcome").GetString(), statement.GetProperty("tlp").GetString()));
        await watch.AssessAsync();
        var refuted = await FindingAsync(ship);
        Assert.Equal((unconfirmed.Id, FindingClass.RefutedFlag), (refuted.Id, refuted.Class));
        Assert.Contains("UnconfirmedFlag became RefutedFlag", (await watch.Store.Cases.FindAsync(refuted.Id, RegistryWatch.Cancel))!.History[^1].Note);
        var mails = await watch.MailsAsync("ALDER");
        Assert.Equal(new[] { Desk, Fleet, Hull }.Order(), mails.Select(m => m.To.Mailboxes.Single().Address).Order());
        Assert.All(mails, m =>
        {
            Assert.StartsWith("[TLP:GREEN] EXERCISE - Registry PA: deleted - ALDER (IMO 2940010)", m.Subject);
            Assert.Contains("PA-DEL-77", m.TextBody);
            Assert.Contains("not proof of wrongdoing", m.TextBody);
        });

        // She was re-registered: another statement in place of it, both readable.
        var first = statement.GetProperty("id").GetString();
        var again = new { status = "registered", validFrom = "2025-11-02", reference = "PA-REG-78", imo = "2940010", mmsi = "351900001", reason = "re-registered since" };
        await RegistryWatch.IsAsync(HttpStatusCode.Conflict, watch.Panama.PostAsync("/api/registry/statements", new { status = "registered", validFrom = "2025-11-02", reference = "PA-REG-78", imo = "2940010" }));
        await RegistryWatch.IsAsync(HttpStatusCode.Forbidden, watch.Liberia.PostAsync($"/api/registry/statements/{first}/supersede", again));
        var second = (await RegistryWatch.OkAsync(watch.Panama.PostAsync($"/api/registry/statements/{first}/supersede", again))).GetProperty("id").GetString();
        await watch.AssessAsync();
        var withdrawn = await FindingAsync(ship, unconfirmed.Id);
        Assert.StartsWith("Withdrawn: a flag register has stated how it is.", withdrawn.Sentence);
        Assert.Equal(CaseState.Withdrawn, (await watch.Store.Cases.FindAsync(unconfirmed.Id, RegistryWatch.Cancel))!.State);
        var both = (await watch.Analyst.GetAsync("/api/registry/statements?vessel=mmsi:351900001")).GetProperty("statements").EnumerateArray().ToDictionary(s => s.GetProperty("id").GetString()!, s => s.GetProperty("state").GetString());
        Assert.Equal(("superseded", "inForce"), (both[first!], both[second!]));
        var page = await watch.Analyst.GetAsync("/api/vessels/imo:2940010");
        Assert.Equal("confirmed", Assert.Single(page.GetProperty("confirmations").EnumerateArray()).GetProperty("outcome").GetString());
        Assert.Single(page.GetProperty("claims").EnumerateArray(), c => !c.GetProperty("stands").GetBoolean() && c.GetProperty("source").GetString() == "statement of PA");

        // Taken back altogether: the extract is all there is again.
        await RegistryWatch.IsAsync(HttpStatusCode.BadRequest, watch.Panama.PostAsync($"/api/registry/statements/{second}/revoke", new { reason = " " }));
        await RegistryWatch.OkAsync(watch.Panama.PostAsync($"/api/registry/statements/{second}/revoke", new { reason = "wrong file" }));
        await watch.AssessAsync();
        Assert.Equal(FindingClass.UnconfirmedFlag, (await FindingAsync(ship, unconfirmed.Id)).Class);
        Assert.Equal(CaseState.New, (await watch.Store.Cases.FindAsync(unconfirmed.Id, RegistryWatch.Cancel))!.State);
        // Answer, supersession and revocation: who was told of the first is told of all.
        var all = await watch.MailsAsync("ALDER");
        Assert.All(new[] { Desk, Fleet, Hull }, to => Assert.Equal((1, 1, 1), (To(all, to, "Registry PA: deleted"), To(all, to, "Registry PA: registered"), To(all, to, "Registry PA: statement revoked"))));
        Assert.Equal(all.Count, (await watch.MailsAsync("ALDER")).Count);
        Assert.Null(await AuditChain.VerifyAsync(watch.Store.Audit, RegistryWatch.Cancel));
    }

    [Fact]
    public async Task Where_it_is_set_so_a_second_official_of_the_flag_approves_before_anything_is_said()
    {
        await watch.ShipAsync(new Mmsi(636900001), "2941131", "BIRCH");
        var said = new { status = "neverRegistered", validFrom = "2026-01-01", reference = "LR-9", imo = "2941131", tlp = "amber" };
        var statement = (await RegistryWatch.OkAsync(watch.Liberia.PostAsync("/api/registry/statements", said))).GetProperty("id").GetString();
        Assert.Empty((await watch.Analyst.GetAsync("/api/registry/statements?vessel=imo:2941131")).GetProperty("statements").EnumerateArray());
        Assert.Single((await watch.SecondOfLiberia.GetAsync("/api/registry/statements")).GetProperty("statements").EnumerateArray(), s => s.GetProperty("state").GetString() == "awaitingApproval");
        await RegistryWatch.IsAsync(HttpStatusCode.Forbidden, watch.Liberia.PostAsync($"/api/registry/statements/{statement}/approve", new { }));
        await RegistryWatch.IsAsync(HttpStatusCode.Forbidden, watch.Panama.PostAsync($"/api/registry/statements/{statement}/approve", new { }));
        var approved = await RegistryWatch.OkAsync(watch.SecondOfLiberia.PostAsync($"/api/registry/statements/{statement}/approve", new { }));
        Assert.Equal(("inForce", "second official LR"), (approved.GetProperty("state").GetString(), approved.GetProperty("approvedBy").GetString()));
        await RegistryWatch.IsAsync(HttpStatusCode.Conflict, watch.SecondOfLiberia.PostAsync($"/api/registry/statements/{statement}/approve", new { }));
        await watch.AssessAsync();
        Assert.Equal(FindingClass.RefutedFlag, (await FindingAsync(new Mmsi(636900001))).Class);
        var fleet = await watch.Liberia.GetAsync("/api/registry/fleet?flag=LR");
        var claiming = Assert.Single(fleet.GetProperty("notOnRegister").EnumerateArray(), s => s.GetProperty("vesselId").GetString() == "imo:2941131");
        Assert.Equal("neverRegistered", claiming.GetProperty("registerSays")[0].GetProperty("status").GetString());
        await RegistryWatch.IsAsync(HttpStatusCode.Forbidden, watch.Panama.GetRawAsync("/api/registry/fleet?flag=LR"));
    }

    [Fact]
    public async Task A_question_overdue_is_told_once_to_who_asked()
    {
        await watch.ShipAsync(new Mmsi(353900007), "2942276", "CEDAR");
        var id = (await RegistryWatch.OkAsync(watch.Analyst.PostAsync("/api/registry/questions", new { vessel = "imo:2942276", flag = "PA", text = "Yours?", legalBasis = "SOLAS", deadline = TimeProvider.System.GetUtcNow().AddSeconds(2), replyTo = "late@centre.example" }))).GetProperty("id").GetString();
        await watch.Get<StatementDesk>().TellOverdueAsync(RegistryWatch.Cancel);
        Assert.Empty(await watch.MailsAsync("CEDAR"));
        await Task.Delay(TimeSpan.FromSeconds(2.2), RegistryWatch.Cancel);
        await watch.Get<StatementDesk>().TellOverdueAsync(RegistryWatch.Cancel);
        await watch.Get<StatementDesk>().TellOverdueAsync(RegistryWatch.Cancel);
        var mail = Assert.Single(await watch.MailsAsync("CEDAR"), m => m.To.Mailboxes.Single().Address == "late@centre.example");
        Assert.Contains("question overdue", mail.Subject);
        Assert.Contains((await watch.Analyst.GetAsync("/api/registry/questions?state=overdue&mine=true")).GetProperty("questions").EnumerateArray(), q => q.GetProperty("id").GetString() == id);
        await RegistryWatch.IsAsync(HttpStatusCode.Forbidden, watch.Panama.PostAsync($"/api/registry/questions/{id}/withdraw", new { reason = "no" }));
        Assert.Equal("withdrawn", (await RegistryWatch.OkAsync(watch.Analyst.PostAsync($"/api/registry/questions/{id}/withdraw", new { reason = "settled otherwise" }))).GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_ship_that_claims_the_flag_and_is_not_on_its_register_is_told_once_and_one_on_it_is_shown_with_her_findings()
    {
        await watch.ShipAsync(new Mmsi(215900001), "2943311", "EXER ASPEN", RegistryWatch.Extract("2943311", "MT", RegisterStatus.Registered, Day.AddYears(-5)));
        await watch.ShipAsync(new Mmsi(215900002), "2944494", "EXER ELM");
        await watch.ShipAsync(new Mmsi(636900003), "2945515", "EXER FIR", RegistryWatch.Extract("2945515", "MT", RegisterStatus.Registered, Day.AddYears(-5)));
        var malta = await watch.MadeAsync("official MT", "registry", "MT");
        await SubscribeAsync(malta, new { kind = "notOnRegister", address = "mt@registry.example" });
        await RegistryWatch.IsAsync(HttpStatusCode.Forbidden, watch.Analyst.PostAsync("/api/registry/subscriptions", new { kind = "ownShips", address = "x@centre.example" }));
        await RegistryWatch.IsAsync(HttpStatusCode.BadRequest, malta.PostAsync("/api/registry/subscriptions", new { kind = "ownShips", address = "Name <mt@registry.example>" }));
        var fleet = await malta.GetAsync("/api/registry/fleet");
        Assert.Equal(["imo:2944494"], fleet.GetProperty("notOnRegister").EnumerateArray().Select(s => s.GetProperty("vesselId").GetString()));
        await watch.Get<StatementDesk>().TellClaimsAsync(RegistryWatch.Cancel);
        await watch.Get<StatementDesk>().TellClaimsAsync(RegistryWatch.Cancel);
        Assert.Equal("mt@registry.example", Assert.Single(await watch.MailsAsync("EXER ELM")).To.Mailboxes.Single().Address);
        var mine = Assert.Single((await malta.GetAsync("/api/registry/subscriptions")).GetProperty("subscriptions").EnumerateArray());
        await RegistryWatch.IsAsync(HttpStatusCode.NotFound, watch.Panama.DeleteAsync($"/api/registry/subscriptions/{mine.GetProperty("id").GetString()}"));
        await RegistryWatch.IsAsync(HttpStatusCode.NoContent, malta.DeleteAsync($"/api/registry/subscriptions/{mine.GetProperty("id").GetString()}"));
        Assert.Equal("imo:2945515", Assert.Single(fleet.GetProperty("withFindings").EnumerateArray()).GetProperty("vesselId").GetString());
    }

    [Fact]
    public async Task What_is_for_the_named_recipient_only_goes_to_no_subscriber_and_an_answer_is_no_more_open_than_the_question()
    {
        await watch.ShipAsync(new Mmsi(351900009), "2948892", "EXER YEW");
        await SubscribeAsync(watch.Analyst, new { kind = "hull", vessel = "imo:2948892", address = "yew@centre.example" });
        var id = (await RegistryWatch.OkAsync(watch.Analyst.PostAsync("/api/registry/questions", new { vessel = "imo:2948892", flag = "PA", text = "Yours?", legalBasis = "SOLAS", tlp = "red", deadline = TimeProvider.System.GetUtcNow().AddDays(1), replyTo = "red@centre.example" }))).GetProperty("id").GetString();
        var answer = await RegistryWatch.OkAsync(watch.Panama.PostAsync($"/api/registry/questions/{id}/answer", new { status = "underCheck", reference = "memo", imo = "2948892", tlp = "clear" }));
        Assert.Equal("red", answer.GetProperty("tlp").GetString());
        var mail = Assert.Single(await watch.MailsAsync("EXER YEW"));
        Assert.Equal(("red@centre.example", "[TLP:RED]"), (mail.To.Mailboxes.Single().Address, mail.Subject![..9]));
        Assert.Equal("open", Assert.Single((await watch.Panama.GetAsync("/api/registry/questions?state=open")).GetProperty("questions").EnumerateArray(), q => q.GetProperty("id").GetString() == id).GetProperty("state").GetString());
        var statement = answer.GetProperty("id").GetString();
        await RegistryWatch.IsAsync(HttpStatusCode.Conflict, watch.Panama.PostAsync($"/api/registry/questions/{id}/answer", new { status = "registered", validFrom = "2020-01-01", reference = "r", imo = "2948892" }));
        Assert.Equal(statement, (await RegistryWatch.OkAsync(watch.Panama.PostAsync($"/api/registry/questions/{id}/answer", new { status = "registered", validFrom = "2020-01-01", reference = "r", imo = "2948892", reason = "looked up" }))).GetProperty("replaces").GetString());
    }

    [Fact]
    public async Task Of_a_ship_known_by_two_numbers_before_she_is_known_as_one_hull_one_statement_stands()
    {
        var ship = new Mmsi(351900011);
        await watch.ShipAsync(ship, null, "EXER ROWAN");
        var first = (await RegistryWatch.OkAsync(watch.Panama.PostAsync("/api/registry/statements", new { status = "registered", validFrom = "2020-01-01", reference = "r1", mmsi = ship.ToString() }))).GetProperty("id").GetString();
        var twin = new { status = "neverRegistered", validFrom = "2020-01-01", reference = "r2", imo = "2947733" };
        var second = (await RegistryWatch.OkAsync(watch.Panama.PostAsync("/api/registry/statements", twin))).GetProperty("id").GetString();
        await watch.Store.Identities.AddClaimsAsync([RegistryWatch.Extract("2947733", "LR", RegisterStatus.Deleted, Day.AddYears(-9), Day.AddYears(-8)) with { Mmsi = ship }], RegistryWatch.Cancel);
        var refusal = await RegistryWatch.IsAsync(HttpStatusCode.Conflict, watch.Panama.PostAsync($"/api/registry/statements/{first}/supersede", new { twin.status, twin.validFrom, reference = "r3", twin.imo, reason = "one hull" }));
        Assert.Contains(second!, refusal.GetProperty("detail").GetString());
        await RegistryWatch.OkAsync(watch.Panama.PostAsync($"/api/registry/statements/{first}/revoke", new { reason = "one hull" }));
        await RegistryWatch.OkAsync(watch.Panama.PostAsync($"/api/registry/statements/{second}/supersede", new { twin.status, twin.validFrom, reference = "r3", twin.imo, reason = "one hull" }));
        Assert.Single((await watch.Analyst.GetAsync($"/api/registry/statements?vessel=mmsi:{ship}")).GetProperty("statements").EnumerateArray(), s => s.GetProperty("state").GetString() == "inForce");
    }

    [Fact]
    public async Task The_fleet_comes_in_pages_and_none_is_shown_twice_or_left_out()
    {
        await watch.ShipAsync(new Mmsi(255900001), "2941131", "EXER OAK", RegistryWatch.Extract("2941131", "PT", RegisterStatus.Registered, Day.AddYears(-5)));
        foreach (var i in Enumerable.Range(2, 5))
        {
            await watch.ShipAsync(new Mmsi(255900000 + i), null, $"EXER PINE {i}");
        }

        var (seen, after) = (new List<string?>(), (string?)null);
        do
        {
            var page = await watch.Analyst.GetAsync($"/api/registry/fleet?flag=PT&limit=2&after={after}");
            seen.AddRange(page.GetProperty("notOnRegister").EnumerateArray().Select(s => s.GetProperty("vesselId").GetString()));
            after = page.GetProperty("notOnRegisterNext").GetString();
        }
        while (after is not null);
        Assert.Equal(Enumerable.Range(2, 5).Select(i => $"mmsi:25590000{i}"), seen);
        await RegistryWatch.IsAsync(HttpStatusCode.BadRequest, watch.Analyst.GetRawAsync("/api/registry/fleet?flag=PT&limit=51"));
        await RegistryWatch.IsAsync(HttpStatusCode.BadRequest, watch.Analyst.GetRawAsync("/api/registry/fleet?flag=Portugal"));
    }

    [Fact]
    public async Task An_extract_shows_sources_mark_time_and_a_hash_and_no_script_of_a_ships_name()
    {
        await watch.ShipAsync(new Mmsi(247900001), "2946674", "<script>alert(1)</script>");
        await RegistryWatch.OkAsync(watch.Panama.PostAsync("/api/registry/statements", new { status = "underCheck", reference = "<img src=x onerror=alert(2)>", imo = "2946674", tlp = "amberStrict" }));
        using var answer = await watch.Panama.GetRawAsync("/api/registry/extract/imo:2946674");
        var html = await answer.Content.ReadAsStringAsync(RegistryWatch.Cancel);
        Assert.Equal("text/html", answer.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single());
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;alert(1)", html);
        Assert.Contains("TLP:AMBER+STRICT", html);
        Assert.Contains("It is no proof of anything", html);
        Assert.Contains("statement of PA", html);
        Assert.Contains("AIS (Broadcast)", html);
        var main = html[html.IndexOf("<main>", StringComparison.Ordinal)..(html.IndexOf("</main>", StringComparison.Ordinal) + 7)];
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(main)));
        Assert.Contains($"<code>{hash}</code>", html);
        Assert.Contains(await watch.Store.Audit.AfterAsync(0, 1000, RegistryWatch.Cancel), e => e.Act == "extract" && e.Detail.Contains(hash, StringComparison.Ordinal));
        await RegistryWatch.IsAsync(HttpStatusCode.NotFound, watch.Panama.GetRawAsync("/api/registry/extract/imo:2990003"));
    }

    [Fact]
    public async Task Accounts_are_made_by_an_administrator_and_an_official_has_one_flag()
    {
        var official = new { name = "official NL", password = Support.ConsoleClient.Password, roles = new[] { "registry" }, flag = "NL" };
        await RegistryWatch.IsAsync(HttpStatusCode.Forbidden, watch.Analyst.PostAsync("/api/accounts", official));
        await RegistryWatch.IsAsync(HttpStatusCode.BadRequest, watch.Administrator.PostAsync("/api/accounts", official with { flag = "ZZ" }));
        await RegistryWatch.IsAsync(HttpStatusCode.BadRequest, watch.Administrator.PostAsync("/api/accounts", official with { password = "short" }));
        await RegistryWatch.IsAsync(HttpStatusCode.BadRequest, watch.Administrator.PostAsync("/api/accounts", official with { roles = ["analyst"] }));
        await RegistryWatch.OkAsync(watch.Administrator.PostAsync("/api/accounts", official));
        await RegistryWatch.IsAsync(HttpStatusCode.Conflict, watch.Administrator.PostAsync("/api/accounts", official with { name = "OFFICIAL nl" }));
        Assert.Equal("PA", (await watch.Panama.GetAsync("/api/me")).GetProperty("flag").GetString());
    }

    private static Task SubscribeAsync(Support.ConsoleClient by, object wish) => RegistryWatch.OkAsync(by.PostAsync("/api/registry/subscriptions", wish));

    private static int To(List<MimeKit.MimeMessage> mails, string address, string subject) => mails.Count(m => m.To.Mailboxes.Single().Address == address && m.Subject!.Contains(subject, StringComparison.Ordinal));

    private async Task<Finding> FindingAsync(Mmsi ship, string? id = null) =>
        (await watch.Store.Findings.OfVesselAsync(ship, RegistryWatch.Cancel)).Select(f => f.Finding).Single(f => f.Kind == FindingKind.IdentityContradiction && (id is null || f.Id == id));
}
