using System.Globalization;

namespace MaritimeWatch.Benchmarks;

/// <summary>
/// A day off Denmark in the layout of its Maritime Authority, in order of time: 4,500 ships and 12 million rows, fewer ships for
/// fewer rows and more days for more. A fixed seed; no ship twice in one second; forty ships lie together by two.
/// </summary>
internal static class DayFile
{
    private const int ShipsOfADay = 4500, RowsOfADay = 12_000_000, Planted = 40;
    private static readonly string[] Kinds = ["Cargo", "Tanker", "Fishing", "Passenger", "Tug", "Pleasure", "Sailing", "Undefined"];
    private static readonly string[] Statuses = ["Under way using engine", "Moored", "At anchor", "Engaged in fishing", "Unknown value", "Restricted maneuverability"];

    public static string Write(int rows)
    {
        var path = Path.Combine(Path.GetTempPath(), $"mw-day-{rows}-{Environment.ProcessId}.csv");
        var random = new Random(20240301);
        var ships = Enumerable.Range(0, Math.Min(ShipsOfADay, (int)((long)ShipsOfADay * rows / RowsOfADay))).Select(i => new Ship(random, i)).ToArray();
        for (var i = 1; i < Planted; i += 2)
        {
            ships[i].LieBeside(ships[i - 1]);
        }

        var (seconds, start) = (86_400.0 * Math.Max(1, rows / (double)RowsOfADay), new DateTime(2024, 3, 1, 0, 0, 0, DateTimeKind.Utc));
        using var file = new StreamWriter(path, append: false, new System.Text.UTF8Encoding(false), 1 << 20) { NewLine = "\n" };
        file.WriteLine("# Timestamp,Type of mobile,MMSI,Latitude,Longitude,Navigational status,ROT,SOG,COG,Heading,IMO,Callsign,Name,Ship type,Cargo type,Width,Length,Type of position fixing device,Draught,Destination,ETA,Data source type,A,B,C,D");
        for (var i = 0; i < rows; i++)
        {
            var second = (long)(i * seconds / rows);
            var ship = ships[random.Next(ships.Length)];
            while (!ship.TryGo(second))
            {
                ship = ships[random.Next(ships.Length)];
            }

            ship.Write(file, random, start.AddSeconds(second));
        }

        return path;
    }

    private sealed class Ship(Random random, int number)
    {
        private readonly bool lies = number < Planted;
        private readonly string head = $"{(random.Next(4) == 0 ? "Class B" : "Class A")},{219_000_000 + (number * 7919)}", status = Statuses[random.Next(6)];
        private readonly string rest = string.Create(CultureInfo.InvariantCulture, $"{random.Next(9_000_000, 9_900_000)},{Letters(random, 5)},{Letters(random, 6)} {Letters(random, random.Next(2, 12))},{Kinds[random.Next(8)]},,{random.Next(5, 45)},{random.Next(15, 315)},GPS,{2 + (random.NextDouble() * 12):F1},{Letters(random, random.Next(4, 16))},0{random.Next(1, 10)}/03/2024 12:00:00,AIS,50,50,10,10");
        private readonly double sogKnots = random.NextDouble() * 15;
        private double latDeg = 54 + (random.NextDouble() * 4), lonDeg = 7 + (random.NextDouble() * 8), cogDeg = random.NextDouble() * 360;
        private long lastSecond = -1;

        public void LieBeside(Ship other) => (latDeg, lonDeg) = (other.latDeg + 0.001, other.lonDeg);

        public bool TryGo(long second)
        {
            if (second == lastSecond)
            {
                return false;
            }

            var degrees = lies || lastSecond < 0 ? 0 : sogKnots * (second - lastSecond) / 3600 / 60;
            (latDeg, lonDeg) = (latDeg + (Math.Cos(cogDeg * Math.PI / 180) * degrees), lonDeg + (Math.Sin(cogDeg * Math.PI / 180) * degrees / 0.56));
            // At the border of the box she turns back.
            cogDeg = latDeg is < 54 or > 58 || lonDeg is < 7 or > 15 ? (180 + Math.Atan2((lonDeg - 11) * 0.56, latDeg - 56) * 180 / Math.PI + 360) % 360 : cogDeg;
            lastSecond = second;
            return true;
        }

        public void Write(StreamWriter file, Random random, DateTime time)
        {
            cogDeg = (cogDeg + (random.NextDouble() * 4) + 358) % 360;
            Span<char> line = stackalloc char[400];
            line.TryWrite(CultureInfo.InvariantCulture, $"{time:dd'/'MM'/'yyyy HH':'mm':'ss},{head},{latDeg + (lies ? random.NextDouble() * 1e-4 : 0):F6},{lonDeg:F6},{status},0.0,{(lies ? 0 : sogKnots):F1},{Math.Min(cogDeg, 359.9):F1},{(int)cogDeg},{(random.Next(4) == 0 ? "Unknown,Unknown,,Undefined,,,,Undefined,,Unknown,,AIS,,,," : rest)}", out var written);
            file.WriteLine(line[..written]);
        }

        private static string Letters(Random random, int count) => string.Create(count, random, static (text, random) =>
        {
            foreach (ref var c in text)
            {
                c = (char)('A' + random.Next(26));
            }
        });
    }
}
