using MaritimeWatch.Alerts;

namespace MaritimeWatch.Storage.Cosmos;

/// <summary>Mails that are owed: they stand in the item of their case.</summary>
public sealed class CosmosOutboxStore(CosmosDatabase database, CosmosCaseStore cases) : IOutboxStore
{
    public async ValueTask<IReadOnlyList<OutboxMail>> DueAsync(DateTimeOffset now, int limit, CancellationToken cancel = default)
    {
        var due = new List<OutboxMail>();
        await foreach (var item in database.QueryAsync<CaseItem>(CosmosContainers.Cases, null, "WHERE c.owes = true", null, cancel))
        {
            // A release is on the audit chain before its mail goes out.
            await cases.SettleAsync(item.Value.File.Id, cancel);
            due.AddRange(item.Value.Mails.Where(m => m.State == MailState.Pending && m.NotBefore <= now));
        }

        return [.. due.OrderBy(m => m.NotBefore).Take(Math.Max(0, limit))];
    }

    /// <exception cref="StoreException">No such mail is owed.</exception>
    public async ValueTask MarkAsync(OutboxMail mail, CancellationToken cancel = default)
    {
        var id = CosmosCaseStore.CaseOf(mail.AlertId);
        await database.ChangeAsync<CaseItem>(
            CosmosContainers.Cases,
            id,
            id,
            item => item is not null && item.Mails.Exists(m => m.Key == mail.Key)
                ? item with { Mails = [.. item.Mails.Select(m => m.Key == mail.Key ? mail : m)] }
                : throw new StoreException($"No mail is owed under the key {mail.Key}. Mails are owed only by a change of a case; look up the case."),
            item => item.Fields,
            cancel);
    }

    /// <remarks>Newest first: by the release of the alert, then as they came to be owed.</remarks>
    public async ValueTask<IReadOnlyList<OutboxMail>> AllAsync(int limit, CancellationToken cancel = default)
    {
        var mails = new List<(DateTimeOffset Released, int Place, OutboxMail Mail)>();
        await foreach (var item in database.QueryAsync<CaseItem>(CosmosContainers.Cases, null, "WHERE c.mails = true", null, cancel))
        {
            mails.AddRange(item.Value.Mails.Select((mail, place) => (item.Value.Alerts.Find(a => a.Id == mail.AlertId)!.ReleasedAt, place, mail)));
        }

        return [.. mails.OrderByDescending(m => m.Released).ThenByDescending(m => m.Place).Select(m => m.Mail).Take(Math.Max(0, limit))];
    }
}
