using MaritimeWatch.Detection;
using MaritimeWatch.Identity;
using MaritimeWatch.Server.Commands;
using MaritimeWatch.Server.Settings;
using MaritimeWatch.Server.Watch;
using MaritimeWatch.Storage;
using MaritimeWatch.Support;
using MaritimeWatch.Units;
using Microsoft.Extensions.DependencyInjection;

namespace MaritimeWatch.Integration.Commands;

/// <summary>A person's merge and split, on the store and the judge of the real program.</summary>
public sealed class HullDeskTests
{
    private static readonly DateTimeOffset Day = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Mmsi One = new(219000001), Other = new(538000002);

    [Fact]
    public async Task A_merge_a_split_and_their_undoing_change_what_is_one_hull_have_reasons_on_the_chain_and_are_judged_anew()
    {
        using var folder = new TemporaryFolder();
        Directory.SetCurrentDirectory(SharedData.Root);
        await using var app = ServeCommand.Build(House.Find(), null, "http://127.0.0.1:0", [$"Node:DataFolder={folder.Path}"]);
        var (desk, store) = (app.Services.GetRequiredService<HullDesk>(), app.Services.GetRequiredService<IStore>());
        var cancel = TestContext.Current.CancellationToken;
        var (numbered, bare, wrong) = (Claim(One, "9074729", "ALDER"), Claim(Other, null, "ALDER"), Claim(null, "9074729", "BIRCH"));
        await store.Identities.AddClaimsAsync([numbered, bare, wrong], cancel);
        Assert.Equal("imo:9074729", (await desk.OfAsync(One, cancel)).Id);
        Assert.Equal("mmsi:538000002", (await desk.OfAsync(Other, cancel)).Id);

        Assert.Null(await desk.MergeAsync("imo:9074729", "mmsi:538000002", "photographs agree", "analyst", cancel));
        var merged = await desk.OfAsync(Other, cancel);
        Assert.Equal(("imo:9074729", 3), (merged.Id, merged.Claims.Count));
        Assert.Equal(merged.Claims, (await desk.FindAsync("mmsi:538000002", cancel))!.Claims);
        Assert.Equal([One, Other], (await store.Feeds.CandidatesAsync(100, cancel)).Where(c => c.Candidate.Kind == CandidateKind.Identity).Select(c => c.Candidate.Mmsi).Order());
        Assert.Equal("Both are imo:9074729 already.", await desk.MergeAsync("mmsi:538000002", "imo:9074729", "again", "analyst", cancel));

        Assert.Null(await desk.SplitAsync("imo:9074729", [wrong.Id], "typing error in the list", "analyst", cancel));
        Assert.Equal(2, (await desk.OfAsync(One, cancel)).Claims.Count);
        var split = (await store.Identities.DecisionsAsync(cancel))[^1];
        Assert.Equal([wrong], (await desk.FindAsync(split.HullId, cancel))!.Claims);
        Assert.Equal("Expected some but not all of the 2 claims of imo:9074729.", await desk.SplitAsync("imo:9074729", [wrong.Id], "again", "analyst", cancel));

        Assert.Null(await desk.UndoAsync(split.Id, "the list was right", "second analyst", cancel));
        Assert.Equal(3, (await desk.OfAsync(One, cancel)).Claims.Count);
        Assert.Null(await desk.UndoAsync((await store.Identities.DecisionsAsync(cancel))[0].Id, "other hull after all", "second analyst", cancel));
        Assert.Equal("mmsi:538000002", (await desk.OfAsync(Other, cancel)).Id);
        Assert.Equal("Expected a decision that stands; it is unknown or was undone.", await desk.UndoAsync(split.Id, "again", "analyst", cancel));
        var chain = await store.Audit.AfterAsync(0, 100, cancel);
        Assert.Equal(["merge hulls", "split hull", "undo", "undo"], chain.Select(e => e.Act));
        Assert.Contains("photographs agree", chain[0].Detail, StringComparison.Ordinal);
    }

    private static IdentityClaim Claim(Mmsi? mmsi, string? imo, string name) => new()
    {
        Source = mmsi is null ? "a list" : "AIS", Origin = mmsi is null ? ClaimOrigin.List : ClaimOrigin.Broadcast, Mmsi = mmsi, ImoAsStated = imo, Name = name, FirstSeen = Day, LastSeen = Day.AddDays(1),
    };
}
