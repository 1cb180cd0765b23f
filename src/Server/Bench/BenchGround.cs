using System.Globalization;
using System.IO.Compression;
using MaritimeWatch.Feeds;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Server.Bench;

/// <summary>Real or simulated traffic before anything is done to it, split by vessel and by time: training is earlier, and no vessel is tested in both.</summary>
/// <param name="Name">Short name, the first part of the worlds' names.</param>
/// <param name="Headline">True for the bases the headline figures are made of; the others are shown beside them.</param>
/// <param name="SideHours">Hours of good reception asked for on each side of an injected silence: 2 where the data allow no more.</param>
internal sealed record BenchGround(string Name, bool Headline, double SideHours, IReadOnlyList<BenchWorld> Training, IReadOnlyList<BenchWorld> Test);

/// <summary>Reads the real bases from the shared folder. The files are read where they are and never copied.</summary>
internal static class BenchGrounds
{
    /// <summary>July to September 2018 on the north coast of British Columbia; half the vessels are for training until 15 August, the other half for test after it.</summary>
    public static BenchGround BritishColumbia(string path)
    {
        // Pacific daylight time, seven hours behind UTC, held for the whole span of the file.
        var tracks = Read(path, r => Row.Of(r["ID"], null, At(r["Local.Time"]).AddHours(7), r["Latitude"], r["Longitude"], r["SOG"], r["COG"], TransponderClass.Unknown), r => (TypeOf(r["Type"]), Number(r["Length"])));
        return Split("bc", true, 2, tracks, Day(2018, 7, 1), Day(2018, 8, 16), Day(2018, 10, 1));
    }

    /// <summary>One hour of the eastern North Sea at full rate: too short for silences, long enough for displaced and broken positions.</summary>
    public static BenchGround NorthSea(string path)
    {
        var tracks = Read(path, r => Row.Of($"ns{r["mmsi"]}", null, At(r["datetime"]), r["lat"], r["lon"], r["SOG"], null, TransponderClass.A), r => (TypeOf(r["shiptype"]), Number(r["length"])));
        var start = new DateTimeOffset(2022, 11, 1, 9, 35, 0, TimeSpan.Zero);
        return Split("northsea", false, 0.25, tracks, start, start.AddMinutes(20), start.AddMinutes(61));
    }

    /// <summary>Twenty days in the Aleutians: few ships, far apart.</summary>
    public static BenchGround Aleutians(string path)
    {
        var tracks = Read(path, r => Row.Of(r["MMSI"], Mmsi.TryParse(r["MMSI"], out var m) ? m : null, At(r["BaseDateTime"]), r["LAT"], r["LON"], r["SOG"], r["COG"], TransponderClass.Unknown), r => (null, Number(r["Length"])));
        return Split("aleutians", false, 1, tracks, Day(2017, 1, 1), Day(2017, 1, 10), Day(2017, 1, 21));
    }

    /// <summary>One ferry of Brest over half a year: nobody beside her can be a witness, so nothing should be told.</summary>
    public static BenchGround Brest(string path)
    {
        var header = new[] { "time", "mmsi", "lon", "lat", "speed", "heading", "cog", "notes" };
        var tracks = Read(path, r => Row.Of(r["mmsi"], Mmsi.TryParse(r["mmsi"], out var m) ? m : null, DateTimeOffset.FromUnixTimeSeconds(long.Parse(r["time"], CultureInfo.InvariantCulture)), r["lat"], r["lon"], r["speed"], r["cog"], TransponderClass.A), _ => (60, null), header);
        return Split("brest", false, 2, tracks, Day(2015, 9, 1), Day(2016, 1, 1), Day(2016, 3, 26)) is var lone
            ? lone with { Test = [.. lone.Test.Select(w => w with { Tracks = [.. w.Tracks.Select(t => t with { Tested = true })] })], Training = [] }
            : lone;
    }

    /// <summary>Splits tracks by vessel and time. The vessels not under test stay in the world as traffic.</summary>
    public static BenchGround Split(string name, bool headline, double sideHours, IReadOnlyList<BenchTrack> tracks, DateTimeOffset start, DateTimeOffset middle, DateTimeOffset end)
    {
        return new BenchGround(name, headline, sideHours, [World("training", start, middle, true)], [World("test", middle, end, false)]);

        BenchWorld World(string split, DateTimeOffset from, DateTimeOffset to, bool training)
        {
            var inside = tracks.Select(t => t with { Fixes = [.. t.Fixes.Where(f => f.Time >= from && f.Time < to)], Tested = IsForTraining(t.TrackId) == training }).Where(t => t.Fixes.Count > 0).ToList();
            return new BenchWorld { Name = $"{name}/{split}", Start = from, End = to, Area = AreaOf(inside), Tracks = inside };
        }
    }

    /// <summary>Half the vessels, by a hash of their key that no scorer knows.</summary>
    public static bool IsForTraining(string trackId) => BenchRandom.HashOf(41, trackId) % 2 == 0;

    /// <summary>The box around all fixes.</summary>
    public static GeoBox AreaOf(IReadOnlyList<BenchTrack> tracks)
    {
        var fixes = tracks.SelectMany(t => t.Fixes);
        return new GeoBox(fixes.Min(f => f.LatDeg), fixes.Min(f => f.LonDeg), fixes.Max(f => f.LatDeg), fixes.Max(f => f.LonDeg));
    }

    private static List<BenchTrack> Read(string path, Func<Dictionary<string, string>, Row?> rowOf, Func<Dictionary<string, string>, (int? Type, double? LengthM)> shipOf, string[]? header = null)
    {
        using Stream file = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(File.OpenRead(path), CompressionMode.Decompress) : File.OpenRead(path);
        using var lines = new StreamReader(file);
        var names = header ?? lines.ReadLine()?.Split(',') ?? throw new InputException($"{path}: expected a header and rows, found nothing.");
        var tracks = new SortedDictionary<string, (Mmsi? Mmsi, TransponderClass Transponder, int? Type, double? LengthM, List<Fix> Fixes)>(StringComparer.Ordinal);
        var cells = new Dictionary<string, string>();
        while (lines.ReadLine() is { } line)
        {
            var values = line.Split(',');
            for (var i = 0; i < names.Length; i++)
            {
                cells[names[i]] = i < values.Length ? values[i] : "";
            }

            if (rowOf(cells) is not { } row)
            {
                continue;
            }

            if (!tracks.TryGetValue(row.TrackId, out var track))
            {
                var (type, lengthM) = shipOf(cells);
                tracks[row.TrackId] = track = (row.Mmsi, row.Fix.Transponder, type, lengthM, []);
            }

            track.Fixes.Add(row.Fix);
        }

        return [.. tracks.Select(t => new BenchTrack
        {
            TrackId = t.Key, Mmsi = t.Value.Mmsi, Transponder = t.Value.Transponder, ShipType = t.Value.Type, LengthM = t.Value.LengthM, Fixes = [.. t.Value.Fixes.Distinct().Order()],
        })];
    }

    private static DateTimeOffset Day(int year, int month, int day) => new(year, month, day, 0, 0, 0, TimeSpan.Zero);

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static double? Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value > 0 ? value : null;

    /// <summary>The tables' words for ship types, as far as they matter to who must carry AIS.</summary>
    private static int? TypeOf(string words) => words switch
    {
        "Fishing" => 30, "Towing" => 31, "Towing(200/25)" => 32, "Diving op." => 34, "Military op." => 35, "Sailing" => 36, "Pleasure Craft" => 37, "HSC" => 40,
        "Pilot" => 50, "Search/rescue" => 51, "Tug" => 52, "Port tender" => 53, "Law enforcement" => 55, "Tanker" => 80, "Other" => 90,
        _ when words.StartsWith("Passenger", StringComparison.Ordinal) => 60,
        _ when words.StartsWith("Cargo", StringComparison.Ordinal) => 70,
        _ => null,
    };

    private readonly record struct Row(string TrackId, Mmsi? Mmsi, Fix Fix)
    {
        /// <summary>A row whose place is on Earth; speeds and courses out of range are absent.</summary>
        public static Row? Of(string trackId, Mmsi? mmsi, DateTimeOffset time, string lat, string lon, string sog, string? cog, TransponderClass transponder)
        {
            if (!double.TryParse(lat, NumberStyles.Float, CultureInfo.InvariantCulture, out var latDeg) || !double.TryParse(lon, NumberStyles.Float, CultureInfo.InvariantCulture, out var lonDeg) || !GeoPoint.IsOnEarth(latDeg, lonDeg))
            {
                return null;
            }

            double? sogKnots = double.TryParse(sog, NumberStyles.Float, CultureInfo.InvariantCulture, out var s) && s is >= 0 and < 102.3 ? s : null;
            double? cogDeg = double.TryParse(cog, NumberStyles.Float, CultureInfo.InvariantCulture, out var c) && c is > -360 and < 360 ? (c + 360) % 360 : null;
            return new Row(trackId, mmsi, new Fix(time, new GeoPoint(latDeg, lonDeg), sogKnots, cogDeg, transponder: transponder));
        }
    }
}
