using System.Text.Json;
using MaritimeWatch.Support;

namespace MaritimeWatch.Unit.Maps;

public class LandTests
{
    private static readonly Lazy<IReadOnlyList<double[][][]>> Land = new(ReadLand);

    [Fact]
    public void Every_feature_is_one_polygon_of_closed_rings()
    {
        Assert.True(Land.Value.Count > 1000, $"only {Land.Value.Count} polygons");
        Assert.All(Land.Value, polygon => Assert.All(polygon, ring =>
        {
            Assert.True(ring.Length >= 4);
            Assert.Equal(ring[0], ring[^1]);
        }));
    }

    [Fact]
    public void No_segment_is_longer_than_half_the_world_and_none_leaves_it()
    {
        foreach (var ring in Land.Value.SelectMany(polygon => polygon))
        {
            for (var i = 0; i < ring.Length; i++)
            {
                Assert.InRange(ring[i][0], -180, 180);
                Assert.InRange(ring[i][1], -90, 90);
                Assert.True(i == 0 || Math.Abs(ring[i][0] - ring[i - 1][0]) <= 180, $"segment ends at {ring[i][0]}, {ring[i][1]}");
            }
        }
    }

    [Theory]
    [InlineData("Baltic Sea", 56.0, 18.3)]
    [InlineData("North Sea", 56.5, 3.2)]
    [InlineData("mid Dover Strait", 51.0, 1.45)]
    [InlineData("Bering Sea, east of the date line", 58.0, -178.0)]
    [InlineData("Bering Sea, west of the date line", 58.0, 178.0)]
    [InlineData("Drake Passage", -59.0, -65.0)]
    public void Known_water_is_water(string place, double latDeg, double lonDeg) => Assert.False(IsLand(latDeg, lonDeg), place);

    [Theory]
    [InlineData("Paris", 48.86, 2.35)]
    [InlineData("London", 51.52, -0.15)]
    [InlineData("Chukotka, east of the date line", 67.0, -176.0)]
    [InlineData("Chukotka, west of the date line", 67.0, 176.0)]
    [InlineData("the South Pole's plateau", -88.0, 10.0)]
    public void Known_land_is_land(string place, double latDeg, double lonDeg) => Assert.True(IsLand(latDeg, lonDeg), place);

    [Fact]
    public void Every_fine_tile_the_index_names_is_there_and_no_other()
    {
        var folder = Path.Combine(SharedData.Root, "maps", "land-10m");
        using var index = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "index.json")));
        var named = index.RootElement.GetProperty("coast").EnumerateArray().Select(t => t.GetString()!.Replace('/', '-') + ".bin").Append("land.bin");
        var held = Directory.EnumerateFiles(folder, "*.bin").Select(Path.GetFileName);
        Assert.Equal(named.Order(StringComparer.Ordinal), held.Order(StringComparer.Ordinal));
    }

    /// <summary>Ray casting, even-odd over all rings, so that lakes count as water.</summary>
    private static bool IsLand(double latDeg, double lonDeg) => Land.Value.Any(polygon =>
    {
        var inside = false;
        foreach (var ring in polygon)
        {
            for (int i = 0, j = ring.Length - 1; i < ring.Length; j = i++)
            {
                var (a, b) = (ring[i], ring[j]);
                if (a[1] > latDeg != b[1] > latDeg && lonDeg < ((b[0] - a[0]) * (latDeg - a[1]) / (b[1] - a[1])) + a[0])
                {
                    inside = !inside;
                }
            }
        }

        return inside;
    });

    private static List<double[][][]> ReadLand()
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(SharedData.Root, "maps", "land-50m.geojson")));
        return file.RootElement.GetProperty("features").EnumerateArray()
            .Select(f => f.GetProperty("geometry").GetProperty("coordinates").Deserialize<double[][][]>()!)
            .ToList();
    }
}
