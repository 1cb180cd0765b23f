namespace MaritimeWatch.Detection.Series;

/// <summary>Thresholds of <see cref="OutageSeries"/>.</summary>
public sealed record OutageOptions
{
    /// <summary>
    /// Hours between false outages of an area, at the least, while the usual counts are known: a year. The evidence needed is
    /// its logarithm, 9.1 (Lorden 1971, doi:10.1214/aoms/1177693055).
    /// </summary>
    public double FalseAlarmHours { get; init; } = 8766;

    /// <summary>
    /// Share of the usual vessels an outage is modelled to leave: a quarter. With it evidence gathers when less than 54 % are
    /// heard; a smaller loss is weather or traffic as often as a receiver.
    /// </summary>
    public double RemainingShare { get; init; } = 0.25;

    /// <summary>Nothing is judged before this much is known: seven days, so that a weekend was seen.</summary>
    public int WarmUpHours { get; init; } = 7 * 24;

    /// <summary>Days whose same hours make the usual count: 14, less than a season.</summary>
    public int Days { get; init; } = 14;

    /// <summary>Weeks whose same hours of the week make the usual count: 4.</summary>
    public int Weeks { get; init; } = 4;

    /// <summary>An outage that lasts longer is taken as the new state of the area, and learning begins again: 14 days.</summary>
    public int LongestHours { get; init; } = 14 * 24;
}
