using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using MaritimeWatch.Units;

namespace MaritimeWatch.Unit.Units;

public sealed class GeodesyTests
{
    private static double Dms(double deg, double min, double sec) => (deg < 0 ? -1 : 1) * (Math.Abs(deg) + (min / 60) + (sec / 3600));

    private static double Metres(GeoPoint a, GeoPoint b) => Geodesy.Between(a, b).Metres;

    [Fact]
    public void Flinders_Peak_to_Buninyong_is_as_published()
    {
        // Geodetic datum of Australia technical manual, worked example of Vincenty's formulae (GRS 80, which here is WGS 84).
        var flinders = new GeoPoint(Dms(-37, 57, 3.72030), Dms(144, 25, 29.52440));
        var buninyong = new GeoPoint(Dms(-37, 39, 10.15610), Dms(143, 55, 35.38390));
        Assert.Equal(54972.271, Metres(flinders, buninyong), 0.001);
        Assert.Equal(Dms(306, 52, 5.37), Geodesy.InitialCourse(flinders, buninyong).Degrees, 1e-5);
        var reached = Geodesy.Destination(flinders, Course.FromDegrees(Dms(306, 52, 5.37)), Distance.FromMetres(54972.271));
        Assert.Equal(buninyong.LatDeg, reached.LatDeg, 1e-8);
        Assert.Equal(buninyong.LonDeg, reached.LonDeg, 1e-8);
    }

    [Theory]
    [InlineData(0, 0, 0, 1, 111_319.491)]
    [InlineData(0, 0, 90, 0, 10_001_965.729)]
    [InlineData(-90, 0, 90, 0, 20_003_931.459)]
    [InlineData(0, 179.5, 0, -179.5, 111_319.491)]
    [InlineData(0, 180, 0, -180, 0)]
    [InlineData(90, 10, 90, -120, 0)]
    public void Known_lengths_of_the_ellipsoid_come_out(double lat1, double lon1, double lat2, double lon2, double metres) =>
        Assert.Equal(metres, Metres(new GeoPoint(lat1, lon1), new GeoPoint(lat2, lon2)), 0.01);

    [Fact]
    public void Nearly_opposite_places_are_told_within_six_in_a_thousand() =>
        Assert.InRange(Metres(new GeoPoint(0, 0), new GeoPoint(0.5, 179.7)), 19_936_288.579 * 0.994, 19_936_288.579 * 1.006);

    [Property(MaxTest = 1000, Arbitrary = [typeof(AnyPlace)])]
    public bool A_length_is_the_same_both_ways_and_never_less_than_nothing(GeoPoint a, GeoPoint b) =>
        Metres(a, b) is var there && there >= 0 && Math.Abs(there - Metres(b, a)) < 0.002 && (a == b) == (there == 0 && a == b);

    [Property(MaxTest = 1000, Arbitrary = [typeof(AnyPlace)])]
    public bool A_detour_is_never_shorter(GeoPoint a, GeoPoint b, GeoPoint c)
    {
        // The fall-back for nearly opposite places is within 0.6 %: there the comparison says nothing.
        double[] sides = [Metres(a, b), Metres(b, c), Metres(a, c)];
        return sides.Max() > 19_800_000 || sides[2] <= sides[0] + sides[1] + 0.01;
    }

    [Property(MaxTest = 1000, Arbitrary = [typeof(AnyPlace)])]
    public bool A_place_reached_lies_as_far_as_was_sailed(GeoPoint from, ushort courseTenths, ushort nm)
    {
        var distance = Distance.FromNauticalMiles(nm % 5000);
        var to = Geodesy.Destination(from, Course.FromDegrees(courseTenths / 10.0), distance);
        return GeoPoint.IsOnEarth(to.LatDeg, to.LonDeg) && Math.Abs(Metres(from, to) - distance.Metres) < 0.01;
    }

    [Property(MaxTest = 1000, Arbitrary = [typeof(AnyPlace)])]
    public bool The_course_and_length_between_two_places_lead_from_one_to_the_other(GeoPoint a, GeoPoint b)
    {
        var distance = Geodesy.Between(a, b);
        return distance.Metres > 19_800_000 || Metres(Geodesy.Destination(a, Geodesy.InitialCourse(a, b), distance), b) < 0.05;
    }

    [Property(MaxTest = 2000, Arbitrary = [typeof(AnyPlace)])]
    public bool The_rough_distance_is_within_its_claim_of_a_tenth_of_a_percent(GeoPoint from, ushort courseTenths, ushort milliNm)
    {
        var start = new GeoPoint(Math.Clamp(from.LatDeg, -74, 74), from.LonDeg);
        var to = Geodesy.Destination(start, Course.FromDegrees(courseTenths / 10.0), Distance.FromNauticalMiles(milliNm % 60_000 / 1000.0));
        var exact = Geodesy.Between(start, to).NauticalMiles;
        return Math.Abs(to.LatDeg) > 75 || Math.Abs(Geodesy.RoughNm(start.LatDeg, start.LonDeg, to.LatDeg, to.LonDeg) - exact) <= (exact * 0.001) + 1e-7;
    }

    [Property(MaxTest = 1000)]
    public bool A_longitude_is_brought_to_one_turn_and_means_the_same(FsCheck.NormalFloat degrees)
    {
        var lon = degrees.Get % 1e6;
        var wrapped = Geodesy.WrapLongitude(lon);
        return wrapped is >= -180 and < 180 && Math.Abs(Math.IEEERemainder(wrapped - lon, 360)) < 1e-6;
    }

    [Fact]
    public void A_longitude_a_hair_beyond_the_antimeridian_stays_within_the_turn() => Assert.InRange(Geodesy.WrapLongitude(Math.BitDecrement(-180.0)), -180, 179.9999999);

    [Theory]
    [InlineData(50.97, 1.35117, "50°58.20'N 001°21.07'E")]
    [InlineData(-0.5, -179.99999, "00°30.00'S 180°00.00'W")]
    [InlineData(59.99999, 9.99999, "60°00.00'N 010°00.00'E")]
    [InlineData(0, 0, "00°00.00'N 000°00.00'E")]
    public void A_place_is_written_as_on_a_chart(double lat, double lon, string text) => Assert.Equal(text, new GeoPoint(lat, lon).ToDegreesMinutes());

    [Theory]
    [InlineData(90.0001, 0)]
    [InlineData(0, -180.0001)]
    [InlineData(double.NaN, 0)]
    [InlineData(0, double.PositiveInfinity)]
    public void A_place_not_on_Earth_is_refused(double lat, double lon) => Assert.Throws<ArgumentOutOfRangeException>(() => new GeoPoint(lat, lon));

    private static class AnyPlace
    {
        // Half of the places are where arithmetic goes wrong: poles, equator, antimeridian.
        public static Arbitrary<GeoPoint> Places() => Arb.From(
            from lat in Gen.OneOf(Gen.Choose(-900_000, 900_000).Select(n => n / 1e4), Gen.Elements(-90.0, 90, 0, 89.9999, -89.9999, 1e-9))
            from lon in Gen.OneOf(Gen.Choose(-1_800_000, 1_800_000).Select(n => n / 1e4), Gen.Elements(-180.0, 180, 0, 179.9999, -179.9999))
            select new GeoPoint(lat, lon));
    }
}
