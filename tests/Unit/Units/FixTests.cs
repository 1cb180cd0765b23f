using FsCheck;
using FsCheck.Xunit;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Unit.Units;

public sealed class FixTests
{
    private static Fix Make(int seed)
    {
        var random = new Random(seed);
        return new Fix(DateTimeOffset.FromUnixTimeMilliseconds(random.NextInt64(0, 4_000_000_000_000)), new GeoPoint((random.NextDouble() * 180) - 90, (random.NextDouble() * 360) - 180),
            random.Next(4) == 0 ? null : random.Next(1023) / 10.0, random.Next(4) == 0 ? null : random.Next(3600) / 10.0, random.Next(4) == 0 ? null : random.Next(360),
            random.Next(4) == 0 ? null : (NavigationalStatus)random.Next(16), (TransponderClass)random.Next(3), (ReceiverKind)random.Next(4));
    }

    [Property(MaxTest = 1000)]
    public bool A_fix_comes_back_from_its_columns(int seed)
    {
        var fix = Make(seed);
        var c = fix.Columns;
        return Fix.FromColumns(c.TimeMs, c.LatE7, c.LonE7, c.SogTenths, c.CogTenths, c.HeadingDeg, c.Status, c.Origin) == fix
            && new Fix(fix.Time, fix.At, fix.SogKnots, fix.CogDeg, fix.HeadingDeg, fix.Status, fix.Transponder, fix.Receiver) == fix;
    }

    [Property(MaxTest = 500)]
    public bool Any_shuffle_of_fixes_has_one_order_and_the_earlier_comes_first(int seed)
    {
        var random = new Random(seed);
        var fixes = Enumerable.Range(0, 20).Select(_ => Make(random.Next(8))).ToArray();
        var sorted = fixes.Order().ToArray();
        random.Shuffle(fixes);
        return sorted.SequenceEqual(fixes.Order()) && sorted.Zip(sorted.Skip(1)).All(p => p.First.Time <= p.Second.Time) && (Make(1).CompareTo(Make(1)) == 0);
    }

    [Theory]
    [InlineData(-0.1, null, null)]
    [InlineData(3000.1, null, null)]
    [InlineData(null, 360.1, null)]
    [InlineData(null, null, 360)]
    [InlineData(null, null, -1)]
    public void A_value_out_of_range_is_refused(double? sogKnots, double? cogDeg, int? headingDeg) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Fix(DateTimeOffset.UnixEpoch, new GeoPoint(0, 0), sogKnots, cogDeg, headingDeg));
}
