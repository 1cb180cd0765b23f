using MaritimeWatch.Feeds.Registers;
using MaritimeWatch.Identity;
using MaritimeWatch.Server.Settings;
using MaritimeWatch.Support;
using MaritimeWatch.Units;

namespace MaritimeWatch.Unit.Feeds.Registers;

/// <summary>Real registers and lists read by their cards and joined to hulls; the tables are printed for the reader.</summary>
public sealed class RegisterJoinTests(ITestOutputHelper output)
{
    private static readonly DateTimeOffset Extract = new(2026, 3, 22, 0, 0, 0, TimeSpan.Zero);

    public static TheoryData<string, string, int, int, int> Files => new()
    {
        // card, file, records, usable, listings
        { "iccat", "registry-iccat/iccat_med_vessels.csv.gz", 9_203, 0, 0 },
        { "ofac-sdn", "sanctions/ofac_sdn_vessels.json", 1_450, 0, 1_450 },
        { "tmt-iuu", "iuu/iuu_vessels_tmt.csv", 369, 0, 369 },
        { "reefers", "reefers-gfw/REEFERS.csv", 686, 0, 0 },
        { "carriers", "flag-history-carriers-gfw/transshipment_vessels.csv", 680, 0, 0 },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_record_of_a_real_register_is_a_claim_or_a_rejection_with_its_reason(string card, string file, int records, int rejected, int listings)
    {
        var content = Read(card, file);
        output.WriteLine($"{card}: {content.Count.Lines} records, {content.Claims.Count} claims, {content.Listings.Count} listings, unread {string.Join(", ", content.UnreadColumns)}");
        foreach (var reason in content.Rejections.GroupBy(r => r.Reason).OrderByDescending(r => r.Count()))
        {
            output.WriteLine($"  {reason.Count(),6}  {reason.Key}; {string.Join(" | ", reason.GroupBy(r => r.Value).OrderByDescending(v => v.Count()).Take(4).Select(v => $"{v.Key} x{v.Count()}"))}");
        }

        Assert.Equal(records, content.Count.Lines);
        Assert.Equal(rejected, content.Count.RejectedTotal);
        Assert.Equal(records, content.Count.Accepted + content.Count.RejectedTotal);
        Assert.Equal(listings, content.Listings.Count);
        Assert.DoesNotContain(content.Claims, c => c.Mmsi is null && c.CallSign is null && c.Imo is null && (card != "iccat" || c.Name is null));
    }

    [Fact]
    public void The_five_real_registers_join_to_hulls_and_no_hull_has_two_IMO_numbers()
    {
        var flags = Flags();
        var all = Files.Select(f => (Card: f.Data.Item1, Content: Read(f.Data.Item1, f.Data.Item2))).ToList();
        foreach (var (card, content) in all)
        {
            var own = Hulls.Of(content.Claims);
            output.WriteLine($"{card,-10} {content.Count.Lines,6} records {own.Count,6} hulls {own.Count(h => h.Claims.Count > 1),5} of several claims {content.Count.RejectedTotal,5} rejected {own.Sum(h => h.InConflict(flags).Count),5} claims in conflict");
        }

        var hulls = Hulls.Of(all.SelectMany(a => a.Content.Claims));
        output.WriteLine($"together: {hulls.Count} hulls, {hulls.Count(h => h.Claims.Select(c => c.Claim.Source).Distinct().Count() > 1)} of several sources, {hulls.Sum(h => h.InConflict(flags).Count)} claims in conflict");
        output.WriteLine(string.Join(", ", hulls.SelectMany(h => h.Claims).GroupBy(c => c.Reason).Select(r => $"{r.Key} {r.Count()}")));
        var random = new Random(20261124);
        foreach (var hull in hulls.Where(h => h.Claims.Any(c => c.Reason is JoinReason.MmsiAtTheTime or JoinReason.CallSignAndName)).OrderBy(_ => random.Next()).Take(18)
            .Concat(hulls.Where(h => h.Claims.Count > 1 && h.Claims.All(c => c.Reason == JoinReason.Imo) && h.Claims.Select(c => c.Claim.Source).Distinct().Count() > 1).OrderBy(_ => random.Next()).Take(29)))
        {
            output.WriteLine($"{hull.Id}: " + string.Join(" || ", hull.Claims.Select(c => $"{c.Reason} {c.Claim.Source} {c.Claim.Mmsi} {c.Claim.ImoAsStated} {c.Claim.CallSign} {c.Claim.Name} {c.Claim.Flag?.Code} {c.Claim.LengthM}")));
        }

        Assert.Equal(all.Sum(a => a.Content.Claims.Select(c => c.Id).Distinct().Count()), hulls.Sum(h => h.Claims.Count));
        Assert.DoesNotContain(hulls, h => h.Claims.Select(c => c.Claim.Imo).OfType<ImoNumber>().Distinct().Count() > 1);
    }

    private static FlagTables Flags() => House.Find().Flags();

    private static RegisterContent Read(string card, string file) =>
        new RegisterReader(card, House.Find().RegisterCard(card), Flags()).Read(SharedData.Need(file), Extract);
}
