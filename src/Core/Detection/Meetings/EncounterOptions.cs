using MaritimeWatch.Units;

namespace MaritimeWatch.Detection.Meetings;

/// <summary>Thresholds of encounters (SCIENCE 4, K7: Global Fishing Watch's verified figures). The weights are proposals, not fitted.</summary>
public sealed record EncounterOptions
{
    /// <summary>At most this far apart at every whole ten minutes: 500 m; no more than 5 km.</summary>
    public Distance Apart { get; init; } = Distance.FromMetres(500);

    /// <summary>At least this long from first to last: 2 h.</summary>
    public TimeSpan Least { get; init; } = TimeSpan.FromHours(2);

    /// <summary>More than half of the speeds of both ships over ten minutes lie under this, so their median does: 2 kn.</summary>
    public Speed MedianSpeed { get; init; } = Speed.FromKnots(2);

    /// <summary>Encounters of one pair less than this apart are one: 4 h.</summary>
    public TimeSpan MergeWithin { get; init; } = TimeSpan.FromHours(4);

    /// <summary>Between two fixes not further apart than this she is taken to go straight: 1 h.</summary>
    public TimeSpan Interpolated { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Nearer than this to a coastal anchorage or a port, ships lie side by side every day: 10 km.</summary>
    public Distance FromAnchorage { get; init; } = Distance.FromMetres(10_000);

    /// <summary>Traffic for the chance of a meeting is counted within this: 2 nm, so that an anchorage counts and the lane beyond does not.</summary>
    public Distance TrafficRadius { get; init; } = Distance.FromNauticalMiles(2);

    /// <summary>A ship faster than this before or after came for the meeting: 5 kn.</summary>
    public Speed UnderWay { get; init; } = Speed.FromKnots(5);

    /// <summary>Log odds before evidence that an encounter is more than work or chance: 1 in 100.</summary>
    public double PriorNats { get; init; } = -4.6;

    /// <summary>An alert needs at least even odds, and two families.</summary>
    public double AlertAtNats { get; init; }
}
