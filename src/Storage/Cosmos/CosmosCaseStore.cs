using System.Text.Json.Nodes;
using MaritimeWatch.Alerts;
using MaritimeWatch.Cases;

namespace MaritimeWatch.Storage.Cosmos;

/// <summary>A case with all that a change of it writes: one item, so one write is the transaction.</summary>
/// <param name="File">The case.</param>
/// <param name="Alerts">Its alerts, first revision first.</param>
/// <param name="Mails">Mails owed and sent, in the order they came to be owed.</param>
/// <param name="AuditOwed">Notes not yet on the chain, by the act they are made for.</param>
internal sealed record CaseItem(CaseFile File, List<Alert> Alerts, List<OutboxMail> Mails, List<OwedNote> AuditOwed)
{
    public (string, JsonNode?)[] Fields =>
        [("opened", File.OpenedAt.ToUnixTimeMilliseconds()), ("owes", AuditOwed.Count > 0 || Mails.Exists(m => m.State == MailState.Pending)), ("mails", Mails.Count > 0)];
}

/// <summary>A note that a change of a case owes to the audit chain.</summary>
internal sealed record OwedNote(string Act, AuditNote Note);

/// <summary>Cases, their alerts and the mails owed for them. The audit note of a change is owed by the same write and settled at once, or by the next round of delivery.</summary>
public sealed class CosmosCaseStore(CosmosDatabase database, CosmosAuditStore audit) : ICaseStore
{
    /// <exception cref="ArgumentException">The change adds no event, so a second one could not be told from it.</exception>
    /// <exception cref="StoreException">A mail names an alert that is not there, or the alert stands already; nothing was written.</exception>
    public async ValueTask<bool> ApplyAsync(CaseChange change, CancellationToken cancel = default)
    {
        if (change.File.History.Count <= change.EventsBefore)
        {
            throw new ArgumentException($"A change adds an event: expected more than {change.EventsBefore}, found {change.File.History.Count}.", nameof(change));
        }

        var id = change.File.Id;
        var before = await ReadAsync(id, cancel);
        if ((before?.Value.File.History.Count ?? 0) != change.EventsBefore)
        {
            return false;
        }

        var after = After(before?.Value, change);
        var written = before is null
            ? await database.CreateAsync(CosmosContainers.Cases, id, id, after, cancel, after.Fields)
            : await database.ReplaceAsync(CosmosContainers.Cases, id, id, after, before.Etag, cancel, after.Fields);
        if (!written)
        {
            // Somebody wrote between: if only a mail was marked or a note settled, the case has not moved on.
            return (await ReadAsync(id, cancel))?.Value.File.History.Count == change.EventsBefore && await ApplyAsync(change, cancel);
        }

        await SettleAsync(id, cancel);
        return true;
    }

    public async ValueTask<CaseFile?> FindAsync(string id, CancellationToken cancel = default) => (await ReadAsync(id, cancel))?.Value.File;

    public async ValueTask<IReadOnlyList<CaseFile>> AllAsync(int limit, CancellationToken cancel = default)
    {
        var cases = new List<CaseFile>();
        await foreach (var item in database.QueryAsync<CaseItem>(CosmosContainers.Cases, null, "ORDER BY c.opened DESC", Math.Max(1, limit), cancel))
        {
            cases.Add(item.Value.File);
        }

        return limit <= 0 ? [] : [.. cases.OrderByDescending(c => c.OpenedAt).ThenBy(c => c.Id, StringComparer.Ordinal)];
    }

    public async ValueTask<Alert?> AlertAsync(string alertId, CancellationToken cancel = default) => (await AlertsOfAsync(CaseOf(alertId), cancel)).FirstOrDefault(a => a.Id == alertId);

    public async ValueTask<IReadOnlyList<Alert>> AlertsOfAsync(string caseId, CancellationToken cancel = default) => (await ReadAsync(caseId, cancel))?.Value.Alerts ?? [];

    /// <summary>The case an alert belongs to: its id without the revision.</summary>
    internal static string CaseOf(string alertId) => alertId.LastIndexOf('-') is > 0 and var end ? alertId[..end] : alertId;

    /// <summary>Puts the notes a case owes on the audit chain, each once.</summary>
    internal async Task SettleAsync(string id, CancellationToken cancel)
    {
        while (await ReadAsync(id, cancel) is { Value.AuditOwed: { Count: > 0 } owed } item)
        {
            foreach (var note in owed)
            {
                await audit.AppendOnceAsync(note.Note, note.Act, cancel);
            }

            var settled = item.Value with { AuditOwed = [] };
            await database.ReplaceAsync(CosmosContainers.Cases, id, id, settled, item.Etag, cancel, settled.Fields);
        }
    }

    private Task<Held<CaseItem>?> ReadAsync(string id, CancellationToken cancel) => database.ReadAsync<CaseItem>(CosmosContainers.Cases, id, id, cancel);

    private CaseItem After(CaseItem? before, CaseChange change)
    {
        var alerts = new List<Alert>(before?.Alerts ?? []);
        if (change.Alert is { } alert)
        {
            if (alerts.Exists(a => a.Id == alert.Id))
            {
                throw new StoreException($"The store {database.Place} refused alert {alert.Id}, which stands already; nothing was written.");
            }

            alerts.Add(alert);
        }

        var mails = new List<OutboxMail>(before?.Mails ?? []);
        foreach (var mail in change.Mails.Where(mail => !mails.Exists(m => m.Key == mail.Key)))
        {
            if (!alerts.Exists(a => a.Id == mail.AlertId))
            {
                throw new StoreException($"The store {database.Place} refused a mail of alert {mail.AlertId}, which is not kept; nothing was written.");
            }

            mails.Add(mail);
        }

        return new CaseItem(change.File, alerts, mails, [.. before?.AuditOwed ?? [], new OwedNote($"{change.File.Id}:{change.File.History.Count}", change.Audit)]);
    }
}
