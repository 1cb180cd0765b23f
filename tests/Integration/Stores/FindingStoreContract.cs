using MaritimeWatch.Storage;

namespace MaritimeWatch.Integration.Stores;

/// <summary>What every finding store must do.</summary>
public abstract class FindingStoreContract : StoreContract
{
    private IFindingStore Store => All.Findings;

    [Fact]
    public async Task A_finding_comes_back_with_every_part()
    {
        var finding = Samples.Finding(nats: double.PositiveInfinity) with { Sentence = Samples.Hostile, EndTime = Samples.Noon.AddTicks(1) };
        await Store.SaveAsync(finding, Samples.Noon, Cancel);
        var found = (await Store.FindAsync("f1", Cancel))!;
        Assert.Equal((1, Samples.Noon), (found.Revision, found.SavedAt));
        Assert.Equivalent(finding, found.Finding, strict: true);
        Assert.Equal(["claim1"], found.Finding.Evidence[0].References);
        Assert.Equal(Samples.Finding().Probability, (await Store.SaveAsync(Samples.Finding(), Samples.Noon, Cancel)).Finding.Probability);
        Assert.Null(await Store.FindAsync("none", Cancel));
    }

    [Fact]
    public async Task Looking_again_without_news_makes_no_revision_and_news_makes_one()
    {
        var first = await Store.SaveAsync(Samples.Finding(), Samples.Noon, Cancel);
        var again = await Store.SaveAsync(Samples.Finding() with { AsOf = Samples.Noon.AddDays(1) }, Samples.Noon.AddDays(1), Cancel);
        Assert.Equal((1, Samples.Noon, first.Finding.AsOf), (again.Revision, again.SavedAt, again.Finding.AsOf));

        Assert.Equal(2, (await Store.SaveAsync(Samples.Finding(nats: 1.6), Samples.Noon.AddDays(2), Cancel)).Revision);
        Assert.Equal(3, (await Store.SaveAsync(Samples.Finding(), Samples.Noon.AddDays(3), Cancel)).Revision);
        Assert.Equal([1.5, 1.6, 1.5], (await Store.RevisionsOfAsync("f1", Cancel)).Select(r => r.Finding.Evidence[0].Nats));
        Assert.Equal(3, (await Store.FindAsync("f1", Cancel))!.Revision);
    }

    [Fact]
    public async Task Only_current_revisions_are_listed()
    {
        await Store.SaveAsync(Samples.Finding("a", hour: 5), Samples.Noon, Cancel);
        await Store.SaveAsync(Samples.Finding("b", hour: 1), Samples.Noon, Cancel);
        await Store.SaveAsync(Samples.Finding("b", 9, 2), Samples.Noon, Cancel);
        await Store.SaveAsync(Samples.Finding("c", hour: 9, mmsi: Samples.OtherShip), Samples.Noon, Cancel);
        Assert.Equal([("b", 2), ("a", 1)], (await Store.OfVesselAsync(Samples.Ship, Cancel)).Select(f => (f.Finding.Id, f.Revision)));
        Assert.Equal(["c", "a", "b"], (await Store.CurrentAsync(10, Cancel)).Select(f => f.Finding.Id));
        Assert.Equal(["c"], (await Store.CurrentAsync(1, Cancel)).Select(f => f.Finding.Id));
    }

    [Fact]
    public async Task Two_who_save_the_same_news_make_one_revision()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => Store.SaveAsync(Samples.Finding(), Samples.Noon, Cancel).AsTask(), Cancel)));
        Assert.Single(await Store.RevisionsOfAsync("f1", Cancel));
    }
}
