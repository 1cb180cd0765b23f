using System.IO.Compression;
using System.Text;
using MaritimeWatch.Feeds;
using MaritimeWatch.Feeds.Zones;
using MaritimeWatch.Units;

namespace MaritimeWatch.Unit.Feeds.Zones;

public sealed class AreaReaderTests
{
    private static IReadOnlyList<AreaDrawing> Read(string text) => AreaReader.Read(Encoding.UTF8.GetBytes(text));

    private static string Refused(string text) => Assert.Throws<InputException>(() => Read(text)).Message;

    private static string Polygon(string ring) => $$"""{"type":"Polygon","coordinates":[[{{ring}}]]}""";

    [Fact]
    public void A_polygon_comes_open_with_its_name_and_over_the_antimeridian_in_either_writing()
    {
        var one = Assert.Single(Read($$"""{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"Name":"Strait"},"geometry":{{Polygon("[179,0],[181,0],[181,2],[179,2],[179,0]")}}}]}"""));
        Assert.Equal("Strait", one.Name);
        GeoPoint[] expected = [new(0, 179), new(0, -179), new(2, -179), new(2, 179)];
        Assert.Equal(expected, Assert.Single(one.Polygons).Shell);
        Assert.Equal(expected, Read(Polygon("[179,0],[-179,0],[-179,2],[179,2],[179,0]"))[0].Polygons[0].Shell);
        var many = Assert.Single(Read("""{"type":"MultiPolygon","coordinates":[[[[0,0],[9,0],[9,9],[0,0]],[[6,1],[8,1],[8,2],[6,1]]],[[[20,0],[21,0],[21,1],[20,0]]]]}"""));
        Assert.Equal((2, 1), (many.Polygons.Count, many.Polygons[0].Holes.Count));
    }

    [Fact]
    public void What_cannot_be_used_is_told_with_place_and_hint()
    {
        Assert.Contains("last point is its first", Refused(Polygon("[0,0],[1,0],[1,1],[0,1]")));
        Assert.Contains("Latitude and longitude seem to be swapped", Refused(Polygon("[51,0],[51,120],[52,120],[51,0]")));
        Assert.Contains("point 2", Refused(Polygon("[51,0],[51,120],[52,120],[51,0]")));
        Assert.Contains("[longitude, latitude]", Refused(Polygon("[\"x\",0],[1,0],[1,1],[0,0]")));
        Assert.Contains("found none", Refused("""{"type":"LineString","coordinates":[[0,0],[1,1]]}"""));
        Assert.Contains("found something else", Refused("lat;lon"));
        Assert.Contains("cannot be read", Refused("{\"type\":\"Polygon\""));
        Assert.Contains("cannot be read", Refused("<!DOCTYPE kml [<!ENTITY x \"y\">]><kml>&x;</kml>"));
    }

    [Fact]
    public void Kml_and_kmz_are_read_by_placemark()
    {
        const string Kml = """
            <?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark><name>Bank</name><Polygon><outerBoundaryIs><LinearRing><coordinates>
            0,50,0 1,50,0 1,51,0 0,50,0</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark></Document></kml>
            """;
        var bank = Assert.Single(Read(Kml));
        Assert.Equal(("Bank", new GeoPoint(50, 1)), (bank.Name, bank.Polygons[0].Shell[1]));
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, true))
        {
            using var entry = new StreamWriter(zip.CreateEntry("doc.kml").Open());
            entry.Write(Kml);
        }

        Assert.Equal("Bank", Assert.Single(AreaReader.Read(file.ToArray())).Name);
    }
}
