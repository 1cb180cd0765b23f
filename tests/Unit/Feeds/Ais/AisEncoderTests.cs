using MaritimeWatch.Feeds.Ais;
using MaritimeWatch.Unit.Feeds.Exercise;

namespace MaritimeWatch.Unit.Feeds.Ais;

public sealed class AisEncoderTests
{
    private readonly char[] payload = new char[80];

    [Theory]
    [InlineData(1, 477553000, 5, 0.0, 0.0, -122.34583333, 47.58283333, 51.0, 181, 15, "177KQJ5000G?tO`K>RA1wUbN0TKH", 149208)]
    public void A_published_sentence_comes_out_letter_by_letter(int type, int mmsi, int status, double turn, double sog, double lon, double lat, double cog, int heading, int second, string expected, int state)
    {
        // The well-known example of the GPSD project's AIVDM/AIVDO page, by its decoded fields.
        var n = AisEncoder.ClassA(type, new ClassAPosition(mmsi, status, turn, sog, false, lon, lat, cog, heading, second), state, payload);
        Assert.Equal(expected, new string(payload, 0, n));
    }

    [Fact]
    public void Class_A_fields_stand_where_the_table_puts_them()
    {
        var bits = Bits(AisEncoder.ClassA(3, new ClassAPosition(209912345, 7, -20, 12.34, true, -1.25, 50.5, 359.97, 7, 42), 0x5A5A5, payload), 168);
        Assert.Equal([3, 0, 209912345, 7], [U(bits, 0, 6), U(bits, 6, 2), U(bits, 8, 30), U(bits, 38, 4)]);
        Assert.Equal(-21, SentenceReader.Signed(bits, 42, 8));
        Assert.Equal([123, 1], [U(bits, 50, 10), U(bits, 60, 1)]);
        Assert.Equal([-750_000, 30_300_000], [SentenceReader.Signed(bits, 61, 28), SentenceReader.Signed(bits, 89, 27)]);
        Assert.Equal([0, 7, 42, 0x5A5A5], [U(bits, 116, 12), U(bits, 128, 9), U(bits, 137, 6), U(bits, 149, 19)]);
    }

    [Fact]
    public void Absent_values_go_out_as_not_available()
    {
        var bits = Bits(AisEncoder.ClassA(1, new ClassAPosition(1, 15, null, null, false, null, null, null, null, 60), 0, payload), 168);
        Assert.Equal([-128, 1023, 181 * 600_000, 91 * 600_000, 3600, 511], [SentenceReader.Signed(bits, 42, 8), U(bits, 50, 10), SentenceReader.Signed(bits, 61, 28), SentenceReader.Signed(bits, 89, 27), U(bits, 116, 12), U(bits, 128, 9)]);
    }

    [Fact]
    public void Static_fields_stand_where_the_table_puts_them()
    {
        var eta = new DateTimeOffset(2026, 3, 15, 4, 5, 0, TimeSpan.Zero);
        var bits = Bits(AisEncoder.Static(new StaticAndVoyage(538900017, 2000010, "V7AB91", "EXER AMBER ALDER", 80, new AntennaOffsets(150, 33, 14, 15), eta, 8.4, "EXERCISE"), payload), 424);
        Assert.Equal([5, 538900017, 2000010], [U(bits, 0, 6), U(bits, 8, 30), U(bits, 40, 30)]);
        Assert.Equal(["V7AB91", "EXER AMBER ALDER", "EXERCISE"], [SentenceReader.Text(bits, 70, 7), SentenceReader.Text(bits, 112, 20), SentenceReader.Text(bits, 302, 20)]);
        Assert.Equal([80, 150, 33, 14, 15, 1, 3, 15, 4, 5, 84], [U(bits, 232, 8), U(bits, 240, 9), U(bits, 249, 9), U(bits, 258, 6), U(bits, 264, 6), U(bits, 270, 4), U(bits, 274, 4), U(bits, 278, 5), U(bits, 283, 5), U(bits, 288, 6), U(bits, 294, 8)]);
    }

    [Fact]
    public void Class_B_fields_stand_where_the_table_puts_them()
    {
        var report = new ClassBPosition(232912345, 5.5, true, 1.5, 51.25, 180, null, 7);
        var bits = Bits(AisEncoder.ClassB(report, payload), 168);
        Assert.Equal([18, 232912345, 55, 900_000, 30_750_000, 1800, 511, 7, 1, 393_222], [U(bits, 0, 6), U(bits, 8, 30), U(bits, 46, 10), SentenceReader.Signed(bits, 57, 28), SentenceReader.Signed(bits, 85, 27), U(bits, 112, 12), U(bits, 124, 9), U(bits, 133, 6), U(bits, 141, 1), U(bits, 149, 19)]);

        bits = Bits(AisEncoder.ClassBExtended(report, "EXER LARK", 36, new AntennaOffsets(6, 6, 2, 2), payload), 312);
        Assert.Equal([19, 55, 36, 6, 6, 2, 2, 1], [U(bits, 0, 6), U(bits, 46, 10), U(bits, 263, 8), U(bits, 271, 9), U(bits, 280, 9), U(bits, 289, 6), U(bits, 295, 6), U(bits, 301, 4)]);
        Assert.Equal("EXER LARK", SentenceReader.Text(bits, 143, 20));

        bits = Bits(AisEncoder.NameOfClassB(232912345, "EXER LARK", payload), 160);
        Assert.Equal((24, 0, "EXER LARK"), (U(bits, 0, 6), U(bits, 38, 2), SentenceReader.Text(bits, 40, 20)));
        bits = Bits(AisEncoder.DetailsOfClassB(232912345, 36, "EXE", "MXAB91", new AntennaOffsets(6, 5, 2, 1), payload), 168);
        Assert.Equal((24, 1, 36, "EXE", "MXAB91"), (U(bits, 0, 6), U(bits, 38, 2), U(bits, 40, 8), SentenceReader.Text(bits, 48, 3), SentenceReader.Text(bits, 90, 7)));
        Assert.Equal([6, 5, 2, 1], [U(bits, 132, 9), U(bits, 141, 9), U(bits, 150, 6), U(bits, 156, 6)]);
    }

    [Fact]
    public void Base_station_fields_stand_where_the_table_puts_them()
    {
        var bits = Bits(AisEncoder.BaseStation(2329902, new DateTimeOffset(2026, 3, 14, 23, 59, 58, TimeSpan.Zero), 1.33, 51.13, 77, payload), 168);
        Assert.Equal([4, 2329902, 2026, 3, 14, 23, 59, 58, 798_000, 30_678_000, 7, 77], [U(bits, 0, 6), U(bits, 8, 30), U(bits, 38, 14), U(bits, 52, 4), U(bits, 56, 5), U(bits, 61, 5), U(bits, 66, 6), U(bits, 72, 6), SentenceReader.Signed(bits, 79, 28), SentenceReader.Signed(bits, 107, 27), U(bits, 134, 4), U(bits, 149, 19)]);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Throws<ArgumentException>(() => AisEncoder.NameOfClassB(1, "small letters", new char[80]));
        Assert.Throws<ArgumentOutOfRangeException>(() => AisEncoder.ClassA(1, new ClassAPosition(1, 16, null, null, false, null, null, null, null, 0), 0, new char[80]));
        Assert.Throws<ArgumentOutOfRangeException>(() => AisEncoder.ClassA(2, default, 0, new char[80]));
    }

    private bool[] Bits(int length, int expected)
    {
        var bits = SentenceReader.Bits(new string(payload, 0, length), AisEncoder.FillBits(expected));
        Assert.Equal(expected, bits.Length);
        return bits;
    }

    private static int U(bool[] bits, int start, int count) => SentenceReader.Unsigned(bits, start, count);
}
