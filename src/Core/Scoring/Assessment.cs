using MaritimeWatch.Detection;
using MaritimeWatch.Detection.Clash;
using MaritimeWatch.Detection.Flags;
using MaritimeWatch.Detection.Kinematics;
using MaritimeWatch.Detection.Meetings;
using MaritimeWatch.Detection.Silence;
using MaritimeWatch.Tracks.Segments;

namespace MaritimeWatch.Scoring;

/// <summary>Asks every detector about one vessel. The same picture gives the same findings, live, in replay and in batch.</summary>
public sealed class Assessment(SilenceOptions silence, FlagOptions flags)
{
    private readonly SilenceDetector silences = new(silence);
    private readonly ContradictionDetector contradictions = new(flags);
    private readonly FlagChangeDetector changes = new(flags);
    private readonly IdentityClashDetector clashes = new(new ClashOptions());
    private readonly TeleportDetector teleports = new();
    private readonly DriftDetector drifts = new(new KinematicOptions());
    private readonly SpeedChangeDetector speeds = new(new KinematicOptions());

    /// <param name="picture">What is known of the vessel.</param>
    /// <param name="since">Silences that began before this are left as they were judged.</param>
    public IReadOnlyList<Finding> Of(VesselPicture picture, DateTimeOffset since)
    {
        var track = Segmenter.Of(picture.Fixes);
        var findings = Chains(picture, track).SelectMany(c => silences.Find(c, since)).OrderBy(f => f.StartTime).ThenBy(f => f.Id, StringComparer.Ordinal).ToList();
        findings.AddRange(Moves(picture, track).Where(f => f.StartTime >= since).OrderBy(f => f.StartTime).ThenBy(f => f.Id, StringComparer.Ordinal));
        if (contradictions.Find(picture) is { } contradiction)
        {
            findings.Add(contradiction);
        }

        if (changes.Find(picture, findings) is { } change)
        {
            findings.Add(change);
        }

        return findings;
    }

    /// <summary>
    /// The picture taken apart into what single ships can have sent under the identity: a silence is judged only inside one, and
    /// knows when the others were heard (SCIENCE 4.1, K1).
    /// </summary>
    public static IEnumerable<VesselPicture> Chains(VesselPicture picture) => Chains(picture, Segmenter.Of(picture.Fixes));

    private static IEnumerable<VesselPicture> Chains(VesselPicture picture, SegmentedTrack track)
    {
        var chains = track.Chains;
        return chains.Select(c => picture with
        {
            Fixes = c.Fixes,
            HeardElsewhere = chains.Count == 1 ? [] : [.. chains.Where(o => o != c).SelectMany(o => o.Fixes.Select(f => f.Time))],
        });
    }

    /// <summary>What her moves say: a number in two places, moves no ship makes, drift, a sudden speed, loitering. Context for a person; none is an alert.</summary>
    private IEnumerable<Finding> Moves(VesselPicture picture, SegmentedTrack track)
    {
        var clash = clashes.Find(picture, track, picture.Interference);
        foreach (var finding in clash is null ? teleports.Find(picture, track, picture.Interference) : [clash])
        {
            yield return finding;
        }

        foreach (var finding in track.Chains.SelectMany(c => drifts.Find(picture, c).Concat(speeds.Find(picture, c))))
        {
            yield return finding;
        }

        if (picture.Chart is { } chart)
        {
            foreach (var finding in new LoiteringDetector(new LoiteringOptions(), chart.ToShore).Find(picture, DateTimeOffset.MinValue))
            {
                yield return finding;
            }
        }
    }
}
