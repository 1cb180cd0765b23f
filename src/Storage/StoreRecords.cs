using System.Globalization;
using System.Runtime.CompilerServices;
using MaritimeWatch.Alerts;
using MaritimeWatch.Cases;
using MaritimeWatch.Detection;
using MaritimeWatch.Identity;
using MaritimeWatch.Records;
using MaritimeWatch.Registry;
using MaritimeWatch.Rules;
using MaritimeWatch.Storage.Chunks;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Storage;

/// <summary>What a store adds to its interfaces so that it can be copied.</summary>
internal interface IStoreParts
{
    IAsyncEnumerable<Account> AccountsAsync(CancellationToken cancel);

    /// <summary>Each vessel that waits for a judgement, once for each kind; asking takes none off the list.</summary>
    IAsyncEnumerable<Candidate> CandidatesAsync(CancellationToken cancel);

    IAsyncEnumerable<Listing> ListingsAsync(CancellationToken cancel);

    IAsyncEnumerable<StoredFinding> RevisionsAsync(CancellationToken cancel);

    /// <summary>Writes a revision under its number.</summary>
    Task PutAsync(StoredFinding revision, CancellationToken cancel);

    /// <summary>Writes a case as it is. An alert that stands with another content is refused.</summary>
    Task PutAsync(CaseRecord record, CancellationToken cancel);

    /// <summary>Writes a registry file as it is. A notice that stands with another content is refused.</summary>
    Task PutAsync(RegistryRecord record, CancellationToken cancel);

    Task PutAsync(RegistrySubscription subscription, CancellationToken cancel);

    /// <summary>Writes a version of an area as it is; refused when another stands under its number.</summary>
    Task PutAsync(DrawnArea area, CancellationToken cancel);

    /// <summary>Writes a version of a rule as it is; refused when another stands under its number.</summary>
    Task PutAsync(WatchRule rule, CancellationToken cancel);

    Task PutAsync(Suspension suspension, CancellationToken cancel);

    /// <summary>Keeps a key as it is.</summary>
    Task PutAsync(ApiKey key, CancellationToken cancel);

    /// <summary>Writes an audit entry under its number and hash; refused when another stands there.</summary>
    Task PutAsync(AuditEntry entry, CancellationToken cancel);

    Task PutAsync(FeedCheckpoint checkpoint, CancellationToken cancel);

    Task PutAsync(IReadOnlyList<Candidate> candidates, CancellationToken cancel);

    /// <summary>Keeps rejections of a feed that has none yet, oldest first.</summary>
    Task PutAsync(string feed, IReadOnlyList<Rejection> rejections, CancellationToken cancel);

    /// <summary>Merges fixes into closed hours.</summary>
    Task PutAsync(IReadOnlyList<(Mmsi Mmsi, Fix Fix)> fixes, CancellationToken cancel);
}

/// <summary>A case with its alerts and mails, as it goes from store to store.</summary>
internal sealed record CaseRecord(CaseFile File, IReadOnlyList<Alert> Alerts, IReadOnlyList<OutboxMail> Mails);

/// <summary>A rejection with its feed, as it goes from store to store.</summary>
internal sealed record RejectionRecord(string Feed, Rejection Rejection);

/// <summary>The form in which records go from store to store: the same bytes whatever store they come from.</summary>
internal static class StoreRecords
{
    private const string AccountKind = "account", AreaKind = "area", AuditKind = "audit", CandidateKindName = "candidate", CaseKind = "case", CheckpointKind = "checkpoint", ClaimKind = "claim", DecisionKind = "decision", FindingKindName = "finding",
        InspectionKind = "inspection", KeyKind = "key", ListingKind = "listing", ReceptionKind = "reception", RegistryKind = "registry", RejectionKind = "rejection", RuleKind = "rule", SubscriptionKindName = "subscription", SuspensionKind = "suspension", TrackKind = "track";

    private const int Page = 1000;

    public static async IAsyncEnumerable<StoreRecord> ExportAsync(IStore store, IStoreParts parts, [EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var record in await SortedAsync(AccountKind, parts.AccountsAsync(cancel), a => a.Name.ToUpperInvariant(), cancel))
        {
            yield return record;
        }

        foreach (var area in await store.Rules.AreasAsync(cancel))
        {
            yield return new StoreRecord(AreaKind, $"{area.Id} {Number(area.Version)}", StoreJson.Write(area));
        }

        IReadOnlyList<AuditEntry> entries = [];
        do
        {
            entries = await store.Audit.AfterAsync(entries.Count == 0 ? 0 : entries[^1].Number, Page, cancel);
            foreach (var entry in entries)
            {
                yield return new StoreRecord(AuditKind, Number(entry.Number), StoreJson.Write(entry));
            }
        }
        while (entries.Count == Page);

        foreach (var record in await SortedAsync(CandidateKindName, parts.CandidatesAsync(cancel), c => $"{c.Mmsi} {c.Kind}", cancel))
        {
            yield return record;
        }

        var mails = (await store.Outbox.AllAsync(int.MaxValue, cancel)).ToLookup(m => m.AlertId, StringComparer.Ordinal);
        foreach (var file in (await store.Cases.AllAsync(int.MaxValue, cancel)).OrderBy(c => c.Id, StringComparer.Ordinal))
        {
            var alerts = await store.Cases.AlertsOfAsync(file.Id, cancel);
            yield return new StoreRecord(CaseKind, file.Id, StoreJson.Write(new CaseRecord(file, alerts, [.. alerts.SelectMany(a => mails[a.Id]).OrderBy(m => m.Key, StringComparer.Ordinal)])));
        }

        var checkpoints = await store.Feeds.CheckpointsAsync(cancel);
        foreach (var checkpoint in checkpoints.OrderBy(c => c.Feed, StringComparer.Ordinal))
        {
            yield return new StoreRecord(CheckpointKind, checkpoint.Feed, StoreJson.Write(checkpoint));
        }

        foreach (var record in await SortedAsync(ClaimKind, store.Identities.AllClaimsAsync(cancel), c => c.Id, cancel))
        {
            yield return record;
        }

        foreach (var decision in (await store.Identities.DecisionsAsync(cancel)).OrderBy(d => d.Id, StringComparer.Ordinal))
        {
            yield return new StoreRecord(DecisionKind, decision.Id, StoreJson.Write(decision));
        }

        foreach (var record in await SortedAsync(FindingKindName, parts.RevisionsAsync(cancel), f => $"{f.Finding.Id} {Number(f.Revision)}", cancel))
        {
            yield return record;
        }

        foreach (var record in await SortedAsync(InspectionKind, store.Identities.AllInspectionsAsync(cancel), i => i.Id, cancel))
        {
            yield return record;
        }

        foreach (var key in (await store.Keys.AllAsync(cancel)).OrderBy(k => k.Id, StringComparer.Ordinal))
        {
            yield return new StoreRecord(KeyKind, key.Id, StoreJson.Write(key));
        }

        foreach (var record in await SortedAsync(ListingKind, parts.ListingsAsync(cancel), l => l.Id, cancel))
        {
            yield return record;
        }

        foreach (var sheet in await store.Reception.LoadAsync(cancel))
        {
            yield return new StoreRecord(ReceptionKind, Number(sheet.Number), StoreJson.Write(sheet));
        }

        foreach (var file in await store.Registry.AllAsync(cancel))
        {
            var notices = await store.Registry.NoticesOfAsync(file.Id, cancel);
            yield return new StoreRecord(RegistryKind, file.Id, StoreJson.Write(new RegistryRecord(file, notices, [.. notices.SelectMany(n => mails[n.Id]).OrderBy(m => m.Key, StringComparer.Ordinal)])));
        }

        foreach (var feed in checkpoints.Select(c => c.Feed).Order(StringComparer.Ordinal))
        {
            foreach (var (rejection, place) in (await store.Feeds.RejectionsOfAsync(feed, int.MaxValue, cancel)).Reverse().Select((r, i) => (r, i)))
            {
                yield return new StoreRecord(RejectionKind, $"{feed} {Number(place)}", StoreJson.Write(new RejectionRecord(feed, rejection)));
            }
        }

        foreach (var rule in await store.Rules.RulesAsync(cancel))
        {
            yield return new StoreRecord(RuleKind, $"{rule.Id} {Number(rule.Version)}", StoreJson.Write(rule));
        }

        foreach (var subscription in (await store.Registry.SubscriptionsAsync(cancel)).OrderBy(s => s.Id, StringComparer.Ordinal))
        {
            yield return new StoreRecord(SubscriptionKindName, subscription.Id, StoreJson.Write(subscription));
        }

        foreach (var suspension in (await store.Suspensions.AllAsync(cancel)).OrderBy(s => s.Id, StringComparer.Ordinal))
        {
            yield return new StoreRecord(SuspensionKind, suspension.Id, StoreJson.Write(suspension));
        }

        await foreach (var (mmsi, fixes) in store.Tracks.FixesDuringAsync(DateTimeOffset.MinValue, DateTimeOffset.MaxValue, cancel))
        {
            foreach (var hour in fixes.GroupBy(VesselHour.Of))
            {
                yield return new StoreRecord(TrackKind, $"{mmsi} {Number(hour.Key)}", Convert.ToBase64String(ChunkCodec.Encode([.. hour])));
            }
        }
    }

    public static async Task ImportAsync(IStore store, IStoreParts parts, IReadOnlyList<StoreRecord> records, CancellationToken cancel)
    {
        List<T> Of<T>(string kind) => [.. records.Where(r => r.Kind == kind).Select(r => StoreJson.Read<T>(r.Body))];

        foreach (var account in Of<Account>(AccountKind))
        {
            await store.Accounts.SaveAsync(account, cancel);
        }

        foreach (var area in Of<DrawnArea>(AreaKind))
        {
            await parts.PutAsync(area, cancel);
        }

        foreach (var entry in Of<AuditEntry>(AuditKind))
        {
            await parts.PutAsync(entry, cancel);
        }

        await parts.PutAsync(Of<Candidate>(CandidateKindName), cancel);
        foreach (var file in Of<CaseRecord>(CaseKind))
        {
            await parts.PutAsync(file, cancel);
        }

        foreach (var checkpoint in Of<FeedCheckpoint>(CheckpointKind))
        {
            await parts.PutAsync(checkpoint, cancel);
        }

        await store.Identities.AddClaimsAsync(Of<IdentityClaim>(ClaimKind), cancel);
        await store.Identities.AddDecisionsAsync(Of<HullDecision>(DecisionKind), cancel);
        foreach (var revision in Of<StoredFinding>(FindingKindName))
        {
            await parts.PutAsync(revision, cancel);
        }

        await store.Identities.AddInspectionsAsync(Of<Inspection>(InspectionKind), cancel);
        foreach (var key in Of<ApiKey>(KeyKind))
        {
            await parts.PutAsync(key, cancel);
        }

        await store.Identities.AddListingsAsync(Of<Listing>(ListingKind), cancel);
        await store.Reception.SaveAsync(Of<ReceptionSheet>(ReceptionKind), cancel);
        foreach (var file in Of<RegistryRecord>(RegistryKind))
        {
            await parts.PutAsync(file, cancel);
        }

        foreach (var rule in Of<WatchRule>(RuleKind))
        {
            await parts.PutAsync(rule, cancel);
        }

        foreach (var subscription in Of<RegistrySubscription>(SubscriptionKindName))
        {
            await parts.PutAsync(subscription, cancel);
        }

        foreach (var suspension in Of<Suspension>(SuspensionKind))
        {
            await parts.PutAsync(suspension, cancel);
        }

        foreach (var feed in Of<RejectionRecord>(RejectionKind).GroupBy(r => r.Feed))
        {
            await parts.PutAsync(feed.Key, [.. feed.Select(r => r.Rejection)], cancel);
        }

        await parts.PutAsync([.. records.Where(r => r.Kind == TrackKind).SelectMany(FixesOf)], cancel);
    }

    private static IEnumerable<(Mmsi Mmsi, Fix Fix)> FixesOf(StoreRecord track)
    {
        var (mmsi, fixes) = (Mmsi.Parse(track.Key.Split(' ')[0]), new List<Fix>());
        ChunkCodec.Decode(Convert.FromBase64String(track.Body), fixes);
        return fixes.Select(fix => (mmsi, fix));
    }

    private static async Task<IEnumerable<StoreRecord>> SortedAsync<T>(string kind, IAsyncEnumerable<T> values, Func<T, string> key, CancellationToken cancel)
    {
        var records = new List<StoreRecord>();
        await foreach (var value in values.WithCancellation(cancel))
        {
            records.Add(new StoreRecord(kind, key(value), StoreJson.Write(value)));
        }

        return records.OrderBy(r => r.Key, StringComparer.Ordinal);
    }

    private static string Number(long number) => number.ToString("D12", CultureInfo.InvariantCulture);
}
