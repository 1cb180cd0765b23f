using MaritimeWatch.Detection;
using MaritimeWatch.Detection.Flags;
using MaritimeWatch.Detection.Silence;

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
        var findings = picture.Fixes.Count > 0 ? silences.Find(picture, since).ToList() : [];
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
}
