using MaritimeWatch.Rules;
using MaritimeWatch.Storage;

namespace MaritimeWatch.Integration.Stores;

/// <summary>What every store of rules and drawn areas must do, together with the audit chain.</summary>
public abstract class RuleStoreContract : StoreContract
{
    private IRuleStore Store => All.Rules;

    [Fact]
    public async Task Every_version_comes_back_as_it_was_saved_each_with_its_note_on_the_chain()
    {
        Assert.True(await Store.SaveAsync(Samples.Area("a2"), Samples.Note("draw"), Cancel));
        Assert.True(await Store.SaveAsync(Samples.Area("a1"), Samples.Note("draw"), Cancel));
        Assert.True(await Store.SaveAsync(Samples.Area("a1", 2), Samples.Note("draw anew"), Cancel));
        Assert.True(await Store.SaveAsync(Samples.Rule("r1"), Samples.Note("make"), Cancel));
        Assert.True(await Store.SaveAsync(Samples.Rule("r1", 2), Samples.Note("off"), Cancel));
        Assert.Equal(new[] { Samples.Area("a1"), Samples.Area("a1", 2), Samples.Area("a2") }.Select(StoreJson.Write), (await Store.AreasAsync(Cancel)).Select(StoreJson.Write));
        Assert.Equal(new[] { Samples.Rule("r1"), Samples.Rule("r1", 2) }.Select(StoreJson.Write), (await Store.RulesAsync(Cancel)).Select(StoreJson.Write));
        Assert.Equal(StoreJson.Write(Samples.Area("a1", 2)), StoreJson.Write(await Store.AreaAsync(new AreaVersion("a1", 2), Cancel)));
        Assert.Null(await Store.AreaAsync(new AreaVersion("a1", 3), Cancel));
        Assert.Equal(["draw", "draw", "draw anew", "make", "off"], (await All.Audit.AfterAsync(0, 10, Cancel)).Select(a => a.Act));
        Assert.Null(await AuditChain.VerifyAsync(All.Audit, Cancel));
    }

    [Fact]
    public async Task A_version_that_does_not_follow_the_last_is_refused_and_nothing_is_written()
    {
        Assert.False(await Store.SaveAsync(Samples.Rule("r1", 2), Samples.Note(), Cancel));
        Assert.False(await Store.SaveAsync(Samples.Area("a1", 0), Samples.Note(), Cancel));
        Assert.True(await Store.SaveAsync(Samples.Area("a1"), Samples.Note(), Cancel));
        Assert.False(await Store.SaveAsync(Samples.Area("a1", name: "another"), Samples.Note(), Cancel));
        Assert.False(await Store.SaveAsync(Samples.Area("a1", 3), Samples.Note(), Cancel));
        Assert.Equal(Samples.Hostile, Assert.Single(await Store.AreasAsync(Cancel)).Name);
        Assert.Empty(await Store.RulesAsync(Cancel));
        Assert.Single(await All.Audit.AfterAsync(0, 10, Cancel));
    }

    [Fact]
    public async Task Of_many_who_save_at_once_exactly_one_succeeds()
    {
        var saved = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => Store.SaveAsync(Samples.Rule("r1") with { Name = $"rule {i}" }, Samples.Note(), Cancel).AsTask(), Cancel)));
        Assert.Single(saved, done => done);
        Assert.Single(await Store.RulesAsync(Cancel));
        Assert.Single(await All.Audit.AfterAsync(0, 10, Cancel));
    }
}
