using MaritimeWatch.Units;

namespace MaritimeWatch.Detection.Interference;

/// <summary>When displacements of several vessels are one event of an area. Defaults of SCIENCE 4.2 where it names one.</summary>
public sealed record InterferenceOptions
{
    /// <summary>Shorter jumps are left to noise: 5 nm (SCIENCE 4.2).</summary>
    public Distance LeastJump { get; init; } = Distance.FromNauticalMiles(5);

    /// <summary>Slower jumps may be voyages: 60 kn (SCIENCE 4.2).</summary>
    public Speed LeastSpeed { get; init; } = Speed.FromKnots(60);

    /// <summary>Displacements of one event begin within this of each other: 30 min (SCIENCE 4.2).</summary>
    public TimeSpan Within { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Vessels that make an event: 3 (SCIENCE 4.2).</summary>
    public int LeastVessels { get; init; } = 3;

    /// <summary>Vessels that make one in dense traffic, where three may agree by chance: 5 (SCIENCE 4.2).</summary>
    public int LeastVesselsDense { get; init; } = 5;

    /// <summary>Traffic is dense from this many vessels there in ten minutes: 100, a strait or a roadstead.</summary>
    public int DenseVessels { get; init; } = 100;

    /// <summary>Largest difference between parallel shifts, as a share of their length: 0.1 (SCIENCE 4.2).</summary>
    public double MostApartShare { get; init; } = 0.1;

    /// <summary>Places within this are one point: 3 nm (SCIENCE 4.2).</summary>
    public Distance SamePoint { get; init; } = Distance.FromNauticalMiles(3);

    /// <summary>True places farther apart are not one event by themselves: 60 nm, what one transmitter on high ground reaches at sea level.</summary>
    public Distance Reach { get; init; } = Distance.FromNauticalMiles(60);

    /// <summary>Vessels that make a circle: 5, for any three lie on one.</summary>
    public int LeastOnCircle { get; init; } = 5;

    /// <summary>Added around the places seen when asking whether a place is covered: 5 nm, for the ships in between were not all heard.</summary>
    public Distance Margin { get; init; } = Distance.FromNauticalMiles(5);

    /// <summary>Added before and after: 15 min, five reports of a ship at anchor (ITU-R M.1371-5).</summary>
    public TimeSpan TimeMargin { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>An open event of which nothing new was heard covers no longer than this: 12 h.</summary>
    public TimeSpan Forgotten { get; init; } = TimeSpan.FromHours(12);
}
