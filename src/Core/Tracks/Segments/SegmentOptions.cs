using MaritimeWatch.Units;

namespace MaritimeWatch.Tracks.Segments;

/// <summary>What separates the fixes of one identity. Defaults after SCIENCE 4.1 (GlobalFishingWatch/gpsdio-segment) where it names one.</summary>
public sealed record SegmentOptions
{
    /// <summary>A run ends with a silence longer than this: 8 h (SCIENCE 4.1). The chain goes on.</summary>
    public TimeSpan LongestInSegment { get; init; } = TimeSpan.FromHours(8);

    /// <summary>The fastest a ship is taken to go: 50 kn, above the 45 kn of high-speed craft and a current (SCIENCE 2.6).</summary>
    public Speed Fastest { get; init; } = Speed.FromKnots(50);

    /// <summary>What she is taken to keep up beyond <see cref="Burst"/>: 25 kn (SCIENCE 4.1).</summary>
    public Speed Sustained { get; init; } = Speed.FromKnots(25);

    /// <summary>How long <see cref="Fastest"/> is given: 1 h, for a crossing of a fast ferry.</summary>
    public TimeSpan Burst { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Distance that no time explains: 0.5 nm, a time stamp off by a minute and a position off by a length.</summary>
    public Distance Slack { get; init; } = Distance.FromNauticalMiles(0.5);

    /// <summary>Spread of a place foretold, at once: 0.1 nm, the antenna's place and the second of the time.</summary>
    public Distance Spread { get; init; } = Distance.FromNauticalMiles(0.1);

    /// <summary>How fast that spread grows: 5 kn (SCIENCE 4.1, penalty speed).</summary>
    public Speed SpreadGrows { get; init; } = Speed.FromKnots(5);

    /// <summary>How many last fixes may turn out to have been the ones astray: 5 (SCIENCE 4.1, lookback).</summary>
    public int LookBack { get; init; } = 5;

    /// <summary>Fewer fixes elsewhere are noise: 3 make an event (SCIENCE 4, K2).</summary>
    public int LeastFixes { get; init; } = 3;

    /// <summary>Fewer fixes are noise too when, between the first and the last of them, another chain has ten times as many: 10 (SCIENCE 4.1, short segments).</summary>
    public int ShortChain { get; init; } = 10;

    /// <summary>A short chain that as many fixes elsewhere have passed by is not continued after this: 1 h. What keeps straying, by a clock that is wrong, is no second ship.</summary>
    public TimeSpan ShortChainWaits { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Chains that may be continued at one time: 20 (SCIENCE 4.1); beyond it the shortest, then the oldest, is closed.</summary>
    public int MostOpen { get; init; } = 20;

    /// <summary>The same place to the last digit is a replay when her own speed would have taken her farther than this: 0.25 nm, above the grain of rounded positions.</summary>
    public Distance ReplayBeyond { get; init; } = Distance.FromNauticalMiles(0.25);

    /// <summary>A report heard before is known again within this: 2 h, above the 96 min by which one ground station was late (SCIENCE 2.5).</summary>
    public TimeSpan StaleWithin { get; init; } = TimeSpan.FromHours(2);

    /// <summary>A coarse fix nearer than this to a fine one is left out: 1 h (SCIENCE 4, K13).</summary>
    public TimeSpan CoarseBesideFine { get; init; } = TimeSpan.FromHours(1);
}
