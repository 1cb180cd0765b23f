using MaritimeWatch.Storage;

namespace MaritimeWatch.Integration.Stores;

/// <summary>A suite that every kind of store passes unchanged; each test has a store of its own.</summary>
public abstract class StoreContract : IAsyncLifetime
{
    private StoreUnderTest? open;

    /// <summary>The store under test.</summary>
    protected IStore All => open!.Store;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => open = await OpenAsync();

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (open is not null)
        {
            await open.DisposeAsync();
        }
    }

    /// <summary>An empty store of the kind.</summary>
    protected abstract ValueTask<StoreUnderTest> OpenAsync();
}

/// <summary>A store, and what is to be done when the test is over.</summary>
public sealed class StoreUnderTest(IStore store, Func<ValueTask> cleanUp) : IAsyncDisposable
{
    public IStore Store => store;

    public async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        await cleanUp();
    }
}
