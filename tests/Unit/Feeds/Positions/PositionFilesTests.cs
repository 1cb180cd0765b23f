using MaritimeWatch.Feeds.Positions;
using MaritimeWatch.Feeds.Transport;

namespace MaritimeWatch.Unit.Feeds.Positions;

public sealed class PositionFilesTests : IDisposable
{
    private readonly Forms forms = new();

    public void Dispose() => forms.Dispose();

    [Theory]
    [InlineData("MMSI,BaseDateTime,LAT,LON,SOG,COG,Heading,VesselName,IMO,CallSign,VesselType,Status,Length,Width,Draft,Cargo,TransceiverClass\n219000001,2022-01-03T00:00:00,50.5,-120.25,1.5,360,511,EXERCISE,IMO9074729,DABC,70,0,100,18,7.5,70,A\n", "NOAA MarineCadastre")]
    [InlineData("mmsi,base_date_time,longitude,latitude,sog,cog,heading,vessel_name,imo,call_sign,vessel_type,status,length,width,draft,cargo,transceiver\n219000001,2025-01-03 00:00:00,-120.25,50.5,1.5,360,511,EXERCISE,IMO9074729,DABC,70,0,100,18,7.5,70,A\n", "NOAA MarineCadastre")]
    [InlineData("# Timestamp,Type of mobile,MMSI,Latitude,Longitude,Navigational status,ROT,SOG,COG,Heading,IMO,Callsign,Name\n03/01/2022 00:00:00,Class A,219000001,50.5,-120.25,Under way using engine,0,1.5,,,9074729,DABC,EXERCISE\n", "Danish Maritime Authority")]
    [InlineData("zeit;mmsi;lat;lon;speed;name;imo;callsign\n2022-01-03T00:00:00Z;219000001;50.5;-120.25;1.5;EXERCISE;9074729;DABC\n", "generic CSV")]
    public void Tables_of_every_publisher_open_through_the_one_door(string text, string card)
    {
        var cards = Forms.Cards.With(card == "generic CSV" ? ["time=zeit"] : []);
        var read = Forms.Read(forms.Made(text), cards: cards);
        var sighting = Assert.Single(read.Sightings);
        Assert.Equal((50.5, -120.25, 1.5, null, null), (sighting.Fix.LatDeg, sighting.Fix.LonDeg, sighting.Fix.SogKnots, sighting.Fix.CogDeg, sighting.Fix.HeadingDeg));
        Assert.Equal(("9074729", "DABC", "EXERCISE"), (read.Statics[0].ImoAsStated, read.Statics[0].CallSign, read.Statics[0].Name));
        Assert.Equal(card, PositionPreview.Of(forms.File, cards).Card!.Name);
    }

    [Theory]
    [InlineData("!AIVDM,1,1,,A,13u?etPv2;0n:dDPwUM1U1Cb069D,0*24\n", FileContent.Nmea)]
    [InlineData("mmsi,time,lat,lon\n", FileContent.Csv)]
    [InlineData("{\"mmsi\":1}\n{\"mmsi\":2}\n", FileContent.JsonLines)]
    [InlineData("{\"mmsi\":1,\"ports\":[{\"name\":\"KIEL\"}]}\n{\"mmsi\":2}\n", FileContent.JsonLines)]
    [InlineData("{\n \"vessels\": [\n {\"mmsi\": 1}]}", FileContent.Json)]
    [InlineData("[{\"mmsi\":1}]", FileContent.Json)]
    [InlineData("\uFEFF{\"type\":\"FeatureCollection\"}", FileContent.GeoJson)]
    [InlineData("PAR1", FileContent.Parquet)]
    [InlineData("//SR//TM/POS//ER//", FileContent.Naf)]
    public void The_content_decides_and_not_the_name(string text, FileContent expected) => Assert.Equal(expected, InputFile.Recognise(forms.Made(text)));

    [Theory]
    [InlineData("", "empty file")]
    [InlineData(" \n\n", "nothing but blanks")]
    [InlineData("\u0001\u0002\0\u0003", "found binary data")]
    [InlineData("PAR1", "cut short or damaged")]
    [InlineData("mmsi,time,lat,lon\n", "expected rows under the header")]
    public void A_file_without_positions_is_told_in_one_line(string text, string what)
    {
        var file = forms.Made(text);
        Assert.Contains(what, Forms.Refused(() => Forms.Read(file)), StringComparison.Ordinal);
        Assert.Contains(what, Forms.Refused(() => PositionPreview.Of(file, Forms.Cards)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_preview_shows_which_column_became_which_field_and_why_a_row_is_refused()
    {
        var preview = PositionPreview.Of(forms.Made("mmsi,time,lat,lon,colour\n219000001,2026-01-02T03:04:05Z,55,10,red\n219000001,2026-01-02T03:04:05Z,95,10,red\n219000001,2026-01-02T03:05:05Z,55,11,red\n"), Forms.Cards);
        Assert.Equal([("mmsi", "mmsi"), ("time", "time"), ("lat", "lat"), ("lon", "lon")], preview.Columns);
        Assert.Equal(["colour"], preview.Unread);
        Assert.Equal([("row 1", true, "219000001 2026-01-02 03:04:05Z 55.00000 10.00000"), ("row 2", false, "position not on Earth: lat, lon '95, 10'"), ("row 3", true, "219000001 2026-01-02 03:05:05Z 55.00000 11.00000")],
            preview.Rows.Select(r => (r.Place, r.Accepted, r.Text)));
    }

    [Fact]
    public void What_the_user_maps_holds_before_what_a_card_says()
    {
        var file = forms.Made("""{"type":"Feature","geometry":{"type":"Point","coordinates":[10,55]},"mmsi":219000001,"properties":{"timestampExternal":1659212938646,"corrected":"2026-01-02T03:04:05Z"}}""");
        Assert.Equal(2022, Forms.Read(file).Sightings[0].Fix.Time.Year);
        Assert.Equal(2026, Forms.Read(file, cards: Forms.Cards.With(["time=properties.corrected"])).Sightings[0].Fix.Time.Year);
    }
}
