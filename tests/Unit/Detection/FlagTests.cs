using MaritimeWatch.Detection;
using MaritimeWatch.Detection.Flags;
using MaritimeWatch.Detection.Reception;
using MaritimeWatch.Identity;
using MaritimeWatch.Support;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Unit.Findings;

/// <summary>Contradictions I1 to I10 and changes of flag, each with its benign cause.</summary>
public class FlagTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 14, 12, 0, 0, TimeSpan.Zero);
    private static readonly Mmsi Panama = new(351900001), Liberia = new(636900001), Cyprus = new(209900001);
    private static readonly FlagTables Tables = new(Seed("mid.csv"), Seed("call-sign-series.csv"), Seed("flags.csv"), Seed("flag-realms.csv"));
    private static readonly ContradictionDetector Contradictions = new(new FlagOptions());
    private static readonly FlagChangeDetector Changes = new(new FlagOptions());

    [Fact]
    public void I1_a_MID_against_the_register_is_told_and_a_young_entry_speaks_for_lag()
    {
        var old = Contradictions.Find(Picture(Panama, Said(Panama), Register("LR", Now.AddDays(-2 * 365))))!;
        var young = Contradictions.Find(Picture(Panama, Said(Panama), Register("LR", Now.AddDays(-20))))!;
        Assert.Contains(old.Evidence, e => e is { Name: "I1", Nats: 3 });
        Assert.Contains(young.Evidence, e => e is { Name: "lag", Nats: < 0 });
        Assert.True(young.ScoreNats < old.ScoreNats);
        Assert.False(young.Alert);
    }

    [Fact]
    public void I2_a_number_that_is_no_ships_makes_no_claim_of_flag()
    {
        Assert.Null(Contradictions.Find(Picture(new Mmsi(992351000), Said(new Mmsi(992351000)), Register("LR", Now.AddDays(-2 * 365)))));
        Assert.Contains(Contradictions.Find(Picture(new Mmsi(217900001), Said(new Mmsi(217900001))))!.Evidence, e => e.Name == "I2");
    }

    [Fact]
    public void I3_and_I4_a_call_sign_that_agrees_with_the_MID_against_the_register_weighs_more()
    {
        var finding = Contradictions.Find(Picture(Panama, Said(Panama, "3FAB1"), Register("LR", Now.AddDays(-2 * 365))))!;
        Assert.Contains(finding.Evidence, e => e.Name == "I3");
        Assert.Contains(finding.Evidence, e => e.Name == "I4");
    }

    [Fact]
    public void I3_a_territory_that_uses_another_States_series_is_no_contradiction() =>
        Assert.Null(Contradictions.Find(Picture(new Mmsi(310900001), Said(new Mmsi(310900001), "ZCAB1"))));

    [Fact]
    public void I5_a_wrong_check_digit_is_weak_and_raises_nothing()
    {
        var finding = Contradictions.Find(Picture(Panama, Said(Panama, "3FAB1", "9074720")))!;
        Assert.Contains(finding.Evidence, e => e is { Name: "I5", Nats: <= 0.5 });
        Assert.False(finding.Alert);
    }

    [Fact]
    public void I6_a_number_of_a_ship_that_was_broken_up_is_told()
    {
        var finding = Contradictions.Find(Picture(Panama, Said(Panama, "3FAB1"), Register("PA", Now.AddDays(-900), null, RegisterStatus.Scrapped)))!;
        Assert.Contains(finding.Evidence, e => e is { Name: "I6", Nats: > 3 });
        Assert.Null(Contradictions.Find(Picture(Panama, Said(Panama, "3FAB1"), Register("PA", Now.AddDays(1), null, RegisterStatus.Scrapped))));
    }

    [Theory]
    [InlineData(100, 108, false)]
    [InlineData(100, 130, true)]
    public void I7_lengths_may_differ_by_a_tenth(double said, double registered, bool told)
    {
        var finding = Contradictions.Find(Picture(Panama, Said(Panama, "3FAB1") with { LengthM = said }, Register("PA", Now.AddDays(-900)) with { LengthM = registered }));
        Assert.Equal(told, finding?.Evidence.Any(e => e.Name == "I7") == true);
    }

    [Theory]
    [InlineData(3, false)]
    [InlineData(20, true)]
    public void I8_one_IMO_number_under_two_MMSIs_for_longer_than_sets_are_changed_over(int days, bool told)
    {
        var finding = Contradictions.Find(Picture(Panama, Said(Panama, "3FAB1") with { FirstSeen = Now.AddDays(-30) }, Said(new Mmsi(351900002), "3FAB1") with { FirstSeen = Now.AddDays(-60), LastSeen = Now.AddDays(-30 + days) }));
        Assert.Equal(told, finding?.Evidence.Any(e => e.Name == "I8") == true);
    }

    [Fact]
    public void I8_two_hulls_under_one_MMSI_are_told_on_both()
    {
        IdentityClaim[] claims = [Said(Panama, "3FAB1") with { FirstSeen = Now.AddDays(-40) }, Said(Panama, "3FAB1", "9187629") with { FirstSeen = Now.AddDays(-30), LastSeen = Now.AddDays(-1) }];
        var hull = Vessel.Of(Panama, Panama.ToString(), claims, []);
        Assert.Equal(("imo:9074729", 1, 1), (hull.Id, hull.Claims.Count, hull.OthersUnderHerNumber.Count));
        Assert.Contains(Contradictions.Find(Picture(Panama) with { Vessel = hull })!.Evidence, e => e.Name == "I8" && e.Text.Contains("IMO 9187629", StringComparison.Ordinal));
    }

    [Fact]
    public void I10_struck_off_and_taken_in_by_nobody_is_told_after_a_month()
    {
        bool Told(int daysAgo, string? other = null) => Contradictions.Find(Picture(Cyprus, [Said(Cyprus, "5BAB1"), Register("CY", Now.AddDays(-900), Now.AddDays(-daysAgo), RegisterStatus.Deleted), .. other is null ? [] : new[] { Register(other, Now.AddDays(-daysAgo + 1)) }]))?.Evidence.Any(e => e.Name == "I10") == true;
        Assert.True(Told(60));
        Assert.False(Told(10));
        Assert.False(Told(60, "LR"));
    }

    [Fact]
    public void A_register_that_denies_the_claimed_flag_makes_it_unconfirmed_with_evidence_on_both_sides()
    {
        var finding = Contradictions.Find(Picture(Cyprus, Said(Cyprus, "5BAB1"), Register("CY", Now.AddDays(-9 * 365), Now.AddDays(-260), RegisterStatus.Deleted)))!;
        Assert.Equal(FindingClass.UnconfirmedFlag, finding.Class);
        Assert.True(finding.Alert);
        Assert.Contains(finding.Evidence, e => e.Nats < 0);
        Assert.Equal(finding.PriorNats + finding.Evidence.Sum(e => e.Nats), finding.ScoreNats, 1e-9);
    }

    [Fact]
    public void A_ship_that_agrees_with_her_register_gives_no_finding()
    {
        Assert.Null(Contradictions.Find(Picture(Panama, Said(Panama, "3FAB1"), Register("PA", Now.AddDays(-2 * 365)))));
        Assert.Null(Changes.Find(Picture(Panama, Said(Panama, "3FAB1"), Register("PA", Now.AddDays(-2 * 365)))));
    }

    [Theory]
    [InlineData(1, 2.35)]
    [InlineData(2, 5.36)]
    [InlineData(3, 8.78)]
    public void The_surprise_of_a_count_is_that_of_the_Poisson_tail(int changes, double nats)
    {
        string[] flags = ["PA", "LR", "MH", "MT"];
        var registers = Enumerable.Range(0, changes + 1).Select(i => Register(flags[i], Now.AddDays(-350 + (i * 90)), i == changes ? null : Now.AddDays(-351 + ((i + 1) * 90)), i == changes ? RegisterStatus.Registered : RegisterStatus.Deleted)).ToArray();
        var finding = Changes.Find(Picture(Panama, registers))!;
        Assert.Equal(nats, finding.Evidence.Single(e => e.Name == "churn").Nats, 0.01);
        Assert.Equal(changes >= 3 ? FindingKind.FlagHop : FindingKind.FlagChange, finding.Kind);
        Assert.False(finding.Alert && changes < 3);
    }

    [Fact]
    public void Any_consistent_permutation_of_flags_leaves_the_churn_score_unchanged()
    {
        Assert.Equal(ScoreOf("PA", "LR", "MH", "MT"), ScoreOf("GB", "NO", "RU", "CN"));

        static double ScoreOf(params string[] flags) => Changes.Find(Picture(Panama, [.. flags.Select((f, i) => Register(f, Now.AddDays(-350 + (i * 90)), i == 3 ? null : Now.AddDays(-261 + (i * 90)), i == 3 ? RegisterStatus.Registered : RegisterStatus.Deleted))]))!.ScoreNats;
    }

    [Fact]
    public void A_change_under_way_after_silence_is_behaviour_and_makes_three_changes_a_raised_hop()
    {
        var finding = Changes.Find(Picture(Liberia, Register("MT", Now.AddDays(-3 * 365), Now.AddDays(-300), RegisterStatus.Deleted), Register("PA", Now.AddDays(-299), Now.AddDays(-100), RegisterStatus.Deleted),
            Register("GB", Now.AddDays(-99)), Said(Liberia) with { FirstSeen = Now.AddHours(-1) }))!;
        Assert.Equal(FindingKind.FlagHop, finding.Kind);
        Assert.Contains(finding.Evidence, e => e.Family == "behaviour");
        Assert.True(finding.Alert);
    }

    [Fact]
    public void What_the_flag_State_itself_states_outranks_extracts_and_goes_on_in_the_same_finding()
    {
        var (said, deleted) = (Said(Cyprus, "5BAB1"), Register("CY", Now.AddDays(-9 * 365), Now.AddDays(-260), RegisterStatus.Deleted));
        var before = Contradictions.Find(Picture(Cyprus, said, deleted))!;
        var denied = Contradictions.Find(Picture(Cyprus, said, deleted, Statement("CY", RegisterStatus.NeverRegistered, Now.AddDays(-1))))!;
        Assert.Equal((before.Id, FindingClass.RefutedFlag), (denied.Id, denied.Class));
        Assert.Contains("refuted by its register", denied.Sentence, StringComparison.Ordinal);
        Assert.Null(Contradictions.Find(Picture(Cyprus, said, deleted, Statement("CY", RegisterStatus.Registered, Now.AddDays(-100)))));
        Assert.Equal(FindingClass.RefutedFlag, Contradictions.Find(Picture(Cyprus, said, Register("CY", Now.AddYears(-9)), Statement("CY", RegisterStatus.CertificateNotOurs, Now.AddDays(-1))))!.Class);
        var other = Contradictions.Find(Picture(Panama, Said(Panama), Register("LR", Now.AddYears(-2))))!;
        Assert.Equal(other.Id, Contradictions.Find(Picture(Panama, Said(Panama), Register("LR", Now.AddYears(-2)), Statement("PA", RegisterStatus.NeverRegistered, Now.AddDays(-1))))!.Id);
    }

    [Fact]
    public void A_statement_speaks_of_its_own_time_and_under_check_decides_nothing()
    {
        var (said, deleted) = (Said(Cyprus, "5BAB1"), Register("CY", Now.AddDays(-9 * 365), Now.AddDays(-260), RegisterStatus.Deleted));
        var checking = Contradictions.Find(Picture(Cyprus, said, deleted, Statement("CY", RegisterStatus.UnderCheck, Now.AddDays(-1))))!;
        Assert.Equal(FindingClass.UnconfirmedFlag, checking.Class);
        Assert.Contains("under check", checking.WhatToCheck[0], StringComparison.Ordinal);
        Assert.Equal(FindingClass.UnconfirmedFlag, Contradictions.Find(Picture(Cyprus, said, deleted, Statement("CY", RegisterStatus.Provisional, Now.AddDays(-400), Now.AddDays(-300))))!.Class);
    }

    private static IdentityClaim Statement(string flag, RegisterStatus status, DateTimeOffset from, DateTimeOffset? to = null) =>
        Register(flag, from, to, status) with { Source = StatementSource.Of(FlagState.Parse(flag)), Reference = "file-s1 entry 4" };

    private static string Seed(string name) => File.ReadAllText(Path.Combine(SharedData.Root, "seeds", name));

    private static IdentityClaim Said(Mmsi mmsi, string? callSign = null, string imo = "9074729") =>
        new() { Source = "AIS", Origin = ClaimOrigin.Broadcast, Mmsi = mmsi, ImoAsStated = imo, CallSign = callSign, Name = "SHIP", FirstSeen = Now.AddHours(-5), LastSeen = Now };

    private static IdentityClaim Register(string flag, DateTimeOffset from, DateTimeOffset? to = null, RegisterStatus status = RegisterStatus.Registered) =>
        new() { Source = "register", Origin = ClaimOrigin.Register, ImoAsStated = "9074729", Flag = FlagState.Parse(flag), ValidFrom = from, ValidTo = to, Status = status, FirstSeen = Now, LastSeen = Now, Reference = "row 1" };

    private static VesselPicture Picture(Mmsi mmsi, params IdentityClaim[] claims) => new()
    {
        AsOf = Now,
        TrackId = mmsi.ToString(),
        Mmsi = mmsi,
        Vessel = new Vessel("imo:9074729", claims, []),
        Fixes = [.. Enumerable.Range(0, 20).Select(i => new Fix(Now.AddMinutes(-50 + i), new GeoPoint(50, 0.01 * i), 12))],
        Reception = new HeardSlots(),
        Grid = new ReceptionGrid(new ReceptionOptions()),
        Flags = Tables,
    };
}
