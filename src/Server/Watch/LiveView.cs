using System.Runtime.InteropServices;
using MaritimeWatch.Units;

namespace MaritimeWatch.Server.Watch;

/// <summary>
/// What one console has been sent, and the next frame for it: only what is new in its view, what changed and what left. A console that
/// is slow is asked nothing in between, so its next frame is the newest state and there is no queue. One thread at a time.
/// </summary>
internal sealed class LiveView(LivePicture picture)
{
    private readonly Dictionary<Mmsi, long> sent = [];
    private long seen, frames;
    private bool placed;

    /// <summary>The next frame for a viewport; without one everything known, and then what changed.</summary>
    public byte[] Next(Viewport? viewport, DateTimeOffset now, double speed)
    {
        if (viewport is not null)
        {
            return InView(viewport, now, speed);
        }

        var frame = new LiveFrame(seen == 0 ? LiveFrame.Everything : LiveFrame.Changes);
        seen = picture.Changed(seen, frame.Add);
        return frame.End(now, speed);
    }

    private byte[] InView(Viewport viewport, DateTimeOffset now, double speed)
    {
        // After a viewport never comes none: what was sent before the first is forgotten with it.
        var first = frames++ == 0;
        var (frame, since) = (new LiveFrame(viewport.IsSingles ? LiveFrame.View : LiveFrame.Counted) { Forget = first, Known = picture.Ships }, first ? 0 : seen);
        seen = picture.Look(viewport, vessel =>
        {
            ref var last = ref CollectionsMarshal.GetValueRefOrAddDefault(sent, vessel.Mmsi, out var known);
            last = frames;
            if (!known || vessel.Version > since)
            {
                frame.Add(vessel);
            }
        });
        foreach (var (mmsi, last) in sent)
        {
            if (last != frames)
            {
                sent.Remove(mmsi);
                frame.Leave(mmsi);
            }
        }

        if (!viewport.IsSingles)
        {
            foreach (var cell in Rolled(viewport, picture.Counts(now)))
            {
                frame.Add(cell);
            }
        }

        frame.Middle = placed ? null : Middle(picture.Counts(now));
        placed |= frame.Middle is not null;
        return frame.End(now, speed);
    }

    private static IEnumerable<CellCount> Rolled(Viewport viewport, IReadOnlyList<CellCount> counts)
    {
        var level = LiveGrid.LevelOf(viewport.Zoom);
        var (side, (west, columns, north, rows)) = (1 << level, LiveGrid.Touched(viewport.Box, level));
        var rolled = new Dictionary<int, CellCount>();
        foreach (var count in counts)
        {
            var cell = LiveGrid.Coarser(count.Cell, level);
            if ((cell % side - west + side) % side < columns && cell / side >= north && cell / side < north + rows)
            {
                ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(rolled, cell, out _);
                sum = new CellCount(cell, sum.Ships + count.Ships, sum.Lost + count.Lost, sum.LatSum + count.LatSum, sum.LonSum + count.LonSum);
            }
        }

        return rolled.Values;
    }

    /// <summary>Where most ships are, for a map that nobody told where to open; null when none is known.</summary>
    private static GeoPoint? Middle(IReadOnlyList<CellCount> counts)
    {
        const int Level = 6;
        return counts.GroupBy(c => LiveGrid.Coarser(c.Cell, Level)).MaxBy(g => g.Sum(c => c.Ships)) is not { } most ? null
            : new GeoPoint(most.Sum(c => c.LatSum) / most.Sum(c => c.Ships), most.Sum(c => c.LonSum) / most.Sum(c => c.Ships));
    }
}
