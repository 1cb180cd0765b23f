using MaritimeWatch.Units;

namespace MaritimeWatch.Tracks.Ports;

/// <summary>Ports by cells of one degree, so that the nearest one is found without asking all of them.</summary>
public sealed class PortIndex
{
    private const double NmInDegree = 60;

    private readonly Dictionary<(int Row, int Column), List<Port>> cells;

    public PortIndex(IEnumerable<Port> ports) => cells = ports.GroupBy(p => CellOf(p.At.LatDeg, p.At.LonDeg)).ToDictionary(g => g.Key, g => g.ToList());

    /// <summary>The nearest port within a distance of up to 60 nm; of two equally near the first by name. Null where there is none.</summary>
    public (Port Port, Distance Away)? Nearest(GeoPoint at, Distance within)
    {
        var (row, _) = CellOf(at.LatDeg, at.LonDeg);
        var columns = (int)Math.Ceiling(within.NauticalMiles / (NmInDegree * Math.Max(0.02, Math.Cos((Math.Abs(at.LatDeg) + 1) * Math.PI / 180))));
        (Port Port, Distance Away)? best = null;
        for (var r = row - 1; r <= row + 1; r++)
        {
            for (var c = -Math.Min(columns, 179); c <= Math.Min(columns, 179); c++)
            {
                foreach (var port in cells.GetValueOrDefault((r, CellOf(0, Geodesy.WrapLongitude(at.LonDeg + c)).Column)) ?? [])
                {
                    // Cheap first: the exact distance is asked of those that may win.
                    var away = Geodesy.RoughNm(at.LatDeg, at.LonDeg, port.At.LatDeg, port.At.LonDeg) > within.NauticalMiles * 1.01 ? (Distance?)null : Geodesy.Between(at, port.At);
                    if (away <= within && (best is not { } b || away < b.Away || (away == b.Away && string.CompareOrdinal(port.Name, b.Port.Name) < 0)))
                    {
                        best = (port, away!.Value);
                    }
                }
            }
        }

        return best;
    }

    private static (int Row, int Column) CellOf(double latDeg, double lonDeg) => ((int)Math.Floor(latDeg), (int)Math.Floor(lonDeg) is var column && column == 180 ? -180 : column);
}
