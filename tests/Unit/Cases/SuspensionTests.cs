using FsCheck.Xunit;
using MaritimeWatch.Cases;
using MaritimeWatch.Detection;
using MaritimeWatch.Units;

namespace MaritimeWatch.Unit.Cases;

public sealed class SuspensionTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 14, 12, 0, 0, TimeSpan.Zero);

    private static readonly Suspension Three = new()
    {
        Id = "s", HullId = "imo:9074729", Mmsi = new Mmsi(235_000_001), Imo = ImoNumber.Parse("9074729"), Kinds = [FindingKind.Silence], Reason = SuspensionReason.LaidUp, Text = "in dock", Owner = "anna",
        From = Noon, Until = Noon.AddDays(3), By = "anna", At = Noon.AddDays(-1),
    };

    private static Finding Silence(DateTimeOffset start, string hull = "imo:9074729", int mmsi = 235_000_001, FindingKind kind = FindingKind.Silence, string? imo = "9074729") => new()
    {
        Id = "f", Kind = kind, Class = FindingClass.Unexplained, Alert = true, Mmsi = new Mmsi(mmsi), TrackId = "t", Imo = imo is null ? null : ImoNumber.Parse(imo), VesselId = hull, StartTime = start, Sentence = "s",
        Band = Band.High, PriorNats = 0, Evidence = [], InnocentCauses = [], AsOf = start.AddDays(10), ModelVersion = "1",
    };

    [Fact]
    public void It_covers_what_begins_within_it_however_late_it_is_found_and_nothing_that_begins_after()
    {
        Assert.True(Three.Covers(Silence(Noon)));
        Assert.True(Three.Covers(Silence(Noon.AddDays(3).AddTicks(-1)) with { AsOf = Noon.AddDays(90) }));
        Assert.False(Three.Covers(Silence(Noon.AddTicks(-1))));
        Assert.False(Three.Covers(Silence(Noon.AddDays(3))));
    }

    [Fact]
    public void It_covers_the_hull_by_any_of_her_numbers_and_only_its_kinds()
    {
        Assert.True(Three.Covers(Silence(Noon, hull: "mmsi:235000001", imo: null)));
        Assert.True(Three.Covers(Silence(Noon, hull: "other", mmsi: 538_000_002)));
        Assert.False(Three.Covers(Silence(Noon, hull: "other", mmsi: 538_000_002, imo: null)));
        Assert.False(Three.Covers(Silence(Noon, kind: FindingKind.FlagHop)));
    }

    [Fact]
    public void Lifted_it_holds_no_more_from_then_on_and_what_it_held_stays_held()
    {
        var lifted = Three with { LiftedFrom = Noon.AddDays(1), LiftedBy = "bert" };
        Assert.True(lifted.Covers(Silence(Noon.AddHours(23))));
        Assert.False(lifted.Covers(Silence(Noon.AddDays(1))));
        Assert.Equal(SuspensionState.Lifted, lifted.StateAt(Noon.AddDays(9)));
        Assert.Equal([SuspensionState.Waiting, SuspensionState.Running, SuspensionState.Expired], new[] { -1.0, 1, 3 }.Select(d => Three.StateAt(Noon.AddDays(d))));
    }

    [Property(MaxTest = 500)]
    public bool Judged_by_the_start_alone(short startMinutes, short untilMinutes, short? liftMinutes)
    {
        var s = Three with { Until = Noon.AddMinutes(untilMinutes), LiftedFrom = liftMinutes is { } l ? Noon.AddMinutes(l) : null };
        var start = Noon.AddMinutes(startMinutes);
        return s.Covers(Silence(start)) == (startMinutes >= 0 && startMinutes < untilMinutes && (liftMinutes is null || startMinutes < liftMinutes));
    }

    [Fact]
    public void One_that_lacks_a_text_or_lasts_too_long_says_what_was_expected()
    {
        Assert.Null(Three.Fault(TimeSpan.FromDays(3)));
        Assert.Contains("at most 2 days", Three.Fault(TimeSpan.FromDays(2)), StringComparison.Ordinal);
        Assert.Contains("line", (Three with { Text = " " }).Fault(TimeSpan.FromDays(3)), StringComparison.Ordinal);
        Assert.Contains("kind", (Three with { Kinds = [] }).Fault(TimeSpan.FromDays(3)), StringComparison.Ordinal);
        Assert.Contains("after the beginning", (Three with { Until = Noon }).Fault(TimeSpan.FromDays(3)), StringComparison.Ordinal);
    }
}
