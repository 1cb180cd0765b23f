using System.Text.Json.Nodes;
using MaritimeWatch.Cases;

namespace MaritimeWatch.Storage.Cosmos;

/// <summary>A suspension with the audit notes not yet on the chain: one item, so one write is the transaction.</summary>
internal sealed record SuspensionItem(Suspension Suspension, List<OwedNote> AuditOwed)
{
    public (string, JsonNode?)[] Fields => [("owes", AuditOwed.Count > 0)];
}

/// <summary>Suspensions, for all time. The audit note of an act is owed by the same write and settled at once, or by the next round of delivery.</summary>
public sealed class CosmosSuspensionStore(CosmosDatabase database, CosmosAuditStore audit) : ISuspensionStore
{
    public async ValueTask<bool> BeginAsync(Suspension suspension, AuditNote audit, CancellationToken cancel = default)
    {
        var item = new SuspensionItem(suspension, [new OwedNote($"suspension:{suspension.Id}:begun", audit)]);
        if (!await database.CreateAsync(CosmosContainers.Suspensions, suspension.Id, suspension.Id, item, cancel, item.Fields))
        {
            return false;
        }

        await SettleAsync(suspension.Id, cancel);
        return true;
    }

    public async ValueTask<bool> LiftAsync(string id, DateTimeOffset from, string by, DateTimeOffset at, AuditNote audit, CancellationToken cancel = default)
    {
        var lifted = await ChangeAsync(id, item => item.Suspension.LiftedFrom is not null ? null : new SuspensionItem(
            item.Suspension with { LiftedFrom = from, LiftedBy = by, LiftedAt = at }, [.. item.AuditOwed, new OwedNote($"suspension:{id}:lifted", audit)]), cancel);
        await SettleAsync(id, cancel);
        return lifted;
    }

    public async ValueTask HoldAsync(string id, string findingId, CancellationToken cancel = default) => await ChangeAsync(id, item => item.Suspension.Held.Contains(findingId) ? null
        : item with { Suspension = item.Suspension with { Held = [.. item.Suspension.Held, findingId] } }, cancel);

    public async ValueTask<IReadOnlyList<Suspension>> AllAsync(CancellationToken cancel = default)
    {
        var all = new List<Suspension>();
        await foreach (var item in database.QueryAsync<SuspensionItem>(CosmosContainers.Suspensions, null, "", null, cancel))
        {
            all.Add(item.Value.Suspension);
        }

        return [.. all.OrderByDescending(s => s.At).ThenBy(s => s.Id, StringComparer.Ordinal)];
    }

    /// <summary>Puts on the chain what acts owe to it, each once.</summary>
    internal async Task SettleOwedAsync(CancellationToken cancel)
    {
        await foreach (var item in database.QueryAsync<SuspensionItem>(CosmosContainers.Suspensions, null, "WHERE c.owes = true", null, cancel))
        {
            await SettleAsync(item.Value.Suspension.Id, cancel);
        }
    }

    /// <summary>Writes one of another store as it is.</summary>
    internal static Task PutAsync(CosmosDatabase database, Suspension suspension, CancellationToken cancel) => database.ChangeAsync<SuspensionItem>(
        CosmosContainers.Suspensions, suspension.Id, suspension.Id, known => new SuspensionItem(suspension, known?.AuditOwed ?? []), item => item.Fields, cancel);

    private async Task SettleAsync(string id, CancellationToken cancel)
    {
        while (await database.ReadAsync<SuspensionItem>(CosmosContainers.Suspensions, id, id, cancel) is { Value.AuditOwed: { Count: > 0 } owed } item)
        {
            foreach (var note in owed)
            {
                await audit.AppendOnceAsync(note.Note, note.Act, cancel);
            }

            var settled = item.Value with { AuditOwed = [] };
            await database.ReplaceAsync(CosmosContainers.Suspensions, id, id, settled, item.Etag, cancel, settled.Fields);
        }
    }

    private async Task<bool> ChangeAsync(string id, Func<SuspensionItem, SuspensionItem?> change, CancellationToken cancel)
    {
        var changed = false;
        await database.ChangeAsync<SuspensionItem>(CosmosContainers.Suspensions, id, id, item =>
        {
            var after = item is null ? null : change(item);
            changed = after is not null;
            return after;
        }, item => item.Fields, cancel);
        return changed;
    }
}
