using DuckDB.NET.Data;
using MaritimeWatch.Detection.Meetings;
using MaritimeWatch.Units;

namespace MaritimeWatch.Benchmarks;

/// <summary>
/// Encounters of 20,000 vessels over a day of ten-minute fixes, spread over the world and crowded in a box, against a grid join in
/// DuckDB on two threads (PERFORMANCE.md, E1, E2). The pairs are the same ones, so that SQL measures on the ellipsoid's plane too.
/// </summary>
internal static class MeetBench
{
    private const int Vessels = 20_000, Slots = 144;
    private const long FirstSlot = 2_847_312;

    /// <summary>500 m as <see cref="Geodesy"/> measures them: the local plane with the ellipsoid's radii, right to a millimetre at that distance.</summary>
    public const string Near = "sqrt(pow((a.lat-b.lat)*0.017453292519943295*6335439.327292829/pow(1-0.006694379990141316*pow(sin(radians((a.lat+b.lat)/2)),2),1.5),2)+pow(least(abs(a.lon-b.lon),360-abs(a.lon-b.lon))*0.017453292519943295*6378137.0*cos(radians((a.lat+b.lat)/2))/sqrt(1-0.006694379990141316*pow(sin(radians((a.lat+b.lat)/2)),2)),2))<=500";

    /// <summary>Pairs of a table f of vessel, slot, lat, lon that lie near, and their runs.</summary>
    public const string Sql = $"""
        WITH a AS (SELECT *, CAST(floor((lat+90)/0.01) AS INTEGER) cy, CAST(floor((lon+180)/0.02) AS INTEGER) cx FROM f),
        b AS (SELECT vessel, slot, lat, lon, cy+dy cy, (cx+dx+18000)%18000 cx FROM a, (SELECT unnest([-1,0,1]) dy) y, (SELECT unnest([-1,0,1]) dx) x),
        p AS (SELECT a.vessel m1, b.vessel m2, a.slot slot FROM a JOIN b ON a.slot=b.slot AND a.cy=b.cy AND a.cx=b.cx AND a.vessel<b.vessel WHERE {Near}),
        r AS (SELECT m1, m2, slot, slot - row_number() OVER (PARTITION BY m1, m2 ORDER BY slot) g FROM p),
        e AS (SELECT m1, m2, min(slot) s, max(slot) l FROM r GROUP BY m1, m2, g HAVING count(*)>=13)
        SELECT (SELECT count(*) FROM p), count(*), coalesce(sum(l-s),0), coalesce(sum((m1::BIGINT*31+m2)*(s%1000)),0)::BIGINT FROM e
        """;

    /// <summary>Runs alone are counted in SQL: neither speed nor merging.</summary>
    public static EncounterOptions RunsAlone { get; } = new() { MedianSpeed = Speed.FromKnots(1e9), MergeWithin = TimeSpan.Zero };

    /// <returns>0 when both found the same pairs and encounters.</returns>
    public static int Run() => Run("spread", dense: false) | Run("crowded", dense: true);

    private static int Run(string name, bool dense)
    {
        var fixes = Fixes(dense);
        using var duck = DetectBench.Duck();
        DetectBench.Ask(duck, "CREATE TABLE f(vessel INTEGER, slot INTEGER, lat DOUBLE, lon DOUBLE)");
        using (var appender = duck.CreateAppender("f"))
        {
            foreach (var f in fixes)
            {
                appender.CreateRow().AppendValue(f.Vessel).AppendValue((int)f.Slot).AppendValue(f.LatE7 / 1e7).AppendValue(f.LonE7 / 1e7).EndRow();
            }
        }

        long[] ours = [], judged = [], theirs = [];
        Console.WriteLine($"{name}: {fixes.Length:N0} fixes, {Vessels:N0} vessels, {Environment.ProcessorCount} cores");
        var seconds = DetectBench.InTurn(fixes.Length,
            ("ours, 1 thread", () => ours = Scan(fixes, RunsAlone)),
            ("ours, speed and merging", () => judged = Scan(fixes, new EncounterOptions())),
            ("DuckDB 1.5.6 grid join, 2 threads", () => theirs = DetectBench.Ask(duck, Sql)));
        Console.WriteLine($"ours is {seconds[2] / seconds[0]:0.0} times DuckDB; {judged[1]} encounters after speed and merging");
        return DetectBench.Compare("near pairs, encounters, their slots, who and when", ours, theirs);
    }

    private static long[] Scan((int Vessel, long Slot, int LatE7, int LonE7)[] fixes, EncounterOptions options)
    {
        var (scan, found) = (new EncounterScan(options), new List<Encounter>());
        for (var i = 0; i < fixes.Length; i++)
        {
            ref readonly var f = ref fixes[i];
            // As a watch does: an hour's fixes, then what can be told.
            if (i % (Vessels * 6) == 0)
            {
                found.AddRange(scan.Close(DateTimeOffset.FromUnixTimeMilliseconds(f.Slot * 600_000)));
            }

            scan.Add(f.Vessel, f.Slot * 600_000, f.LatE7, f.LonE7);
        }

        found.AddRange(scan.Close(DateTimeOffset.MaxValue));
        return Sums(scan, found);
    }

    public static long[] Sums(EncounterScan scan, List<Encounter> found) =>
        [scan.NearPairs, found.Count, found.Sum(e => (e.To - e.From).Ticks / (TimeSpan.TicksPerMinute * 10)), found.Sum(e => (((long)e.Vessel * 31) + e.Other) * (e.From.ToUnixTimeSeconds() / 600 % 1000))];

    // Three in five lie around hubs, of the world or of a box of eight degrees; 250 pairs are made to lie together for three hours.
    private static (int Vessel, long Slot, int LatE7, int LonE7)[] Fixes(bool dense)
    {
        var (random, fixes) = (new Random(31), new (int Vessel, long Slot, int LatE7, int LonE7)[Vessels * Slots]);
        var ships = new (double Lat, double Lon, double Course, double Knots)[Vessels];
        foreach (ref var ship in ships.AsSpan())
        {
            var hub = random.Next(dense ? 60 : 200);
            var (hubLat, hubLon, wide) = dense ? (54.1 + (hub * 37 % 60 / 16.0), 7.2 + (hub * 53 % 60 / 8.0), 0.3) : (-50.0 + (hub * 37 % 100), -170.0 + (hub * 53 % 340), 2.0);
            ship = random.NextDouble() < 0.6 ? (hubLat + ((random.NextDouble() - 0.5) * wide), hubLon + ((random.NextDouble() - 0.5) * wide), 0, 0)
                : dense ? (54 + (random.NextDouble() * 4), 7 + (random.NextDouble() * 8), 0, 0) : (-60 + (random.NextDouble() * 120), -180 + (random.NextDouble() * 360), 0, 0);
            (ship.Course, ship.Knots) = (random.NextDouble() * 6.28, random.NextDouble() < (dense ? 0.6 : 0.3) ? random.NextDouble() * (dense ? 0.5 : 1.5) : random.NextDouble() * 16);
        }

        for (var slot = 0; slot < Slots; slot++)
        {
            for (var i = 0; i < Vessels; i++)
            {
                ref var ship = ref ships[i];
                var pair = i | 1;
                var together = i < 500 && slot >= 30 + (pair % 50) && slot < 48 + (pair % 50) + (pair % 7);
                var knots = together ? 0.6 : ship.Knots;
                ship = (Math.Clamp(ship.Lat + (Math.Cos(ship.Course) * knots / 360), -75, 75), Geodesy.WrapLongitude(ship.Lon + (Math.Sin(ship.Course) * knots / 360)), ship.Course + (random.NextDouble() * 0.2) - 0.1, ship.Knots);
                if (together && i == pair)
                {
                    (ship.Lat, ship.Lon) = (ships[i - 1].Lat + 0.0015, Geodesy.WrapLongitude(ships[i - 1].Lon + 0.0015));
                }

                fixes[(slot * Vessels) + i] = (300_000_000 + i, FirstSlot + slot, (int)Math.Round(ship.Lat * 1e7), (int)Math.Round(ship.Lon * 1e7));
            }
        }

        return fixes;
    }
}
