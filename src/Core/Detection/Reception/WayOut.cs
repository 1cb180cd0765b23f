using MaritimeWatch.Units;

namespace MaritimeWatch.Detection.Reception;

/// <summary>
/// How far it is from a place to the nearest water where nobody was heard, over the middles of cells of a tenth of a degree
/// (Dijkstra). Before a vessel can have got there, she was within reception. Land where nobody was heard counts as a way out:
/// a coarse coast does not show the channels and harbours in it, and this can only weaken the evidence.
/// </summary>
public static class WayOut
{
    private static readonly (int Row, int Column)[] Neighbours = [(-1, -1), (-1, 0), (-1, 1), (0, -1), (0, 1), (1, -1), (1, 0), (1, 1)];

    /// <returns>The distance; null when everything within <paramref name="limit"/> was covered or is land.</returns>
    public static Distance? Nearest(HeardSlots reception, GeoPoint from, long hour, string except, Distance limit)
    {
        var start = Cell.Of(from.LatDeg, from.LonDeg);
        if (!reception.Covered(start, hour, except))
        {
            return Distance.FromMetres(0);
        }

        var done = new HashSet<Cell>();
        var queue = new PriorityQueue<Cell, double>();
        queue.Enqueue(start, 0);
        while (queue.TryDequeue(out var cell, out var distanceNm))
        {
            if (distanceNm > limit.NauticalMiles || !done.Add(cell))
            {
                continue;
            }

            if (!reception.Covered(cell, hour, except))
            {
                return Distance.FromNauticalMiles(distanceNm);
            }

            foreach (var (row, column) in Neighbours)
            {
                var next = cell.Beside(row, column);
                if (!done.Contains(next))
                {
                    queue.Enqueue(next, distanceNm + Geodesy.RoughNm(cell.MiddleLatDeg, cell.MiddleLonDeg, next.MiddleLatDeg, next.MiddleLonDeg));
                }
            }
        }

        return null;
    }
}
