using MaritimeWatch.Alerts;
using MaritimeWatch.Registry;

namespace MaritimeWatch.Storage.Cosmos;

/// <summary>Mails that are owed: they stand in the item of their case or registry file.</summary>
public sealed class CosmosOutboxStore(CosmosDatabase database, CosmosCaseStore cases, CosmosRegistryStore registry, CosmosRuleStore rules, CosmosSuspensionStore suspensions) : IOutboxStore
{
    public async ValueTask<IReadOnlyList<OutboxMail>> DueAsync(DateTimeOffset now, int limit, CancellationToken cancel = default)
    {
        var due = new List<OutboxMail>();
        await rules.SettleAsync(cancel);
        await foreach (var item in database.QueryAsync<CaseItem>(CosmosContainers.Cases, null, "WHERE c.owes = true", null, cancel))
        {
            // A release is on the audit chain before its mail goes out.
            await cases.SettleAsync(item.Value.File.Id, cancel);
            due.AddRange(item.Value.Mails);
        }

        await foreach (var item in database.QueryAsync<RegistryItem>(CosmosContainers.Registry, null, "WHERE c.owes = true", null, cancel))
        {
            await registry.SettleAsync(item.Id, cancel);
            due.AddRange(item.Value.Mails);
        }

        await suspensions.SettleOwedAsync(cancel);
        return [.. due.Where(m => m.State == MailState.Pending && m.NotBefore <= now).OrderBy(m => m.NotBefore).Take(Math.Max(0, limit))];
    }

    /// <exception cref="StoreException">No such mail is owed.</exception>
    public async ValueTask MarkAsync(OutboxMail mail, CancellationToken cancel = default)
    {
        if (RegistryNotice.IsId(mail.AlertId))
        {
            var file = RegistryRules.FileOf(mail.AlertId);
            await database.ChangeAsync<RegistryItem>(CosmosContainers.Registry, file, file, item => (item ?? throw NotOwed(mail)) with { Mails = Marked(item.Mails, mail) }, item => item.Fields, cancel);
            return;
        }

        var id = CosmosCaseStore.CaseOf(mail.AlertId);
        await database.ChangeAsync<CaseItem>(CosmosContainers.Cases, id, id, item => (item ?? throw NotOwed(mail)) with { Mails = Marked(item.Mails, mail) }, item => item.Fields, cancel);
    }

    /// <remarks>Newest first: by the release of the alert or the time of the notice, then as they came to be owed.</remarks>
    public async ValueTask<IReadOnlyList<OutboxMail>> AllAsync(int limit, CancellationToken cancel = default)
    {
        var mails = new List<(DateTimeOffset Released, int Place, OutboxMail Mail)>();
        await foreach (var item in database.QueryAsync<CaseItem>(CosmosContainers.Cases, null, "WHERE c.mails = true", null, cancel))
        {
            mails.AddRange(item.Value.Mails.Select((mail, place) => (item.Value.Alerts.Find(a => a.Id == mail.AlertId)!.ReleasedAt, place, mail)));
        }

        await foreach (var item in database.QueryAsync<RegistryItem>(CosmosContainers.Registry, null, "WHERE c.mails = true", null, cancel))
        {
            mails.AddRange(item.Value.Mails.Select((mail, place) => (item.Value.Notices.Find(n => n.Id == mail.AlertId)!.At, place, mail)));
        }

        return [.. mails.OrderByDescending(m => m.Released).ThenByDescending(m => m.Place).Select(m => m.Mail).Take(Math.Max(0, limit))];
    }

    private static List<OutboxMail> Marked(List<OutboxMail> mails, OutboxMail mail) =>
        mails.Exists(m => m.Key == mail.Key) ? [.. mails.Select(m => m.Key == mail.Key ? mail : m)] : throw NotOwed(mail);

    private static StoreException NotOwed(OutboxMail mail) => new($"No mail is owed under the key {mail.Key}. Mails are owed only by a change of a case or a registry file; look it up.");
}
