using MaritimeWatch.Storage;
using MaritimeWatch.Units;

namespace MaritimeWatch.Integration.Stores;

/// <summary>What every account store must do.</summary>
public abstract class AccountStoreContract : StoreContract
{
    private IAccountStore Store => All.Accounts;

    [Fact]
    public async Task A_name_is_one_account_without_regard_to_case()
    {
        Assert.False(await Store.AnyAsync(Cancel));
        var account = new Account("Ånna", Samples.Hostile, ["analyst", "registry"], FlagState.Parse("NO"), "stamp");
        await Store.SaveAsync(account, Cancel);
        await Store.SaveAsync(new Account("bo", "", [], null, ""), Cancel);
        Assert.Equivalent(account, await Store.FindAsync("åNNA", Cancel), strict: true);
        await Store.SaveAsync(account with { Name = "ÅNNA", SecurityStamp = "second" }, Cancel);
        Assert.Equal("second", (await Store.FindAsync("ånna", Cancel))!.SecurityStamp);
        Assert.Null(await Store.FindAsync("anna", Cancel));
        Assert.Null(await Store.FindAsync("' OR '1'='1", Cancel));
        Assert.True(await Store.AnyAsync(Cancel));
        await Store.SaveAsync(new Account("BO", "", [], null, "") { Disabled = true }, Cancel);
        Assert.Equal([("BO", true), ("ÅNNA", false)], (await Store.AllAsync(Cancel)).Select(a => (a.Name, a.Disabled)));
    }
}
