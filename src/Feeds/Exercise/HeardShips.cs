using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Feeds.Exercise;

/// <summary>A made-up ship as the stations heard her, thinned.</summary>
/// <param name="Mmsi">Her number.</param>
/// <param name="ShipType">Ship and cargo type (ITU-R M.1371-5, table 53).</param>
/// <param name="LengthM">Overall length.</param>
/// <param name="Transponder">Her class.</param>
/// <param name="Fixes">In order of time, at most one a minute.</param>
public sealed record HeardShip(Mmsi Mmsi, int ShipType, double LengthM, TransponderClass Transponder, IReadOnlyList<Fix> Fixes);

/// <summary>
/// The exercise without sentences: of each minute, whether any station hears any of a ship's reports, and where she is then. A
/// day in a second instead of half a minute, for work that needs many days and no decoding.
/// </summary>
internal static class HeardShips
{
    private const int MinuteMs = 60_000;

    public static HeardShip Of(ScenarioFile file, ExerciseShip ship)
    {
        var sender = new ShipSender(file, ship);
        var transponder = ship.ClassB ? TransponderClass.B : TransponderClass.A;
        var (fixes, minutes) = (new List<Fix>(), (int)(file.Hours * 60));
        for (var minute = 0; minute < minutes; minute++)
        {
            var atMs = ((long)minute * MinuteMs) + (long)(SeededNoise.Unit(file.Seed, ship.Index, minute, 91) * (MinuteMs - 1));
            if (!ship.Sends(atMs / 1000.0))
            {
                continue;
            }

            ref readonly var state = ref sender.StateAt(atMs);
            var missed = 1.0;
            foreach (var station in file.Receivers)
            {
                missed *= 1 - station.Probability(state.LatDeg, state.LonDeg, ship.ClassB);
            }

            // At rest a set reports every third minute: the power is then below one.
            var reports = (double)MinuteMs / sender.IntervalMs(atMs);
            if (SeededNoise.Unit(file.Seed, ship.Index, minute, 92) < Math.Min(1, reports) * (1 - Math.Pow(missed, Math.Max(1, reports))))
            {
                fixes.Add(new Fix(file.Start.AddMilliseconds(atMs / 1000 * 1000), new GeoPoint(state.LatDeg, state.LonDeg), Math.Round(state.SogKnots, 1),
                    state.SogKnots < 0.1 ? null : Course.FromDegrees(state.CourseDeg).Degrees, null, ship.ClassB ? null : (NavigationalStatus)state.NavigationalStatus, transponder, ReceiverKind.Terrestrial));
            }
        }

        return new HeardShip(new Mmsi(ship.Identities[0].Mmsi), ship.ShipType, ship.LengthM, transponder, fixes);
    }
}
