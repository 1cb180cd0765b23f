using MaritimeWatch.Feeds.Exercise;
using MaritimeWatch.Units;

namespace MaritimeWatch.Server.Bench;

/// <summary>
/// Days of the exercise's water with other ships and no event, one fix a minute. No ship is in two days, so that training and
/// test share neither ship nor time. It carries what the real bases cannot: known traffic, dense, with class and status.
/// </summary>
internal static class ExerciseGround
{
    /// <param name="scenario">The water and its fleets.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="days">Days of training, and as many of test.</param>
    public static BenchGround Make(ExerciseScenario scenario, long seed, int days)
    {
        var worlds = Enumerable.Range(0, 2 * days).Select(day => World(scenario, seed, day, day < days)).ToList();
        return new BenchGround("channel", true, 2, worlds[..days], worlds[days..]);
    }

    private static BenchWorld World(ExerciseScenario scenario, long seed, int day, bool training)
    {
        var quiet = scenario.Quiet((long)(BenchRandom.HashOf(seed, "channel", $"{day}") % 1_000_000_000), scenario.Start.AddDays(day));
        var tracks = quiet.Heard().Select(s => TrackOf(Renumbered(s.Mmsi, day), s)).OrderBy(t => t.TrackId, StringComparer.Ordinal).ToList();
        return new BenchWorld { Name = $"channel/{(training ? "training" : "test")}{day + 1}", Start = quiet.Start, End = quiet.End, Area = BenchGrounds.AreaOf(tracks), Tracks = tracks };
    }

    private static BenchTrack TrackOf(Mmsi mmsi, HeardShip ship) =>
        new() { TrackId = mmsi.ToString(), Mmsi = mmsi, ShipType = ship.ShipType, LengthM = ship.LengthM, Transponder = ship.Transponder, Fixes = [.. ship.Fixes.Order()] };

    /// <summary>
    /// The exercise numbers its ships alike every day: the numbers of a day are moved on by a step no other day has. Numbers lie 131
    /// apart there, and end below 100,000.
    /// </summary>
    private static Mmsi Renumbered(Mmsi mmsi, int day) => new((mmsi.Number / 100_000 * 100_000) + (((mmsi.Number % 100_000) + (7 * (day + 1))) % 100_000));
}
