using System.Globalization;

namespace MaritimeWatch.Storage.Cosmos;

/// <summary>
/// The append-only, hash-chained record of acts. An entry's id is its number, so of two who append at once one is refused and
/// appends after the other: the chain never forks. It is one logical partition, since acts are few (20 GB hold about ten million).
/// </summary>
public sealed class CosmosAuditStore(CosmosDatabase database) : IAuditStore
{
    private const string Chain = "main";

    public ValueTask<AuditEntry> AppendAsync(AuditNote note, CancellationToken cancel = default) => new(AppendAsync(note, null, cancel));

    public async ValueTask<IReadOnlyList<AuditEntry>> AfterAsync(long number, int limit, CancellationToken cancel = default)
    {
        var entries = new List<AuditEntry>();
        await foreach (var entry in database.QueryAsync<AuditEntry>(CosmosContainers.Audit, Chain, "WHERE c.chain = @chain AND c.number > @number ORDER BY c.number", Math.Max(1, limit), cancel, ("@chain", Chain), ("@number", number)))
        {
            entries.Add(entry.Value);
        }

        return limit <= 0 ? [] : entries;
    }

    /// <summary>Appends an entry unless one made for the same act stands already.</summary>
    /// <param name="note">What is to be written.</param>
    /// <param name="act">Names the act, so that a repeat is known.</param>
    /// <param name="cancel">Stops the trying.</param>
    internal async Task AppendOnceAsync(AuditNote note, string act, CancellationToken cancel)
    {
        await foreach (var _ in database.SelectAsync(CosmosContainers.Audit, Chain, "c.id", "WHERE c.chain = @chain AND c.note = @act", 1, cancel, ("@chain", Chain), ("@act", act)))
        {
            return;
        }

        await AppendAsync(note, act, cancel);
    }

    /// <summary>Writes an entry as another store numbered it; refused when another stands there.</summary>
    internal async Task ImportAsync(AuditEntry entry, CancellationToken cancel)
    {
        if (!await CreateAsync(entry, null, cancel) && (await database.ReadAsync<AuditEntry>(CosmosContainers.Audit, Chain, IdOf(entry.Number), cancel))?.Value != entry)
        {
            throw new StoreException($"The store {database.Place} has another audit entry under number {entry.Number}. Copy into an empty store.");
        }
    }

    private async Task<AuditEntry> AppendAsync(AuditNote note, string? act, CancellationToken cancel)
    {
        while (true)
        {
            AuditEntry? last = null;
            await foreach (var entry in database.QueryAsync<AuditEntry>(CosmosContainers.Audit, Chain, "WHERE c.chain = @chain ORDER BY c.number DESC", 1, cancel, ("@chain", Chain)))
            {
                last = entry.Value;
            }

            var next = AuditChain.Next(last, note);
            if (await CreateAsync(next, act, cancel))
            {
                return next;
            }
        }
    }

    private Task<bool> CreateAsync(AuditEntry entry, string? act, CancellationToken cancel) =>
        database.CreateAsync(CosmosContainers.Audit, Chain, IdOf(entry.Number), entry, cancel, ("number", entry.Number), ("note", act));

    private static string IdOf(long number) => number.ToString("D12", CultureInfo.InvariantCulture);
}
