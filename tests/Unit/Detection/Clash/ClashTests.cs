using MaritimeWatch.Detection;
using MaritimeWatch.Detection.Clash;
using MaritimeWatch.Detection.Interference;
using MaritimeWatch.Detection.Kinematics;
using MaritimeWatch.Detection.Reception;
using MaritimeWatch.Feeds.Exercise;
using MaritimeWatch.Identity;
using MaritimeWatch.Tracks;
using MaritimeWatch.Tracks.Segments;
using MaritimeWatch.Unit.Feeds.Exercise;
using MaritimeWatch.Unit.Recorded;
using MaritimeWatch.Units;

namespace MaritimeWatch.Unit.Findings;

/// <summary>One identity in two places, a move no ship makes, and motions told as context.</summary>
[Collection("the exercise: one scenario, whose caches serve one reader at a time")]
public sealed class ClashTests(ITestOutputHelper output)
{
    private static readonly DateTimeOffset Start = new(2026, 3, 14, 0, 0, 0, TimeSpan.Zero);
    private static readonly IdentityClashDetector Clashes = new(new ClashOptions());

    [Fact]
    public void The_shared_number_of_the_exercise_is_a_clash_for_its_five_hours_and_no_alert()
    {
        var truth = ExerciseMorning.Instance.Truth(ExerciseTruthKind.SharedMmsi);
        List<Fix> fixes = [.. ExerciseMorning.Instance.ByMmsi[truth.Mmsis.Single()].Select(f => new Fix(ExerciseMorning.Instance.Scenario.Start.AddSeconds(f.AtS), new GeoPoint(f.LatDeg, f.LonDeg), f.SogKnots)).Order()];
        var track = Segmenter.Of(fixes);
        Assert.Equal(2, track.Chains.Count);
        var finding = Clashes.Find(Picture(fixes, truth.Mmsis.Single()), track, [])!;
        output.WriteLine(finding.Sentence);
        Assert.Equal((FindingKind.IdentityClash, FindingClass.IdentityClash, false), (finding.Kind, finding.Class, finding.Alert));
        Assert.True((finding.StartTime - truth.StartTime).Duration() < TimeSpan.FromMinutes(5) && (finding.EndTime - truth.EndTime)?.Duration() < TimeSpan.FromMinutes(5));
        Adds(finding);
    }

    [Fact]
    public void A_clash_is_two_hours_in_turns_and_a_stay_elsewhere_is_a_teleport()
    {
        var shared = Ship(0, 300, 50).Concat(Ship(60, 200, 51, seconds: 20)).ToList();
        Assert.NotNull(Clashes.Find(Picture(shared), Segmenter.Of(shared), []));
        var brief = Ship(0, 300, 50).Concat(Ship(60, 170, 51, seconds: 20)).ToList();
        Assert.Null(Clashes.Find(Picture(brief), Segmenter.Of(brief), []));
        var away = Ship(0, 60, 50).Concat(Ship(60, 240, 51)).Concat(Ship(240, 300, 50)).ToList();
        Assert.Null(Clashes.Find(Picture(away), Segmenter.Of(away), []));
        var teleport = Assert.Single(new TeleportDetector().Find(Picture(away), Segmenter.Of(away), []));
        Assert.Equal((FindingKind.Kinematic, false), (teleport.Kind, teleport.Alert));
        Adds(teleport);
        var single = Ship(0, 60, 50).Concat(Ship(60, 62, 51)).Concat(Ship(62, 100, 50)).ToList();
        Assert.Empty(new TeleportDetector().Find(Picture(single), Segmenter.Of(single), []));
    }

    [Fact]
    public void Interference_of_the_area_explains_a_teleport()
    {
        var away = Ship(0, 60, 50).Concat(Ship(60, 120, 50.3)).Concat(Ship(120, 180, 50)).ToList();
        var track = Segmenter.Of(away);
        var watch = new JumpWatch();
        var jumps = Enumerable.Range(0, 6).SelectMany(i => away.Select(f => watch.Observe($"{i}", new Fix(f.Time, new GeoPoint(f.LatDeg + (0.01 * i), f.LonDeg), 10, 90))).OfType<Jump>().ToList()).ToList();
        var areas = new InterferenceAreas().Find(jumps);
        var explained = Assert.Single(new TeleportDetector().Find(Picture(away), track, areas));
        Assert.Equal(FindingClass.Interference, explained.Class);
        Assert.True(explained.ScoreNats < Assert.Single(new TeleportDetector().Find(Picture(away), track, [])).ScoreNats);
    }

    [Fact]
    public void The_labelled_drift_is_told_and_raises_nothing()
    {
        var fixes = RecordedTracks.Drift("538004030_drift_1.ais.gz", 538004030);
        var found = new DriftDetector(new KinematicOptions()).Find(Picture(fixes, 538004030), Segmenter.Of(fixes).Chains[0]).ToList();
        Assert.All(found, f => output.WriteLine(f.Sentence));
        Assert.NotEmpty(found);
        Assert.All(found, f => Assert.True(f is { Alert: false, Kind: FindingKind.Kinematic } && f.ScoreNats < 0));
        Assert.Empty(new DriftDetector(new KinematicOptions()).Find(Picture(Ship(0, 100, 50)), Segmenter.Of(Ship(0, 100, 50)).Chains[0]));
        Adds(found[0]);
    }

    [Fact]
    public void The_labelled_change_of_speed_is_told_with_what_denies_it()
    {
        var fixes = RecordedTracks.Drift("219165000_ssc_1.ais", 219165000);
        var found = Assert.Single(new SpeedChangeDetector(new KinematicOptions()).Find(Picture(fixes, 219165000), Segmenter.Of(fixes).Chains[0]));
        output.WriteLine(found.Sentence);
        Assert.Equal(["speedStep", "placesDeny", "oneReport"], found.Evidence.Select(e => e.Name));
        Assert.False(found.Alert);
        Adds(found);
    }

    private static void Adds(Finding finding)
    {
        Assert.Equal(finding.PriorNats + finding.Evidence.Sum(e => e.Nats), finding.ScoreNats, 1e-9);
        Assert.All(finding.InnocentCauses, c => Assert.NotEmpty(c.Result));
    }

    private static List<Fix> Ship(int fromMinute, int toMinute, double latDeg, int seconds = 0) => [.. Enumerable.Range(fromMinute, toMinute - fromMinute)
        .Select(m => new Fix(Start.AddSeconds((60 * m) + seconds), new GeoPoint(latDeg, m * 10 / 60.0 / 38.6), 10, 90, 90, NavigationalStatus.UnderWayUsingEngine))];

    private static VesselPicture Picture(IReadOnlyList<Fix> fixes, int mmsi = 538900017) => new()
    {
        AsOf = fixes.Max(f => f.Time), TrackId = $"{mmsi}", Mmsi = new Mmsi(mmsi), Vessel = Vessel.Of(new Mmsi(mmsi), $"{mmsi}", [], []), Fixes = [.. fixes.Order()], Reception = new HeardSlots(), Grid = new ReceptionGrid(new ReceptionOptions()),
    };
}
