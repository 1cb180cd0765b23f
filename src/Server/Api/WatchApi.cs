using System.Net.ServerSentEvents;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Text.Json;
using MaritimeWatch.Detection;
using MaritimeWatch.Detection.Reception;
using MaritimeWatch.Server.Access;
using MaritimeWatch.Server.Watch;
using MaritimeWatch.Storage;
using MaritimeWatch.Storage.Raw;
using MaritimeWatch.Units;

namespace MaritimeWatch.Server.Api;

/// <summary>The state of the watch: its time, its feeds, the moving picture, and news of changes.</summary>
internal static class WatchApi
{
    private const int MostFindings = 20_000;

    // A picture goes on for hours: whether the session still holds is asked again every five frames.
    private const int FramesBetweenLooks = 5;

    private static readonly TimeSpan FrameEvery = TimeSpan.FromSeconds(1);

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
        routes.MapGet("/api/names", async (IStore store, CancellationToken cancel) =>
            (await store.Identities.NamesAsync(cancel)).ToDictionary(n => n.Key.ToString(), n => n.Value)).RequireAuthorization(Roles.Watch);
        routes.MapGet("/api/rejections", async (string feed, IStore store, CancellationToken cancel) => new { rejections = await store.Feeds.RejectionsOfAsync(feed, 200, cancel) }).RequireAuthorization(Roles.Watch);
        routes.MapGet("/api/events", (HttpContext http, LiveEvents events, CancellationToken cancel) => TypedResults.ServerSentEvents(News(http, events, cancel)));
        routes.Map("/api/live", LiveAsync).RequireAuthorization(Roles.Watch);
    }

    private static async Task<IResult> FindingsAsync(string? kind, HttpContext http, IStore store, CancellationToken cancel)
    {
        if (kind is not null && !Enum.TryParse<FindingKind>(kind, ignoreCase: true, out _))
        {
            return Problem.Of(400, "Unknown kind", $"Expected one of {string.Join(", ", Enum.GetNames<FindingKind>().Select(JsonNamingPolicy.CamelCase.ConvertName))}, found {kind}.");
        }

        // What she is to judge by herself first is not told here either.
        var blind = (await store.Cases.AllAsync(int.MaxValue, cancel)).Where(c => AlertsApi.IsBlind(http, c)).Select(c => c.Id).ToHashSet();
        var findings = (await store.Findings.CurrentAsync(MostFindings, cancel)).Select(f => f.Finding).Where(f => kind is null || f.Kind.ToString().Equals(kind, StringComparison.OrdinalIgnoreCase)).ToList();
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
