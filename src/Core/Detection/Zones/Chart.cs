using System.Collections.Concurrent;
using MaritimeWatch.Detection.Reception;
using MaritimeWatch.Units;

namespace MaritimeWatch.Detection.Zones;

/// <summary>The sea as a watch knows it: the coast, the zones counted from it, and the areas its centre has drawn or loaded.</summary>
/// <param name="sea">Ways by sea.</param>
/// <param name="areas">Areas of the centre; they come before what is counted from the coast.</param>
public sealed class Chart(SeaGrid sea, IReadOnlyList<Zone> areas)
{
    private readonly CoastZones coast = new(sea.Coast);
    private readonly ConcurrentDictionary<Cell, bool> seaCells = new();

    public SeaGrid Sea => sea;

    /// <summary>Zones a crossing is tested against: the areas, else territorial sea counted from the coast.</summary>
    public IReadOnlyList<Zone> Tested => areas.Count > 0 ? areas : [coast.TerritorialSea];

    /// <summary>The zone of a place: an area of the centre where one holds it, else by distance from the coast.</summary>
    public Zone ZoneAt(GeoPoint at) => areas.FirstOrDefault(a => a.Contains(at)) ?? coast.ZoneAt(at);

    /// <summary>Distance to the nearest coast, null beyond 200 nm.</summary>
    public Distance? ToShore(GeoPoint at) => sea.Coast.DistanceTo(at, Distance.FromNauticalMiles(200));

    /// <summary>False where a cell is land at sixteen places spread over it: a channel finer than that is not seen.</summary>
    public bool IsSea(Cell cell) => seaCells.GetOrAdd(cell, c =>
    {
        for (var i = 0; i < 16; i++)
        {
            var (lat, lon) = (c.MiddleLatDeg + (((i / 4) - 1.5) * Cell.SizeDeg / 4), Geodesy.WrapLongitude(c.MiddleLonDeg + (((i % 4) - 1.5) * Cell.SizeDeg / 4)));
            if (!sea.Coast.IsLand(new GeoPoint(Math.Clamp(lat, -90, 90), lon)))
            {
                return true;
            }
        }

        return false;
    });
}
