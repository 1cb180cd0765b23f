using MaritimeWatch.Tracks;

namespace MaritimeWatch.Feeds.Ais;

/// <summary>
/// Position fields of messages 1, 2, 3, 4, 9, 11, 18, 19, 21 and 27 (ITU-R M.1371-5). Not available is null. Kept in the steps of
/// the wire, most of them one higher so that zero is "not available"; read in units.
/// </summary>
public readonly record struct AisPosition
{
    private const int StepsPerDegree = 600_000;

    /// <summary>Longitude and latitude in 1/10,000 minute as sent; beyond 180° and 90° means not available.</summary>
    internal int LonSteps { get; init; }

    internal int LatSteps { get; init; }

    internal uint StateAndOne { get; init; }

    internal ushort SogTenthsAndOne { get; init; }

    internal ushort CogTenthsAndOne { get; init; }

    internal ushort HeadingAndOne { get; init; }

    internal ushort AltitudeAndOne { get; init; }

    /// <summary>Turn indicator plus 128: zero is "not available", as on the wire (-128).</summary>
    internal byte TurnAnd128 { get; init; }

    internal byte StatusAndOne { get; init; }

    internal byte SecondAndOne { get; init; }

    internal byte Manoeuvre { get; init; }

    internal PositionFlags Flags { get; init; }

    public double? LatDeg => Math.Abs(LatSteps) <= 90 * StepsPerDegree ? LatSteps / (double)StepsPerDegree : null;

    public double? LonDeg => Math.Abs(LonSteps) <= 180 * StepsPerDegree ? LonSteps / (double)StepsPerDegree : null;

    /// <summary>Speed over ground; 102.2 kn means that or more (1,022 kn in message 9, 62 kn in message 27).</summary>
    public double? SogKnots => SogTenthsAndOne == 0 ? null : (SogTenthsAndOne - 1) / 10.0;

    public double? CogDeg => CogTenthsAndOne == 0 ? null : (CogTenthsAndOne - 1) / 10.0;

    public int? HeadingDeg => HeadingAndOne == 0 ? null : HeadingAndOne - 1;

    /// <summary>
    /// Rate of turn from the turn indicator, right positive; null without indicator, then see <see cref="Turning"/>. The indicator
    /// sends 4.733 times the square root of the rate (table 48, note on rate of turn).
    /// </summary>
    public double? RotDegPerMin => TurnAnd128 is 0 or 1 or 255 ? null : Math.Sign(TurnAnd128 - 128) * Math.Round(Math.Pow((TurnAnd128 - 128) / 4.733, 2), 1);

    /// <summary>"left" or "right" when she turns faster than 5° in 30 s and has no turn indicator (values -127 and 127).</summary>
    public string? Turning => TurnAnd128 switch { 255 => "right", 1 => "left", _ => null };

    public NavigationalStatus? Status => StatusAndOne == 0 ? null : (NavigationalStatus)(StatusAndOne - 1);

    public bool HighAccuracy => Has(PositionFlags.HighAccuracy);

    /// <summary>Second of the UTC minute of the position, 0 to 59; null when not available, manual, estimated or inoperative.</summary>
    public int? UtcSecond => SecondAndOne == 0 ? null : SecondAndOne - 1;

    public bool Raim => Has(PositionFlags.Raim);

    /// <summary>Altitude of an aircraft in search and rescue, metres; 4,094 means that or more. Message 9 only.</summary>
    public int? AltitudeM => AltitudeAndOne == 0 ? null : AltitudeAndOne - 1;

    /// <summary>True when the position was more than five seconds old when it was sent (message 27, position latency).</summary>
    public bool IsOld => Has(PositionFlags.IsOld);

    /// <summary>Special manoeuvre of inland waterways: 1 not engaged, 2 engaged; null when not available. Messages 1 to 3.</summary>
    public int? SpecialManoeuvre => Manoeuvre is 1 or 2 ? Manoeuvre : null;

    /// <summary>True while a base station tells her when to send (messages 9, 18, 19 and 21).</summary>
    public bool Assigned => Has(PositionFlags.Assigned);

    /// <summary>Communication state: 19 bits of messages 1 to 4 and 11, 20 with its selector flag of messages 9 and 18.</summary>
    public uint? CommunicationState => StateAndOne == 0 ? null : StateAndOne - 1;

    /// <summary>What a class B set can do, message 18; none for others.</summary>
    public ClassBAbilities Abilities => (ClassBAbilities)((int)Flags >> 4);

    public bool HasPlace => Math.Abs(LatSteps) <= 90 * StepsPerDegree && Math.Abs(LonSteps) <= 180 * StepsPerDegree;

    private bool Has(PositionFlags flag) => (Flags & flag) != 0;
}

/// <summary>Flags of a position; from bit 4 on those of <see cref="ClassBAbilities"/>.</summary>
[Flags]
internal enum PositionFlags : ushort
{
    None = 0,
    HighAccuracy = 1,
    Raim = 2,
    Assigned = 4,
    IsOld = 8,
}
