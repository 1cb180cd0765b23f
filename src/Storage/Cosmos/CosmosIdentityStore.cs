using System.Globalization;
using System.Text.Json.Nodes;
using MaritimeWatch.Identity;
using MaritimeWatch.Units;

namespace MaritimeWatch.Storage.Cosmos;

/// <summary>
/// Claims of identity and list entries, as each source made them: one item under each number it names, so that the claims of a
/// vessel are one partition, whichever number she is asked by.
/// </summary>
public sealed class CosmosIdentityStore(CosmosDatabase database) : IIdentityStore
{
    /// <summary>Decisions on hulls are few and asked for together: one partition.</summary>
    private const string DecisionsKey = "decisions";

    private const int AtOnce = 8, SecondsBack = 5;

    private readonly SemaphoreSlim knowing = new(1, 1);
    private readonly Dictionary<Mmsi, (IdentityClaim Last, IdentityClaim? Named)> broadcast = [];
    private long knownUpTo;

    public ValueTask AddClaimsAsync(IReadOnlyCollection<IdentityClaim> claims, CancellationToken cancel = default) => new(AddAsync(claims, cancel));

    /// <remarks>Oldest first is by the start of the time a claim speaks of (<see cref="IdentityClaim.From"/>).</remarks>
    public async ValueTask<IReadOnlyList<IdentityClaim>> ClaimsOfAsync(Mmsi? mmsi, ImoNumber? imo, CancellationToken cancel = default)
    {
        var claims = await UnderAsync<IdentityClaim>("claim", mmsi, imo, cancel);
        return [.. claims.DistinctBy(c => c.Id).OrderBy(c => c.From).ThenBy(c => c.FirstSeen).ThenBy(c => c.Id, StringComparer.Ordinal)];
    }

    public ValueTask<IReadOnlyList<IdentityHit>> SearchAsync(string text, int limit, CancellationToken cancel = default) => IdentitySearch.FindAsync(new CosmosSearchIndex(database), text, limit, cancel);

    public async ValueTask<IReadOnlyDictionary<Mmsi, string>> NamesAsync(CancellationToken cancel = default) =>
        await BroadcastAsync(claims => claims.Values.Where(c => !string.IsNullOrEmpty(c.Named?.Name)).ToDictionary(c => c.Named!.Mmsi!.Value, c => c.Named!.Name!), cancel);

    public async ValueTask<IReadOnlyList<IdentityClaim>> LastBroadcastAsync(CancellationToken cancel = default) =>
        await BroadcastAsync(claims => claims.OrderBy(c => c.Key).Select(c => c.Value.Last).ToList(), cancel);

    public IAsyncEnumerable<IdentityClaim> AllClaimsAsync(CancellationToken cancel = default) => AllAsync<IdentityClaim>(database, "claim", cancel).Select(c => c.Value);

    public IAsyncEnumerable<Inspection> AllInspectionsAsync(CancellationToken cancel = default) => AllAsync<Inspection>(database, "inspection", cancel).Select(i => i.Value);

    public ValueTask AddListingsAsync(IReadOnlyCollection<Listing> listings, CancellationToken cancel = default) =>
        KeepAsync("listing", "l", listings, l => (l.Id, l.Mmsi, l.Imo), cancel);

    public async ValueTask<IReadOnlyList<Listing>> ListingsOfAsync(Mmsi? mmsi, ImoNumber? imo, CancellationToken cancel = default) =>
        [.. (await UnderAsync<Listing>("listing", mmsi, imo, cancel)).DistinctBy(l => l.Id).OrderBy(l => l.Id, StringComparer.Ordinal)];

    public ValueTask AddInspectionsAsync(IReadOnlyCollection<Inspection> inspections, CancellationToken cancel = default) =>
        KeepAsync("inspection", "i", inspections, i => (i.Id, i.Mmsi, i.Imo), cancel);

    public async ValueTask<IReadOnlyList<Inspection>> InspectionsOfAsync(Mmsi? mmsi, ImoNumber? imo, CancellationToken cancel = default) =>
        [.. (await UnderAsync<Inspection>("inspection", mmsi, imo, cancel)).DistinctBy(i => i.Id).OrderBy(i => i.Id, StringComparer.Ordinal)];

    public async ValueTask AddDecisionsAsync(IReadOnlyCollection<HullDecision> decisions, CancellationToken cancel = default)
    {
        foreach (var decision in decisions)
        {
            await database.ChangeAsync<HullDecision>(CosmosContainers.Vessels, DecisionsKey, $"d:{CosmosId.Of(decision.Id)}", known => known is null ? decision : null, _ => [("kind", "decision"), ("first", true)], cancel);
        }
    }

    public async ValueTask<IReadOnlyList<HullDecision>> DecisionsAsync(CancellationToken cancel = default)
    {
        var decisions = new List<HullDecision>();
        await foreach (var decision in database.QueryAsync<HullDecision>(CosmosContainers.Vessels, DecisionsKey, "WHERE c.vessel = @key", null, cancel, ("@key", DecisionsKey)))
        {
            decisions.Add(decision.Value);
        }

        return [.. decisions.OrderBy(d => d.At).ThenBy(d => d.Id, StringComparer.Ordinal)];
    }

    /// <remarks>Asked in the text of the records, where JSON lets no other field look like this one: it is a question of few.</remarks>
    public async ValueTask<IReadOnlyList<IdentityClaim>> OfFlagAsync(FlagState flag, CancellationToken cancel = default)
    {
        var claims = new List<IdentityClaim>();
        await foreach (var claim in database.QueryAsync<IdentityClaim>(CosmosContainers.Vessels, null, "WHERE c.kind = 'claim' AND c.first = true AND c.broadcast = false AND CONTAINS(c.body, @flag)", null, cancel, ("@flag", $"\"flag\":\"{flag.Code}\"")))
        {
            claims.Add(claim.Value);
        }

        return [.. claims.Where(c => c.Flag == flag).OrderBy(c => c.From).ThenBy(c => c.Id, StringComparer.Ordinal)];
    }

    private async ValueTask KeepAsync<T>(string kind, string letter, IReadOnlyCollection<T> records, Func<T, (string Id, Mmsi? Mmsi, ImoNumber? Imo)> numbers, CancellationToken cancel)
        where T : notnull => await Parallel.ForEachAsync(
        records,
        new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel },
        async (record, stop) =>
        {
            var (id, mmsi, imo) = numbers(record);
            var keys = KeysOf(mmsi, imo, id);
            foreach (var key in keys)
            {
                await database.UpsertAsync(CosmosContainers.Vessels, key, $"{letter}:{CosmosId.Of(id)}", record, stop, ("kind", kind), ("first", key == keys[0]));
            }
        });

    /// <summary>Every record of a kind, each once, for a copy to another store.</summary>
    internal static IAsyncEnumerable<Held<T>> AllAsync<T>(CosmosDatabase database, string kind, CancellationToken cancel) =>
        database.QueryAsync<T>(CosmosContainers.Vessels, null, "WHERE c.kind = @kind AND c.first = true", null, cancel, ("@kind", kind));

    internal Task AddAsync(IReadOnlyCollection<IdentityClaim> claims, CancellationToken cancel) => Parallel.ForEachAsync(
        claims.GroupBy(c => c.Id, StringComparer.Ordinal),
        new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel },
        async (same, stop) =>
        {
            var claim = same.Aggregate(Widened);
            var keys = KeysOf(claim.Mmsi, claim.Imo, claim.Id);
            foreach (var key in keys)
            {
                await database.ChangeAsync<IdentityClaim>(CosmosContainers.Vessels, key, $"c:{CosmosId.Of(claim.Id)}", known => known is null ? claim : Widened(known, claim) is var wider && wider != known ? wider : null, c => Fields(c, key == keys[0]), stop);
            }
        });

    private static IdentityClaim Widened(IdentityClaim known, IdentityClaim again) => known with
    {
        FirstSeen = again.FirstSeen < known.FirstSeen ? again.FirstSeen : known.FirstSeen,
        LastSeen = again.LastSeen > known.LastSeen ? again.LastSeen : known.LastSeen,
    };

    private static (string, JsonNode?)[] Fields(IdentityClaim claim, bool first) =>
    [
        ("kind", "claim"), ("first", first), ("broadcast", claim.Origin == ClaimOrigin.Broadcast), ("lastSeen", claim.LastSeen.ToUnixTimeMilliseconds()), .. CosmosSearchIndex.Fields(claim),
    ];

    private static List<string> KeysOf(Mmsi? mmsi, ImoNumber? imo, string id)
    {
        var keys = new List<string>();
        if (mmsi is { } m)
        {
            keys.Add(KeyOf(m));
        }

        if (imo is { } i)
        {
            keys.Add(KeyOf(i));
        }

        return keys.Count > 0 ? keys : [$"id:{CosmosId.Of(id)}"];
    }

    internal static string KeyOf(Mmsi mmsi) => $"mmsi:{CosmosTrackStore.KeyOf(mmsi)}";

    internal static string KeyOf(ImoNumber imo) => $"imo:{imo.Number.ToString("D7", CultureInfo.InvariantCulture)}";

    /// <summary>Asks what is broadcast. It is kept in memory; a call asks the service only for what changed since the last one.</summary>
    private async Task<T> BroadcastAsync<T>(Func<Dictionary<Mmsi, (IdentityClaim Last, IdentityClaim? Named)>, T> question, CancellationToken cancel)
    {
        await knowing.WaitAsync(cancel);
        try
        {
            await foreach (var item in database.SelectAsync(CosmosContainers.Vessels, null, "c.id, c.body, c._etag, c._ts", "WHERE c.broadcast = true AND c.first = true AND c._ts >= @since", null, cancel, ("@since", knownUpTo - SecondsBack)))
            {
                var claim = CosmosDatabase.HeldOf<IdentityClaim>(item).Value;
                knownUpTo = Math.Max(knownUpTo, item.GetProperty("_ts").GetInt64());
                if (claim.Mmsi is { } mmsi)
                {
                    var known = broadcast.TryGetValue(mmsi, out var found) ? found : (claim, null);
                    var named = !string.IsNullOrEmpty(claim.Name) && (known.Named is null || claim.LastSeen >= known.Named.LastSeen) ? claim : known.Named;
                    broadcast[mmsi] = (IdentityText.TellsLater(claim, known.Last) ? claim : known.Last, named);
                }
            }

            return question(broadcast);
        }
        finally
        {
            knowing.Release();
        }
    }

    private async Task<List<T>> UnderAsync<T>(string kind, Mmsi? mmsi, ImoNumber? imo, CancellationToken cancel)
    {
        var found = new List<T>();
        foreach (var key in new[] { mmsi is { } m ? KeyOf(m) : null, imo is { } i ? KeyOf(i) : null }.OfType<string>())
        {
            await foreach (var item in database.QueryAsync<T>(CosmosContainers.Vessels, key, "WHERE c.vessel = @key AND c.kind = @kind", null, cancel, ("@key", key), ("@kind", kind)))
            {
                found.Add(item.Value);
            }
        }

        return found;
    }
}
