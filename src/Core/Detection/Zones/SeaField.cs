using MaritimeWatch.Units;

namespace MaritimeWatch.Detection.Zones;

/// <summary>
/// Shortest navigable ways from one end of a chart to its cells, at any angle and not along the grid: Lazy Theta* (A. Nash, S. Koenig,
/// C. Tovey, AAAI 2010), cells in order of the length through them to the other end. Ways longer than the limit are not followed.
/// </summary>
internal sealed class SeaField
{
    private static readonly (int Column, int Row)[] Around = [(1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1)];
    private readonly SeaChart chart;
    private readonly bool[] closed;
    private readonly double[] lengthM;
    private readonly int[] parent;

    /// <param name="chart">The cells.</param>
    /// <param name="closed">Cells that cannot be entered.</param>
    /// <param name="from">Where the ways start.</param>
    /// <param name="toward">The other end: cells through which the way to it is longer than the limit are left out; null where there is none.</param>
    /// <param name="limitM">Longest way, metres.</param>
    /// <param name="stop">Stops when the other end is reached.</param>
    public SeaField(SeaChart chart, bool[] closed, int from, int? toward, double limitM, bool stop)
    {
        (this.chart, this.closed) = (chart, closed);
        lengthM = new double[chart.Count];
        parent = new int[chart.Count];
        Array.Fill(lengthM, double.PositiveInfinity);
        if (closed[from])
        {
            return;
        }

        var settled = new bool[chart.Count];
        var open = new PriorityQueue<int, double>();
        lengthM[from] = 0;
        parent[from] = from;
        open.Enqueue(from, 0);
        while (open.TryDequeue(out var cell, out _))
        {
            if (settled[cell])
            {
                continue;
            }

            settled[cell] = true;
            if (chart.Meets(closed, parent[cell], cell))
            {
                TurnAtNeighbour(cell, settled);
            }

            if (stop && cell == toward)
            {
                return;
            }

            int column = chart.Column(cell), row = chart.Row(cell);
            foreach (var (dx, dy) in Around)
            {
                if (!chart.IsWithin(column + dx, row + dy) || chart.Index(column + dx, row + dy) is var next && (settled[next] || closed[next] || chart.Meets(closed, cell, next)))
                {
                    continue;
                }

                var length = lengthM[parent[cell]] + chart.ArcM(parent[cell], next);
                var whole = length + (toward is { } end ? chart.ArcM(next, end) : 0);
                if (length < lengthM[next] && whole <= limitM)
                {
                    (lengthM[next], parent[next]) = (length, parent[cell]);
                    open.Enqueue(next, whole);
                }
            }
        }
    }

    public double LengthM(int cell) => lengthM[cell];

    public bool Reaches(int cell) => lengthM[cell] < double.PositiveInfinity;

    /// <summary>The cell where the way to this one turned last; the start is its own.</summary>
    public int Parent(int cell) => parent[cell];

    /// <summary>Length to a place within a cell; null where no way of the chart leads there.</summary>
    public double? LengthM(GeoPoint place)
    {
        if (chart.CellOf(place) is not { } cell)
        {
            return null;
        }

        var at = EarthVector.FromNormal(Normal.Of(place));
        var best = double.PositiveInfinity;
        for (var dy = -1; dy <= 1; dy++)
        {
            for (var dx = -1; dx <= 1; dx++)
            {
                int column = chart.Column(cell) + dx, row = chart.Row(cell) + dy;
                if (chart.IsWithin(column, row) && chart.Index(column, row) is var near && Reaches(near))
                {
                    best = Math.Min(best, lengthM[parent[near]] + EarthVector.ArcM(chart.Vector(parent[near]), at));
                }
            }
        }

        return best < double.PositiveInfinity ? best : null;
    }

    /// <summary>The turns of the way to a cell, both ends included, start first; drawn taut.</summary>
    public List<int> Way(int to)
    {
        var way = new List<int> { to };
        while (way[^1] != parent[way[^1]])
        {
            way.Add(parent[way[^1]]);
        }

        way.Reverse();
        for (var round = 0; round < 8 && Tighten(way); round++)
        {
        }

        return way;
    }

    private void TurnAtNeighbour(int cell, bool[] settled)
    {
        lengthM[cell] = double.PositiveInfinity;
        int column = chart.Column(cell), row = chart.Row(cell);
        foreach (var (dx, dy) in Around)
        {
            if (chart.IsWithin(column + dx, row + dy) && chart.Index(column + dx, row + dy) is var near && near != cell && settled[near] && Reaches(near) && !chart.Meets(closed, near, cell))
            {
                var length = lengthM[near] + chart.ArcM(near, cell);
                if (length < lengthM[cell])
                {
                    (lengthM[cell], parent[cell]) = (length, near);
                }
            }
        }
    }

    /// <summary>Leaves out turns that are none and moves the others a cell at a time while that shortens the way.</summary>
    private bool Tighten(List<int> way)
    {
        var changed = false;
        for (var i = 1; i + 1 < way.Count; i++)
        {
            if (!chart.Meets(closed, way[i - 1], way[i + 1]))
            {
                way.RemoveAt(i--);
                changed = true;
                continue;
            }

            int column = chart.Column(way[i]), row = chart.Row(way[i]), best = way[i];
            double Through(int cell) => chart.ArcM(way[i - 1], cell) + chart.ArcM(cell, way[i + 1]);
            foreach (var (dx, dy) in Around)
            {
                if (chart.IsWithin(column + dx, row + dy) && chart.Index(column + dx, row + dy) is var near && Through(near) < Through(best) - 1e-6
                    && !chart.Meets(closed, way[i - 1], near) && !chart.Meets(closed, near, way[i + 1]))
                {
                    best = near;
                }
            }

            changed |= best != way[i];
            way[i] = best;
        }

        return changed;
    }
}
