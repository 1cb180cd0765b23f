using System.Globalization;

namespace MaritimeWatch.Benchmarks;

/// <summary>
/// A made file in the layout of the Danish Maritime Authority (26 columns): a fixed seed, moving ships, a quarter of the rows
/// without static data, missing speeds, courses and headings, some names in quotes, and one row in two hundred that is bad.
/// </summary>
internal static class CsvBenchFile
{
    private const int Ships = 4000;
    private static readonly string[] Kinds = ["Cargo", "Tanker", "Fishing", "Passenger", "Tug", "Pleasure", "Sailing", "Undefined"];
    private static readonly string[] Statuses = ["Under way using engine", "Moored", "At anchor", "Engaged in fishing", "Unknown value", "Restricted maneuverability"];

    public static string Write(int rows)
    {
        var path = Path.Combine(Path.GetTempPath(), $"mw-csv-{Guid.NewGuid():N}.csv");
        var chance = new Random(20240301);
        var ships = Enumerable.Range(0, Ships).Select(i => new Ship(chance, quoted: i % 50 == 0)).ToArray();
        using var file = new StreamWriter(path, append: false, new System.Text.UTF8Encoding(false), 1 << 20) { NewLine = "\n" };
        file.WriteLine("# Timestamp,Type of mobile,MMSI,Latitude,Longitude,Navigational status,ROT,SOG,COG,Heading,IMO,Callsign,Name,Ship type,Cargo type,Width,Length,Type of position fixing device,Draught,Destination,ETA,Data source type,A,B,C,D");
        for (var i = 0; i < rows; i++)
        {
            var row = ships[chance.Next(Ships)].Row(chance, new DateTime(2024, 3, 1, 0, 0, 0, DateTimeKind.Utc).AddSeconds((long)i * 86_400 * 3 / rows));
            file.WriteLine(chance.Next(1000) switch
            {
                0 => "not a time" + row[19..],
                1 => row[..30],
                2 => row.Replace("Class A,2", "Class A,MMSI ", StringComparison.Ordinal),
                3 or 4 => row.Insert(row.IndexOf('.', 20), "999"),
                _ => row,
            });
        }

        return path;
    }

    private sealed class Ship(Random chance, bool quoted)
    {
        private readonly string fixedPart = FixedPart(chance, quoted), start = $"{(chance.Next(4) == 0 ? "Class B" : "Class A")},{chance.Next(200_000_000, 777_000_000)}", status = Statuses[chance.Next(6)];
        private readonly double sogKnots = chance.NextDouble() * 15;
        private double latDeg = 54 + (chance.NextDouble() * 4), lonDeg = 7 + (chance.NextDouble() * 8), cogDeg = chance.NextDouble() * 360;

        public string Row(Random chance, DateTime time)
        {
            (latDeg, lonDeg, cogDeg) = (latDeg + (Math.Cos(cogDeg) * 1e-3), lonDeg + (Math.Sin(cogDeg) * 1e-3), (cogDeg + (chance.NextDouble() * 4) + 358) % 360);
            var missing = chance.Next(20);
            var motion = string.Create(CultureInfo.InvariantCulture, $"{(missing == 0 ? "" : sogKnots):F1},{(missing <= 1 ? "" : Math.Min(cogDeg, 359.9)):F1},{(missing <= 4 ? "" : (int)cogDeg)}");
            return string.Create(CultureInfo.InvariantCulture, $"{time:dd'/'MM'/'yyyy HH':'mm':'ss},{start},{latDeg:F6},{lonDeg:F6},{status},0.0,{motion},{(chance.Next(4) == 0 ? "Unknown,Unknown,,Undefined,,,,Undefined,,Unknown,,AIS,,,," : fixedPart)}");
        }

        private static string FixedPart(Random chance, bool quoted)
        {
            int length = chance.Next(15, 315), width = chance.Next(5, 45);
            var name = quoted ? $"\"{Letters(chance, 6)}, \"\"{Letters(chance, 4)}\"\"\"" : $"{Letters(chance, 6)} {Letters(chance, chance.Next(2, 12))}";
            return string.Create(CultureInfo.InvariantCulture,
                $"{chance.Next(9_000_000, 9_900_000)},{Letters(chance, 5)},{name},{Kinds[chance.Next(8)]},,{width},{length},GPS,{2 + (chance.NextDouble() * 12):F1},{Letters(chance, chance.Next(4, 16))},{chance.Next(1, 28):00}/03/2024 {chance.Next(24):00}:00:00,AIS,{length / 2},{length - (length / 2)},{width / 2},{width - (width / 2)}");
        }

        private static string Letters(Random chance, int count) => string.Create(count, chance, static (text, chance) =>
        {
            foreach (ref var c in text)
            {
                c = (char)('A' + chance.Next(26));
            }
        });
    }
}
