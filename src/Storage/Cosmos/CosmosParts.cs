using MaritimeWatch.Cases;
using MaritimeWatch.Detection;
using MaritimeWatch.Identity;
using MaritimeWatch.Records;
using MaritimeWatch.Registry;
using MaritimeWatch.Rules;
using MaritimeWatch.Storage.Chunks;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Storage.Cosmos;

/// <summary>The distributed store as parts of a copy.</summary>
internal sealed class CosmosParts(CosmosDatabase database, CosmosAuditStore audit, CosmosFindingStore findings, IFeedStore feeds) : IStoreParts
{
    public IAsyncEnumerable<Account> AccountsAsync(CancellationToken cancel) => CosmosAccountStore.AllAsync(database, null, cancel).Select(a => a.Value);

    public IAsyncEnumerable<Candidate> CandidatesAsync(CancellationToken cancel) => database.QueryAsync<CandidateItem>(CosmosContainers.Candidates, null, "", null, cancel).Select(c => c.Value.Candidate);

    public IAsyncEnumerable<Listing> ListingsAsync(CancellationToken cancel) => CosmosIdentityStore.AllAsync<Listing>(database, "listing", cancel).Select(l => l.Value);

    public IAsyncEnumerable<StoredFinding> RevisionsAsync(CancellationToken cancel) => CosmosFindingStore.AllAsync(database, cancel).Select(f => f.Value);

    public Task PutAsync(StoredFinding revision, CancellationToken cancel) => findings.ImportAsync(revision, cancel);

    public Task PutAsync(CaseRecord record, CancellationToken cancel) => database.ChangeAsync<CaseItem>(
        CosmosContainers.Cases,
        record.File.Id,
        record.File.Id,
        known => known is not null && known.Alerts.Any(a => record.Alerts.Any(b => b.Id == a.Id && StoreJson.Write(a) != StoreJson.Write(b)))
            ? throw new StoreException($"The store {database.Place} has another alert under the case {record.File.Id}. Copy into an empty store.")
            : new CaseItem(record.File, [.. record.Alerts], [.. record.Mails], known?.AuditOwed ?? []),
        item => item.Fields,
        cancel);

    public Task PutAsync(RegistryRecord record, CancellationToken cancel) => CosmosRegistryStore.PutAsync(database, record, cancel);

    public Task PutAsync(RegistrySubscription subscription, CancellationToken cancel) => CosmosRegistryStore.PutAsync(database, subscription, cancel);

    public Task PutAsync(DrawnArea area, CancellationToken cancel) => CosmosRuleStore.PutAsync(database, new RuleItem(area, null, null), cancel);

    public Task PutAsync(WatchRule rule, CancellationToken cancel) => CosmosRuleStore.PutAsync(database, new RuleItem(null, rule, null), cancel);

    public Task PutAsync(Suspension suspension, CancellationToken cancel) => CosmosSuspensionStore.PutAsync(database, suspension, cancel);

    public Task PutAsync(ApiKey key, CancellationToken cancel) => CosmosKeyStore.PutAsync(database, key, cancel);

    public Task PutAsync(AuditEntry entry, CancellationToken cancel) => audit.ImportAsync(entry, cancel);

    public async Task PutAsync(FeedCheckpoint checkpoint, CancellationToken cancel)
    {
        var known = await CosmosFeedStore.ItemAsync(database, checkpoint.Feed, cancel);
        await CosmosFeedStore.MoveAsync(database, known, new FeedItem(checkpoint, known?.Value.Commits ?? 0, known?.Value.Seq ?? 0, null), cancel);
    }

    public Task PutAsync(IReadOnlyList<Candidate> candidates, CancellationToken cancel) => CosmosFeedStore.AddCandidatesAsync(database, candidates, null, 0, cancel);

    public async Task PutAsync(string feed, IReadOnlyList<Rejection> rejections, CancellationToken cancel)
    {
        if ((await feeds.RejectionsOfAsync(feed, 1, cancel)).Count == 0)
        {
            await CosmosFeedStore.AddRejectionsAsync(database, new IntakeBatch { Feed = feed, Count = new IntakeCount(), Rejections = rejections, LastReceived = TimeProvider.System.GetUtcNow() }, 0, cancel);
        }
    }

    public Task PutAsync(IReadOnlyList<(Mmsi Mmsi, Fix Fix)> fixes, CancellationToken cancel) => CosmosHours.CloseAsync(
        database, [.. from f in fixes group f by VesselHour.Of(f.Fix) into hour select (hour.Key, hour.GroupBy(f => f.Mmsi, f => f.Fix).ToDictionary(v => v.Key, v => v.ToList()))], cancel);
}
