using FsCheck.Xunit;
using MaritimeWatch.Detection;
using MaritimeWatch.Detection.Interference;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Unit.Findings;

/// <summary>Discs of made-up ships led astray together, at any place on Earth, among ships that are not.</summary>
public sealed class InterferenceTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 14, 6, 0, 0, TimeSpan.Zero), Led = Start.AddMinutes(40), Over = Start.AddMinutes(100);
    private static readonly InterferenceAreas Areas = new();

    [Property(MaxTest = 40)]
    public bool A_disc_displaced_by_one_shift_is_one_area_with_its_place_time_and_vessels(int seed)
    {
        var random = new Random(seed);
        var (centre, vessels) = (AnyPlace(random), random.Next(3, 61));
        var (shift, length) = (Course.FromDegrees(random.Next(360)), Distance.FromNauticalMiles(7 + (random.NextDouble() * 40)));
        var fixes = Fleet(random, centre, vessels, (_, at) => Geodesy.Destination(at, shift, length));
        var area = Areas.Find(Jumps(fixes)).Single();
        return area is { Kind: InterferenceKind.CommonShift, To: { } to } && area.Vessels == vessels && area.Returned == vessels
            && Geodesy.Between(area.TruePlaces.Centre, centre).NauticalMiles < 12 && area.TruePlaces.Radius.NauticalMiles < 14
            && (area.From - Led).Duration() < TimeSpan.FromMinutes(4) && (to - Over).Duration() < TimeSpan.FromMinutes(4)
            && Math.Abs(area.ShiftLength.NauticalMiles - length.NauticalMiles) < 0.5 && Course.DifferenceDeg(area.ShiftCourse!.Value, shift) < 6
            && fixes.Where(f => f.Fix.Time > Led && f.Fix.Time < Over).All(f => area.Covers(f.Fix.At, f.Fix.Time))
            && !area.Covers(Geodesy.Destination(centre, Course.FromDegrees(shift.Degrees + 180), Distance.FromNauticalMiles(60)), Led.AddMinutes(5)) && !area.Covers(centre, Over.AddHours(1));
    }

    [Property(MaxTest = 40)]
    public bool A_disc_led_to_one_point_is_one_area(int seed)
    {
        var random = new Random(seed);
        var (centre, vessels) = (AnyPlace(random), random.Next(3, 61));
        var point = Geodesy.Destination(centre, Course.FromDegrees(random.Next(360)), Distance.FromNauticalMiles(25));
        var fixes = Fleet(random, centre, vessels, (_, _) => Geodesy.Destination(point, Course.FromDegrees(random.Next(360)), Distance.FromMetres(random.Next(800))));
        // Three ships that happen to lie together are displaced by one shift and to one point alike.
        var area = Areas.Find(Jumps(fixes)).Single();
        return area.Vessels == vessels && Geodesy.Between(area.Displaced.Centre, point).NauticalMiles < 1 && area.From >= Led && area.To >= Over;
    }

    [Fact]
    public void Ships_led_round_a_circle_are_one_area()
    {
        var random = new Random(8);
        var centre = new GeoPoint(31, 122);
        var fixes = Fleet(random, centre, 14, (i, _) => Geodesy.Destination(new GeoPoint(31.5, 122.4), Course.FromDegrees(i * 77), Distance.FromNauticalMiles(5 + (random.NextDouble() * 0.2))));
        var area = Assert.Single(Areas.Find(Jumps(fixes)));
        Assert.Equal((InterferenceKind.Circle, 14), (area.Kind, area.Vessels));
    }

    [Property(MaxTest = 30)]
    public bool Order_names_and_repeats_change_nothing(int seed)
    {
        var random = new Random(seed);
        var jumps = Jumps(Fleet(random, AnyPlace(random), 12, (_, at) => Geodesy.Destination(at, Course.FromDegrees(15), Distance.FromNauticalMiles(18)))).ToList();
        var expected = Areas.Find(jumps).Single();
        var other = jumps.Concat(jumps.Take(5)).Select(j => j with { TrackId = $"{100 - int.Parse(j.TrackId)}" }).ToArray();
        random.Shuffle(other);
        var again = Areas.Find(other).Single();
        return expected == (again with { TrackIds = expected.TrackIds }) && again.Vessels == expected.Vessels;
    }

    [Fact]
    public void An_area_keeps_its_id_while_it_goes_on_and_closes_when_most_came_back()
    {
        var fixes = Fleet(new Random(5), new GeoPoint(60, 25), 20, (_, at) => Geodesy.Destination(at, Course.FromDegrees(15), Distance.FromNauticalMiles(18)));
        var open = Areas.Find(Jumps(fixes.Where(f => f.Fix.Time < Led.AddMinutes(30)))).Single();
        var closed = Areas.Find(Jumps(fixes)).Single();
        Assert.Null(open.To);
        Assert.True(open.Covers(open.TruePlaces.Centre, Led.AddMinutes(50)));
        Assert.NotNull(closed.To);
        Assert.Equal(open.Id, closed.Id);
    }

    [Property(MaxTest = 40)]
    public bool Single_vessels_never_make_an_area(int seed)
    {
        var random = new Random(seed);
        var centre = AnyPlace(random);

        // Twenty ships of which single reports stray, all by one shift, as a receiver with a bad bit would have them; and two
        // numbers that far ships share, each heard in turns.
        var fixes = Fleet(random, centre, 20, (_, at) => at).GroupBy(f => f.Track)
            .SelectMany(g => g.Select((f, i) => i % 5 == 2 ? (f.Track, Fix: Moved(f.Fix, Distance.FromNauticalMiles(20))) : f)).ToList();
        for (var clash = 0; clash < 2; clash++)
        {
            var turns = random.Next(1, 4);
            fixes.AddRange(Enumerable.Range(0, 300).Select(i => ($"{90 + clash}", Moved(new Fix(Start.AddSeconds(25 * i), centre, 5, 90), Distance.FromNauticalMiles(i / turns % 2 * 50)))));
        }

        return !Areas.Find(Jumps(fixes)).Any();

        static Fix Moved(Fix fix, Distance by) => new(fix.Time, Geodesy.Destination(fix.At, Course.FromDegrees(90), by), fix.SogKnots, fix.CogDeg);
    }

    [Fact]
    public void The_finding_is_of_an_area_adds_up_and_names_no_vessel()
    {
        var area = Areas.Find(Jumps(Fleet(new Random(3), new GeoPoint(-17, 179.95), 3, (_, at) => Geodesy.Destination(at, Course.FromDegrees(15), Distance.FromNauticalMiles(18))))).Single();
        var finding = new InterferenceDetector().Judge(area, Over.AddHours(1));
        Assert.True(finding is { Alert: true, Mmsi: null, Imo: null, Kind: FindingKind.Interference, Class: FindingClass.Interference });
        Assert.Equal(($"area {area.Id}", $"area {area.Id}"), (finding.TrackId, finding.VesselId));
        Assert.Equal(finding.PriorNats + finding.Evidence.Sum(e => e.Nats), finding.ScoreNats, 1e-9);
        Assert.All(finding.InnocentCauses, c => Assert.NotEmpty(c.Result));
        Assert.Matches(@"^3 vessels within \d+ nm of .* reported false places 1[78]\.\d nm away towards 01\d°", finding.Sentence);
    }

    private static GeoPoint AnyPlace(Random random) => new((random.NextDouble() * 140) - 70, random.Next(3) == 0 ? Geodesy.WrapLongitude(180 + (random.NextDouble() * 0.2) - 0.1) : (random.NextDouble() * 360) - 180);

    /// <summary>Ships within 10 nm of a place on courses of their own, every minute; displaced from 06:40 to 07:40.</summary>
    private static List<(string Track, Fix Fix)> Fleet(Random random, GeoPoint centre, int vessels, Func<int, GeoPoint, GeoPoint> displaced)
    {
        var fixes = new List<(string, Fix)>();
        for (var ship = 0; ship < vessels; ship++)
        {
            var from = Geodesy.Destination(centre, Course.FromDegrees(random.Next(360)), Distance.FromNauticalMiles(10 * Math.Sqrt(random.NextDouble())));
            var (course, speed, second) = (Course.FromDegrees(random.Next(360)), Speed.FromKnots(random.NextDouble() < 0.4 ? 0 : random.NextDouble() * 2), random.Next(60));
            for (var minute = 0; minute < 160; minute++)
            {
                var time = Start.AddSeconds((60 * minute) + second);
                var at = Geodesy.Destination(from, course, speed * (time - Start));
                fixes.Add(($"{ship}", new Fix(time, time >= Led && time < Over ? displaced(ship, at) : at, speed.Knots, course.Degrees)));
            }
        }

        return fixes;
    }

    private static IEnumerable<Jump> Jumps(IEnumerable<(string Track, Fix Fix)> fixes)
    {
        var watch = new JumpWatch();
        foreach (var (track, fix) in fixes.OrderBy(f => f.Fix))
        {
            if (watch.Observe(track, fix) is { } jump)
            {
                yield return jump;
            }
        }
    }
}
