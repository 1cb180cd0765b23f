using System.IO.Compression;
using MaritimeWatch.Cases;
using MaritimeWatch.Detection;
using MaritimeWatch.Records;
using MaritimeWatch.Storage;
using MaritimeWatch.Storage.Sqlite;

namespace MaritimeWatch.Integration.Stores;

/// <summary>What every store must do as the source and as the target of a copy. The other end is the embedded store.</summary>
public abstract class CopyContract : StoreContract
{
    [Fact]
    public async Task A_copy_holds_the_same_and_copying_again_changes_nothing()
    {
        await FillAsync(All);
        await using var other = await SqliteFile.OpenNewAsync();
        var sums = await StoreCopy.RunAsync(All, other.Store, Cancel);
        Assert.Equal(["account", "area", "audit", "candidate", "case", "checkpoint", "claim", "decision", "finding", "inspection", "key", "listing", "registry", "rejection", "rule", "subscription", "suspension", "track"], sums.Select(s => s.Kind));
        Assert.Equal(sums, await StoreCopy.RunAsync(All, other.Store, Cancel));
        Assert.Null(await AuditChain.VerifyAsync(other.Store.Audit, Cancel));
        Assert.Equal(await All.Tracks.LatestAsync(DateTimeOffset.MinValue, Cancel), await other.Store.Tracks.LatestAsync(DateTimeOffset.MinValue, Cancel));
    }

    [Fact]
    public async Task A_store_is_brought_back_from_another_kind_and_goes_on()
    {
        await using var other = await SqliteFile.OpenNewAsync();
        await FillAsync(other.Store);
        var sums = await StoreCopy.RunAsync(other.Store, All, Cancel);
        Assert.Equal(sums, await StoreCopy.SumsAsync(All, Cancel));
        Assert.Equal(sums, await StoreCopy.RunAsync(other.Store, All, Cancel));
        Assert.Equal(await other.Store.Tracks.FixesOfAsync(Samples.Ship, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, Cancel), await All.Tracks.FixesOfAsync(Samples.Ship, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, Cancel));

        Assert.Equal(sums.Single(s => s.Kind == "audit").Count + 1, (await All.Audit.AppendAsync(Samples.Note(), Cancel)).Number);
        Assert.Equal("two", (await All.Findings.SaveAsync(Samples.Finding() with { Sentence = "two" }, Samples.Noon, Cancel)).Finding.Sentence);
        Assert.Single(await All.Outbox.DueAsync(Samples.Noon, 10, Cancel));
        Assert.True(await All.Tracks.CommitAsync(Samples.Batch((Samples.Ship, Samples.FixAt(200))) with { Follows = "p1", Position = "p2" }, Cancel));
    }

    [Fact]
    public async Task An_export_comes_back_whole_and_one_that_was_cut_off_or_changed_is_refused()
    {
        await FillAsync(All);
        var folder = Directory.CreateTempSubdirectory("mw-export-");
        try
        {
            var path = Path.Combine(folder.FullName, "store.ndjson.gz");
            var sums = await StoreCopy.ExportAsync(All, path, Cancel);
            await using var other = await SqliteFile.OpenNewAsync();
            Assert.Equal(sums, await StoreCopy.ImportAsync(path, other.Store, Cancel));

            var lines = await LinesAsync(path);
            await using var third = await SqliteFile.OpenNewAsync();
            foreach (var wrong in new[] { lines[..^1], [.. lines[..3], .. lines[4..]], [lines[0].Replace("analyst", "nobody", StringComparison.Ordinal), .. lines[1..]] })
            {
                await WriteAsync(path, wrong);
                Assert.Contains("Export again", (await Assert.ThrowsAsync<StoreException>(() => StoreCopy.ImportAsync(path, third.Store, Cancel))).Message, StringComparison.Ordinal);
            }

            Assert.Empty(await StoreCopy.SumsAsync(third.Store, Cancel));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_store_with_another_audit_chain_takes_no_copy()
    {
        await using var other = await SqliteFile.OpenNewAsync();
        await other.Store.Audit.AppendAsync(Samples.Note("theirs"), Cancel);
        await All.Audit.AppendAsync(Samples.Note("ours"), Cancel);
        await Assert.ThrowsAsync<StoreException>(() => StoreCopy.RunAsync(other.Store, All, Cancel));
        Assert.Equal("ours", Assert.Single(await All.Audit.AfterAsync(0, 10, Cancel)).Act);
    }

    private static async Task FillAsync(IStore store)
    {
        var count = new IntakeCount();
        count.Accept(3);
        count.Reject("bad", 2);
        await store.Tracks.CommitAsync(
            Samples.Batch((Samples.Ship, Samples.FixAt(1)), (Samples.OtherShip, Samples.FixAt(2)), (Samples.Ship, Samples.FixAt(70))) with
            {
                Count = count,
                Position = "p1",
                Claims = [Samples.Claim("ALPHA", 1), Samples.Claim(Samples.Hostile, 2, imo: null)],
                Candidates = [new Candidate(Samples.Ship, CandidateKind.Silence, Samples.Noon), new Candidate(Samples.Ship, CandidateKind.Identity, Samples.Noon)],
                Rejections = [new Rejection("file", "line 1", null, Samples.Hostile, "bad"), new Rejection("file", "line 2", "lat", "91", "bad")],
            },
            Cancel);
        await store.Tracks.CloseHoursAsync(Samples.Noon.AddHours(1), Cancel);
        await store.Identities.AddClaimsAsync([Samples.Claim("ALPHA", 5)], Cancel);
        await store.Identities.AddInspectionsAsync([new MaritimeWatch.Identity.Inspection { Source = "s", Port = Samples.Hostile, Mmsi = Samples.Ship }], Cancel);
        await store.Identities.AddDecisionsAsync([new MaritimeWatch.Identity.HullDecision("d", [], ["c"], null, Samples.Hostile, "by", Samples.Noon)], Cancel);
        await store.Identities.AddListingsAsync([new MaritimeWatch.Identity.Listing { Source = "s", ListName = "l", Name = Samples.Hostile, Mmsi = Samples.Ship }], Cancel);
        await store.Findings.SaveAsync(Samples.Finding(), Samples.Noon, Cancel);
        await store.Findings.SaveAsync(Samples.Finding(nats: double.NegativeInfinity), Samples.Noon.AddHours(1), Cancel);
        await store.Cases.ApplyAsync(Samples.Raise("c1"), Cancel);
        await store.Cases.ApplyAsync(Samples.Release("c1"), Cancel);
        await store.Suspensions.BeginAsync(Samples.Suspended("s1"), Samples.Note("suspend"), Cancel);
        await store.Suspensions.HoldAsync("s1", "f1", Cancel);
        await store.Registry.ApplyAsync(Samples.Stated(Samples.Noon.AddHours(2)), Cancel);
        await store.Registry.SubscribeAsync(Samples.Wish("w1"), Samples.Note(), Cancel);
        await store.Rules.SaveAsync(Samples.Area("a1"), Samples.Note(), Cancel);
        await store.Rules.SaveAsync(Samples.Area("a1", 2), Samples.Note(), Cancel);
        await store.Rules.SaveAsync(Samples.Rule("r1"), Samples.Note(), Cancel);
        await store.Keys.AddAsync(Samples.Key("k1", "aa"), Samples.Note(), Cancel);
        await store.Accounts.SaveAsync(new Account("Ånna", "hash", ["analyst"], null, "stamp"), Cancel);
    }

    private static async Task<string[]> LinesAsync(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        return (await reader.ReadToEndAsync(Cancel)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static async Task WriteAsync(string path, IEnumerable<string> lines)
    {
        await using var writer = new StreamWriter(new GZipStream(File.Create(path), CompressionLevel.Fastest));
        foreach (var line in lines)
        {
            await writer.WriteAsync($"{line}\n");
        }
    }
}
