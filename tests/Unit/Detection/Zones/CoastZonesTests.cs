using MaritimeWatch.Detection.Zones;
using MaritimeWatch.Units;
using static MaritimeWatch.Unit.Zones.Waters;

namespace MaritimeWatch.Unit.Zones;

public sealed class CoastZonesTests
{
    [Theory]
    [InlineData("Dover Strait", 51.0, 1.45, ZoneKind.TerritorialSea)]
    [InlineData("Paris, by the land of the map", 48.86, 2.35, ZoneKind.TerritorialSea)]
    [InlineData("German Bight", 54.0, 7.0, ZoneKind.ContiguousZone)]
    [InlineData("Dogger Bank", 55.5, 3.0, ZoneKind.ExclusiveEconomicZone)]
    [InlineData("mid Atlantic", 40.0, -40.0, ZoneKind.HighSeas)]
    [InlineData("Pacific, on the antimeridian", 40.0, 180.0, ZoneKind.HighSeas)]
    [InlineData("off Fiji, on the antimeridian", -17.0, -180.0, ZoneKind.TerritorialSea)]
    [InlineData("the North Pole", 90.0, 0.0, ZoneKind.HighSeas)]
    public void Known_waters_lie_in_their_zone(string water, double lat, double lon, ZoneKind kind)
    {
        var found = new CoastZones(Real.Coast).ZoneAt(new GeoPoint(lat, lon));
        Assert.True(kind == found.Kind, $"{water}: {found.Name}");
        Assert.True(found.Contains(new GeoPoint(lat, lon)));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(50, 180)]
    [InlineData(-70, -179.5)]
    public void The_distance_to_an_island_is_that_to_its_nearest_side_or_corner(double lat, double lon)
    {
        var coast = WithIsland(lat - 0.5, lon - 0.5, lat + 0.5, lon + 0.5).Coast;
        foreach (var (dLat, dLon) in new[] { (0.7, 0.0), (-0.9, 0.1), (0.6, 0.8), (-1.2, -0.9), (3, 2), (0, 1.5) })
        {
            var at = At(lat + dLat, lon + dLon);
            // The coast in points a hundredth of a mile apart; half a degree of it is taken as straight, which differs by as much.
            var nearest = Enumerable.Range(0, 6001).Select(i => (i / 6000.0) - 0.5)
                .SelectMany(s => new[] { At(lat + 0.5, lon + s), At(lat - 0.5, lon + s), At(lat + s, lon + 0.5), At(lat + s, lon - 0.5) })
                .Min(p => Geodesy.Between(at, p).NauticalMiles);
            Assert.Equal(nearest, coast.DistanceTo(at, Nm(400))!.Value.NauticalMiles, 0.03);
            Assert.Null(coast.DistanceTo(at, Nm(nearest - 0.04)));
        }

        Assert.Equal(default(Distance), coast.DistanceTo(At(lat, lon), Nm(1)));
    }

    [Theory]
    [InlineData(54.5, 7, 55.5, 5)]
    [InlineData(-17, 178.5, -18, -179)]
    [InlineData(38, 24, 37, 25)]
    public void The_cells_of_a_zone_are_those_whose_middle_lies_in_it(double lat1, double lon1, double lat2, double lon2)
    {
        var chart = Sailing(Real, At(lat1, lon1), At(lat2, lon2), 1.3 * Geodesy.Between(At(lat1, lon1), At(lat2, lon2)).NauticalMiles).Chart;
        var zones = new CoastZones(Real.Coast);
        foreach (var zone in new[] { zones.TerritorialSea, zones.ContiguousZone, zones.ExclusiveEconomicZone, zones.HighSeas, Area(lat2 - 0.3, lon1, lat1 + 0.2, lon1 + 0.5) })
        {
            var cells = chart.CellsOf(zone);
            for (var i = 0; i < cells.Length; i += 53)
            {
                Assert.True(cells[i] == zone.Contains(chart.Place(i)), $"{zone.Name} at {chart.Place(i)}");
            }
        }
    }
}
