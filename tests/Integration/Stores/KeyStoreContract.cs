using MaritimeWatch.Storage;

namespace MaritimeWatch.Integration.Stores;

/// <summary>What every store of keys must do.</summary>
public abstract class KeyStoreContract : StoreContract
{
    private IKeyStore Keys => All.Keys;

    [Fact]
    public async Task A_key_is_found_by_its_hash_alone_and_revoking_stands_whatever_is_noted_of_its_use()
    {
        var (one, other) = (Samples.Key("k1", "aa"), Samples.Key("k2", "bb") with { MadeAt = Samples.Noon.AddHours(-1) });
        await Keys.AddAsync(one, Samples.Note("make key"), Cancel);
        await Keys.AddAsync(other, Samples.Note("make key"), Cancel);
        await Keys.AddAsync(one with { Name = "another" }, Samples.Note("make key"), Cancel);
        Assert.Equivalent(one, await Keys.FindAsync("aa", Cancel), strict: true);
        Assert.Null(await Keys.FindAsync("AA", Cancel));
        Assert.Null(await Keys.FindAsync("k1", Cancel));
        Assert.Null(await Keys.FindAsync("' OR '1'='1", Cancel));
        await Keys.UsedAsync("k1", Samples.Noon.AddHours(2), Cancel);
        Assert.True(await Keys.RevokeAsync("k1", Samples.Noon.AddHours(3), Samples.Note("revoke key"), Cancel));
        Assert.False(await Keys.RevokeAsync("k1", Samples.Noon.AddHours(4), Samples.Note("revoke key"), Cancel));
        Assert.False(await Keys.RevokeAsync("k3", Samples.Noon.AddHours(4), Samples.Note("revoke key"), Cancel));
        await Keys.UsedAsync("k1", Samples.Noon.AddHours(5), Cancel);
        await Keys.UsedAsync("k3", Samples.Noon.AddHours(5), Cancel);
        var found = (await Keys.FindAsync("aa", Cancel))!;
        Assert.Equal((Samples.Noon.AddHours(3), Samples.Noon.AddHours(5)), (found.RevokedAt, found.LastUsedAt));
        Assert.Equal(["k2", "k1"], (await Keys.AllAsync(Cancel)).Select(k => k.Id));
        Assert.Equal(["make key", "make key", "revoke key"], (await All.Audit.AfterAsync(0, 10, Cancel)).Select(e => e.Act));
    }
}
