using MaritimeWatch.Detection.Zones;
using MaritimeWatch.Units;
using static MaritimeWatch.Unit.Zones.Waters;

namespace MaritimeWatch.Unit.Zones;

public sealed class SeaGridTests
{
    private static readonly Distance Far = Nm(1200);

    [Fact]
    public void A_way_by_sea_is_as_long_as_back_and_never_shorter_than_the_geodesic() => Assert.All(Pairs(120), pair =>
    {
        var there = Real.SeaDistance(pair.From, pair.To, Far);
        Assert.Equal(there, Real.SeaDistance(pair.To, pair.From, Far));
        Assert.True(there is null || there >= Geodesy.Between(pair.From, pair.To), $"{pair}: {there}");
    });

    [Fact]
    public void A_detour_by_a_third_place_is_not_shorter_but_for_the_size_of_the_cells()
    {
        var pairs = Pairs(60).ToList();
        var asked = 0;
        foreach (var (a, b) in pairs)
        {
            var c = Geodesy.Destination(a, Course.FromDegrees(asked * 37 % 360), Nm(60));
            if (!Real.Coast.IsLand(c) && Real.SeaDistance(a, b, Far) is { } ab && Real.SeaDistance(a, c, Far) is { } ac && Real.SeaDistance(c, b, Far) is { } cb)
            {
                asked++;
                Assert.True(ab.NauticalMiles <= ((ac + cb).NauticalMiles * 1.015) + 2, $"{a} {b} by {c}: {ab} > {ac} + {cb}");
            }
        }

        Assert.True(asked > 20, $"only {asked}");
    }

    [Theory]
    [InlineData(10, -40, 1, 1)]
    [InlineData(-35, 180, 1, 1)]
    [InlineData(80, 25, 1, 6)]
    [InlineData(-78, -180, 1.5, 4)]
    [InlineData(0, 0, 0.4, 2)]
    public void Round_an_island_the_way_is_the_taut_one_within_a_hundredth(double lat, double lon, double halfLat, double halfLon)
    {
        var sea = WithIsland(lat - halfLat, lon - halfLon, lat + halfLat, lon + halfLon);
        foreach (var (away, aside) in new[] { (1.5, 0.0), (1.2, 0.5), (3, 0.8), (2, -0.3) })
        {
            GeoPoint from = At(lat + (aside * halfLat), lon - (away * halfLon)), to = At(lat - (aside * halfLat / 2), lon + (away * halfLon));
            var taut = new[] { 1, -1 }.Min(side =>
            {
                GeoPoint west = At(lat + (side * halfLat), lon - halfLon), east = At(lat + (side * halfLat), lon + halfLon);
                return (Geodesy.Between(from, west) + Geodesy.Between(west, east) + Geodesy.Between(east, to)).NauticalMiles;
            });
            Assert.InRange(sea.SeaDistance(from, to, Far)!.Value.NauticalMiles, (taut * 0.985) - 0.5, (taut * 1.01) + 0.5);
        }
    }

    [Theory]
    [InlineData("round the Skaw", 57.6, 11.5, 55.4, 8.0, 205, 225)]
    [InlineData("through the Bosporus and the Dardanelles", 41.4, 29.5, 39.8, 25.5, 207, 225)]
    [InlineData("through the Suez Canal", 31.5, 32.4, 29.5, 32.5, 120, 130)]
    [InlineData("through the Panama Canal", 9.6, -79.9, 8.6, -79.5, 65, 80)]
    [InlineData("through the Kiel Canal", 54.5, 10.3, 54.0, 8.5, 65, 90)]
    [InlineData("down the Elbe", 53.54, 9.95, 54.2, 7.9, 83, 95)]
    [InlineData("through Fiji, over the antimeridian", -17, 178, -17, -178.5, 200, 215)]
    [InlineData("on the Great Lakes, which the map has as land", 46.8, -92, 41.9, -87.5, 350, 420)]
    public void Known_ways_come_out(string way, double lat1, double lon1, double lat2, double lon2, double leastNm, double mostNm) =>
        Assert.True(Real.SeaDistance(At(lat1, lon1), At(lat2, lon2), Nm(1000)) is { } found && found >= Nm(leastNm) && found <= Nm(mostNm),
            $"{way}: {Real.SeaDistance(At(lat1, lon1), At(lat2, lon2), Nm(1000))}");

    [Fact]
    public void The_limit_decides_whether_there_is_a_way_and_not_how_long_it_is()
    {
        GeoPoint from = At(57.6, 11.5), to = At(55.4, 8.0);
        var length = Real.SeaDistance(from, to, Nm(900))!.Value;
        Assert.Null(Real.SeaDistance(from, to, length * 0.999));
        Assert.All([1.001, 1.3, 2, 3, 7], times => Assert.Equal(length, Real.SeaDistance(from, to, length * times)));
        Assert.Null(Real.SeaDistance(from, to, Geodesy.Between(from, to) * 0.9));
    }

    [Fact]
    public void A_strait_much_narrower_than_a_cell_is_no_wall()
    {
        // Two long islands, half a mile of water between them; the cells here are over a mile.
        var islands = new[] { Box(-8, -0.5, -0.004, 0.5), Box(0.004, -0.5, 8, 0.5) };
        var sea = new SeaGrid(new Coast(islands.Select(p => new LandPiece(new(-180, 180, -90, 90), [p.ExteriorRing.Coordinates]))));
        GeoPoint from = At(0.7, -3), to = At(-0.7, 3);
        Assert.InRange(sea.SeaDistance(from, to, Far)!.Value.NauticalMiles, Geodesy.Between(from, to).NauticalMiles, 385);
    }

    [Fact]
    public void In_open_water_the_way_is_the_geodesic_over_the_antimeridian_and_the_pole_too() => Assert.All(
        new[] { (At(40, 179), At(41, -178)), (At(89, 10), At(88, -170)), (At(-60, 179.9), At(-60, -179.9)), (At(0, -30), At(0, -30)), (At(5, 0), At(5, 20)) },
        pair => Assert.Equal(Geodesy.Between(pair.Item1, pair.Item2), Open.SeaDistance(pair.Item1, pair.Item2, Nm(2000))));

    [Fact]
    public void The_length_between_vectors_is_the_geodesic_as_closely_as_it_says()
    {
        var chance = new Random(3);
        for (var i = 0; i < 2000; i++)
        {
            var from = At((chance.NextDouble() * 180) - 90, chance.NextDouble() * 360);
            var away = Nm(1 + (chance.NextDouble() * 3999));
            var to = Geodesy.Destination(from, Course.FromDegrees(chance.NextDouble() * 360), away);
            var arc = EarthVector.ArcM(EarthVector.FromNormal(Normal.Of(from)), EarthVector.FromNormal(Normal.Of(to)));
            Assert.InRange(arc / away.Metres, away < Nm(1000) ? 0.9999 : 0.999, away < Nm(1000) ? 1.0001 : 1.001);
        }
    }

    [Theory]
    [InlineData(48.86, 2.35, true)]
    [InlineData(67.0, -176.0, true)]
    [InlineData(67.0, 176.0, true)]
    [InlineData(-88.0, 10.0, true)]
    [InlineData(-89.99, 180.0, true)]
    [InlineData(64.0, -180.0, false)]
    [InlineData(68.0, 180.0, true)]
    [InlineData(56.0, 18.3, false)]
    [InlineData(51.0, 1.45, false)]
    [InlineData(58.0, 180.0, false)]
    [InlineData(90.0, 0.0, false)]
    public void Land_is_land_and_water_water(double lat, double lon, bool land) => Assert.Equal(land, Real.Coast.IsLand(new GeoPoint(lat, lon)));
}
