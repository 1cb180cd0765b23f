using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Benchmarks;

/// <summary>
/// Gaps of a thousand vessels over thirty days in order of time, with the counts of messages before them and the distance between
/// their ends (PERFORMANCE.md, G1 to G3), against DuckDB's windows on two threads, in turn on the same rows.
/// </summary>
internal static class GapScanBench
{
    private const int Vessels = 1000, Days = 30;
    private static readonly DateTimeOffset Start = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // Positions on a sphere in SQL; ours are on the ellipsoid, so that the distances are compared within 0.6 %.
    private const string Sql = """
        SELECT count(*), sum(heard), sum(terrestrial), (sum(2*6371008.8*asin(sqrt(pow(sin(radians(lat-plat)/2),2)+cos(radians(plat))*cos(radians(lat))*pow(sin(radians(lon-plon)/2),2))))/1000)::BIGINT
        FROM (SELECT *, lag(ms) OVER w pms, lag(lat) OVER w plat, lag(lon) OVER w plon, lag(n) OVER w heard, lag(t) OVER w terrestrial FROM
          (SELECT *, count(*) OVER h n, sum((receiver=1)::INTEGER) OVER h t FROM m WINDOW h AS (PARTITION BY vessel ORDER BY ms RANGE BETWEEN 43200000 PRECEDING AND CURRENT ROW))
          WINDOW w AS (PARTITION BY vessel ORDER BY ms)) WHERE ms-pms > 43200000
        """;

    /// <returns>0 when all found the same.</returns>
    public static int Run(int messages)
    {
        var rows = Rows(messages);
        int[] vessels = [.. rows.Select(r => r.Vessel)], latsE7 = [.. rows.Select(r => r.LatE7)], lonsE7 = [.. rows.Select(r => r.LonE7)];
        long[] timesMs = [.. rows.Select(r => r.TimeMs)];
        ReceiverKind[] receivers = [.. rows.Select(r => r.Receiver)];
        using var duck = DetectBench.Duck();
        DetectBench.Ask(duck, "CREATE TABLE m(vessel INTEGER, ms BIGINT, lat DOUBLE, lon DOUBLE, receiver TINYINT)");
        using (var appender = duck.CreateAppender("m"))
        {
            foreach (var r in rows)
            {
                appender.CreateRow().AppendValue(r.Vessel).AppendValue(r.TimeMs).AppendValue(r.LatE7 / 1e7).AppendValue(r.LonE7 / 1e7).AppendValue((sbyte)r.Receiver).EndRow();
            }
        }

        long[] scanned = [], streamed = [], theirs = [];
        var seconds = DetectBench.InTurn(rows.Count,
            ("ours, scan, 1 thread", () => scanned = Sums(GapScan.Find(new HeardColumns(vessels, timesMs, latsE7, lonsE7, receivers), null, new GapOptions()))),
            ("ours, stream, 1 thread", () => streamed = Sums(Stream(vessels, timesMs, latsE7, lonsE7, receivers))),
            ("DuckDB 1.5.6 windows, 2 threads", () => theirs = DetectBench.Ask(duck, Sql)));
        Console.WriteLine($"scan is {seconds[2] / seconds[0]:0.0} times DuckDB, stream {seconds[2] / seconds[1]:0.0} times");
        var distances = Math.Abs(scanned[3] - theirs[3]) <= theirs[3] * 0.006;
        Console.WriteLine($"{(distances ? "equal" : "UNEQUAL")} within 0.6 %: ours {scanned[3]} km on the ellipsoid, DuckDB {theirs[3]} km on a sphere");
        return DetectBench.Compare("gaps, messages before, terrestrial", scanned[..3], theirs[..3]) | DetectBench.Compare("stream and scan", streamed, scanned) | (distances ? 0 : 1);
    }

    private static List<ScannedGap> Stream(int[] vessels, long[] timesMs, int[] latsE7, int[] lonsE7, ReceiverKind[] receivers)
    {
        var stream = new GapStream(new GapOptions());
        for (var i = 0; i < vessels.Length; i++)
        {
            stream.Add(vessels[i], timesMs[i], latsE7[i], lonsE7[i], receivers[i]);
        }

        return stream.Take(DateTimeOffset.MaxValue);
    }

    private static long[] Sums(List<ScannedGap> gaps) =>
        [gaps.Count, gaps.Sum(g => (long)g.Before.Total), gaps.Sum(g => (long)g.Before.Terrestrial), (long)(gaps.Sum(g => Geodesy.Between(g.Off.At!.Value, g.On!.Value.At!.Value).Metres) / 1000)];

    // Irregular reports, one silence in five hundred long, one in two hundred of some hours.
    private static List<(long TimeMs, int Vessel, int LatE7, int LonE7, ReceiverKind Receiver)> Rows(int messages)
    {
        var (random, rows) = (new Random(12), new List<(long TimeMs, int Vessel, int LatE7, int LonE7, ReceiverKind Receiver)>(messages));
        var meanSeconds = Days * 86_400.0 / (messages / Vessels);
        for (var vessel = 0; vessel < Vessels; vessel++)
        {
            double seconds = random.NextDouble() * meanSeconds, latDeg = (random.NextDouble() * 100) - 50, lonDeg = (random.NextDouble() * 340) - 170, course = random.NextDouble() * 6.28;
            for (var i = 0; i < messages / Vessels; i++)
            {
                rows.Add((Start.AddSeconds(Math.Floor(seconds)).ToUnixTimeMilliseconds(), 200_000_000 + (vessel * 577_001), (int)(latDeg * 1e7), (int)(lonDeg * 1e7), random.Next(3) > 0 ? ReceiverKind.Terrestrial : ReceiverKind.Satellite));
                var step = random.Next(500) == 0 ? (12.5 + (random.NextDouble() * 60)) * 3600 : random.Next(200) == 0 ? (1 + (random.NextDouble() * 9)) * 3600 : meanSeconds * (0.2 + (random.NextDouble() * 1.2));
                (seconds, course) = (seconds + step, course + (random.NextDouble() * 0.4) - 0.2);
                (latDeg, lonDeg) = (Math.Clamp(latDeg + (Math.Cos(course) * step * 5e-5 / 60), -75, 75), Geodesy.WrapLongitude(lonDeg + (Math.Sin(course) * step * 5e-5 / 60)));
            }
        }

        return [.. rows.OrderBy(r => r.TimeMs)];
    }
}
