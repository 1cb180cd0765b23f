namespace MaritimeWatch.Records;

/// <summary>Whether a feed can be relied on. Only a live or finished one speaks for the water it serves.</summary>
public enum FeedCondition
{
    Live,

    /// <summary>Nothing came for more than one and a half usual intervals, or it says that something is wrong.</summary>
    Late,

    /// <summary>It comes, but fewer, broken or displaced in time.</summary>
    Degraded,

    /// <summary>Nothing came for five times its usual interval, or never.</summary>
    Down,

    /// <summary>A recording that was read to its end.</summary>
    Finished,
}

/// <summary>When a feed is late, down or degraded (PRODUCT A13). Each value has its range and its reason.</summary>
public sealed record FeedHealthOptions
{
    /// <summary>Usual intervals after which a feed is late, 1.5 to 10: one may be missed by chance; under two, so that a console that looks every second shows it within two.</summary>
    public double LateAfter { get; init; } = 1.5;

    /// <summary>Usual intervals after which it is down, more than <see cref="LateAfter"/>.</summary>
    public double DownAfter { get; init; } = 5;

    /// <summary>The shortest usual interval, 1 s to 5 min: batches are committed about twice a second, and a busy machine may take some.</summary>
    public TimeSpan LeastInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Share of the usual messages under which it is degraded, 0.1 to 0.9: half the stations gone, and some of chance.</summary>
    public double LeastShareOfUsual { get; init; } = 0.4;

    /// <summary>Share of rejected lines over which it is degraded, 0.01 to 0.9: a good radio link breaks one line in a hundred, a wrong format nearly all.</summary>
    public double MostRejected { get; init; } = 0.2;

    /// <summary>Share of messages known to be lost over which it is degraded, 0.001 to 0.5.</summary>
    public double MostLost { get; init; } = 0.05;

    /// <summary>How far a live feed's clock may be from the watch's, 10 s to 1 h: a slot's time is known to a second, networks delay by some.</summary>
    public TimeSpan MostSkew { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Messages below which no share is judged.</summary>
    public int LeastMessages { get; init; } = 100;
}

/// <summary>What is seen of a feed at a moment.</summary>
/// <param name="SinceLast">Time since the last batch; null when none ever came.</param>
/// <param name="UsualInterval">Interval between batches that nearly all keep under.</param>
/// <param name="LatelyPerMinute">Messages a minute in the last ten minutes; null when not known yet.</param>
/// <param name="UsualPerMinute">Messages a minute usual at this hour of the week; null when not known yet.</param>
/// <param name="Lately">Lines in the last ten minutes.</param>
/// <param name="RejectedLately">Of them rejected.</param>
/// <param name="LostLately">Messages known to be lost in that time.</param>
/// <param name="Skew">Watch's clock less the feed's; null for recordings and exercises.</param>
/// <param name="Fault">What the feed says is wrong; null when nothing.</param>
/// <param name="Finished">True when the source came to its end.</param>
/// <param name="Ends">True for a source that has an end, such as a file.</param>
public sealed record FeedFacts(TimeSpan? SinceLast, TimeSpan UsualInterval, double? LatelyPerMinute, double? UsualPerMinute, long Lately, long RejectedLately, long LostLately, TimeSpan? Skew, string? Fault, bool Finished, bool Ends)
{
    /// <summary>The condition, and the reason in words where it is not live.</summary>
    public (FeedCondition Condition, string? Reason) Judge(FeedHealthOptions options)
    {
        if (Finished)
        {
            return Ends ? (FeedCondition.Finished, Fault) : (FeedCondition.Down, Fault ?? "the source has ended");
        }

        if (SinceLast is not { } since)
        {
            return Fault is null ? (FeedCondition.Late, "nothing heard yet") : (FeedCondition.Down, Fault);
        }

        var usual = UsualInterval > options.LeastInterval ? UsualInterval : options.LeastInterval;
        if (since > usual * options.DownAfter)
        {
            return (FeedCondition.Down, Fault ?? $"nothing for {since.TotalSeconds:0} s, usually something within {usual.TotalSeconds:0} s");
        }

        if (since > usual * options.LateAfter || Fault is not null)
        {
            return (FeedCondition.Late, Fault ?? $"nothing for {since.TotalSeconds:0} s, usually something within {usual.TotalSeconds:0} s");
        }

        return Ends ? (FeedCondition.Live, null) : Doubt(options) is { } doubt ? (FeedCondition.Degraded, doubt) : (FeedCondition.Live, null);
    }

    private string? Doubt(FeedHealthOptions options)
    {
        var enough = Lately >= options.LeastMessages;
        return enough && RejectedLately > Lately * options.MostRejected ? $"{RejectedLately} of {Lately} lines rejected in ten minutes"
            : enough && LostLately > (Lately + LostLately) * options.MostLost ? $"{LostLately} messages lost in ten minutes, {Lately} received"
            : LatelyPerMinute < UsualPerMinute * options.LeastShareOfUsual ? $"{LatelyPerMinute:0} messages a minute, {UsualPerMinute:0} are usual at this hour"
            : Skew?.Duration() > options.MostSkew ? $"its clock is {Skew.Value.Duration().TotalSeconds:0} s {(Skew > TimeSpan.Zero ? "behind" : "ahead of")} the watch's"
            : null;
    }
}
