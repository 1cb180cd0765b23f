using MaritimeWatch.Alerts;
using MaritimeWatch.Cases;
using MaritimeWatch.Detection;
using MaritimeWatch.Server.Access;
using MaritimeWatch.Server.Watch;
using MaritimeWatch.Storage;

namespace MaritimeWatch.Server.Api;

/// <summary>Cases as the analyst works on them: list, one case with everything behind it, and what she does with it.</summary>
internal static class AlertsApi
{
    private const int LongestNote = 2000, MostOthers = 40, UsualCases = 500, MostCases = 20_000;

    private static readonly TimeSpan LongestOpen = TimeSpan.FromDays(1);

    /// <summary>Acts by their route.</summary>
    private static readonly (string Path, CaseAct Act)[] Acts =
    [
        ("acknowledge", CaseAct.Acknowledge), ("dismiss", CaseAct.Dismiss), ("undo", CaseAct.UndoDismissal), ("release", CaseAct.Release),
        ("assign", CaseAct.Assign), ("note", CaseAct.Note), ("escalate", CaseAct.Escalate), ("assess", CaseAct.Assess),
    ];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/alerts", ListAsync).ReadWith(Scopes.Alerts).Tagged();
        routes.MapGet("/api/alerts/{caseId}", OneAsync).ReadWith(Scopes.Alerts).Tagged();
        foreach (var (path, act) in Acts)
        {
            routes.MapPost($"/api/alerts/{{caseId}}/{path}", (string caseId, Decision decision, HttpContext http, [AsParameters] Desks desks, CancellationToken cancel) => DecideAsync(caseId, act, decision, http, desks, cancel)).RequireAuthorization(Roles.Analyst);
        }
    }

    /// <summary>What the routes of a case need.</summary>
    internal sealed record Desks(CaseDesk Desk, IStore Store, Pictures Pictures, Places Places, DecidedCases Decided, AreaBound Bound, WatchMode Mode, LiveEvents Events, ReadLog Reads);

    private sealed record Decision(string? Note, DismissalReason? Reason, Tlp? Tlp, int EventsSeen, string? Assignee, FollowUp? FollowUp, Judgement? Judgement, double? OpenSeconds);

    /// <summary>True when an analyst must say her own judgement of a case before she sees the machine's. Who decides on nothing sees all.</summary>
    public static bool IsBlind(HttpContext http, CaseFile file) => http.User.IsInRole(Roles.Analyst) && file.IsBlindFor(http.User.Identity!.Name!);

    private static async Task<IResult> ListAsync(HttpContext http, IStore store, AreaBound bound, Pictures pictures, Places places, Intake intake, CancellationToken cancel)
    {
        var (page, refusal) = Page.Of(http, UsualCases);
        if (page is null)
        {
            return refusal!;
        }

        var rows = new List<AlertRow>();
        foreach (var file in await store.Cases.AllAsync(Page.IsAsked(http) ? MostCases : UsualCases, cancel))
        {
            if ((http.User.SeesReleasedOnly() ? await ReleasedAsync(file, store, cancel) : await store.Findings.FindAsync(file.Id, cancel)) is { } stored && bound.Sees(AreaBound.Of(http), stored.Finding))
            {
                rows.Add(await RowAsync(file, stored, pictures, places, intake.Now, http, cancel));
            }
        }

        // Priority falls with every minute: pages follow the time at which the cases were opened.
        var (part, next) = Page.IsAsked(http) ? page.Take(http, rows, r => $"{Page.Order(r.OpenedAt)} {r.CaseId}") : (rows, null);
        return Results.Ok(new { alerts = part.OrderByDescending(r => Page.IsAsked(http) ? 0 : r.Priority).ThenBy(r => Page.IsAsked(http) ? "" : r.CaseId, StringComparer.Ordinal), next });
    }

    private static async Task<AlertRow> RowAsync(CaseFile file, StoredFinding stored, Pictures pictures, Places places, DateTimeOffset now, HttpContext http, CancellationToken cancel)
    {
        var (f, blind, centre) = (stored.Finding, IsBlind(http, file), http.User.SeesReleasedOnly());
        var name = f.Mmsi is { } mmsi ? (await pictures.HullAsync(mmsi, cancel)).Name : null;
        return new AlertRow(file.Id, f.Kind, blind ? null : f.Class, f.Sentence, name, f.Mmsi?.ToString(), f.Imo?.ToString(), f.VesselId, f.Mmsi is { } m ? pictures.FlagText(m) : null, f.Start is { } at ? places.Words(at) : "",
            f.StartTime, f.EndTime, f.Start?.LatDeg, f.Start?.LonDeg, blind ? null : f.Band, file.State, AlertOrder.Priority(file, f, now, blind), stored.Revision, file.OpenedAt, centre ? null : file.Assignee, blind, centre ? null : ChangeAnswer.Of(file), centre || blind ? [] : file.Rules);
    }

    private static async Task<IResult> OneAsync(string caseId, HttpContext http, [AsParameters] Desks desks, CancellationToken cancel)
    {
        var (store, pictures, centre, person) = (desks.Store, desks.Pictures, http.User.SeesReleasedOnly(), http.User.Identity!.Name!);
        if (await store.Cases.FindAsync(caseId, cancel) is not { } file || (centre ? await ReleasedAsync(file, store, cancel) : await store.Findings.FindAsync(caseId, cancel)) is not { } stored)
        {
            return Problem.NotFound("Alert");
        }

        var (f, blind) = (stored.Finding, IsBlind(http, file));
        var alerts = (await store.Cases.AlertsOfAsync(caseId, cancel)).Select(a => a.Id).ToHashSet();
        // To whom mails went is for those who send them.
        var mails = http.User.IsInRole(Roles.Analyst) && !Keys.IsKey(http.User) ? (await store.Outbox.AllAsync(1000, cancel)).Where(mail => alerts.Contains(mail.AlertId)).ToList() : [];
        if (mails.Count > 0)
        {
            await desks.Reads.NoteAsync(http, caseId, "addresses of mails", cancel);
        }

        // What a colleague judged would weigh as much as what the machine did.
        var history = centre ? [] : file.History.Where(e => !blind || e.Act != CaseAct.Assess || e.By == person).Select(e => blind ? e with { Band = null } : e).ToList();
        return Results.Ok(new
        {
            caseId,
            exercise = desks.Mode.Exercise,
            blind,
            @case = new { file.State, file.FindingRevision, file.AlertRevision, assignee = centre ? null : file.Assignee, eventCount = file.History.Count, history, rules = centre || blind ? [] : file.Rules },
            finding = FindingAnswer.Of(f, blind),
            like = blind || centre ? null : (await desks.Decided.SummaryAsync(cancel)).Like(f.Kind, f.Band),
            vesselName = f.Mmsi is { } mmsi ? (await pictures.HullAsync(mmsi, cancel)).Name : null,
            flagText = f.Mmsi is { } m ? pictures.FlagText(m) : null,
            placeText = f.Start is { } at ? desks.Places.Words(at) : "",
            change = centre ? null : ChangeAnswer.Of(file),
            revisions = (centre ? [stored] : await store.Findings.RevisionsOfAsync(caseId, cancel)).Select(r => RevisionAnswer.Of(r, blind)),
            others = centre ? [] : await OthersAsync(f, http, desks, cancel),
            mails = mails.Select(mail => new { mail.Recipient, mail.State, mail.AlertId, mail.LastError }),
        });
    }

    /// <summary>Other cases of the hull, newest first.</summary>
    private static async Task<IReadOnlyList<OtherCase>> OthersAsync(Finding of, HttpContext http, Desks desks, CancellationToken cancel)
    {
        var others = new List<OtherCase>();
        var findings = of.Mmsi is { } mmsi ? await desks.Store.Findings.OfVesselAsync(mmsi, cancel) : [];
        foreach (var f in findings.Select(s => s.Finding).Where(f => f.Id != of.Id && desks.Bound.Sees(AreaBound.Of(http), f)).OrderByDescending(f => f.StartTime).Take(MostOthers))
        {
            if (await desks.Store.Cases.FindAsync(f.Id, cancel) is { } file)
            {
                others.Add(new OtherCase(f.Id, f.Kind, f.StartTime, f.EndTime, file.State, file.Assignee));
            }
        }

        return others;
    }

    /// <summary>What was released of a case, as it was when it was; null when nothing was. A centre sees neither what came before nor what was found since.</summary>
    private static async Task<StoredFinding?> ReleasedAsync(CaseFile file, IStore store, CancellationToken cancel) =>
        (await store.Cases.AlertsOfAsync(file.Id, cancel)).LastOrDefault() is { } alert ? new StoredFinding(alert.Finding, alert.FindingRevision, alert.ReleasedAt) : null;

    private static async Task<IResult> DecideAsync(string caseId, CaseAct act, Decision decision, HttpContext http, Desks desks, CancellationToken cancel)
    {
        var assignee = string.IsNullOrWhiteSpace(decision.Assignee) ? null : decision.Assignee.Trim();
        if (Lacks(act, decision) is { } problem)
        {
            return problem;
        }

        if (act == CaseAct.Assign && assignee is not null && !await SuspensionDesk.IsAnalystAsync(desks.Store, assignee, cancel))
        {
            return Problem.Of(400, "Not an analyst", $"Expected the account of an analyst who can sign in, or none to give it back; found '{assignee}'.");
        }

        var seconds = decision.OpenSeconds is >= 0 and var s && s <= LongestOpen.TotalSeconds ? Math.Round(s, 1) : (double?)null;
        var done = new CaseEvent(0, default, http.User.Identity!.Name!, act, act == CaseAct.Dismiss ? decision.Reason : null, decision.Note?.Trim(), 0)
        {
            Assignee = act == CaseAct.Assign ? assignee : null,
            FollowUp = act == CaseAct.Escalate ? decision.FollowUp : null,
            Judgement = act == CaseAct.Assess ? decision.Judgement : null,
            OpenSeconds = seconds,
        };
        var refusal = await desks.Desk.DecideAsync(caseId, done, decision.Tlp ?? Tlp.Amber, decision.EventsSeen, cancel);
        desks.Events.Tell("alerts");
        return refusal switch
        {
            Refusal.None => await OneAsync(caseId, http, desks, cancel),
            Refusal.NotFound => Problem.NotFound("Alert"),
            Refusal.MovedOn => Problem.Of(409, "The case has moved on", "It changed since you opened it. Look at it again, then decide."),
            Refusal.JudgeFirst => Problem.Of(409, "Your own judgement first", "This alert is one of those whose score is shown after your own judgement. Say it, then decide."),
            _ => Problem.Of(409, "Not possible now", "The case's state does not allow this. Look at it again."),
        };
    }

    /// <summary>What must be said with an act and was not.</summary>
    private static IResult? Lacks(CaseAct act, Decision decision)
    {
        var says = !string.IsNullOrWhiteSpace(decision.Note);
        return decision.Note is { Length: > LongestNote } ? Problem.Of(400, "Note too long", $"Expected up to {LongestNote} characters, found {decision.Note.Length}.")
            : act switch
            {
                CaseAct.Dismiss when decision.Reason is null || (decision.Reason == DismissalReason.Other && !says) => Problem.Of(400, "Reason needed", "Expected a reason code, and a line of text with 'other'."),
                CaseAct.Release when !says => Problem.Of(400, "A line needed", "Expected a line that says why this is released; it goes with the mail."),
                CaseAct.Escalate when decision.FollowUp is null => Problem.Of(400, "Action needed", "Expected what is done next: callOnVhf, askRescueCentre, askFlagRegister or keepWatching. Passing it to the centre is a release."),
                CaseAct.Escalate when decision.FollowUp == FollowUp.PassToCentre => Problem.Of(400, "A release passes it on", "Expected another action. What goes to the centres is released, by its own route."),
                CaseAct.Escalate or CaseAct.Note or CaseAct.Assess when !says => Problem.Of(400, "A line needed", "Expected a line that says why; others will read it later."),
                CaseAct.Assess when decision.Judgement is null => Problem.Of(400, "Judgement needed", "Expected unexplained, explained or cannotTell."),
                _ => null,
            };
    }
}
