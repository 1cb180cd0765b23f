using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using MaritimeWatch.Server.Access;
using MaritimeWatch.Server.Watch;

namespace MaritimeWatch.Server.Api;

/// <summary>News of changes, for as long as the session or the key holds.</summary>
internal static class EventsApi
{
    // A line that says nothing for longer is taken for dead by proxies; and so long at most a revoked key goes on hearing.
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(5);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/events", (HttpContext http, LiveEvents events, CancellationToken cancel) => TypedResults.ServerSentEvents(News(http, events, cancel))).ReadWith(Scopes.Alerts);

    private static async IAsyncEnumerable<SseItem<object>> News(HttpContext http, LiveEvents events, [EnumeratorCancellation] CancellationToken cancel)
    {
        var (releasedOnly, bound) = (http.User.SeesReleasedOnly(), AreaBound.Of(http) is not null);
        await foreach (var told in events.ListenAsync(http.Request.Headers["Last-Event-ID"].FirstOrDefault(), Beat, cancel))
        {
            if (!await SignIn.GoesOnAsync(http, cancel))
            {
                yield break;
            }

            // Which cases there are is more than a person bound to areas may know: she is told to look again, and sees her own.
            if ((bound ? told.Name == "alert" ? null : told.Data : releasedOnly ? told.Released : told.Data) is { } data)
            {
                yield return new SseItem<object>(data, told.Name.Length > 0 ? told.Name : "beat") { EventId = told.Id };
            }
        }
    }
}
