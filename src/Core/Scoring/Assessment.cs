using MaritimeWatch.Detection;
using MaritimeWatch.Detection.Flags;
using MaritimeWatch.Detection.Silence;
using MaritimeWatch.Tracks.Segments;

namespace MaritimeWatch.Scoring;

/// <summary>Asks every detector about one vessel. The same picture gives the same findings, live, in replay and in batch.</summary>
public sealed class Assessment(SilenceOptions silence, FlagOptions flags)
{
    private readonly SilenceDetector silences = new(silence);
    private readonly ContradictionDetector contradictions = new(flags);
    private readonly FlagChangeDetector changes = new(flags);

    /// <param name="picture">What is known of the vessel.</param>
    /// <param name="since">Silences that began before this are left as they were judged.</param>
    public IReadOnlyList<Finding> Of(VesselPicture picture, DateTimeOffset since)
    {
        var findings = Chains(picture).SelectMany(c => silences.Find(c, since)).OrderBy(f => f.StartTime).ThenBy(f => f.Id, StringComparer.Ordinal).ToList();
        if (contradictions.Find(picture) is { } contradiction)
        {
            findings.Add(contradiction);
        }

        if (changes.Find(picture) is { } change)
        {
            findings.Add(change);
        }

        return findings;
    }

    /// <summary>
    /// The picture taken apart into what single ships can have sent under the identity: a silence is judged only inside one, and
    /// knows when the others were heard (SCIENCE 4.1, K1).
    /// </summary>
    public static IEnumerable<VesselPicture> Chains(VesselPicture picture)
    {
        var chains = Segmenter.Of(picture.Fixes).Chains;
        return chains.Select(c => picture with
        {
            Fixes = c.Fixes,
            HeardElsewhere = chains.Count == 1 ? [] : [.. chains.Where(o => o != c).SelectMany(o => o.Fixes.Select(f => f.Time))],
        });
    }
}
