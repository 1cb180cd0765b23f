using MaritimeWatch.Detection.Reception;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Server.Watch;

/// <summary>A receiving station of a feed, and when it last brought a position.</summary>
internal sealed record FeedStation(string Name, DateTimeOffset LastHeard, long Positions);

/// <summary>Where a feed is heard: the cells it serves and the stations it names.</summary>
internal sealed class FeedReach
{
    /// <summary>A cell from which nothing came for two days is no longer served.</summary>
    private static readonly TimeSpan ServedFor = TimeSpan.FromHours(48);

    private const int MostStations = 5_000;

    private readonly Dictionary<Cell, DateTimeOffset> served = [];
    private readonly Dictionary<string, FeedStation> stations = [];
    private DateTimeOffset latest;

    public int CellCount => served.Count;

    /// <summary>The cells as numbers: row times 3,600 plus column.</summary>
    public IReadOnlyList<int> Cells => [.. served.Keys.Select(c => (c.Row * 3600) + c.Column).Order()];

    public void Add(IReadOnlyList<PositionReport> positions)
    {
        foreach (var position in positions)
        {
            var time = position.Fix.Time;
            latest = time > latest ? time : latest;
            served[Cell.Of(position.Fix.LatDeg, position.Fix.LonDeg)] = time;
            if (position.Station is { } name && (stations.TryGetValue(name, out var known) || stations.Count < MostStations))
            {
                stations[name] = known is null ? new FeedStation(name, time, 1) : known with { LastHeard = time > known.LastHeard ? time : known.LastHeard, Positions = known.Positions + 1 };
            }
        }
    }

    public void Restore(IReadOnlyList<int> cells)
    {
        foreach (var cell in cells)
        {
            var row = (int)Math.Floor((cell + 1800) / 3600.0);
            served.TryAdd(new Cell((short)row, (short)(cell - (row * 3600))), latest);
        }
    }

    /// <summary>True when it hears ships there or in a cell beside; also while it is not known where it hears any.</summary>
    public bool Serves(GeoPoint place)
    {
        var cell = Cell.Of(place.LatDeg, place.LonDeg);
        return served.Count == 0 || Enumerable.Range(-1, 3).Any(row => Enumerable.Range(-1, 3).Any(column => served.TryGetValue(cell.Beside(row, column), out var last) && latest - last < ServedFor));
    }

    public int StationCount => stations.Count;

    public int StationsSince(DateTimeOffset? time) => stations.Values.Count(s => s.LastHeard >= time);

    /// <summary>Stations, the one longest silent first.</summary>
    public IReadOnlyList<FeedStation> Stations => [.. stations.Values.OrderBy(s => s.LastHeard).ThenBy(s => s.Name, StringComparer.Ordinal)];

    /// <summary>South-west corners of the cells it serves, degrees.</summary>
    public IReadOnlyList<(double South, double West)> Places => [.. served.Where(s => latest - s.Value < ServedFor).Select(s => (Math.Round(s.Key.Row * Cell.SizeDeg, 1), Math.Round(s.Key.Column * Cell.SizeDeg, 1))).Order()];

    /// <summary>The served water as a box, degrees; null when none is known.</summary>
    public (double South, double West, double North, double East)? Box => served.Count == 0 ? null
        : (served.Keys.Min(c => c.Row) * Cell.SizeDeg, served.Keys.Min(c => c.Column) * Cell.SizeDeg, (served.Keys.Max(c => c.Row) + 1) * Cell.SizeDeg, (served.Keys.Max(c => c.Column) + 1) * Cell.SizeDeg);
}
