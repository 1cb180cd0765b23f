using MaritimeWatch.Detection.Reception;
using MaritimeWatch.Units;

namespace MaritimeWatch.Detection.Silence;

/// <summary>
/// Thresholds of the silence detector. The weights are proposals of SCIENCE 2.5, not fitted: bands made from them are
/// provisional until the model card says they are calibrated.
/// </summary>
public sealed record SilenceOptions
{
    /// <summary>Silences up to this are not judged: 1 h, twenty times the longest nominal interval of a ship under way (ITU-R M.1371-5).</summary>
    public TimeSpan Least { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Other ships within this can tell of the receiver: 40 nm, the usual range of a shore station; 10 to 200 nm.</summary>
    public Distance WitnessRadius { get; init; } = Distance.FromNauticalMiles(40);

    /// <summary>An outage here takes a ship this far away with it with a probability of 1/e: 15 nm, where stations overlap; 5 to 100 nm.</summary>
    public Distance OutageReach { get; init; } = Distance.FromNauticalMiles(15);

    /// <summary>So many of the nearest others are asked in each half hour: 6; 1 to 50.</summary>
    public int NearestWitnesses { get; init; } = 6;

    /// <summary>A ship heard this far away testifies to the reception here with a weight of 1/e: 25 nm; 5 to 100 nm.</summary>
    public Distance TestifiesWithin { get; init; } = Distance.FromNauticalMiles(25);

    /// <summary>Usual traffic is looked for within this: 8 nm; 3 to 40 nm.</summary>
    public Distance TrafficRadius { get; init; } = Distance.FromNauticalMiles(8);

    /// <summary>Half an hour: what the others tell is gathered over three slots.</summary>
    public TimeSpan StepLength { get; } = HeardSlots.SlotLength * HeardSlots.SlotsInStep;

    /// <summary>Mean length of an outage: 3 h; 30 min to 48 h.</summary>
    public TimeSpan UsualOutage { get; init; } = TimeSpan.FromHours(3);

    /// <summary>Share of time in which a receiver is down: 0.01; 0.0001 to 0.2. It is the odds the others start from (SCIENCE 2.4).</summary>
    public double OutageShare { get; init; } = 0.01;

    /// <summary>Share of vanishing ships that are no sign of an outage, since they moored, left or fell silent themselves: 0.08; 0.01 to 0.5.</summary>
    public double SilentOfTheirOwn { get; init; } = 0.08;

    /// <summary>Silences up to this are weighed over ways from one end to the other; of longer ones the beginning tells alone. 24 h.</summary>
    public TimeSpan Weighed { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How much of the beginning tells, of a longer silence and of one that goes on: 12 h, beyond which she can be anywhere.</summary>
    public TimeSpan WeighedOpen { get; init; } = TimeSpan.FromHours(12);

    /// <summary>Look-back for how well she herself was heard.</summary>
    public TimeSpan LookBack { get; init; } = TimeSpan.FromHours(12);

    /// <summary>Shape of the spread between vessels' antennas, Gamma(a, a) (SCIENCE 2.3).</summary>
    public double Frailty { get; init; } = 2;

    /// <summary>Least probability of a local outage whatever the witnesses say; caps the evidence at 8.1 nats (SCIENCE 2.4).</summary>
    public double LeastOutage { get; init; } = 0.0003;

    /// <summary>Log odds before evidence, such that a score of 0 is even odds where 1 in 100 losses of signal is unexplained (SCIENCE 0, fact 6); fitted.</summary>
    public double PriorNats { get; init; } = -7.2;

    /// <summary>Where ships are heard in less than this share of slots a silence is never laid to the ship: 0.2 (SCIENCE 6, H8).</summary>
    public double LeastReception { get; init; } = 0.2;

    /// <summary>Below this a silence tells nothing of the ship: 1 nat, odds under 3 to 1.</summary>
    public double LeastTellableNats { get; init; } = 1;

    /// <summary>An alert needs at least this from the silence itself (SCIENCE 2.5 rule 2).</summary>
    public double LeastSilenceNats { get; init; } = 3;

    /// <summary>An alert needs a score of at least even odds against the counter-evidence.</summary>
    public double AlertAtNats { get; init; } = 0;

    /// <summary>Beyond this implied speed the two ends are not one voyage (SCIENCE 4.2).</summary>
    public Speed Impossible { get; init; } = Speed.FromKnots(60);

    /// <summary>Ships shorter than this with class B are left out of alerts (SCIENCE 6, H14), and so are pleasure craft.</summary>
    public double SmallCraftM { get; init; } = 15;

    /// <summary>Share of a silence that may fall into times in which a feed that serves her water was in doubt, 0 to 1: a short failure in a long silence changes little.</summary>
    public double MostInDoubt { get; init; } = 0.25;

    /// <summary>A zone that this share of the possible ways enters counts as crossed (SCIENCE 2.6): 0.8; 0.5 to 1.</summary>
    public double MostlyCrossed { get; init; } = 0.8;

    public Calibration Calibration { get; init; } = Calibration.Fitted;

    public SilenceWeights Weights { get; init; } = new();
}
