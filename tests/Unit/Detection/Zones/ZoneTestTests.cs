using MaritimeWatch.Detection.Zones;
using MaritimeWatch.Server.Bench;
using MaritimeWatch.Server.Settings;
using MaritimeWatch.Units;
using static MaritimeWatch.Unit.Zones.Waters;

namespace MaritimeWatch.Unit.Zones;

public sealed class ZoneTestTests(ITestOutputHelper log)
{
    [Fact]
    public void Must_cross_agrees_with_plain_Dijkstra_on_a_finer_grid()
    {
        using var table = new StringWriter();
        var agrees = MustCrossTable.Print(table, House.Find(), 12);
        log.WriteLine(table.ToString());
        Assert.True(agrees, table.ToString());
    }

    [Fact]
    public void A_band_between_two_fixes_must_be_crossed_until_there_is_time_to_go_round()
    {
        GeoPoint from = At(0, -1), to = At(0, 1);
        var band = Area(-1, -0.2, 1, 0.2);
        // Round the corner at 1 N, 0.2 E: 76.8 nm, 24 nm and 76.8 nm by the plane.
        Assert.Equal([true, true, false, false], new[] { 130, 175, 181, 250.0 }.Select(nm => ZoneTest.Of(Sailing(Open, from, to, nm), band)!.MustCross));
        Assert.All([130, 250.0], nm => Assert.True(ZoneTest.Of(Sailing(Open, from, to, nm), band)!.CouldCross));
        Assert.Null(ZoneTest.Of(Sailing(Open, from, to, 119), band));
        Assert.Equal(new ZoneCrossing(false, false, new(0, 512)), ZoneTest.Of(Sailing(Open, from, to, 130), Area(5, -1, 6, 1)));
    }

    [Fact]
    public void More_time_never_makes_a_must_of_what_was_none_and_what_must_be_could()
    {
        int musts = 0, free = 0;
        foreach (var (from, to) in Pairs(25, seed: 2))
        {
            var middle = Geodesy.Along(from, to, 0.4);
            var lon = 0.3 / Math.Max(0.05, Math.Cos(middle.LatDeg * Math.PI / 180));
            var zone = Area(Math.Max(middle.LatDeg - 0.3, -90), middle.LonDeg - lon, Math.Min(middle.LatDeg + 0.3, 90), middle.LonDeg + lon);
            var direct = Geodesy.Between(from, to).NauticalMiles;
            bool? last = null;
            foreach (var times in new[] { 1.01, 1.05, 1.1, 1.2, 1.3, 1.6, 2, 2.6, 4 })
            {
                var reach = Sailing(Real, from, to, direct * times);
                var found = ZoneTest.Of(reach, zone);
                Assert.False(found is null && last is not null, $"{from} to {to}: no voyage with more time");
                if (found is null)
                {
                    continue;
                }

                Assert.True(found.CouldCross || !found.MustCross);
                Assert.False(found.MustCross && last == false, $"{from} to {to}: must at {times} times the way");
                Assert.InRange(found.Share.LeastShare, 0, found.Share.Share);
                Assert.InRange(found.Share.MostShare, found.Share.Share, 1);
                if (found.MustCross && !zone.Contains(from) && !zone.Contains(to))
                {
                    Assert.Equal(1, found.Share.Share);
                    // What is said of the share holds of the ways themselves.
                    var cells = reach.Chart.CellsOf(zone);
                    var around = new FeasiblePaths(reach).Count(p => Enumerable.Range(1, p.Count - 1).All(i => !reach.Chart.Meets(cells, p[i - 1], p[i])));
                    Assert.True(around <= 5, $"{from} to {to}, {times}: {around} ways of 512 go round");
                    musts++;
                }

                free += found.MustCross ? 0 : 1;
                last = found.MustCross;
            }
        }

        Assert.True(musts > 10 && free > 10, $"{musts} must, {free} need not: the cases say too little");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(55)]
    [InlineData(78)]
    public void Shifted_by_a_turn_or_mirrored_at_the_antimeridian_nothing_changes_in_open_ocean(double lat)
    {
        var wide = 1 / Math.Cos(lat * Math.PI / 180);
        foreach (var nm in new[] { 135.0, 160, 200, 300 })
        {
            ZoneCrossing? Ask(double centre, int mirror, int turn)
            {
                double a = centre + (mirror * 0.4 * wide) + (turn * 360), b = centre + (mirror * 0.7 * wide) + (turn * 360);
                var zone = Area(lat - 1, Math.Min(a, b), lat + 0.8, Math.Max(a, b));
                return ZoneTest.Of(Sailing(Open, At(lat, centre - (mirror * wide)), At(lat + 0.1, centre + (mirror * wide)), nm), zone);
            }

            var plain = Ask(-30, 1, 0)!;
            Assert.Equal(plain, Ask(180, 1, 0));
            Assert.Equal(plain, Ask(-180, 1, 0));
            Assert.Equal(plain, Ask(-180, 1, 1));
            var mirrored = Ask(180, -1, 0)!;
            Assert.Equal((plain.CouldCross, plain.MustCross), (mirrored.CouldCross, mirrored.MustCross));
            Assert.InRange(mirrored.Share.Share, plain.Share.LeastShare - 0.03, plain.Share.MostShare + 0.03);
        }
    }

    [Fact]
    public void A_zone_in_which_she_was_heard_was_entered() =>
        Assert.Equal(new ZoneCrossing(true, true, new(512, 512)), ZoneTest.Of(Sailing(Open, At(0, 0), null, 50), Area(-1, -1, 1, 1)));

    [Fact]
    public void While_the_silence_lasts_a_zone_could_be_entered_and_none_must()
    {
        var found = ZoneTest.Of(Sailing(Open, At(0, 0), null, 100), Area(-1, 0.5, 1, 2))!;
        Assert.True(found.CouldCross && !found.MustCross);
        Assert.InRange(found.Share.Share, 0.01, 0.5);
        Assert.False(ZoneTest.Of(Sailing(Open, At(0, 0), null, 50), Area(-1, 1, 1, 2))!.CouldCross);
    }

    [Fact]
    public void A_call_needs_time_there_back_and_at_the_berth()
    {
        // Göteborg is 34 nm from the Skaw by sea, and back again to a place nearby.
        GeoPoint from = At(57.8, 10.8), port = At(57.69, 11.9), to = At(57.5, 11.0);
        var reach = Sailing(Real, from, to, 120);
        Assert.True(ZoneTest.CouldCall(reach, port, TimeSpan.FromHours(4)));
        Assert.False(ZoneTest.CouldCall(reach, port, TimeSpan.FromHours(8)));
        Assert.False(ZoneTest.CouldCall(reach, port, TimeSpan.FromHours(12)));
        Assert.False(ZoneTest.CouldCall(reach, At(53.54, 9.95), TimeSpan.FromHours(1)));
    }

    [Fact]
    public void The_interval_of_a_share_is_Wilsons()
    {
        // Worked by hand: 10 of 100 gives 0.0552 to 0.1744.
        Assert.Equal(0.0552, new PathShare(10, 100).LeastShare, 1e-4);
        Assert.Equal(0.1744, new PathShare(10, 100).MostShare, 1e-4);
    }
}
