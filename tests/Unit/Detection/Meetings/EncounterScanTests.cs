using FsCheck.Xunit;
using MaritimeWatch.Detection.Meetings;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Unit.Findings;

/// <summary>Tiny made tracks: two ships that lie together, and what must or must not become of it.</summary>
public class EncounterScanTests
{
    private static readonly DateTimeOffset Day = new(2024, 3, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly EncounterOptions Options = new();

    [Fact]
    public void Two_hours_side_by_side_are_an_encounter_and_ten_minutes_less_are_not()
    {
        var two = Assert.Single(Encounters(Together(100, 220)));
        Assert.Equal((1, 2, Day.AddMinutes(100), Day.AddMinutes(220)), (two.Vessel, two.Other, two.From, two.To));
        Assert.InRange(two.Apart.Metres, 110, 112.5);
        Assert.Empty(Encounters(Together(100, 210)));
    }

    [Fact]
    public void Midnight_is_no_edge() => Assert.Equal(Day.AddHours(22), Assert.Single(Encounters(Together(22 * 60, 26 * 60))).From);

    [Fact]
    public void Ships_at_four_knots_side_by_side_are_no_encounter()
    {
        Assert.Empty(Encounters(Together(100, 400, sogKnots: 4)));
        Assert.Equal(1.5, Assert.Single(Encounters(Together(100, 400, sogKnots: 1.5))).Speed.Knots, 0.02);
    }

    [Fact]
    public void The_limit_is_five_hundred_metres()
    {
        Assert.Single(Encounters(Together(100, 300, apartM: 499.9)));
        Assert.Empty(Encounters(Together(100, 300, apartM: 500.5)));
    }

    [Fact]
    public void An_encounter_on_the_antimeridian_is_seen_and_has_its_mean_there()
    {
        var found = Assert.Single(Encounters(Together(100, 300, lonDeg: 179.9995)));
        Assert.True(Math.Abs(found.Mean.LonDeg) > 179.99);
        Assert.InRange(found.Apart.Metres, 110, 112.5);
    }

    [Fact]
    public void Fixes_an_hour_apart_are_joined_and_fixes_further_apart_are_not()
    {
        var hourly = Together(0, 400).Where(r => r.Fix.Time.Minute == 0).ToArray();
        Assert.Equal(Day.AddHours(6), Assert.Single(Encounters(hourly)).To);
        // 61 minutes apart, so that only the fixes themselves could count.
        Assert.Empty(Encounters([.. hourly.Select(r => r with { Fix = new Fix(Day.AddMinutes(r.Fix.Time.Hour * 61), r.Fix.At) })]));
    }

    [Fact]
    public void Encounters_less_than_four_hours_apart_are_one_and_others_are_two()
    {
        Assert.Equal(Day.AddMinutes(700), Assert.Single(Encounters([.. Together(100, 300), .. Together(530, 700)])).To);
        Assert.Equal(2, Encounters([.. Together(100, 300), .. Together(540, 700)]).Count);
        // The second is too short to be one, so that nothing joins the first.
        Assert.Equal(Day.AddMinutes(300), Assert.Single(Encounters([.. Together(100, 300), .. Together(530, 600)])).To);
    }

    [Fact]
    public void Who_the_ships_are_and_in_which_order_fixes_come_changes_no_bit()
    {
        var rows = Together(100, 320).Concat(Together(200, 500, mmsi: 30, lonDeg: 3)).ToArray();
        var expected = Encounters(rows);
        Assert.Equal(2, expected.Count);
        new Random(5).Shuffle(rows);
        Assert.Equal(expected, Encounters(rows));
        var swapped = Encounters([.. rows.Select(r => r with { Vessel = 1000 - r.Vessel })]);
        Assert.Equal(expected.Select(e => e with { Vessel = 1000 - e.Other, Other = 1000 - e.Vessel }), swapped);
    }

    [Property(MaxTest = 60)]
    public void A_stream_closed_at_any_moments_finds_what_a_batch_finds(int seed)
    {
        var (random, rows) = (new Random(seed), Sea(seed));
        var expected = Encounters([.. rows]);
        var (scan, found, closed) = (new EncounterScan(Options), new List<Encounter>(), 0);
        foreach (var (vessel, fix) in rows)
        {
            var (timeMs, latE7, lonE7, _, _, _, _, _) = fix.Columns;
            if (random.Next(40) == 0)
            {
                found.AddRange(scan.Close(fix.Time));
                closed++;
            }

            scan.Add(vessel, timeMs, latE7, lonE7);
        }

        found.AddRange(scan.Close(DateTimeOffset.MaxValue));
        Assert.Equal(0, scan.Late);
        Assert.Equal(expected, found.OrderBy(e => e.From).ThenBy(e => e.Vessel).ThenBy(e => e.Other));
        Assert.Empty(scan.Ongoing());
    }

    [Fact]
    public void Planted_encounters_are_all_found()
    {
        var rows = new List<(int, Fix)>();
        for (var pair = 0; pair < 60; pair++)
        {
            rows.AddRange(Together(pair * 7, (pair * 7) + 130 + pair, mmsi: 10 + (pair * 2), lonDeg: -179.5 + (pair * 6), latDeg: -70 + (pair * 2.4)));
        }

        var found = Encounters([.. rows]);
        Assert.Equal(60, found.Count);
        Assert.Equal(Enumerable.Range(0, 60).Select(p => 10 + (p * 2)), found.Select(e => e.Vessel).Order());
    }

    [Fact]
    public void An_encounter_that_goes_on_is_told_as_ongoing_and_keeps_its_beginning_when_it_is_over()
    {
        var scan = new EncounterScan(Options);
        Add(scan, Together(100, 400));
        Assert.Empty(scan.Close(Day.AddMinutes(390)));
        Assert.Equal(Day.AddMinutes(100), Assert.Single(scan.Ongoing()).From);
        var over = Assert.Single(scan.Close(Day.AddDays(1)));
        Assert.Equal(Day.AddMinutes(100), over.From);
        Assert.Empty(scan.Ongoing());
        Add(scan, Together(100, 110));
        Assert.Equal(4, scan.Late);
    }

    private static void Add(EncounterScan scan, IEnumerable<(int Vessel, Fix Fix)> rows)
    {
        foreach (var (vessel, fix) in rows)
        {
            scan.Add(vessel, fix.Columns.TimeMs, fix.Columns.LatE7, fix.Columns.LonE7);
        }
    }

    private static List<Encounter> Encounters((int Vessel, Fix Fix)[] rows) => EncounterScan.Of(new HeardColumns(
        [.. rows.Select(r => r.Vessel)], [.. rows.Select(r => r.Fix.Columns.TimeMs)], [.. rows.Select(r => r.Fix.Columns.LatE7)], [.. rows.Select(r => r.Fix.Columns.LonE7)], []), Options);

    // Two ships heading north, a fix every ten minutes from one minute to another; east of each other by a distance.
    private static (int Vessel, Fix Fix)[] Together(int fromMinute, int toMinute, double sogKnots = 0, double apartM = 111, double latDeg = 0, double lonDeg = 20, int mmsi = 1) =>
        [.. from minute in Enumerable.Range(0, ((toMinute - fromMinute) / 10) + 1).Select(i => fromMinute + (i * 10))
            let at = new GeoPoint(latDeg + (sogKnots * (minute - fromMinute) / 60 / 60), lonDeg)
            from row in new[] { (Vessel: mmsi, At: at), (Vessel: mmsi + 1, At: Geodesy.Destination(at, Course.FromDegrees(90), Distance.FromMetres(apartM))) }
            select (row.Vessel, new Fix(Day.AddMinutes(minute), row.At))];

    // A dozen ships that drift about a roadstead for two days, with fixes now dense, now missing, some at one time.
    private static List<(int Vessel, Fix Fix)> Sea(int seed)
    {
        var random = new Random(seed);
        var rows = new List<(int Vessel, Fix Fix)>();
        for (var vessel = 0; vessel < 12; vessel++)
        {
            var (at, minutes) = (new GeoPoint(50 + (random.NextDouble() * 0.006), 179.997 + (random.NextDouble() * 0.003)), (double)random.Next(600));
            while (minutes < 2880)
            {
                minutes += random.Next(12) switch { 0 => 0, 1 => random.Next(300), _ => random.NextDouble() * 30 };
                at = Geodesy.Destination(at, Course.FromDegrees(random.Next(360)), Distance.FromMetres(random.Next(random.Next(20) == 0 ? 3000 : 150)));
                rows.Add((vessel, new Fix(Day.AddMinutes(random.Next(3) == 0 ? Math.Round(minutes / 10) * 10 : minutes), at)));
            }
        }

        return [.. rows.OrderBy(r => r.Fix.Time)];
    }
}
