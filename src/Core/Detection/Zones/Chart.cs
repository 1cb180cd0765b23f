using MaritimeWatch.Units;

namespace MaritimeWatch.Detection.Zones;

/// <summary>The sea as a watch knows it: the coast, the zones counted from it, and the areas its centre has drawn or loaded.</summary>
/// <param name="sea">Ways by sea.</param>
/// <param name="areas">Areas of the centre; they come before what is counted from the coast.</param>
public sealed class Chart(SeaGrid sea, IReadOnlyList<Zone> areas)
{
    private readonly CoastZones coast = new(sea.Coast);

    public SeaGrid Sea => sea;

    /// <summary>Areas the centre has drawn or loaded.</summary>
    public IReadOnlyList<Zone> Areas => areas;

    /// <summary>Zones a crossing is tested against: the areas, else territorial sea counted from the coast.</summary>
    public IReadOnlyList<Zone> Tested => areas.Count > 0 ? areas : [coast.TerritorialSea];

    /// <summary>The zone of a place: an area of the centre where one holds it, else by distance from the coast.</summary>
    public Zone ZoneAt(GeoPoint at) => areas.FirstOrDefault(a => a.Contains(at)) ?? coast.ZoneAt(at);

    /// <summary>Distance to the nearest coast, null beyond 200 nm.</summary>
    public Distance? ToShore(GeoPoint at) => sea.Coast.DistanceTo(at, Distance.FromNauticalMiles(200));
}
