using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Server.Bench;

/// <summary>
/// Takes the messages of single vessels away, where it is known that she was heard before, during and after (SCIENCE 5.2, 1 to
/// 4). It shares no code and no number with what judges: own slots, own geometry, own chance.
/// </summary>
internal sealed class SilenceInjector(long seed, double sideHours)
{
    /// <summary>She was heard in at least this share of the slots of her run: the truth "was transmitting" is known.</summary>
    private const double HeardShare = 0.9;

    /// <summary>Own slots, on own bounds.</summary>
    private const long SlotSeconds = 600;

    /// <summary>A run breaks where nothing came for this long.</summary>
    private const double BreakMinutes = 40;

    private const double MedianHours = 5, SigmaLog = 1.0, LeastHours = 1.5, MostHours = 48;
    private const double PowerShare = 0.1, NumberShare = 0.1;

    /// <summary>At most this share of the vessels of a world falls silent at all: the others must stay good witnesses.</summary>
    private const double MostOfVessels = 0.2;

    private const double SmallM = 15;

    /// <summary>A run of fixes, each in the place of the list.</summary>
    private readonly record struct Run(BenchTrack Track, int First, int Last)
    {
        public double Hours => (Track.Fixes[Last].Time - Track.Fixes[First].Time).TotalHours;
    }

    /// <summary>The world with silences under way (class N) and power-downs at rest (lawful).</summary>
    /// <param name="world">Nothing was done to it yet.</param>
    /// <param name="silences">How many to make, at most; the base may carry fewer.</param>
    /// <param name="powerDowns">How many at rest.</param>
    public BenchWorld Inject(BenchWorld world, int silences, int powerDowns)
    {
        var random = new BenchRandom(seed, "silences", world.Name);
        var runs = world.Tracks.Where(t => t.Tested).SelectMany(Runs).ToList();
        var (tracks, truths, touched) = (world.Tracks.ToDictionary(t => t.TrackId), new List<BenchTruth>(), new HashSet<string>());
        var line = LineAcross(world.Area, random);
        var most = Math.Max(1, (int)(MostOfVessels * world.Tracks.Count));
        foreach (var (atRest, wanted) in new[] { (false, silences), (true, powerDowns) })
        {
            const int TriesEach = 300;
            for (var (made, tries) = (0, 0); made < wanted && tries < TriesEach * wanted && touched.Count < most; tries++)
            {
                var hours = Math.Clamp(random.LogNormal(MedianHours, SigmaLog), LeastHours, MostHours);
                var fitting = runs.Where(r => (atRest || MayBeRaised(r.Track)) && r.Hours >= hours + (2 * sideHours) && !touched.Contains(r.Track.TrackId)).ToList();
                if (fitting.Count == 0 || Window(random.Of(fitting), hours, atRest, line, random) is not { } window)
                {
                    continue;
                }

                var id = $"{world.Name}#{touched.Count}";
                var (track, found) = atRest ? Delete(window, TruthKind.LawfulPowerDown, id) : random.Chance(PowerShare) ? Weaken(window, id, random) : Delete(window, TruthKind.SingleDeletion, id);
                if (found.Count == 0)
                {
                    continue;
                }

                made++;
                touched.Add(track.TrackId);
                tracks[track.TrackId] = track;
                var after = !atRest && random.Chance(NumberShare) ? Renumber(tracks, track, found[^1].End, random) : null;
                truths.AddRange(after is null ? found : found.Select(t => t with { TrackIds = [.. t.TrackIds, after] }));
            }
        }

        return world with { Name = $"{world.Name}/silences", Tracks = [.. tracks.Values.OrderBy(t => t.TrackId, StringComparer.Ordinal)], Truths = truths };
    }

    /// <summary>Pleasure craft and small craft with class B are never raised by rule (SCIENCE 6, H14), so a silence of theirs measures nothing.</summary>
    private static bool MayBeRaised(BenchTrack track) => track.ShipType is not (36 or 37) && !(track.Transponder == TransponderClass.B && (track.LengthM ?? 0) < SmallM);

    /// <summary>Runs without a break in which she was heard in nearly every slot.</summary>
    private static IEnumerable<Run> Runs(BenchTrack track)
    {
        var first = 0;
        for (var i = 1; i <= track.Fixes.Count; i++)
        {
            if (i < track.Fixes.Count && (track.Fixes[i].Time - track.Fixes[i - 1].Time).TotalMinutes <= BreakMinutes)
            {
                continue;
            }

            var run = new Run(track, first, i - 1);
            first = i;
            if (run.Hours > LeastHours && ShareHeard(run) >= HeardShare)
            {
                yield return run;
            }
        }
    }

    private static double ShareHeard(Run run)
    {
        long last = -1, heard = 0, from = SlotOf(run.Track.Fixes[run.First]), to = SlotOf(run.Track.Fixes[run.Last]);
        for (var i = run.First; i <= run.Last; i++)
        {
            var slot = SlotOf(run.Track.Fixes[i]);
            heard += slot != last ? 1 : 0;
            last = slot;
        }

        return (double)heard / (to - from + 1);
    }

    private static long SlotOf(Fix fix) => fix.Time.ToUnixTimeSeconds() / SlotSeconds;

    /// <summary>From and To are places in the list: the last fix kept before and the first one kept after.</summary>
    private sealed record Cut(BenchTrack Track, int From, int To);

    private Cut? Window(Run run, double hours, bool atRest, (GeoPoint A, GeoPoint B) line, BenchRandom random)
    {
        var fixes = run.Track.Fixes;
        DateTimeOffset earliest = fixes[run.First].Time.AddHours(sideHours), latest = fixes[run.Last].Time.AddHours(-sideHours - hours);
        var start = earliest + ((latest - earliest) * random.Unit());
        if (!atRest && random.Chance(0.5))
        {
            // Near the line where she crosses it, if she does; within a quarter of an hour either way.
            var crossings = Enumerable.Range(run.First + 1, run.Last - run.First).Where(i => fixes[i].Time > earliest && fixes[i].Time < latest && Side(fixes[i - 1], line) * Side(fixes[i], line) < 0).ToList();
            start = crossings.Count > 0 ? fixes[random.Of(crossings)].Time.AddMinutes(random.Between(-15, 15)) : start;
        }

        var from = Enumerable.Range(run.First, run.Last - run.First).LastOrDefault(i => fixes[i].Time <= start, run.First);
        var end = fixes[from].Time.AddHours(hours);
        var to = Enumerable.Range(from + 1, run.Last - from).FirstOrDefault(i => fixes[i].Time >= end, run.Last);
        return to - from >= 3 && (fixes[to].Time - fixes[from].Time).TotalHours >= LeastHours && IsAtRest(run.Track, from, to) == atRest ? new Cut(run.Track, from, to) : null;
    }

    /// <summary>At rest: never faster than a drift and never away from where she was. Under way: faster than that most of the time. Else null.</summary>
    private static bool? IsAtRest(BenchTrack track, int from, int to)
    {
        const double DriftKnots = 0.5, UnderWayKnots = 1.5, SwingNm = 0.2;
        var some = Enumerable.Range(from, to - from + 1).Select(i => track.Fixes[i]).ToList();
        var start = track.Fixes[from];
        if (some.TrueForAll(f => f.SogKnots is null or <= DriftKnots && Nm(f, start.LatDeg, start.LonDeg) < SwingNm))
        {
            return true;
        }

        return start.SogKnots >= UnderWayKnots && some.Count(f => f.SogKnots >= UnderWayKnots) > 0.7 * some.Count ? false : null;
    }

    private static (BenchTrack Track, List<BenchTruth> Truths) Delete(Cut cut, TruthKind kind, string id)
    {
        var fixes = cut.Track.Fixes;
        return (cut.Track with { Fixes = [.. fixes.Take(cut.From + 1), .. fixes.Skip(cut.To)] },
            [new BenchTruth { Id = id, Kind = kind, TrackIds = [cut.Track.TrackId], Start = fixes[cut.From].Time, End = fixes[cut.To].Time, Area = Around(fixes[cut.From]) }]);
    }

    /// <summary>She is heard only near a point she has left behind; each silence this makes is a truth.</summary>
    private static (BenchTrack Track, List<BenchTruth> Truths) Weaken(Cut cut, string id, BenchRandom random)
    {
        const double RadiusNm = 6, LeastSilenceHours = 1.05;
        var fixes = cut.Track.Fixes;
        var off = fixes[cut.From];
        var point = Geodesy.Destination(off.At, Course.FromDegrees(random.Between(0, 360)), Distance.FromNauticalMiles(random.Between(4, 12)));
        var kept = fixes.Where((f, i) => i <= cut.From || i >= cut.To || Nm(f, point.LatDeg, point.LonDeg) <= RadiusNm).ToList();
        var truths = new List<BenchTruth>();
        for (var i = 1; i < kept.Count; i++)
        {
            if ((kept[i].Time - kept[i - 1].Time).TotalHours >= LeastSilenceHours && kept[i - 1].Time >= off.Time && kept[i].Time <= fixes[cut.To].Time)
            {
                truths.Add(new BenchTruth { Id = $"{id}.{truths.Count}", Kind = TruthKind.PowerReduction, TrackIds = [cut.Track.TrackId], Start = kept[i - 1].Time, End = kept[i].Time, Area = Around(kept[i - 1]) });
            }
        }

        return (cut.Track with { Fixes = kept }, truths);
    }

    /// <summary>What she sends from the end of the window on goes under another number; gives the name of that track, null when it is taken.</summary>
    private static string? Renumber(Dictionary<string, BenchTrack> tracks, BenchTrack track, DateTimeOffset end, BenchRandom random)
    {
        var number = track.Mmsi is { } mmsi ? new Mmsi((mmsi.Number / 100_000 * 100_000) + random.Below(100_000)) : (Mmsi?)null;
        var name = number?.ToString() ?? track.TrackId + "x";
        if (tracks.ContainsKey(name))
        {
            return null;
        }

        tracks[track.TrackId] = track with { Fixes = [.. track.Fixes.Where(f => f.Time < end)] };
        tracks[name] = track with { TrackId = name, Mmsi = number, Fixes = [.. track.Fixes.Where(f => f.Time >= end)] };
        return name;
    }

    /// <summary>A line drawn across the area, from its west to its east or from its south to its north.</summary>
    private static (GeoPoint A, GeoPoint B) LineAcross(GeoBox area, BenchRandom random) => random.Chance(0.5)
        ? (new GeoPoint(random.Between(area.SouthDeg, area.NorthDeg), area.WestDeg), new GeoPoint(random.Between(area.SouthDeg, area.NorthDeg), area.EastDeg))
        : (new GeoPoint(area.SouthDeg, random.Between(area.WestDeg, area.EastDeg)), new GeoPoint(area.NorthDeg, random.Between(area.WestDeg, area.EastDeg)));

    private static int Side(Fix f, (GeoPoint A, GeoPoint B) line) =>
        Math.Sign(((line.B.LonDeg - line.A.LonDeg) * (f.LatDeg - line.A.LatDeg)) - ((line.B.LatDeg - line.A.LatDeg) * (f.LonDeg - line.A.LonDeg)));

    private static double Nm(Fix f, double latDeg, double lonDeg) => Geodesy.RoughNm(f.LatDeg, f.LonDeg, latDeg, lonDeg);

    private static GeoBox Around(Fix f) => new(f.LatDeg, f.LonDeg, f.LatDeg, f.LonDeg);
}
