using MaritimeWatch.Storage;

namespace MaritimeWatch.Integration.Stores;

/// <summary>What every lease store must do.</summary>
public abstract class LeaseStoreContract : StoreContract
{
    private ILeaseStore Store => All.Leases;

    [Fact]
    public async Task Only_who_has_seen_the_last_turn_takes_the_lease()
    {
        Assert.Null(await Store.FindAsync("feed", Cancel));
        Assert.Equal(new Lease("feed", "a", 1), await Store.TakeAsync("feed", "a", 0, Cancel));
        Assert.Null(await Store.TakeAsync("feed", "b", 0, Cancel));
        Assert.Equal(new Lease("feed", "a", 2), await Store.TakeAsync("feed", "a", 1, Cancel));
        Assert.Null(await Store.TakeAsync("feed", "b", 1, Cancel));
        Assert.Equal(new Lease("feed", "", 3), await Store.TakeAsync("feed", "", 2, Cancel));
        Assert.Equal(new Lease("feed", Samples.Hostile, 4), await Store.TakeAsync("feed", Samples.Hostile, 3, Cancel));
        Assert.Equal(new Lease("feed", Samples.Hostile, 4), await Store.FindAsync("feed", Cancel));
        Assert.NotNull(await Store.TakeAsync(Samples.Hostile, "a", 0, Cancel));
        Assert.Null(await Store.TakeAsync("never taken", "a", 5, Cancel));
    }

    [Fact]
    public async Task Of_many_who_take_one_turn_exactly_one_gets_it()
    {
        for (var turn = 0; turn < 5; turn++)
        {
            var seen = turn;
            var takers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => Store.TakeAsync("feed", $"taker {i}", seen, Cancel).AsTask(), Cancel)));
            Assert.Equal(await Store.FindAsync("feed", Cancel), Assert.Single(takers, t => t is not null));
        }
    }
}
