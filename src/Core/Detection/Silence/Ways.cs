using MaritimeWatch.Detection.Reception;
using MaritimeWatch.Units;

namespace MaritimeWatch.Detection.Silence;

/// <summary>One way she can have gone during a silence, as the cell she was in at each slot, and how plausible it is.</summary>
public readonly record struct Way(Cell[] Cells, double Weight);

/// <summary>
/// Ways through a silence (SCIENCE 2.3: expectation over path samples). Half the weight lies on going on: along the shortest way at
/// an even speed, or waiting at either end. The other half lies on detours by every part of the water she could reach,
/// at her usual speed or faster, with the rest of the time spent there; the further round, the less weight. Land is no barrier: a
/// coarse coast does not show the channels and harbours in it, and a way through it can only weaken the evidence (decision 0007).
/// </summary>
public static class Ways
{
    private const int Detours = 32;

    private static readonly (int Row, int Column)[] Neighbours = [(-1, -1), (-1, 0), (-1, 1), (0, -1), (0, 1), (1, -1), (1, 0), (1, 1)];

    /// <param name="off">Where she was last heard.</param>
    /// <param name="cogDeg">Her course then; null when not known or not under way.</param>
    /// <param name="on">Where she was heard again; null while the silence goes on, or where only its beginning is weighed.</param>
    /// <param name="slots">Slots of the silence.</param>
    /// <param name="cruise">Her usual speed under way.</param>
    /// <param name="top">The fastest she is taken to go.</param>
    public static IReadOnlyList<Way> Of(GeoPoint off, double? cogDeg, GeoPoint? on, int slots, Speed cruise, Speed top)
    {
        var hours = (double)slots / HeardSlots.SlotsPerHour;
        var reachNm = Math.Min(MostNm, top.Knots * hours);
        var from = Spread(Cell.Of(off.LatDeg, off.LonDeg), reachNm);
        return on is { } to ? Between(off, cogDeg, to, slots, cruise, top, from, Spread(Cell.Of(to.LatDeg, to.LonDeg), reachNm)) : Onwards(off, cogDeg, slots, cruise, from);
    }

    /// <summary>Searching further than a day's sailing adds nothing: by then she is beyond any shore station.</summary>
    private const double MostNm = 120;

    private static List<Way> Between(GeoPoint off, double? cogDeg, GeoPoint on, int slots, Speed cruise, Speed top, Dictionary<Cell, Node> from, Dictionary<Cell, Node> to)
    {
        var (start, end) = (Cell.Of(off.LatDeg, off.LonDeg), Cell.Of(on.LatDeg, on.LonDeg));
        var ways = new List<Way>();
        var straight = from.ContainsKey(end) ? Back(from, end) : [(start, 0.0), (end, Apart(start, end))];
        var length = straight[^1].Nm;
        var hours = (double)slots / HeardSlots.SlotsPerHour;
        var even = length / Math.Max(hours, 0.01);
        ways.Add(new(Walk(straight, slots, even, 0, 0), 1.0 / 6));
        var fast = Math.Max(even, cruise.Knots);
        var spare = slots - (int)Math.Ceiling(length / fast * HeardSlots.SlotsPerHour);
        ways.Add(new(Walk(straight, slots, fast, spare, 0), 1.0 / 6));
        ways.Add(new(Walk(straight, slots, fast, 0, 0), 1.0 / 6));
        var mostNm = top.Knots * hours;
        var detours = from.Where(f => to.ContainsKey(f.Key) && f.Value.Nm + to[f.Key].Nm <= mostNm)
            .Select(f => (Cell: f.Key, Nm: f.Value.Nm + to[f.Key].Nm)).OrderBy(d => d.Nm).ThenBy(d => d.Cell.Row).ThenBy(d => d.Cell.Column).ToList();
        Add(ways, detours, cell =>
        {
            var there = Back(from, cell);
            var home = Back(to, cell);
            home.Reverse();
            var total = there[^1].Nm;
            var both = there.Concat(home.Skip(1).Select(h => (h.Cell, total + home[0].Nm - h.Nm))).ToList();
            var speed = Math.Max(cruise.Knots, both[^1].Item2 / hours);
            var rest = slots - (int)Math.Ceiling(both[^1].Item2 / speed * HeardSlots.SlotsPerHour);
            return Walk(both, slots, speed, Math.Max(0, rest), total);
        }, d => Math.Exp(-(d.Nm - length) / Math.Max(1, 0.5 * mostNm)) * Towards(off, cogDeg, d.Cell));
        return Scaled(ways);
    }

    private static List<Way> Onwards(GeoPoint off, double? cogDeg, int slots, Speed cruise, Dictionary<Cell, Node> from)
    {
        var start = Cell.Of(off.LatDeg, off.LonDeg);
        var ways = new List<Way> { new([.. Enumerable.Repeat(start, slots)], cogDeg is null ? 0.35 : 0.15) };
        if (cogDeg is { } cog)
        {
            var on = new Cell[slots];
            for (var i = 0; i < slots; i++)
            {
                var place = Geodesy.Destination(off, Course.FromDegrees(cog), cruise * (HeardSlots.SlotLength * (i + 1)));
                var cell = Cell.Of(place.LatDeg, place.LonDeg);
                on[i] = cell;
            }

            ways.Add(new(on, 0.35));
        }

        var reach = from.Select(f => (Cell: f.Key, f.Value.Nm)).OrderBy(d => d.Nm).ThenBy(d => d.Cell.Row).ThenBy(d => d.Cell.Column).ToList();
        Add(ways, reach, cell => Walk(Back(from, cell), slots, cruise.Knots, 0, 0), d => Towards(off, cogDeg, d.Cell));
        return Scaled(ways);
    }

    // Turning back at once is less usual than going on.
    private static double Towards(GeoPoint off, double? cogDeg, Cell cell)
    {
        var to = new GeoPoint(Math.Clamp(cell.MiddleLatDeg, -90, 90), Math.Clamp(cell.MiddleLonDeg, -180, 180));
        return cogDeg is not { } cog || Cell.Of(off.LatDeg, off.LonDeg) == cell ? 1
            : Math.Exp(Math.Cos(Course.DifferenceDeg(Course.FromDegrees(cog), Geodesy.InitialCourse(off, to)) * Math.PI / 180));
    }

    private static void Add(List<Way> ways, List<(Cell Cell, double Nm)> detours, Func<Cell, Cell[]> walk, Func<(Cell Cell, double Nm), double> weight)
    {
        var count = Math.Min(Detours, detours.Count);
        var picked = Enumerable.Range(0, count).Select(i => detours[(int)((i + 0.5) * detours.Count / count)]).Select(d => (d.Cell, Weight: weight(d))).ToList();
        var sum = picked.Sum(p => p.Weight);
        ways.AddRange(picked.Select(p => new Way(walk(p.Cell), 0.5 * p.Weight / sum)));
    }

    private static List<Way> Scaled(List<Way> ways)
    {
        var sum = ways.Sum(w => w.Weight);
        return [.. ways.Select(w => w with { Weight = w.Weight / sum })];
    }

    /// <summary>The cell at each slot along a line of cells, resting for a while where <paramref name="restAtNm"/> is reached.</summary>
    private static Cell[] Walk(List<(Cell Cell, double Nm)> line, int slots, double knots, int restSlots, double restAtNm)
    {
        var cells = new Cell[slots];
        int at = 0, rested = 0;
        var gone = 0.0;
        for (var slot = 0; slot < slots; slot++)
        {
            if (rested < restSlots && gone >= restAtNm)
            {
                rested++;
            }
            else
            {
                gone += knots / HeardSlots.SlotsPerHour;
                gone = rested < restSlots ? Math.Min(gone, Math.Max(restAtNm, 1e-9)) : gone;
            }

            while (at + 1 < line.Count && (line[at].Nm + line[at + 1].Nm) / 2 <= gone)
            {
                at++;
            }

            cells[slot] = line[at].Cell;
        }

        return cells;
    }

    private static List<(Cell Cell, double Nm)> Back(Dictionary<Cell, Node> nodes, Cell cell)
    {
        var line = new List<(Cell, double)>();
        for (Cell? at = cell; at is { } c; at = nodes[c].From)
        {
            line.Add((c, nodes[c].Nm));
        }

        line.Reverse();
        return line;
    }

    /// <summary>Shortest way to every cell within reach (Dijkstra).</summary>
    private static Dictionary<Cell, Node> Spread(Cell start, double reachNm)
    {
        var nodes = new Dictionary<Cell, Node> { [start] = new(0, null) };
        var done = new HashSet<Cell>();
        var queue = new PriorityQueue<Cell, (double, short, short)>();
        queue.Enqueue(start, default);
        while (queue.TryDequeue(out var cell, out _))
        {
            if (!done.Add(cell))
            {
                continue;
            }

            foreach (var (row, column) in Neighbours)
            {
                var next = cell.Beside(row, column);
                if (done.Contains(next) || next == cell)
                {
                    continue;
                }

                var nm = nodes[cell].Nm + Apart(cell, next);
                if (nm <= reachNm && (!nodes.TryGetValue(next, out var known) || nm < known.Nm))
                {
                    nodes[next] = new(nm, cell);
                    queue.Enqueue(next, (nm, next.Row, next.Column));
                }
            }
        }

        return nodes;
    }

    private static double Apart(Cell a, Cell b) => Geodesy.RoughNm(a.MiddleLatDeg, a.MiddleLonDeg, b.MiddleLatDeg, b.MiddleLonDeg);

    private readonly record struct Node(double Nm, Cell? From);
}
