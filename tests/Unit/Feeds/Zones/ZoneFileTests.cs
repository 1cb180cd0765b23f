using MaritimeWatch.Detection.Zones;
using MaritimeWatch.Feeds;
using MaritimeWatch.Feeds.Zones;
using MaritimeWatch.Support;
using MaritimeWatch.Units;
using Microsoft.Data.Sqlite;
using NetTopologySuite.Features;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;
using NetTopologySuite.IO.Esri;

namespace MaritimeWatch.Unit.Feeds.Zones;

public sealed class ZoneFileTests : IDisposable
{
    private static readonly ZoneReading Drawn = new(ZoneKind.DrawnArea, "made for a test", "name", "key");
    private static readonly Polygon Square = new(new LinearRing([new(1, 50), new(3, 50), new(3, 52), new(1, 52), new(1, 50)]));
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("zones");

    public void Dispose() => folder.Delete(true);

    [Fact]
    public void GeoJson_shapefile_and_GeoPackage_give_the_same_areas()
    {
        Feature[] features = [new(Square, new AttributesTable { { "name", "Étaples Bank" }, { "key", "A1" } })];
        Shapefile.WriteAllFeatures(features, PathOf("a.shp"));
        Package(PathOf("a.gpkg"), "EPSG", 4326);
        var texts = Write("a.geojson", Json("[[[1,50],[3,50],[3,52],[1,52],[1,50]]]"));
        Assert.All([PathOf("a.shp"), PathOf("a.gpkg"), texts], path =>
        {
            var file = ZoneFile.Read(path, Drawn);
            var zone = Assert.Single(file.Zones);
            Assert.Equal(("A1", "Étaples Bank", ZoneKind.DrawnArea, "made for a test"), (zone.Id, zone.Name, zone.Kind, zone.Source));
            Assert.True(zone.Contains(new GeoPoint(51, 2)) && !zone.Contains(new GeoPoint(51, 3.1)));
            Assert.Empty(file.Repairs);
        });
    }

    [Theory]
    [InlineData("[[[178,-18],[-178,-18],[-178,-16],[178,-16],[178,-18]]]")]
    [InlineData("[[[178,-18],[182,-18],[182,-16],[178,-16],[178,-18]]]")]
    [InlineData("[[[-182,-18],[-178,-18],[-178,-16],[-182,-16],[-182,-18]]]")]
    public void An_area_over_the_antimeridian_is_cut_there(string rings)
    {
        var zone = Assert.Single(ZoneFile.Read(Write("z.geojson", Json(rings)), Drawn).Zones);
        Assert.Equal(8, zone.Shape.Area, 1e-9);
        Assert.Equal(2, zone.Shape.NumGeometries);
        Assert.All([179, 180, -180, -179.0], lon => Assert.True(zone.Contains(new GeoPoint(-17, lon)), $"{lon}"));
        Assert.All([177, 0, -177.0], lon => Assert.False(zone.Contains(new GeoPoint(-17, lon)), $"{lon}"));
    }

    [Fact]
    public void A_ring_round_the_pole_holds_the_pole()
    {
        var zone = Assert.Single(ZoneFile.Read(Write("p.geojson", Json("[[[0,75],[90,75],[180,75],[-90,75],[0,75]]]")), Drawn).Zones);
        Assert.All([-179, -1, 1, 91, 179.0], lon => Assert.True(zone.Contains(new GeoPoint(85, lon)) && !zone.Contains(new GeoPoint(70, lon)), $"{lon}"));
    }

    [Fact]
    public void A_hole_stays_a_hole_beyond_the_antimeridian_too()
    {
        var zone = Assert.Single(ZoneFile.Read(Write("h.geojson", Json("[[[170,0],[-170,0],[-170,10],[170,10],[170,0]],[[-176,4],[-174,4],[-174,6],[-176,6],[-176,4]]]")), Drawn).Zones);
        Assert.Equal(196, zone.Shape.Area, 1e-9);
        Assert.False(zone.Contains(new GeoPoint(5, -175)));
    }

    [Fact]
    public void A_small_loop_is_repaired_and_told_and_a_figure_of_eight_is_refused()
    {
        var file = ZoneFile.Read(Write("loop.geojson", Json("[[[0,0],[10,0],[10,5],[10.01,5.01],[10.01,5],[10,5.01],[10,10],[0,10],[0,0]]]")), Drawn);
        Assert.Contains("repaired", Assert.Single(file.Repairs));
        Assert.True(file.Zones[0].Shape.IsValid);
        Refused(Write("eight.geojson", Json("[[[0,0],[10,10],[10,0],[0,10],[0,0]]]")), "cross", "feature 1", "Repair");
    }

    [Fact]
    public void Another_coordinate_system_is_refused_in_every_form()
    {
        var json = Write("utm.geojson", Json("[[[1,50],[3,50],[3,52],[1,52],[1,50]]]").Replace("{\"type\":\"FeatureCollection\"", "{\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"urn:ogc:def:crs:EPSG::3857\"}},\"type\":\"FeatureCollection\"", StringComparison.Ordinal));
        Package(PathOf("utm.gpkg"), "EPSG", 25832);
        Shapefile.WriteAllFeatures([new Feature(Square, new AttributesTable { { "name", "n" }, { "key", "k" } })], PathOf("utm.shp"));
        File.WriteAllText(PathOf("utm.prj"), "PROJCS[\"ETRS_1989_UTM_Zone_32N\",GEOGCS[\"GCS_ETRS_1989\"]]");
        Assert.All([json, PathOf("utm.gpkg"), PathOf("utm.shp")], path => Refused(path, "WGS 84", "found", "Convert"));
        Refused(Write("m.geojson", Json("[[[500000,5900000],[510000,5900000],[510000,5910000],[500000,5900000]]]")), "degrees of WGS 84", "500000", "Convert");
    }

    [Fact]
    public void What_cannot_be_used_says_what_was_expected_and_found()
    {
        Refused(Write("point.geojson", """{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"x","key":"1"},"geometry":{"type":"Point","coordinates":[1,2]}}]}"""), "expected a polygon", "Point");
        Refused(Write("empty.geojson", """{"type":"FeatureCollection","features":[]}"""), "expected areas", "no feature");
        Refused(Write("broken.geojson", "{\"type\":\"FeatureCollection\",\"features\":[{"), "expected areas");
        Refused(Write("broken.shp", "no shapefile"), "expected areas");
        Refused(Write("broken.gpkg", "no database"), "expected areas");
        Refused(Write("a.kml", "<kml/>"), ".gpkg");
        Refused(Write("nokey.geojson", Json("[[[1,50],[3,50],[3,52],[1,52],[1,50]]]").Replace("\"key\"", "\"other\"", StringComparison.Ordinal)), "'key'", "other");
        Refused(PathOf("absent.geojson"), "expected areas");
    }

    [Fact]
    public void Territorial_seas_of_the_Baltic_are_read()
    {
        var file = ZoneFile.Read(SharedData.Need("reference/geo/territorial_waters_baltic.geojson.gz"), new(ZoneKind.TerritorialSea, "Marine Regions 12 NM, CC BY 4.0"));
        Assert.Equal(4, file.Zones.Count);
        Assert.Single(file.Zones, z => z.Contains(new GeoPoint(59.9, 24.9)));
        Assert.DoesNotContain(file.Zones, z => z.Contains(new GeoPoint(58.5, 20.0)));
    }

    [Fact]
    public void Fishing_areas_of_the_world_are_read_to_both_sides_of_the_antimeridian()
    {
        var file = ZoneFile.Read(SharedData.Need("reference/geo/fao_major_fishing_areas.geojson.gz"), new(ZoneKind.FishingArea, "FAO", "NAME_EN", "F_CODE"));
        Assert.Equal(19, file.Zones.Count);
        string At(double lat, double lon) => string.Join(' ', file.Zones.Where(z => z.Contains(new GeoPoint(lat, lon))).Select(z => z.Id));
        Assert.Equal(("27", "37", "61", "67", "48"), (At(56.5, 3.2), At(35, 18), At(45, 160), At(50, -150), At(-65, -40)));
        Assert.Equal(("81", "81"), (At(-45, 179.9), At(-45, -179.9)));
    }

    [Fact]
    public void A_coast_that_is_not_whole_is_refused() =>
        Assert.Contains("expected the coast", Assert.Throws<InputException>(() => CoastTiles.Load(folder.FullName)).Message, StringComparison.Ordinal);

    private static string Json(string rings) =>
        $"{{\"type\":\"FeatureCollection\",\"features\":[{{\"type\":\"Feature\",\"properties\":{{\"name\":\"Étaples Bank\",\"key\":\"A1\"}},\"geometry\":{{\"type\":\"Polygon\",\"coordinates\":{rings}}}}}]}}";

    private static void Refused(string path, params string[] words)
    {
        var message = Assert.Throws<InputException>(() => ZoneFile.Read(path, Drawn)).Message;
        Assert.All(words.Append(Path.GetFileName(path)), word => Assert.Contains(word, message, StringComparison.Ordinal));
    }

    /// <summary>The least a GeoPackage needs (OGC 12-128r19): where layers and coordinate systems are listed, and one layer.</summary>
    private static void Package(string path, string organization, int code)
    {
        using var database = new SqliteConnection($"Data Source={path};Pooling=False");
        database.Open();
        using var command = database.CreateCommand();
        command.CommandText = """
            CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT, srs_id INTEGER, organization TEXT, organization_coordsys_id INTEGER, definition TEXT);
            CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, geometry_type_name TEXT, srs_id INTEGER, z INTEGER, m INTEGER);
            INSERT INTO gpkg_spatial_ref_sys VALUES ('s', 7, $organization, $code, '');
            INSERT INTO gpkg_geometry_columns VALUES ('areas', 'geom', 'POLYGON', 7, 0, 0);
            CREATE TABLE areas (fid INTEGER PRIMARY KEY, geom BLOB, name TEXT, key TEXT);
            INSERT INTO areas VALUES (1, $shape, 'Étaples Bank', 'A1');
            """;
        command.Parameters.AddWithValue("$organization", organization);
        command.Parameters.AddWithValue("$code", code);
        command.Parameters.AddWithValue("$shape", new GeoPackageGeoWriter().Write(Square));
        command.ExecuteNonQuery();
    }

    private string PathOf(string name) => Path.Combine(folder.FullName, name);

    private string Write(string name, string text)
    {
        File.WriteAllText(PathOf(name), text);
        return PathOf(name);
    }
}
