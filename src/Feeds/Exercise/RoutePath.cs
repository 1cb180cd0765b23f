using MaritimeWatch.Units;

namespace MaritimeWatch.Feeds.Exercise;

/// <summary>
/// A way over the water with rounded corners: place and course at any distance along it. Straight parts are straight in
/// latitude and longitude (within 0.1 nm of a rhumb line on the legs used here); corners are quadratic Bézier curves.
/// </summary>
internal sealed class RoutePath
{
    private const int StepsInTurn = 10;
    private readonly List<Node> growing = [];
    private Node[] nodes = [];

    private RoutePath()
    {
    }

    private readonly record struct Node(double LatDeg, double LonDeg, double AlongNm, double CourseDeg);

    public double LengthNm => nodes[^1].AlongNm;

    /// <summary>Rounds the corners of a line of waypoints; <paramref name="turnNm"/> is how far before a waypoint she begins to turn.</summary>
    public static RoutePath Through(IReadOnlyList<(double LatDeg, double LonDeg)> points, double turnNm)
    {
        var path = new RoutePath();
        var from = points[0];
        for (var i = 1; i < points.Count; i++)
        {
            var corner = points[i];
            if (i == points.Count - 1)
            {
                path.AddStraight(from, corner);
                break;
            }

            var next = points[i + 1];
            var start = Toward(corner, from, Math.Min(turnNm, Nm(from, corner) * 0.45));
            var end = Toward(corner, next, Math.Min(turnNm, Nm(corner, next) * 0.45));
            path.AddStraight(from, start);
            for (var k = 1; k <= StepsInTurn; k++)
            {
                var u = (double)k / StepsInTurn;
                var a = Blend(start, corner, u);
                var b = Blend(corner, end, u);
                path.Add(Blend(a, b, u), CourseDeg(a, b));
            }

            from = end;
        }

        path.nodes = [.. path.growing];
        path.growing.Clear();
        path.growing.TrimExcess();
        return path;
    }

    /// <summary>Moves every waypoint sideways by a share of the half width given there: ships keep beside each other, not in file.</summary>
    public static RoutePath Beside(IReadOnlyList<Waypoint> points, double share, double turnNm)
    {
        var moved = new List<(double, double)>(points.Count);
        for (var i = 0; i < points.Count; i++)
        {
            var before = points[Math.Max(0, i - 1)];
            var after = points[Math.Min(points.Count - 1, i + 1)];
            var across = (CourseDeg((before.LatDeg, before.LonDeg), (after.LatDeg, after.LonDeg)) + 90) * Math.PI / 180;
            var offsetDeg = share * points[i].HalfWidthNm / 60;
            moved.Add((points[i].LatDeg + (offsetDeg * Math.Cos(across)), points[i].LonDeg + (offsetDeg * Math.Sin(across) / CosOf(points[i].LatDeg))));
        }

        return Through(moved, turnNm);
    }

    /// <summary>Place and course; <paramref name="hint"/> remembers the part last used, so that going on along the way is quick.</summary>
    public (double LatDeg, double LonDeg, double CourseDeg) At(double alongNm, ref int hint)
    {
        hint = PartAt(alongNm, hint);
        ref readonly Node a = ref nodes[hint - 1], b = ref nodes[hint];
        var u = b.AlongNm > a.AlongNm ? Math.Clamp((alongNm - a.AlongNm) / (b.AlongNm - a.AlongNm), 0, 1) : 0;
        return (a.LatDeg + ((b.LatDeg - a.LatDeg) * u), a.LonDeg + ((b.LonDeg - a.LonDeg) * u), a.CourseDeg + (Wrap(b.CourseDeg - a.CourseDeg) * u));
    }

    /// <summary>True when the way does not bend between the two distances.</summary>
    public bool IsStraight(double fromNm, double toNm, ref int hint)
    {
        hint = PartAt(toNm, hint);
        ref readonly Node a = ref nodes[hint - 1];
        return fromNm >= a.AlongNm && Math.Abs(Wrap(nodes[hint].CourseDeg - a.CourseDeg)) < 1;
    }

    /// <summary>The part that holds a distance: the same one whatever the hint.</summary>
    private int PartAt(double alongNm, int hint)
    {
        var i = Math.Clamp(hint, 1, nodes.Length - 1);
        while (i < nodes.Length - 1 && nodes[i].AlongNm <= alongNm)
        {
            i++;
        }

        while (i > 1 && nodes[i - 1].AlongNm > alongNm)
        {
            i--;
        }

        return i;
    }

    /// <summary>Distance along the way to the point nearest to a place.</summary>
    public double NearestAlongNm(double latDeg, double lonDeg)
    {
        double best = double.MaxValue, at = 0;
        var hint = 1;
        for (double s = 0; s <= LengthNm; s += 0.05)
        {
            var p = At(s, ref hint);
            var d = Nm((p.LatDeg, p.LonDeg), (latDeg, lonDeg));
            (best, at) = d < best ? (d, s) : (best, at);
        }

        return at;
    }

    /// <summary>Brings an angle into (-180, 180].</summary>
    public static double Wrap(double deg)
    {
        var d = deg % 360;
        return d > 180 ? d - 360 : d <= -180 ? d + 360 : d;
    }

    public static double Nm((double LatDeg, double LonDeg) a, (double LatDeg, double LonDeg) b) => Geodesy.RoughNm(a.LatDeg, a.LonDeg, b.LatDeg, b.LonDeg);

    private void AddStraight((double LatDeg, double LonDeg) from, (double LatDeg, double LonDeg) to)
    {
        var pieces = Math.Max(1, (int)Math.Ceiling(Nm(from, to) / 4));
        for (var k = growing.Count == 0 ? 0 : 1; k <= pieces; k++)
        {
            var p = Blend(from, to, (double)k / pieces);
            Add(p, Math.Atan2((to.LonDeg - from.LonDeg) * CosOf(p.LatDeg), to.LatDeg - from.LatDeg) * 180 / Math.PI);
        }
    }

    private void Add((double LatDeg, double LonDeg) p, double courseDeg)
    {
        var along = growing.Count == 0 ? 0 : growing[^1].AlongNm + Nm((growing[^1].LatDeg, growing[^1].LonDeg), p);
        growing.Add(new Node(p.LatDeg, p.LonDeg, along, courseDeg));
    }

    public static double CourseDeg((double LatDeg, double LonDeg) a, (double LatDeg, double LonDeg) b) =>
        Math.Atan2((b.LonDeg - a.LonDeg) * CosOf((a.LatDeg + b.LatDeg) / 2), b.LatDeg - a.LatDeg) * 180 / Math.PI;

    private static (double LatDeg, double LonDeg) Toward((double LatDeg, double LonDeg) from, (double LatDeg, double LonDeg) to, double nm) =>
        Blend(from, to, Math.Min(1, nm / Math.Max(1e-6, Nm(from, to))));

    private static (double LatDeg, double LonDeg) Blend((double LatDeg, double LonDeg) a, (double LatDeg, double LonDeg) b, double u) =>
        (a.LatDeg + ((b.LatDeg - a.LatDeg) * u), a.LonDeg + ((b.LonDeg - a.LonDeg) * u));

    private static double CosOf(double latDeg) => Math.Cos(latDeg * Math.PI / 180);
}
