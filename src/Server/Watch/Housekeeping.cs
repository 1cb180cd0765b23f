using System.Globalization;
using MaritimeWatch.Cases;
using MaritimeWatch.Records;
using MaritimeWatch.Server.Settings;
using MaritimeWatch.Storage;
using MaritimeWatch.Storage.Chunks;
using MaritimeWatch.Storage.Reception;
using MaritimeWatch.Units;

namespace MaritimeWatch.Server.Watch;

/// <summary>
/// Keeps the store in order: hours that ended become vessel-hour chunks, and what is older than its time is thinned or deleted.
/// Every deletion stands on the audit chain with what, how much and up to when. Age counts by the watch's own time.
/// </summary>
internal sealed class Housekeeping(IStore store, Intake intake, Turns turns, RetentionOptions options, TimeProvider clock)
{
    /// <summary>Checkpoint that says how far tracks are thinned.</summary>
    private const string Feed = "retention";

    /// <summary>Of tracks older than their full time one fix in this is kept.</summary>
    public static readonly TimeSpan KeepOneIn = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan Late = TimeSpan.FromMinutes(30);

    private readonly SemaphoreSlim closing = new(1);
    private long? kept;

    /// <summary>Closes hours that ended a while ago; a call while another runs does nothing.</summary>
    public async Task CloseHoursAsync(CancellationToken cancel)
    {
        if (!await closing.WaitAsync(0, cancel))
        {
            return;
        }

        try
        {
            await using var turn = await turns.TryEnterAsync("closing", cancel);
            if (turn is not null)
            {
                await store.Tracks.CloseHoursAsync(intake.Now - Late, cancel);
                await KeepReceptionAsync(cancel);
            }
        }
        finally
        {
            closing.Release();
        }
    }

    /// <summary>What was learnt of reception is kept whenever another hour was learnt: a killed process learns at most that hour again.</summary>
    private async Task KeepReceptionAsync(CancellationToken cancel)
    {
        IReadOnlyList<ReceptionSheet> sheets;
        lock (intake.Reception)
        {
            sheets = intake.Grid.LearntTo is { } learnt && learnt != kept ? ReceptionCodec.Encode(intake.Grid) : [];
        }

        if (sheets.Count > 0)
        {
            await store.Reception.SaveAsync(sheets, cancel);
            kept = sheets[0].LearntTo;
        }
    }

    /// <summary>
    /// Thins tracks older than their full time to a fix in ten minutes, deletes those older than their thinned time, and forgets
    /// old rejections. Vessels of cases that are not closed keep their tracks whole.
    /// </summary>
    public async Task RetainAsync(CancellationToken cancel)
    {
        await using var turn = await turns.TryEnterAsync("retention", cancel);
        if (turn is null || intake.Now < DateTimeOffset.UnixEpoch)
        {
            return;
        }

        var (thinTo, deleteTo) = (intake.Now - options.FullTracks, intake.Now - options.ThinnedTracks);
        var held = await HeldAsync(cancel);
        var done = await store.Feeds.CheckpointOfAsync(Feed, cancel);
        var from = done?.Position is { } position ? DateTimeOffset.Parse(position, CultureInfo.InvariantCulture) : deleteTo;
        var thinned = await store.Tracks.ThinAsync(from, thinTo, KeepOneIn, held.Contains, cancel);
        await NoteAsync("thin tracks", thinned, $"to a fix in {KeepOneIn.TotalMinutes:0} min, {FactId.Iso(from)} to {FactId.Iso(thinTo)}", held.Count, cancel);
        var deleted = await store.Tracks.ThinAsync(DateTimeOffset.MinValue.AddYears(1), deleteTo, null, held.Contains, cancel);
        await NoteAsync("delete tracks", deleted, $"before {FactId.Iso(deleteTo)}", held.Count, cancel);
        if (await store.Feeds.ForgetRejectionsAsync(intake.Now - options.Rejections, cancel) is > 0 and var lines)
        {
            await store.Audit.AppendAsync(new AuditNote(clock.GetUtcNow(), CaseRules.Machine, "delete rejections", "retention", $"{lines} lines before {FactId.Iso(intake.Now - options.Rejections)}"), cancel);
        }

        var reached = FactId.Iso(VesselHour.Start(VesselHour.Of(thinTo)));
        await store.Tracks.CommitAsync(new IntakeBatch { Feed = Feed, Count = new IntakeCount(), Follows = done?.Position, Position = reached }, cancel);
    }

    private async Task NoteAsync(string act, Thinned what, string period, int held, CancellationToken cancel)
    {
        if (what.VesselHours > 0)
        {
            var detail = $"{what.Fixes} fixes in {what.VesselHours} vessel-hours, {period}; {held} vessels of open cases left whole";
            await store.Audit.AppendAsync(new AuditNote(clock.GetUtcNow(), CaseRules.Machine, act, "retention", detail), cancel);
        }
    }

    private async Task<HashSet<Mmsi>> HeldAsync(CancellationToken cancel)
    {
        var held = new HashSet<Mmsi>();
        foreach (var file in (await store.Cases.AllAsync(int.MaxValue, cancel)).Where(c => c.State is not (CaseState.Dismissed or CaseState.Withdrawn)))
        {
            if ((await store.Findings.FindAsync(file.Id, cancel))?.Finding.Mmsi is { } mmsi)
            {
                held.Add(mmsi);
            }
        }

        return held;
    }
}
