using MaritimeWatch.Tracks;
using MaritimeWatch.Tracks.Segments;
using MaritimeWatch.Units;

namespace MaritimeWatch.Detection.Kinematics;

/// <summary>
/// Under way by her own report and not making way: slow, with course and heading far apart, for twenty minutes or more.
/// Source: SCIENCE 4 (context of motion) and ITU-R M.1371-5, navigational status 0.
/// Innocent causes: waiting for a pilot, a berth or orders, a current across her, fishing or towing under a status not set.
/// Not claimed: that she is in distress or waits for another ship. It is context and never an alert.
/// </summary>
public sealed class DriftDetector(KinematicOptions options)
{
    public const string ModelVersion = "drift-1 (weights proposed, not calibrated)";

    /// <summary>The drifts of a chain, oldest first.</summary>
    public IEnumerable<Finding> Find(VesselPicture picture, TrackChain chain)
    {
        for (var start = 0; start < chain.Fixes.Count; start++)
        {
            var end = start;
            while (end < chain.Fixes.Count && IsDrift(chain.Fixes[end]) && (end == start || chain.Fixes[end].Time - chain.Fixes[end - 1].Time <= options.LongestBetween))
            {
                end++;
            }

            if (end > start && chain.Fixes[end - 1].Time - chain.Fixes[start].Time >= options.LeastDriftTime)
            {
                yield return Judge(picture, chain.Fixes, start, end - 1);
            }

            start = Math.Max(start, end - 1);
        }
    }

    private bool IsDrift(in Fix fix) => fix is { Status: NavigationalStatus.UnderWayUsingEngine, SogKnots: { } sog, CogDeg: { } cog, HeadingDeg: { } heading }
        && sog >= options.LeastDrift.Knots && sog <= options.MostDrift.Knots && ApartDeg(cog, heading) >= options.LeastApartDeg;

    private static double ApartDeg(double cogDeg, int headingDeg) => Course.DifferenceDeg(Course.FromDegrees(cogDeg), Course.FromDegrees(headingDeg));

    private Finding Judge(VesselPicture picture, IReadOnlyList<Fix> fixes, int start, int end)
    {
        Fix first = fixes[start], last = fixes[end];
        var run = fixes.Skip(start).Take(end - start + 1).ToList();
        var minutes = (last.Time - first.Time).TotalMinutes;
        double sog = run.Average(f => f.SogKnots!.Value), apart = run.Average(f => ApartDeg(f.CogDeg!.Value, f.HeadingDeg!.Value));
        var text = $"For {minutes:0} min she made {sog:0.0} kn with course and heading {apart:0}° apart on average, under way by her own report.";
        return KinematicFinding.Of("drift", picture, first, last, end == fixes.Count - 1, $"{picture.Who} drifted for {minutes:0} min from {first.Time:yyyy-MM-dd HH:mm'Z'} at {sog:0.0} kn, course and heading {apart:0}° apart, status under way.",
            [new Evidence("underWayNotMakingWay", "kinematics", 2, text, [FactId.Iso(first.Time), FactId.Iso(last.Time)])],
            [
                new("waiting for pilot, berth or orders", true, $"possible: she kept under {options.MostDrift.Knots:0} kn"),
                new("fishing or towing with the status not set", picture.Vessel.ShipType is not null, picture.Vessel.ShipType is 30 or 31 or 32 or 52 ? "likely by her type" : picture.Vessel.ShipType is null ? "her type is not known" : "not by her type"),
                new("current across a ship that steers", false, "no source of currents is connected"),
                new("heading sensor in error", true, apart > 150 ? "possible: course and heading are opposite" : "no sign"),
            ], options.PriorNats, ModelVersion);
    }
}
