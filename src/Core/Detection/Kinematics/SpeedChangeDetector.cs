using MaritimeWatch.Tracks;
using MaritimeWatch.Tracks.Segments;
using MaritimeWatch.Units;

namespace MaritimeWatch.Detection.Kinematics;

/// <summary>
/// A reported speed that changes by ten knots or more within two minutes, held against the speed that the places imply.
/// Source: SCIENCE 4, K2 and K10 (one report is not an event).
/// Innocent causes: a reading in error, a high-speed craft, a stop for safety; each is a named test with a result.
/// Not claimed: a collision, a boarding or any reason. It is context and never an alert.
/// </summary>
public sealed class SpeedChangeDetector(KinematicOptions options)
{
    public const string ModelVersion = "speedChange-1 (weights proposed, not calibrated)";

    /// <summary>The changes of a chain, oldest first; one that is undone by the next report is told once.</summary>
    public IEnumerable<Finding> Find(VesselPicture picture, TrackChain chain)
    {
        for (var i = 1; i < chain.Fixes.Count; i++)
        {
            Fix before = chain.Fixes[i - 1], after = chain.Fixes[i];
            if (before.SogKnots is not { } was || after.SogKnots is not { } now || Math.Abs(now - was) < options.LeastChange.Knots || after.Time - before.Time > options.MostChangeTime)
            {
                continue;
            }

            var undone = i + 1 < chain.Fixes.Count && chain.Fixes[i + 1].SogKnots is { } then && Math.Abs(then - was) < options.LeastChange.Knots / 2;
            yield return Judge(picture, chain.Fixes, i, was, now, undone);
            i += undone ? 1 : 0;
        }
    }

    private Finding Judge(VesselPicture picture, IReadOnlyList<Fix> fixes, int i, double was, double now, bool undone)
    {
        Fix before = fixes[i - 1], after = fixes[i];
        var wait = after.Time - before.Time;
        // The way from here to the next report shows the speed after; without one, the way that led here.
        var (from, to) = i + 1 < fixes.Count && fixes[i + 1].Time > after.Time ? (after, fixes[i + 1]) : (before, after);
        double? implied = to.Time > from.Time ? (Geodesy.Between(from.At, to.At) / (to.Time - from.Time)).Knots : null;
        var denied = implied is { } i2 && Math.Abs(i2 - now) > Math.Abs(now - was) / 2;
        string[] references = [FactId.Iso(before.Time), FactId.Iso(after.Time)];
        var evidence = new List<Evidence> { new("speedStep", "kinematics", 2, $"Her reported speed went from {was:0.0} to {now:0.0} kn in {wait.TotalSeconds:0} s.", references) };
        if (denied)
        {
            evidence.Add(new Evidence("placesDeny", "data", -3, $"The places imply {implied:0.0} kn: the reading is in error.", references));
        }

        if (undone)
        {
            evidence.Add(new Evidence("oneReport", "data", -2, "The next report has the speed of before: one report is not an event.", references));
        }

        return KinematicFinding.Of("speedChange", picture, before, after, goesOn: false, $"{picture.Who} reported {now:0.0} kn at {after.Time:yyyy-MM-dd HH:mm:ss'Z'}, {wait.TotalSeconds:0} s after {was:0.0} kn{(denied ? $"; the places imply {implied:0.0} kn" : "")}.", evidence,
            [
                new("reading in error", implied is not null, implied is null ? "no second place to tell" : denied || undone ? "likely" : $"no: the places imply {implied:0.0} kn"),
                new("high-speed craft", picture.Vessel.ShipType is not null, picture.Vessel.ShipType is >= 40 and < 50 ? "likely by her type" : picture.Vessel.ShipType is null ? "her type is not known" : "not by her type"),
                new("stop or manoeuvre for safety", false, "traffic around her is not judged here"),
            ], options.PriorNats, ModelVersion);
    }
}
