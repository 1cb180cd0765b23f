namespace MaritimeWatch.Detection.Silence;

/// <summary>
/// Weights of the evidence beside the reception, in nats (SCIENCE 2.5). Each is held to the sign its meaning has.
/// </summary>
public sealed record SilenceWeights
{
    /// <summary>She lay still when last heard: 0 or less.</summary>
    public double AtRest { get; init; } = -3;

    /// <summary>She made less than 2 kn when last heard, but did not lie still: 0 or less.</summary>
    public double Slow { get; init; } = -0.85;

    /// <summary>She came back within 3 nm after two hours or more: 0 or less.</summary>
    public double StayedNear { get; init; } = -0.75;

    /// <summary>She was heard steadily before: 0 or more.</summary>
    public double RegularBefore { get; init; } = 1;

    /// <summary>She was heard patchily before: 0 or less.</summary>
    public double PatchyBefore { get; init; } = -0.5;

    /// <summary>She went on at her speed: 0 or more.</summary>
    public double KeptGoing { get; init; } = 1.9;

    /// <summary>She was under way and has not come back: 0 or more.</summary>
    public double UnderWay { get; init; } = 0.3;

    /// <summary>Times the logarithm of how much more often ships fall silent there: 0 or less.</summary>
    public double SilencesHere { get; init; } = -1;

    /// <summary>Times the logarithm of how much more often she falls silent than others: 0 or less.</summary>
    public double OftenSilent { get; init; } = -0.8;

    /// <summary>She carries class B: 0 or less.</summary>
    public double ClassB { get; init; } = -1.4;

    /// <summary>Times the logarithm of how rare it is that another ship falls silent close by and comes back with her: 0 to 1.</summary>
    public double Company { get; init; } = 0.2;

    /// <summary>Positions of several vessels were led astray there and then: -3 (SCIENCE 4.2).</summary>
    public double AreaInterference { get; init; } = -3;

    /// <summary>Her number was heard elsewhere meanwhile: 0 or less.</summary>
    public double HeardElsewhere { get; init; } = -5;
}
