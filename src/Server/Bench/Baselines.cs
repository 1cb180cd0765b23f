using MaritimeWatch.Detection;
using MaritimeWatch.Server.Mail;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;
using NetTopologySuite.Geometries;

namespace MaritimeWatch.Server.Bench;

/// <summary>
/// What the model has to beat, each with its own quantities (SCIENCE 5.3): B0 length alone; B1 the four thresholds of Welch et al.
/// 2022 (doi 10.1126/sciadv.abq2109), and without the distance from shore; B2 reception alone; B3 slots taken as independent.
/// </summary>
internal static class Baselines
{
    private static readonly TimeSpan Least = TimeSpan.FromHours(1);

    /// <param name="receptionOf">Reception measured on the base of a world.</param>
    /// <param name="land">Null where no map is at hand: B1 is then left out.</param>
    public static IReadOnlyList<NamedScorer> All(Func<BenchWorld, BenchReception> receptionOf, LandMap? land) =>
    [
        new("B0 gap > 6 h", world => Judge(world, s => Rule(s, s.Hours > 6, s.Hours))),
        .. land is null ? Array.Empty<NamedScorer>() : [new("B1 GFW rule", world => Judge(world, s => Welch(s, receptionOf(world), ShoreNm(land, s.Off) > 50)))],
        new("B1' no shore", world => Judge(world, s => Welch(s, receptionOf(world), true))),
        new("B2 reception", world => Judge(world, s => Reception(s, receptionOf(world)))),
        new("B3 independent", world => Judge(world, s => Independent(s, receptionOf(world)))),
    ];

    /// <summary>Gaps of a track longer than an hour; the last one may go on.</summary>
    public static IEnumerable<(Fix Off, Fix? On, int Index)> Gaps(IReadOnlyList<Fix> fixes, DateTimeOffset end)
    {
        for (var i = 0; i < fixes.Count; i++)
        {
            if ((i + 1 < fixes.Count ? fixes[i + 1].Time : end) - fixes[i].Time > Least)
            {
                yield return (fixes[i], i + 1 < fixes.Count ? fixes[i + 1] : null, i);
            }
        }
    }

    /// <summary>Distance to the nearest coast within two degrees, in nautical miles; 120 beyond. Good to the coarseness of the map.</summary>
    public static double ShoreNm(LandMap land, Fix at)
    {
        const double FarNm = 120, BoxDeg = 2;
        var east = BoxDeg / Math.Max(0.2, Math.Cos(at.LatDeg * Math.PI / 180));
        var nearest = FarNm;
        foreach (var polygon in land.Within(new Envelope(at.LonDeg - east, at.LonDeg + east, at.LatDeg - BoxDeg, at.LatDeg + BoxDeg)))
        {
            var ring = polygon.ExteriorRing.CoordinateSequence;
            for (var i = 1; i < ring.Count; i++)
            {
                nearest = Math.Min(nearest, SegmentNm(at, ring.GetX(i - 1), ring.GetY(i - 1), ring.GetX(i), ring.GetY(i)));
            }
        }

        return nearest;
    }

    private sealed record Silence(Fix Off, Fix? On, double Hours, int Before12h);

    private static List<BenchVerdict> Judge(BenchWorld world, Func<Silence, (bool Alert, double Score, double Probability, FindingClass Class)> rule)
    {
        var verdicts = new List<BenchVerdict>();
        foreach (var track in world.Tracks.Where(t => t.Tested))
        {
            foreach (var (off, on, index) in Gaps(track.Fixes, world.End))
            {
                var before = 0;
                for (var i = index; i >= 0 && (off.Time - track.Fixes[i].Time).TotalHours <= 12; i--)
                {
                    before++;
                }

                var (alert, score, probability, kind) = rule(new Silence(off, on, ((on?.Time ?? world.End) - off.Time).TotalHours, before));
                verdicts.Add(new BenchVerdict(track.TrackId, off.Time, on?.Time, kind, alert, score, probability, score, null, []));
            }
        }

        return verdicts;
    }

    // A rule says yes or no; the score orders what it would say if its main threshold moved.
    private static (bool, double, double, FindingClass) Rule(Silence s, bool alert, double score) => (alert, score, alert ? 1 : 0, FindingClass.Unexplained);

    private static (bool, double, double, FindingClass) Welch(Silence s, BenchReception reception, bool farOut)
    {
        var meets = farOut && s.Before12h >= 14 && reception.PositionsPerDay(s.Off.LatDeg, s.Off.LonDeg) > 10;
        return meets ? Rule(s, s.Hours >= 12, s.Hours) : (false, 0, 0, FindingClass.CannotTell);
    }

    private static (bool, double, double, FindingClass) Reception(Silence s, BenchReception reception)
    {
        var share = reception.ShareAt(s.Off.LatDeg, s.Off.LonDeg);
        return Rule(s, share >= 0.9, share);
    }

    private static (bool, double, double, FindingClass) Independent(Silence s, BenchReception reception)
    {
        const double PriorNats = -4.595;
        double off = reception.ShareAt(s.Off.LatDeg, s.Off.LonDeg), on = s.On is { } back ? reception.ShareAt(back.LatDeg, back.LonDeg) : off;
        var score = PriorNats - (s.Hours * 6 * Math.Log(1 - ((off + on) / 2)));
        return (score > 0, score, 1 / (1 + Math.Exp(-score)), FindingClass.Unexplained);
    }

    private static double SegmentNm(Fix at, double x1, double y1, double x2, double y2)
    {
        var narrow = Math.Cos(at.LatDeg * Math.PI / 180);
        double ax = (x1 - at.LonDeg) * narrow * 60, ay = (y1 - at.LatDeg) * 60, bx = (x2 - at.LonDeg) * narrow * 60, by = (y2 - at.LatDeg) * 60;
        double dx = bx - ax, dy = by - ay, length = (dx * dx) + (dy * dy);
        var t = length == 0 ? 0 : Math.Clamp(-((ax * dx) + (ay * dy)) / length, 0, 1);
        double x = ax + (t * dx), y = ay + (t * dy);
        return Math.Sqrt((x * x) + (y * y));
    }
}
