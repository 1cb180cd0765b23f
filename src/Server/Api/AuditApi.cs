using System.Text;
using MaritimeWatch.Server.Watch;
using MaritimeWatch.Storage;

namespace MaritimeWatch.Server.Api;

/// <summary>The audit chain for those who run the house: pages of it, a check of it, and all of it as a file.</summary>
internal static class AuditApi
{
    private const int MostOnPage = 200, Step = 1000;

    // A question that matches little must not read a chain of years at once: the answer says from where to go on.
    private const int MostLookedAt = 20_000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/audit", PageAsync);
        routes.MapGet("/api/audit/export", ExportAsync);
        routes.MapGet("/api/audit/verify", async (AuditCheck check, CancellationToken cancel) => await StateAsync(check, cancel));
        routes.MapPost("/api/audit/verify", async (HttpContext http, AuditCheck check, CancellationToken cancel) => check.Begin(http.User.Identity!.Name!)
            ? Results.Accepted("/api/audit/verify", await StateAsync(check, cancel))
            : Problem.Of(409, "A check is under way", "Wait for its end; GET /api/audit/verify says how far it is."));
    }

    private static async Task<object> StateAsync(AuditCheck check, CancellationToken cancel) => new { check.Running, seen = check.Running ? check.Seen : (long?)null, of = check.Running ? check.Entries : (long?)null, last = await check.LastAsync(cancel) };

    /// <param name="before">Number before which to begin; the newest entry when left out.</param>
    /// <param name="by">Person, in full, without regard to case.</param>
    /// <param name="act">Act, in full.</param>
    /// <param name="subject">Part of the subject.</param>
    private static async Task<IResult> PageAsync(long? before, int? limit, string? by, string? act, string? subject, DateTimeOffset? from, DateTimeOffset? to, IStore store, CancellationToken cancel)
    {
        var most = limit ?? 50;
        if (most is < 1 or > MostOnPage)
        {
            return Problem.Of(400, "Page not accepted", $"Expected limit 1 to {MostOnPage}, found {most}.");
        }

        var (found, at, looked) = (new List<AuditEntry>(), before, 0);
        while (found.Count < most && looked < MostLookedAt && await store.Audit.BeforeAsync(at, Step, cancel) is { Count: > 0 } page)
        {
            foreach (var entry in page)
            {
                (at, looked) = (entry.Number, looked + 1);
                if (from is { } begin && entry.At < begin)
                {
                    // Entries are in order of time but for clocks that were set: what is a day older ends the search.
                    if (entry.At < begin - TimeSpan.FromDays(1))
                    {
                        return Results.Ok(new { entries = found, next = (long?)null });
                    }

                    continue;
                }

                if (!(entry.At >= to) && Matches(entry.By, by) && Matches(entry.Act, act) && (string.IsNullOrEmpty(subject) || entry.Subject.Contains(subject, StringComparison.OrdinalIgnoreCase)))
                {
                    found.Add(entry);
                    if (found.Count == most)
                    {
                        break;
                    }
                }
            }
        }

        return Results.Ok(new { entries = found, next = at > 1 && (found.Count == most || looked >= MostLookedAt) ? at : null });

        static bool Matches(string found, string? wanted) => string.IsNullOrEmpty(wanted) || found.Equals(wanted, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Every entry as it is kept, one JSON object a line, first entry first: <c>hash</c> is SHA-256 over the others (docs/api.md says how).</summary>
    private static async Task ExportAsync(HttpContext http, IStore store, TimeProvider clock, CancellationToken cancel)
    {
        await store.Audit.AppendAsync(new AuditNote(clock.GetUtcNow(), http.User.Identity!.Name!, "export audit", "audit", ""), cancel);
        http.Response.ContentType = "application/x-ndjson";
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"audit-{clock.GetUtcNow():yyyyMMdd-HHmmss}.ndjson\"";
        for (long last = 0; await store.Audit.AfterAsync(last, Step, cancel) is { Count: > 0 } entries; last = entries[^1].Number)
        {
            await http.Response.WriteAsync(string.Concat(entries.Select(e => $"{StoreJson.Write(e)}\n")), Encoding.UTF8, cancel);
        }
    }
}
