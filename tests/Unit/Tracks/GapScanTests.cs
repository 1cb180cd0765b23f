using FsCheck.Xunit;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Unit.Tracks;

/// <summary>The scan of many vessels and the stream find what the detector of one track finds, message for message.</summary>
public class GapScanTests
{
    private static readonly DateTimeOffset Day = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Property(MaxTest = 300)]
    public void A_scan_finds_the_gaps_that_the_detector_finds_in_each_track(int seed)
    {
        var (rows, options, until) = Sea(seed);
        var expected = Expected(rows, options, until);
        Assert.Equal(expected, Scan(rows, until, options));
        new Random(seed).Shuffle(rows);
        Assert.Equal(expected, Scan(rows, until, options));
    }

    [Property(MaxTest = 300)]
    public void A_stream_finds_the_gaps_that_the_detector_finds_in_each_track_however_often_it_is_asked(int seed)
    {
        var (rows, options, until) = Sea(seed);
        new Random(seed).Shuffle(rows);
        var (stream, found) = (new GapStream(options), new List<ScannedGap>());
        foreach (var row in rows.OrderBy(r => r.Fix.Time))
        {
            if (row.Fix.LatDeg < 9.98)
            {
                found.AddRange(stream.Take(row.Fix.Time));
            }

            var (timeMs, latE7, lonE7, _, _, _, _, _) = row.Fix.Columns;
            stream.Add(row.Vessel, timeMs, latE7, lonE7, row.Fix.Receiver);
        }

        found.AddRange(stream.Take(DateTimeOffset.MaxValue));
        Assert.Empty(stream.Take(DateTimeOffset.MaxValue));
        found.AddRange(stream.Open(until));
        Assert.Equal(Expected(rows, options, until), found.OrderBy(g => g.Off.Time).ThenBy(g => g.Vessel));
        Assert.Equal(0, stream.Late);
    }

    [Property(MaxTest = 50)]
    public void The_windows_in_which_a_stream_is_judged_neither_make_nor_lose_a_gap(int seed)
    {
        var (rows, options, until) = Sea(seed);
        var (stream, found, window) = (new GapStream(options), new List<ScannedGap>(), Day.AddHours(6));
        foreach (var row in rows.OrderBy(r => r.Fix))
        {
            for (; row.Fix.Time >= window; window = window.AddHours(6))
            {
                found.AddRange(stream.Take(window));
                Assert.All(stream.Open(window), open => Assert.True(window - open.Off.Time > options.Threshold));
            }

            var (timeMs, latE7, lonE7, _, _, _, _, _) = row.Fix.Columns;
            stream.Add(row.Vessel, timeMs, latE7, lonE7, row.Fix.Receiver);
        }

        found.AddRange(stream.Take(until.AddDays(1)));
        Assert.Equal(Expected(rows, options, null).Count, found.Count);
    }

    [Fact]
    public void A_message_earlier_than_the_last_of_its_vessel_is_counted_as_late_and_changes_nothing()
    {
        var stream = new GapStream(new GapOptions());
        stream.Add(1, 50_000, 0, 0, ReceiverKind.Terrestrial);
        stream.Add(1, 40_000, 0, 0, ReceiverKind.Terrestrial);
        stream.Add(2, 40_000, 0, 0, ReceiverKind.Terrestrial);
        stream.Add(1, 50_000 + (13 * 3_600_000), 0, 0, ReceiverKind.Terrestrial);
        Assert.Equal(1, stream.Late);
        Assert.Equal(1, Assert.Single(stream.Take(DateTimeOffset.MaxValue)).Before.Total);
    }

    [Fact]
    public void Many_messages_within_the_hours_before_are_counted_one_by_one_and_those_outside_are_forgotten()
    {
        var stream = new GapStream(new GapOptions());
        for (var second = 0; second <= 100_000; second++)
        {
            stream.Add(7, second * 1000L, 0, 0, second % 2 == 0 ? ReceiverKind.Terrestrial : ReceiverKind.Satellite);
        }

        stream.Add(7, 200_000_000, 0, 0, ReceiverKind.Unknown);
        Assert.Equal(new HeardBefore(43_201, 21_601, 21_600, 0), Assert.Single(stream.Take(DateTimeOffset.MaxValue)).Before);
    }

    [Fact]
    public void A_gap_of_the_scan_becomes_the_gap_of_the_track()
    {
        var scanned = Assert.Single(GapScan.Find(new HeardColumns([5, 5], [0, 13 * 3_600_000], [0, 0], [0, 10_000_000], []), null, new GapOptions()));
        Assert.Equal(111_319.491, scanned.ToGap("5").Distance!.Value.Metres, 0.001);
    }

    [Fact]
    public void Columns_of_different_length_are_refused() =>
        Assert.Throws<ArgumentException>(() => { _ = new HeardColumns([1, 2], [0], [0], [0], []); });

    private static List<ScannedGap> Expected((int Vessel, Fix Fix)[] rows, GapOptions options, DateTimeOffset? until) =>
        [.. rows.GroupBy(r => r.Vessel)
            .SelectMany(v => GapDetector.Find("x", v.Select(r => Heard.Of(r.Fix)), until, options).Select(g => new ScannedGap(v.Key, g.Off, g.On, g.Before)))
            .OrderBy(g => g.Off.Time).ThenBy(g => g.Vessel)];

    private static List<ScannedGap> Scan((int Vessel, Fix Fix)[] rows, DateTimeOffset? until, GapOptions options) => GapScan.Find(
        new HeardColumns([.. rows.Select(r => r.Vessel)], [.. rows.Select(r => r.Fix.Columns.TimeMs)], [.. rows.Select(r => r.Fix.Columns.LatE7)], [.. rows.Select(r => r.Fix.Columns.LonE7)], [.. rows.Select(r => r.Fix.Receiver)]), until, options);

    // Few vessels and coarse times, so that equal times, repeats, and silences of exactly the threshold come often.
    private static ((int Vessel, Fix Fix)[] Rows, GapOptions Options, DateTimeOffset Until) Sea(int seed)
    {
        var random = new Random(seed);
        var rows = new List<(int, Fix)>();
        for (var vessel = 0; vessel < random.Next(1, 9); vessel++)
        {
            var at = Day;
            for (var i = random.Next(40); i > 0; i--)
            {
                at = at.AddHours(random.Next(3) switch { 0 => 0, 1 => random.Next(4), _ => random.Next(30) }).AddMilliseconds(random.Next(20) == 0 ? random.Next(-1, 2) + 1 : 0);
                rows.Add((vessel * 100_000_007, new Fix(at, new GeoPoint(10 + (random.Next(-3, 3) / 100.0), 20 + (random.Next(3) / 100.0)), receiver: (ReceiverKind)random.Next(4))));
                if (random.Next(8) == 0)
                {
                    rows.Add(rows[^1]);
                }
            }
        }

        var options = new GapOptions
        {
            Threshold = TimeSpan.FromHours(random.Next(1, 14)) + TimeSpan.FromTicks(random.Next(3)),
            Before = TimeSpan.FromHours(random.Next(1, 20)),
            StartTime = random.Next(2) == 0 ? null : Day.AddHours(random.Next(100)).AddTicks(random.Next(3)),
        };
        return ([.. rows], options, rows.Select(r => r.Item2.Time).DefaultIfEmpty(Day).Max().AddHours(random.Next(1, 20)));
    }
}
