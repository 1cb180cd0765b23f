using System.Globalization;
using MaritimeWatch.Feeds;
using MaritimeWatch.Tracks.Ports;
using MaritimeWatch.Units;

namespace MaritimeWatch.Server.Watch;

/// <summary>The ports of maps/ports.csv.</summary>
internal static class PortList
{
    /// <exception cref="InputException">A line is not a port.</exception>
    public static PortIndex Load(string path) => new(!File.Exists(path) ? [] : File.ReadLines(path).Skip(1).Select((line, i) => Read(line.Split(','), path, i + 2)));

    private static Port Read(string[] cells, string path, int line) =>
        cells is [var index, .. var name, var lat, var lon, var code] && double.TryParse(lat, CultureInfo.InvariantCulture, out var latDeg) && double.TryParse(lon, CultureInfo.InvariantCulture, out var lonDeg) && GeoPoint.IsOnEarth(latDeg, lonDeg)
            ? new Port(string.Join(',', name).Trim('"'), new GeoPoint(latDeg, lonDeg), code.Length == 5 ? code : null, $"World Port Index {index}")
            : throw new InputException($"{path} line {line}: expected index, name, latitude, longitude and UN/LOCODE, found {string.Join(',', cells)}.");
}
