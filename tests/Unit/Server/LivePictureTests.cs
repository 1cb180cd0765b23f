using FsCheck.Xunit;
using MaritimeWatch.Server.Watch;
using MaritimeWatch.Storage;
using MaritimeWatch.Support;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Unit.Server;

/// <summary>The live picture: what a console keeps is what is in its view, whatever moved meanwhile.</summary>
public sealed class LivePictureTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Property(MaxTest = 150)]
    public void After_any_moves_marks_and_viewports_the_console_knows_the_vessels_in_view_and_no_other(int seed) => Voyage(new Random(seed));

    [Fact]
    public void A_vessel_that_did_not_change_is_not_sent_again()
    {
        using var picture = new LivePicture();
        picture.Show(Enumerable.Range(0, 100).Select(i => Fix(235000000 + i, 50 + (i * 0.01), 1, 0)));
        var (view, console, all) = (new LiveView(picture), new LiveFrameReader(), Look(1, 40, 2, 60, 8));
        console.Read(view.Next(all, Start, 1));
        Assert.Equal(100, console.Sent);
        console.Read(view.Next(all, Start, 1));
        Assert.Equal(0, console.Sent);
        picture.Show([Fix(235000007, 50.5, 1.5, 10)]);
        console.Read(view.Next(all, Start, 1));
        Assert.Equal(1, console.Sent);
    }

    [Fact]
    public void Far_out_ships_are_counted_by_cell_with_the_lost_among_them_and_only_alerts_silences_and_distress_come_singly()
    {
        using var picture = new LivePicture { CountAgain = TimeSpan.Zero };
        picture.Show(Enumerable.Range(0, 500).Select(i => Fix(235000000 + i, 50 + (i % 20 * 0.05), 1 + (i / 20 * 0.05), i < 100 ? 0 : 3600)));
        picture.Show([Fix(970123456, 50.2, 1.2, 3600), Fix(002320001, 50.3, 1.3, 3600)]);
        picture.Mark(new HashSet<Mmsi> { new(235000007) }, new HashSet<Mmsi> { new(235000008) }, new HashSet<Mmsi> { new(235000009) });
        var console = new LiveFrameReader();
        console.Read(new LiveView(picture).Next(Look(-20, 30, 20, 65, 4), Start.AddHours(1), 1));
        Assert.Equal(3, console.Kind);
        Assert.Equal(500, console.Known);
        Assert.Equal([235000007, 235000008, 970123456], console.Vessels.Keys.Order());
        Assert.Equal((500, 100), (console.Cells.Sum(c => c.Ships), console.Cells.Sum(c => c.Lost)));
        Assert.All(console.Cells, c => Assert.True(c.LatDeg is >= 50 and <= 51.1f && c.LonDeg is >= 1 and <= 2.3f));
        Assert.InRange(console.Middle.LatDeg, 50, 51.1f);
    }

    [Fact]
    public void A_place_she_cannot_have_come_to_is_marked_as_doubtful_and_no_more_ten_minutes_after()
    {
        using var picture = new LivePicture();
        var (view, console, all) = (new LiveView(picture), new LiveFrameReader(), Look(0, 40, 10, 60, 8));
        bool InDoubt(params LatestFix[] fixes)
        {
            picture.Show(fixes);
            console.Read(view.Next(all, Start, 1));
            return (console.Vessels[235000001].Marks & 8) != 0;
        }

        Assert.False(InDoubt(Fix(235000001, 50, 1, 0)));
        Assert.False(InDoubt(Fix(235000001, 50.05, 1, 600)));
        Assert.True(InDoubt(Fix(235000001, 50.5, 1, 660)));
        Assert.True(InDoubt(Fix(235000001, 50.501, 1, 700)));
        Assert.False(InDoubt(Fix(235000001, 50.51, 1, 1400)));
        picture.Mark(new HashSet<Mmsi>(), new HashSet<Mmsi>(), new HashSet<Mmsi> { new(235000001) });
        Assert.True(InDoubt());
    }

    [Theory]
    [InlineData("{}", "expected west")]
    [InlineData("[1,2]", "expected an object")]
    [InlineData("{\"west\":1,\"south\":50,\"east\":3,\"north\":40,\"zoom\":8}", "south below north")]
    [InlineData("{\"west\":1,\"south\":50,\"east\":203,\"north\":52,\"zoom\":8}", "expected east")]
    [InlineData("{\"west\":1,\"south\":50,\"east\":3,\"north\":52,\"zoom\":8,\"watched\":[\"x\"]}", "watched")]
    [InlineData("{\"west\":1,\"south\":50,\"east\":3,\"north\":52,\"zoom\":8,\"watched\":7}", "expected an object")]
    [InlineData("no json", "expected an object")]
    public void What_is_no_viewport_is_refused_with_what_was_expected(string message, string expected) =>
        Assert.Contains(expected, Assert.Throws<FormatException>(() => Viewport.Parse(System.Text.Encoding.UTF8.GetBytes(message))).Message, StringComparison.Ordinal);

    private static void Voyage(Random random)
    {
        using var picture = new LivePicture { CountAgain = TimeSpan.Zero };
        var (view, console, truth) = (new LiveView(picture), new LiveFrameReader(), new Dictionary<int, LatestFix>());
        var (judged, seconds) = (new HashSet<Mmsi>(), 0);
        for (var step = 0; step < 25; step++)
        {
            var moved = Enumerable.Range(0, random.Next(0, 40)).Select(_ => Fix((random.Next(12) == 0 ? 970000000 : 235000000) + random.Next(60), Lat(random), Lon(random), seconds += random.Next(0, 60))).ToList();
            picture.Show(moved);
            moved.ForEach(m => truth[m.Mmsi.Number] = m);
            judged = random.Next(4) == 0 ? [.. truth.Values.Where(_ => random.Next(5) == 0).Select(m => m.Mmsi)] : judged;
            picture.Mark(judged, judged, new HashSet<Mmsi>());
            if (random.Next(3) == 0)
            {
                continue;
            }

            var (south, west) = (random.Next(-85, 60), random.Next(-180, 180));
            var watched = truth.Keys.Where(_ => random.Next(20) == 0).Select(n => new Mmsi(n)).ToHashSet();
            var look = Look(west, south, Geodesy.WrapLongitude(west + random.Next(1, 350)), south + random.Next(1, 25), random.Next(0, 12)) with { Watched = watched };
            console.Read(view.Next(look, Start.AddSeconds(seconds), 1));
            var expected = truth.Values.Where(m => watched.Contains(m.Mmsi) || (look.Box.Contains(m.Fix.LatDeg, m.Fix.LonDeg) && (look.IsSingles || m.Mmsi.Kind == MmsiKind.Distress || judged.Contains(m.Mmsi))));
            Assert.Equal(expected.ToDictionary(m => m.Mmsi.Number, m => (double)m.Fix.Time.ToUnixTimeMilliseconds()).Order(Comparer<KeyValuePair<int, double>>.Create((a, b) => a.Key.CompareTo(b.Key))),
                console.Vessels.ToDictionary(v => v.Key, v => v.Value.TimeMs).Order(Comparer<KeyValuePair<int, double>>.Create((a, b) => a.Key.CompareTo(b.Key))));
            Assert.All(console.Vessels, v => Assert.Equal(judged.Contains(new Mmsi(v.Key)), (v.Value.Marks & 6) == 6));
            Assert.True(console.Cells.Sum(c => c.Ships) >= (look.IsSingles ? 0 : truth.Values.Count(m => m.Mmsi.Kind == MmsiKind.Ship && look.Box.Contains(m.Fix.LatDeg, m.Fix.LonDeg))));
            Assert.True(!look.IsSingles || console.Cells.Count == 0);
        }
    }

    private static double Lat(Random random) => (random.NextDouble() * 175) - 87.5;

    private static double Lon(Random random) => random.Next(10) == 0 ? (random.Next(2) == 0 ? 180 : -180) : (random.NextDouble() * 360) - 180;

    private static Viewport Look(double west, double south, double east, double north, double zoom) => new(new GeoBox(south, west, north, east), zoom, new HashSet<Mmsi>());

    private static LatestFix Fix(int mmsi, double latDeg, double lonDeg, int seconds) => new(new Mmsi(mmsi), new Fix(Start.AddSeconds(seconds), new GeoPoint(latDeg, lonDeg), 10, 90));
}
