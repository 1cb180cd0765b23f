using MaritimeWatch.Units;

namespace MaritimeWatch.Detection.Zones;

/// <summary>
/// Lays the coast on a chart. Cells that the coast line passes are coast and stay open; the others form patches that no coast
/// divides, so one question a patch, land or water, decides it whole.
/// </summary>
internal sealed class CoastOnChart(SeaChart chart, Coast coast, double radiusM)
{
    private readonly bool[] passed = new bool[chart.Count];
    private readonly int halfColumns = chart.Columns / 2, halfRows = chart.Rows / 2;

    public void Close(bool[] land)
    {
        foreach (var run in coast.RunsNear(chart.Plane.Middle.ToPlace(), Distance.FromMetres(radiusM)))
        {
            var (x1, y1) = chart.Plane.Project(run[0]);
            for (var i = 1; i < run.Length; i++)
            {
                var (x2, y2) = chart.Plane.Project(run[i]);
                Pass(x1 / chart.CellM, y1 / chart.CellM, x2 / chart.CellM, y2 / chart.CellM);
                (x1, y1) = (x2, y2);
            }
        }

        var seen = (bool[])passed.Clone();
        var patch = new Stack<int>();
        for (var seed = 0; seed < seen.Length; seed++)
        {
            if (seen[seed])
            {
                continue;
            }

            var isLand = coast.IsLand(chart.Place(seed));
            seen[seed] = true;
            patch.Push(seed);
            while (patch.TryPop(out var cell))
            {
                land[cell] = isLand;
                var column = cell % chart.Columns;
                Reach(cell - 1, column > 0);
                Reach(cell + 1, column < chart.Columns - 1);
                Reach(cell - chart.Columns, cell >= chart.Columns);
                Reach(cell + chart.Columns, cell + chart.Columns < seen.Length);
            }
        }

        void Reach(int cell, bool there)
        {
            if (there && !seen[cell])
            {
                seen[cell] = true;
                patch.Push(cell);
            }
        }
    }

    /// <summary>Marks every cell a segment passes, after J. Amanatides and A. Woo, A fast voxel traversal algorithm (Eurographics 1987).</summary>
    private void Pass(double x1, double y1, double x2, double y2)
    {
        if (Math.Max(x1, x2) < -halfColumns - 1 || Math.Min(x1, x2) > halfColumns + 1 || Math.Max(y1, y2) < -halfRows - 1 || Math.Min(y1, y2) > halfRows + 1)
        {
            return;
        }

        int column = (int)Math.Round(x1), row = (int)Math.Round(y1), lastColumn = (int)Math.Round(x2), lastRow = (int)Math.Round(y2);
        double dx = x2 - x1, dy = y2 - y1;
        int stepX = Math.Sign(dx), stepY = Math.Sign(dy);
        var nextX = stepX == 0 ? double.PositiveInfinity : (column + (stepX * 0.5) - x1) / dx;
        var nextY = stepY == 0 ? double.PositiveInfinity : (row + (stepY * 0.5) - y1) / dy;
        for (var left = Math.Abs(lastColumn - column) + Math.Abs(lastRow - row); ; left--)
        {
            if (Math.Abs(column) <= halfColumns && Math.Abs(row) <= halfRows)
            {
                passed[chart.Index(column, row)] = true;
            }

            if (left == 0)
            {
                return;
            }

            if (nextX < nextY)
            {
                column += stepX;
                nextX += stepX / dx;
            }
            else
            {
                row += stepY;
                nextY += stepY / dy;
            }
        }
    }
}
