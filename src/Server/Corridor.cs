using MaritimeWatch.Detection;
using MaritimeWatch.Feeds;
using MaritimeWatch.Feeds.Registers;
using MaritimeWatch.Server.Mail;
using MaritimeWatch.Server.Watch;
using MaritimeWatch.Storage;
using MaritimeWatch.Units;

namespace MaritimeWatch.Server;

/// <summary>
/// The way of every fact through the product, in one direction:
/// feed → normalise → merge → score → case → alert → viewer.
/// Each step may run twice and change nothing the second time: ids derive from facts, and a feed's checkpoint is committed
/// with its data. Hosted services call the first half, jobs the second; a person stands between case and alert.
/// </summary>
internal sealed class Corridor(IStore store, Intake intake, Judge judge, CaseDesk desk, Outbox outbox, LivePicture picture, LiveEvents events, FeedStates feeds, Memory memory, Turns turns, WatchMode mode, TimeProvider clock, ILogger<Corridor> log)
{
    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, string?> standing = [];
    private readonly SemaphoreSlim intakeTurn = new(1), judgementTurn = new(1);

    /// <summary>Feed and normalise: the source goes on where its checkpoint says; every line comes as observation or rejection.</summary>
    public async Task RunFeedAsync(IPositionFeed feed, CancellationToken cancel)
    {
        var checkpoint = await store.Feeds.CheckpointOfAsync(feed.Name, cancel);
        standing[feed.Name] = checkpoint?.Position;
        intake.Remember(await store.Identities.LastBroadcastAsync(cancel), checkpoint?.SaidOnce);
        await foreach (var observed in feed.ReadAsync(checkpoint?.Position, cancel))
        {
            await TakeAsync(feed.Name, observed, cancel);
        }
    }

    /// <summary>A recording has come to its end: every vessel is judged once more, now that all of it is known.</summary>
    public async Task EndFeedAsync(IPositionFeed feed, CancellationToken cancel) =>
        await store.Tracks.CommitAsync(new IntakeBatch { Feed = feed.Name, Count = new Records.IntakeCount(), Candidates = intake.Everyone(), Ended = true }, cancel);

    /// <summary>Merge: observations join their vessels, durably; what the hot path noticed waits for judgement.</summary>
    public async Task TakeAsync(string feed, ObservationBatch observed, CancellationToken cancel)
    {
        await intakeTurn.WaitAsync(cancel);
        var taken = true;
        try
        {
            var batch = intake.Notice(feed, observed) with { Follows = standing.GetValueOrDefault(feed) };
            while (await feeds.Of(feed).TryAsync(async () => taken = await store.Tracks.CommitAsync(batch, cancel)) is { } failed)
            {
                // A full disk or a locked store: the same batch again until it is taken, since the memory already holds it.
                log.LogError("Feed {Feed} waits for the store: {Message}", feed, failed);
                await Task.Delay(TimeSpan.FromSeconds(5), clock, cancel);
            }

            if (!taken)
            {
                throw new FeedElsewhereException(feed);
            }

            standing[feed] = batch.Position ?? standing.GetValueOrDefault(feed);
            feeds.Of(feed).Arrived(batch.Count, batch.LastReceived, batch.Positions);
            picture.Show(batch.Positions.Select(p => new LatestFix(p.Mmsi, p.Fix)));
        }
        finally
        {
            intakeTurn.Release();
        }
    }

    /// <summary>Merge, for registers: each row is a dated claim; the ships it names are judged again. The same extract is taken once.</summary>
    public async Task TakeRegisterAsync(string register, RegisterContent content, string? version, CancellationToken cancel)
    {
        var before = (await store.Feeds.CheckpointOfAsync($"register {register}", cancel))?.Position;
        if (version is null || version != before)
        {
            await store.Tracks.CommitAsync(new IntakeBatch
            {
                Feed = $"register {register}",
                Claims = content.Claims,
                Candidates = [.. content.Claims.Select(c => c.Mmsi).OfType<Mmsi>().Distinct().Select(m => new Candidate(m, CandidateKind.Identity, intake.Now))],
                Rejections = content.Rejections,
                Count = content.Count,
                Follows = before,
                Position = version,
            }, cancel);
        }
    }

    /// <summary>Score and case: vessels that were noticed are judged with the full picture; findings a person should see open a case.</summary>
    public async Task AssessAsync(CancellationToken cancel)
    {
        if (!await judgementTurn.WaitAsync(0, cancel))
        {
            return;
        }

        try
        {
            await using var turn = await turns.TryEnterAsync("judgement", cancel);
            if (turn is null)
            {
                return;
            }

            await FollowAsync(cancel);
            var (areas, names) = (await judge.JudgeAreasAsync(cancel), await store.Identities.NamesAsync(cancel));
            await Task.WhenAll(areas.Select(area => desk.FollowAsync(area, cancel)));
            for (var waiting = await store.Feeds.CandidatesAsync(200, cancel); waiting.Count > 0 && !cancel.IsCancellationRequested && !turn.Lost.IsCancellationRequested; waiting = await store.Feeds.CandidatesAsync(200, cancel))
            {
                foreach (var (_, candidate) in waiting)
                {
                    foreach (var finding in await judge.JudgeAsync(candidate, names, cancel))
                    {
                        await desk.FollowAsync(finding, cancel);
                    }
                }

                await store.Feeds.JudgedAsync([.. waiting.Select(w => w.Ticket)], cancel);
            }
            await ShowAsync(cancel);
        }
        finally
        {
            judgementTurn.Release();
        }
    }

    /// <summary>Alert: mails that a person's release owes are delivered, each once.</summary>
    public async Task DeliverAsync(CancellationToken cancel)
    {
        await using var turn = await turns.TryEnterAsync("delivery", cancel);
        if (turn is not null)
        {
            events.TellIf(await outbox.DeliverDueAsync(clock.GetUtcNow(), cancel) != default, "alerts");
        }
    }

    /// <summary>Where several processes share the store: what the others committed is heard here too.</summary>
    public Task FollowAsync(CancellationToken cancel) => mode.Shared ? memory.FollowAsync(cancel) : Task.CompletedTask;

    /// <summary>Viewer: the marks on the map follow the judgements.</summary>
    public async Task ShowAsync(CancellationToken cancel)
    {
        var current = await store.Findings.CurrentAsync(2000, cancel);
        var cases = await store.Cases.AllAsync(500, cancel);
        var open = cases.Where(c => Cases.CaseRules.IsOpen(c.State)).Select(c => c.Id).ToHashSet();
        var marks = MapMarks.Of([.. current.Select(f => f.Finding)], open, intake.Areas, intake.Now);
        picture.Mark(marks.Silent, marks.Alerted, marks.Doubtful);
        events.TellIfNew("alerts", string.Join(' ', current.Select(f => $"{f.Finding.Id} {f.Revision}").Concat(cases.Select(c => $"{c.Id} {c.History.Count}"))));
    }
}
