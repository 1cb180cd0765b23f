using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace MaritimeWatch.Storage.Cosmos;

/// <summary>
/// The append-only, hash-chained record of acts. An entry's id is its number, so of two who append at once one is refused and
/// appends after the other: the chain never forks. It is one logical partition, since acts are few (20 GB hold about ten million).
/// </summary>
public sealed class CosmosAuditStore(CosmosDatabase database) : IAuditStore
{
    private const string Chain = "main";

    // The service's numbers are exact up to here (IEEE 754, 53 bits).
    private const long LastNumber = 1L << 53;

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

    public async ValueTask<IReadOnlyList<AuditEntry>> BeforeAsync(long? number, int limit, CancellationToken cancel = default)
    {
        var entries = new List<AuditEntry>();
        await foreach (var entry in database.QueryAsync<AuditEntry>(CosmosContainers.Audit, Chain, "WHERE c.chain = @chain AND c.number < @number ORDER BY c.number DESC", Math.Max(1, limit), cancel, ("@chain", Chain), ("@number", number ?? LastNumber)))
        {
            entries.Add(entry.Value);
        }

        return limit <= 0 ? [] : entries;
    }

    /// <remarks>The body is kept as a text, so it comes back to the byte; of the item's other fields, those the entry does not hold are the service's.</remarks>
    public async IAsyncEnumerable<string> FaultsAsync([EnumeratorCancellation] CancellationToken cancel = default)
    {
        await foreach (var item in database.SelectAsync(CosmosContainers.Audit, Chain, "c.id, c.number, c.body", "WHERE c.chain = @chain ORDER BY c.number", null, cancel, ("@chain", Chain)))
        {
            if (Fault(item) is { } fault)
            {
                yield return fault;
            }
        }
    }

    private static string? Fault(JsonElement item)
    {
        var number = item.TryGetProperty("number", out var n) && n.TryGetInt64(out var read) ? read : -1;
        try
        {
            var body = item.GetProperty("body").GetString()!;
            var entry = StoreJson.Read<AuditEntry>(body);
            return entry.Number == number && item.GetProperty("id").GetString() == IdOf(number) && StoreJson.Write(entry) == body ? null : AuditChain.RowFault(number);
        }
        catch (Exception e) when (e is StoreException or FormatException or ArgumentException or KeyNotFoundException or InvalidOperationException)
        {
            return $"Audit row {number} cannot be read as an entry.";
        }
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
