using System.Net.WebSockets;
using System.Text.Json;
using MaritimeWatch.Detection;
using MaritimeWatch.Detection.Reception;
using MaritimeWatch.Server.Access;
using MaritimeWatch.Server.Watch;
using MaritimeWatch.Storage;
using MaritimeWatch.Units;

namespace MaritimeWatch.Server.Api;

/// <summary>The state of the watch: its time, its feeds, the moving picture, and news of changes.</summary>
internal static class WatchApi
{
    private const int MostFindings = 20_000, UsualRejections = 200, MostRejections = 100_000;

    // A picture goes on for hours: whether the session still holds is asked again every five frames.
    private const int FramesBetweenLooks = 5;

    private static readonly TimeSpan FrameEvery = TimeSpan.FromSeconds(1);

    public static void MapHealth(IEndpointRouteBuilder routes) => routes.MapGet("/health", () => new { status = "ok" }).AllowAnonymous();

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/watch", (Intake intake, FeedStates feeds, WatchMode mode) => new
        {
            now = intake.Now,
            exercise = mode.Exercise,
            speed = mode.Speed,
            live = true,
            feeds = feeds.Health(),
            notWatched = feeds.NotWatched(),
        }).ReadWith(Scopes.Watch).Tagged();
        routes.MapGet("/api/feeds/{name}", (string name, FeedStates feeds) => feeds.Find(name) is not { } feed
            ? Problem.Of(404, "No such feed", $"This watch has the feeds {string.Join(", ", feeds.Health().Select(f => f.Name))}.")
            : Results.Ok(new
            {
                health = feed.Health(),
                usualPerMinute = feed.Rhythm.Usual,
                doubts = feed.Doubts(),
                stations = feed.Reach.Stations,
                cells = feed.Reach.Places.Select(c => new { southDeg = c.South, westDeg = c.West }),
                cellDeg = Cell.SizeDeg,
            })).RequireAuthorization(Roles.Watch).ReadWith(Scopes.Watch);
        routes.MapGet("/api/findings", FindingsAsync).RequireAuthorization(Roles.Watch).Tagged();
        routes.MapGet("/api/registers", async (RegisterDesk registers, CancellationToken cancel) => new { registers = await registers.StatesAsync(cancel) }).RequireAuthorization(Roles.Watch).ReadWith(Scopes.Vessels).Tagged();
        routes.MapGet("/api/names", async (IStore store, CancellationToken cancel) =>
            (await store.Identities.NamesAsync(cancel)).ToDictionary(n => n.Key.ToString(), n => n.Value)).RequireAuthorization(Roles.Watch).ReadWith(Scopes.Positions).Tagged();
        routes.MapGet("/api/rejections", RejectionsAsync).RequireAuthorization(Roles.Watch);
        EventsApi.Map(routes);
        routes.Map("/api/live", LiveAsync).RequireAuthorization(Roles.Watch).ReadWith(Scopes.Positions);
    }

    private static async Task<IResult> FindingsAsync(string? kind, HttpContext http, IStore store, CancellationToken cancel)
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

        var all = (await store.Findings.CurrentAsync(MostFindings, cancel)).Select(f => f.Finding).Where(f => kind is null || f.Kind.ToString().Equals(kind, StringComparison.OrdinalIgnoreCase));
        var (findings, next) = page.Take(http, all, f => $"{Page.Order(f.StartTime)} {f.Id}");
        return Results.Ok(new { findings, next });
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

    private static async Task LiveAsync(HttpContext http, LivePicture picture, Intake intake, WatchMode mode, IHostApplicationLifetime lifetime)
    {
        if (!http.WebSockets.IsWebSocketRequest)
        {
            await Problem.Of(400, "WebSocket expected", "Open this address as a WebSocket; see docs/api.md for the frames.").ExecuteAsync(http);
            return;
        }

        using var socket = await http.WebSockets.AcceptWebSocketAsync();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        using var timer = new PeriodicTimer(FrameEvery);
        var (version, frames, look) = (0L, 0, Task.FromResult(true));
        try
        {
            do
            {
                // Frames do not wait for the look: a slow store must not stop the picture.
                if (look.IsCompleted && !await look)
                {
                    await socket.CloseOutputAsync(WebSocketCloseStatus.PolicyViolation, "The session has ended.", cancel.Token);
                    return;
                }

                if (++frames % FramesBetweenLooks == 0 && look.IsCompleted)
                {
                    look = SignIn.GoesOnAsync(http, cancel.Token).AsTask();
                }

                (var frame, version) = picture.Frame(version, intake.Now, mode.Speed);
                await socket.SendAsync(frame, WebSocketMessageType.Binary, endOfMessage: true, cancel.Token);
            }
            while (socket.State == WebSocketState.Open && await timer.WaitForNextTickAsync(cancel.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            // The console went away or the program stops: nothing is lost, the next frame after a reconnect is full.
        }
    }
}
