using System.Text.Json;
using MaritimeWatch.Units;

namespace MaritimeWatch.Server.Watch;

/// <summary>Names of seas, straits and ports (maps/places.json), to say in words where something was.</summary>
internal sealed class Places
{
    private static readonly string[] Winds = ["north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west"];

    private readonly List<(string Name, string Kind, GeoPoint At)> places = [];

    public Places(string path)
    {
        if (!File.Exists(path))
        {
            return;
        }

        using var json = JsonDocument.Parse(File.ReadAllBytes(path));
        foreach (var row in json.RootElement.EnumerateArray())
        {
            places.Add((row[0].GetString()!, row[1].GetString()!, new GeoPoint(row[2].GetDouble(), row[3].GetDouble())));
        }
    }

    /// <summary>For example <c>English Channel, 12 nm south-east of Dover</c>.</summary>
    public string Words(GeoPoint at)
    {
        var water = Nearest(at, kind => kind is "strait" or "channel" or "bay" or "gulf", 60) ?? Nearest(at, kind => kind == "sea", 300);
        var port = Nearest(at, kind => kind is "port" or "city" or "town", 120);
        var near = port is { } p
            ? p.Distance.NauticalMiles < 1.5 ? $"at {p.Name}" : $"{p.Distance.NauticalMiles:0} nm {Winds[(int)Math.Round(Geodesy.InitialCourse(p.At, at).Degrees / 45) % 8]} of {p.Name}"
            : at.ToDegreesMinutes();
        return water is { } w ? $"{w.Name}, {near}" : near;
    }

    private (string Name, GeoPoint At, Distance Distance)? Nearest(GeoPoint at, Func<string, bool> kind, double withinNm)
    {
        var best = places.Where(p => kind(p.Kind)).Select(p => (p.Name, p.At, Rough: Geodesy.RoughNm(at.LatDeg, at.LonDeg, p.At.LatDeg, p.At.LonDeg))).Where(p => p.Rough <= withinNm)
            .OrderBy(p => p.Rough).Select(p => ((string, GeoPoint)?)(p.Name, p.At)).FirstOrDefault();
        return best is { } b ? (b.Item1, b.Item2, Geodesy.Between(b.Item2, at)) : null;
    }
}
