using MaritimeWatch.Alerts;
using MaritimeWatch.Cases;
using MaritimeWatch.Detection;
using MaritimeWatch.Server.Access;
using MaritimeWatch.Server.Watch;
using MaritimeWatch.Storage;

namespace MaritimeWatch.Server.Api;

/// <summary>Cases as the analyst works on them: list, one case with everything behind it, and decisions.</summary>
internal static class AlertsApi
{
    private const int LongestNote = 2000, UsualCases = 500, MostCases = 20_000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/alerts", ListAsync).ReadWith(Scopes.Alerts).Tagged();
        routes.MapGet("/api/alerts/{caseId}", OneAsync).ReadWith(Scopes.Alerts).Tagged();
        foreach (var (path, act) in new[] { ("acknowledge", CaseAct.Acknowledge), ("dismiss", CaseAct.Dismiss), ("undo", CaseAct.UndoDismissal), ("release", CaseAct.Release) })
        {
            routes.MapPost($"/api/alerts/{{caseId}}/{path}", (string caseId, Decision decision, HttpContext http, CaseDesk desk, IStore store, Pictures pictures, Places places, WatchMode mode, LiveEvents events, ReadLog reads, CancellationToken cancel) =>
                DecideAsync(caseId, act, decision, http, desk, store, pictures, places, mode, events, reads, cancel)).RequireAuthorization(Roles.Analyst);
        }
    }

    private sealed record Decision(string? Note, DismissalReason? Reason, Tlp? Tlp, int EventsSeen);

    private static async Task<IResult> ListAsync(HttpContext http, IStore store, Pictures pictures, Places places, Intake intake, CancellationToken cancel)
    {
        var (page, refusal) = Page.Of(http, UsualCases);
        if (page is null)
        {
            return refusal!;
        }

        var rows = new List<AlertRow>();
        foreach (var file in await store.Cases.AllAsync(Page.IsAsked(http) ? MostCases : UsualCases, cancel))
        {
            if ((http.User.SeesReleasedOnly() ? await ReleasedAsync(file, store, cancel) : await store.Findings.FindAsync(file.Id, cancel)) is { } stored)
            {
                rows.Add(await RowAsync(file, stored, pictures, places, intake.Now, cancel));
            }
        }

        // Priority falls with every minute: pages follow the time at which the cases were opened.
        var (part, next) = Page.IsAsked(http) ? page.Take(http, rows, r => $"{Page.Order(r.OpenedAt)} {r.CaseId}") : (rows, null);
        return Results.Ok(new { alerts = part.OrderByDescending(r => Page.IsAsked(http) ? 0 : r.Priority).ThenBy(r => Page.IsAsked(http) ? "" : r.CaseId, StringComparer.Ordinal), next });
    }

    private static async Task<AlertRow> RowAsync(CaseFile file, StoredFinding stored, Pictures pictures, Places places, DateTimeOffset now, CancellationToken cancel)
    {
        var f = stored.Finding;
        var name = f.Mmsi is { } mmsi ? (await pictures.HullAsync(mmsi, cancel)).Name : null;
        return new AlertRow(file.Id, f.Kind, f.Class, f.Sentence, name, f.Mmsi?.ToString(), f.Imo?.ToString(), f.VesselId, f.Mmsi is { } m ? pictures.FlagText(m) : null, f.Start is { } at ? places.Words(at) : "",
            f.StartTime, f.EndTime, f.Start?.LatDeg, f.Start?.LonDeg, f.Band, file.State, Priority(file, f, now), stored.Revision, file.OpenedAt);
    }

    /// <summary>
    /// Probability times consequence times freshness (PRODUCT A2): what still goes on counts double, and weight halves every
    /// twelve hours; what is decided comes after what is not.
    /// </summary>
    private static double Priority(CaseFile file, Finding finding, DateTimeOffset now)
    {
        var consequence = finding is { Kind: FindingKind.Silence, EndTime: null } ? 2.0 : 1.0;
        var freshness = Math.Pow(0.5, Math.Max(0, (now - file.OpenedAt).TotalHours) / 12);
        var open = file.State switch { CaseState.New => 1.0, CaseState.Acknowledged => 0.9, CaseState.Released => 0.3, _ => 0.05 };
        return Math.Round(finding.Probability * consequence * freshness * open, 4);
    }

    private static async Task<IResult> OneAsync(string caseId, HttpContext http, IStore store, Pictures pictures, Places places, WatchMode mode, ReadLog reads, CancellationToken cancel)
    {
        var centre = http.User.SeesReleasedOnly();
        if (await store.Cases.FindAsync(caseId, cancel) is not { } file || (centre ? await ReleasedAsync(file, store, cancel) : await store.Findings.FindAsync(caseId, cancel)) is not { } stored)
        {
            return Problem.NotFound("Alert");
        }

        var f = stored.Finding;
        var alerts = (await store.Cases.AlertsOfAsync(caseId, cancel)).Select(a => a.Id).ToHashSet();
        // To whom mails went is for those who send them.
        var mails = http.User.IsInRole(Roles.Analyst) && !Keys.IsKey(http.User) ? (await store.Outbox.AllAsync(1000, cancel)).Where(mail => alerts.Contains(mail.AlertId)).ToList() : [];
        if (mails.Count > 0)
        {
            await reads.NoteAsync(http, caseId, "addresses of mails", cancel);
        }

        return Results.Ok(new
        {
            caseId,
            exercise = mode.Exercise,
            @case = new { file.State, file.FindingRevision, file.AlertRevision, history = centre ? [] : file.History },
            finding = FindingAnswer.Of(f),
            vesselName = f.Mmsi is { } mmsi ? (await pictures.HullAsync(mmsi, cancel)).Name : null,
            flagText = f.Mmsi is { } m ? pictures.FlagText(m) : null,
            placeText = f.Start is { } at ? places.Words(at) : "",
            revisions = (centre ? [stored] : await store.Findings.RevisionsOfAsync(caseId, cancel)).Select(RevisionAnswer.Of),
            mails = mails.Select(mail => new { mail.Recipient, mail.State, mail.AlertId, mail.LastError }),
        });
    }

    /// <summary>What was released of a case, as it was when it was; null when nothing was. A centre sees neither what came before nor what was found since.</summary>
    private static async Task<StoredFinding?> ReleasedAsync(CaseFile file, IStore store, CancellationToken cancel) =>
        (await store.Cases.AlertsOfAsync(file.Id, cancel)).LastOrDefault() is { } alert ? new StoredFinding(alert.Finding, alert.FindingRevision, alert.ReleasedAt) : null;

    private static async Task<IResult> DecideAsync(string caseId, CaseAct act, Decision decision, HttpContext http, CaseDesk desk, IStore store, Pictures pictures, Places places, WatchMode mode, LiveEvents events, ReadLog reads, CancellationToken cancel)
    {
        if (decision.Note is { Length: > LongestNote })
        {
            return Problem.Of(400, "Note too long", $"Expected up to {LongestNote} characters, found {decision.Note.Length}.");
        }

        if (act == CaseAct.Dismiss && (decision.Reason is null || (decision.Reason == DismissalReason.Other && string.IsNullOrWhiteSpace(decision.Note))))
        {
            return Problem.Of(400, "Reason needed", "Expected a reason code, and a line of text with 'other'.");
        }

        if (act == CaseAct.Release && string.IsNullOrWhiteSpace(decision.Note))
        {
            return Problem.Of(400, "A line needed", "Expected a line that says why this is released; it goes with the mail.");
        }

        var refusal = await desk.DecideAsync(caseId, act, http.User.Identity!.Name!, decision.Reason, decision.Note, decision.Tlp ?? Tlp.Amber, decision.EventsSeen, cancel);
        events.Tell("alerts");
        return refusal switch
        {
            Refusal.None => await OneAsync(caseId, http, store, pictures, places, mode, reads, cancel),
            Refusal.NotFound => Problem.NotFound("Alert"),
            Refusal.MovedOn => Problem.Of(409, "The case has moved on", "It changed since you opened it. Look at it again, then decide."),
            _ => Problem.Of(409, "Not possible now", "The case's state does not allow this. Look at it again."),
        };
    }
}
