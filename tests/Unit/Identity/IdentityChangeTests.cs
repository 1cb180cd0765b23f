using MaritimeWatch.Identity;
using MaritimeWatch.Identity.Changes;
using MaritimeWatch.Support;
using MaritimeWatch.Units;

namespace MaritimeWatch.Unit.Identity;

/// <summary>Reflagged or only renumbered; who goes on as whom. Numbers of fictional ships within real series.</summary>
public sealed class IdentityChangeTests
{
    private static readonly DateTimeOffset Day = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly FlagTables Tables = new(Seed("mid.csv"), Seed("call-sign-series.csv"), Seed("flags.csv"), Seed("flag-realms.csv"));

    [Theory]
    [InlineData(351900001, "3FAB1", 636900001, "A8AB1", FlagVerdict.Changed)] // both call signs bear it out
    [InlineData(351900001, "3FAB1", 636900001, "3FAB1", FlagVerdict.Same)] // the call sign stayed
    [InlineData(351900001, "3FAB1", 636900001, "3FAB2", FlagVerdict.Same)] // the new call sign is still Panama's
    [InlineData(351900001, "A8AB1", 636900001, "A8AB2", FlagVerdict.Same)] // the old call sign was Liberia's already
    [InlineData(351900001, null, 200000001, null, FlagVerdict.Same)] // an unallocated MID is no information
    [InlineData(351900001, "12345", 636900001, "777", FlagVerdict.CannotTell)] // only the MID differs
    public void A_different_MID_is_a_change_of_flag_only_where_something_bears_it_out(int before, string? signBefore, int after, string? signAfter, FlagVerdict verdict)
    {
        var judged = IdentityChange.Of(Said(before, signBefore, "KESTREL"), Said(after, signAfter, "KESTREL"), Tables);
        Assert.Equal(verdict, judged.Verdict);
        Assert.NotEmpty(judged.Reason);
    }

    [Fact]
    public void One_IMO_number_or_two_names_bear_it_out_where_no_call_sign_speaks()
    {
        Assert.Equal(FlagVerdict.Changed, IdentityChange.Of(Said(351900001, "1", null, "9074729"), Said(636900001, "2", null, "9074729"), Tables).Verdict);
        Assert.Equal(FlagVerdict.Changed, IdentityChange.Of(Said(351900001, null, "KESTREL"), Said(636900001, null, "HERON"), Tables).Verdict);
        Assert.Equal(FlagVerdict.CannotTell, IdentityChange.Of(Said(351900001, null, "FLEET 1234"), Said(636900001, null, "FLEET 5678"), Tables).Verdict);
    }

    [Fact]
    public void A_placeholder_is_no_IMO_number_though_its_check_digit_is_right()
    {
        Assert.True(ImoNumber.HasRightCheckDigit(1_234_567));
        Assert.Null(Said(351900001, null, null, "1234567").Imo);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Stitching_finds_the_ships_of_a_made_up_year_whatever_their_order(int seed)
    {
        var chance = new Random(seed);
        var (lasts, firsts) = (new List<IdentityEnd>(), new List<IdentityEnd>());
        for (var i = 0; i < 300; i++)
        {
            var (at, time) = (new GeoPoint((chance.NextDouble() * 160) - 80, (chance.NextDouble() * 360) - 180), Day.AddDays(chance.Next(300)));
            lasts.Add(new IdentityEnd(Said(351000000 + i, null, null), time, at));
            firsts.Add(new IdentityEnd(Said(636000000 + i, null, null), time.AddDays(chance.Next(0, 60)), Geodesy.Destination(at, Course.FromDegrees(chance.NextDouble() * 360), Distance.FromMetres(chance.NextDouble() * 999))));
        }

        var truth = lasts.Zip(firsts).ToHashSet();
        var stitches = IdentityStitcher.Of(lasts, firsts);
        Assert.Equal(300, stitches.Count);
        Assert.All(stitches, s => Assert.Contains((s.Old, s.New), truth));
        IdentityEnd[] mixed = [.. firsts], olds = [.. lasts];
        chance.Shuffle(mixed);
        chance.Shuffle(olds);
        Assert.Equal(stitches.Select(s => (s.Old, s.New)).ToHashSet(), IdentityStitcher.Of(olds, mixed).Select(s => (s.Old, s.New)).ToHashSet());
    }

    [Fact]
    public void Two_IMO_numbers_are_two_ships_and_a_crowd_is_not_guessed_at()
    {
        var at = new GeoPoint(51, 3);
        IdentityEnd End(int mmsi, string? imo, double metres, int days) => new(Said(mmsi, null, null, imo), Day.AddDays(days), Geodesy.Destination(at, Course.FromDegrees(90), Distance.FromMetres(metres)));
        Assert.Empty(IdentityStitcher.Of([End(351900001, "9074729", 0, 0)], [End(636900001, "9187629", 5, 1)]));
        Assert.Empty(IdentityStitcher.Of([End(351900001, null, 0, 0), End(351900002, null, 300, 0)], [End(636900001, null, 150, 1), End(636900002, null, 450, 1)]));
        Assert.Equal(StitchReason.NearestToEachOther, Assert.Single(IdentityStitcher.Of([End(351900001, null, 0, 0), End(351900002, null, 300, 0)], [End(636900001, null, 10, 1)])).Reason);
    }

    [Fact]
    public void The_antimeridian_lies_between_no_two_ends()
    {
        var stitch = Assert.Single(IdentityStitcher.Of([new(Said(351900001, null, null), Day, new GeoPoint(-17, 179.999))], [new(Said(636900001, null, null), Day.AddDays(2), new GeoPoint(-17, -179.999))]));
        Assert.InRange(stitch.Apart.Metres, 100, 400);
    }

    private static string Seed(string name) => File.ReadAllText(Path.Combine(SharedData.Root, "seeds", name));

    private static IdentityClaim Said(int mmsi, string? callSign, string? name, string? imo = null) =>
        new() { Source = "AIS", Origin = ClaimOrigin.Broadcast, Mmsi = new Mmsi(mmsi), ImoAsStated = imo, CallSign = callSign, Name = name, FirstSeen = Day, LastSeen = Day };
}
