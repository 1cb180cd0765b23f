namespace MaritimeWatch.Storage.Cosmos;

/// <summary>
/// What the database holds, by container. Counting items would read them all: the service's own measure is asked, which is a few minutes
/// old; where it gives none, nothing is known.
/// </summary>
internal static class CosmosHoldings
{
    private static readonly (string Kind, CosmosContainer Container)[] Classes =
    [
        ("tracks", CosmosContainers.Tracks), ("journal", CosmosContainers.Journal), ("rejections", CosmosContainers.Rejections), ("claims", CosmosContainers.Vessels), ("findings", CosmosContainers.Findings),
        ("cases", CosmosContainers.Cases), ("registry", CosmosContainers.Registry), ("audit", CosmosContainers.Audit), ("accounts", CosmosContainers.State),
    ];

    public static async ValueTask<IReadOnlyList<Holding>> OfAsync(CosmosDatabase database, CancellationToken cancel)
    {
        var held = new List<Holding>();
        foreach (var (kind, container) in Classes)
        {
            var usage = await database.UsageAsync(container, cancel);
            held.Add(new Holding(kind, usage.Items, usage.Kilobytes * 1024, null, null));
        }

        return held;
    }
}
