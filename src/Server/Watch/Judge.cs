using MaritimeWatch.Detection;
using MaritimeWatch.Detection.Flags;
using MaritimeWatch.Detection.Interference;
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
    /// <summary>Evidence that marks a finding as taken back: a silence that late data filled; flags or moves that read otherwise now.</summary>
    private const string LateData = "lateData", Superseded = "superseded";

    private readonly Assessment assessment = new(new SilenceOptions { Least = settings.Assessment.LeastSilence }, new FlagOptions());

    public async Task<IReadOnlyList<StoredFinding>> JudgeAsync(Candidate candidate, IReadOnlyDictionary<Mmsi, string> names, CancellationToken cancel)
    {
        var picture = await pictures.OfAsync(candidate.Mmsi, candidate.Since, names, cancel);
        IReadOnlyList<Finding> found;
        lock (intake.Reception)
        {
            found = assessment.Of(picture, candidate.Since);
        }

        var before = (await store.Findings.OfVesselAsync(candidate.Mmsi, cancel)).Select(f => f.Finding).ToList();
        found = [.. found.Select(f => Settled(f, before.FirstOrDefault(b => b.Id == f.Id)))];

        var saved = new List<StoredFinding>();
        foreach (var finding in found)
        {
            saved.Add(await store.Findings.SaveAsync(finding, clock.GetUtcNow(), cancel));
        }

        foreach (var old in before)
        {
            if (found.All(f => f.Id != old.Id) && TakenBack(old, candidate.Since, picture) is { } gone)
            {
                saved.Add(await store.Findings.SaveAsync(gone, clock.GetUtcNow(), cancel));
            }
        }

        return saved;
    }

    /// <summary>Areas in which positions were led astray, as findings of the water.</summary>
    public async Task<IReadOnlyList<StoredFinding>> JudgeAreasAsync(CancellationToken cancel)
    {
        var saved = new List<StoredFinding>();
        foreach (var area in intake.Areas)
        {
            saved.Add(await store.Findings.SaveAsync(new InterferenceDetector().Judge(area, intake.Now), clock.GetUtcNow(), cancel));
        }

        return saved;
    }

    /// <summary>
    /// Who was heard is forgotten after some days: what a silence told of its beginning stands then, and only its end is new.
    /// </summary>
    private Finding Settled(Finding now, Finding? before) =>
        now.Kind != FindingKind.Silence || before is null || now.StartTime > intake.Now - Intake.Remembered + new SilenceOptions().LookBack ? now : before with
        {
            EndTime = now.EndTime,
            End = now.End,
            Sentence = before.EndTime == now.EndTime ? before.Sentence : now.Sentence,
            AsOf = now.AsOf,
        };

    /// <summary>What is no longer found stays readable, and says why; null where it stands, or was taken back before.</summary>
    private static Finding? TakenBack(Finding old, DateTimeOffset since, VesselPicture picture)
    {
        var (name, family, reason, why) = old.Kind switch
        {
            FindingKind.Silence when old.StartTime >= since => (LateData, "reception", "Data that came late show that she was heard in this time; the silence is taken back.", "data that came late show she was heard"),
            FindingKind.FlagChange or FindingKind.FlagHop => (Superseded, "lawful", "What is known of the hull now tells her flags otherwise; the newer finding of this hull stands in place of this one.", "what is known of the hull now tells her flags otherwise"),
            FindingKind.IdentityContradiction when Answered(old, picture) => (Superseded, "register", "The statements of flag registers on this ship, as they stand now, tell her identity otherwise; this finding is taken back.", "a flag register has stated how it is"),
            FindingKind.IdentityContradiction when !old.Alert => (Superseded, "lawful", "What she broadcasts and what registers say now no longer differ in this; the finding is taken back and stays readable.", "what she broadcasts now no longer differs in this"),
            FindingKind.Kinematic or FindingKind.IdentityClash or FindingKind.Loitering when old.StartTime >= since => (Superseded, "data", "With all her positions of this time at hand her moves read otherwise; this finding is taken back.", "all her positions of this time read otherwise"),
            _ => default,
        };
        return name is null || old.Evidence.Any(e => e.Name == name) ? null : old with
        {
            Class = old.Kind == FindingKind.Silence ? FindingClass.Reception : old.Class,
            Alert = false,
            Band = Band.CannotTell,
            Evidence = [.. old.Evidence, new Evidence(name, family, -(old.ScoreNats - old.PriorNats) - 5, reason)],
            Sentence = $"Withdrawn: {why}. Before: {old.Sentence}",
            AsOf = picture.AsOf,
        };
    }

    // A contradiction that was raised stays when it is found no more, since what was broadcast was broadcast, unless a register's own word has settled or unsettled it.
    private static bool Answered(Finding old, VesselPicture picture) => picture.Vessel.Registers.Any(c => StatementSource.Speaks(c, picture.AsOf))
        || picture.Vessel.NoLongerStanding.Any(c => old.Evidence.Any(e => e.References.Contains(c.Id)));
}
