namespace MaritimeWatch.Detection.Series;

/// <summary>
/// What count is usual in an hour, from the hours before it: the same hour of the last days and the same hour of the last
/// weeks, each with the hour before and after, and of the two the lower, because an hour that is usual by either is no outage.
/// The weeks are few, so they are drawn to the days as far as a Gamma prior of a few vessels draws them.
/// </summary>
internal sealed class UsualCounts(OutageOptions options)
{
    /// <summary>Weight of the days against the weeks, in vessels heard.</summary>
    private const double PriorVessels = 4;

    /// <summary>No single hour tells more of the spread than this: a regatta is not a rule.</summary>
    private const double MostSpread = 50;

    private const int Day = 24, Week = 7 * Day;

    // By age, the newest hour last; null where an outage was.
    private readonly List<int?> hours = [];
    private readonly Queue<double> spreads = new();
    private double spread;

    /// <summary>How much more the counts vary than Poisson counts would; at least 1.</summary>
    public double Dispersion => spreads.Count < Day ? 1 : Math.Max(1, spread / spreads.Count);

    /// <summary>The usual count of the hour to come; null while too little is known.</summary>
    public double? Next()
    {
        var (daySum, dayHours) = Same(Day, options.Days);
        if (dayHours == 0)
        {
            return null;
        }

        var day = (double)daySum / dayHours;
        var (weekSum, weekHours) = Same(Week, options.Weeks);
        return weekHours == 0 || day == 0 ? day : Math.Min(day, (PriorVessels + weekSum) / ((PriorVessels / day) + weekHours));
    }

    /// <summary>Adds the count of an hour; an hour of an outage only takes its place in time.</summary>
    public void Add(int count, double? usual, bool outage)
    {
        hours.Add(outage ? null : count);
        var longest = Math.Max(options.Days * Day, options.Weeks * Week) + 2;
        if (hours.Count > longest)
        {
            hours.RemoveAt(0);
        }

        if (!outage && usual is > 0 and var mean)
        {
            var off = Math.Min(MostSpread, (count - mean) * (count - mean) / mean);
            spreads.Enqueue(off);
            spread += off;
            if (spreads.Count > options.Days * Day)
            {
                spread -= spreads.Dequeue();
            }
        }
    }

    /// <summary>Makes the last hours part of an outage after the fact.</summary>
    public void Strike(int last)
    {
        for (var i = Math.Max(0, hours.Count - last); i < hours.Count; i++)
        {
            hours[i] = null;
        }
    }

    public void Clear()
    {
        hours.Clear();
        spreads.Clear();
        spread = 0;
    }

    private (int Sum, int Hours) Same(int cycle, int cycles)
    {
        int sum = 0, known = 0;
        for (var c = 1; c <= cycles; c++)
        {
            for (var beside = -1; beside <= 1; beside++)
            {
                var at = hours.Count - (c * cycle) + beside;
                if (at >= 0 && at < hours.Count && hours[at] is { } count)
                {
                    sum += count;
                    known++;
                }
            }
        }

        return (sum, known);
    }
}
