using MaritimeWatch.Server.Access;
using MaritimeWatch.Server.Watch;
using MaritimeWatch.Storage;

namespace MaritimeWatch.Server.Api;

/// <summary>What people made of what the machine said, in counts that name nobody; and who may be given a case.</summary>
internal static class DecisionsApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/decisions/summary", (DecidedCases decided, CancellationToken cancel) => decided.SummaryAsync(cancel)).RequireAuthorization(policy => policy.RequireRole(Roles.Analyst, Roles.Administrator));
        routes.MapGet("/api/analysts", async (IStore store, CancellationToken cancel) => new
        {
            analysts = (await store.Accounts.AllAsync(cancel)).Where(a => !a.Disabled && a.Roles.Contains(Roles.Analyst)).Select(a => a.Name),
        }).RequireAuthorization(Roles.Analyst);
    }
}
