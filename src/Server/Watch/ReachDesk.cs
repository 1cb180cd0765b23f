using System.Collections.Concurrent;
using MaritimeWatch.Detection;
using MaritimeWatch.Detection.Silence;
using MaritimeWatch.Detection.Zones;
using MaritimeWatch.Storage;
using MaritimeWatch.Units;
using NetTopologySuite.Geometries;

namespace MaritimeWatch.Server.Watch;

/// <summary>Where a ship can have been while she was not heard, with what it was counted from.</summary>
/// <param name="From">Last report before.</param>
/// <param name="Until">Up to when: the next report, now, or a day after the last.</param>
/// <param name="TopKnots">Top speed the detector gave her.</param>
/// <param name="ToNextReport">True when she was on the way to the next report; otherwise only the beginning is known.</param>
/// <param name="Area">Degrees of WGS 84, cut at the antimeridian; empty where the two reports are too far apart for one voyage.</param>
internal sealed record Reachable(DateTimeOffset From, DateTimeOffset Until, double TopKnots, bool ToNextReport, MultiPolygon Area);

/// <summary>
/// Works out what could be reached during a silence, with the detector's own reach, top speed and longest time. At most two at once, and
/// each once for every ten minutes of the watch.
/// </summary>
internal sealed class ReachDesk(IStore store, Chart chart, Intake intake) : IDisposable
{
    private const int MostKept = 100;

    private static readonly TimeSpan Step = TimeSpan.FromMinutes(10);

    private readonly SilenceOptions options = new();
    private readonly SemaphoreSlim turn = new(2, 2);
    private readonly ConcurrentDictionary<(string Id, DateTimeOffset Until), Reachable> kept = new();

    public void Dispose() => turn.Dispose();

    /// <summary>Null where the finding is no silence of one ship, or her last report is not kept any more.</summary>
    public async Task<Reachable?> OfAsync(Finding finding, CancellationToken cancel)
    {
        if (finding is not { Kind: FindingKind.Silence, Mmsi: { } mmsi, Start: { } off })
        {
            return null;
        }

        var whole = finding is { EndTime: { } heard, End: not null } && heard - finding.StartTime <= options.Weighed;
        var latest = finding.EndTime ?? intake.Now;
        var day = finding.StartTime + options.Weighed;
        var until = whole ? finding.EndTime!.Value : latest < day ? finding.StartTime + (Math.Max(1, Math.Ceiling((latest - finding.StartTime) / Step)) * Step) : day;
        if (kept.TryGetValue((finding.Id, until), out var known))
        {
            return known;
        }

        var fixes = await store.Tracks.FixesOfAsync(mmsi, finding.StartTime - Exposure.SpeedsOf, finding.StartTime + TimeSpan.FromSeconds(1), cancel);
        if (fixes.Count == 0)
        {
            return null;
        }

        await turn.WaitAsync(cancel);
        try
        {
            var top = Exposure.Speeds(fixes, fixes[^1]).Top;
            var area = await Task.Run(() => new Reach(chart.Sea, off, finding.StartTime, whole ? finding.End : null, until, top).Footprint, cancel);
            if (kept.Count >= MostKept)
            {
                kept.Clear();
            }

            return kept[(finding.Id, until)] = new Reachable(finding.StartTime, until, Math.Round(top.Knots, 1), whole, area);
        }
        finally
        {
            turn.Release();
        }
    }
}
