using System.Globalization;
using MaritimeWatch.Detection;
using MaritimeWatch.Units;

namespace MaritimeWatch.Storage.Cosmos;

/// <summary>
/// Findings with every revision kept: a partition for each finding holds its revisions, and a partition for each vessel a copy
/// of the current ones. A revision's id is its number, so of two who save at once one is refused and looks again.
/// </summary>
public sealed class CosmosFindingStore(CosmosDatabase database) : IFindingStore
{
    public async ValueTask<StoredFinding> SaveAsync(Finding finding, DateTimeOffset now, CancellationToken cancel = default)
    {
        while (true)
        {
            var last = await NewestAsync(finding.Id, cancel);
            if (last is not null && FindingRevisions.SaysTheSame(last.Value.Finding, finding))
            {
                await ShowAsync(last.Value, cancel);
                return last.Value;
            }

            var goesOn = last is not null && FindingRevisions.OnlyWentOn(last.Value.Finding, finding);
            var stored = new StoredFinding(finding, (last?.Value.Revision ?? 0) + (goesOn ? 0 : 1), now);
            var done = goesOn
                ? await database.ReplaceAsync(CosmosContainers.Findings, finding.Id, last!.Id, stored, last.Etag, cancel, ("kind", "revision"))
                : await database.CreateAsync(CosmosContainers.Findings, finding.Id, IdOf(stored.Revision), stored, cancel, ("kind", "revision"));
            if (done)
            {
                await ShowAsync(stored, cancel);
                if (last is not null && VesselOf(last.Value.Finding) != VesselOf(finding))
                {
                    // The same finding seen from another number of the same hull: it is listed once.
                    await database.DeleteAsync(CosmosContainers.Findings, VesselOf(last.Value.Finding), $"f:{finding.Id}", null, cancel);
                }

                return stored;
            }
        }
    }

    public async ValueTask<StoredFinding?> FindAsync(string id, CancellationToken cancel = default) => (await NewestAsync(id, cancel))?.Value;

    public async ValueTask<IReadOnlyList<StoredFinding>> RevisionsOfAsync(string id, CancellationToken cancel = default)
    {
        var revisions = new List<StoredFinding>();
        await foreach (var revision in database.QueryAsync<StoredFinding>(CosmosContainers.Findings, id, "WHERE c.finding = @id ORDER BY c.id", null, cancel, ("@id", id)))
        {
            revisions.Add(revision.Value);
        }

        return revisions;
    }

    public async ValueTask<IReadOnlyList<StoredFinding>> OfVesselAsync(Mmsi mmsi, CancellationToken cancel = default)
    {
        var (current, key) = (new List<StoredFinding>(), $"vessel:{CosmosTrackStore.KeyOf(mmsi)}");
        await foreach (var finding in database.QueryAsync<StoredFinding>(CosmosContainers.Findings, key, "WHERE c.finding = @key", null, cancel, ("@key", key)))
        {
            current.Add(finding.Value);
        }

        return [.. current.OrderBy(f => f.Finding.StartTime).ThenBy(f => f.Finding.Id, StringComparer.Ordinal)];
    }

    public async ValueTask<IReadOnlyList<StoredFinding>> CurrentAsync(int limit, CancellationToken cancel = default)
    {
        var current = new List<StoredFinding>();
        await foreach (var finding in database.QueryAsync<StoredFinding>(CosmosContainers.Findings, null, "WHERE c.kind = 'current' ORDER BY c.start DESC", Math.Max(1, limit), cancel))
        {
            current.Add(finding.Value);
        }

        return limit <= 0 ? [] : [.. current.OrderByDescending(f => f.Finding.StartTime).ThenBy(f => f.Finding.Id, StringComparer.Ordinal)];
    }

    public IAsyncEnumerable<StoredFinding> BegunSinceAsync(DateTimeOffset from, CancellationToken cancel = default) =>
        database.QueryAsync<StoredFinding>(CosmosContainers.Findings, null, "WHERE c.kind = 'current' AND c.start >= @from", null, cancel, ("@from", from.ToUnixTimeMilliseconds())).Select(f => f.Value).Where(f => f.Finding.StartTime >= from);

    /// <summary>Every revision of every finding, for a copy to another store.</summary>
    internal static IAsyncEnumerable<Held<StoredFinding>> AllAsync(CosmosDatabase database, CancellationToken cancel) =>
        database.QueryAsync<StoredFinding>(CosmosContainers.Findings, null, "WHERE c.kind = 'revision'", null, cancel);

    /// <summary>Writes a revision as another store numbered it.</summary>
    internal async Task ImportAsync(StoredFinding stored, CancellationToken cancel)
    {
        await database.UpsertAsync(CosmosContainers.Findings, stored.Finding.Id, IdOf(stored.Revision), stored, cancel, ("kind", "revision"));
        await ShowAsync(stored, cancel);
    }

    /// <summary>Brings the vessel's copy forward, never back; a copy that lagged because a process ended is healed by the next saving.</summary>
    private Task ShowAsync(StoredFinding stored, CancellationToken cancel) => database.ChangeAsync<StoredFinding>(
        CosmosContainers.Findings,
        VesselOf(stored.Finding),
        $"f:{stored.Finding.Id}",
        known => known is not null && (known.Revision, known.SavedAt).CompareTo((stored.Revision, stored.SavedAt)) >= 0 ? null : stored,
        shown => [("kind", "current"), ("start", shown.Finding.StartTime.ToUnixTimeMilliseconds())],
        cancel);

    private static string VesselOf(Finding finding) => $"vessel:{(finding.Mmsi is { } mmsi ? CosmosTrackStore.KeyOf(mmsi) : finding.VesselId)}";

    private async Task<Held<StoredFinding>?> NewestAsync(string id, CancellationToken cancel)
    {
        await foreach (var newest in database.QueryAsync<StoredFinding>(CosmosContainers.Findings, id, "WHERE c.finding = @id ORDER BY c.id DESC", 1, cancel, ("@id", id)))
        {
            return newest;
        }

        return null;
    }

    private static string IdOf(int revision) => $"r:{revision.ToString("D6", CultureInfo.InvariantCulture)}";
}
