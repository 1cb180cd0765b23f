using System.Diagnostics;
using MaritimeWatch.Storage;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Server.Watch;

/// <summary>Ships in a cell of <see cref="LiveGrid"/>: how many, how many of them lost, and the sums of their places.</summary>
internal readonly record struct CellCount(int Cell, int Ships, int Lost, double LatSum, double LonSum);

/// <summary>
/// Latest fix of every vessel, as the map shows it, with an index of cells so that a frame looks only at what is in view. Many
/// readers make frames at once; a writer waits for those under way, and none begins while it waits.
/// </summary>
internal sealed class LivePicture : IDisposable
{
    private readonly ReaderWriterLockSlim gate = new();
    private readonly Lock summing = new();
    private readonly Dictionary<Mmsi, LiveVessel> vessels = [];
    private readonly Dictionary<int, List<LiveVessel>> cells = [];
    private readonly HashSet<LiveVessel> marked = [];
    private long version;
    private int ships;
    private (long At, IReadOnlyList<CellCount> Cells) summary = (long.MinValue, []);

    /// <summary>Counts by cell are made anew after this, for all consoles together.</summary>
    public TimeSpan CountAgain { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Ships known, wherever they are; stations, aids and aircraft are none.</summary>
    public int Ships => Volatile.Read(ref ships);

    public void Dispose() => gate.Dispose();

    public void Show(IEnumerable<LatestFix> fixes)
    {
        gate.EnterWriteLock();
        try
        {
            version++;
            foreach (var (mmsi, fix) in fixes)
            {
                if (!vessels.TryGetValue(mmsi, out var vessel))
                {
                    vessels[mmsi] = vessel = new LiveVessel(mmsi);
                    ships += vessel.Family == LiveFamily.Ship ? 1 : 0;
                    if (vessel.Family == LiveFamily.AircraftOrDistress)
                    {
                        marked.Add(vessel);
                    }
                }
                else if (vessel.Fix.Time > fix.Time)
                {
                    continue;
                }

                vessel.Take(fix);
                vessel.Version = version;
                Put(vessel);
            }
        }
        finally
        {
            gate.ExitWriteLock();
        }
    }

    /// <summary>Marks vessels by the judgements so far; those whose mark changed are sent again.</summary>
    public void Mark(IReadOnlySet<Mmsi> silent, IReadOnlySet<Mmsi> alerted, IReadOnlySet<Mmsi> doubtful)
    {
        gate.EnterWriteLock();
        try
        {
            version++;
            var known = silent.Concat(alerted).Concat(doubtful).Select(m => vessels.GetValueOrDefault(m)).OfType<LiveVessel>();
            foreach (var vessel in marked.Concat(known).ToHashSet())
            {
                var now = (silent.Contains(vessel.Mmsi) ? LiveMarks.OpenSilence : 0) | (alerted.Contains(vessel.Mmsi) ? LiveMarks.OpenAlert : 0) | (doubtful.Contains(vessel.Mmsi) ? LiveMarks.InDoubt : 0);
                if (vessel.Judged != now)
                {
                    (vessel.Judged, vessel.Version) = (now, version);
                }

                _ = IsSingle(vessel) ? marked.Add(vessel) : marked.Remove(vessel);
            }
        }
        finally
        {
            gate.ExitWriteLock();
        }
    }

    public Fix? Of(Mmsi mmsi) => Read(() => vessels.TryGetValue(mmsi, out var known) ? known.Fix : (Fix?)null);

    /// <summary>The vessels in a box.</summary>
    public IReadOnlyList<Mmsi> In(GeoBox box) => Read(() => Within(box).Select(v => v.Mmsi).ToList());

    /// <summary>Shows a reader every vessel that changed after a version; gives the version to ask for next.</summary>
    public long Changed(long after, Action<LiveVessel> seen) => Read(() =>
    {
        foreach (var vessel in vessels.Values.Where(v => v.Version > after))
        {
            seen(vessel);
        }

        return version;
    });

    /// <summary>
    /// Shows a reader every vessel of a viewport, once: all in its box, or far out those that carry an open silence or alert and what
    /// flies or calls for help; and the watched ones wherever they are. Gives the picture's version.
    /// </summary>
    public long Look(Viewport viewport, Action<LiveVessel> seen) => Read(() =>
    {
        var box = viewport.Box;
        foreach (var vessel in viewport.IsSingles ? Within(box) : marked.Where(v => box.Contains(v.Fix.LatDeg, v.Fix.LonDeg) && IsSingle(v)))
        {
            if (!viewport.Watched.Contains(vessel.Mmsi))
            {
                seen(vessel);
            }
        }

        foreach (var mmsi in viewport.Watched)
        {
            if (vessels.TryGetValue(mmsi, out var vessel))
            {
                seen(vessel);
            }
        }

        return version;
    });

    /// <summary>Ships by cell of the finest level, as of about now.</summary>
    public IReadOnlyList<CellCount> Counts(DateTimeOffset now)
    {
        lock (summing)
        {
            if (summary.At == long.MinValue || Stopwatch.GetElapsedTime(summary.At) >= CountAgain)
            {
                summary = (Stopwatch.GetTimestamp(), Read(() => cells.Select(c => Count(c.Key, c.Value, now)).Where(c => c.Ships > 0).ToList()));
            }

            return summary.Cells;
        }
    }

    private static bool IsSingle(LiveVessel vessel) => vessel.Family == LiveFamily.AircraftOrDistress || (vessel.Judged & (LiveMarks.OpenSilence | LiveMarks.OpenAlert)) != 0;

    private static CellCount Count(int cell, List<LiveVessel> within, DateTimeOffset now)
    {
        var (ships, lost, lat, lon) = (0, 0, 0.0, 0.0);
        foreach (var vessel in within)
        {
            if (vessel.Family == LiveFamily.Ship)
            {
                ships++;
                lost += vessel.IsLost(now) ? 1 : 0;
                (lat, lon) = (lat + vessel.Fix.LatDeg, lon + vessel.Fix.LonDeg);
            }
        }

        return new CellCount(cell, ships, lost, lat, lon);
    }

    private IEnumerable<LiveVessel> Within(GeoBox box)
    {
        var (west, columns, north, rows) = LiveGrid.Touched(box, LiveGrid.Finest);
        var touched = (long)columns * rows < cells.Count
            ? Enumerable.Range(north, rows).SelectMany(row => Enumerable.Range(west, columns).Select(column => cells.GetValueOrDefault((row * LiveGrid.Side) + (column % LiveGrid.Side)))).OfType<List<LiveVessel>>()
            : cells.Values;
        return touched.SelectMany(c => c).Where(v => box.Contains(v.Fix.LatDeg, v.Fix.LonDeg));
    }

    private void Put(LiveVessel vessel)
    {
        var cell = LiveGrid.CellOf(vessel.Fix.LatDeg, vessel.Fix.LonDeg);
        if (cell == vessel.Cell)
        {
            return;
        }

        if (vessel.Cell >= 0)
        {
            // The last of the list takes her place.
            var old = cells[vessel.Cell];
            (old[vessel.Place] = old[^1]).Place = vessel.Place;
            old.RemoveAt(old.Count - 1);
            if (old.Count == 0)
            {
                cells.Remove(vessel.Cell);
            }
        }

        var list = cells.TryGetValue(cell, out var there) ? there : cells[cell] = [];
        (vessel.Cell, vessel.Place) = (cell, list.Count);
        list.Add(vessel);
    }

    private T Read<T>(Func<T> read)
    {
        gate.EnterReadLock();
        try
        {
            return read();
        }
        finally
        {
            gate.ExitReadLock();
        }
    }
}
