using MaritimeWatch.Detection.Zones;
using MaritimeWatch.Units;

namespace MaritimeWatch.Server.Bench;

/// <summary>
/// The plain answer that the search is held against: Dijkstra over a grid of ten times as many places, steps in 80 directions, on a
/// sphere turned so that both ends lie on its equator. It shares with the search what the coast and the zone are, and nothing else.
/// </summary>
internal sealed class FineGrid
{
    private const int Places = 400_000;
    private static readonly (int X, int Y)[] Steps = [.. from x in Enumerable.Range(-6, 13) from y in Enumerable.Range(-6, 13) where Coprime(Math.Abs(x), Math.Abs(y)) select (x, y)];
    private readonly double[] middle, along, across;
    private readonly double step, half;
    private readonly int columns, rows;
    private readonly (double X, double Y, double Z)[] vectors;

    public FineGrid(GeoPoint from, GeoPoint to, Distance budget)
    {
        double[] a = Up(from), b = Up(to);
        middle = Unit([a[0] + b[0], a[1] + b[1], a[2] + b[2]]);
        across = Unit([(a[1] * b[2]) - (a[2] * b[1]), (a[2] * b[0]) - (a[0] * b[2]), (a[0] * b[1]) - (a[1] * b[0])]);
        along = [(across[1] * middle[2]) - (across[2] * middle[1]), (across[2] * middle[0]) - (across[0] * middle[2]), (across[0] * middle[1]) - (across[1] * middle[0])];
        half = Math.Acos(Math.Min(1, Dot(middle, b)));
        // One percent wider than the ellipse, for the sphere is not the ellipsoid.
        double major = budget.Metres * 1.01 / 2 / 6_371_000, minor = Math.Sqrt((major * major) - (half * half));
        step = half / Math.Max(1, Math.Round(half / Math.Sqrt(4 * major * minor / Places)));
        (columns, rows) = ((2 * (int)(major / step)) + 3, (2 * (int)(minor / step)) + 3);
        vectors = [.. Enumerable.Range(0, columns * rows).Select(i => Vector(i % columns, i / columns))];
    }

    /// <summary>Length of the shortest way that enters no closed place; null when it is longer than the budget.</summary>
    public Distance? Shortest(Func<GeoPoint, bool> isClosed, Distance budget)
    {
        int row = rows / 2, offset = (int)Math.Round(half / step), from = (row * columns) + (columns / 2) - offset, to = from + (2 * offset);
        var length = new double[columns * rows];
        var known = new sbyte[columns * rows];
        var settled = new bool[columns * rows];
        Array.Fill(length, double.PositiveInfinity);
        known[from] = known[to] = 1;
        var open = new PriorityQueue<int, double>();
        length[from] = 0;
        open.Enqueue(from, 0);
        while (open.TryDequeue(out var at, out _))
        {
            if (settled[at])
            {
                continue;
            }

            if (at == to)
            {
                return Distance.FromMetres(length[at]);
            }

            settled[at] = true;
            int x = at % columns, y = at / columns;
            var here = vectors[at];
            foreach (var (dx, dy) in Steps)
            {
                if (x + dx < 0 || x + dx >= columns || y + dy < 0 || y + dy >= rows || settled[at + dx + (dy * columns)])
                {
                    continue;
                }

                var next = at + dx + (dy * columns);
                var there = length[at] + Metres(here, vectors[next]);
                if (there < length[next] && there + Metres(vectors[next], vectors[to]) <= budget.Metres && IsFree(x, y, dx, dy))
                {
                    length[next] = there;
                    open.Enqueue(next, there);
                }
            }
        }

        return null;

        // Every place the step comes nearest to must be open.
        bool IsFree(int x, int y, int dx, int dy)
        {
            var parts = Math.Max(Math.Abs(dx), Math.Abs(dy));
            for (var i = 1; i <= parts; i++)
            {
                var cell = ((int)Math.Round(y + ((double)dy * i / parts)) * columns) + (int)Math.Round(x + ((double)dx * i / parts));
                if (known[cell] == 0)
                {
                    known[cell] = isClosed(Place(cell % columns, cell / columns)) ? (sbyte)-1 : (sbyte)1;
                }

                if (known[cell] < 0)
                {
                    return false;
                }
            }

            return true;
        }
    }

    private static bool Coprime(int a, int b) => b == 0 ? a == 1 : Coprime(b, a % b);

    private double[] Direction(int x, int y)
    {
        var (sinU, cosU) = Math.SinCos((x - (columns / 2)) * step);
        var (sinV, cosV) = Math.SinCos((y - (rows / 2)) * step);
        double c = cosV * cosU, s = cosV * sinU;
        return [(middle[0] * c) + (along[0] * s) + (across[0] * sinV), (middle[1] * c) + (along[1] * s) + (across[1] * sinV), (middle[2] * c) + (along[2] * s) + (across[2] * sinV)];
    }

    private GeoPoint Place(int x, int y)
    {
        var d = Direction(x, y);
        return new GeoPoint(Math.Asin(Math.Clamp(d[2], -1, 1)) * 180 / Math.PI, Geodesy.WrapLongitude(Math.Atan2(d[1], d[0]) * 180 / Math.PI));
    }

    /// <summary>Metres from the Earth's centre on the ellipsoid WGS 84.</summary>
    private (double X, double Y, double Z) Vector(int x, int y)
    {
        const double E2 = 0.0066943799901413165;
        var d = Direction(x, y);
        var n = 6_378_137 / Math.Sqrt(1 - (E2 * d[2] * d[2]));
        return (d[0] * n, d[1] * n, d[2] * n * (1 - E2));
    }

    private static double Metres((double X, double Y, double Z) a, (double X, double Y, double Z) b)
    {
        var chord = Math.Sqrt(((a.X - b.X) * (a.X - b.X)) + ((a.Y - b.Y) * (a.Y - b.Y)) + ((a.Z - b.Z) * (a.Z - b.Z)));
        return chord * (1 + (chord * chord / (24 * 6_371_000.0 * 6_371_000.0)));
    }

    private static double[] Up(GeoPoint at)
    {
        double lat = at.LatDeg * Math.PI / 180, lon = at.LonDeg * Math.PI / 180;
        return [Math.Cos(lat) * Math.Cos(lon), Math.Cos(lat) * Math.Sin(lon), Math.Sin(lat)];
    }

    private static double Dot(double[] a, double[] b) => (a[0] * b[0]) + (a[1] * b[1]) + (a[2] * b[2]);

    private static double[] Unit(double[] a)
    {
        var n = Math.Sqrt(Dot(a, a));
        return [a[0] / n, a[1] / n, a[2] / n];
    }
}
