using MaritimeWatch.Identity;
using MaritimeWatch.Storage;
using MaritimeWatch.Units;

namespace MaritimeWatch.Integration.Stores;

/// <summary>How every identity store finds a hull by what a person types.</summary>
public abstract class IdentitySearchContract : StoreContract
{
    private IIdentityStore Store => All.Identities;

    [Fact]
    public async Task Nothing_in_the_text_is_a_wildcard()
    {
        await Store.AddClaimsAsync([Samples.Claim("NORDIC % STAR"), Samples.Claim("Ørsted", 1), Samples.Claim("", 2), Samples.Claim(Samples.Hostile, 3, Samples.OtherShip, "")], Cancel);
        Assert.Equal(["NORDIC % STAR"], await TextsAsync("ic % st"));
        Assert.Equal(["Ørsted"], await TextsAsync("øRST"));
        Assert.Equal(["538000002"], await TextsAsync("53800000"));
        Assert.Equal([Samples.Hostile], await TextsAsync("drop table"));
        Assert.Equal(["9074729"], await TextsAsync("imo 9074"));
        Assert.Equal(2, (await TextsAsync("mab")).Count);
        Assert.Single(await Store.SearchAsync("mab", 1, Cancel));
        foreach (var nothing in new[] { "N%C", "S_AR", "%", "_", "*", "' OR 1=1 --", "\" AND \"", "NORDIC\" OR text:\"A", "  ", "", "\0" })
        {
            Assert.DoesNotContain(await Store.SearchAsync(nothing, 100, Cancel), h => h.Corrected == 0);
        }

        Assert.Empty(await Store.SearchAsync("mab", 0, Cancel));
    }

    [Theory]
    [InlineData("NORDC STAR")]
    [InlineData("NORDICC STAR")]
    [InlineData("NORDIK STAR")]
    [InlineData("NODRIC STAR")]
    [InlineData("NORDICSTAR")]
    [InlineData("m/v nordik star")]
    public async Task A_name_is_found_with_one_typing_error(string typed)
    {
        await FleetAsync();
        Told(await BestAsync(typed), SearchField.Name, "NORDIC STAR", SearchMatch.OneCorrected);
    }

    [Fact]
    public async Task A_long_name_is_found_with_two_typing_errors()
    {
        await FleetAsync();
        Told(await BestAsync("KAPTAIN MORGENSON"), SearchField.Name, "KAPITAIN MORGENSEN", SearchMatch.TwoCorrected);
        Assert.Empty(await Store.SearchAsync("NOR STA XY", 10, Cancel));
    }

    [Theory]
    [InlineData("LAKX7", "LAKX")]
    [InlineData("LKAX7", "LAKX7")]
    [InlineData("LAQX7", "LAKX7")]
    [InlineData("LA KX 7", "LAKX7")]
    [InlineData("LAKXX7", "LAKX7")]
    public async Task A_call_sign_is_found_with_one_typing_error(string typed, string sign)
    {
        await Store.AddClaimsAsync([Samples.Claim("ALDER") with { CallSign = sign }], Cancel);
        var best = await BestAsync(typed);
        Assert.Equal((SearchField.CallSign, sign), (best.Field, best.Text));
        Assert.Equal(typed.Replace(" ", "", StringComparison.Ordinal) == sign ? 0 : 1, best.Corrected);
    }

    [Theory]
    [InlineData("235000001", "235000001", 0)]
    [InlineData("MMSI 235000001", "235000001", 0)]
    [InlineData("235000091", "235000001", 1)]
    [InlineData("325000001", "235000001", 1)]
    [InlineData("23500001", "235000001", 1)]
    [InlineData("2350000011", "235000001", 1)]
    [InlineData("9074729", "9074729", 0)]
    [InlineData("IMO9074729", "9074729", 0)]
    [InlineData("imo 9074279", "9074729", 1)]
    [InlineData("9074725", "9074729", 1)]
    [InlineData("974729", "9074729", 1)]
    [InlineData("90747229", "9074729", 1)]
    public async Task A_number_is_found_with_one_wrong_digit(string typed, string number, int corrected)
    {
        await FleetAsync();
        var best = await BestAsync(typed);
        Assert.Equal((number.Length == 7 ? SearchField.ImoNumber : SearchField.Mmsi, number, corrected), (best.Field, best.Text, best.Corrected));
    }

    [Fact]
    public async Task Of_numbers_with_one_wrong_digit_a_right_check_digit_comes_first()
    {
        await Store.AddClaimsAsync([Samples.Claim("WRONG", 5, Samples.OtherShip, "9074720"), Samples.Claim("RIGHT", 0)], Cancel);
        Assert.Equal(["9074729", "9074720"], (await Store.SearchAsync("9074721", 10, Cancel)).Select(h => h.Text));
        Assert.Equal(["9074720"], (await Store.SearchAsync("9074720", 10, Cancel)).Select(h => h.Text));
    }

    [Fact]
    public async Task Better_matches_come_first_and_present_names_before_former_ones()
    {
        await Store.AddClaimsAsync(
        [
            Ship(1, "ALDER", 0), Ship(1, "BIRCH", 9), Ship(2, "ALDER", 5), Ship(3, "ALDER STAR", 9), Ship(4, "ALDEN", 9), Ship(5, "OLD ALDER", 9), Ship(6, "NONE", 9) with { CallSign = "ALDER" },
        ], Cancel);
        var hits = await Store.SearchAsync("alder", 10, Cancel);
        Assert.Equal(["mmsi:235000006", "mmsi:235000002", "mmsi:235000001", "mmsi:235000003", "mmsi:235000004", "mmsi:235000005"], hits.Select(h => h.HullId));
        Assert.Equal([SearchMatch.SameCallSign, SearchMatch.SameName, SearchMatch.SameName, SearchMatch.Begins, SearchMatch.OneCorrected, SearchMatch.Holds], hits.Select(h => h.Match));
        Assert.Equal([false, false, true, false, false, false], hits.Select(h => h.Former));
    }

    [Fact]
    public async Task A_former_name_is_told_with_the_time_it_was_borne()
    {
        await Store.AddClaimsAsync([Ship(1, "CORAL CURLEW", 0), Ship(1, "CORAL CURLEW", 40), Ship(1, "HIGH ELM", 41), Ship(1, "HIGH ELM", 90)], Cancel);
        var hit = Assert.Single(await Store.SearchAsync("coral curlew", 10, Cancel));
        Assert.Equal((true, "CORAL CURLEW", Samples.Noon, Samples.Noon.AddDays(40)), (hit.Former, hit.Text, hit.FirstSeen, hit.LastSeen));
        Assert.Equal(["HIGH ELM", "CORAL CURLEW"], hit.Claims.Select(c => c.Name));
        Assert.False((await BestAsync("HIGH ELM")).Former);
        var ended = Ship(2, "DAWN", 0) with { Origin = ClaimOrigin.Register, Source = "register", ValidFrom = Samples.Noon.AddYears(-9), ValidTo = Samples.Noon.AddYears(-5), Status = RegisterStatus.Deleted };
        await Store.AddClaimsAsync([ended], Cancel);
        hit = await BestAsync("DAWN");
        Assert.Equal((true, ended.ValidFrom, ended.ValidTo), (hit.Former, hit.FirstSeen, hit.LastSeen));
    }

    [Theory]
    [InlineData("Капитан Щербаков", "kapitan shcherbakov")]
    [InlineData("KAPITAN SHCHERBAKOV", "Капитан Щербаков")]
    [InlineData("Ελευθέριος", "ELEFTERIOS")]
    [InlineData("BJØRN", "BJORN")]
    [InlineData("BJØRN", "BJOERN")]
    [InlineData("AALESUND", "Ålesund")]
    [InlineData("النجم", "ALNJM")]
    public async Task A_name_in_one_script_is_found_by_another(string stated, string typed)
    {
        await Store.AddClaimsAsync([Ship(1, stated, 0), Ship(2, "NORDIC STAR", 1)], Cancel);
        Assert.Equal(stated, (await BestAsync(typed)).Text);
    }

    [Fact]
    public async Task Words_of_a_name_are_found_in_any_order_and_in_the_middle()
    {
        await FleetAsync();
        Told(await BestAsync("star nordic"), SearchField.Name, "NORDIC STAR", SearchMatch.Holds);
        Told(await BestAsync("ordic st"), SearchField.Name, "NORDIC STAR", SearchMatch.Holds);
        Assert.Empty(await Store.SearchAsync("star nordic moon", 10, Cancel));
    }

    [Fact]
    public async Task A_hull_is_found_once_and_a_claim_without_numbers_by_its_name()
    {
        await Store.AddClaimsAsync([Samples.Claim("NORDIC STAR"), Samples.Claim("NORDIC STAR", 4) with { Source = "other" }, Samples.Claim("LONELY") with { Mmsi = null, ImoAsStated = null, CallSign = null }], Cancel);
        Assert.Equal(2, Assert.Single(await Store.SearchAsync("NORDIC STAR", 10, Cancel)).Claims.Count);
        Assert.StartsWith("track:", (await BestAsync("LONELY")).HullId, StringComparison.Ordinal);
    }

    private static IdentityClaim Ship(int number, string name, int day) => Samples.Claim(name, day, new Mmsi(235_000_000 + number), null) with { CallSign = null };

    private static void Told(IdentityHit hit, SearchField field, string text, SearchMatch match) => Assert.Equal((field, text, match), (hit.Field, hit.Text, hit.Match));

    private async Task FleetAsync() => await Store.AddClaimsAsync([Samples.Claim("NORDIC STAR"), Ship(7, "KAPITAIN MORGENSEN", 3), Samples.Claim("EVENING", 2, Samples.OtherShip, null) with { CallSign = "5BXY3" }], Cancel);

    private async Task<IdentityHit> BestAsync(string text) => (await Store.SearchAsync(text, 10, Cancel))[0];

    private async Task<List<string>> TextsAsync(string text) => [.. (await Store.SearchAsync(text, 100, Cancel)).Select(h => h.Text)];
}
