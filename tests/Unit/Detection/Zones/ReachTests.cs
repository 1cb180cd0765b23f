using MaritimeWatch.Detection.Zones;
using MaritimeWatch.Units;
using NetTopologySuite.Geometries;
using static MaritimeWatch.Unit.Zones.Waters;

namespace MaritimeWatch.Unit.Zones;

public sealed class ReachTests
{
    [Fact]
    public void Every_point_of_a_sampled_way_can_be_reached_in_its_time()
    {
        foreach (var (from, to) in Pairs(12, seed: 8).Append((At(-17, 178), At(-17.5, -178.9))).Append((At(86, 0), At(86, 150))))
        {
            if (Real.SeaDistance(from, to, Nm(400)) is not { } shortest)
            {
                continue;
            }

            var reach = Sailing(Real, from, to, shortest.NauticalMiles * 1.4);
            foreach (var path in new FeasiblePaths(reach))
            {
                var sailed = 0.0;
                for (var i = 1; i < path.Count; i++)
                {
                    sailed += reach.Chart.ArcM(path[i - 1], path[i]);
                    var time = Start.AddHours(sailed / 1852 / reach.Top.Knots);
                    Assert.True(time <= reach.End + TimeSpan.FromMinutes(1), $"{from} to {to}: a way of {sailed / 1852:0.0} nm of {reach.LongestWay}");
                    Assert.True(reach.IsReachable(reach.Chart.Place(path[i]), time < reach.End ? time : reach.End), $"{from} to {to}: {reach.Chart.Place(path[i])} after {sailed / 1852:0.0} nm");
                }
            }
        }
    }

    [Theory]
    [InlineData(30, -40, 30, -38.5)]
    [InlineData(-20, 179.5, -20.5, -179.2)]
    [InlineData(86, 20, 85.5, 35)]
    [InlineData(0, 100, 0, 100)]
    public void In_open_sea_the_footprint_is_the_ellipse_about_the_fixes(double lat1, double lon1, double lat2, double lon2)
    {
        GeoPoint from = At(lat1, lon1), to = At(lat2, lon2);
        var reach = Sailing(Open, from, to, 160);
        double c = Geodesy.Between(from, to).NauticalMiles / 2, ellipse = Math.PI * 80 * Math.Sqrt((80 * 80) - (c * c));
        Assert.InRange(AreaNm(reach.Footprint), ellipse * 0.985, ellipse * 1.015);
        Assert.True(reach.Footprint.IsValid);
        foreach (var corner in reach.Footprint.Coordinates.Where(p => Math.Abs(p.X) < 179.99))
        {
            var at = At(corner.Y, corner.X);
            Assert.InRange((Geodesy.Between(from, at) + Geodesy.Between(at, to)).NauticalMiles, 159, 161);
        }
    }

    [Fact]
    public void An_open_silence_reaches_a_disc_and_grows()
    {
        var reach = Sailing(Open, At(10, 180), null, 100);
        Assert.InRange(AreaNm(reach.Footprint), Math.PI * 100 * 100 * 0.985, Math.PI * 100 * 100 * 1.015);
        Assert.True(reach.IsReachable(At(10, -179), Start.AddHours(12)));
        Assert.False(reach.IsReachable(At(10, -179), Start.AddHours(6)));
        Assert.False(reach.IsReachable(At(10, 180), Start.AddHours(13)));
        Assert.Null(reach.RequiredSpeed);
    }

    [Fact]
    public void Round_the_pole_the_footprint_holds_the_pole()
    {
        var footprint = Sailing(Open, At(89, 0), At(89, 180), 200).Footprint;
        Assert.True(footprint.IsValid);
        Assert.True(footprint.Contains(new Point(33, 89.9)) && footprint.Contains(new Point(-120, 89.9)));
        Assert.InRange(AreaNm(footprint), Math.PI * 100 * 80 * 0.98, Math.PI * 100 * 80 * 1.02);
    }

    [Fact]
    public void Land_cuts_what_is_reached_and_what_lies_behind_it_takes_the_way_round()
    {
        var sea = WithIsland(-2, -0.5, 2, 0.5);
        var reach = Sailing(sea, At(0, -1), null, 120);
        Assert.False(reach.Footprint.Contains(new Point(0, 0)));
        Assert.False(reach.IsReachable(At(0, 0.8), reach.End));
        Assert.True(Sailing(Open, At(0, -1), null, 120).IsReachable(At(0, 0.8), reach.End));
        Assert.True(reach.IsReachable(At(1.9, -0.8), reach.End));
        Assert.Equal(reach.IsReachable(At(0, 0.8), reach.End), reach.Footprint.Contains(new Point(0.8, 0)));
    }

    [Fact]
    public void Needed_speed_and_surplus_follow_the_way_by_sea()
    {
        GeoPoint from = At(57.6, 11.5), to = At(55.4, 8.0);
        var reach = Sailing(Real, from, to, 400);
        Assert.Equal(reach.ShortestWay, Real.SeaDistance(from, to, Nm(500)));
        Assert.Equal(reach.ShortestWay!.Value.NauticalMiles / 12, reach.RequiredSpeed!.Value.Knots, 1e-9);
        Assert.Equal(12 - (reach.ShortestWay.Value.NauticalMiles / 20), reach.Surplus(Speed.FromKnots(20))!.Value.TotalHours, 1e-6);
        Assert.True(reach.RequiredSpeed > Geodesy.Between(from, to) / TimeSpan.FromHours(12));
    }

    /// <summary>Area in square miles on the sphere of the same surface, by the sine of latitude (Lambert's cylinder).</summary>
    private static double AreaNm(MultiPolygon shape)
    {
        var flat = shape.Copy();
        foreach (var polygon in Antimeridian.Polygons(flat))
        {
            foreach (var ring in polygon.InteriorRings.Append(polygon.ExteriorRing))
            {
                for (var i = 0; i < ring.NumPoints; i++)
                {
                    var at = ring.CoordinateSequence;
                    at.SetOrdinate(i, 0, at.GetX(i) * Math.PI / 180);
                    at.SetOrdinate(i, 1, Math.Sin(at.GetY(i) * Math.PI / 180));
                }
            }
        }

        flat.GeometryChanged();
        return flat.Area * Math.Pow(6_371_007.2 / 1852, 2);
    }
}
