using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using MaritimeWatch.Integration.Stores;
using MaritimeWatch.Server.Watch;
using MaritimeWatch.Storage;
using MaritimeWatch.Units;

namespace MaritimeWatch.Integration.Commands;

/// <summary>A track as a file: where it comes from and how it may be passed on stands inside, and no line crosses a silence.</summary>
public sealed class TrackFileTests : ConsoleTest
{
    private const string Period = "from=2026-03-14T11:00:00Z&to=2026-03-14T16:00:00Z";

    private static readonly Mmsi Beyond = new(235_000_077);

    protected override async Task FillAsync(IStore store)
    {
        var fixes = Enumerable.Range(0, 60).Concat(Enumerable.Range(180, 30)).Select(m => (Samples.Ship, Samples.FixAt(m)));
        var beyond = Enumerable.Range(0, 4).Select(m => (Beyond, new Tracks.Fix(Samples.Noon.AddMinutes(m), new GeoPoint(-17, m < 2 ? 179.9 + (m * 0.05) : -179.99 + (m * 0.02)), 12)));
        await store.Tracks.CommitAsync(Samples.Batch([.. fixes, .. beyond]) with { Feed = "north station", LastReceived = Samples.Noon.AddMinutes(210) }, Cancel);
        await store.Identities.AddClaimsAsync([Samples.Claim("=HYPERLINK(\"x\"),<b>&\u202e", imo: null), Samples.Claim("DATE LINE", mmsi: Beyond, imo: null)], Cancel);
        await store.Findings.SaveAsync(Samples.Finding() with { StartTime = Samples.Noon.AddMinutes(59), EndTime = Samples.Noon.AddMinutes(180), End = new GeoPoint(50.5, -1.25) }, Samples.Noon, Cancel);
        Service<Intake>().Reach(Samples.Noon.AddMinutes(210));
    }

    [Fact]
    public async Task GeoJson_has_a_line_for_each_stretch_and_the_silence_as_its_two_ends()
    {
        var features = (await JsonAsync(Samples.Ship)).GetProperty("features").EnumerateArray().ToList();
        var lines = features.Where(f => Role(f) == "track").ToList();
        Assert.Equal(2, lines.Count);
        Assert.Equal(60, lines[0].GetProperty("geometry").GetProperty("coordinates")[0].GetArrayLength());
        Assert.Equal(90, features.Count(f => Role(f) == "position"));
        Assert.Equal("MultiPoint", features.Single(f => Role(f).StartsWith("silence", StringComparison.Ordinal)).GetProperty("geometry").GetProperty("type").GetString());
        var facts = lines[0].GetProperty("properties");
        Assert.Equal("TLP:AMBER", facts.GetProperty("tlp").GetString());
        Assert.Contains("north station", facts.GetProperty("sources").GetString(), StringComparison.Ordinal);
        Assert.Equal("no: every position held is in this file", facts.GetProperty("thinned").GetString());
        Assert.Equal("90", facts.GetProperty("positions").GetString());

        var over = Assert.Single((await JsonAsync(Beyond)).GetProperty("features").EnumerateArray(), f => Role(f) == "track").GetProperty("geometry").GetProperty("coordinates");
        Assert.Equal(2, over.GetArrayLength());
        Assert.Equal(180, over[0][over[0].GetArrayLength() - 1][0].GetDouble());
        Assert.Equal(-180, over[1][0][0].GetDouble());
    }

    [Fact]
    public async Task Csv_has_the_facts_in_every_row_and_no_cell_that_a_spreadsheet_would_run()
    {
        var rows = (await FileAsync(Samples.Ship, "csv", "text/csv")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(91, rows.Length);
        Assert.StartsWith("time,mmsi,latDeg,lonDeg,sogKnots,", rows[0], StringComparison.Ordinal);
        Assert.StartsWith("2026-03-14T12:00:00Z,235000001,50.5,-1.25,12.3,93.4,94,UnderWayUsingEngine,A,Terrestrial,1,", rows[1], StringComparison.Ordinal);
        Assert.All(rows.Skip(1), row => Assert.Contains("TLP:AMBER", row, StringComparison.Ordinal));
        Assert.All(rows.Skip(1), row => Assert.Contains("\"'=HYPERLINK(\"\"x\"\"),<b>&\"", row, StringComparison.Ordinal));
        Assert.Contains(",2,", rows[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kml_and_gpx_are_whole_xml_with_a_segment_for_each_stretch()
    {
        var kml = XDocument.Parse(await FileAsync(Samples.Ship, "kml", "application/vnd.google-earth.kml+xml"));
        XNamespace k = "http://www.opengis.net/kml/2.2", g = "http://www.google.com/kml/ext/2.2";
        Assert.Equal(2, kml.Descendants(g + "Track").Count());
        Assert.Equal([60, 30], kml.Descendants(g + "Track").Select(t => t.Elements(g + "coord").Count()));
        Assert.All(kml.Descendants(g + "Track"), t => Assert.Equal(t.Elements(k + "when").Count(), t.Elements(g + "coord").Count()));
        Assert.Contains("TLP:AMBER", kml.Descendants(k + "Data").Single(d => d.Attribute("name")!.Value == "tlp").Value, StringComparison.Ordinal);
        Assert.Contains("=HYPERLINK(\"x\"),<b>&", kml.Descendants(k + "name").First().Value, StringComparison.Ordinal);

        var gpx = XDocument.Parse(await FileAsync(Samples.Ship, "gpx", "application/gpx+xml"));
        XNamespace x = "http://www.topografix.com/GPX/1/1";
        Assert.Equal([60, 30], gpx.Descendants(x + "trkseg").Select(s => s.Elements(x + "trkpt").Count()));
        Assert.Contains("TLP:AMBER", gpx.Descendants(x + "keywords").Single().Value, StringComparison.Ordinal);
        Assert.Contains("north station", gpx.Descendants(x + "src").Single().Value, StringComparison.Ordinal);
        Assert.Equal("-1.25", gpx.Descendants(x + "trkpt").First().Attribute("lon")!.Value);
    }

    [Theory]
    [InlineData("geojson")]
    [InlineData("csv")]
    [InlineData("kml")]
    [InlineData("gpx")]
    public async Task A_file_is_noted_named_and_refused_for_a_period_too_long_or_a_ship_nobody_knows(string format)
    {
        using var answer = await Person.GetRawAsync($"/api/vessels/mmsi:{Samples.Ship}/track.{format}?{Period}");
        Assert.Equal($"\"track-mmsi-235000001-20260314T1100Z.{format}\"", answer.Content.Headers.ContentDisposition!.FileName);
        Assert.Contains(await Service<IStore>().Audit.AfterAsync(0, 100, Cancel), e => e.Act == "read" && e.Detail.Contains($"track as a file ({format})", StringComparison.Ordinal));
        using var empty = await Person.GetRawAsync($"/api/vessels/mmsi:{Samples.Ship}/track.{format}?from=2026-03-10T00:00:00Z&to=2026-03-10T01:00:00Z");
        Assert.Contains("TLP:AMBER", await empty.EnsureSuccessStatusCode().Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        using var long1 = await Person.GetRawAsync($"/api/vessels/mmsi:{Samples.Ship}/track.{format}?from=2026-03-01T00:00:00Z&to=2026-03-10T01:00:00Z");
        Assert.Equal(HttpStatusCode.BadRequest, long1.StatusCode);
        using var unknown = await Person.GetRawAsync($"/api/vessels/mmsi:999999998/track.{format}");
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    private static string Role(JsonElement feature) => feature.GetProperty("properties").GetProperty("role").GetString()!;

    private Task<JsonElement> JsonAsync(Mmsi mmsi) => Person.GetAsync($"/api/vessels/mmsi:{mmsi}/track.geojson?{Period}");

    private async Task<string> FileAsync(Mmsi mmsi, string format, string mediaType)
    {
        using var answer = await Person.GetRawAsync($"/api/vessels/mmsi:{mmsi}/track.{format}?{Period}");
        Assert.Equal(mediaType, answer.EnsureSuccessStatusCode().Content.Headers.ContentType!.MediaType);
        return await answer.Content.ReadAsStringAsync(Cancel);
    }
}
