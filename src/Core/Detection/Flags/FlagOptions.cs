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

    /// <summary>Changes of flag a hull makes in a year, over the world fleet: about 0.05 to 0.1 (SCIENCE 3.3); the higher, so as not to overstate.</summary>
    public double ChangesPerYear { get; init; } = 0.1;

    /// <summary>Changes that make a flag-hop: three, because one or two are within lawful trade (SCIENCE 3.3).</summary>
    public int ChangesOfHop { get; init; } = 3;

    /// <summary>Log odds before evidence that a contradiction is more than lag or a typing error: 1 in 20.</summary>
    public double PriorNats { get; init; } = -3;

    /// <summary>An alert needs at least even odds.</summary>
    public double AlertAtNats { get; init; }
}
