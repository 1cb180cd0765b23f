using Hangfire;
using MaritimeWatch.Server.Settings;
using MaritimeWatch.Server.Watch;
using MaritimeWatch.Storage;

namespace MaritimeWatch.Server.Api;

/// <summary>What is kept for how long, what of it is held now, when the next deletion is due, and what was deleted so far.</summary>
internal static class RetentionApi
{
    private const int MostDeletions = 50, MostEntries = 20_000;

    private static readonly HashSet<string> Deletions = ["thin tracks", "delete tracks", "delete rejections"];

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/retention", async (IStore store, RetentionOptions options, Intake intake, JobStorage jobs, CancellationToken cancel) =>
    {
        var held = (await store.HoldingsAsync(cancel)).ToDictionary(h => h.Kind);
        return new
        {
            store = store.Place,
            now = intake.Now,
            classes = Rules(options).Select(r => new
            {
                kind = r.Kind,
                keptDays = r.Kept?.TotalDays,
                thinnedAfterDays = r.Kind == "tracks" ? options.FullTracks.TotalDays : (double?)null,
                // Personal data is marked, so that a reader knows which times matter most.
                personal = r.Personal,
                held = held.GetValueOrDefault(r.Kind),
            }),
            nextDeletion = JobsApi.NextRun(jobs, "retention"),
            deletions = await DeletionsAsync(store, cancel),
            smallCraft = new { underM = VesselsApi.SmallCraftM, alertsExcludedUnderM = new Detection.Silence.SilenceOptions().SmallCraftM, masked = false, readsLogged = true },
        };
    });

    // Null: kept as long as the store is. Those have no time of their own in the settings.
    private static IEnumerable<(string Kind, TimeSpan? Kept, bool Personal)> Rules(RetentionOptions options) =>
    [
        ("tracks", options.ThinnedTracks, true), ("journal", options.ThinnedTracks, true), ("rejections", options.Rejections, false), ("claims", null, false), ("lists", null, false), ("findings", null, false), ("cases", null, true),
        ("mails", null, true), ("registry", null, true), ("audit", null, true), ("accounts", null, true),
    ];

    private static async Task<List<AuditEntry>> DeletionsAsync(IStore store, CancellationToken cancel)
    {
        var (found, looked, at) = (new List<AuditEntry>(), 0, (long?)null);
        while (found.Count < MostDeletions && looked < MostEntries && await store.Audit.BeforeAsync(at, 1000, cancel) is { Count: > 0 } page)
        {
            found.AddRange(page.Where(e => Deletions.Contains(e.Act)));
            (looked, at) = (looked + page.Count, page[^1].Number);
        }

        return [.. found.Take(MostDeletions)];
    }
}
