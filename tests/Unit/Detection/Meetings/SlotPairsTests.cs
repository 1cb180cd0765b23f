using FsCheck.Xunit;
using MaritimeWatch.Detection.Meetings;
using MaritimeWatch.Units;

namespace MaritimeWatch.Unit.Findings;

/// <summary>The search for near pairs against every pair measured on the ellipsoid, wherever on Earth.</summary>
public class SlotPairsTests
{
    private static readonly Distance Reach = Distance.FromMetres(500);

    [Property(MaxTest = 400)]
    public void The_search_finds_exactly_the_pairs_that_measuring_all_finds(int seed)
    {
        var random = new Random(seed);
        // Around the antimeridian, the poles, the equator, borders of cells, and anywhere; crowded enough that some are near.
        double latDeg = random.Next(6) switch { 0 => 90, 1 => -89.995, 2 => 0, 3 => 80, 4 => -79.99, _ => (random.NextDouble() * 180) - 90 };
        double lonDeg = random.Next(3) switch { 0 => 180, 1 => 0, _ => (random.NextDouble() * 360) - 180 };
        var spreadDeg = random.NextDouble() * 0.03;
        var places = Enumerable.Range(0, random.Next(2, 60)).Select(_ => (
            Lat: (int)(Math.Clamp(latDeg + ((random.NextDouble() - 0.5) * spreadDeg), -90, 90) * 1e7),
            Lon: (int)(Geodesy.WrapLongitude(lonDeg + ((random.NextDouble() - 0.5) * (Math.Abs(latDeg) > 89 ? 360 : spreadDeg / Math.Cos(latDeg * Math.PI / 180)))) * 1e7))).ToArray();
        Assert.Equal(Measured(places), Found(places));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(57.3, 11.2)]
    [InlineData(-79.9, 179.9999)]
    [InlineData(85, 180)]
    public void Five_hundred_metres_are_near_and_half_a_metre_more_are_not(double latDeg, double lonDeg)
    {
        var from = new GeoPoint(latDeg, lonDeg);
        for (var course = 0; course < 360; course += 7)
        {
            Assert.Single(Found([Of(from), Of(Geodesy.Destination(from, Course.FromDegrees(course), Distance.FromMetres(499.98)))]));
            Assert.Empty(Found([Of(from), Of(Geodesy.Destination(from, Course.FromDegrees(course), Distance.FromMetres(500.5)))]));
        }
    }

    [Fact]
    public void Two_ships_on_either_side_of_the_antimeridian_or_of_a_pole_are_near()
    {
        Assert.Equal([(0, 1)], Found([(100_000_000, 1_799_999_000), (100_000_000, -1_799_999_000)]));
        Assert.Equal([(0, 1)], Found([(100_000_000, 1_800_000_000), (100_000_000, -1_800_000_000)]));
        Assert.Equal([(0, 1)], Found([(899_990_000, 0), (899_990_000, 1_790_000_000)]));
    }

    private static (int, int) Of(GeoPoint at) => ((int)Math.Round(at.LatDeg * 1e7), (int)Math.Round(at.LonDeg * 1e7));

    private static List<(int, int)> Found((int Lat, int Lon)[] places)
    {
        var near = new List<NearPair>();
        new SlotPairs(Reach).Find(places.Select(p => p.Lat).ToArray(), places.Select(p => p.Lon).ToArray(), near);
        return [.. near.Select(p => (Math.Min(p.A, p.B), Math.Max(p.A, p.B))).Order()];
    }

    private static List<(int, int)> Measured((int Lat, int Lon)[] places) =>
        [.. from i in Enumerable.Range(0, places.Length)
            from j in Enumerable.Range(i + 1, places.Length - i - 1)
            where Geodesy.Between(new GeoPoint(places[i].Lat / 1e7, places[i].Lon / 1e7), new GeoPoint(places[j].Lat / 1e7, places[j].Lon / 1e7)) <= Reach
            select (i, j)];
}
