using System.Text;
using MaritimeWatch.Feeds;
using MaritimeWatch.Feeds.Json;
using MaritimeWatch.Feeds.Transport;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Unit.Feeds.Json;

public sealed class JsonObservationsTests
{
    private const string Meta = """ "MetaData":{"MMSI":230123456,"ShipName":"EXAMPLE","latitude":60.1,"longitude":24.9,"time_utc":"2026-03-01 12:00:31.594510977 +0000 UTC"}""";

    [Fact]
    public void A_position_of_aisstream_has_its_event_time_at_the_second_of_the_message_and_no_value_that_means_none()
    {
        var batch = Read($$"""{"MessageType":"PositionReport",{{Meta}},"Message":{"PositionReport":{"UserID":230123456,"NavigationalStatus":5,"Sog":102.3,"Longitude":24.9,"Latitude":60.1,"Cog":360,"TrueHeading":511,"Timestamp":29} } }""");
        var sighting = Assert.Single(batch.Sightings);
        Assert.Equal(("230123456", new DateTimeOffset(2026, 3, 1, 12, 0, 29, TimeSpan.Zero)), (sighting.Mmsi.ToString(), sighting.Fix.Time));
        Assert.Equal((null, null, null), (sighting.Fix.SogKnots, sighting.Fix.CogDeg, sighting.Fix.HeadingDeg));
        Assert.Equal((NavigationalStatus.Moored, TransponderClass.A), (sighting.Fix.Status, sighting.Fix.Transponder));
    }

    [Fact]
    public void Static_data_of_aisstream_becomes_a_report_without_fillers()
    {
        var batch = Read($$"""{"MessageType":"ShipStaticData",{{Meta}},"Message":{"ShipStaticData":{"ImoNumber":9074729,"CallSign":"OJAB@@@","Name":"EXAMPLE             ","Type":70,"Dimension":{"A":100,"B":20,"C":8,"D":10},"MaximumStaticDraught":0,"Destination":"@@@@"} } }""");
        var report = Assert.Single(batch.Statics);
        Assert.Equal(("9074729", "OJAB", "EXAMPLE", 70), (report.ImoAsStated, report.CallSign, report.Name, report.ShipType));
        Assert.Equal((120, 18, null, null), (report.LengthM, report.BeamM, report.DraughtM, report.Destination));
        Assert.True(report.NeedsSecond);
    }

    [Theory]
    [InlineData("""{"Valid":true,"Name":"EXAMPLE"}""", """{"Valid":false}""", "EXAMPLE", null)]
    [InlineData("""{"Valid":false,"Name":""}""", """{"Valid":true,"ShipType":36,"CallSign":"OG1234"}""", null, "OG1234")]
    public void Each_part_of_a_class_B_static_report_says_its_own(string a, string b, string? name, string? callSign)
    {
        var batch = Read($$"""{"MessageType":"StaticDataReport",{{Meta}},"Message":{"StaticDataReport":{"ReportA":{{a}},"ReportB":{{b}} } } }""");
        var report = Assert.Single(batch.Statics);
        Assert.Equal((name, callSign), (report.Name, report.CallSign));
    }

    [Fact]
    public void Features_of_a_collection_count_one_by_one_and_bad_ones_are_kept_with_field_and_value()
    {
        var batch = Read("""
            {"type":"FeatureCollection","features":[
              {"mmsi":230000001,"geometry":{"type":"Point","coordinates":[24.9,60.1]},"properties":{"sog":10.5,"cog":180,"heading":181,"navStat":0,"timestamp":60,"timestampExternal":1772366400000}},
              {"mmsi":230000002,"geometry":{"type":"Point","coordinates":[181,91]},"properties":{"timestampExternal":1772366400000}},
              {"mmsi":230000003,"geometry":{"type":"Point","coordinates":[24.9,99]},"properties":{"timestampExternal":1772366400000}},
              {"mmsi":2300000040,"geometry":{"type":"Point","coordinates":[24.9,60]},"properties":{"timestampExternal":1772366400000}},
              {"mmsi":230000005,"geometry":{"type":"Point","coordinates":[24.9,60]},"properties":{"timestampExternal":"yesterday"}},
              {"mmsi":230000006,"geometry":{"type":"Point","coordinates":[24.9,60]},"properties":{"timestampExternal":4000000000000}},
              {"mmsi":230000007}, 17,
              {"mmsi":230000001,"geometry":{"type":"Point","coordinates":[24.9,60.1]},"properties":{"sog":10.5,"cog":180,"heading":181,"navStat":0,"timestamp":60,"timestampExternal":1772366400000}}
            ]}
            """);
        Assert.Equal((9, 2, 1, 6), (batch.Count.Lines, batch.Count.Accepted, batch.Count.Duplicates, batch.Count.RejectedTotal));
        Assert.Single(batch.Sightings);
        Assert.Contains(batch.Rejections, r => r is { Reason: "position not on Earth", Field: "position", Value: "99, 24.9", Place: "record 3", Raw: not null });
        Assert.Contains(batch.Rejections, r => r is { Reason: "MMSI not readable", Value: "2300000040" });
        Assert.Contains(batch.Rejections, r => r is { Reason: "a number is not readable", Field: "timestampExternal", Value: "\"yesterday\"" });
        Assert.Contains(batch.Rejections, r => r.Reason == "time in the future");
        Assert.Contains(batch.Rejections, r => r.Reason == "properties missing");
        Assert.Contains(batch.Rejections, r => r is { Reason: "not a record of a known form", Raw: "17" });
    }

    [Fact]
    public void Messages_of_AIS_catcher_are_read_alone_and_in_their_envelope()
    {
        const string Fix = """{"class":"AIS","rxuxtime":1772366400.5,"type":1,"repeat":0,"mmsi":244030470,"status":0,"speed":6.8,"lon":5.964237,"lat":51.18597,"course":90.8,"second":58}""";
        const string Ship = """{"class":"AIS","rxtime":"20260301120000","type":5,"repeat":0,"mmsi":244030470,"imo":9074729,"callsign":"PABC","shipname":"EXAMPLE","shiptype":70,"to_bow":10,"to_stern":20,"to_port":3,"to_starboard":4,"draught":3.1}""";
        var batch = Read($$"""{"protocol":"jsonaiscatcher","stationid":"here","msgs":[{{Fix}},{{Ship}},"!AIVDM",{"class":"AIS","rxtime":"20260301120000","type":1,"mmsi":1,"nmea":["!AIVDM"]}]}""");
        Assert.Equal((4, 2, 2), (batch.Count.Lines, batch.Count.Accepted, batch.Count.RejectedTotal));
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 11, 59, 58, TimeSpan.Zero), batch.Sightings.Single().Fix.Time);
        Assert.Equal((30, 7, 3.1), (batch.Statics.Single().LengthM, batch.Statics.Single().BeamM, batch.Statics.Single().DraughtM));
        Assert.Equal(1, Read(Fix).Count.Accepted);
    }

    [Theory]
    [InlineData("not JSON")]
    [InlineData("{\"MessageType\":")]
    [InlineData("{}")]
    [InlineData("[[[1]]]")]
    [InlineData("{\"MessageType\":\"PositionReport\"}")]
    [InlineData("{\"MessageType\":7,\"MetaData\":{}}")]
    [InlineData("{\"class\":\"AIS\",\"type\":1e300}")]
    [InlineData("{\"class\":\"AIS\",\"type\":5,\"repeat\":0,\"mmsi\":1,\"rxuxtime\":1,\"shipname\":\"\\ud800\"}")]
    public void Whatever_comes_is_one_rejection_with_its_raw_text_and_no_fault(string text)
    {
        var batch = Read(text);
        Assert.Equal((1, 1), (batch.Count.Lines, batch.Count.RejectedTotal));
        Assert.NotNull(batch.Rejections.Single().Raw);
    }

    private static ObservationBatch Read(string text)
    {
        var records = new JsonObservations(new FeedSetting("feed", TimeProvider.System, _ => { }));
        records.Read(Encoding.UTF8.GetBytes(text));
        return records.Take();
    }
}
