using MaritimeWatch.Units;

namespace MaritimeWatch.Tracks.Ports;

/// <summary>A place where ships call.</summary>
/// <param name="Name">As the list has it.</param>
/// <param name="At">Where the list puts it, to about a nautical mile.</param>
/// <param name="UnLocode">UN/LOCODE (UNECE Recommendation 16), five characters such as NLRTM; null where it is not known.</param>
/// <param name="Source">The list, with the port's number in it.</param>
public sealed record Port(string Name, GeoPoint At, string? UnLocode, string Source);
