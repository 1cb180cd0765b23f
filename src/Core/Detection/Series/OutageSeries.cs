namespace MaritimeWatch.Detection.Series;

/// <summary>
/// Periods in which an area was heard far less than usual, from the vessels heard in each hour, of one area and one kind of
/// receiver. Evidence for a loss is the logarithm of how much better the count fits a quarter of the usual than the usual
/// (Poisson, divided by how much more the counts vary), added up from the hour it began (CUSUM, Page 1954, doi:10.2307/2333009;
/// Lucas 1985, doi:10.2307/1270052, for counts); the same evidence the other way round ends the period. So a busy area shows
/// an outage within the hour, and a quiet one when its silence has lasted long enough to be no chance.
/// Only hours up to the present one count: hour by hour or all at once, the periods are the same.
/// Innocent causes: a holiday, a storm that keeps vessels in port, a closed port, a receiver moved. Not claimed: that a receiver
/// failed; only that the area was not heard as usual, so that one vessel's silence in it says little.
/// </summary>
public sealed class OutageSeries
{
    private readonly OutageOptions options;
    private readonly UsualCounts usual;
    private readonly double needed;
    private readonly List<OutagePeriod> ended = [];

    private DateTimeOffset? last;
    private int seenHours;
    private Run falling, rising;
    private OutagePeriod? open;
    private Run during;

    public OutageSeries(OutageOptions options)
    {
        this.options = options;
        usual = new UsualCounts(options);
        needed = Math.Log(options.FalseAlarmHours);
    }

    /// <summary>The periods known so far, in order of time; the last one may still last.</summary>
    public IReadOnlyList<OutagePeriod> Periods => open is null ? [.. ended] : [.. ended, open];

    /// <summary>All periods of a series of complete hours in their order; hours left out are hours in which nobody was heard.</summary>
    public static IReadOnlyList<OutagePeriod> Find(IReadOnlyList<HourCount> hours, OutageOptions options)
    {
        var series = new OutageSeries(options);
        foreach (var hour in hours)
        {
            series.Add(hour);
        }

        return series.Periods;
    }

    /// <summary>Takes the next complete hour.</summary>
    public void Add(HourCount hour)
    {
        if (hour.Hour.UtcTicks % TimeSpan.TicksPerHour != 0 || hour.Hour <= last || hour.Vessels < 0)
        {
            throw new ArgumentException($"Expected the count of a full hour after {last:u}, found {hour.Vessels} at {hour.Hour:u}.");
        }

        for (var at = last?.AddHours(1) ?? hour.Hour; at < hour.Hour; at = at.AddHours(1))
        {
            Take(at, 0);
        }

        Take(hour.Hour, hour.Vessels);
        last = hour.Hour;
    }

    private void Take(DateTimeOffset hour, int heard)
    {
        seenHours++;
        var mean = usual.Next();
        var evidence = seenHours <= options.WarmUpHours || mean is not > 0 ? 0 : ((heard * Math.Log(options.RemainingShare)) + (mean.Value * (1 - options.RemainingShare))) / usual.Dispersion;
        if (open is null)
        {
            falling = falling.Next(hour, heard, mean ?? 0, evidence);
            usual.Add(heard, mean, outage: false);
            if (falling.Evidence >= needed)
            {
                Begin(hour);
            }

            return;
        }

        during = during.With(heard, mean ?? 0);
        rising = rising.Next(hour, heard, mean ?? 0, -evidence);
        usual.Add(heard, mean, outage: true);
        open = Told(open, during);
        if (rising.Evidence >= needed)
        {
            ended.Add(Told(open with { End = rising.Start }, during.Less(rising)));
            (open, falling) = (null, default);
        }
        else if (during.Hours > options.LongestHours)
        {
            ended.Add(open with { End = hour.AddHours(1) });
            (open, falling, seenHours) = (null, default, 0);
            usual.Clear();
        }
    }

    private void Begin(DateTimeOffset hour)
    {
        (during, rising) = (falling, default);
        usual.Strike(falling.Hours);
        open = Told(new OutagePeriod(falling.Start, null, hour, 0, 0, 0, 1), during);
    }

    private OutagePeriod Told(OutagePeriod period, Run run) => period with
    {
        Heard = run.Heard,
        Usual = run.Usual,
        Depth = run.Usual > 0 ? Math.Max(0, 1 - (run.Heard / run.Usual)) : 0,
        PValue = run.Usual > 0 ? CountTail.AtMost(run.Heard, run.Usual, (usual.Dispersion - 1) / run.Usual) : 1,
    };

    /// <summary>Hours since evidence last began, and what was heard in them.</summary>
    private readonly record struct Run(DateTimeOffset Start, int Hours, int Heard, double Usual, double Evidence)
    {
        public Run Next(DateTimeOffset hour, int heard, double usual, double evidence)
        {
            var sum = Evidence + evidence;
            return sum <= 0 ? default : Evidence > 0 ? With(heard, usual) with { Evidence = sum } : new Run(hour, 1, heard, usual, sum);
        }

        public Run With(int heard, double usual) => this with { Hours = Hours + 1, Heard = Heard + heard, Usual = Usual + usual };

        public Run Less(Run other) => this with { Hours = Hours - other.Hours, Heard = Heard - other.Heard, Usual = Usual - other.Usual };
    }
}
