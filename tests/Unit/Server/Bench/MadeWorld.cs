using MaritimeWatch.Server.Bench;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Unit.Server.Bench;

/// <summary>Two days of made-up traffic: ships that go to and fro at nine knots, and two that lie still; a fix every three minutes.</summary>
internal static class MadeWorld
{
    public static readonly DateTimeOffset Start = new(2026, 5, 1, 0, 0, 0, TimeSpan.Zero);

    public static BenchWorld Of(int ships = 30, int hours = 48)
    {
        var tracks = Enumerable.Range(0, ships).Select(i => new BenchTrack { TrackId = $"t{i:00}", Mmsi = new Mmsi(235_000_100 + i), LengthM = 80, Transponder = TransponderClass.A, Fixes = [.. Fixes(i, hours)] }).ToList();
        return new BenchWorld { Name = "made", Start = Start, End = Start.AddHours(hours), Area = BenchGrounds.AreaOf(tracks), Tracks = tracks };
    }

    /// <summary>A vessel that is heard every three minutes but for a gap.</summary>
    public static BenchTrack WithGap(string id, GeoPoint at, double hoursBefore, double gapHours, double hoursAfter = 1) => new()
    {
        TrackId = id,
        Fixes = [.. Every3(0, hoursBefore).Concat(Every3(hoursBefore + gapHours, hoursBefore + gapHours + hoursAfter)).Select(h => new Fix(Start.AddHours(h), at, 9, 90, transponder: TransponderClass.A))],
    };

    public static BenchWorld WorldOf(params BenchTrack[] tracks) =>
        new() { Name = "made", Start = Start, End = tracks.Max(t => t.Fixes[^1].Time), Area = BenchGrounds.AreaOf(tracks), Tracks = tracks };

    private static IEnumerable<double> Every3(double from, double to)
    {
        for (var i = 0; from + (i / 20.0) <= to + 1e-9; i++)
        {
            yield return from + (i / 20.0);
        }
    }

    private static IEnumerable<Fix> Fixes(int ship, int hours)
    {
        const double LegHours = 5, Knots = 9;
        var (home, isStill) = (new GeoPoint(50 + (ship % 6 * 0.15), -2 + (ship / 6 * 0.2)), ship % 15 == 7);
        for (var i = 0; i < hours * 20; i++)
        {
            var h = i / 20.0;
            var phase = h % (2 * LegHours);
            var nm = isStill ? 0 : Knots * (phase < LegHours ? phase : (2 * LegHours) - phase);
            yield return new Fix(Start.AddHours(h).AddSeconds(ship), Geodesy.Destination(home, Course.FromDegrees(ship * 40), Distance.FromNauticalMiles(nm)), isStill ? 0 : Knots, isStill ? null : 90, transponder: TransponderClass.A);
        }
    }
}
