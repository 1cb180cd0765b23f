using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using MaritimeWatch.Server.Access;
using MaritimeWatch.Server.Watch;
using MaritimeWatch.Storage;
using MaritimeWatch.Units;

namespace MaritimeWatch.Server.Api;

/// <summary>The moving picture by WebSocket, and the names that go with it.</summary>
internal static class LiveApi
{
    // A picture goes on for hours: whether the session still holds is asked again every five frames.
    private const int FramesBetweenLooks = 5, MostNames = 20_000, MostAsked = 500;

    // A console that says nothing for this long is sent everything.
    private static readonly TimeSpan FrameEvery = TimeSpan.FromSeconds(1), FirstViewport = TimeSpan.FromSeconds(1), Farewell = TimeSpan.FromSeconds(5);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.Map("/api/live", LiveAsync).ReadWith(Scopes.Positions);
        routes.MapGet("/api/names", NamesAsync).ReadWith(Scopes.Positions).Tagged();
    }

    private static async Task LiveAsync(HttpContext http, string? viewport, LivePicture picture, Intake intake, WatchMode mode, IHostApplicationLifetime lifetime)
    {
        if (!http.WebSockets.IsWebSocketRequest)
        {
            await Problem.Of(400, "WebSocket expected", "Open this address as a WebSocket; see docs/api.md for the frames.").ExecuteAsync(http);
            return;
        }

        Asked asked;
        try
        {
            asked = new Asked(viewport is null ? null : Viewport.Parse(Encoding.UTF8.GetBytes(viewport)));
        }
        catch (FormatException wrong)
        {
            await Problem.Of(400, "Unknown viewport", wrong.Message).ExecuteAsync(http);
            return;
        }

        using var socket = await http.WebSockets.AcceptWebSocketAsync();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        using var timer = new PeriodicTimer(FrameEvery);
        var (view, frames, look) = (new LiveView(picture), 0, Task.FromResult(true));
        var heard = asked.ListenAsync(socket, cancel.Token);
        try
        {
            await Task.WhenAny(asked.First, heard, Task.Delay(FirstViewport, cancel.Token));
            do
            {
                if (heard.IsCompleted)
                {
                    var wrong = await heard;
                    await socket.CloseAsync(wrong is null ? WebSocketCloseStatus.NormalClosure : WebSocketCloseStatus.InvalidPayloadData, wrong, cancel.Token);
                    return;
                }

                // Frames do not wait for the look: a slow store must not stop the picture.
                if (look.IsCompleted && !await look)
                {
                    await socket.CloseOutputAsync(WebSocketCloseStatus.PolicyViolation, "The session has ended.", cancel.Token);
                    // Until the console has closed too: to hear no more would cut the line before the reason has come.
                    await Task.WhenAny(heard, Task.Delay(Farewell, cancel.Token));
                    return;
                }

                if (++frames % FramesBetweenLooks == 0 && look.IsCompleted)
                {
                    look = SignIn.GoesOnAsync(http, cancel.Token).AsTask();
                }

                await socket.SendAsync(AreaBound.Veil(view.Next(asked.Viewport, intake.Now, mode.Speed), AreaBound.Of(http)), WebSocketMessageType.Binary, endOfMessage: true, cancel.Token);
            }
            while (socket.State is WebSocketState.Open or WebSocketState.CloseReceived && await timer.WaitForNextTickAsync(cancel.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            // The console went away or the program stops: nothing is lost, the next frame after a reconnect is full.
        }
        finally
        {
            await cancel.CancelAsync();
            await heard.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    private static async Task<IResult> NamesAsync(string? mmsi, string? bbox, NameBook names, LivePicture picture, IStore store, CancellationToken cancel)
    {
        if (mmsi is null && bbox is null)
        {
            return Results.Ok((await store.Identities.NamesAsync(cancel)).ToDictionary(n => n.Key.ToString(), n => n.Value));
        }

        IReadOnlyList<Mmsi> asked;
        if (mmsi is not null)
        {
            var parts = mmsi.Split(',');
            asked = [.. parts.Select(p => Mmsi.TryParse(p, out var number) ? number : (Mmsi?)null).OfType<Mmsi>()];
            if (asked.Count != parts.Length || parts.Length > MostAsked)
            {
                return Problem.Of(400, "Unknown numbers", $"Expected mmsi= with at most {MostAsked} MMSIs of nine digits, found {(parts.Length > MostAsked ? $"{parts.Length}" : mmsi.Length > 60 ? mmsi[..60] : mmsi)}.");
            }
        }
        else if (Boxes.Parse(bbox!) is { } box)
        {
            asked = picture.In(box);
        }
        else
        {
            return Boxes.Unknown(bbox!);
        }

        var labels = await names.LabelsAsync(cancel);
        return Results.Ok(new { names = asked.Take(MostNames).Where(labels.ContainsKey).ToDictionary(m => m.ToString(), m => labels[m]) });
    }

    /// <summary>What the console asked for last.</summary>
    private sealed class Asked
    {
        private readonly TaskCompletionSource first = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private Viewport? viewport;

        public Asked(Viewport? viewport)
        {
            this.viewport = viewport;
            if (viewport is not null)
            {
                first.SetResult();
            }
        }

        public Viewport? Viewport => Volatile.Read(ref viewport);

        /// <summary>Ends with the first viewport.</summary>
        public Task First => first.Task;

        /// <summary>Hears viewports until the console closes (null) or sends what is none: then why.</summary>
        public async Task<string?> ListenAsync(WebSocket socket, CancellationToken cancel)
        {
            var (buffer, length) = (new byte[Viewport.MostBytes], 0);
            while (true)
            {
                var part = await socket.ReceiveAsync(buffer.AsMemory(length), cancel);
                length += part.Count;
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    return null;
                }

                if (part.MessageType == WebSocketMessageType.Binary || (length == buffer.Length && !part.EndOfMessage))
                {
                    return string.Create(CultureInfo.InvariantCulture, $"Viewport: expected a text of at most {Viewport.MostBytes} bytes.");
                }

                if (part.EndOfMessage)
                {
                    try
                    {
                        Volatile.Write(ref viewport, Viewport.Parse(buffer.AsMemory(0, length)));
                    }
                    catch (FormatException e)
                    {
                        return e.Message;
                    }

                    length = 0;
                    first.TrySetResult();
                }
            }
        }
    }
}
