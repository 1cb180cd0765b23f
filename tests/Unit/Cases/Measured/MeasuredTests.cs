using FsCheck.Xunit;
using MaritimeWatch.Cases;
using MaritimeWatch.Cases.Measured;
using MaritimeWatch.Detection;
using MaritimeWatch.Units;

namespace MaritimeWatch.Unit.Cases.Measured;

/// <summary>Figures of calibration and parity against tables worked out by hand, and what must hold for any findings.</summary>
public sealed class MeasuredTests
{
    private static int made;

    private static DecidedFinding Found(double probability, CaseOutcome outcome, string flag = "Panama", bool? raised = null) =>
        new($"f{++made}", FindingKind.Silence, probability, raised ?? outcome != CaseOutcome.Undecided, outcome, new Dictionary<string, string> { ["flag"] = flag });

    private static IEnumerable<DecidedFinding> Of(int confirmed, int dismissed, double probability, string flag = "Panama") =>
        [.. Enumerable.Range(0, confirmed).Select(_ => Found(probability, CaseOutcome.Confirmed, flag)), .. Enumerable.Range(0, dismissed).Select(_ => Found(probability, CaseOutcome.Dismissed, flag))];

    // Newcombe 1998 (doi 10.1002/(SICI)1097-0258(19980430)17:8<857::AID-SIM777>3.0.CO;2-E), table I, method 3.
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0.0000, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void The_interval_is_that_of_the_published_table(int part, int whole, double low, double high)
    {
        var share = new ShareOf(part, whole);
        Assert.Equal((low, high), (Math.Round(share.Low!.Value, 4), Math.Round(share.High!.Value, 4)));
    }

    [Fact]
    public void Of_nothing_no_share_is_told() => Assert.Equal((null, null, null), (new ShareOf(0, 0).Share, new ShareOf(0, 0).Low, new ShareOf(0, 0).High));

    [Fact]
    public void A_small_table_by_hand()
    {
        // 0.15: 2 of 10 confirmed; 0.85: 12 of 16; 1.0 belongs to the last bin: 4 of 4.
        var table = CalibrationTable.Of([.. Of(2, 8, 0.15), .. Of(12, 4, 0.85), .. Of(4, 0, 1.0), Found(0.5, CaseOutcome.Undecided)]);
        Assert.Equal(30, table.Decisions);
        Assert.Equal([(1, 10, 2), (8, 16, 12), (9, 4, 4)], table.Bins.Select((b, i) => (i, b.Confirmed.Whole, b.Confirmed.Part)).Where(b => b.Whole > 0));
        Assert.Equal(0.85, table.Bins[8].MeanTold!.Value, 12);
        Assert.All(table.Bins, b => Assert.Equal(b.Confirmed.Whole >= 20, b.Enough));
        // (10 · |0.15 - 0.2| + 16 · |0.85 - 0.75| + 4 · 0) / 30
        Assert.Equal(2.1 / 30, table.CalibrationError!.Value, 12);
        Assert.Null(CalibrationTable.Of(Of(10, 9, 0.5)).CalibrationError);
    }

    [Fact]
    public void Parity_by_hand_tells_a_group_beyond_chance_and_gives_no_ratio_for_a_small_one()
    {
        // All: 40 of 80 confirmed. Panama 30 of 40, Malta 8 of 35, Togo 2 of 5.
        var table = ParityTable.Of("flag", [.. Of(30, 10, 0.5), .. Of(8, 27, 0.5, "Malta"), .. Of(2, 3, 0.5, "Togo")]);
        Assert.Equal(["Panama", "Malta", "Togo"], table.Rows.Select(r => r.Group));
        Assert.Equal((40, 80), (table.All.Confirmed.Of.Part, table.All.Confirmed.Of.Whole));
        Assert.Equal(1.5, table.Rows[0].Confirmed.Ratio!.Value, 12);
        Assert.Equal(8.0 / 35 / 0.5, table.Rows[1].Confirmed.Ratio!.Value, 12);
        Assert.Null(table.Rows[2].Confirmed.Ratio);
        Assert.Equal([true, true, false], table.Rows.Select(r => r.Confirmed.Differs));
        Assert.Equal((27, 35), (table.Rows[1].Dismissed.Of.Part, table.Rows[1].Dismissed.Of.Whole));
        Assert.False(table.All.Confirmed.Differs);
    }

    [Property(MaxTest = 300)]
    public bool Shares_of_the_groups_weighted_by_their_cases_are_the_share_of_all((byte Flag, byte Outcome, bool Raised)[] some)
    {
        var findings = some.Select(s => Found(0.5, (CaseOutcome)(s.Outcome % 3), $"flag {s.Flag % 5}", s.Raised)).ToList();
        var table = ParityTable.Of("flag", findings);
        return Adds(r => r.Raised) && Adds(r => r.Confirmed) && Adds(r => r.Dismissed) && table.Rows.Sum(r => r.Raised.Of.Whole) == findings.Count;

        bool Adds(Func<ParityRow, ParityRate> rate)
        {
            var all = rate(table.All).Of;
            return table.Rows.Sum(r => rate(r).Of.Whole) == all.Whole
                && (all.Whole == 0 || Math.Abs((table.Rows.Sum(r => (rate(r).Of.Share ?? 0) * rate(r).Of.Whole) / all.Whole) - all.Share!.Value) < 1e-12)
                && table.Rows.All(r => rate(r).Ratio is not { } ratio || Math.Abs((ratio * all.Share!.Value) - rate(r).Of.Share!.Value) < 1e-12);
        }
    }

    [Property(MaxTest = 300)]
    public bool An_interval_holds_its_share_and_stays_within_nought_and_one(ushort part, ushort more)
    {
        var share = new ShareOf(part, part + more);
        return share.Whole == 0 || (share.Low >= 0 && share.Low <= share.Share && share.Share <= share.High && share.High <= 1);
    }

    [Fact]
    public void A_decision_counts_while_it_stands()
    {
        var raised = CaseRules.Raise("f", 1, default, default);
        var released = CaseRules.After(raised, CaseAct.Release, "anna", default, null, "note", 1)!;
        var dismissed = CaseRules.After(released, CaseAct.Dismiss, "anna", default, DismissalReason.Port, null, 1)!;
        Assert.Equal(CaseOutcome.Confirmed, DecidedFinding.OutcomeOf(raised with { State = CaseState.Escalated }));
        Assert.Equal([CaseOutcome.Undecided, CaseOutcome.Undecided, CaseOutcome.Confirmed, CaseOutcome.Dismissed], new[] { null, raised, released, dismissed }.Select(DecidedFinding.OutcomeOf));
        Assert.Equal(CaseOutcome.Confirmed, DecidedFinding.OutcomeOf(CaseRules.After(dismissed, CaseAct.UndoDismissal, "anna", default, null, null, 1)));
        Assert.Equal(CaseOutcome.Undecided, DecidedFinding.OutcomeOf(CaseRules.After(released, CaseAct.Withdraw, CaseRules.Machine, default, null, null, 1)));
    }
}
