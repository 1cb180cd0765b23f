using System.Text.Json;
using MaritimeWatch.Detection;
using MaritimeWatch.Detection.Reception;
using MaritimeWatch.Server.Access;
using MaritimeWatch.Server.Watch;
using MaritimeWatch.Storage;
using MaritimeWatch.Storage.Raw;

namespace MaritimeWatch.Server.Api;

/// <summary>The state of the watch: its time, its feeds, and news of changes.</summary>
internal static class WatchApi
{
    private const int MostFindings = 20_000, UsualRejections = 200, MostRejections = 100_000;

    public static void MapHealth(IEndpointRouteBuilder routes) => routes.MapGet("/health", () => new { status = "ok" }).AllowAnonymous();

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/watch", (Intake intake, FeedStates feeds, RawLog raw, WatchMode mode) => new
        {
            now = intake.Now,
            exercise = mode.Exercise,
            speed = mode.Speed,
            live = true,
            feeds = feeds.Health(),
            notWatched = feeds.NotWatched().Concat(raw.Faults().Select(f => $"Raw records of feed {f.Feed} cannot be written ({f.State.Fault}): {f.State.Lost} are not kept. Watching goes on; free the disk.")),
        }).ReadWith(Scopes.Watch).Tagged();
        routes.MapGet("/api/feeds", (HttpContext http, FeedStates feeds, FeedCards cards) => new
        {
            feeds = feeds.Health().Select(f => (Health: f, About: cards.Of(f.Name), State: feeds.Find(f.Name))).Select(f => new
            {
                health = f.Health,
                card = f.About.Card,
                // Where a feed comes from is for those who run the house. No secret stands in it: such an address is refused at start.
                source = http.User.IsInRole(Roles.Administrator) ? f.About.Source : null,
                rejected = f.State?.Rejected(),
                doubts = f.State?.Doubts(),
                stations = f.State?.Reach.Stations,
            }),
        }).RequireAuthorization(Roles.Watch).ReadWith(Scopes.Watch);
        routes.MapGet("/api/feeds/{name}", (string name, FeedStates feeds, RawLog raw) => feeds.Find(name) is not { } feed
            ? Problem.Of(404, "No such feed", $"This watch has the feeds {string.Join(", ", feeds.Health().Select(f => f.Name))}.")
            : Results.Ok(new
            {
                health = feed.Health(),
                usualPerMinute = feed.Rhythm.Usual,
                raw = raw.StateOf(feed.Name),
                doubts = feed.Doubts(),
                stations = feed.Reach.Stations,
                cells = feed.Reach.Places.Select(c => new { southDeg = c.South, westDeg = c.West }),
                cellDeg = Cell.SizeDeg,
            })).RequireAuthorization(Roles.Watch).ReadWith(Scopes.Watch);
        routes.MapGet("/api/findings", FindingsAsync).RequireAuthorization(Roles.Watch).Tagged();
        routes.MapGet("/api/registers", async (RegisterDesk registers, CancellationToken cancel) => new { registers = await registers.StatesAsync(cancel) }).RequireAuthorization(Roles.Watch).ReadWith(Scopes.Vessels).Tagged();
        routes.MapGet("/api/rejections", RejectionsAsync).RequireAuthorization(Roles.Watch);
        EventsApi.Map(routes);
    }

    private static async Task<IResult> FindingsAsync(string? kind, HttpContext http, IStore store, AreaBound bound, CancellationToken cancel)
    {
        if (kind is not null && !Enum.GetNames<FindingKind>().Contains(kind, StringComparer.OrdinalIgnoreCase))
        {
            return Problem.Of(400, "Unknown kind", $"Expected one of {string.Join(", ", Enum.GetNames<FindingKind>().Select(JsonNamingPolicy.CamelCase.ConvertName))}, found {kind}.");
        }

        var (page, refusal) = Page.Of(http, MostFindings);
        if (page is null)
        {
            return refusal!;
        }

        // What she is to judge by herself first is not told here either.
        var blind = (await store.Cases.AllAsync(int.MaxValue, cancel)).Where(c => AlertsApi.IsBlind(http, c)).Select(c => c.Id).ToHashSet();
        var all = (await store.Findings.CurrentAsync(MostFindings, cancel)).Select(f => f.Finding).Where(f => bound.Sees(AreaBound.Of(http), f) && (kind is null || f.Kind.ToString().Equals(kind, StringComparison.OrdinalIgnoreCase))).ToList();
        var (findings, next) = page.Take(http, all.Where(f => !blind.Contains(f.Id)), f => $"{Page.Order(f.StartTime)} {f.Id}");
        return Results.Ok(new { findings, leftOutBlind = all.Count(f => blind.Contains(f.Id)), next });
    }

    // Rows have no number of their own: their place counts from the oldest, which only retention moves.
    private static async Task<IResult> RejectionsAsync(string feed, HttpContext http, IStore store, CancellationToken cancel)
    {
        var (page, refusal) = Page.Of(http, UsualRejections);
        if (page is null)
        {
            return refusal!;
        }

        var all = await store.Feeds.RejectionsOfAsync(feed, Page.IsAsked(http) ? MostRejections : UsualRejections, cancel);
        var (rejections, next) = page.Take(http, all.Select((rejection, i) => (Rejection: rejection, Number: all.Count - i)), r => r.Number.ToString("D9", System.Globalization.CultureInfo.InvariantCulture));
        return Results.Ok(new { rejections = rejections.Select(r => r.Rejection), next });
    }
}
