using MaritimeWatch.Feeds.Exercise;
using MaritimeWatch.Support;

namespace MaritimeWatch.Unit.Feeds.Exercise;

public class HeardShipsTests
{
    [Fact]
    public void A_quiet_day_has_other_ships_no_truth_and_at_most_one_fix_a_minute_within_range_of_a_station()
    {
        var known = ExerciseScenario.Load(Path.Combine(SharedData.Root, "seeds", "exercise"));
        var quiet = known.Quiet(5, known.Start.AddDays(1));
        Assert.Empty(quiet.Truths);
        var ships = quiet.Heard().ToList();
        Assert.True(ships.Count > 400, $"{ships.Count} ships");
        foreach (var ship in ships)
        {
            Assert.All(ship.Fixes.Zip(ship.Fixes.Skip(1)), f => Assert.True(f.First.Time < f.Second.Time && f.First.Time.ToUnixTimeSeconds() / 60 != f.Second.Time.ToUnixTimeSeconds() / 60));
            Assert.InRange(ship.Fixes[0].Time, quiet.Start, quiet.End);
            Assert.Contains(quiet.Receivers, r => r.RoughNm(ship.Fixes[0].LatDeg, ship.Fixes[0].LonDeg) <= r.RangeNm);
        }

        Assert.NotEqual(ships[0].Fixes, known.Quiet(6, known.Start.AddDays(1)).Heard().First().Fixes);
    }
}
