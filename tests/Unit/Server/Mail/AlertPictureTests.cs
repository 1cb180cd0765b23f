using MaritimeWatch.Alerts;
using MaritimeWatch.Server.Mail;
using MaritimeWatch.Units;
using SkiaSharp;

namespace MaritimeWatch.Unit.Server.Mail;

public sealed class AlertPictureTests : IDisposable
{
    private readonly string landFile = Path.Combine(Path.GetTempPath(), $"mw-land-{Guid.NewGuid():N}.geojson");
    private readonly AlertPicture picture;

    public AlertPictureTests()
    {
        // One square of land right of the frame's middle, one on each side of 180 degrees.
        File.WriteAllText(landFile, $"{{\"type\":\"FeatureCollection\",\"features\":[{Box(2, 51, 2.3, 51.2)},{Box(179.5, -17, 180, -16)},{Box(-180, -17, -179.5, -16)}]}}");
        picture = AlertPicture.WithLand(landFile);

        static string Box(double w, double s, double e, double n) => FormattableString.Invariant(
            $"{{\"type\":\"Feature\",\"properties\":{{}},\"geometry\":{{\"type\":\"Polygon\",\"coordinates\":[[[{w},{s}],[{e},{s}],[{e},{n}],[{w},{n}],[{w},{s}]]]}}}}");
    }

    public void Dispose() => File.Delete(landFile);

    [Fact]
    public void The_picture_is_640_by_360_small_and_the_same_every_time()
    {
        var png = picture.Draw(SampleAlert.First, SampleAlert.Track)!;
        using var image = SKBitmap.Decode(png);
        Assert.Equal((640, 360), (image.Width, image.Height));
        Assert.InRange(png.Length, 5_000, 150_000);
        Assert.Equal(png, picture.Draw(SampleAlert.First, SampleAlert.Track));
    }

    [Fact]
    public void Title_times_marks_and_scale_are_really_written()
    {
        using var image = Draw(SampleAlert.First);
        Assert.InRange(Dark(image, 8, 6, 400, 24), 600, 6000);
        // Nothing else is drawn left of the legend: without glyphs the count here is 0.
        Assert.InRange(Dark(image, 8, 340, 300, 356), 120, 4000);
        Assert.InRange(Dark(image, 10, 312, 160, 335), 60, 3000);
        Assert.InRange(Count(image, 540, 6, 636, 24, c => c.Red > 200 && c.Green is > 150 and < 220 && c.Blue < 90), 80, 1500);
    }

    [Fact]
    public void An_exercise_is_marked_in_the_picture()
    {
        using var plain = Draw(SampleAlert.First);
        using var marked = Draw(SampleAlert.First with { Exercise = true });
        Assert.True(Dark(marked, 470, 6, 550, 24) > Dark(plain, 470, 6, 550, 24) + 500);
    }

    [Fact]
    public void Land_track_gap_and_both_rings_are_drawn()
    {
        using var image = Draw(SampleAlert.First);
        Assert.True(Count(image, 0, 30, 640, 336, c => c == PictureInk.Land) > 1000, "land");
        Assert.True(Count(image, 0, 30, 640, 336, c => c == PictureInk.Vessel) > 50, "track");
        Assert.True(Count(image, 0, 30, 640, 336, c => c == PictureInk.Gap) > 300, "gap");
        var frame = PictureFrame.Around([SampleAlert.Silence.Start!.Value, SampleAlert.Silence.End!.Value], new SKRect(0, 30, 640, 336), Distance.FromNauticalMiles(20));
        SKPoint off = frame.At(SampleAlert.Silence.Start!.Value), on = frame.At(SampleAlert.Silence.End!.Value);
        Assert.NotEqual(PictureInk.Gap, image.GetPixel((int)off.X - 3, (int)off.Y));
        Assert.Equal(PictureInk.Gap, image.GetPixel((int)on.X - 3, (int)on.Y));
    }

    [Fact]
    public void A_gap_over_the_antimeridian_is_short_and_has_land_on_both_sides()
    {
        var finding = SampleAlert.Silence with { Start = new GeoPoint(-16.2, 179.1), End = new GeoPoint(-17.9, -178.2) };
        using var image = Draw(SampleAlert.First with { Finding = finding });
        var frame = PictureFrame.Around([finding.Start!.Value, finding.End!.Value], new SKRect(0, 30, 640, 336), Distance.FromNauticalMiles(20));
        Assert.InRange(frame.Edges.Width, 2.7, 12);
        Assert.Equal(PictureInk.Land, image.GetPixel((int)frame.At(new GeoPoint(-16.35, 179.85)).X, (int)frame.At(new GeoPoint(-16.4, 179.85)).Y));
        Assert.Equal(PictureInk.Land, image.GetPixel((int)frame.At(new GeoPoint(-16.35, -179.7)).X, (int)frame.At(new GeoPoint(-16.3, -179.7)).Y));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(60)]
    [InlineData(-84)]
    public void A_frame_is_never_narrower_than_20_nm(double latDeg)
    {
        var frame = PictureFrame.Around([new GeoPoint(latDeg, 5)], new SKRect(0, 0, 640, 300), Distance.FromNauticalMiles(20));
        var edges = frame.Edges;
        Assert.InRange(Geodesy.Between(new GeoPoint(latDeg, edges.MinX), new GeoPoint(latDeg, edges.MaxX)).NauticalMiles, 19.8, 20.3);
    }

    [Fact]
    public void Every_character_the_picture_needs_has_a_glyph()
    {
        Assert.True(PictureInk.CanWrite("0123456789 ABCDEFGHIJKLMNOPQRSTUVWXYZ abcdefghijklmnopqrstuvwxyz °'-:.,()…+ÅÆØÉÑÖÜßğŠŁ МАРИЯ ΑΘΗΝΑ"));
        foreach (var kind in Enum.GetValues<Detection.FindingKind>())
        {
            Assert.True(PictureInk.CanWrite(AlertPicture.Title(SampleAlert.First with { Finding = SampleAlert.Silence with { Kind = kind } })));
        }
    }

    [Theory]
    [InlineData("渤海之星")]
    [InlineData("نجمة الخليج")]
    [InlineData("STAR 한국")]
    public void A_name_the_typeface_cannot_write_gives_way_to_the_mmsi(string name) =>
        Assert.Equal("AIS silence 3 h 28 min - MMSI 244012345", AlertPicture.Title(SampleAlert.First with { VesselName = name }));

    [Fact]
    public void Without_any_position_there_is_no_picture() =>
        Assert.Null(picture.Draw(SampleAlert.First with { Finding = SampleAlert.Silence with { Start = null, End = null } }, []));

    [Fact]
    public void A_land_file_that_is_none_is_named_in_the_error()
    {
        File.WriteAllText(landFile, "{\"type\":\"FeatureCollection\",\"features\":[]}");
        Assert.Contains(landFile, Assert.Throws<InvalidDataException>(() => AlertPicture.WithLand(landFile)).Message);
    }

    private SKBitmap Draw(Alert alert) => SKBitmap.Decode(picture.Draw(alert, SampleAlert.Track));

    private static int Dark(SKBitmap image, int left, int top, int right, int bottom) => Count(image, left, top, right, bottom, c => c.Red < 120 && c.Green < 120 && c.Blue < 120);

    private static int Count(SKBitmap image, int left, int top, int right, int bottom, Func<SKColor, bool> counts) =>
        Enumerable.Range(top, bottom - top).Sum(y => Enumerable.Range(left, right - left).Count(x => counts(image.GetPixel(x, y))));
}
