using MaritimeWatch.Units;

namespace MaritimeWatch.Detection.Zones;

/// <summary>How finely the sea is searched.</summary>
public sealed record SeaOptions
{
    /// <summary>Cells of one question, about: 40,000 make 0.6 nm for a way of 100 nm and 3 nm for one of 600, in some 20 ms.</summary>
    public int MostCells { get; init; } = 40_000;

    /// <summary>No cell is smaller: 0.2 nm, twice what a coast of 1:10,000,000 knows.</summary>
    public Distance LeastCell { get; init; } = Distance.FromNauticalMiles(0.2);

    /// <summary>No way is sought beyond: 6,000 nm, two weeks at 18 knots; farther off the plane of a question stretches more than a tenth.</summary>
    public Distance Farthest { get; init; } = Distance.FromNauticalMiles(6000);

    /// <summary>Paths sampled for a share: 512, an interval of at most 9 points in 100 (SCIENCE 2.6 asks for 500).</summary>
    public int Paths { get; init; } = 512;

    /// <summary>Turns of a sampled path, 1 to 7: 2, for a ship on passage turns seldom; with many she would only drift about the shortest way.</summary>
    public int Turns { get; init; } = 2;
}
