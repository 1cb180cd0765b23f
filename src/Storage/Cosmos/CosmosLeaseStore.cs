namespace MaritimeWatch.Storage.Cosmos;

/// <summary>Leases: one item each, written only over the turn that was seen.</summary>
public sealed class CosmosLeaseStore(CosmosDatabase database) : ILeaseStore
{
    public async ValueTask<Lease?> FindAsync(string name, CancellationToken cancel = default) => (await ReadAsync(name, cancel))?.Value;

    public async ValueTask<Lease?> TakeAsync(string name, string holder, long turnSeen, CancellationToken cancel = default)
    {
        var (id, lease) = (IdOf(name), new Lease(name, holder, turnSeen + 1));
        if (turnSeen == 0)
        {
            return await database.CreateAsync(CosmosContainers.State, id, id, lease, cancel, ("kind", "lease")) ? lease : null;
        }

        return await ReadAsync(name, cancel) is { } seen && seen.Value.Turn == turnSeen && await database.ReplaceAsync(CosmosContainers.State, id, id, lease, seen.Etag, cancel, ("kind", "lease")) ? lease : null;
    }

    private Task<Held<Lease>?> ReadAsync(string name, CancellationToken cancel) => database.ReadAsync<Lease>(CosmosContainers.State, IdOf(name), IdOf(name), cancel);

    private static string IdOf(string name) => CosmosId.Of($"lease:{name}");
}
