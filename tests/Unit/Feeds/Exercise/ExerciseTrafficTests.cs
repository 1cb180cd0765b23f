using System.Security.Cryptography;
using MaritimeWatch.Feeds.Exercise;

namespace MaritimeWatch.Unit.Feeds.Exercise;

[Collection("the exercise: one scenario, whose caches serve one reader at a time")]
public sealed class ExerciseTrafficTests(ITestOutputHelper output)
{
    private static readonly ExerciseMorning Morning = ExerciseMorning.Instance;

    [Fact]
    public void Two_runs_give_the_same_lines()
    {
        var lines = ExerciseScenario.Load(ExerciseMorning.Folder).Lines().Take(ExerciseMorning.DigestedLines);
        Assert.Equal(Morning.DigestOf("first"), Digest(lines));
    }

    [Fact]
    public void A_run_from_a_time_is_the_end_of_the_whole_run_even_amid_the_backlog()
    {
        var from = Morning.Scenario.Start.AddMilliseconds(ExerciseMorning.LateFromMs);
        var lines = ExerciseScenario.Load(ExerciseMorning.Folder).Lines(from).Take(ExerciseMorning.DigestedLines);
        Assert.Equal(Morning.DigestOf("late"), Digest(lines));
    }

    [Fact]
    public void Lines_come_faster_than_a_feed_could_need()
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var count = Morning.Scenario.Lines().Take(200_000).Count();
        output.WriteLine($"{count / watch.Elapsed.TotalSeconds:0} lines/s");
        watch.Restart();
        var first = Morning.Scenario.Lines(Morning.Scenario.Start.AddHours(2)).First();
        output.WriteLine($"First line from 02:00 after {watch.ElapsedMilliseconds} ms");
        Assert.True(first.DeliveredAt >= Morning.Scenario.Start.AddHours(2));
    }

    [Fact]
    public void Lines_come_in_order_of_delivery_and_every_one_carries_the_mark()
    {
        Assert.True(Morning.IsInOrder);
        Assert.True(Morning.AreMarked);
        Assert.All(Morning.Statics, s => Assert.StartsWith("EXER ", s.Name, StringComparison.Ordinal));
        Assert.All(Morning.Statics.Where(s => s.Type == 5), s => Assert.Equal("EXERCISE", s.Destination));
        output.WriteLine($"{Morning.Lines} lines in nine hours; by type {string.Join(", ", Morning.LinesByType.OrderBy(p => p.Key).Select(p => $"{p.Key}: {p.Value}"))}; {Morning.Scenario.ShipCount} ships in the day");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(7)]
    [InlineData(8)]
    public void At_least_300_ships_move_at_once(int hour)
    {
        var scenario = Morning.Scenario;
        var atS = hour * 3600.0;
        var moving = scenario.Ships.Count(s => s.Sends(atS) && s.At(atS) is { UnderWay: true, SogKnots: > 1 });
        var heard = Morning.Fixes.Where(f => f.AtS > atS - 600 && f.AtS <= atS && f.SogKnots > 1).Select(f => f.Mmsi).Distinct().Count();
        output.WriteLine($"{hour}:00 moving {moving}, heard moving {heard}, heard {Morning.Fixes.Where(f => f.AtS > atS - 600 && f.AtS <= atS).Select(f => f.Mmsi).Distinct().Count()}");
        Assert.True(moving >= 300, $"{moving} ships move at {hour}:00.");
        Assert.True(heard >= 300 || hour is 3 or 5, $"{heard} moving ships are heard at {hour}:00, when every station works.");
    }

    [Fact]
    public void Ships_report_at_the_intervals_of_the_standard()
    {
        Assert.InRange(Median(f => f.Type is 1 or 3 && f.Status is 0 && f.SogKnots is > 3 and < 13.3), 9, 11);
        Assert.InRange(Median(f => f.Type is 1 or 3 && f.Status is 0 && f.SogKnots is > 14.7 and < 22.5), 5, 7);
        Assert.InRange(Median(f => f.Status is 1 or 5 && f.SogKnots < 1), 175, 185);
        Assert.InRange(Median(f => f.Type == 18 && f.SogKnots > 2.5), 28, 32);
        Assert.True(Morning.Fixes.Count(f => f.Type == 3) > 1000, "Ships that change course send message 3.");
        Assert.InRange(Median(f => f.Type == 3 && f.Status == 0 && f.SogKnots is > 3 and < 13.3), 3, 4);
    }

    [Fact]
    public void Reports_are_where_the_simulated_ship_is()
    {
        var interference = Morning.Truth(ExerciseTruthKind.GnssInterference);
        var ships = Morning.Scenario.Ships.Where(s => s.Id is null).ToDictionary(s => s.Identities[0].Mmsi);
        var worstNm = Morning.Fixes.Where((f, i) => i % 97 == 0 && ships.ContainsKey(f.Mmsi) && !interference.Mmsis.Contains(f.Mmsi)).Max(f =>
        {
            var at = ships[f.Mmsi].At(f.AtS + 0.5);
            return MaritimeWatch.Units.Geodesy.RoughNm(at.LatDeg, at.LonDeg, f.LatDeg, f.LonDeg);
        });
        Assert.InRange(worstNm * 1852, 0.001, 30);
    }

    [Fact]
    public void No_ship_under_way_is_on_land()
    {
        if (!File.Exists(Coast.Path))
        {
            Assert.Skip($"The coast is missing: put Natural Earth's land-10m.json.gz at {Coast.Path}.");
        }

        var coast = Coast.Read();
        Assert.True(coast.IsLand(51.3, 0.8) && !coast.IsLand(50.5, 0), "The coast is read wrongly.");
        var ashore = new SortedDictionary<string, string>();
        foreach (var ship in Morning.Scenario.Ships)
        {
            for (double t = 0; t < 86_400; t += 180)
            {
                if (ship.Sends(t) && ship.At(t) is { UnderWay: true } at && coast.IsLand(at.LatDeg, at.LonDeg))
                {
                    ashore[ship.Fleet + ship.Id] = $"{at.LatDeg:0.000},{at.LonDeg:0.000} at {t} s {ship.Fleet} {ship.Id}";
                }
            }
        }

        Assert.True(ashore.Count == 0, string.Join("; ", ashore.Values));
    }

    private static string Digest(IEnumerable<ExerciseLine> lines)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var line in lines)
        {
            hash.AppendData(ExerciseMorning.BytesOf(line));
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    /// <summary>Median of the times between two reports of a ship that both fit.</summary>
    private static double Median(Func<HeardFix, bool> fits)
    {
        List<int> steps = [];
        foreach (var ship in Morning.Scenario.Ships.Select(s => s.Identities[0].Mmsi).Distinct().Where((_, i) => i % 3 == 0))
        {
            var fixes = Morning.ByMmsi[ship].DistinctBy(f => f.AtS).OrderBy(f => f.AtS).ToList();
            steps.AddRange(fixes.Zip(fixes.Skip(1)).Where(p => fits(p.First) && fits(p.Second)).Select(p => p.Second.AtS - p.First.AtS));
        }

        steps.Sort();
        return steps[steps.Count / 2];
    }
}
