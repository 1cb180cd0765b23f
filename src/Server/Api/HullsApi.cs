using MaritimeWatch.Server.Access;
using MaritimeWatch.Server.Watch;
using MaritimeWatch.Storage;

namespace MaritimeWatch.Server.Api;

/// <summary>Which claims are one hull: a person merges, splits and undoes, each with a reason; every decision stays readable.</summary>
internal static class HullsApi
{
    private const int LongestReason = 2000, UsualDecisions = 200;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/hulls/decisions", DecisionsAsync).ReadWith(Scopes.Vessels).Tagged();
        routes.MapGet("/api/hulls/suggestions", async (StitchDesk desk, CancellationToken cancel) => new
        {
            suggestions = (await desk.SuggestAsync(cancel)).Select(s => new
            {
                old = new { vesselId = s.Old.Id, s.Old.Name, mmsi = s.Stitch.Old.Claim.Mmsi?.ToString(), lastHeard = s.Stitch.Old.Time },
                @new = new { vesselId = s.New.Id, s.New.Name, mmsi = s.Stitch.New.Claim.Mmsi?.ToString(), firstHeard = s.Stitch.New.Time },
                s.Stitch.Reason,
                metres = Math.Round(s.Stitch.Apart.Metres),
                hours = Math.Round(s.Stitch.Between.TotalHours, 1),
            }),
            note = "A suggestion joins nothing: an analyst merges the two hulls, with a reason, or leaves them.",
        });
        routes.MapPost("/api/hulls/merge", (Merge asked, HttpContext http, HullDesk desk, CancellationToken cancel) =>
            DoneAsync(asked.Reason, http, by => desk.MergeAsync(asked.One ?? "", asked.Other ?? "", asked.Reason!, by, cancel))).RequireAuthorization(Roles.Analyst);
        routes.MapPost("/api/hulls/split", (Split asked, HttpContext http, HullDesk desk, CancellationToken cancel) =>
            DoneAsync(asked.Reason, http, by => desk.SplitAsync(asked.Hull ?? "", asked.Claims ?? [], asked.Reason!, by, cancel))).RequireAuthorization(Roles.Analyst);
        routes.MapPost("/api/hulls/undo", (Undo asked, HttpContext http, HullDesk desk, CancellationToken cancel) =>
            DoneAsync(asked.Reason, http, by => desk.UndoAsync(asked.Decision ?? "", asked.Reason!, by, cancel))).RequireAuthorization(Roles.Analyst);
    }

    private sealed record Merge(string? One, string? Other, string? Reason);

    private sealed record Split(string? Hull, IReadOnlyList<string>? Claims, string? Reason);

    private sealed record Undo(string? Decision, string? Reason);

    private static async Task<IResult> DecisionsAsync(HttpContext http, IStore store, CancellationToken cancel)
    {
        var all = await store.Identities.DecisionsAsync(cancel);
        if (!Page.IsAsked(http))
        {
            return Results.Ok(new { decisions = all, next = (string?)null });
        }

        var (page, refusal) = Page.Of(http, UsualDecisions);
        if (page is null)
        {
            return refusal!;
        }

        var (decisions, next) = page.Take(http, all, d => $"{Page.Order(d.At)} {d.Id}");
        return Results.Ok(new { decisions, next });
    }

    private static async Task<IResult> DoneAsync(string? reason, HttpContext http, Func<string, Task<string?>> act)
    {
        if (string.IsNullOrWhiteSpace(reason) || reason.Length > LongestReason)
        {
            return Problem.Of(400, "Reason needed", $"Expected a reason of up to {LongestReason} characters; it stays with the decision.");
        }

        return await act(http.User.Identity!.Name!) is { } refusal ? Problem.Of(409, "Not possible", refusal) : Results.NoContent();
    }
}
