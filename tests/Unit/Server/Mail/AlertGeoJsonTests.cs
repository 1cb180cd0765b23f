using System.Text.Json;
using MaritimeWatch.Alerts;
using MaritimeWatch.Detection;
using MaritimeWatch.Server.Mail;
using MaritimeWatch.Units;

namespace MaritimeWatch.Unit.Server.Mail;

public class AlertGeoJsonTests
{
    [Fact]
    public void A_silence_is_two_points_and_a_line_with_all_properties_on_each()
    {
        var features = Features(SampleAlert.First with { Exercise = true });
        Assert.Equal(["start", "end", "gap"], features.Select(f => f.GetProperty("properties").GetProperty("role").GetString()));
        Assert.Equal(["Point", "Point", "LineString"], features.Select(f => f.GetProperty("geometry").GetProperty("type").GetString()));
        Assert.Equal("[1.42,51.02]", features[0].GetProperty("geometry").GetProperty("coordinates").GetRawText().Replace("\n", "").Replace(" ", ""));
        Assert.All(features, feature =>
        {
            var properties = feature.GetProperty("properties");
            Assert.Equal(SampleAlert.First.CaseId, properties.GetProperty("id").GetString());
            Assert.Equal(1, properties.GetProperty("revision").GetInt32());
            Assert.Equal("silence", properties.GetProperty("kind").GetString());
            Assert.Equal("unexplained", properties.GetProperty("class").GetString());
            Assert.Equal("2026-11-23T14:05:00.000Z", properties.GetProperty("startTime").GetString());
            Assert.Equal("2026-11-23T17:33:00.000Z", properties.GetProperty("endTime").GetString());
            Assert.Equal("high", properties.GetProperty("band").GetString());
            Assert.Equal(SampleAlert.Silence.Probability, properties.GetProperty("probability").GetDouble(), 4);
            Assert.Equal("TLP:AMBER", properties.GetProperty("tlp").GetString());
            Assert.True(properties.GetProperty("exercise").GetBoolean());
            Assert.StartsWith("EXERCISE.", properties.GetProperty("notice").GetString());
        });
    }

    [Theory]
    [InlineData(179, -179, 180)]
    [InlineData(-178.5, 179.5, -180)]
    public void A_line_over_the_antimeridian_is_cut_there(double fromLonDeg, double toLonDeg, double edgeDeg)
    {
        var line = Features(With(new GeoPoint(-10, fromLonDeg), new GeoPoint(-12, toLonDeg)))[2].GetProperty("geometry");
        Assert.Equal("MultiLineString", line.GetProperty("type").GetString());
        var pieces = line.GetProperty("coordinates").Deserialize<double[][][]>()!;
        Assert.Equal([fromLonDeg, edgeDeg], pieces[0].Select(p => p[0]));
        Assert.Equal([-edgeDeg, toLonDeg], pieces[1].Select(p => p[0]));
        Assert.Equal(pieces[0][1][1], pieces[1][0][1]);
        Assert.InRange(pieces[0][1][1], -12, -10);
    }

    [Theory]
    [InlineData(180, -179)]
    [InlineData(-180, 179)]
    [InlineData(179, -180)]
    public void A_line_that_starts_or_ends_on_the_antimeridian_stays_one_short_line(double fromLonDeg, double toLonDeg)
    {
        var line = Features(With(new GeoPoint(1, fromLonDeg), new GeoPoint(2, toLonDeg)))[2].GetProperty("geometry");
        Assert.Equal("LineString", line.GetProperty("type").GetString());
        var lons = line.GetProperty("coordinates").Deserialize<double[][]>()!.Select(p => p[0]).ToArray();
        Assert.Equal(1, Math.Abs(lons[0] - lons[1]), 9);
    }

    [Fact]
    public void A_finding_without_a_position_is_a_feature_without_geometry()
    {
        var feature = Assert.Single(Features(SampleAlert.First with { Finding = SampleAlert.Silence with { Start = null, End = null } }));
        Assert.Equal(JsonValueKind.Null, feature.GetProperty("geometry").ValueKind);
    }

    [Fact]
    public void An_encounter_has_no_line_because_nothing_was_missing() =>
        Assert.Equal(2, Features(SampleAlert.First with { Finding = SampleAlert.Silence with { Kind = FindingKind.Encounter } }).Length);

    private static Alert With(GeoPoint start, GeoPoint end) => SampleAlert.First with { Finding = SampleAlert.Silence with { Start = start, End = end } };

    private static JsonElement[] Features(Alert alert)
    {
        var root = JsonDocument.Parse(AlertGeoJson.Of(alert)).RootElement;
        Assert.Equal("FeatureCollection", root.GetProperty("type").GetString());
        return [.. root.GetProperty("features").EnumerateArray()];
    }
}
