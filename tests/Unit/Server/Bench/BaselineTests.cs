using MaritimeWatch.Detection;
using MaritimeWatch.Server.Bench;
using MaritimeWatch.Server.Mail;
using MaritimeWatch.Support;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Unit.Server.Bench;

public class BaselineTests
{
    private static readonly GeoPoint Ocean = new(45, -30), Dover = new(51.05, 1.5);
    private static readonly LandMap Land = LandMap.Load(Path.Combine(SharedData.Root, "maps", "land-50m.geojson"));

    [Theory]
    [InlineData(5.9, false)]
    [InlineData(6.1, true)]
    public void B0_raises_what_is_longer_than_six_hours(double gapHours, bool raised) =>
        Assert.Equal(raised, Verdict("B0", MadeWorld.WorldOf(MadeWorld.WithGap("a", Ocean, 3, gapHours))).Alert);

    [Theory]
    [InlineData(12.5, 3, true)]
    [InlineData(11.5, 3, false)]
    [InlineData(12.5, 0.5, false)]
    public void B1_asks_for_twelve_hours_and_fourteen_positions_before(double gapHours, double hoursBefore, bool raised) =>
        Assert.Equal(raised, Verdict("B1 ", MadeWorld.WorldOf(MadeWorld.WithGap("a", Ocean, hoursBefore, gapHours))).Alert);

    [Fact]
    public void B1_raises_nothing_within_fifty_miles_of_a_shore_and_B1_without_the_shore_does()
    {
        var world = MadeWorld.WorldOf(MadeWorld.WithGap("a", Dover, 3, 13));
        Assert.False(Verdict("B1 ", world).Alert);
        Assert.True(Verdict("B1'", world).Alert);
    }

    [Fact]
    public void The_distance_from_shore_is_that_of_the_chart()
    {
        // South Foreland to Cap Gris-Nez is 18 nm: mid-channel lies within ten of either.
        Assert.InRange(Baselines.ShoreNm(Land, new Fix(MadeWorld.Start, new GeoPoint(51.0, 1.47))), 5, 11);
        Assert.Equal(120, Baselines.ShoreNm(Land, new Fix(MadeWorld.Start, Ocean)));
    }

    [Fact]
    public void B2_and_B3_raise_where_others_were_heard_and_not_where_nobody_was()
    {
        // Four that are heard all day beside her, against one that is alone with her own misses.
        var good = MadeWorld.WorldOf([.. Enumerable.Range(0, 4).Select(i => MadeWorld.WithGap($"w{i}", Ocean, 20, 0.05)), MadeWorld.WithGap("a", Ocean, 6, 3)]);
        var poor = MadeWorld.WorldOf(MadeWorld.WithGap("a", Ocean, 0.2, 3, 0.2));
        Assert.True(Verdict("B2", good, "a").Alert);
        Assert.True(Verdict("B3", good, "a").Alert);
        Assert.False(Verdict("B2", poor, "a").Alert);
        Assert.True(Verdict("B3", good, "a").ScoreNats > Verdict("B3", poor, "a").ScoreNats);
    }

    [Fact]
    public void Reception_is_the_share_of_slots_heard_with_the_missed_ones_between()
    {
        // Heard in 13 slots, missed in 17 between, heard in 7: 20 of 37, a prior of one in two added.
        var reception = new BenchReception(MadeWorld.WorldOf(MadeWorld.WithGap("a", Ocean, 2, 3)));
        Assert.Equal((20 + 1.0) / (37 + 2), reception.ShareAt(Ocean.LatDeg, Ocean.LonDeg), 12);
        Assert.Equal(0.5, reception.ShareAt(10, 10));
    }

    [Fact]
    public void A_silence_is_joined_with_its_truth_by_its_start_and_with_an_outage_by_its_time()
    {
        var track = MadeWorld.WithGap("a", Ocean, 2, 3);
        var other = MadeWorld.WithGap("b", Ocean, 2, 4);
        var off = track.Fixes.Last(f => f.Time <= MadeWorld.Start.AddHours(2)).Time;
        var world = MadeWorld.WorldOf(track, other) with
        {
            Truths =
            [
                new BenchTruth { Id = "n", Kind = TruthKind.SingleDeletion, TrackIds = ["a"], Start = off, End = off.AddHours(3) },
                new BenchTruth { Id = "r", Kind = TruthKind.CellOutage, TrackIds = ["b"], Start = off.AddMinutes(30), End = off.AddHours(2) },
            ],
        };
        var trial = new BenchTrial(new BenchGround("made", true, 2, [], []), world, new BenchReception(world));
        BenchVerdict[] said = [new("a", off, off.AddHours(3), FindingClass.Unexplained, true, 1, 0.7, 4, null, []), new("area 1", off, null, FindingClass.Reception, true, 9, 0.9, 9, null, [])];
        var cases = trial.Cases(said).ToList();
        Assert.Equal([("n", true, true), ("r", false, false)], cases.Select(c => (c.TruthId!, c.IsPositive, c.Alert)));
        Assert.Equal(FindingClass.CannotTell, cases[1].Class);
        Assert.Equal(double.NegativeInfinity, cases[1].Rank);
    }

    private static BenchVerdict Verdict(string name, BenchWorld world, string trackId = "a") =>
        Baselines.All(w => new BenchReception(w), Land).Single(s => s.Name.StartsWith(name, StringComparison.Ordinal)).Score(world).First(v => v.TrackId == trackId);
}
