using MaritimeWatch.Detection;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Server.Bench;

/// <summary>One silence with what was true of it and what a scorer said.</summary>
/// <param name="Vessel">The hull, one key for all worlds of a base.</param>
/// <param name="World">Name of the world.</param>
/// <param name="TruthId">The truth it belongs to; null for the natural background.</param>
/// <param name="Kind">What was done.</param>
/// <param name="Verdict">Null when the scorer did not speak of it.</param>
/// <param name="Hours">Length of the silence.</param>
/// <param name="Reception">Share of slots heard where it began, as the benchmark measured it.</param>
/// <param name="Track">The vessel.</param>
internal sealed record BenchCase(string Vessel, string World, string? TruthId, TruthKind Kind, BenchVerdict? Verdict, double Hours, double Reception, BenchTrack Track)
{
    public bool IsPositive => Kind is TruthKind.SingleDeletion or TruthKind.PowerReduction;

    public bool Alert => Verdict?.Alert ?? false;

    public FindingClass Class => Verdict?.Class ?? FindingClass.CannotTell;

    /// <summary>Whether a lower threshold could raise it: the classes that are not unexplained are never raised.</summary>
    public bool IsSwept => Verdict is not null && (Alert || IsUnexplained(Verdict.Class));

    public double Rank => IsSwept ? Verdict!.ScoreNats : double.NegativeInfinity;

    public static bool IsUnexplained(FindingClass kind) => kind is FindingClass.Unexplained or FindingClass.DarkTransit or FindingClass.DarkCall or FindingClass.DarkMeeting;
}

/// <summary>Days on which a tested vessel was heard, shared out by the reception where she was.</summary>
/// <param name="Vessel">The hull.</param>
/// <param name="Track">Her track in this world.</param>
/// <param name="ByBand">Days in each band of <see cref="Bands"/>.</param>
internal sealed record VesselDays(string Vessel, BenchTrack Track, IReadOnlyList<double> ByBand)
{
    /// <summary>Bands of the share of slots heard: from, and up to but not including.</summary>
    public static readonly (double Low, double High)[] Bands = [(0, 0.2), (0.2, 0.5), (0.5, 0.8), (0.8, 1.1)];

    public double Days => ByBand.Sum();

    public double DaysHalfHeard => ByBand[2] + ByBand[3];

    public static int BandOf(double reception) => Array.FindLastIndex(Bands, b => reception >= b.Low);
}

/// <summary>A world after its injection, with the reception of its base.</summary>
internal sealed record BenchTrial(BenchGround Ground, BenchWorld World, BenchReception Reception)
{
    /// <summary>Every gap of every tested track, joined with its truth and with what the scorer said; nothing is left out.</summary>
    public IEnumerable<BenchCase> Cases(IReadOnlyList<BenchVerdict> verdicts)
    {
        var said = verdicts.Where(v => !v.TrackId.StartsWith("area", StringComparison.Ordinal)).ToLookup(v => (v.TrackId, v.Start));
        var truths = World.Truths.SelectMany(t => t.TrackIds.Select(id => (id, t))).ToLookup(t => t.id, t => t.t);
        foreach (var track in World.Tracks.Where(t => t.Tested))
        {
            foreach (var (off, on, _) in Baselines.Gaps(track.Fixes, World.End))
            {
                var end = on?.Time ?? World.End;
                var truth = truths[track.TrackId].FirstOrDefault(t => IsOf(t, track, off.Time, end));
                var verdict = said[(track.TrackId, off.Time)].OrderByDescending(v => v.Alert).ThenByDescending(v => v.ScoreNats).FirstOrDefault();
                yield return new BenchCase(VesselOf(track.TrackId), World.Name, truth?.Id, truth?.Kind ?? TruthKind.NaturalBackground, verdict, (end - off.Time).TotalHours, Reception.ShareAt(off.LatDeg, off.LonDeg), track);
            }
        }
    }

    public IEnumerable<VesselDays> Days()
    {
        foreach (var track in World.Tracks.Where(t => t.Tested))
        {
            double days = track.Fixes.Select(f => f.Time.UtcDateTime.Date).Distinct().Count();
            var bands = new double[VesselDays.Bands.Length];
            foreach (var f in track.Fixes)
            {
                bands[VesselDays.BandOf(Reception.ShareAt(f.LatDeg, f.LonDeg))] += days / track.Fixes.Count;
            }

            yield return new VesselDays(VesselOf(track.TrackId), track, bands);
        }
    }

    /// <summary>A silence of one vessel is its truth when it begins with it; what an area suffered, when it overlaps.</summary>
    private static bool IsOf(BenchTruth truth, BenchTrack track, DateTimeOffset from, DateTimeOffset to) =>
        truth.IsPositive || truth.Kind == TruthKind.LawfulPowerDown
            ? truth.TrackIds[0] == track.TrackId && truth.Start == from
            : from < truth.End && to > truth.Start;

    private string VesselOf(string trackId) => $"{Ground.Name}:{World.Truths.FirstOrDefault(t => t.TrackIds.Count > 1 && t.IsPositive && t.TrackIds[1] == trackId)?.TrackIds[0] ?? trackId}";
}
