using MaritimeWatch.Identity;
using MaritimeWatch.Storage;
using MaritimeWatch.Units;

namespace MaritimeWatch.Integration.Stores;

/// <summary>What every identity store must do.</summary>
public abstract class IdentityStoreContract : StoreContract
{
    private IIdentityStore Store => All.Identities;

    [Fact]
    public async Task A_known_claim_only_widens_the_time_it_was_seen()
    {
        await Store.AddClaimsAsync([Samples.Claim("ALPHA", 2)], Cancel);
        await Store.AddClaimsAsync([Samples.Claim("ALPHA", 1), Samples.Claim("ALPHA", 5), Samples.Claim("ALPHA", 3)], Cancel);
        var claim = Assert.Single(await Store.ClaimsOfAsync(Samples.Ship, null, Cancel));
        Assert.Equal(Samples.Claim("ALPHA") with { FirstSeen = Samples.Noon.AddDays(1), LastSeen = Samples.Noon.AddDays(5) }, claim);
    }

    [Fact]
    public async Task Claims_are_found_by_MMSI_or_by_a_right_IMO_number_oldest_first()
    {
        var stated = Samples.Claim("REGISTER", 9, Samples.OtherShip) with { Origin = ClaimOrigin.Register, Flag = FlagState.Parse("PA"), ValidFrom = Samples.Noon.AddYears(-1), Status = RegisterStatus.Deleted };
        await Store.AddClaimsAsync([Samples.Claim("LATER", 3), Samples.Claim("SOONER", 1, null, "9074728"), stated], Cancel);
        Assert.Equal(["SOONER", "LATER"], (await Store.ClaimsOfAsync(Samples.Ship, null, Cancel)).Select(c => c.Name));
        Assert.Equal(["REGISTER", "LATER"], (await Store.ClaimsOfAsync(null, ImoNumber.Parse("9074729"), Cancel)).Select(c => c.Name));
        Assert.Equal(3, (await Store.ClaimsOfAsync(Samples.Ship, ImoNumber.Parse("9074729"), Cancel)).Count);
        Assert.Empty(await Store.ClaimsOfAsync(null, null, Cancel));
        Assert.Equal(stated, (await Store.ClaimsOfAsync(Samples.OtherShip, null, Cancel)).Single());
    }

    [Fact]
    public async Task Every_claim_and_every_inspection_is_read_for_what_looks_at_all_hulls()
    {
        await Store.AddClaimsAsync([Samples.Claim("ALPHA"), Samples.Claim("BRAVO", 1, Samples.OtherShip), Samples.Claim("ALPHA", 4)], Cancel);
        await Store.AddInspectionsAsync([new Inspection { Source = "s", Name = "A" }, new Inspection { Source = "s", Name = "B" }], Cancel);
        Assert.Equal(["ALPHA", "BRAVO"], await Store.AllClaimsAsync(Cancel).Select(c => c.Name).Order().ToListAsync(Cancel));
        Assert.Equal(["A", "B"], await Store.AllInspectionsAsync(Cancel).Select(i => i.Name).Order().ToListAsync(Cancel));
    }

    [Fact]
    public async Task The_name_is_the_one_broadcast_last()
    {
        await Store.AddClaimsAsync(
            [Samples.Claim("OLDER", 1), Samples.Claim("NEWER", 5), Samples.Claim("", 6), Samples.Claim("LISTED", 9) with { Origin = ClaimOrigin.List }, Samples.Claim(Samples.Hostile, 0, Samples.OtherShip)], Cancel);
        var names = await Store.NamesAsync(Cancel);
        Assert.Equal(new Dictionary<Mmsi, string> { [Samples.Ship] = "NEWER", [Samples.OtherShip] = Samples.Hostile }, names);
    }

    [Fact]
    public async Task What_is_broadcast_last_is_the_latest_claim_and_of_one_moment_the_fuller()
    {
        var part = Samples.Claim("ALPHA", 2) with { CallSign = null, ShipType = null };
        await Store.AddClaimsAsync([Samples.Claim("OLD", 1), Samples.Claim("ALPHA", 2), part, Samples.Claim("BRAVO", 1, Samples.OtherShip), Samples.Claim("REGISTERED", 9) with { Origin = ClaimOrigin.Register }], Cancel);
        Assert.Equal([Samples.Claim("ALPHA", 2), Samples.Claim("BRAVO", 1, Samples.OtherShip)], await Store.LastBroadcastAsync(Cancel));
        await Store.AddClaimsAsync([Samples.Claim("OLD", 3)], Cancel);
        Assert.Equal("OLD", (await Store.LastBroadcastAsync(Cancel))[0].Name);
    }

    [Fact]
    public async Task Listings_are_kept_once_and_found_by_either_number()
    {
        var listing = new Listing { Source = "s", ListName = "l", Name = Samples.Hostile, Imo = ImoNumber.Parse("9074729"), LegalAct = "act", DesignatedOn = new DateOnly(2025, 1, 2) };
        var byMmsi = new Listing { Source = "s", ListName = "l", Name = "B", Mmsi = Samples.Ship };
        await Store.AddListingsAsync([listing, byMmsi], Cancel);
        await Store.AddListingsAsync([listing with { ListDate = Samples.Noon }], Cancel);
        Assert.Equal([listing with { ListDate = Samples.Noon }], await Store.ListingsOfAsync(null, listing.Imo, Cancel));
        Assert.Equal([byMmsi], await Store.ListingsOfAsync(Samples.Ship, null, Cancel));
        Assert.Empty(await Store.ListingsOfAsync(null, null, Cancel));
    }

    [Fact]
    public async Task Inspections_are_kept_once_and_found_by_either_number()
    {
        var inspection = new Inspection { Source = "s", Port = Samples.Hostile, Imo = ImoNumber.Parse("9074729"), On = new DateOnly(2025, 1, 2), Deficiencies = 4, Detained = true };
        var byMmsi = new Inspection { Source = "s", Port = "B", Mmsi = Samples.Ship };
        await Store.AddInspectionsAsync([inspection, byMmsi], Cancel);
        await Store.AddInspectionsAsync([inspection with { ReleasedOn = new DateOnly(2025, 1, 9) }], Cancel);
        Assert.Equal([inspection with { ReleasedOn = new DateOnly(2025, 1, 9) }], await Store.InspectionsOfAsync(null, inspection.Imo, Cancel));
        Assert.Equal([byMmsi], await Store.InspectionsOfAsync(Samples.Ship, null, Cancel));
        Assert.Empty(await Store.InspectionsOfAsync(null, null, Cancel));
    }

    [Fact]
    public async Task Decisions_on_hulls_are_kept_once_as_they_were_made_in_their_order()
    {
        var merge = new HullDecision("m", ["imo:9074729", "mmsi:538000001"], [], null, Samples.Hostile, "analyst", Samples.Noon.AddHours(2));
        var split = new HullDecision("s", [], ["claim"], null, "the number was painted on another hull", "analyst", Samples.Noon) { From = "imo:9074729" };
        await Store.AddDecisionsAsync([merge, split], Cancel);
        await Store.AddDecisionsAsync([merge with { Reason = "another" }], Cancel);
        var kept = await Store.DecisionsAsync(Cancel);
        Assert.Equal(["s", "m"], kept.Select(d => d.Id));
        Assert.Equal((Samples.Hostile, "imo:9074729"), (kept[1].Reason, kept[0].From));
        Assert.Equal(merge.Merge, kept[1].Merge);
        Assert.Equal(split.Split, kept[0].Split);
    }
}
