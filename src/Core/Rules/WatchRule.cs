using MaritimeWatch.Detection;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Rules;

/// <summary>What a rule asks for: kinds and classes of findings; an empty list asks for all.</summary>
public sealed record RuleWhat(IReadOnlyList<FindingKind> Kinds, IReadOnlyList<FindingClass> Classes);

/// <summary>
/// Whose findings a rule asks for; an empty or absent part asks nothing. What is not known of a ship is not met: a rule for lengths
/// leaves out a ship whose length nobody stated.
/// </summary>
/// <param name="ShipTypes">Numbers of ITU-R M.1371-5, table 53; from 40 on a full ten stands for all its types.</param>
/// <param name="LeastLengthM">Shortest length in metres.</param>
/// <param name="MostLengthM">Greatest length in metres.</param>
/// <param name="Transponder">Class of AIS equipment, as last heard before the finding.</param>
/// <param name="Vessels">Given vessels: <c>mmsi:…</c> or <c>imo:…</c>.</param>
/// <param name="Flags">Flags to which the MMSI points. Only a rule for findings of identity may name any.</param>
public sealed record RuleWho(IReadOnlyList<int> ShipTypes, double? LeastLengthM, double? MostLengthM, TransponderClass? Transponder, IReadOnlyList<string> Vessels, IReadOnlyList<FlagState> Flags)
{
    public static RuleWho Anyone { get; } = new([], null, null, null, [], []);

    /// <summary>True where more must be known of the ship than the finding says.</summary>
    public bool AsksOfShip() => ShipTypes.Count > 0 || LeastLengthM is not null || MostLengthM is not null || Transponder is not null || Flags.Count > 0;
}

/// <summary>The least a finding must come to: a band in words, or a probability, never both.</summary>
/// <param name="Band">Low, medium or high.</param>
/// <param name="Probability">0 to 1.</param>
public sealed record RuleThreshold(Band? Band, double? Probability)
{
    public bool IsReachedBy(Finding finding) => Probability is { } p ? finding.Probability >= p : finding.Band >= (Band ?? Detection.Band.Low);

    public override string ToString() => Probability is { } p ? $"probability {p * 100:0} %" : $"band {(Band ?? Detection.Band.Low).ToString().ToLowerInvariant()}";
}

/// <summary>
/// What a rule leaves out, by whose decision, why and until when. It meets a finding by any of its vessels or types, or when
/// all that is known of the finding's place lies in its areas.
/// </summary>
public sealed record RuleExclusion(IReadOnlyList<string> Vessels, IReadOnlyList<AreaVersion> Areas, IReadOnlyList<int> ShipTypes, string Owner, string Reason, DateTimeOffset ExpiresAt);

/// <summary>How a rule stands at a moment.</summary>
public enum RuleState
{
    InForce,

    /// <summary>In force, and its review date has come: somebody should look whether it is still wanted.</summary>
    ReviewDue,
    Expired,
    SwitchedOff,
}

/// <summary>
/// One version of a rule that a person set: which findings shall be shown to people although the general level does not raise
/// them, and to whom mail goes when a person releases one. By itself it sends nothing. A version is never edited.
/// </summary>
public sealed record WatchRule
{
    public required string Id { get; init; }

    /// <summary>1 for the first, then counted up.</summary>
    public required int Version { get; init; }

    public required string Name { get; init; }

    /// <summary>Account of the person who answers for it.</summary>
    public required string Owner { get; init; }

    public required RuleWhat What { get; init; }

    /// <summary>Areas of which one must hold the finding's beginning or end; everywhere when empty.</summary>
    public required IReadOnlyList<AreaVersion> Where { get; init; }

    public required RuleWho Who { get; init; }

    public required RuleThreshold Threshold { get; init; }

    public required IReadOnlyList<RuleExclusion> Exclusions { get; init; }

    /// <summary>From then on it does nothing.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>From then on it is shown for review; saving it again sets another date.</summary>
    public required DateTimeOffset ReviewAt { get; init; }

    /// <summary>Addresses that get the one mail of a release, beside the general ones.</summary>
    public required IReadOnlyList<string> MailTo { get; init; }

    /// <summary>When this version was saved.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Account that saved this version.</summary>
    public required string By { get; init; }

    public bool SwitchedOff { get; init; }

    public RuleState StateAt(DateTimeOffset now) => SwitchedOff ? RuleState.SwitchedOff : now >= ExpiresAt ? RuleState.Expired : now >= ReviewAt ? RuleState.ReviewDue : RuleState.InForce;

    public bool IsInForceAt(DateTimeOffset now) => StateAt(now) is RuleState.InForce or RuleState.ReviewDue;

    /// <summary>True where more must be known of the ship than the finding says.</summary>
    public bool AsksOfShip() => Who.AsksOfShip() || Exclusions.Any(e => e.ShipTypes.Count > 0);

    /// <summary>Every area it names.</summary>
    public IEnumerable<AreaVersion> Areas() => Where.Concat(Exclusions.SelectMany(e => e.Areas)).Distinct();

    public RuleMark Mark() => new(Id, Version, Name);
}

/// <summary>Says that a finding met a version of a rule.</summary>
public sealed record RuleMark(string Id, int Version, string Name);
