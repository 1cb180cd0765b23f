using MaritimeWatch.Storage;

namespace MaritimeWatch.Integration.Stores;

/// <summary>What every store of suspensions must do.</summary>
public abstract class SuspensionStoreContract : StoreContract
{
    private ISuspensionStore Store => All.Suspensions;

    [Fact]
    public async Task A_suspension_is_kept_once_with_its_audit_entry_and_newest_come_first()
    {
        Assert.True(await Store.BeginAsync(Samples.Suspended("s1"), Samples.Note("suspend"), Cancel));
        Assert.False(await Store.BeginAsync(Samples.Suspended("s1") with { Text = "other" }, Samples.Note("suspend"), Cancel));
        Assert.True(await Store.BeginAsync(Samples.Suspended("s2", Samples.Noon.AddHours(1)), Samples.Note("suspend"), Cancel));
        var all = await Store.AllAsync(Cancel);
        Assert.Equal(["s2", "s1"], all.Select(s => s.Id));
        Assert.Equivalent(Samples.Suspended("s1"), all[1], strict: true);
        Assert.Equal(["suspend", "suspend"], (await All.Audit.AfterAsync(0, 10, Cancel)).Select(e => e.Act));
    }

    [Fact]
    public async Task A_finding_is_counted_once_however_often_it_is_held()
    {
        await Store.BeginAsync(Samples.Suspended("s1"), Samples.Note("suspend"), Cancel);
        foreach (var finding in new[] { "f1", "f2", "f1" })
        {
            await Store.HoldAsync("s1", finding, Cancel);
        }

        await Store.HoldAsync("none", "f1", Cancel);
        Assert.Equal(["f1", "f2"], Assert.Single(await Store.AllAsync(Cancel)).Held);
    }

    [Fact]
    public async Task It_is_lifted_once_and_stays_in_the_list_with_what_it_held()
    {
        await Store.BeginAsync(Samples.Suspended("s1"), Samples.Note("suspend"), Cancel);
        await Store.HoldAsync("s1", "f1", Cancel);
        Assert.True(await Store.LiftAsync("s1", Samples.Noon.AddHours(2), "bert", Samples.Noon.AddHours(3), Samples.Note("lift"), Cancel));
        Assert.False(await Store.LiftAsync("s1", Samples.Noon.AddHours(1), "carl", Samples.Noon.AddHours(4), Samples.Note("lift"), Cancel));
        Assert.False(await Store.LiftAsync("none", Samples.Noon, "carl", Samples.Noon, Samples.Note("lift"), Cancel));
        var lifted = Assert.Single(await Store.AllAsync(Cancel));
        Assert.Equal((Samples.Noon.AddHours(2), "bert", "f1"), (lifted.LiftedFrom, lifted.LiftedBy, Assert.Single(lifted.Held)));
        Assert.Equal(["suspend", "lift"], (await All.Audit.AfterAsync(0, 10, Cancel)).Select(e => e.Act));
    }
}
