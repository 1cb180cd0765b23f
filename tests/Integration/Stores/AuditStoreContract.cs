using MaritimeWatch.Storage;

namespace MaritimeWatch.Integration.Stores;

/// <summary>What every audit store must do.</summary>
public abstract class AuditStoreContract : StoreContract
{
    private IAuditStore Store => All.Audit;

    [Fact]
    public async Task Entries_form_a_chain_however_many_append_at_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 30).Select(i => Task.Run(() => Store.AppendAsync(Samples.Note($"{i} {Samples.Hostile}"), Cancel).AsTask(), Cancel)));
        var entries = await Store.AfterAsync(0, 100, Cancel);
        Assert.Equal(Enumerable.Range(1, 30).Select(n => (long)n), entries.Select(e => e.Number));
        Assert.Null(AuditChain.Verify(entries));
        Assert.Equal([11, 12], (await Store.AfterAsync(10, 2, Cancel)).Select(e => e.Number));
        Assert.Null(AuditChain.Verify(await Store.AfterAsync(10, 50, Cancel), entries[9]));
    }

    [Fact]
    public async Task The_chain_is_read_backwards_page_by_page_and_every_row_is_to_the_byte_what_was_written()
    {
        Assert.Empty(await Store.BeforeAsync(null, 10, Cancel));
        for (var i = 0; i < 5; i++)
        {
            await Store.AppendAsync(Samples.Note($"{i} {Samples.Hostile}"), Cancel);
        }

        Assert.Equal([5, 4], (await Store.BeforeAsync(null, 2, Cancel)).Select(e => e.Number));
        Assert.Equal([3, 2, 1], (await Store.BeforeAsync(4, 10, Cancel)).Select(e => e.Number));
        Assert.Empty(await Store.BeforeAsync(1, 10, Cancel));
        Assert.Empty(await Store.FaultsAsync(Cancel).ToListAsync(Cancel));
    }

    [Fact]
    public async Task What_is_held_is_told_by_class_or_said_not_to_be_known()
    {
        await Store.AppendAsync(Samples.Note(), Cancel);
        var held = (await All.HoldingsAsync(Cancel)).ToDictionary(h => h.Kind);
        Assert.Superset(new HashSet<string> { "tracks", "findings", "cases", "audit", "accounts" }, held.Keys.ToHashSet());
        Assert.True(held["audit"] is { Rows: null or >= 1, Bytes: null or >= 0 });
    }
}
