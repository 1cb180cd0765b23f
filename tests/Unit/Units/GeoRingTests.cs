using FsCheck.Xunit;
using MaritimeWatch.Units;

namespace MaritimeWatch.Unit.Units;

/// <summary>Areas drawn as a ring, over the antimeridian too.</summary>
public sealed class GeoRingTests
{
    private static GeoRing Box(double south, double west, double north, double east) => new("box", [new(south, west), new(south, east), new(north, east), new(north, west)]);

    [Fact]
    public void What_lies_in_a_notch_is_outside()
    {
        var ring = new GeoRing("notched", [new(0, 0), new(0, 10), new(10, 10), new(2, 5), new(10, 0)]);
        Assert.True(ring.Contains(new GeoPoint(1, 5)));
        Assert.False(ring.Contains(new GeoPoint(5, 5)));
        Assert.True(ring.Contains(new GeoPoint(5, 1)));
        Assert.False(ring.Contains(new GeoPoint(-1, 5)));
    }

    [Property(MaxTest = 500)]
    public bool A_box_as_a_ring_holds_what_the_box_holds_wherever_on_earth(short south, short west, byte high, byte wide, short lat, short lon)
    {
        var (s, w) = (south % 60, (west % 180) + 0.0);
        var (n, e) = (s + 1.5 + (high % 25), Geodesy.WrapLongitude(w + 1.5 + (wide % 170)));
        var at = new GeoPoint((lat % 85) + 0.25, Geodesy.WrapLongitude((lon % 180) + 0.25));
        return Box(s, w, n, e).FaultOf() is null && Box(s, w, n, e).Contains(at) == new GeoBox(s, w, n, e).Contains(at.LatDeg, at.LonDeg);
    }

    [Fact]
    public void Over_the_antimeridian_it_goes_the_shorter_way()
    {
        var fiji = Box(-20, 175, -15, -178);
        Assert.True(fiji.Contains(new GeoPoint(-18, 179.9)));
        Assert.True(fiji.Contains(new GeoPoint(-18, -179)));
        Assert.False(fiji.Contains(new GeoPoint(-18, 0)));
    }

    [Fact]
    public void A_ring_that_cannot_be_used_says_why()
    {
        Assert.Contains("3 to 500 corners", new GeoRing("two", [new(0, 0), new(1, 1)]).FaultOf()!, StringComparison.Ordinal);
        Assert.Contains("180 degrees", new GeoRing("half", [new(0, -90), new(0, 90), new(10, 90), new(10, -90)]).FaultOf()!, StringComparison.Ordinal);
        Assert.Contains("pole", new GeoRing("polar", [new(80, 0), new(80, 120), new(80, -120)]).FaultOf()!, StringComparison.Ordinal);
    }
}
