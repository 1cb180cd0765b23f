using MaritimeWatch.Units;

namespace MaritimeWatch.Detection.Zones;

/// <summary>
/// The navigable sea (SCIENCE 2.6, step 1). Cells are made for each question around its two ends, finer the nearer these are, and
/// tell land from water by the coast alone: no depth, ice, traffic scheme or lock. Necks of land narrower than a cell are open, so
/// that a way is rather too short than too long: that weakens evidence and never makes it. Safe to ask from several threads.
/// </summary>
public sealed class SeaGrid(Coast coast, SeaOptions? options = null)
{
    public Coast Coast { get; } = coast;

    public SeaOptions Options { get; } = options ?? new SeaOptions();

    /// <summary>
    /// Length of the shortest way by sea, never less than the geodesic and the same both ways; null when it is longer than the limit,
    /// or longer than <see cref="SeaOptions.Farthest"/>. Around corners it is within about one percent, or two cells if that is more.
    /// </summary>
    public Distance? SeaDistance(GeoPoint from, GeoPoint to, Distance limit) => new SeaWay(Coast, from, to, Options).Shortest(limit);
}
