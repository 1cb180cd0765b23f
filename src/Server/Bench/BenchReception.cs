using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Server.Bench;

/// <summary>
/// Reception as the benchmark itself measures it, from the base before anything was taken away: of the slots in which some vessel
/// was in a cell, the share in which she was heard. A slot between two fixes of one vessel counts as missed at the place
/// interpolated (after Hammond and Peters 2012). It serves the baselines and the classes of the tables.
/// </summary>
internal sealed class BenchReception
{
    private const double CellDeg = 0.125;
    private const long SlotSeconds = 600;

    /// <summary>A vessel away for longer may have been anywhere.</summary>
    private const double LongestHours = 6;

    private readonly Dictionary<(int, int), (int Heard, int Exposed, int Fixes)> cells = [];

    public BenchReception(BenchWorld world)
    {
        foreach (var track in world.Tracks)
        {
            for (var i = 0; i < track.Fixes.Count; i++)
            {
                var (f, slot) = (track.Fixes[i], SlotOf(track.Fixes[i].Time));
                var isNew = i == 0 || SlotOf(track.Fixes[i - 1].Time) != slot;
                Count(CellOf(f.LatDeg, f.LonDeg), isNew ? 1 : 0, isNew ? 1 : 0, 1);
                if (isNew && i > 0 && (f.Time - track.Fixes[i - 1].Time).TotalHours <= LongestHours)
                {
                    Missed(track.Fixes[i - 1], f);
                }
            }
        }
    }

    /// <summary>Share of slots heard, 0 to 1; half for a cell nobody was in.</summary>
    public double ShareAt(double latDeg, double lonDeg) => cells.TryGetValue(CellOf(latDeg, lonDeg), out var c) ? (c.Heard + 1.0) / (c.Exposed + 2) : 0.5;

    /// <summary>Positions a day of a vessel that is there all day.</summary>
    public double PositionsPerDay(double latDeg, double lonDeg) =>
        cells.TryGetValue(CellOf(latDeg, lonDeg), out var c) ? c.Fixes / (c.Exposed * SlotSeconds / 86_400.0) : 0;

    private void Missed(in Fix a, in Fix b)
    {
        long from = SlotOf(a.Time), to = SlotOf(b.Time);
        for (var slot = from + 1; slot < to; slot++)
        {
            var share = (double)(slot - from) / (to - from);
            Count(CellOf(a.LatDeg + ((b.LatDeg - a.LatDeg) * share), Geodesy.WrapLongitude(a.LonDeg + (Geodesy.WrapLongitude(b.LonDeg - a.LonDeg) * share))), 0, 1, 0);
        }
    }

    private void Count((int, int) cell, int heard, int exposed, int fixes)
    {
        var c = cells.GetValueOrDefault(cell);
        cells[cell] = (c.Heard + heard, c.Exposed + exposed, c.Fixes + fixes);
    }

    private static long SlotOf(DateTimeOffset time) => time.ToUnixTimeSeconds() / SlotSeconds;

    private static (int, int) CellOf(double latDeg, double lonDeg) => ((int)Math.Floor(latDeg / CellDeg), (int)Math.Floor(lonDeg / CellDeg));
}
