namespace MaritimeWatch.Records;

/// <summary>
/// What is usual for one feed: messages a minute in each hour of the week, learnt from the hours it was heard, and how many come
/// lately. Time is the feed's own, so a recording has the rhythm it had when it was live. Not safe for use by two threads.
/// </summary>
public sealed class FeedRhythm
{
    /// <summary>Hour 0 begins on Sunday at 00:00 UTC.</summary>
    public const int HoursOfWeek = 168;

    /// <summary>The latest week counts this much against all before: a station gone for good is forgotten within some weeks.</summary>
    private const double LatestShare = 0.3;

    /// <summary>An hour counts when it was heard from its first ten minutes to its last.</summary>
    private static readonly TimeSpan WholeEnough = TimeSpan.FromMinutes(50);

    /// <summary>How far back "lately" reaches.</summary>
    public static readonly TimeSpan Lately = TimeSpan.FromMinutes(10);

    private readonly double?[] usual = new double?[HoursOfWeek];
    private readonly Queue<(DateTimeOffset At, long Messages)> lately = [];
    private DateTimeOffset hour, firstOfHour, last, first;
    private long inHour, inLately;

    /// <summary>Messages a minute by hour of the week; null where that hour was never heard whole.</summary>
    public IReadOnlyList<double?> Usual => usual;

    /// <summary>Goes on from what was learnt before.</summary>
    /// <exception cref="ArgumentException">Not one value for each hour of the week.</exception>
    public void Restore(IReadOnlyList<double?> learnt)
    {
        if (learnt.Count != HoursOfWeek)
        {
            throw new ArgumentException($"Expected {HoursOfWeek} values, found {learnt.Count}.", nameof(learnt));
        }

        for (var i = 0; i < HoursOfWeek; i++)
        {
            usual[i] = learnt[i] ?? usual[i];
        }
    }

    /// <summary>Takes messages that came up to a time of the feed. True when an hour of the week was completed by it.</summary>
    public bool Add(DateTimeOffset time, long messages)
    {
        time = time > last ? time : last;
        var completed = false;
        var start = new DateTimeOffset(time.UtcDateTime.Date.AddHours(time.UtcDateTime.Hour), TimeSpan.Zero);
        if (start != hour)
        {
            completed = Complete();
            (hour, firstOfHour, inHour) = (start, time, 0);
        }

        first = first == default ? time : first;
        last = time;
        inHour += messages;
        inLately += messages;
        lately.Enqueue((time, messages));
        while (lately.TryPeek(out var old) && old.At < time - Lately)
        {
            inLately -= lately.Dequeue().Messages;
        }

        return completed;
    }

    /// <summary>Messages a minute over the last ten minutes of the feed; null before it was heard for two.</summary>
    public double? LatelyPerMinute => last - first < TimeSpan.FromMinutes(2) ? null : inLately / Math.Min(Lately.TotalMinutes, (last - first).TotalMinutes);

    /// <summary>
    /// Messages a minute that are usual at a time: of that hour of the week, else of the same hour on other days, else of all hours
    /// heard; null when none was.
    /// </summary>
    public double? UsualAt(DateTimeOffset time)
    {
        var at = HourOf(time);
        return usual[at] ?? Mean(Enumerable.Range(0, 7).Select(day => usual[(at % 24) + (day * 24)])) ?? Mean(usual);
    }

    private bool Complete()
    {
        if (hour == default || last - firstOfHour < WholeEnough)
        {
            return false;
        }

        var rate = inHour / (last - firstOfHour).TotalMinutes;
        ref var known = ref usual[HourOf(hour)];
        known = known is { } before ? (before * (1 - LatestShare)) + (rate * LatestShare) : rate;
        return true;
    }

    private static double? Mean(IEnumerable<double?> values) => values.Average();

    private static int HourOf(DateTimeOffset time) => ((int)time.UtcDateTime.DayOfWeek * 24) + time.UtcDateTime.Hour;
}
