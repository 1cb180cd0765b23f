using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using MaritimeWatch.Rules;
using MaritimeWatch.Units;

namespace MaritimeWatch.Unit.Rules;

public sealed class AreaShapeTests
{
    [Property(MaxTest = 1000, Arbitrary = [typeof(AnyArea)])]
    public bool A_place_is_inside_whatever_meridian_the_area_is_shifted_to(Star star, int north, int east, int turn)
    {
        var place = star.Near(north, east);
        // In eighths of a degree, so that shifting is exact. A shift of a whole turn is one of them.
        var shiftDeg = turn % 5760 / 8.0;
        GeoPoint Shifted(GeoPoint at) => new(at.LatDeg, Geodesy.WrapLongitude(at.LonDeg + shiftDeg));
        var moved = star.Area(0) with { Polygons = [new AreaPolygon([.. star.Shell.Select(Shifted)], [])] };
        return AreaShape.Of(star.Area(0)).Contains(place) == AreaShape.Of(moved).Contains(Shifted(place));
    }

    [Property(MaxTest = 500, Arbitrary = [typeof(AnyArea)])]
    public bool A_buffer_holds_the_area_and_nothing_further_than_its_distance(Star star, int north, int east)
    {
        var place = star.Near(north, east);
        const double BufferNm = 30;
        var (bare, buffered) = (AreaShape.Of(star.Area(0)), AreaShape.Of(star.Area(BufferNm)));
        // Finely along the border: a place the buffer holds is near one of these, but for half a step.
        var nearestNm = star.Shell.SelectMany((at, i) => Along(at, star.Shell[(i + 1) % star.Shell.Count])).Min(p => Geodesy.Between(p, place).NauticalMiles);
        return bare.Contains(place) ? buffered.Contains(place) : buffered.Contains(place) ? nearestNm <= BufferNm + 0.5 : nearestNm >= BufferNm * 0.995;
    }

    [Fact]
    public void An_area_over_the_antimeridian_holds_both_sides_and_its_buffer_reaches_round()
    {
        var shape = AreaShape.Of(RuleSamples.Box("date line", -10, 178, 10, -179, bufferNm: 60));
        Assert.All([new GeoPoint(0, 179), new GeoPoint(0, 180), new GeoPoint(0, -180), new GeoPoint(5, -179.5), new GeoPoint(0, -178.1), new GeoPoint(0, 177.1)], at => Assert.True(shape.Contains(at), at.ToString()));
        Assert.All([new GeoPoint(0, -177.9), new GeoPoint(0, 176.9), new GeoPoint(0, 0), new GeoPoint(12, 179)], at => Assert.False(shape.Contains(at), at.ToString()));
        Assert.True(shape.WithBuffer.EnvelopeInternal is { MinX: >= -180, MaxX: <= 180 });
        Assert.True(shape.WithBuffer.Covers(shape.Drawn));
    }

    [Fact]
    public void A_hole_is_left_out_and_a_buffer_reaches_into_it()
    {
        IReadOnlyList<GeoPoint> Ring(double from, double to) => [new(from, from), new(from, to), new(to, to), new(to, from)];
        var area = RuleSamples.Area("ring", 0) with { Polygons = [new AreaPolygon(Ring(0, 10), [Ring(4, 6)])] };
        Assert.False(AreaShape.Of(area).Contains(new GeoPoint(5, 5)));
        Assert.True(AreaShape.Of(area).Contains(new GeoPoint(3, 3)));
        Assert.True(AreaShape.Of(area with { BufferNm = 61 }).Contains(new GeoPoint(5, 5)));
    }

    [Fact]
    public void Problems_say_what_where_and_what_to_do()
    {
        string Problem(params GeoPoint[] shell) => string.Join(' ', AreaProblems.Of(RuleSamples.Area("a", 0, shell)));
        Assert.Empty(Problem(new(0, 179), new(0, -179), new(2, -179), new(2, 179)));
        Assert.Contains("a crossing near 01°00.00'N 180°00.00'W", Problem(new(0, 179), new(2, -179), new(0, -179), new(2, 179)).Replace("180°00.00'E", "180°00.00'W", StringComparison.Ordinal));
        Assert.Contains("at least three different points; found 2", Problem(new(0, 0), new(1, 1), new(0, 0)));
        Assert.Contains("either way is as short", Problem(new(0, 0), new(10, 180), new(5, 90)));
        Assert.Contains("at most 1000 points; found 1001", Problem([.. Enumerable.Range(0, 1001).Select(i => new GeoPoint(Math.Sin(i * 0.00627), Math.Cos(i * 0.00627)))]));
        Assert.NotEmpty(Problem(new(0, 0), new(0, 1), new(0, 2)));
        // Round a pole: whole it is kept, crossing itself it is not.
        Assert.Empty(Problem(new(-70, 0), new(-70, 90), new(-70, 179), new(-70, -90)));
        var far = AreaProblems.Of(RuleSamples.Box("a", 70, 0, 81, 5, bufferNm: 5) with { Name = "" });
        Assert.Contains(far, p => p.Contains("at most 80°", StringComparison.Ordinal));
        Assert.Contains(far, p => p.Contains("name of 1 to 80", StringComparison.Ordinal));
        Assert.Contains("found 101", Assert.Single(AreaProblems.Of(RuleSamples.Box("a", 0, 0, 1, 1, 101))));
    }

    private static IEnumerable<GeoPoint> Along(GeoPoint a, GeoPoint b) => Enumerable.Range(0, 400).Select(i => i / 400.0)
        .Select(t => new GeoPoint(a.LatDeg + (t * (b.LatDeg - a.LatDeg)), Geodesy.WrapLongitude(a.LonDeg + (t * Geodesy.WrapLongitude(b.LonDeg - a.LonDeg)))));
}

/// <summary>A ring round a middle: it never crosses itself.</summary>
public sealed record Star(GeoPoint Middle, IReadOnlyList<GeoPoint> Shell)
{
    /// <summary>A place within six degrees of the middle, on no border.</summary>
    public GeoPoint Near(int north, int east) => new(Middle.LatDeg + (north % 96 / 16.0) + (1 / 64.0), Geodesy.WrapLongitude(Middle.LonDeg + (east % 96 / 16.0) + (1 / 64.0)));

    internal DrawnArea Area(double bufferNm) => RuleSamples.Area("star", bufferNm, [.. Shell]);
}

/// <summary>Areas of a few degrees anywhere up to 65° of latitude, also over the antimeridian, in eighths of a degree.</summary>
internal static class AnyArea
{
    public static Arbitrary<Star> Star() => (
        from lat in Gen.Choose(-60, 60)
        from lon in Gen.Elements(-180, -179, -178, -20, 0, 33, 177, 178, 179)
        from reach in Gen.Choose(8, 40).ArrayOf(8)
        select new Star(new GeoPoint(lat, lon), [.. reach.Select((r, i) => new GeoPoint(Eighth(lat + (r / 8.0 * Math.Sin(i * Math.PI / 4))), Geodesy.WrapLongitude(Eighth(lon + (r / 8.0 * Math.Cos(i * Math.PI / 4))))))])).ToArbitrary();

    private static double Eighth(double deg) => Math.Round(deg * 8) / 8;
}
