using MaritimeWatch.Records;
using MaritimeWatch.Server.Settings;
using MaritimeWatch.Server.Watch;
using MaritimeWatch.Storage;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;
using Microsoft.Extensions.Logging.Abstractions;

namespace MaritimeWatch.Integration.Stores;

/// <summary>What the nightly retention leaves of a store, and what it says of what it took.</summary>
public abstract class RetentionContract : StoreContract
{
    [Fact]
    public async Task Old_tracks_are_thinned_then_deleted_with_an_entry_each_and_those_of_an_open_case_stay_whole()
    {
        var (old, ancient, recent) = (Hour(-100), Hour(-500), Hour(-10));
        foreach (var fixes in new[] { ancient, old, recent })
        {
            await All.Tracks.CommitAsync(Samples.Batch([.. fixes.SelectMany(f => new[] { (Samples.Ship, f), (Samples.OtherShip, f) })]), Cancel);
        }

        var count = new IntakeCount();
        count.Reject("checksum");
        await All.Tracks.CommitAsync(Samples.Batch() with { Count = count, Rejections = [new Rejection("feed", "line 1", null, null, "checksum")], LastReceived = Samples.Noon.AddDays(-40) }, Cancel);
        await All.Tracks.CloseHoursAsync(Samples.Noon, Cancel);
        await All.Findings.SaveAsync(Samples.Finding("open", mmsi: Samples.OtherShip), Samples.Noon, Cancel);
        await All.Cases.ApplyAsync(Samples.Raise("open"), Cancel);
        await RetainAsync();

        Assert.Equal([.. old.Where((_, i) => i % 10 == 0), .. recent], await FixesAsync(Samples.Ship));
        Assert.Equal([.. ancient, .. old, .. recent], await FixesAsync(Samples.OtherShip));
        Assert.Empty(await All.Feeds.RejectionsOfAsync("feed", 10, Cancel));
        Assert.Equal(1, (await All.Feeds.CheckpointOfAsync("feed", Cancel))!.Totals.RejectedTotal);
        var log = (await All.Audit.AfterAsync(0, 100, Cancel)).Where(e => e.Subject == "retention").ToList();
        Assert.Equal(["thin tracks", "delete tracks", "delete rejections"], log.Select(e => e.Act));
        Assert.StartsWith("54 fixes in 1 vessel-hours", log[0].Detail, StringComparison.Ordinal);
        Assert.StartsWith("60 fixes in 1 vessel-hours", log[1].Detail, StringComparison.Ordinal);
        Assert.EndsWith("1 vessels of open cases left whole", log[1].Detail, StringComparison.Ordinal);

        await RetainAsync();
        Assert.Equal(3, (await All.Audit.AfterAsync(0, 100, Cancel)).Count(e => e.Subject == "retention"));
    }

    private static List<Fix> Hour(int day) => [.. Enumerable.Range(0, 60).Select(minute => Samples.FixAt((day * 24 * 60) + minute))];

    private async Task RetainAsync()
    {
        var intake = new Intake(TimeSpan.FromMinutes(20), TimeSpan.FromHours(24));
        intake.Reach(Samples.Noon);
        var turns = new Turns(All.Leases, new WatchMode(false, 1, false, Duties.All), TimeProvider.System, NullLogger<Turns>.Instance);
        await new Housekeeping(All, intake, turns, new RetentionOptions(), TimeProvider.System).RetainAsync(Cancel);
    }

    private async Task<IReadOnlyList<Fix>> FixesAsync(Mmsi mmsi) => await All.Tracks.FixesOfAsync(mmsi, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, Cancel);
}
