using System.Text.Json.Nodes;
using MaritimeWatch.Alerts;
using MaritimeWatch.Detection;
using MaritimeWatch.Registry;
using MaritimeWatch.Units;

namespace MaritimeWatch.Storage.Cosmos;

/// <summary>A registry file, or a subscription, with all that a change of it writes: one item, so one write is the transaction.</summary>
/// <param name="File">The file; null for a subscription.</param>
/// <param name="Subscription">The subscription; null for a file, and for a subscription that ended and owes its note.</param>
/// <param name="Notices">Notices of the file, oldest first.</param>
/// <param name="Mails">Mails owed and sent, in the order they came to be owed.</param>
/// <param name="AuditOwed">Notes not yet on the chain, by the act they are made for.</param>
/// <param name="CandidatesOwed">Vessels not yet on the list of those to be judged.</param>
internal sealed record RegistryItem(RegistryFile? File, RegistrySubscription? Subscription, List<RegistryNotice> Notices, List<OutboxMail> Mails, List<OwedNote> AuditOwed, List<Candidate> CandidatesOwed)
{
    /// <summary>Stands where no deadline runs: a query compares numbers only.</summary>
    private const long Never = 253_402_300_799_000;

    public (string, JsonNode?)[] Fields =>
    [
        ("kind", File is not null ? "file" : Subscription is not null ? "subscription" : "ended"), ("flag", File?.Flag.Code), ("hull", File?.HullId), ("deadline", File?.NextDeadline()?.ToUnixTimeMilliseconds() ?? Never),
        ("owes", AuditOwed.Count + CandidatesOwed.Count > 0 || Mails.Exists(m => m.State == MailState.Pending)), ("mails", Mails.Count > 0),
    ];
}

/// <summary>
/// Questions to registers and their statements, notices, mails and subscriptions. Claims are written before the file, since a
/// claim whose statement is not in force is not heard; what the write owes is settled at once, or by the next round of delivery.
/// </summary>
public sealed class CosmosRegistryStore(CosmosDatabase database, CosmosAuditStore audit) : IRegistryStore
{
    private readonly CosmosIdentityStore identities = new(database);

    /// <exception cref="ArgumentException">The change adds no event, so a second one could not be told from it.</exception>
    /// <exception cref="StoreException">A mail names a notice that is not there, or a notice stands already; nothing was written.</exception>
    public async ValueTask<bool> ApplyAsync(RegistryChange change, CancellationToken cancel = default)
    {
        change.Check();
        var id = change.File.Id;
        var before = await ReadAsync(id, cancel);
        if ((before?.Value.File?.History.Count ?? 0) != change.EventsBefore)
        {
            return false;
        }

        var after = After(before?.Value, change);
        await identities.AddAsync(change.Claims, cancel);
        var written = before is null
            ? await database.CreateAsync(CosmosContainers.Registry, id, id, after, cancel, after.Fields)
            : await database.ReplaceAsync(CosmosContainers.Registry, id, id, after, before.Etag, cancel, after.Fields);
        if (!written)
        {
            // Somebody wrote between: if only a mail was marked or a note settled, the file has not moved on.
            return (await ReadAsync(id, cancel))?.Value.File?.History.Count == change.EventsBefore && await ApplyAsync(change, cancel);
        }

        await SettleAsync(id, cancel);
        return true;
    }

    public async ValueTask<RegistryFile?> FindAsync(string fileId, CancellationToken cancel = default) => (await ReadAsync(fileId, cancel))?.Value.File;

    public ValueTask<IReadOnlyList<RegistryFile>> OfFlagAsync(FlagState flag, CancellationToken cancel = default) => FilesAsync("AND c.flag = @flag", cancel, ("@flag", flag.Code));

    public async ValueTask<IReadOnlyList<RegistryFile>> OfHullsAsync(IReadOnlyCollection<string> hullIds, CancellationToken cancel = default)
    {
        var files = new List<RegistryFile>();
        foreach (var hull in hullIds.Distinct())
        {
            files.AddRange(await FilesAsync("AND c.hull = @hull", cancel, ("@hull", hull)));
        }

        return [.. files.OrderBy(f => f.Id, StringComparer.Ordinal)];
    }

    public ValueTask<IReadOnlyList<RegistryFile>> AllAsync(CancellationToken cancel = default) => FilesAsync("", cancel);

    public async ValueTask<IReadOnlyList<RegistryFile>> OverdueAsync(DateTimeOffset now, CancellationToken cancel = default) =>
        [.. (await FilesAsync("AND c.deadline <= @now", cancel, ("@now", now.ToUnixTimeMilliseconds()))).Where(f => f.NextDeadline() < now)];

    public async ValueTask<RegistryNotice?> NoticeAsync(string noticeId, CancellationToken cancel = default) => (await NoticesOfAsync(RegistryRules.FileOf(noticeId), cancel)).FirstOrDefault(n => n.Id == noticeId);

    public async ValueTask<IReadOnlyList<RegistryNotice>> NoticesOfAsync(string fileId, CancellationToken cancel = default) => (await ReadAsync(fileId, cancel))?.Value.Notices ?? [];

    public async ValueTask SubscribeAsync(RegistrySubscription subscription, AuditNote audit, CancellationToken cancel = default)
    {
        var item = new RegistryItem(null, subscription, [], [], [new OwedNote($"{IdOf(subscription.Id)}:begun", audit)], []);
        if (await database.CreateAsync(CosmosContainers.Registry, IdOf(subscription.Id), IdOf(subscription.Id), item, cancel, item.Fields))
        {
            await SettleAsync(IdOf(subscription.Id), cancel);
        }
    }

    public async ValueTask<bool> UnsubscribeAsync(string subscriptionId, AuditNote audit, CancellationToken cancel = default)
    {
        var (id, known) = (IdOf(subscriptionId), false);
        await database.ChangeAsync<RegistryItem>(
            CosmosContainers.Registry,
            id,
            id,
            item => (known = item?.Subscription is not null) ? item! with { Subscription = null, AuditOwed = [.. item.AuditOwed, new OwedNote($"{id}:ended", audit)] } : null,
            item => item.Fields,
            cancel);
        await SettleAsync(id, cancel);
        return known;
    }

    public async ValueTask<IReadOnlyList<RegistrySubscription>> SubscriptionsAsync(CancellationToken cancel = default)
    {
        var subscriptions = new List<RegistrySubscription>();
        await foreach (var item in database.QueryAsync<RegistryItem>(CosmosContainers.Registry, null, "WHERE c.kind = 'subscription'", null, cancel))
        {
            subscriptions.Add(item.Value.Subscription!);
        }

        return [.. subscriptions.OrderBy(s => s.At).ThenBy(s => s.Id, StringComparer.Ordinal)];
    }

    /// <summary>Puts the notes an item owes on the audit chain, each once, and its candidates on the list; one that ended goes after that.</summary>
    internal async Task SettleAsync(string id, CancellationToken cancel)
    {
        while (await ReadAsync(id, cancel) is { } item && (item.Value.AuditOwed.Count + item.Value.CandidatesOwed.Count > 0 || item.Value is { File: null, Subscription: null }))
        {
            foreach (var note in item.Value.AuditOwed)
            {
                await audit.AppendOnceAsync(note.Note, note.Act, cancel);
            }

            await CosmosFeedStore.AddCandidatesAsync(database, item.Value.CandidatesOwed, null, 0, cancel);
            if (item.Value is { File: null, Subscription: null })
            {
                await database.DeleteAsync(CosmosContainers.Registry, id, id, item.Etag, cancel);
                continue;
            }

            var settled = item.Value with { AuditOwed = [], CandidatesOwed = [] };
            await database.ReplaceAsync(CosmosContainers.Registry, id, id, settled, item.Etag, cancel, settled.Fields);
        }
    }

    /// <summary>Writes a file of another store as it is.</summary>
    internal static Task PutAsync(CosmosDatabase database, RegistryRecord record, CancellationToken cancel) => database.ChangeAsync<RegistryItem>(
        CosmosContainers.Registry,
        record.File.Id,
        record.File.Id,
        known => known is not null && known.Notices.Exists(a => record.Notices.Any(b => b.Id == a.Id && StoreJson.Write(a) != StoreJson.Write(b)))
            ? throw new StoreException($"The store {database.Place} has another notice under the registry file {record.File.Id}. Copy into an empty store.")
            : new RegistryItem(record.File, null, [.. record.Notices], [.. record.Mails], known?.AuditOwed ?? [], known?.CandidatesOwed ?? []),
        item => item.Fields,
        cancel);

    internal static Task PutAsync(CosmosDatabase database, RegistrySubscription subscription, CancellationToken cancel) => database.ChangeAsync<RegistryItem>(
        CosmosContainers.Registry, IdOf(subscription.Id), IdOf(subscription.Id), known => known is null ? new RegistryItem(null, subscription, [], [], [], []) : null, item => item.Fields, cancel);

    private static string IdOf(string subscriptionId) => $"subscription:{subscriptionId}";

    private Task<Held<RegistryItem>?> ReadAsync(string id, CancellationToken cancel) => database.ReadAsync<RegistryItem>(CosmosContainers.Registry, id, id, cancel);

    private async ValueTask<IReadOnlyList<RegistryFile>> FilesAsync(string tail, CancellationToken cancel, params (string Name, object Value)[] values)
    {
        var files = new List<RegistryFile>();
        await foreach (var item in database.QueryAsync<RegistryItem>(CosmosContainers.Registry, null, $"WHERE c.kind = 'file' {tail}", null, cancel, values))
        {
            files.Add(item.Value.File!);
        }

        return [.. files.OrderBy(f => f.Id, StringComparer.Ordinal)];
    }

    private RegistryItem After(RegistryItem? before, RegistryChange change)
    {
        var notices = new List<RegistryNotice>(before?.Notices ?? []);
        foreach (var notice in change.Notices)
        {
            if (notices.Exists(n => n.Id == notice.Id))
            {
                throw new StoreException($"The store {database.Place} refused notice {notice.Id}, which stands already; nothing was written.");
            }

            notices.Add(notice);
        }

        var mails = new List<OutboxMail>(before?.Mails ?? []);
        foreach (var mail in change.Mails.Where(mail => !mails.Exists(m => m.Key == mail.Key)))
        {
            if (!notices.Exists(n => n.Id == mail.AlertId))
            {
                throw new StoreException($"The store {database.Place} refused a mail of notice {mail.AlertId}, which is not kept; nothing was written.");
            }

            mails.Add(mail);
        }

        var owed = new OwedNote($"{change.File.Id}:{change.File.History.Count}", change.Audit);
        return new RegistryItem(change.File, null, notices, mails, [.. before?.AuditOwed ?? [], owed], [.. before?.CandidatesOwed ?? [], .. change.Candidates]);
    }
}
