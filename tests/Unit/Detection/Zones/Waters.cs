using MaritimeWatch.Detection.Zones;
using MaritimeWatch.Feeds.Zones;
using MaritimeWatch.Support;
using MaritimeWatch.Units;
using NetTopologySuite.Geometries;

namespace MaritimeWatch.Unit.Zones;

/// <summary>The sea that the tests ask about: the real one, one without land, and one with an island made for the question.</summary>
internal static class Waters
{
    private static readonly Lazy<SeaGrid> RealSea = new(() => new SeaGrid(CoastTiles.Load(Path.Combine(SharedData.Root, "maps"))));

    public static SeaGrid Real => RealSea.Value;

    public static SeaGrid Open { get; } = new(new Coast([]));

    public static DateTimeOffset Start { get; } = new(2024, 3, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A sea with one island between parallels and meridians; it may lie across the antimeridian.</summary>
    public static SeaGrid WithIsland(double south, double west, double north, double east) => new(new Coast(
        Antimeridian.Polygons(Antimeridian.Cut(Box(south, west, north, east))).Select(p => new LandPiece(new Envelope(-180, 180, -90, 90), [p.ExteriorRing.Coordinates]))));

    public static Polygon Box(double south, double west, double north, double east) =>
        new(new LinearRing([new(west, south), new(east, south), new(east, north), new(west, north), new(west, south)]));

    public static AreaZone Area(double south, double west, double north, double east) =>
        new("box", "box", ZoneKind.DrawnArea, "made for a test", Antimeridian.Cut(Box(south, west, north, east)));

    public static GeoPoint At(double latDeg, double lonDeg) => new(latDeg, Geodesy.WrapLongitude(lonDeg));

    public static Distance Nm(double nm) => Distance.FromNauticalMiles(nm);

    /// <summary>A reach of twelve hours in which so many miles can be sailed.</summary>
    public static Reach Sailing(SeaGrid sea, GeoPoint from, GeoPoint? to, double nm) => new(sea, from, Start, to, Start.AddHours(12), Nm(nm) / TimeSpan.FromHours(12));

    /// <summary>The same pairs every time, within 150 nm of each other, both at sea and most near a coast.</summary>
    public static IEnumerable<(GeoPoint From, GeoPoint To)> Pairs(int count, int seed = 5)
    {
        var chance = new Random(seed);
        for (var n = 0; n < count;)
        {
            var from = At((chance.NextDouble() * 150) - 70, chance.NextDouble() * 360);
            var to = Geodesy.Destination(from, Course.FromDegrees(chance.NextDouble() * 360), Nm(5 + (chance.NextDouble() * 145)));
            if (!Real.Coast.IsLand(from) && !Real.Coast.IsLand(to) && (n % 4 == 0 || Real.Coast.DistanceTo(from, Nm(30)) is not null))
            {
                n++;
                yield return (from, to);
            }
        }
    }
}
