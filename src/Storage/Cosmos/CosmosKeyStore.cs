namespace MaritimeWatch.Storage.Cosmos;

/// <summary>A key with the notes it owes the audit chain: one item, so one write is the transaction.</summary>
internal sealed record KeyItem(ApiKey Key, List<OwedNote> AuditOwed);

/// <summary>Keys of programs, each an item under its hash. Notes are settled at once, or when the keys are listed next.</summary>
public sealed class CosmosKeyStore(CosmosDatabase database, CosmosAuditStore audit) : IKeyStore
{
    public async ValueTask AddAsync(ApiKey key, AuditNote audit, CancellationToken cancel = default)
    {
        if (await database.CreateAsync(CosmosContainers.State, IdOf(key.Hash), IdOf(key.Hash), new KeyItem(key, [new OwedNote($"key:{key.Id}:made", audit)]), cancel, ("kind", "key")))
        {
            await SettleAsync(key.Hash, cancel);
        }
    }

    public async ValueTask<bool> RevokeAsync(string keyId, DateTimeOffset at, AuditNote audit, CancellationToken cancel = default)
    {
        if (await OfIdAsync(keyId, cancel) is not { } known)
        {
            return false;
        }

        var revoked = false;
        await ChangeAsync(
            known.Hash,
            item => (revoked = item.Key.RevokedAt is null) ? new KeyItem(item.Key with { RevokedAt = at }, [.. item.AuditOwed, new OwedNote($"key:{keyId}:revoked", audit)]) : null,
            cancel);
        await SettleAsync(known.Hash, cancel);
        return revoked;
    }

    public async ValueTask UsedAsync(string keyId, DateTimeOffset at, CancellationToken cancel = default)
    {
        if (await OfIdAsync(keyId, cancel) is { } known)
        {
            await ChangeAsync(known.Hash, item => item with { Key = item.Key with { LastUsedAt = at } }, cancel);
        }
    }

    public async ValueTask<ApiKey?> FindAsync(string hash, CancellationToken cancel = default) => (await database.ReadAsync<KeyItem>(CosmosContainers.State, IdOf(hash), IdOf(hash), cancel))?.Value.Key;

    public async ValueTask<IReadOnlyList<ApiKey>> AllAsync(CancellationToken cancel = default)
    {
        var keys = new List<ApiKey>();
        await foreach (var item in database.QueryAsync<KeyItem>(CosmosContainers.State, null, "WHERE c.kind = 'key'", null, cancel))
        {
            keys.Add(item.Value.Key);
            if (item.Value.AuditOwed.Count > 0)
            {
                await SettleAsync(item.Value.Key.Hash, cancel);
            }
        }

        return [.. keys.OrderBy(k => k.MadeAt).ThenBy(k => k.Id, StringComparer.Ordinal)];
    }

    internal static Task PutAsync(CosmosDatabase database, ApiKey key, CancellationToken cancel) => database.ChangeAsync<KeyItem>(
        CosmosContainers.State, IdOf(key.Hash), IdOf(key.Hash), known => known is null ? new KeyItem(key, []) : null, _ => [("kind", "key")], cancel);

    private static string IdOf(string hash) => $"key:{hash}";

    private async Task<ApiKey?> OfIdAsync(string keyId, CancellationToken cancel) => (await AllAsync(cancel)).FirstOrDefault(k => k.Id == keyId);

    private Task ChangeAsync(string hash, Func<KeyItem, KeyItem?> change, CancellationToken cancel) => database.ChangeAsync<KeyItem>(
        CosmosContainers.State, IdOf(hash), IdOf(hash), item => item is null ? null : change(item), _ => [("kind", "key")], cancel);

    private async Task SettleAsync(string hash, CancellationToken cancel)
    {
        if (await database.ReadAsync<KeyItem>(CosmosContainers.State, IdOf(hash), IdOf(hash), cancel) is { } item)
        {
            foreach (var note in item.Value.AuditOwed)
            {
                await audit.AppendOnceAsync(note.Note, note.Act, cancel);
            }

            var settled = item.Value.AuditOwed.Select(n => n.Act).ToHashSet();
            await ChangeAsync(hash, now => now.AuditOwed.Count == 0 ? null : now with { AuditOwed = [.. now.AuditOwed.Where(n => !settled.Contains(n.Act))] }, cancel);
        }
    }
}
