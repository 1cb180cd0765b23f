using MaritimeWatch.Detection;
using MaritimeWatch.Detection.Flags;
using MaritimeWatch.Detection.Silence;
using MaritimeWatch.Identity;
using MaritimeWatch.Scoring;
using MaritimeWatch.Server.Settings;
using MaritimeWatch.Storage;
using MaritimeWatch.Units;

namespace MaritimeWatch.Server.Watch;

/// <summary>
/// Judges one vessel that was noticed: asks the detectors, saves what they say, and takes back what they no longer say.
/// Judging twice changes nothing.
/// </summary>
internal sealed class Judge(IStore store, Pictures pictures, Intake intake, Settings.Settings settings, TimeProvider clock)
{
    /// <summary>Evidence that marks a silence as taken back.</summary>
    private const string LateData = "lateData";

    private readonly Assessment assessment = new(new SilenceOptions { Least = settings.Assessment.LeastSilence }, new FlagOptions());

    public async Task<IReadOnlyList<StoredFinding>> JudgeAsync(Candidate candidate, IReadOnlyDictionary<Mmsi, string> names, CancellationToken cancel)
    {
        var picture = await pictures.OfAsync(candidate.Mmsi, candidate.Since, names, cancel);
        IReadOnlyList<Finding> found;
        lock (intake.Reception)
        {
            found = assessment.Of(picture, candidate.Since);
        }

        // A hull with two numbers is spoken of under the one she was heard with last, whichever of them was noticed.
        var speaking = picture.Vessel?.Claims.Where(c => c.Origin == ClaimOrigin.Broadcast && c.Mmsi is not null).OrderBy(c => c.LastSeen).ThenBy(c => c.Mmsi).LastOrDefault()?.Mmsi;
        var saved = new List<StoredFinding>();
        foreach (var finding in found.Where(f => speaking is null || speaking == candidate.Mmsi || f.Kind is not (FindingKind.FlagChange or FindingKind.FlagHop)))
        {
            saved.Add(await store.Findings.SaveAsync(finding, clock.GetUtcNow(), cancel));
        }

        foreach (var gone in await store.Findings.OfVesselAsync(candidate.Mmsi, cancel))
        {
            if (gone.Finding is { Kind: FindingKind.Silence } old && old.StartTime >= candidate.Since && !old.Evidence.Any(e => e.Name == LateData) && found.All(f => f.Id != old.Id))
            {
                saved.Add(await store.Findings.SaveAsync(TakenBack(old, picture.AsOf), clock.GetUtcNow(), cancel));
            }
        }

        return saved;
    }

    /// <summary>Late data filled the silence: the finding stays readable, and says so.</summary>
    private static Finding TakenBack(Finding old, DateTimeOffset asOf)
    {
        var late = new Evidence(LateData, "reception", -(old.ScoreNats - old.PriorNats) - 5, "Data that came late show that she was heard in this time; the silence is taken back.");
        return old with
        {
            Class = FindingClass.Reception,
            Alert = false,
            Band = Band.CannotTell,
            Evidence = [.. old.Evidence, late],
            Sentence = $"Withdrawn: data that came late show she was heard. Before: {old.Sentence}",
            AsOf = asOf,
        };
    }
}
