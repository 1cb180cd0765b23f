using System.Text;
using MaritimeWatch.Feeds.Transport;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Unit.Feeds.Positions;

public sealed class JsonFormsTests : IDisposable
{
    private const string Digitraffic = """{"mmsi":219598000,"type":"Feature","geometry":{"type":"Point","coordinates":[20.85169,55.770832]},"properties":{"mmsi":219598000,"sog":0.1,"cog":346.5,"navStat":1,"rot":4,"heading":79,"timestamp":59,"timestampExternal":1659212938646}}""";

    private readonly Forms forms = new();

    public void Dispose() => forms.Dispose();

    [Fact]
    public void A_line_is_read_by_the_synonyms_and_a_missing_value_is_null()
    {
        var read = forms.ReadText("""
            {"ssvid": 263576000, "lat": -23.25, "lon": 97.5, "timestamp": "2015-10-15T02:39:55.000000Z", "speed": 2.3, "course": null}

            {"ssvid": 263576000, "lat": null, "lon": null, "timestamp": "2015-10-15T02:40:55Z"}
            {"ssvid": 263576000, "lat": 1,
            [1, 2]
            {"ssvid": 12345678901, "lat": 1, "lon": 1, "timestamp": "2015-10-15T02:40:55Z"}
            {"ssvid": 263576000, "lat": 1, "lon": 1, "timestamp": "yesterday"}
            {"ssvid": 263576000, "lat": 1, "lon": 1}
            """);
        var sighting = Assert.Single(read.Sightings);
        Assert.Equal((263576000, -23.25, 97.5, 2.3, null), (sighting.Mmsi!.Value.Number, sighting.Fix.LatDeg, sighting.Fix.LonDeg, sighting.Fix.SogKnots, sighting.Fix.CogDeg));
        Assert.Equal(7, read.Count.Lines);
        Assert.Equal(["line 3: no position", "line 4: not readable as a JSON object", "line 5: not readable as a JSON object", "line 6: MMSI not readable", "line 7: time not readable", "line 8: no time"],
            read.Rejections.Select(r => $"{r.Place}: {r.Reason}"));
        Assert.Equal("""{"ssvid": 263576000, "lat": 1,""", read.Rejections[1].Raw);
    }

    [Fact]
    public void Nested_names_are_joined_with_a_dot_and_can_be_mapped()
    {
        var file = forms.Made("""{"ship":{"mmsi":"219598000","name":"EXERCISE ONE"},"where":{"breite":55.5,"laenge":12.25},"time":"2026-01-02T03:04:05Z"}""");
        var read = Forms.Read(file, cards: Forms.Cards.With(["lat=where.breite", "lon=where.laenge"]));
        Assert.Equal((55.5, 12.25), (read.Sightings[0].Fix.LatDeg, read.Sightings[0].Fix.LonDeg));
        Assert.Equal("EXERCISE ONE", Assert.Single(read.Statics).Name);
    }

    [Fact]
    public void A_text_with_half_a_surrogate_pair_is_one_refused_line()
    {
        var read = forms.ReadText("{\"mmsi\":219598000,\"lat\":1,\"lon\":1,\"time\":\"2026-01-02T03:04:05Z\"}\n{\"mmsi\":219598000,\"name\":\"\\ud800\"}\n{\"mmsi\":219598000,\"msgtype\":1e300}\n");
        Assert.Equal((1L, 1L, 1L), (read.Count.Accepted, read.Count.Rejected["not readable as a JSON object"], read.Count.Rejected["not a message of a ship's position or identity"]));
    }

    [Fact]
    public void The_output_of_decode_is_read_back_with_event_time_station_and_identity()
    {
        var read = forms.ReadText("""
            {"line":1,"talker":"AI","type":1,"repeat":0,"mmsi":"218278000","stationId":"2190067","receivedAt":"2013-11-12T12:00:02.000Z","latDeg":54.35,"lonDeg":9.76,"sogKnots":9.4,"cogDeg":230.2,"headingDeg":230,"navigationalStatus":5,"utcSecond":58}
            {"line":3,"talker":"AI","type":5,"repeat":0,"mmsi":"218278000","stationId":null,"receivedAt":"2013-11-12T12:00:03.000Z","imo":9074729,"callSign":"DABC","name":"EXERCISE","shipType":70,"toBowM":100,"toSternM":20,"toPortM":9,"toStarboardM":9,"draughtM":7.5,"destination":"KIEL"}
            {"line":4,"talker":"BS","type":4,"repeat":0,"mmsi":"002190064","stationId":null,"receivedAt":null,"latDeg":56.7,"lonDeg":11.5}
            {"line":5,"talker":"AI","type":18,"repeat":0,"mmsi":"219000001","stationId":null,"receivedAt":"2013-11-12T12:00:03.000Z","latDeg":null,"lonDeg":null}
            {"line":6,"talker":"AI","type":3,"repeat":0,"mmsi":"219000002","stationId":null,"receivedAt":null,"latDeg":56.7,"lonDeg":11.5}
            """);
        var sighting = Assert.Single(read.Sightings);
        Assert.Equal(new DateTimeOffset(2013, 11, 12, 11, 59, 58, TimeSpan.Zero), sighting.Fix.Time);
        Assert.Equal(new DateTimeOffset(2013, 11, 12, 12, 0, 2, TimeSpan.Zero), sighting.ReceivedAt);
        Assert.Equal(("2190067", NavigationalStatus.Moored, TransponderClass.A, (int?)230), (sighting.Station, sighting.Fix.Status, sighting.Fix.Transponder, sighting.Fix.HeadingDeg));
        var identity = Assert.Single(read.Statics);
        Assert.Equal(("9074729", "DABC", "EXERCISE", (int?)70, (double?)120, (double?)18, (double?)7.5, "KIEL", true),
            (identity.ImoAsStated, identity.CallSign, identity.Name, identity.ShipType, identity.LengthM, identity.BeamM, identity.DraughtM, identity.Destination, identity.NeedsSecond));
        Assert.Equal(["not a message of a ship's position or identity", "position not available", "no time"], read.Rejections.Select(r => r.Reason));
    }

    [Theory]
    [InlineData("{\"type\":\"FeatureCollection\",\"name\":\"a layer, not a ship\",\"dataUpdatedTime\":\"2022-07-30T20:29:12Z\",\"features\":[@]}", FileContent.GeoJson)]
    [InlineData("{\"features\":[@],\"type\":\"FeatureCollection\"}", FileContent.GeoJson)]
    [InlineData("@\n@", FileContent.JsonLines)]
    public void A_Feature_is_read_in_a_collection_and_on_a_line_with_members_beside_the_geometry(string around, FileContent expected)
    {
        var file = forms.Made(around.Replace("@", Digitraffic, StringComparison.Ordinal));
        Assert.Equal(expected, InputFile.Recognise(file));
        var read = Forms.Read(file);
        var sighting = read.Sightings[0];
        Assert.Equal((219598000, 55.770832, 20.85169, 346.5, NavigationalStatus.AtAnchor), (sighting.Mmsi!.Value.Number, sighting.Fix.LatDeg, sighting.Fix.LonDeg, sighting.Fix.CogDeg, sighting.Fix.Status));
        Assert.Equal(1659212938646, sighting.ReceivedAt.ToUnixTimeMilliseconds());
        Assert.Equal(59, sighting.Fix.Time.Second);
        Assert.Empty(read.Statics);
    }

    [Fact]
    public void A_geometry_that_is_no_point_is_refused_with_its_kind()
    {
        var read = forms.ReadText("""{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Polygon","coordinates":[[[1,2],[3,4]]]},"properties":{"mmsi":219598000,"time":"2026-01-02T03:04:05Z"}},{"type":"Feature","geometry":null,"properties":{"mmsi":219598000,"time":"2026-01-02T03:04:05Z"}},{"type":"Feature","geometry":{"type":"Point","coordinates":[10.5,-20.25,0]},"properties":{"mmsi":219598000,"time":"2026-01-02T03:04:05Z","shipType":30}}]}""");
        Assert.Equal(["geometry is not a point", "no position"], read.Rejections.Select(r => r.Reason));
        Assert.Equal("Polygon", read.Rejections[0].Value);
        Assert.Equal((-20.25, 10.5), (read.Sightings[0].Fix.LatDeg, read.Sightings[0].Fix.LonDeg));
        Assert.Equal(30, Assert.Single(read.Statics).ShipType);
    }

    [Fact]
    public void A_collection_larger_than_the_buffer_is_read_over_it_and_resumed()
    {
        var text = new StringBuilder("{ \"type\" : \"FeatureCollection\" , \"features\" : [\n");
        const int Ships = 25_000;
        for (var i = 0; i < Ships; i++)
        {
            text.Append(i > 0 ? ",\r\n  " : "").Append($$$"""{"type":"Feature","geometry":{"type":"Point","coordinates":[{{{i % 180}}}.5,10]},"properties":{"mmsi":{{{219000000 + i}}},"note":"{{{new string('x', i == 7 ? 200_000 : i % 50)}}}","time":1659212938}}""");
        }

        var file = forms.Made(text.Append("]}").ToString());
        var read = Forms.Read(file);
        Assert.Equal((Ships, Ships.ToString()), (read.Sightings.Count, read.Position));
        Assert.Equal(Enumerable.Range(219000000, Ships), read.Sightings.Select(s => s.Mmsi!.Value.Number));
        Assert.Equal(Ships - 20_000, Forms.Read(file, "20000").Sightings.Count);
    }

    [Theory]
    [InlineData("{\"type\":\"FeatureCollection\",\"features\":[@,", "cut short")]
    [InlineData("{\"type\":\"FeatureCollection\",\"features\":[@]", "cut short")]
    [InlineData("{\"type\":\"FeatureCollection\",\"features\":[]}", "array 'features'")]
    [InlineData("[]", "array of records")]
    [InlineData("[1,2,3]", "array of records")]
    [InlineData("{\"vessels\":[{\"mmsi\":1},", "cut short")]
    public void A_document_that_is_cut_or_empty_is_told_in_one_line(string text, string what)
    {
        var file = forms.Made(text.Replace("@", Digitraffic, StringComparison.Ordinal));
        var message = Forms.Refused(() => Forms.Read(file));
        Assert.Contains(what, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }
}
