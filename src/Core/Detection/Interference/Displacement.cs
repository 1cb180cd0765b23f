using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Detection.Interference;

/// <summary>A jump away and, once heard, the jump back of the same track.</summary>
internal sealed record Displacement(Jump Away, Jump? Back)
{
    public string TrackId => Away.TrackId;

    /// <summary>First report at the displaced place.</summary>
    public DateTimeOffset At => Away.To.Time;

    public double ShiftEastNm { get; } = Shift(Away).EastNm;

    public double ShiftNorthNm { get; } = Shift(Away).NorthNm;

    public double ShiftNm => Math.Sqrt((ShiftEastNm * ShiftEastNm) + (ShiftNorthNm * ShiftNorthNm));

    /// <summary>Length of the difference of two shifts, as a share of the longer.</summary>
    public static double Apart(double eastNm, double northNm, Displacement d) =>
        Math.Sqrt(Math.Pow(eastNm - d.ShiftEastNm, 2) + Math.Pow(northNm - d.ShiftNorthNm, 2)) / Math.Max(d.ShiftNm, Math.Sqrt((eastNm * eastNm) + (northNm * northNm)));

    /// <summary>
    /// Pairs jumps: the one after a jump away is the way back when a ship can have sailed meanwhile from where she jumped to
    /// where she came back. In an order of time and place, never of identity.
    /// </summary>
    public static List<Displacement> Of(IEnumerable<Jump> jumps, InterferenceOptions options)
    {
        var found = new List<Displacement>();
        foreach (var track in jumps.Distinct().GroupBy(j => j.TrackId))
        {
            Jump? away = null;
            foreach (var jump in track.OrderBy(j => j.To).ThenBy(j => j.From))
            {
                if (away is not { } before)
                {
                    away = jump;
                }
                else if (Geodesy.Between(before.From.At, jump.To.At) <= options.LeastJump + (options.LeastSpeed * (jump.To.Time - before.From.Time)))
                {
                    found.Add(new Displacement(before, jump));
                    away = null;
                }
                else
                {
                    found.Add(new Displacement(before, null));
                    away = jump;
                }
            }

            if (away is { } open)
            {
                found.Add(new Displacement(open, null));
            }
        }

        return [.. found.OrderBy(d => d.Away.To).ThenBy(d => d.Away.From)];
    }

    private static (double EastNm, double NorthNm) Shift(Jump jump)
    {
        var to = new LocalPlane(jump.From.At).Of(jump.To.At);
        return (to.X, to.Y);
    }
}
