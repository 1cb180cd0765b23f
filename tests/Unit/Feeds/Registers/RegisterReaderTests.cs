using MaritimeWatch.Feeds;
using MaritimeWatch.Feeds.Registers;
using MaritimeWatch.Identity;
using MaritimeWatch.Server.Settings;
using MaritimeWatch.Units;

namespace MaritimeWatch.Unit.Feeds.Registers;

public sealed class RegisterReaderTests : IDisposable
{
    private static readonly DateTimeOffset AsOf = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly string file = Path.GetTempFileName();

    public void Dispose() => File.Delete(file);

    [Fact]
    public void A_FollowTheMoney_vessel_is_a_listing_and_a_claim_and_other_things_are_passed_over()
    {
        var content = Read("ftm-vessels", """
            {"id":"v-1","schema":"Vessel","caption":"ALPHA","datasets":["us_ofac_sdn"],"properties":{"imoNumber":["IMO9074729"],"mmsi":["219000001"],"flag":["dk"],"topics":["sanction"]}}
            {"id":"p-1","schema":"Person","caption":"NOBODY","properties":{}}
            {"id":"v-2","schema":"Vessel","caption":
            {"id":"v-3","schema":"Vessel","caption":"BETA","properties":{"imoNumber":["9074729","9187629"]}}
            """);
        Assert.Equal(2, content.Count.Accepted);
        Assert.Equal(1, content.Count.Rejected["not a record of the kind the card reads"]);
        Assert.Equal(1, content.Count.Rejected["not readable as JSON"]);
        Assert.Contains(content.Rejections, r => r.Place == "line 3");
        Assert.Contains(content.Rejections, r => r is { Field: "imo", Value: "9187629", Reason: "more than one value stated, the first is used" });
        var listing = content.Listings[0];
        Assert.Equal(("us_ofac_sdn", ImoNumber.Parse("9074729"), "sanction", Mmsi.Parse("219000001")), (listing.ListName, listing.Imo!.Value, listing.LegalAct, listing.Mmsi!.Value));
        Assert.Equal(ClaimOrigin.List, content.Claims[0].Origin);
        Assert.Equal("DK", content.Claims[0].Flag?.Code);
    }

    [Fact]
    public void A_record_with_bytes_that_are_no_text_is_one_rejection_and_the_others_are_read()
    {
        File.WriteAllBytes(file, [.. "[{\"imo\":\"9074729\",\"name\":\""u8, 0xED, 0x80, .. "\"},{\"imo\":\"9187629\",\"name\":\"\\ud800\"},{\"imo\":\"9187629\",\"name\":\"BETA\"}]"u8]);
        var content = new RegisterReader("test", House.Find().RegisterCard(), House.Find().Flags()).Read(file, AsOf);
        Assert.Equal((1L, 2L), (content.Count.Accepted, content.Count.Rejected["holds bytes that are no text"]));
    }

    [Fact]
    public void OpenSanctions_maritime_rows_of_vessels_are_read_and_those_of_organisations_are_not()
    {
        var content = Read("opensanctions-maritime", "type,caption,imo,risk,countries,flag,mmsi,id,url,datasets,aliases\nVESSEL,ALPHA,IMO9074729,sanction;mare.shadow,ru,pa;gm,,v-1,,gb_fcdo;us_ofac,ALFA\nORGANIZATION,OWNER LTD,,sanction,,,,o-1,,,\n" + Many("VESSEL,SHIP {0},,,,,2190{0:00000},x-{0},,,\n"));
        Assert.Equal(1, content.Count.RejectedTotal);
        Assert.Equal(("PA", "sanction, mare.shadow", "gb_fcdo;us_ofac"), (content.Claims[0].Flag!.Value.Code, content.Listings[0].LegalAct, content.Listings[0].ListName));
    }

    [Fact]
    public void A_notice_of_fraudulent_registration_is_the_State_saying_never_registered()
    {
        var claim = Assert.Single(Read("fraudulent-registration-notices", "IMO number,Ship name,Claimed flag,Notified on,Circular\n9074729,ALPHA,Gambia,2025-11-03,4561\n").Claims);
        Assert.Equal((ClaimOrigin.Register, RegisterStatus.NeverRegistered, "GM"), (claim.Origin, claim.Status!.Value, claim.Flag!.Value.Code));
        Assert.Equal(new DateTimeOffset(2025, 11, 3, 0, 0, 0, TimeSpan.Zero), claim.ValidFrom);
        Assert.Equal("4561 (row 1)", claim.Reference);
    }

    [Fact]
    public void Inspections_are_read_with_their_acts_and_a_date_of_unknown_order_is_left_out_and_told()
    {
        var content = Read("psc-inspections", "IMO,Ship name,Flag,MoU,Port,Inspection date,Deficiencies,Detained,Release date\n9074729,ALPHA,Panama,Paris MoU,Rotterdam,2025-02-03,7,Y,2025-02-09\n9187629,BETA,Togo,Tokyo MoU,Busan,03/04/2025,0,N,\n");
        Assert.Equal((7, true, new DateOnly(2025, 2, 3), new DateOnly(2025, 2, 9)), (content.Inspections[0].Deficiencies!.Value, content.Inspections[0].Detained, content.Inspections[0].On!.Value, content.Inspections[0].ReleasedOn!.Value));
        Assert.Equal((0, false, (DateOnly?)null, "TG"), (content.Inspections[1].Deficiencies!.Value, content.Inspections[1].Detained, content.Inspections[1].On, content.Inspections[1].Flag!.Value.Code));
        Assert.Contains(content.Rejections, r => r is { Place: "row 2", Field: "inspectedOn", Value: "03/04/2025" });
    }

    [Fact]
    public void A_row_with_more_or_fewer_fields_than_the_header_is_rejected_whole()
    {
        var content = Read("flag-register", "imo,name,flag\n9074729,ALPHA,DK\n9187629,BETA,GAMMA,PA\n9187\n");
        Assert.Equal("ALPHA", Assert.Single(content.Claims).Name);
        Assert.Equal(2, content.Count.Rejected["number of fields differs from the header"]);
    }

    [Theory]
    [InlineData("imo,name\n\"9074729,ALPHA\n", "flag-register")]
    [InlineData("", "flag-register")]
    [InlineData("name,colour\nALPHA,red\n", "flag-register")]
    [InlineData("{\"vessels\":", "ofac-sdn")]
    [InlineData("{\"ships\":[]}", "ofac-sdn")]
    [InlineData("{\"vessels\":[{\"name\":\"ALPHA\"}]}", "ofac-sdn")]
    public void What_is_no_register_or_too_small_is_refused_in_one_line(string text, string card)
    {
        var refusal = Assert.Throws<InputException>(() => Read(card, text));
        Assert.DoesNotContain('\n', refusal.Message);
        Assert.StartsWith(file, refusal.Message, StringComparison.Ordinal);
    }

    private static string Many(string row) => string.Concat(Enumerable.Range(1, 1_000).Select(i => string.Format(System.Globalization.CultureInfo.InvariantCulture, row, i)));

    private RegisterContent Read(string card, string text)
    {
        File.WriteAllText(file, text);
        return new RegisterReader("source", House.Find().RegisterCard(card), House.Find().Flags()).Read(file, AsOf);
    }
}
