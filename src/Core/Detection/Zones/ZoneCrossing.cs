using MaritimeWatch.Units;

namespace MaritimeWatch.Detection.Zones;

/// <summary>What a silence says about one zone. A crossing is context, no offence, and what could be need not have been.</summary>
/// <param name="CouldCross">Some way she had time for enters the zone.</param>
/// <param name="MustCross">Every way she had time for enters the zone; implies that she could.</param>
/// <param name="Share">How many of the sampled ways enter it.</param>
public sealed record ZoneCrossing(bool CouldCross, bool MustCross, PathShare Share);

/// <summary>A count of sampled ways with its 95 % interval (<see cref="ShareOf"/>). It says how wide the choice was, not what she did.</summary>
/// <param name="Entering">Ways that enter the zone.</param>
/// <param name="Paths">Ways sampled, at least one.</param>
public readonly record struct PathShare(int Entering, int Paths)
{
    /// <summary>0 to 1.</summary>
    public double Share => Of.Share!.Value;

    /// <summary>0 to 1.</summary>
    public double LeastShare => Of.Low!.Value;

    /// <summary>0 to 1.</summary>
    public double MostShare => Of.High!.Value;

    private ShareOf Of => new(Entering, Paths);
}

/// <summary>The tests of SCIENCE 2.6, step 4: could cross, must cross, could call, share.</summary>
public static class ZoneTest
{
    /// <summary>
    /// Tests one zone; null when the two fixes are no one voyage, because then no way says anything. A zone in which a fix lies was
    /// entered. A zone, or a gap between zones, narrower than a cell is not seen: <see cref="ZoneCrossing.MustCross"/> errs towards no.
    /// </summary>
    public static ZoneCrossing? Of(Reach reach, Zone zone)
    {
        var paths = reach.Sea.Options.Paths;
        if (!reach.IsOneVoyage)
        {
            return null;
        }

        if (zone.Contains(reach.From) || (reach.To is { } to && zone.Contains(to)))
        {
            return new(true, true, new(paths, paths));
        }

        var chart = reach.Chart;
        var cells = chart.CellsOf(zone);
        var least = double.PositiveInfinity;
        for (var i = 0; i < cells.Length; i++)
        {
            least = cells[i] && !chart.Land[i] ? Math.Min(least, reach.ThroughM(i)) : least;
        }

        // Two cells more: no way is called shut before the zone is clearly within reach.
        if (reach.To is not null && least <= reach.LongestWay.Metres + (2 * chart.CellM) && reach.WayWithout(zone) is null)
        {
            return new(true, true, new(paths, paths));
        }

        var could = least <= reach.LongestWay.Metres;
        return new(could, false, new(could ? new FeasiblePaths(reach).Count(p => Enters(chart, cells, p)) : 0, paths));
    }

    /// <summary>Whether she had time to go to a port, stay for a while and come to the next fix. Being able to call is no call.</summary>
    public static bool CouldCall(Reach reach, GeoPoint port, TimeSpan dwell)
    {
        var left = reach.End - reach.Start - dwell;
        if (left <= TimeSpan.Zero)
        {
            return false;
        }

        var most = reach.Top * left;
        var direct = Geodesy.Between(reach.From, port) + (reach.To is { } to ? Geodesy.Between(port, to) : default);
        return direct <= most && reach.Sea.SeaDistance(reach.From, port, most) is { } there
            && (reach.To is not { } next || (reach.Sea.SeaDistance(port, next, most) is { } back && there + back <= most));
    }

    private static bool Enters(SeaChart chart, bool[] cells, List<int> path)
    {
        for (var i = 1; i < path.Count; i++)
        {
            if (chart.Meets(cells, path[i - 1], path[i]))
            {
                return true;
            }
        }

        return false;
    }
}
