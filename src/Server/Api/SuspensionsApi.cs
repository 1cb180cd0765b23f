using MaritimeWatch.Cases;
using MaritimeWatch.Server.Access;
using MaritimeWatch.Server.Watch;
using MaritimeWatch.Storage;

namespace MaritimeWatch.Server.Api;

/// <summary>Suspensions: which behaviour opens no case, until when, why, by whom, and how much was held back. All stay in the list.</summary>
internal static class SuspensionsApi
{
    private const int LongestText = 2000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/suspensions", ListAsync);
        routes.MapPost("/api/suspensions", BeginAsync).RequireAuthorization(Roles.Analyst);
        routes.MapPost("/api/suspensions/{id}/lift", LiftAsync).RequireAuthorization(Roles.Analyst);
    }

    private sealed record Lifting(string? Text);

    private static async Task<object> ListAsync(IStore store, Intake intake, HullDesk hulls, Settings.Settings settings, CancellationToken cancel)
    {
        var shown = new List<object>();
        foreach (var s in await store.Suspensions.AllAsync(cancel))
        {
            var name = s.Mmsi is { } mmsi ? (await hulls.OfAsync(mmsi, cancel)).Name : (await hulls.FindAsync(s.HullId, cancel))?.Name;
            shown.Add(new { s.Id, s.HullId, vesselName = name, s.Mmsi, s.Imo, s.Kinds, s.Reason, s.Text, s.Owner, s.From, s.Until, end = s.End(), s.By, s.At, s.LiftedBy, s.LiftedAt, s.LiftedFrom, state = s.StateAt(intake.Now), heldCount = s.Held.Count, s.Held });
        }

        return new { now = intake.Now, longestDays = settings.Assessment.LongestSuspension.TotalDays, suspensions = shown };
    }

    private static async Task<IResult> BeginAsync(SuspensionDraft draft, HttpContext http, SuspensionDesk desk, CaseDesk cases, LiveEvents events, CancellationToken cancel)
    {
        if (draft.Text is { Length: > LongestText })
        {
            return Problem.Of(400, "Text too long", $"Expected up to {LongestText} characters, found {draft.Text.Length}.");
        }

        var (begun, fault) = await desk.BeginAsync(draft, http.User.Identity!.Name!, cancel);
        if (begun is null)
        {
            return Problem.Of(400, "Suspension not accepted", fault!);
        }

        // What began within it and nobody has looked at yet leaves the list now.
        foreach (var finding in await desk.FindingsAsync(begun, cancel))
        {
            await cases.FollowAsync(finding, cancel);
        }

        events.Tell("alerts");
        return Results.Ok(begun);
    }

    private static async Task<IResult> LiftAsync(string id, Lifting lifting, HttpContext http, SuspensionDesk desk, LiveEvents events, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(lifting.Text) || lifting.Text.Length > LongestText)
        {
            return Problem.Of(400, "A line needed", $"Expected a line of up to {LongestText} characters that says why it is lifted.");
        }

        var lifted = await desk.LiftAsync(id, http.User.Identity!.Name!, lifting.Text.Trim(), cancel);
        events.Tell("alerts");
        return lifted ? Results.NoContent() : Problem.Of(409, "Not possible", "Expected a suspension that was not lifted yet. Look at the list again.");
    }
}
