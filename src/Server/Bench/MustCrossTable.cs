using MaritimeWatch.Detection.Zones;
using MaritimeWatch.Feeds.Zones;
using MaritimeWatch.Server.Settings;
using MaritimeWatch.Units;
using NetTopologySuite.Geometries;

namespace MaritimeWatch.Server.Bench;

/// <summary>
/// Holds must-cross against plain Dijkstra on a much finer grid, on random pairs of places and random zones: open ocean, coasts, both
/// sides of the antimeridian, and beyond 70 degrees. The same cases every time. Called right: the same answer, in at least 99 of 100.
/// </summary>
internal static class MustCrossTable
{
    private const double Needed = 0.99;

    private enum Water
    {
        Ocean,
        Coast,
        Antimeridian,
        Polar,
    }

    /// <summary>Prints the table; false when fewer than 99 of 100 cases agree.</summary>
    public static bool Print(TextWriter writer, House house, int cases)
    {
        var sea = new SeaGrid(CoastTiles.Load(house.Maps));
        var answers = Enumerable.Range(0, cases).AsParallel().AsOrdered().Select(n => Ask(sea, n)).ToList();
        writer.WriteLine("must-cross against Dijkstra on a grid of ten times as many places");
        writer.WriteLine($"{"water",-14}{"cases",8}{"must",8}{"no voyage",12}{"agree",8}{"said must, need not",22}{"missed",8}{"voyage in doubt",18}");
        foreach (var group in answers.GroupBy(a => a.Water).OrderBy(g => g.Key).Select(g => (g.Key.ToString().ToLowerInvariant(), g.ToList())).Append(("all", answers)))
        {
            var (name, all) = group;
            writer.WriteLine($"{name,-14}{all.Count,8}{all.Count(a => a.Fine == true),8}{all.Count(a => a.Fine is null),12}{all.Count(a => a.Ours == a.Fine),8}"
                + $"{all.Count(a => a is { Ours: true, Fine: false }),22}{all.Count(a => a is { Ours: false, Fine: true }),8}{all.Count(a => a.Ours is null != a.Fine is null),18}");
        }

        var right = (double)answers.Count(a => a.Ours == a.Fine) / answers.Count;
        writer.WriteLine($"agreement {right:0.0000} of {answers.Count}, needed {Needed:0.00}");
        return right >= Needed;
    }

    private static Answer Ask(SeaGrid sea, int number)
    {
        var chance = new Random(number);
        var water = (Water)(number % 4);
        while (true)
        {
            var from = AnyPlace(chance, water);
            var away = Distance.FromNauticalMiles(15 + (chance.NextDouble() * 105));
            var to = Geodesy.Destination(from, Course.FromDegrees(chance.NextDouble() * 360), away);
            var near = water != Water.Coast || sea.Coast.DistanceTo(from, Distance.FromNauticalMiles(60)) is not null;
            if (!near || sea.Coast.IsLand(from) || sea.Coast.IsLand(to))
            {
                continue;
            }

            var zone = water == Water.Coast && chance.Next(5) == 0 ? new CoastZones(sea.Coast).TerritorialSea : Drawn(chance, from, to);
            if (zone.Contains(from) || zone.Contains(to))
            {
                continue;
            }

            var u = chance.NextDouble();
            var budget = away * (1.02 + (u * u * 1.2));
            var hours = TimeSpan.FromHours(6);
            var start = DateTimeOffset.UnixEpoch;
            // The budget as the reach has it, so that both are asked the same.
            var reach = new Reach(sea, from, start, to, start + hours, budget / hours);
            var ours = ZoneTest.Of(reach, zone)?.MustCross;
            var grid = new FineGrid(from, to, reach.LongestWay);
            // Where a way past the zone is found there is a way; only else it is asked whether there is any.
            bool? fine = grid.Shortest(p => sea.Coast.IsLand(p) || zone.Contains(p), reach.LongestWay) is not null ? false
                : grid.Shortest(sea.Coast.IsLand, reach.LongestWay) is not null ? true : null;
            return new Answer(water, ours, fine);
        }
    }

    private static GeoPoint AnyPlace(Random chance, Water water)
    {
        double u = (chance.NextDouble() * 2) - 1, v = (chance.NextDouble() * 2) - 1;
        return water switch
        {
            Water.Antimeridian => new(u * 65, Geodesy.WrapLongitude(180 + (v * 1.5))),
            Water.Polar => new(u < 0 ? -70 + (u * 8) : 70 + (u * 19.9), v * 180),
            _ => new(u * 68, v * 180),
        };
    }

    /// <summary>A rectangle across the way between the two places, or beside it, somewhat turned.</summary>
    private static AreaZone Drawn(Random chance, GeoPoint from, GeoPoint to)
    {
        var length = Geodesy.Between(from, to);
        var heading = Geodesy.InitialCourse(from, to).Degrees;
        var middle = Geodesy.Destination(Geodesy.Along(from, to, 0.15 + (chance.NextDouble() * 0.7)), Course.FromDegrees(heading + 90), length * (chance.NextDouble() * 0.5));
        double thick = 0.04 + (chance.NextDouble() * 0.16), wide = 0.05 + (chance.NextDouble() * 1.3), turn = heading + ((chance.NextDouble() - 0.5) * 100);
        var ring = new List<Coordinate>();
        (double Along, double Across)[] corners = [(-thick, -wide), (thick, -wide), (thick, wide), (-thick, wide), (-thick, -wide)];
        for (var i = 0; i + 1 < corners.Length; i++)
        {
            // Points along the sides: an edge of degrees is not straight near a pole.
            for (var k = 0; k < 16; k++)
            {
                double x = corners[i].Along + ((corners[i + 1].Along - corners[i].Along) * k / 16), y = corners[i].Across + ((corners[i + 1].Across - corners[i].Across) * k / 16);
                var at = Geodesy.Destination(middle, Course.FromDegrees(turn + (Math.Atan2(y, x) * 180 / Math.PI)), length * Math.Sqrt((x * x) + (y * y)));
                ring.Add(new Coordinate(at.LonDeg, at.LatDeg));
            }
        }

        ring.Add(ring[0].Copy());
        return new AreaZone("case", "drawn", ZoneKind.DrawnArea, "made for the comparison", Antimeridian.Cut(new Polygon(new LinearRing([.. ring]))));
    }

    private readonly record struct Answer(Water Water, bool? Ours, bool? Fine);
}
