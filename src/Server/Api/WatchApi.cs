using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
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
    private const int MostFindings = 20_000;

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
        });
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
        }).RequireAuthorization(Roles.Watch);
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
            })).RequireAuthorization(Roles.Watch);
        routes.MapGet("/api/findings", FindingsAsync).RequireAuthorization(Roles.Watch);
        routes.MapGet("/api/registers", async (RegisterDesk registers, CancellationToken cancel) => new { registers = await registers.StatesAsync(cancel) }).RequireAuthorization(Roles.Watch);
        routes.MapGet("/api/rejections", async (string feed, int? skip, int? limit, IStore store, CancellationToken cancel) =>
        {
            var (from, most) = (Math.Clamp(skip ?? 0, 0, 10_000), Math.Clamp(limit ?? 200, 1, 200));
            var known = await store.Feeds.RejectionsOfAsync(feed, from + most + 1, cancel);
            return new { rejections = known.Skip(from).Take(most), next = known.Count > from + most ? from + most : (int?)null };
        }).RequireAuthorization(Roles.Watch);
        routes.MapGet("/api/events", (HttpContext http, LiveEvents events, CancellationToken cancel) => TypedResults.ServerSentEvents(News(http, events, cancel)));
    }

    private static async Task<IResult> FindingsAsync(string? kind, HttpContext http, IStore store, AreaBound bound, CancellationToken cancel)
    {
        if (kind is not null && !Enum.TryParse<FindingKind>(kind, ignoreCase: true, out _))
        {
            return Problem.Of(400, "Unknown kind", $"Expected one of {string.Join(", ", Enum.GetNames<FindingKind>().Select(JsonNamingPolicy.CamelCase.ConvertName))}, found {kind}.");
        }

        // What she is to judge by herself first is not told here either.
        var blind = (await store.Cases.AllAsync(int.MaxValue, cancel)).Where(c => AlertsApi.IsBlind(http, c)).Select(c => c.Id).ToHashSet();
        var findings = (await store.Findings.CurrentAsync(MostFindings, cancel)).Select(f => f.Finding).Where(f => bound.Sees(AreaBound.Of(http), f)).Where(f => kind is null || f.Kind.ToString().Equals(kind, StringComparison.OrdinalIgnoreCase)).ToList();
        return Results.Ok(new { findings = findings.Where(f => !blind.Contains(f.Id)), leftOutBlind = findings.Count(f => blind.Contains(f.Id)) });
    }

    private static async IAsyncEnumerable<SseItem<object>> News(HttpContext http, LiveEvents events, [EnumeratorCancellation] CancellationToken cancel)
    {
        yield return new SseItem<object>(new { }, "watch");
        await foreach (var what in events.ListenAsync(cancel))
        {
            if (!await SignIn.GoesOnAsync(http, cancel))
            {
                yield break;
            }

            yield return new SseItem<object>(new { }, what);
        }
    }
}
