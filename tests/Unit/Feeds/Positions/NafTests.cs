using MaritimeWatch.Feeds.Transport;

namespace MaritimeWatch.Unit.Feeds.Positions;

public sealed class NafTests : IDisposable
{
    private readonly Forms forms = new();

    public void Dispose() => forms.Dispose();

    [Fact]
    public void Degrees_and_minutes_tenths_of_knots_and_the_call_sign_are_read()
    {
        var read = forms.ReadText("//SR//AD/NEA//FR/GBR//TM/POS//RC/ABCD//NA/EXERCISE//XR/EXT//DA/20240131//TI/1345//LA/N6035//LO/W02010//SP/105//CO/270//ER//\n");
        var sighting = Assert.Single(read.Sightings);
        Assert.Equal((null, "ABCD"), (sighting.Mmsi, sighting.SourceKey));
        Assert.Equal(new DateTimeOffset(2024, 1, 31, 13, 45, 0, TimeSpan.Zero), sighting.Fix.Time);
        Assert.Equal((60.5833333, -20.1666667, 10.5, 270.0), (sighting.Fix.LatDeg, sighting.Fix.LonDeg, sighting.Fix.SogKnots!.Value, sighting.Fix.CogDeg!.Value));
    }

    [Theory]
    [InlineData("//SR//TM/POS//IR/GBR000A1//RC/ABCD//XR/E1//DA/20201006//TI/1625//LT/53.254//LG/.940//SP/96//CO/8//ER//", "GBR000A1", 53.254, 0.94, 9.6)]
    [InlineData("//SR//TM/ENT//XR/E 1//DA/190515//TI/1151//LT/-20.860//LG/-100.274//SP/9.6//ER", "E 1", -20.86, -100.274, 9.6)]
    [InlineData("//SR//TM/EXI//RC/HP0000//DA/20230101//TI/005949//LA/S0437//LO/E05527//ER//", "HP0000", -4.6166667, 55.45, null)]
    [InlineData("//SR//TM/MAN//OP/B1//OP/B2//DA/20230101//TI/0059//LT/48.6423//LG/-2.015//SP/5//ER", "B1", 48.6423, -2.015, 0.5)]
    public void The_dialects_of_centres_are_read(string record, string key, double latDeg, double lonDeg, double? sogKnots)
    {
        var sighting = Assert.Single(forms.ReadText(record).Sightings);
        Assert.Equal((key, latDeg, lonDeg, sogKnots), (sighting.SourceKey, sighting.Fix.LatDeg, sighting.Fix.LonDeg, sighting.Fix.SogKnots));
    }

    [Fact]
    public void Every_record_is_accounted_for_also_when_several_stand_on_a_line()
    {
        const string Good = "//SR//TM/POS//RC/ABCD//DA/20240131//TI/1345//LA/N6035//LO/W02010//ER//";
        var file = forms.Made($"""
            {Good}{Good.Replace("1345", "1445", StringComparison.Ordinal)}
            //SR//TM/CAT//RC/ABCD//DA/20240131//TI/1345//ER//
            //SR//TM/POS//RC/ABCD//DA/20240131//TI/1345//LA/N6035
            some words
            //SR//TM/POS//RC/ABCD//DA/20240131//TI/1345//LA/N6075//LO/W02010//ER//
            //SR//TM/POS//RC/ABCD//DA/20241331//TI/1345//LA/N6035//LO/W02010//ER//
            //SR//TM/POS//NA/NAMELESS//DA/20240131//TI/1345//LA/N6035//LO/W02010//ER//
            """);
        Assert.Equal(FileContent.Naf, InputFile.Recognise(file));
        var read = Forms.Read(file);
        Assert.Equal((8L, 2L), (read.Count.Lines, read.Count.Accepted));
        Assert.Equal(["line 2: record type is not a position", "line 3: record without an end", "line 4: no record of the North Atlantic Format", "line 5: position not readable", "line 6: time not readable", "line 7: no MMSI and no key of a track"],
            read.Rejections.Select(r => $"{r.Place}: {r.Reason}"));
        Assert.Equal("N6075, -20.166666666666668", read.Rejections[3].Value);
    }
}
