using System.Globalization;
using System.Text.Json.Nodes;
using MaritimeWatch.Rules;

namespace MaritimeWatch.Storage.Cosmos;

/// <summary>A version of an area or of a rule, with the note of its saving until that is on the chain: one item, so one write is the transaction.</summary>
internal sealed record RuleItem(DrawnArea? Area, WatchRule? Rule, OwedNote? AuditOwed)
{
    /// <summary>Names the area or rule: the partition of its versions.</summary>
    public string Key => Area is not null ? $"area:{Area.Id}" : $"rule:{Rule!.Id}";

    public string Id => CosmosRuleStore.IdOf(Area?.Version ?? Rule!.Version);

    public (string, JsonNode?)[] Fields => [("kind", Area is not null ? "area" : "rule"), ("owes", AuditOwed is not null)];
}

/// <summary>Versions of rules and drawn areas. A version's id is its number, so of two who save at once one is refused; the audit note is settled at once, or by the next round of delivery.</summary>
public sealed class CosmosRuleStore(CosmosDatabase database, CosmosAuditStore audit) : IRuleStore
{
    public ValueTask<bool> SaveAsync(DrawnArea area, AuditNote audit, CancellationToken cancel = default) => SaveAsync(new RuleItem(area, null, new OwedNote($"area:{area.Id}:{area.Version}", audit)), area.Version, cancel);

    public ValueTask<bool> SaveAsync(WatchRule rule, AuditNote audit, CancellationToken cancel = default) => SaveAsync(new RuleItem(null, rule, new OwedNote($"rule:{rule.Id}:{rule.Version}", audit)), rule.Version, cancel);

    public async ValueTask<DrawnArea?> AreaAsync(AreaVersion version, CancellationToken cancel = default) =>
        (await database.ReadAsync<RuleItem>(CosmosContainers.Rules, $"area:{version.Id}", IdOf(version.Version), cancel))?.Value.Area;

    public async ValueTask<IReadOnlyList<DrawnArea>> AreasAsync(CancellationToken cancel = default) =>
        [.. (await AllAsync("area", cancel)).Select(i => i.Area!).OrderBy(a => a.Id, StringComparer.Ordinal).ThenBy(a => a.Version)];

    public async ValueTask<IReadOnlyList<WatchRule>> RulesAsync(CancellationToken cancel = default) =>
        [.. (await AllAsync("rule", cancel)).Select(i => i.Rule!).OrderBy(r => r.Id, StringComparer.Ordinal).ThenBy(r => r.Version)];

    /// <summary>Puts the notes that versions owe on the audit chain, each once.</summary>
    internal async Task SettleAsync(CancellationToken cancel)
    {
        await foreach (var item in database.QueryAsync<RuleItem>(CosmosContainers.Rules, null, "WHERE c.owes = true", null, cancel))
        {
            await SettleAsync(item.Value, item.Etag, cancel);
        }
    }

    /// <summary>Writes a version of another store as it is.</summary>
    /// <exception cref="StoreException">Another stands under its number.</exception>
    internal static async Task PutAsync(CosmosDatabase database, RuleItem item, CancellationToken cancel)
    {
        if (!await database.CreateAsync(CosmosContainers.Rules, item.Key, item.Id, item, cancel, item.Fields)
            && await database.ReadAsync<RuleItem>(CosmosContainers.Rules, item.Key, item.Id, cancel) is { } known && StoreJson.Write(known.Value with { AuditOwed = null }) != StoreJson.Write(item))
        {
            throw new StoreException($"The store {database.Place} has another version under {item.Key} {item.Id}. Copy into an empty store.");
        }
    }

    internal static string IdOf(int version) => $"v:{version.ToString("D6", CultureInfo.InvariantCulture)}";

    private async ValueTask<bool> SaveAsync(RuleItem item, int version, CancellationToken cancel)
    {
        if ((version > 1 && await database.ReadAsync<RuleItem>(CosmosContainers.Rules, item.Key, IdOf(version - 1), cancel) is null)
            || version < 1 || !await database.CreateAsync(CosmosContainers.Rules, item.Key, item.Id, item, cancel, item.Fields))
        {
            return false;
        }

        if (await database.ReadAsync<RuleItem>(CosmosContainers.Rules, item.Key, item.Id, cancel) is { } written)
        {
            await SettleAsync(written.Value, written.Etag, cancel);
        }

        return true;
    }

    private async Task SettleAsync(RuleItem item, string etag, CancellationToken cancel)
    {
        if (item.AuditOwed is { } owed)
        {
            await audit.AppendOnceAsync(owed.Note, owed.Act, cancel);
            var settled = item with { AuditOwed = null };
            // False means another process settled it in the same moment.
            await database.ReplaceAsync(CosmosContainers.Rules, item.Key, item.Id, settled, etag, cancel, settled.Fields);
        }
    }

    private async Task<List<RuleItem>> AllAsync(string kind, CancellationToken cancel)
    {
        var items = new List<RuleItem>();
        await foreach (var item in database.QueryAsync<RuleItem>(CosmosContainers.Rules, null, "WHERE c.kind = @kind", null, cancel, ("@kind", kind)))
        {
            items.Add(item.Value);
        }

        return items;
    }
}
