using MaritimeWatch.Cases;
using MaritimeWatch.Detection;
using MaritimeWatch.Feeds.Exercise;
using MaritimeWatch.Storage;
using MaritimeWatch.Units;

namespace MaritimeWatch.Integration.Exercise;

/// <summary>What the watch finds of each known truth of the exercise, and whom it must not raise.</summary>
public class ExerciseTruthsTests(ExerciseRun run, ITestOutputHelper output) : IClassFixture<ExerciseRun>
{
    [Fact]
    public void The_deliberate_silence_is_found_raised_and_explained_by_the_ships_that_were_heard()
    {
        var truth = Truth(ExerciseTruthKind.DeliberateSilence);
        var found = Assert.Single(Of(truth), f => f.Kind == FindingKind.Silence && Overlaps(f, truth));
        Assert.Contains(found.Class, truth.Expected.Classes);
        Assert.True(found.Alert);
        Assert.True(found.Evidence.Single(e => e.Family == "reception").Nats >= 3);
        Assert.InRange((found.StartTime - truth.StartTime).Duration(), TimeSpan.Zero, TimeSpan.FromMinutes(5));
        Assert.InRange((found.EndTime!.Value - truth.EndTime).Duration(), TimeSpan.Zero, TimeSpan.FromMinutes(5));
        Assert.Equal(CaseState.New, run.Cases[found.Id].State);
    }

    [Fact]
    public void A_receiver_outage_raises_no_ship()
    {
        var truth = Truth(ExerciseTruthKind.ReceiverOutage);
        NobodyRaised(truth);
        var silences = Of(truth).Where(f => f.Kind == FindingKind.Silence && Overlaps(f, truth)).ToList();
        Assert.True(silences.Count >= 6, $"{silences.Count} silences were judged");
        var explained = silences.Count(f => f.Class is FindingClass.Reception or FindingClass.CannotTell or FindingClass.Lawful);
        output.WriteLine($"{explained} of {silences.Count} silences laid to reception, rest, or not told");
        Assert.True(explained >= 0.9 * silences.Count, $"{explained} of {silences.Count}");
    }

    [Fact]
    public void The_flag_hop_is_raised_with_its_changes_in_order()
    {
        var truth = Truth(ExerciseTruthKind.FlagHop);
        var found = Assert.Single(Of(truth), f => f.Kind == FindingKind.FlagHop);
        Assert.True(found.Alert);
        Assert.Equal(3, found.Evidence.Single(e => e.Name == "churn").References.Count);
        Assert.NotEqual(CaseState.Withdrawn, run.Cases[found.Id].State);
    }

    [Fact]
    public void The_flag_claim_the_register_denies_is_unconfirmed_and_raised()
    {
        var truth = Truth(ExerciseTruthKind.DeniedFlag);
        var found = Assert.Single(Of(truth), f => f.Kind == FindingKind.IdentityContradiction);
        Assert.Equal(FindingClass.UnconfirmedFlag, found.Class);
        Assert.True(found.Alert);
        Assert.Contains("2025-06-30", found.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Both_silences_of_the_dark_meeting_are_found_and_raised_only_where_reception_can_be_witnessed()
    {
        var truth = Truth(ExerciseTruthKind.DarkMeeting);
        var found = Of(truth).Where(f => f.Kind == FindingKind.Silence && Overlaps(f, truth)).ToList();
        Assert.Equal(2, found.Count);
        Assert.All(found, f => Assert.True(f.EndTime - f.StartTime > TimeSpan.FromHours(2)));
        Assert.All(found, f => Assert.True(f.Alert || f.ScoreNats < 0));
    }

    [Fact]
    public void A_shared_MMSI_raises_no_silence() =>
        Assert.DoesNotContain(Of(Truth(ExerciseTruthKind.SharedMmsi)), f => f.Kind == FindingKind.Silence && f.Alert);

    [Fact]
    public void A_patch_of_GNSS_interference_raises_no_ship_and_is_told_once_as_an_area()
    {
        var truth = Truth(ExerciseTruthKind.GnssInterference);
        NobodyRaised(truth);
        var area = Assert.Single(run.Findings, f => f.Finding.Kind == FindingKind.Interference).Finding;
        Assert.Null(area.Mmsi);
        Assert.True(area.Alert);
        Assert.InRange((area.StartTime - truth.StartTime).Duration(), TimeSpan.Zero, TimeSpan.FromMinutes(10));
        Assert.InRange((area.EndTime!.Value - truth.EndTime).Duration(), TimeSpan.Zero, TimeSpan.FromMinutes(10));
        Assert.InRange(Geodesy.Between(area.Start!.Value, new GeoPoint(truth.Area.LatDeg, truth.Area.LonDeg)).NauticalMiles, 0, 3);
    }

    [Fact]
    public void A_late_batch_raises_nobody_that_stays_raised()
    {
        var truth = Truth(ExerciseTruthKind.LateBatch);
        NobodyRaised(truth);
        foreach (var silence in Of(truth).Where(f => f.Kind == FindingKind.Silence && Overlaps(f, truth)))
        {
            output.WriteLine($"{silence.Class}: {silence.Sentence}");
        }
    }

    [Fact]
    public void Nothing_is_raised_that_is_no_truth()
    {
        var known = run.Truths.Where(t => t.Expected.Alert == true).SelectMany(t => t.Mmsis).ToHashSet();
        var others = Raised().Where(f => f.Mmsi is { } m && !known.Contains(m.Number)).ToList();
        Assert.True(others.Count == 0, string.Join("\n", others.Select(Line)));
        output.WriteLine($"cases opened in all: {run.Cases.Count}, of them withdrawn: {run.Cases.Values.Count(c => c.State == CaseState.Withdrawn)}");

        // Three ships, and the area in which positions were led astray.
        Assert.Equal(4, run.Cases.Count);
    }

    [Fact]
    public void Every_line_of_the_feed_is_accounted_for()
    {
        var totals = run.Checkpoint!.Totals;
        output.WriteLine($"{totals.Lines} lines = {totals.Accepted} accepted + {totals.Duplicates} duplicates + {totals.RejectedTotal} rejected");
        Assert.Equal(totals.Lines, totals.Accepted + totals.Duplicates + totals.RejectedTotal);
        Assert.Equal(0, totals.RejectedTotal);
    }

    [Fact]
    public void Every_finding_adds_up_and_was_tested_for_innocent_causes()
    {
        Assert.All(run.Findings, s => Assert.Equal(s.Finding.PriorNats + s.Finding.Evidence.Sum(e => e.Nats), s.Finding.ScoreNats, 1e-9));
        Assert.All(run.Findings, s => Assert.Contains(s.Finding.InnocentCauses, c => c.Tested));
    }

    [Fact]
    public void The_table_of_truths_and_what_was_found()
    {
        foreach (var truth in run.Truths)
        {
            output.WriteLine($"{truth.Id} {truth.Truth}: {string.Join(", ", truth.Names)}");
            var found = Of(truth).Where(f => f.Kind != FindingKind.Silence || Overlaps(f, truth)).ToList();
            foreach (var group in found.GroupBy(f => (f.Kind, f.Class, f.Alert)))
            {
                output.WriteLine($"  {group.Count()} × {Line(group.First())}, raised: {group.Key.Alert}");
            }
        }

        output.WriteLine($"raised in all: {Raised().Count()}; findings {run.Findings.Count}: {string.Join(", ", run.Findings.GroupBy(f => f.Finding.Class).Select(g => $"{g.Count()} {g.Key}"))}");
        Assert.Equal(8, run.Truths.Count);
    }

    private ExerciseTruth Truth(ExerciseTruthKind kind) => run.Truths.Single(t => t.Truth == kind);

    private IEnumerable<Finding> Of(ExerciseTruth truth) => run.Findings.Select(s => s.Finding).Where(f => f.Mmsi is { } m && (truth.Mmsis.Contains(m.Number) || truth.Expected.MayNotAlert.Contains(m.Number)));

    private IEnumerable<Finding> Raised() => run.Findings.Select(s => s.Finding).Where(f => f.Alert);

    private static bool Overlaps(Finding f, ExerciseTruth truth) => f.StartTime < truth.EndTime && (f.EndTime ?? DateTimeOffset.MaxValue) > truth.StartTime;

    private void NobodyRaised(ExerciseTruth truth)
    {
        // Not even for a while: a case that was opened and withdrawn counts too.
        var raised = Of(truth).Where(f => Overlaps(f, truth) && (f.Alert || run.Cases.ContainsKey(f.Id))).ToList();
        Assert.True(raised.Count == 0, string.Join("\n", raised.Select(f => Line(run.Revisions[f.Id].First(r => r.Finding.Alert).Finding))));
    }

    private static string Line(Finding f) => $"{f.Kind}/{f.Class} {f.ScoreNats:0.0} [{string.Join(", ", f.Evidence.Select(e => $"{e.Name} {e.Nats:0.0}"))}] {f.Sentence}";
}
