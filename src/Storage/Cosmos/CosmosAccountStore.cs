namespace MaritimeWatch.Storage.Cosmos;

/// <summary>Accounts of people, one per name without regard to case.</summary>
public sealed class CosmosAccountStore(CosmosDatabase database) : IAccountStore
{
    public async ValueTask<bool> AnyAsync(CancellationToken cancel = default)
    {
        await foreach (var _ in AllAsync(database, 1, cancel))
        {
            return true;
        }

        return false;
    }

    public async ValueTask<Account?> FindAsync(string name, CancellationToken cancel = default) => (await database.ReadAsync<Account>(CosmosContainers.State, IdOf(name), IdOf(name), cancel))?.Value;

    public async ValueTask SaveAsync(Account account, CancellationToken cancel = default) =>
        await database.UpsertAsync(CosmosContainers.State, IdOf(account.Name), IdOf(account.Name), account, cancel, ("kind", "account"));

    public async ValueTask<IReadOnlyList<Account>> AllAsync(CancellationToken cancel = default)
    {
        var accounts = new List<Account>();
        await foreach (var account in AllAsync(database, null, cancel))
        {
            accounts.Add(account.Value);
        }

        return [.. accounts.OrderBy(a => a.Name.ToUpperInvariant(), StringComparer.Ordinal)];
    }

    internal static IAsyncEnumerable<Held<Account>> AllAsync(CosmosDatabase database, int? top, CancellationToken cancel) =>
        database.QueryAsync<Account>(CosmosContainers.State, null, "WHERE c.kind = 'account'", top, cancel);

    private static string IdOf(string name) => CosmosId.Of($"account:{name.ToUpperInvariant()}");
}
