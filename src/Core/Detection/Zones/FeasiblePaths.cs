using System.Collections;
using MaritimeWatch.Units;

namespace MaritimeWatch.Detection.Zones;

/// <summary>
/// Ways she had time for, sampled evenly and always the same: the silence is divided into equal legs, and each turn is drawn from
/// what she can reach in one leg at up to top speed and still be in time at the next fix (after J. Peters and G. Hammond, Probabilistic
/// space-time prisms, 2011, with Halton points, J. Halton, Numerische Mathematik 2, 1960). Each way is a list of cells, start first.
/// </summary>
internal sealed class FeasiblePaths(Reach reach) : IEnumerable<List<int>>
{
    /// <summary>Draws for one turn before she is taken along the shortest way instead; narrow water leaves few places.</summary>
    private const int Tries = 12;
    private static readonly int[] Primes = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53];
    private readonly SeaChart chart = reach.Chart;
    private readonly SeaField? homeward = reach.Homeward;
    private readonly int turns = Math.Clamp(reach.Sea.Options.Turns, 1, (Primes.Length / 2) - 1);

    public IEnumerator<List<int>> GetEnumerator()
    {
        for (var n = 0; n < reach.Sea.Options.Paths; n++)
        {
            yield return Path(n);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private List<int> Path(int n)
    {
        var path = new List<int> { chart.From };
        var most = Math.Min(reach.LongestWay.Metres, reach.Sea.Options.Farthest.Metres);
        var leg = most / (turns + 1);
        for (var turn = 0; turn < turns; turn++)
        {
            Turn(path, n, turn, leg, most - (leg * (turn + 1)));
        }

        if (homeward is not null)
        {
            for (var at = path[^1]; at != homeward.Parent(at);)
            {
                at = homeward.Parent(at);
                path.Add(at);
            }
        }
        else
        {
            Turn(path, n, turns, leg, 0);
        }

        return path;
    }

    private void Turn(List<int> path, int n, int turn, double legM, double leftM)
    {
        var at = path[^1];
        for (var i = 0; i < Tries; i++)
        {
            var draw = n + 1 + (i * reach.Sea.Options.Paths);
            var (sin, cos) = Math.SinCos(2 * Math.PI * Halton(draw, Primes[2 * turn]));
            var length = legM * Math.Sqrt(Halton(draw, Primes[(2 * turn) + 1])) / chart.CellM;
            int column = chart.Column(at) + (int)Math.Round(length * cos), row = chart.Row(at) + (int)Math.Round(length * sin);
            if (chart.IsWithin(column, row) && chart.Index(column, row) is var cell && chart.ArcM(at, cell) <= legM
                && (homeward is null || homeward.LengthM(cell) <= leftM) && !chart.Meets(chart.Land, at, cell))
            {
                path.Add(cell);
                return;
            }
        }

        if (homeward is not null)
        {
            Follow(path, legM);
        }
    }

    /// <summary>A leg along the shortest way to the next fix: what is left to sail shrinks by as much as the time allows.</summary>
    private void Follow(List<int> path, double legM)
    {
        while (path[^1] is var at && homeward!.Parent(at) is var next && next != at)
        {
            var step = chart.ArcM(at, next);
            if (step <= legM)
            {
                path.Add(next);
                legM -= step;
                continue;
            }

            var share = legM / step;
            int column = chart.Column(at) + (int)Math.Round((chart.Column(next) - chart.Column(at)) * share), row = chart.Row(at) + (int)Math.Round((chart.Row(next) - chart.Row(at)) * share);
            if (chart.Index(column, row) is var between && homeward.Reaches(between) && !chart.Meets(chart.Land, at, between))
            {
                path.Add(between);
            }

            return;
        }
    }

    private static double Halton(int index, int prime)
    {
        double value = 0, share = 1;
        for (var left = index; left > 0; left /= prime)
        {
            share /= prime;
            value += share * (left % prime);
        }

        return value;
    }
}
