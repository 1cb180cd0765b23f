using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using MaritimeWatch.Storage.Chunks;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Unit.Storage;

public sealed class ChunkCodecTests
{
    private static readonly long Start = new DateTimeOffset(2026, 3, 14, 12, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    [Property(MaxTest = 300, Arbitrary = [typeof(AnyFix)])]
    public bool Any_fixes_come_back_in_their_order(Fix[] fixes)
    {
        var back = new List<Fix>();
        ChunkCodec.Decode(ChunkCodec.Encode(fixes), back);
        return fixes.SequenceEqual(back);
    }

    [Property(MaxTest = 300, Arbitrary = [typeof(AnyFix)])]
    public bool Fixes_of_many_vessels_come_back_with_their_vessels((Mmsi Mmsi, Fix Fix)[] fixes) =>
        fixes.SequenceEqual(ChunkCodec.DecodeMany(ChunkCodec.EncodeMany(fixes)));

    [Property(MaxTest = 300, Arbitrary = [typeof(AnyFix)])]
    public bool Damaged_bytes_are_refused_or_give_fixes_and_nothing_else(Fix[] fixes, int place, byte value, NonNegativeInt cut)
    {
        var chunk = ChunkCodec.Encode(fixes);
        chunk[(place & int.MaxValue) % chunk.Length] = value;
        try
        {
            ChunkCodec.Decode(chunk.AsSpan(0, chunk.Length - (cut.Get % 3)), []);
        }
        catch (InvalidDataException)
        {
            return true;
        }

        return true;
    }

    [Theory]
    [InlineData(600_000)]
    [InlineData(100_000)]
    [InlineData(1_000_000)]
    [InlineData(10_000_000)]
    public void Coordinates_on_the_raster_of_a_source_lose_nothing(int stepsInDegree)
    {
        var random = new Random(5);
        var fixes = Enumerable.Range(0, 5000)
            .Select(_ => new Fix(DateTimeOffset.FromUnixTimeMilliseconds(Start), new GeoPoint(random.Next(-90 * stepsInDegree, 90 * stepsInDegree) / (double)stepsInDegree, random.Next(-180 * stepsInDegree, 180 * stepsInDegree) / (double)stepsInDegree)))
            .ToList();
        var back = new List<Fix>();
        ChunkCodec.Decode(ChunkCodec.Encode(fixes), back);
        Assert.Equal(fixes, back);
    }

    [Fact]
    public void A_moored_hour_takes_few_bytes()
    {
        var fixes = Enumerable.Range(0, 20).Select(i => Fix.FromColumns(Start + (i * 180_000), 505_000_000, -12_500_000, 0, -1, 90, 5, 17)).ToList();
        Assert.InRange(ChunkCodec.Encode(fixes).Length, 1, 80);
    }

    [Fact]
    public void Another_version_and_the_other_kind_are_refused()
    {
        var chunk = ChunkCodec.Encode([Fix.FromColumns(Start, 1, 2, 3, 4, 5, 6, 7)]);
        Assert.Throws<InvalidDataException>(() => ChunkCodec.DecodeMany(chunk));
        chunk[0] = 2;
        Assert.Contains("version 1", Assert.Throws<InvalidDataException>(() => ChunkCodec.Decode(chunk, [])).Message);
        Assert.Throws<InvalidDataException>(() => ChunkCodec.Decode([], []));
    }

    [Fact]
    public void A_stored_chunk_of_version_1_is_still_understood()
    {
        Fix[] fixes = [Fix.FromColumns(Start, 505_000_000, -12_500_000, 123, 934, 94, 0, 17), Fix.FromColumns(Start + 10_000, 505_000_100, -12_499_900, 124, -1, -1, 255, 17)];
        var back = new List<Fix>();
        ChunkCodec.Decode(Convert.FromHexString(VersionOne), back);
        Assert.Equal(fixes, back);
    }

    private const string VersionOne = "010A021F030F8080B7AA9B0D14A0BAE804028FA10F02F60102CC0ECD0EBC01BD0100FE03220003";

    private static class AnyFix
    {
        private static readonly Gen<Fix> Fixes =
            from time in Gen.Frequency((3, Gen.Choose(0, 3_600_000).Select(ms => Start + ms)), (2, Gen.Choose(0, 3_600).Select(s => Start + (s * 1000L))), (1, Gen.Elements(long.MinValue, long.MaxValue, 0L, -1L)))
            from lat in Gen.Frequency((3, Gen.Choose(-900_000_000, 900_000_000)), (1, Gen.Elements(int.MinValue, int.MaxValue, 0)))
            from lon in Gen.Frequency((3, Gen.Choose(-1_800_000_000, 1_800_000_000)), (1, Gen.Elements(int.MinValue, int.MaxValue, 0)))
            from sog in Gen.Choose(short.MinValue, short.MaxValue)
            from cog in Gen.Choose(-1, 3599)
            from heading in Gen.Elements(-1, 0, 359, short.MaxValue, short.MinValue)
            from status in Gen.Choose(0, 255)
            from origin in Gen.Choose(0, 255)
            select Fix.FromColumns(time, lat, lon, (short)sog, (short)cog, (short)heading, (byte)status, (byte)origin);

        public static Arbitrary<Fix> One() => Fixes.ToArbitrary();

        public static Arbitrary<Fix[]> Many() => Fixes.ArrayOf().ToArbitrary();

        public static Arbitrary<(Mmsi, Fix)[]> WithVessels() =>
            (from mmsi in Gen.Choose(0, Mmsi.Highest) from fix in Fixes select (new Mmsi(mmsi), fix)).ArrayOf().ToArbitrary();
    }
}
