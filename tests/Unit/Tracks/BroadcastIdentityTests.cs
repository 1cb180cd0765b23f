using MaritimeWatch.Identity;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Unit.Tracks;

public sealed class BroadcastIdentityTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 14, 0, 0, 0, TimeSpan.Zero);
    private static readonly Mmsi Ship = Mmsi.Parse("219024000");

    [Fact]
    public void A_value_counts_once_a_second_transmission_says_it_and_a_copy_of_the_first_is_none()
    {
        var identities = new BroadcastIdentities("AIS");
        Assert.Null(identities.Observe(Says("ALFA", 0)));
        Assert.Null(identities.Observe(Says("ALFA", 0.2)));
        Assert.Equal("ALFA", identities.Observe(Says("ALFA", 6))!.Name);
        Assert.Empty(identities.Waiting(Start.AddMinutes(6)));
    }

    [Fact]
    public void A_broken_name_among_good_ones_makes_no_claim()
    {
        var identities = Known("ALFA");
        Assert.Null(identities.Observe(Says("ALFQ", 12)));
        for (var minute = 18; minute < 36; minute += 6)
        {
            Assert.Null(identities.Observe(Says("ALFA", minute)));
        }

        Assert.Equal("ALFA", identities.Observe(Says("ALFA", 36))!.Name);
        Assert.Single(identities.Waiting(Start.AddMinutes(36)));
        Assert.Empty(identities.Waiting(Start.AddMinutes(90)));
    }

    [Fact]
    public void Two_ships_that_speak_in_turn_under_one_number_are_both_heard()
    {
        var identities = Known("ALFA");
        Assert.Null(identities.Observe(Says("BRAVO", 9)));
        Assert.Null(identities.Observe(Says("ALFA", 12)));
        Assert.Equal("BRAVO", identities.Observe(Says("BRAVO", 15))!.Name);
    }

    [Fact]
    public void A_number_and_a_name_said_together_do_not_wait_for_ever_when_one_of_them_came_broken()
    {
        var identities = new BroadcastIdentities("AIS");
        Assert.Null(identities.Observe(Says("ALFQ", 0, "9074729")));
        Assert.Null(identities.Observe(Says("ALFA", 6, "9074729")));
        var claim = identities.Observe(Says("ALFA", 12, "9074729"))!;
        Assert.Equal(("ALFA", "9074729"), (claim.Name, claim.ImoAsStated));
    }

    [Fact]
    public void A_reader_that_goes_on_from_what_is_stored_hears_the_second_transmission()
    {
        var before = Known("ALFA");
        Assert.Null(before.Observe(Says("BRAVO", 12)));
        var after = new BroadcastIdentities("AIS");
        after.Remember(new IdentityClaim { Source = "AIS", Origin = ClaimOrigin.Broadcast, Mmsi = Ship, Name = "ALFA", FirstSeen = Start, LastSeen = Start.AddMinutes(6) });
        foreach (var said in before.Waiting(Start.AddMinutes(12)))
        {
            after.Remember(said);
        }

        Assert.Null(after.Observe(Says("ALFA", 14)));
        Assert.Equal("BRAVO", after.Observe(Says("BRAVO", 18))!.Name);
    }

    [Fact]
    public void A_table_row_needs_no_second() =>
        Assert.Equal("ALFA", new BroadcastIdentities("table").Observe(Says("ALFA", 0) with { NeedsSecond = false })!.Name);

    private static BroadcastIdentities Known(string name)
    {
        var identities = new BroadcastIdentities("AIS");
        identities.Observe(Says(name, 0));
        Assert.NotNull(identities.Observe(Says(name, 6)));
        return identities;
    }

    private static StaticReport Says(string name, double minute, string? imo = null) => new()
    {
        Mmsi = Ship,
        Time = Start.AddMinutes(minute),
        ReceivedAt = Start.AddMinutes(minute),
        NeedsSecond = true,
        Name = name,
        ImoAsStated = imo,
    };
}
