using MaritimeWatch.Detection;
using MaritimeWatch.Records;
using MaritimeWatch.Storage;
using MaritimeWatch.Units;

namespace MaritimeWatch.Server.Watch;

/// <summary>How a feed does, as its pill shows it.</summary>
/// <param name="State">live, late, degraded, down or finished.</param>
/// <param name="Reason">Why it is not live, in words; null when it is.</param>
/// <param name="UsualPerMinute">Messages a minute usual at this hour of the week; null when not known yet.</param>
/// <param name="UsualIntervalSeconds">Time within which something usually comes.</param>
/// <param name="RejectedShare">Share of rejected lines in the last ten minutes.</param>
/// <param name="SkewSeconds">The watch's clock less the feed's; null for recordings and exercises.</param>
/// <param name="StationsKnown">Receiving stations ever heard from.</param>
/// <param name="StationsLately">Of them heard in the last ten minutes of the feed.</param>
/// <param name="Cells">Cells of a tenth of a degree it serves.</param>
internal sealed record FeedHealth(string Name, string State, string? Reason, DateTimeOffset? LastMessageAt, double? MessagesPerMinute, double? UsualPerMinute, double UsualIntervalSeconds, double RejectedShare, double? SkewSeconds,
    long Lines, long Accepted, long Duplicates, long Rejected, long Lost, int StationsKnown, int StationsLately, int Cells, string? Note, string? Outage)
{
    public bool InDoubt => State is "late" or "degraded" or "down";
}

/// <summary>
/// One feed's health: what came and when, against what is usual for it, and the times in which it could not be relied on. Late
/// and down go by the watch's own clock, since a feed that stands still tells no time.
/// </summary>
/// <param name="name">Name of the feed.</param>
/// <param name="ends">True for a source that has an end and goes on from its checkpoint, so that a stop loses nothing.</param>
/// <param name="clock">The watch's clock.</param>
/// <param name="simulated">True when its times are not of today, as in an exercise.</param>
internal sealed class FeedState(string name, bool ends, TimeProvider clock, bool simulated = false)
{
    /// <summary>How long times of doubt are remembered: as long as a time bar reaches.</summary>
    public static readonly TimeSpan DoubtsKept = TimeSpan.FromDays(31);

    // A feed that comes and goes all day must not fill the memory: the latest count.
    private const int MostDoubts = 500;

    private static readonly FeedHealthOptions Options = new();

    private readonly Lock gate = new();
    private readonly Queue<(DateTimeOffset At, long Lines, long Rejected, long Lost)> lately = [];
    private readonly List<FeedDoubt> doubts = [];
    private IntakeCount totals = new();
    private DateTimeOffset? lastArrival, lastMessageAt;
    private double usualSeconds, skewSeconds;
    private long linesLately, rejectedLately, lostLately;
    private bool finished, skewKnown;
    private string? note;

    public string Name => name;

    /// <summary>What is usual, hour by hour of the week.</summary>
    public FeedRhythm Rhythm { get; } = new();

    /// <summary>Where it is heard and by which stations.</summary>
    public FeedReach Reach { get; } = new();

    /// <summary>True when something is to be remembered beyond a restart: an hour completed, a time of doubt begun or over.</summary>
    public bool Changed { get; private set; }

    /// <summary>True while this process reads the feed; then its own counts are ahead of the checkpoint.</summary>
    public bool Here { get; set; }

    /// <summary>When the source was last not connected, in words; null when it always was.</summary>
    public string? Outage { get; set; }

    public void Restore(FeedCheckpoint checkpoint)
    {
        lock (gate)
        {
            totals = new IntakeCount();
            totals.Add(checkpoint.Totals);
            lastMessageAt = checkpoint.LastReceived;
            if (!ends && checkpoint.LastReceived is { } stopped && !doubts.Exists(d => d.To is null))
            {
                // What a live source sent while nobody listened is lost.
                doubts.Add(new FeedDoubt(name, stopped, null));
            }
        }
    }

    /// <summary>Takes what another process that reads this feed has committed.</summary>
    public void Follow(FeedCheckpoint checkpoint)
    {
        lock (gate)
        {
            if (checkpoint.Totals.Lines > totals.Lines)
            {
                Came(checkpoint.Totals.Lines - totals.Lines, checkpoint.Totals.RejectedTotal - totals.RejectedTotal, checkpoint.Totals.Lost - totals.Lost, checkpoint.LastReceived);
                totals = new IntakeCount();
                totals.Add(checkpoint.Totals);
            }

            finished |= checkpoint.Ended;
        }
    }

    public void Arrived(IntakeCount count, DateTimeOffset? received, IReadOnlyList<Tracks.PositionReport> positions)
    {
        lock (gate)
        {
            Came(count.Lines, count.RejectedTotal, count.Lost, received);
            totals.Add(count);
            Reach.Add(positions);
        }
    }

    public void Say(string? what)
    {
        lock (gate)
        {
            note = what;
        }
    }

    /// <summary>Does what may fail in the store; gives null when done, else what went wrong, which the pill then shows.</summary>
    public async ValueTask<string?> TryAsync(Func<ValueTask> commit)
    {
        try
        {
            await commit();
            return null;
        }
        catch (StoreException e)
        {
            Say(e.Message);
            return e.Message;
        }
    }

    public void Finish()
    {
        lock (gate)
        {
            finished = true;
        }
    }

    /// <summary>Times of the last month in which it could not be relied on; one without an end goes on.</summary>
    public IReadOnlyList<FeedDoubt> Doubts()
    {
        lock (gate)
        {
            Look(clock.GetUtcNow());
            return [.. doubts];
        }
    }

    public FeedHealth Health()
    {
        lock (gate)
        {
            var (condition, reason, facts) = Look(clock.GetUtcNow());
            return new FeedHealth(name, condition.ToString().ToLowerInvariant(), reason, lastMessageAt, facts.LatelyPerMinute, facts.UsualPerMinute, Math.Max(Options.LeastInterval.TotalSeconds, usualSeconds),
                facts.Lately == 0 ? 0 : (double)facts.RejectedLately / facts.Lately, facts.Skew?.TotalSeconds, totals.Lines, totals.Accepted, totals.Duplicates, totals.RejectedTotal, totals.Lost,
                Reach.StationCount, Reach.StationsSince(lastMessageAt - FeedRhythm.Lately), Reach.CellCount, note, Outage);
        }
    }

    /// <summary>Refused lines by reason.</summary>
    public IReadOnlyDictionary<string, long> Rejected()
    {
        lock (gate)
        {
            return new Dictionary<string, long>(totals.Rejected);
        }
    }

    /// <summary>What is remembered beyond a restart.</summary>
    public FeedMemory Remember()
    {
        lock (gate)
        {
            Changed = false;
            return new FeedMemory(Rhythm.Usual, Reach.Cells, [.. doubts]);
        }
    }

    public void Recall(FeedMemory memory)
    {
        lock (gate)
        {
            Rhythm.Restore(memory.UsualPerMinute);
            Reach.Restore(memory.Cells);
            doubts.AddRange(memory.Doubts.Where(d => d.To is not null && !doubts.Contains(d)));
        }
    }

    private void Came(long lines, long rejected, long lost, DateTimeOffset? received)
    {
        var now = clock.GetUtcNow();
        Look(now);
        if (lastArrival is { } before)
        {
            // Follows long intervals quickly and short ones slowly: nearly all intervals are shorter, and a stop stands out.
            var gap = (now - before).TotalSeconds;
            usualSeconds += usualSeconds == 0 ? gap : gap > usualSeconds ? 0.1 * (Math.Min(gap, usualSeconds * 5) - usualSeconds) : 0.005 * (gap - usualSeconds);
        }

        (lastArrival, note) = (now, null);
        lately.Enqueue((now, lines, rejected, lost));
        (linesLately, rejectedLately, lostLately) = (linesLately + lines, rejectedLately + rejected, lostLately + lost);
        if (received is { } time)
        {
            lastMessageAt = time > lastMessageAt ? time : lastMessageAt ?? time;
            Changed |= Rhythm.Add(time, lines);
            var skew = (now - time).TotalSeconds;
            (skewSeconds, skewKnown) = (skewKnown ? skewSeconds + (0.05 * (skew - skewSeconds)) : skew, true);
        }

        Look(now);
    }

    // Judges the feed as it stands and keeps the times of doubt.
    private (FeedCondition Condition, string? Reason, FeedFacts Facts) Look(DateTimeOffset now)
    {
        while (lately.TryPeek(out var old) && now - old.At > FeedRhythm.Lately)
        {
            lately.Dequeue();
            (linesLately, rejectedLately, lostLately) = (linesLately - old.Lines, rejectedLately - old.Rejected, lostLately - old.Lost);
        }

        var facts = new FeedFacts(now - lastArrival, TimeSpan.FromSeconds(usualSeconds), Rhythm.LatelyPerMinute, lastMessageAt is { } at ? Rhythm.UsualAt(at) : null,
            linesLately, rejectedLately, lostLately, ends || simulated || !skewKnown ? null : TimeSpan.FromSeconds(skewSeconds), note, finished, ends);
        var (condition, reason) = facts.Judge(Options);
        var open = doubts.FindIndex(d => d.To is null);
        if (condition is FeedCondition.Live or FeedCondition.Finished)
        {
            if (open >= 0)
            {
                Close(open);
            }
        }
        else if (open < 0 && lastMessageAt is { } last)
        {
            doubts.Add(new FeedDoubt(name, condition == FeedCondition.Degraded ? last - FeedRhythm.Lately : last, null));
            Changed = true;
        }

        return (condition, reason, facts);
    }

    // A source that goes on where it stood has lost nothing: only a live one leaves a hole.
    private void Close(int open)
    {
        var doubt = doubts[open];
        doubts.RemoveAt(open);
        if (!ends && lastMessageAt > doubt.From)
        {
            doubts.Add(doubt with { To = lastMessageAt });
        }

        doubts.RemoveAll(d => d.To < lastMessageAt - DoubtsKept);
        doubts.RemoveRange(0, Math.Max(0, doubts.Count - MostDoubts));
        Changed = true;
    }
}

/// <summary>What of a feed is remembered beyond a restart.</summary>
internal sealed record FeedMemory(IReadOnlyList<double?> UsualPerMinute, IReadOnlyList<int> Cells, IReadOnlyList<FeedDoubt> Doubts);
