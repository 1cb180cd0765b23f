using MaritimeWatch.Detection.Flags;
using MaritimeWatch.Identity;
using MaritimeWatch.Support;
using MaritimeWatch.Units;

namespace MaritimeWatch.Unit.Identity;

/// <summary>Lanes by source, conflicts, stretches of no information, and what was known when; the colours of lists; surges of registers.</summary>
public sealed class IdentityTimelineTests
{
    private static readonly DateTimeOffset Day = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly FlagTables Tables = new(Seed("mid.csv"), Seed("call-sign-series.csv"), Seed("flags.csv"), Seed("flag-realms.csv"));

    [Fact]
    public void Each_source_has_its_lane_and_what_differs_is_a_conflict_on_both_sides()
    {
        var lanes = IdentityTimeline.Of([Heard(351900001, 0, 900), Entry("LR", 300, null)], TimelineAttribute.Flag, Tables);
        Assert.Equal(["AIS", "register LR"], lanes.Select(l => l.Source));
        var (said, entered) = (Assert.Single(lanes[0].Spans), Assert.Single(lanes[1].Spans));
        Assert.Equal((SpanState.Conflict, "PA", SpanState.Conflict, "LR"), (said.State, said.Value, entered.State, entered.Value));
        Assert.Equal(entered.Claims, said.Against);
        Assert.True(entered.StartIsStated);
        Assert.False(said.StartIsStated);
        Assert.Null(entered.To);
    }

    [Fact]
    public void A_silence_of_months_is_no_information_and_a_return_stays_visible()
    {
        var spans = Assert.Single(IdentityTimeline.Of([Heard(351900001, 0, 100), Heard(636900001, 100, 200), Heard(351900001, 400, 500)], TimelineAttribute.Flag, Tables)).Spans;
        Assert.Equal(["PA", "LR", null, "PA"], spans.Select(s => s.Value));
        Assert.Equal(SpanState.NoInformation, spans[2].State);
        Assert.Equal((Day.AddDays(200), Day.AddDays(400)), (spans[2].From, spans[2].To!.Value));
    }

    [Fact]
    public void An_overlap_of_a_week_is_a_change_of_sets_and_a_longer_one_a_conflict()
    {
        SpanState[] StatesOf(int overlap) => [.. IdentityTimeline.Of([Heard(351900001, 0, 100), Heard(636900001, 100 - overlap, 200)], TimelineAttribute.Mmsi, Tables).SelectMany(l => l.Spans).Select(s => s.State)];
        Assert.All(StatesOf(6), s => Assert.Equal(SpanState.Stated, s));
        Assert.All(StatesOf(20), s => Assert.Equal(SpanState.Conflict, s));
    }

    [Fact]
    public void What_was_known_at_a_moment_leaves_out_what_came_later()
    {
        IdentityClaim[] claims = [Heard(351900001, 0, 900), Entry("LR", 300, null) with { FirstSeen = Day.AddDays(700), LastSeen = Day.AddDays(800) }];
        var before = Assert.Single(IdentityTimeline.Of(claims, TimelineAttribute.Flag, Tables, Day.AddDays(600)));
        Assert.Equal(SpanState.Stated, Assert.Single(before.Spans).State);
        Assert.Equal(Day.AddDays(600), before.Spans[0].To);
        Assert.Equal(2, IdentityTimeline.Of(claims, TimelineAttribute.Flag, Tables, Day.AddDays(750)).Count);
    }

    [Theory]
    [InlineData(RegisterStatus.NeverRegistered)]
    [InlineData(RegisterStatus.CertificateNotOurs)]
    public void A_register_that_never_had_her_or_disowns_her_certificate_is_shown_as_denying(RegisterStatus status)
    {
        var denied = Entry("PA", 0, null) with { Status = status, LastSeen = Day.AddDays(900) };
        var lanes = IdentityTimeline.Of([Heard(351900001, 0, 900), denied], TimelineAttribute.Flag, Tables);
        Assert.Equal([SpanState.Conflict, SpanState.Denied], lanes.SelectMany(l => l.Spans).Select(s => s.State));
    }

    [Fact]
    public void A_register_that_looks_into_it_says_nothing_of_the_flag_yet() =>
        Assert.Equal("AIS", Assert.Single(IdentityTimeline.Of([Heard(351900001, 0, 900), Entry("PA", 0, null) with { Status = RegisterStatus.UnderCheck }], TimelineAttribute.Flag, Tables)).Source);

    [Theory]
    [InlineData(30, 4.90, -0.70)]
    [InlineData(50, 6.97, 0.03)]
    [InlineData(108, 12.42, 2.70)]
    [InlineData(500, 44.89, 25.11)]
    [InlineData(1000, 83.77, 56.23)]
    public void The_limits_of_black_and_white_are_those_of_the_published_method(int inspections, double black, double white)
    {
        var limits = new PortStateColour(inspections, 0);
        Assert.Equal((black, white), (Math.Round(limits.BlackAbove, 2), Math.Round(limits.WhiteBelow, 2)));
        Assert.Equal(ListColour.Black, new PortStateColour(inspections, (int)black + 1).Colour);
        Assert.Equal(ListColour.Grey, new PortStateColour(inspections, (int)black).Colour);
    }

    [Fact]
    public void The_excess_factor_of_the_worked_example_and_of_small_fleets()
    {
        Assert.Equal(4.26, new PortStateColour(108, 25).ExcessFactor!.Value, 0.01);
        Assert.Equal(ListColour.NotListed, new PortStateColour(29, 29).Colour);
        Assert.Null(new PortStateColour(29, 29).ExcessFactor);
        Assert.True(new PortStateColour(1000, 5).ExcessFactor < 0);
    }

    [Fact]
    public void Inspections_count_for_three_years_by_the_flag_of_the_day()
    {
        var on = new DateOnly(2026, 3, 1);
        Inspection[] all = [.. Enumerable.Range(0, 40).Select(i => new Inspection { Source = "made", Flag = FlagState.Parse("PA"), On = on.AddDays(-30 * i), Detained = i % 10 == 0 })];
        Assert.Equal(new PortStateColour(37, 4), PortStateColour.Of(FlagState.Parse("PA"), all, on));
        Assert.Equal(new PortStateColour(0, 0), PortStateColour.Of(FlagState.Parse("LR"), all, on));
    }

    [Fact]
    public void A_register_that_takes_in_a_fleet_is_told_and_a_steady_one_is_not()
    {
        var chance = new Random(4);
        var hulls = new List<Vessel>();
        for (var i = 0; i < 300; i++)
        {
            var month = i < 60 ? 30 : chance.Next(48);
            hulls.Add(new Vessel($"imo:{i}", [Entry("PA", -2000, (30 * month) + 5), Entry(i < 60 ? "CM" : "LR", (30 * month) + 5, null)], []));
        }

        var surges = RegisterSurge.Of(hulls, Tables);
        Assert.Contains(surges, s => s is { Flag.Code: "CM", TakenIn: true, Ships: >= 50 });
        Assert.DoesNotContain(surges, s => s is { Flag.Code: "LR" });
    }

    private static string Seed(string name) => File.ReadAllText(Path.Combine(SharedData.Root, "seeds", name));

    private static IdentityClaim Heard(int mmsi, int from, int to) => new() { Source = "AIS", Origin = ClaimOrigin.Broadcast, Mmsi = new Mmsi(mmsi), ImoAsStated = "9074729", FirstSeen = Day.AddDays(from), LastSeen = Day.AddDays(to) };

    private static IdentityClaim Entry(string flag, int from, int? to) => new()
    {
        Source = $"register {flag}", Origin = ClaimOrigin.Register, ImoAsStated = "9074729", Flag = FlagState.Parse(flag), ValidFrom = Day.AddDays(from), ValidTo = to is { } t ? Day.AddDays(t) : null,
        Status = to is null ? RegisterStatus.Registered : RegisterStatus.Deleted, FirstSeen = Day.AddDays(from), LastSeen = Day.AddDays(from), Reference = "row 1",
    };
}
