using System.Collections.Concurrent;
using MaritimeWatch.Storage;

namespace MaritimeWatch.Server.Access;

/// <summary>
/// Notes on the audit chain who read personal data of whom, before the answer goes out: once for a person, route, subject and hour, so
/// that the chain is not drowned. Each web process counts its hours on its own; a second note of the same read does no harm.
/// </summary>
internal sealed class ReadLog(IStore store, TimeProvider clock)
{
    private const int MostKept = 50_000;

    private readonly ConcurrentDictionary<(string Person, string Route, string Subject), long> noted = new();

    public async ValueTask NoteAsync(HttpContext http, string subject, string what, CancellationToken cancel)
    {
        var (now, person) = (clock.GetUtcNow(), http.User.Identity!.Name!);
        var route = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "";
        var (key, hour) = ((person, route, subject), now.Ticks / TimeSpan.TicksPerHour);
        if (noted.TryGetValue(key, out var last) && last == hour)
        {
            return;
        }

        await store.Audit.AppendAsync(new AuditNote(now, person, "read", subject, $"{what}; {route}"), cancel);
        if (noted.Count >= MostKept)
        {
            noted.Clear();
        }

        noted[key] = hour;
    }
}
