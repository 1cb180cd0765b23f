using System.Text;
using MaritimeWatch.Detection.Interference;
using MaritimeWatch.Feeds.Ais;
using MaritimeWatch.Feeds.Exercise;
using MaritimeWatch.Tracks;
using MaritimeWatch.Unit.Feeds.Exercise;
using MaritimeWatch.Units;

namespace MaritimeWatch.Unit.Findings;

/// <summary>The exercise's interference (ex-7) as the real readers give it, and the morning around it.</summary>
[Collection("the exercise: one scenario, whose caches serve one reader at a time")]
public sealed class ExerciseInterferenceTests(ITestOutputHelper output)
{
    [Fact]
    public void The_interference_of_the_exercise_is_one_area_in_its_place_time_and_vessels()
    {
        var scenario = ExerciseScenario.Load(ExerciseMorning.Folder);
        var truth = scenario.Truths.Single(t => t.Truth == ExerciseTruthKind.GnssInterference);
        var observations = new AisObservations("exercise", ReceiverKind.Terrestrial);
        var watch = new JumpWatch();
        var jumps = new List<Jump>();
        foreach (var chunk in scenario.Lines(scenario.Start.AddHours(6)).TakeWhile(l => l.DeliveredAt < scenario.Start.AddHours(9)).Chunk(10_000))
        {
            foreach (var line in chunk)
            {
                observations.Read(Encoding.ASCII.GetBytes(line.Text));
            }

            jumps.AddRange(observations.Take().Sightings.Select(s => watch.Observe(s.TrackId, s.Fix)).OfType<Jump>());
        }

        var area = Assert.Single(new InterferenceAreas().Find(jumps));
        output.WriteLine(new InterferenceDetector().Judge(area, scenario.Start.AddHours(9)).Sentence);
        var offNm = Geodesy.Between(area.TruePlaces.Centre, new GeoPoint(truth.Area.LatDeg, truth.Area.LonDeg)).NauticalMiles;
        output.WriteLine($"{jumps.Count} jumps; centre {offNm:0.00} nm and radius {area.TruePlaces.Radius.NauticalMiles - truth.Area.RadiusNm:0.00} nm off; from {area.From - truth.StartTime}, to {area.To - truth.EndTime} off; {area.Vessels} of {truth.Mmsis.Count} vessels");
        Assert.True(offNm < 3);
        Assert.True((area.From - truth.StartTime).Duration() < TimeSpan.FromMinutes(10) && (area.To - truth.EndTime)?.Duration() < TimeSpan.FromMinutes(10));
        Assert.Equal(truth.Mmsis.Select(m => new Mmsi(m).ToString()), area.TrackIds);
    }

    [Fact]
    public void Nothing_else_in_the_morning_is_an_area()
    {
        var morning = ExerciseMorning.Instance;
        var watch = new JumpWatch();
        var jumps = morning.Fixes.Where(f => f.AtS < 6.9 * 3600).OrderBy(f => f.AtS)
            .Select(f => watch.Observe($"{f.Mmsi}", new Fix(morning.Scenario.Start.AddSeconds(f.AtS), new GeoPoint(f.LatDeg, f.LonDeg), f.SogKnots))).OfType<Jump>().ToList();
        output.WriteLine($"{jumps.Count} jumps, of {jumps.Select(j => j.TrackId).Distinct().Count()} vessels");
        Assert.NotEmpty(jumps);
        Assert.Empty(new InterferenceAreas().Find(jumps));
    }
}
