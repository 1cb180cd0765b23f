using MaritimeWatch.Units;

namespace MaritimeWatch.Detection.Flags;

/// <summary>Thresholds of the flag detectors. Weights are proposals of SCIENCE 3, not fitted.</summary>
public sealed record FlagOptions
{
    /// <summary>After a lawful change of flag the MMSI may lag this long: 90 days (SCIENCE 3.2, I1).</summary>
    public TimeSpan Lag { get; init; } = TimeSpan.FromDays(90);

    /// <summary>Changes within this belong to one transaction, such as a sale: 30 days (SCIENCE 3.3).</summary>
    public TimeSpan OneTransaction { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Window in which changes are counted.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromDays(365);

    /// <summary>Changes of name, owner or class apart from a change of flag, a year: about 0.3 (a proposal).</summary>
    public double OtherChangesPerYear { get; init; } = 0.3;

    /// <summary>Most that other changes can weigh before they are halved: 4 nats.</summary>
    public double MostOfOthersNats { get; init; } = 4;

    /// <summary>A flag kept for less than this is a short stay: 180 days.</summary>
    public TimeSpan ShortStay { get; init; } = TimeSpan.FromDays(180);

    /// <summary>Most that a short stay can weigh: 1.5 nats, since it is not independent of the count.</summary>
    public double MostOfShortStayNats { get; init; } = 1.5;

    /// <summary>Beyond this from the shore a change is outside port (SCIENCE 3.1): 10 km.</summary>
    public Distance OutsidePort { get; init; } = Distance.FromMetres(10_000);

    /// <summary>A silence counts as one in which she should have been heard from this: 3 nats.</summary>
    public double LeastSilenceNats { get; init; } = 3;

    /// <summary>Weight of a change within such a silence: 3 nats (SCIENCE 3.3).</summary>
    public double MostOfSilenceNats { get; init; } = 3;

    /// <summary>Weight of a change within 90 days of a listing or detention: 1.5 nats. Of ships listed in 2024 some 45 in 100 changed within three months (SCIENCE 3.3), far above the usual rate; capped.</summary>
    public double SoonAfterEventNats { get; init; } = 1.5;

    /// <summary>The same within a year: 0.8 nats.</summary>
    public double YearAfterEventNats { get; init; } = 0.8;

    /// <summary>Weight of a change that came with a new owner: -2.5 nats.</summary>
    public double SaleNats { get; init; } = -2.5;

    /// <summary>Weight of a change that a fleet or a register made together: -2.5 nats.</summary>
    public double FleetNats { get; init; } = -2.5;

    /// <summary>Changes that make a flag-hop: three, because one or two are within lawful trade (SCIENCE 3.3).</summary>
    public int ChangesOfHop { get; init; } = 3;

    /// <summary>Log odds before evidence that a contradiction is more than lag or a typing error: 1 in 20.</summary>
    public double PriorNats { get; init; } = -3;

    /// <summary>An alert needs at least even odds.</summary>
    public double AlertAtNats { get; init; }
}
