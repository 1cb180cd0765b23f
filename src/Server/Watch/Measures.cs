using MaritimeWatch.Cases;
using MaritimeWatch.Cases.Measured;
using MaritimeWatch.Detection;
using MaritimeWatch.Detection.Reception;
using MaritimeWatch.Identity;
using MaritimeWatch.Storage;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Server.Watch;

/// <summary>
/// The findings of this watch with what persons decided, put into groups by flag, ship type, size and reception: for measuring whether what is
/// told holds, and alike for all. Nothing of it goes back into a score.
/// </summary>
internal sealed class Measures(IStore store, Intake intake, FlagTables flags, ShipTypes types, TimeProvider clock)
{
    public const string Flag = "flag", ShipType = "shipType", Size = "size", Coverage = "coverage";

    public static IReadOnlyList<string> Dimensions { get; } = [Flag, ShipType, Size, Coverage];

    private const int MostFindings = 20_000;

    // Asked by several pages in a row, and reading thousands of findings each time.
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(20);

    private readonly SemaphoreSlim turn = new(1);
    private (DateTimeOffset At, IReadOnlyList<DecidedFinding> Findings)? known;

    /// <summary>All current findings with their outcomes, as they were at most 20 s ago.</summary>
    public async Task<IReadOnlyList<DecidedFinding>> FindingsAsync(CancellationToken cancel)
    {
        await turn.WaitAsync(cancel);
        try
        {
            if (known is not { } last || clock.GetUtcNow() - last.At > Kept)
            {
                known = last = (clock.GetUtcNow(), await ReadAsync(cancel));
            }

            return last.Findings;
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<IReadOnlyList<DecidedFinding>> ReadAsync(CancellationToken cancel)
    {
        var cases = (await store.Cases.AllAsync(int.MaxValue, cancel)).ToDictionary(c => c.Id);
        var claims = (await store.Identities.LastBroadcastAsync(cancel)).Where(c => c.Mmsi is not null).ToDictionary(c => c.Mmsi!.Value);
        var findings = new List<DecidedFinding>();
        foreach (var finding in (await store.Findings.CurrentAsync(MostFindings, cancel)).Select(s => s.Finding))
        {
            var file = cases.GetValueOrDefault(finding.Id);
            var outcome = DecidedFinding.OutcomeOf(file);
            findings.Add(new DecidedFinding(finding.Id, finding.Kind, outcome == CaseOutcome.Undecided ? finding.Probability : await ToldAsync(file!, finding, cancel), file is not null, outcome, GroupsOf(finding, finding.Mmsi is { } m ? claims.GetValueOrDefault(m) : null)));
        }

        return findings;
    }

    // What the person had before her when she decided, not what the machine says now.
    private async Task<double> ToldAsync(CaseFile file, Finding now, CancellationToken cancel)
    {
        var act = file.History.LastOrDefault(e => CaseRules.Decides(e.Act));
        return (await store.Findings.RevisionsOfAsync(file.Id, cancel)).FirstOrDefault(r => r.Revision == act?.FindingRevision)?.Finding.Probability ?? now.Probability;
    }

    private Dictionary<string, string> GroupsOf(Finding finding, IdentityClaim? claim) => new()
    {
        [Flag] = finding.Mmsi is { } mmsi && flags.FlagOf(mmsi) is { } flag ? flags.NameOf(flag) : ParityTable.Unknown,
        [ShipType] = claim?.ShipType is int number ? TypeOf(number) : ParityTable.Unknown,
        [Size] = claim?.LengthM switch { null => ParityTable.Unknown, < 15 => "under 15 m", < 50 => "15 to 50 m", < 150 => "50 to 150 m", _ => "150 m and more" },
        [Coverage] = CoverageAt(finding.Start),
    };

    // By the first digit, as ITU-R M.1371 groups them; the fifties are each their own, and few.
    private string TypeOf(int shipType) => (shipType / 10) switch { 2 or 4 or 6 or 7 or 8 or 9 => types.NameOf(shipType / 10 * 10), 3 => types.NameOf(shipType), 5 => "special craft", _ => "other" };

    private string CoverageAt(GeoPoint? at)
    {
        lock (intake.Reception)
        {
            if (at is not { } place || intake.Grid.LearntTo is not { } hour)
            {
                return ParityTable.Unknown;
            }

            var (view, cell) = (new ReceptionView(intake.Grid, hour), Cell.Of(place.LatDeg, place.LonDeg));
            return !view.IsKnown(cell) ? ParityTable.Unknown
                : view.OfDay(cell, TransponderClass.A).Mean switch { < 0.2 => "heard in less than 0.2", < 0.5 => "0.2 to 0.5", < 0.8 => "0.5 to 0.8", _ => "0.8 and more" };
        }
    }
}
