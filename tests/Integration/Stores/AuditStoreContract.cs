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
}
