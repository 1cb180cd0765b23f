using MaritimeWatch.Records;
using MaritimeWatch.Storage;

namespace MaritimeWatch.Server.Watch;

/// <summary>How a check of the audit chain ended.</summary>
/// <param name="At">When it ended.</param>
/// <param name="By">Who asked for it.</param>
/// <param name="Entries">Entries gone through.</param>
/// <param name="LastHash">Hash of the last one: noted elsewhere, it shows later whether entries were cut off at the end.</param>
/// <param name="Faults">What is wrong, a sentence each; empty when the chain is sound.</param>
internal sealed record AuditVerdict(DateTimeOffset At, string By, long Entries, string LastHash, IReadOnlyList<string> Faults);

/// <summary>
/// Goes through the whole audit chain on the server, one check at a time: every row to the byte, every link by its hash. The result is kept
/// in the store and itself an act on the chain.
/// </summary>
internal sealed class AuditCheck(IStore store, TimeProvider clock, IHostApplicationLifetime lifetime, ILogger<AuditCheck> log)
{
    /// <summary>Checkpoint that holds the last result.</summary>
    private const string Feed = "audit check";

    // One altered row may break every link after it: the first faults say enough.
    private const int MostFaults = 20;

    private int running;
    private long seen, before;

    /// <summary>True while a check is under way.</summary>
    public bool Running => running != 0;

    /// <summary>Entries gone through by the check under way.</summary>
    public long Seen => Interlocked.Read(ref seen);

    /// <summary>Entries there were when it began, by the number of the last.</summary>
    public long Entries => Interlocked.Read(ref before);

    /// <summary>Begins a check; false when one is under way.</summary>
    public bool Begin(string by)
    {
        if (Interlocked.Exchange(ref running, 1) != 0)
        {
            return false;
        }

        _ = Task.Run(() => RunAsync(by, lifetime.ApplicationStopping));
        return true;
    }

    /// <summary>The last result that was kept; null when the chain was never checked so.</summary>
    public async ValueTask<AuditVerdict?> LastAsync(CancellationToken cancel) =>
        (await store.Feeds.CheckpointOfAsync(Feed, cancel))?.Position is { } text ? StoreJson.Read<AuditVerdict>(text) : null;

    private async Task RunAsync(string by, CancellationToken stop)
    {
        try
        {
            await KeepAsync(await CheckAsync(by, stop), stop);
        }
        catch (Exception e) when (e is StoreException or OperationCanceledException)
        {
            log.LogWarning("The check of the audit chain did not come to its end: {Message}", e.Message);
        }
        finally
        {
            Interlocked.Exchange(ref running, 0);
        }
    }

    private async Task<AuditVerdict> CheckAsync(string by, CancellationToken stop)
    {
        Interlocked.Exchange(ref seen, 0);
        var (faults, last) = (new List<string>(), (AuditEntry?)null);
        await foreach (var fault in store.Audit.FaultsAsync(stop))
        {
            if (faults.Count < MostFaults)
            {
                faults.Add(fault);
            }
        }

        try
        {
            Interlocked.Exchange(ref before, (await store.Audit.BeforeAsync(null, 1, stop)).FirstOrDefault()?.Number ?? 0);
            if (await AuditChain.VerifyAsync(store.Audit, entry => { last = entry; Interlocked.Exchange(ref seen, entry.Number); }, stop) is { } broken)
            {
                faults.Add($"Audit entry {broken} does not follow from the one before it.");
            }
        }
        catch (StoreException e)
        {
            faults.Add(e.Message);
        }

        return new AuditVerdict(clock.GetUtcNow(), by, last?.Number ?? 0, last?.Hash ?? AuditChain.Beginning, faults);
    }

    private async Task KeepAsync(AuditVerdict verdict, CancellationToken stop)
    {
        var known = (await store.Feeds.CheckpointOfAsync(Feed, stop))?.Position;
        await store.Tracks.CommitAsync(new IntakeBatch { Feed = Feed, Count = new IntakeCount(), Follows = known, Position = StoreJson.Write(verdict) }, stop);
        try
        {
            await store.Audit.AppendAsync(new AuditNote(verdict.At, verdict.By, "verify audit", "audit", verdict.Faults.Count == 0 ? $"sound, {verdict.Entries} entries, last hash {verdict.LastHash}" : $"{verdict.Faults.Count} faults: {verdict.Faults[0]}"), stop);
        }
        catch (StoreException e)
        {
            // A chain whose last row cannot be read takes no entry: the result is kept all the same.
            log.LogError("The check of the audit chain cannot be written to it: {Message}", e.Message);
        }
    }
}
