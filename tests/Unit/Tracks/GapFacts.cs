using MaritimeWatch.Feeds;
using MaritimeWatch.Feeds.Positions;
using MaritimeWatch.Support;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Unit.Tracks;

/// <summary>The eighteen semantics of a gap (GlobalFishingWatch/pipe-gaps, its gap_detector and tests), one test each.</summary>
public class GapFacts
{
    private static readonly DateTimeOffset Day = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly GapOptions TwelveHours = GapOptions.FromHours(12);

    private static Heard At(double hours, double? lat = 10, double? lon = 20, ReceiverKind receiver = ReceiverKind.Terrestrial, string? vessel = null) =>
        new(Day.AddHours(hours), lat is { } a && lon is { } o ? new GeoPoint(a, o) : null, receiver, vessel);

    private static List<Gap> Find(params Heard[] messages) => GapDetector.Find("1", messages, null, TwelveHours);

    [Fact]
    public void Fact01_A_gap_is_strictly_longer_than_the_threshold()
    {
        Assert.Empty(Find(At(0), At(12)));
        Assert.Single(Find(At(0), At(12.001)));
        Assert.Empty(GapDetector.Find("1", [At(12)], Day.AddHours(24), TwelveHours));
        Assert.Single(GapDetector.Find("1", [At(11)], Day.AddHours(24), TwelveHours));
    }

    [Fact]
    public void Fact02_The_threshold_is_given_in_hours_or_as_a_duration_and_read_as_a_duration()
    {
        Assert.Equal(TimeSpan.FromHours(12), GapOptions.FromHours(12).Threshold);
        Assert.Equal(TimeSpan.FromMinutes(90), GapOptions.FromHours(1.5).Threshold);
        Assert.Equal(TimeSpan.FromHours(2), new GapOptions { Threshold = TimeSpan.FromHours(2) }.Threshold);
        Assert.Throws<ArgumentOutOfRangeException>(() => GapOptions.FromHours(0));
    }

    [Theory]
    [InlineData("time", "MMSI,lat,lon")]
    [InlineData("lat", "MMSI,timestamp,lon")]
    [InlineData("lon", "MMSI,timestamp,lat")]
    [InlineData("mmsi", "timestamp,lat,lon")]
    public void Fact03_A_missing_mandatory_field_raises_an_error_that_names_it(string field, string header)
    {
        var file = Path.Combine(Path.GetTempPath(), $"mw-{Guid.NewGuid():N}.csv");
        File.WriteAllText(file, header + "\n1,2,3\n");
        try
        {
            var cards = ColumnCards.Load(Path.Combine(SharedData.Root, "seeds", "feeds", "position-columns.json"));
            var error = Assert.Throws<InputException>(() => new PositionCsv("test", cards).Read(file).ToList());
            Assert.Contains($"column for {field} ", error.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Fact04_Receivers_are_counted_by_kind_and_an_unknown_one_in_the_total_only()
    {
        var gap = Assert.Single(Find(At(0, receiver: ReceiverKind.Terrestrial), At(1, receiver: ReceiverKind.Satellite), At(2, receiver: ReceiverKind.Dynamic), At(3, receiver: ReceiverKind.Unknown), At(20)));
        Assert.Equal(new HeardBefore(4, 1, 1, 1), gap.Before);
    }

    [Fact]
    public void Fact05_The_order_of_input_does_not_matter()
    {
        Heard[] messages = [At(0), At(1), At(1, 11), At(14.5), At(14.6), At(30), At(31), At(60)];
        var expected = Find(messages).Select(g => (g.Id, g.On, g.Before));
        var random = new Random(7);
        for (var i = 0; i < 50; i++)
        {
            random.Shuffle(messages);
            Assert.Equal(expected, Find(messages).Select(g => (g.Id, g.On, g.Before)));
        }
    }

    [Fact]
    public void Fact06_Messages_of_different_tracks_are_never_paired()
    {
        var ledger = new GapLedger(TwelveHours);
        ledger.Process([("1", At(0)), ("2", At(1)), ("1", At(13)), ("2", At(14)), ("1", At(20)), ("2", At(20))], Day, Day.AddDays(1), Day);
        Assert.All(ledger.Active, gap => Assert.Equal(gap.TrackId == "1" ? Day : Day.AddHours(1), gap.Off.Time));
        Assert.Equal(2, ledger.Active.Count());
    }

    [Fact]
    public void Fact07_Duplicate_messages_at_one_time_give_one_gap() =>
        Assert.Single(Find(At(0), At(0), At(0), At(13), At(13)));

    [Fact]
    public void Fact08_Only_gaps_that_start_at_or_after_the_start_time_are_reported()
    {
        Heard[] messages = [At(0), At(13), At(26)];
        var later = GapDetector.Find("1", messages, null, TwelveHours with { StartTime = Day.AddHours(13) });
        Assert.Equal(Day.AddHours(13), Assert.Single(later).Off.Time);
        Assert.Equal(1, later[0].Before.Total);
        Assert.Empty(GapDetector.Find("1", messages, null, TwelveHours with { StartTime = Day.AddDays(9) }));
        var counted = GapDetector.Find("1", [At(0), At(10), At(23)], null, TwelveHours with { StartTime = Day.AddHours(10) });
        Assert.Equal(2, Assert.Single(counted).Before.Total);
    }

    [Fact]
    public void Fact09_Positions_before_are_counted_over_the_hours_up_to_and_including_the_last_message()
    {
        var gap = Assert.Single(Find(At(0), At(1), At(8), At(13), At(26)));
        Assert.Equal(3, gap.Before.Total);
        var six = GapDetector.Find("1", [At(0), At(1), At(8), At(13), At(26)], null, TwelveHours with { Before = TimeSpan.FromHours(4) });
        Assert.Equal(1, Assert.Single(six).Before.Total);
    }

    [Fact]
    public void Fact10_Distance_is_geodesic_and_null_without_coordinates_and_speed_is_null_without_time()
    {
        var gap = Assert.Single(Find(At(0, 0, 0), At(13, 0, 1)));
        Assert.Equal(111_319.491, gap.Distance!.Value.Metres, 0.001);
        Assert.Equal(gap.Distance.Value.NauticalMiles / 13, gap.ImpliedSpeed!.Value.Knots, 1e-9);
        var blind = Assert.Single(Find(At(0, null, null), At(13)));
        Assert.Null(blind.Distance);
        Assert.Null(blind.ImpliedSpeed);
        Assert.Null((gap with { On = gap.Off }).ImpliedSpeed);
    }

    [Fact]
    public void Fact11_The_id_comes_from_track_time_and_place_and_an_open_gap_keeps_it_when_it_closes()
    {
        var open = Assert.Single(GapDetector.Find("1", [At(0)], Day.AddDays(1), TwelveHours));
        var closed = Assert.Single(Find(At(0), At(30)));
        Assert.Equal(open.Id, closed.Id);
        Assert.NotEqual(open.Id, Assert.Single(GapDetector.Find("2", [At(0)], Day.AddDays(1), TwelveHours)).Id);
        Assert.Equal(Assert.Single(Find(At(0, null, null), At(13))).Id, Assert.Single(Find(At(0, 0, 0), At(13))).Id);
    }

    [Fact]
    public void Fact12_A_last_message_too_far_from_the_end_of_the_range_is_an_open_gap()
    {
        var gap = Assert.Single(GapDetector.Find("1", [At(1), At(5)], Day.AddDays(1), TwelveHours));
        Assert.Equal(Day.AddHours(5), gap.Off.Time);
        Assert.Null(gap.On);
        Assert.False(gap.IsClosed);
        Assert.Null(gap.Duration);
    }

    [Fact]
    public void Fact13_Closing_keeps_id_notes_and_the_counts_before()
    {
        var ledger = new GapLedger(TwelveHours);
        ledger.Process([("1", At(1)), ("1", At(2))], Day, Day.AddDays(1), Day.AddDays(1));
        var open = Assert.Single(ledger.Active);
        ledger.Note(open.Id, "seen by", "watch", Day.AddDays(1).AddSeconds(1));
        ledger.Process([("1", At(40))], Day.AddDays(1), Day.AddDays(2), Day.AddDays(2));
        var closed = Assert.Single(ledger.Active);
        Assert.True(closed.IsClosed);
        Assert.Equal(open.Id, closed.Id);
        Assert.Equal(open.Before, closed.Before);
        Assert.Equal("watch", closed.Notes["seen by"]);
    }

    [Fact]
    public void Fact14_Rows_are_only_added_and_the_highest_version_is_active()
    {
        var ledger = new GapLedger(TwelveHours);
        ledger.Process([("1", At(1))], Day, Day.AddDays(1), Day.AddDays(1).AddMilliseconds(700));
        ledger.Process([("1", At(40))], Day.AddDays(1), Day.AddDays(2), Day.AddDays(2));
        Assert.Equal(2, ledger.Rows.Count);
        Assert.False(ledger.Rows[0].Gap.IsClosed);
        Assert.Equal(Day.AddDays(1), ledger.Rows[0].Version);
        Assert.True(Assert.Single(ledger.Active).IsClosed);
    }

    [Fact]
    public void Fact15_A_gap_that_begins_late_in_the_day_opens_on_a_later_day()
    {
        var ledger = new GapLedger(TwelveHours);
        ledger.Process([("1", At(22))], Day, Day.AddDays(1), Day.AddDays(1));
        Assert.Empty(ledger.Rows);
        ledger.Process([], Day.AddDays(1), Day.AddDays(2), Day.AddDays(2));
        Assert.False(Assert.Single(ledger.Rows).Gap.IsClosed);
        ledger.Process([("1", At(62))], Day.AddDays(2), Day.AddDays(3), Day.AddDays(3));
        Assert.Equal([false, true], ledger.Rows.Select(r => r.Gap.IsClosed));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(30)]
    [InlineData(180)]
    public void Fact16_The_width_of_the_window_neither_makes_nor_loses_a_gap(int windowDays)
    {
        var random = new Random(3);
        var hours = 0.0;
        var messages = Enumerable.Range(0, 600).Select(_ => ("1", At(hours += random.NextDouble() * 14))).ToList();
        var end = Day.AddDays(360);
        var expected = GapDetector.Find("1", messages.Select(m => m.Item2), end, TwelveHours).Select(g => (g.Id, g.On)).ToHashSet();
        var ledger = new GapLedger(TwelveHours);
        for (var from = Day; from < end; from = from.AddDays(windowDays))
        {
            ledger.Process(messages, from, from.AddDays(windowDays), from.AddDays(windowDays));
        }

        Assert.True(expected.Count > 20);
        Assert.Equal(expected, ledger.Active.Select(g => (g.Id, g.On)).ToHashSet());
        Assert.Equal(ledger.Rows.Count, ledger.Rows.Select(r => (r.Gap.Id, r.Gap.IsClosed)).Distinct().Count());
    }

    [Fact]
    public void Fact17_A_gap_whose_ends_belong_to_two_hulls_says_so()
    {
        Assert.True(Assert.Single(Find(At(0, vessel: "imo:1"), At(13, vessel: "imo:2"))).DifferentVessels);
        Assert.False(Assert.Single(Find(At(0, vessel: "imo:1"), At(13, vessel: "imo:1"))).DifferentVessels);
        Assert.False(Assert.Single(Find(At(0), At(13))).DifferentVessels);
    }

    [Fact]
    public void Fact18_A_short_run_that_overlaps_is_kept_since_leaving_it_out_would_make_a_gap()
    {
        Heard[] noise = [At(8, 50, -30), At(8.1, 50, -30)];
        Assert.Empty(Find([At(0), At(1), .. noise, At(14), At(15)]));
        Assert.Single(Find(At(0), At(1), At(14), At(15)));
    }
}
