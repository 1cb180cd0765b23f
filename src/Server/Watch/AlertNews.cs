using MaritimeWatch.Cases;
using MaritimeWatch.Storage;

namespace MaritimeWatch.Server.Watch;

/// <summary>
/// Says of each case what changed, with the id and the revision that its mail carries. It compares what the store holds with what it held
/// before, so an act of another process is told too.
/// </summary>
internal sealed class AlertNews(LiveEvents events, IStore store, TimeProvider clock, ILogger<AlertNews> log) : BackgroundService
{
    /// <summary>How a change is named to those who see the whole case.</summary>
    internal sealed record CaseChanged(string CaseId, string? AlertId, int Revision, CaseState State, int FindingRevision);

    /// <summary>How a release is named to those who see nothing else.</summary>
    internal sealed record AlertReleased(string CaseId, string AlertId, int Revision, CaseState State);

    private const int MostCases = 500;
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(15);

    private Dictionary<string, CaseFile>? before;

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        try
        {
            await LookAsync(stop);
            var looked = clock.GetUtcNow();
            await foreach (var told in events.ListenAsync(null, LookEvery, stop))
            {
                if (told.Name is "alerts" or LiveEvents.Again || clock.GetUtcNow() - looked > LookEvery)
                {
                    await LookAsync(stop);
                    looked = clock.GetUtcNow();
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The program stops.
        }
    }

    private async Task LookAsync(CancellationToken stop)
    {
        try
        {
            var now = (await store.Cases.AllAsync(MostCases, stop)).ToDictionary(c => c.Id);
            foreach (var file in now.Values.Where(_ => before is not null))
            {
                var was = before!.GetValueOrDefault(file.Id);
                if (was is null || was.History.Count != file.History.Count)
                {
                    Tell(file, released: file.AlertRevision > (was?.AlertRevision ?? 0));
                }
            }

            before = now;
        }
        catch (StoreException e)
        {
            log.LogWarning("News of cases wait for the store: {Message}", e.Message);
        }
    }

    private void Tell(CaseFile file, bool released)
    {
        var alertId = file.AlertRevision > 0 ? $"{file.Id}-{file.AlertRevision}" : null;
        events.Tell("alert", new CaseChanged(file.Id, alertId, file.AlertRevision, file.State, file.FindingRevision),
            released ? new AlertReleased(file.Id, alertId!, file.AlertRevision, file.State == CaseState.Withdrawn ? CaseState.Withdrawn : CaseState.Released) : null);
    }
}
