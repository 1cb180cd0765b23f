using MaritimeWatch.Identity;
using MaritimeWatch.Units;

namespace MaritimeWatch.Unit.Units;

/// <summary>What may and what may never be one hull.</summary>
public sealed class HullsTests
{
    private static readonly DateTimeOffset Day = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_claim_by_MMSI_joins_the_hull_that_used_it_then_and_not_the_one_that_uses_it_now()
    {
        var before = Claim("a", imo: "9074729", mmsi: 219_000_001, from: 0, to: 100);
        var after = Claim("a", imo: "9187629", mmsi: 219_000_001, from: 400, to: 500);
        var spoken = Claim("b", mmsi: 219_000_001, from: 60, to: 60);
        var hulls = Hulls.Of([before, after, spoken]);
        Assert.Contains(hulls.Single(h => h.Id == "imo:9074729").Claims, c => c.Claim == spoken && c.Reason == JoinReason.MmsiAtTheTime);
        Assert.Single(hulls.Single(h => h.Id == "imo:9187629").Claims);
    }

    [Fact]
    public void Between_two_hulls_that_use_one_MMSI_at_a_time_a_claim_joins_neither()
    {
        var hulls = Hulls.Of([Claim("a", imo: "9074729", mmsi: 219_000_001), Claim("a", imo: "9187629", mmsi: 219_000_001), Claim("b", mmsi: 219_000_001)]);
        Assert.Equal(3, hulls.Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(123_456_789)]
    [InlineData(111_111_111)]
    [InlineData(888_888_888)]
    [InlineData(999_999_999)]
    [InlineData(200_000_000)]
    [InlineData(900_000_000)]
    [InlineData(110_000_000)]
    [InlineData(412_000_000)]
    [InlineData(413_000_000)]
    public void A_number_of_no_ship_joins_nothing(int junk)
    {
        Assert.True(Hulls.IsJunk(new Mmsi(junk)));
        Assert.Equal(3, Hulls.Of([Claim("a", imo: "9074729", mmsi: junk), Claim("b", mmsi: junk, name: "X ONE"), Claim("c", mmsi: junk, name: "Y TWO")]).Count);
    }

    [Fact]
    public void Call_sign_and_name_join_together_alone_and_never_against_two_numbers_at_once()
    {
        var known = Claim("a", imo: "9074729", mmsi: 219_000_001, name: "NO. 2 POHAH", call: "3FWC9");
        Assert.Single(Hulls.Of([known, Claim("b", name: "NO.2 POHAH", call: "3FWC9")]));
        Assert.Equal(2, Hulls.Of([known, Claim("b", name: "NO.2 POHAH", call: "3FWC8")]).Count);
        Assert.Equal(2, Hulls.Of([known, Claim("b", name: "NO.3 POHAH", call: "3FWC9")]).Count);
        Assert.Equal(2, Hulls.Of([known, Claim("b", mmsi: 351_000_002, name: "NO.2 POHAH", call: "3FWC9")]).Count);
    }

    [Fact]
    public void A_merge_and_a_split_hold_until_a_later_decision_undoes_them()
    {
        var (a, b) = (Claim("a", imo: "9074729"), Claim("b", mmsi: 219_000_001));
        var merge = new HullDecision("d1", ["imo:9074729", "mmsi:219000001"], [], null, "photographs of the hull agree", "analyst", Day);
        Assert.Equal(2, Hulls.Of([a, b]).Count);
        Assert.Equal(2, Assert.Single(Hulls.Of([a, b], [merge])).Claims.Count);
        Assert.Equal(2, Hulls.Of([a, b], [merge, new HullDecision("d2", [], [], "d1", "wrong photographs", "analyst", Day.AddDays(1))]).Count);
        var (c, next) = (Claim("c", imo: "9187629"), new HullDecision("d4", ["mmsi:219000001", "imo:9187629"], [], null, "and this one", "analyst", Day.AddDays(1)));
        var chain = Assert.Single(Hulls.Of([a, b, c], [merge, next]));
        Assert.Equal(("imo:9074729", 3), (chain.Id, chain.Claims.Count));
        Assert.Equal([JoinReason.Imo, JoinReason.Decision, JoinReason.Decision], chain.Claims.Select(j => j.Reason));
        var split = new HullDecision("d3", [], [a.Id], null, "the number was painted on another hull", "analyst", Day);
        Assert.Equal("split:d3", Hulls.Of([a, Claim("c", imo: "9074729")], [split]).Single(h => h.Claims.Any(c => c.Claim == a)).Id);
    }

    [Fact]
    public void Every_claim_stands_in_one_hull_whatever_their_order_and_no_hull_has_two_IMO_numbers()
    {
        var random = new Random(7);
        for (var run = 0; run < 300; run++)
        {
            var claims = Enumerable.Range(0, 30).Select(i => Claim(
                $"s{random.Next(3)}",
                random.Next(3) == 0 ? new[] { "9074729", "9187629", "9187630" }[random.Next(3)] : null,
                random.Next(2) == 0 ? 219_000_000 + random.Next(4) : null,
                random.Next(400),
                400 + random.Next(100),
                random.Next(2) == 0 ? $"SHIP {random.Next(4)}" : null,
                random.Next(2) == 0 ? $"OX{random.Next(4)}AB" : null)).DistinctBy(c => c.Id).ToArray();
            var one = Told(Hulls.Of(claims));
            random.Shuffle(claims);
            Assert.Equal(one, Told(Hulls.Of(claims)));
            Assert.Equal(claims.Select(c => c.Id).Order(), Hulls.Of(claims).SelectMany(h => h.Claims.Select(c => c.Claim.Id)).Order());
            Assert.DoesNotContain(Hulls.Of(claims), h => h.Claims.Select(c => c.Claim.Imo).OfType<ImoNumber>().Distinct().Count() > 1);
        }

        static string Told(IReadOnlyList<Hull> hulls) => string.Join(";", hulls.Select(h => $"{h.Id}={string.Join(",", h.Claims.Select(c => c.Claim.Id + c.Reason).Order(StringComparer.Ordinal))}"));
    }

    private static IdentityClaim Claim(string source, string? imo = null, int? mmsi = null, int from = 0, int to = 10, string? name = null, string? call = null) => new()
    {
        Source = source, Origin = ClaimOrigin.List, ImoAsStated = imo, Mmsi = mmsi is { } m ? new Mmsi(m) : null, Name = name, CallSign = call,
        ValidFrom = Day.AddDays(from), ValidTo = Day.AddDays(to), FirstSeen = Day.AddDays(from), LastSeen = Day.AddDays(to),
    };
}
