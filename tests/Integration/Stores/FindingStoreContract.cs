using MaritimeWatch.Detection;
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
    public async Task What_nobody_is_shown_and_only_goes_on_is_brought_up_to_date_without_a_revision()
    {
        var quiet = Samples.Finding() with { Alert = false, EndTime = null, Sentence = "1 h" };
        await Store.SaveAsync(quiet, Samples.Noon, Cancel);
        var later = await Store.SaveAsync(quiet with { Sentence = "2 h" }, Samples.Noon.AddHours(1), Cancel);
        Assert.Equal((1, "2 h"), (later.Revision, later.Finding.Sentence));
        Assert.Equal("2 h", Assert.Single(await Store.RevisionsOfAsync("f1", Cancel)).Finding.Sentence);
        Assert.Equal("2 h", Assert.Single(await Store.OfVesselAsync(Samples.Ship, Cancel)).Finding.Sentence);
        Assert.Equal("2 h", Assert.Single(await Store.CurrentAsync(9, Cancel)).Finding.Sentence);

        foreach (var (news, revision) in new[] { (quiet with { Class = FindingClass.CannotTell }, 2), (quiet with { Class = FindingClass.CannotTell, EndTime = Samples.Noon.AddHours(3) }, 3), (quiet with { Alert = true }, 4), (quiet with { Alert = true, Sentence = "5 h" }, 5) })
        {
            Assert.Equal(revision, (await Store.SaveAsync(news, Samples.Noon.AddHours(revision), Cancel)).Revision);
        }
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
    public async Task Findings_begun_since_a_time_are_all_told_in_their_current_revision()
    {
        await Store.SaveAsync(Samples.Finding("a", hour: 5), Samples.Noon, Cancel);
        await Store.SaveAsync(Samples.Finding("b", hour: 1), Samples.Noon, Cancel);
        await Store.SaveAsync(Samples.Finding("a", 9, 5), Samples.Noon, Cancel);
        await Store.SaveAsync(Samples.Finding("c", hour: 9, mmsi: Samples.OtherShip), Samples.Noon, Cancel);
        Assert.Equal([("a", 2), ("c", 1)], await Store.BegunSinceAsync(Samples.Noon.AddHours(5), Cancel).Select(f => (f.Finding.Id, f.Revision)).OrderBy(f => f.Id).ToListAsync(Cancel));
        Assert.Empty(await Store.BegunSinceAsync(Samples.Noon.AddHours(10), Cancel).ToListAsync(Cancel));
    }

    [Fact]
    public async Task A_finding_seen_from_another_number_of_the_hull_is_listed_once()
    {
        await Store.SaveAsync(Samples.Finding(), Samples.Noon, Cancel);
        await Store.SaveAsync(Samples.Finding(mmsi: Samples.OtherShip), Samples.Noon.AddHours(1), Cancel);
        Assert.Equal(Samples.OtherShip, Assert.Single(await Store.CurrentAsync(9, Cancel)).Finding.Mmsi);
        Assert.Empty(await Store.OfVesselAsync(Samples.Ship, Cancel));
        await Store.SaveAsync(Samples.Finding(), Samples.Noon.AddHours(2), Cancel);
        Assert.Equal(3, Assert.Single(await Store.OfVesselAsync(Samples.Ship, Cancel)).Revision);
        Assert.Empty(await Store.OfVesselAsync(Samples.OtherShip, Cancel));
    }

    [Fact]
    public async Task Two_who_save_the_same_news_make_one_revision()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => Store.SaveAsync(Samples.Finding(), Samples.Noon, Cancel).AsTask(), Cancel)));
        Assert.Single(await Store.RevisionsOfAsync("f1", Cancel));
    }
}
