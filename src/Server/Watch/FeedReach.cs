using System.Runtime.InteropServices;
using MaritimeWatch.Detection.Reception;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Server.Watch;

/// <summary>A receiving station of a feed, and when it last brought a position.</summary>
internal sealed record FeedStation(string Name, DateTimeOffset LastHeard, long Positions);

/// <summary>Where a feed is heard: the cells it serves and the stations it names. Safe for use by several threads: it is asked while it takes positions.</summary>
internal sealed class FeedReach
{
    /// <summary>A cell from which nothing came for two days is no longer served.</summary>
    private static readonly TimeSpan ServedFor = TimeSpan.FromHours(48);

    private const int MostStations = 5_000;

    private readonly Lock gate = new();
    private readonly Dictionary<Cell, DateTimeOffset> served = [];
    private readonly Dictionary<string, (DateTimeOffset LastHeard, long Positions)> stations = [];
    private DateTimeOffset first, latest;

    public int CellCount => Read(() => Served.Count());

    /// <summary>The cells as numbers: row times 3,600 plus column.</summary>
    public IReadOnlyList<int> Cells => Read<int[]>(() => [.. Served.Select(c => (c.Row * 3600) + c.Column).Order()]);

    public void Add(IReadOnlyList<PositionReport> positions)
    {
        lock (gate)
        {
            foreach (var position in positions)
            {
                var time = position.Fix.Time;
                first = first == default ? time : first;
                latest = time > latest ? time : latest;
                served[Cell.Of(position.Fix.LatDeg, position.Fix.LonDeg)] = time;
                if (position.Station is { } name && (stations.Count < MostStations || stations.ContainsKey(name)))
                {
                    ref var station = ref CollectionsMarshal.GetValueRefOrAddDefault(stations, name, out _);
                    station = (time > station.LastHeard ? time : station.LastHeard, station.Positions + 1);
                }
            }
        }
    }

    public void Restore(IReadOnlyList<int> cells)
    {
        lock (gate)
        {
            foreach (var cell in cells)
            {
                var row = (int)Math.Floor((cell + 1800) / 3600.0);
                served.TryAdd(new Cell((short)row, (short)(cell - (row * 3600))), latest);
            }
        }
    }

    /// <summary>True when it hears ships there or in a cell beside; also while it is not known where it hears any.</summary>
    public bool Serves(GeoPoint place)
    {
        var cell = Cell.Of(place.LatDeg, place.LonDeg);
        return Read(() => served.Count == 0 || Enumerable.Range(-1, 3).Any(row => Enumerable.Range(-1, 3).Any(column => served.TryGetValue(cell.Beside(row, column), out var last) && IsServed(last))));
    }

    public int StationCount => Read(() => stations.Count);

    public int StationsSince(DateTimeOffset? time) => Read(() => stations.Values.Count(s => s.LastHeard >= time));

    /// <summary>Stations, the one longest silent first.</summary>
    public IReadOnlyList<FeedStation> Stations =>
        Read<FeedStation[]>(() => [.. stations.Select(s => new FeedStation(s.Key, s.Value.LastHeard, s.Value.Positions)).OrderBy(s => s.LastHeard).ThenBy(s => s.Name, StringComparer.Ordinal)]);

    /// <summary>South-west corners of the cells it serves, degrees.</summary>
    public IReadOnlyList<(double South, double West)> Places =>
        Read<(double, double)[]>(() => [.. Served.Select(c => (Math.Round(c.Row * Cell.SizeDeg, 1), Math.Round(c.Column * Cell.SizeDeg, 1))).Order()]);

    /// <summary>The served water as a box, degrees; null when none is known.</summary>
    public (double South, double West, double North, double East)? Box => Read<(double, double, double, double)?>(() => served.Count == 0 ? null
        : (Served.Min(c => c.Row) * Cell.SizeDeg, Served.Min(c => c.Column) * Cell.SizeDeg, (Served.Max(c => c.Row) + 1) * Cell.SizeDeg, (Served.Max(c => c.Column) + 1) * Cell.SizeDeg));

    private IEnumerable<Cell> Served => served.Where(s => IsServed(s.Value)).Select(s => s.Key);

    // A cell known from before a restart has its two days from the first position after it.
    private bool IsServed(DateTimeOffset last) => latest - (last > first ? last : first) < ServedFor;

    private T Read<T>(Func<T> what)
    {
        lock (gate)
        {
            return what();
        }
    }
}
