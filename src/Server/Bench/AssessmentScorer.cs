using MaritimeWatch.Detection;
using MaritimeWatch.Detection.Flags;
using MaritimeWatch.Detection.Interference;
using MaritimeWatch.Detection.Reception;
using MaritimeWatch.Detection.Silence;
using MaritimeWatch.Detection.Zones;
using MaritimeWatch.Identity;
using MaritimeWatch.Scoring;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Server.Bench;

/// <summary>The product's own assessment, asked as <c>score</c> asks it: the whole world is read, then every track is judged at its end.</summary>
internal static class AssessmentScorer
{
    private const double NeverRaised = 1000;

    /// <summary>How often a watch judges a silence that goes on.</summary>
    private static readonly TimeSpan JudgeEvery = TimeSpan.FromMinutes(10);

    private static readonly System.Runtime.CompilerServices.ConditionalWeakTable<BenchWorld, Sea> Learnt = [];

    public static NamedScorer Of(string name, SilenceOptions options, Chart? chart, bool areas = true)
    {
        // What the rules never raise (small craft, one family alone) has no rank: a sweep over thresholds would count what no threshold brings.
        var ranking = new Assessment(options with { AlertAtNats = double.NegativeInfinity }, new FlagOptions());
        var assessment = new Assessment(options, new FlagOptions());
        return new NamedScorer(name, world => Score(ranking, options, world, chart, areas), (world, trackId, from, until) => First(assessment, world, trackId, from, until, chart));
    }

    private static List<BenchVerdict> Score(Assessment assessment, SilenceOptions options, BenchWorld world, Chart? chart, bool areas)
    {
        var sea = SeaOf(world);
        return [.. world.Tracks.Where(t => t.Tested).SelectMany(t => assessment.Of(Picture(t, t.Fixes, sea.Slots, sea.Grid, world.End, long.MaxValue) with { Chart = chart, Interference = areas ? sea.Areas : [] }, DateTimeOffset.MinValue)
            .Where(f => f.Kind == FindingKind.Silence)
            .Select(f => VerdictOf(f, options)))];
    }

    // A finding may be withdrawn later; the delay asks for the first time a person would have seen it.
    private static DateTimeOffset? First(Assessment assessment, BenchWorld world, string trackId, DateTimeOffset from, DateTimeOffset until, Chart? chart)
    {
        var late = world.Late.ToLookup(l => (l.TrackId, l.Fix), l => l.ArrivedAt);
        var arrivals = world.Tracks.SelectMany(t => t.Fixes.Where(f => f.Time >= from - Watch.Intake.Remembered && f.Time < until)
            .Select(f => (t.TrackId, Fix: f, At: late.Contains((t.TrackId, f)) ? late[(t.TrackId, f)].First() : f.Time))).OrderBy(a => a.At).ToList();
        var track = world.Tracks.First(t => t.TrackId == trackId);
        var grid = SeaOf(world).Grid;
        var (reception, own, next) = (new HeardSlots(), new List<Fix>(), 0);
        for (var now = from; now <= until; now += JudgeEvery)
        {
            for (; next < arrivals.Count && arrivals[next].At <= now; next++)
            {
                reception.Add(arrivals[next].TrackId, arrivals[next].Fix);
                if (arrivals[next].TrackId == trackId)
                {
                    own.Add(arrivals[next].Fix);
                }
            }

            own.Sort();
            if (assessment.Of(Picture(track, own, reception, grid, now, HeardSlots.HourOf(now - grid.Options.LearntAfter) - 1) with { Chart = chart }, from).Any(f => f is { Kind: FindingKind.Silence, Alert: true }))
            {
                return now;
            }
        }

        return null;
    }

    private static Sea SeaOf(BenchWorld world) => Learnt.GetValue(world, static w =>
    {
        var (slots, grid, watch, jumps) = (new HeardSlots(), new ReceptionGrid(new ReceptionOptions()), new JumpWatch(), new List<Jump>());
        foreach (var track in w.Tracks)
        {
            foreach (var fix in track.Fixes)
            {
                slots.Add(track.TrackId, fix);
                if (watch.Observe(track.TrackId, fix) is { } jump)
                {
                    jumps.Add(jump);
                }
            }
        }

        grid.LearnUpTo(w.End + grid.Options.LearntAfter, slots);
        return new Sea(slots, grid, new InterferenceAreas().Find(jumps, slots));
    });

    private static VesselPicture Picture(BenchTrack track, IReadOnlyList<Fix> fixes, HeardSlots reception, ReceptionGrid grid, DateTimeOffset asOf, long learntTo)
    {
        var claim = new IdentityClaim
        {
            Source = "AIS", Origin = ClaimOrigin.Broadcast, Mmsi = track.Mmsi, ShipType = track.ShipType, LengthM = track.LengthM,
            FirstSeen = track.Fixes[0].Time, LastSeen = track.Fixes[^1].Time,
        };
        return new VesselPicture
        {
            AsOf = asOf, TrackId = track.TrackId, Mmsi = track.Mmsi, Vessel = Vessel.Of(track.Mmsi, track.TrackId, [claim], []), Fixes = fixes, Reception = reception, Grid = grid, LearntTo = learntTo,
        };
    }

    private static BenchVerdict VerdictOf(Finding f, SilenceOptions options) => new(f.TrackId, f.StartTime, f.EndTime, f.Class, f.Alert && f.ScoreNats >= options.AlertAtNats, f.Alert ? f.ScoreNats : f.ScoreNats - NeverRaised, f.Probability,
        f.Evidence.Where(e => e.Name == "silenceAgainstReception").Select(e => e.Nats).DefaultIfEmpty().Max(), null, f.Evidence);

    /// <summary>Who was heard in a world, and what was learnt from it.</summary>
    private sealed record Sea(HeardSlots Slots, ReceptionGrid Grid, IReadOnlyList<InterferenceArea> Areas);
}
