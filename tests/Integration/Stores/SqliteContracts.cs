using MaritimeWatch.Storage;
using MaritimeWatch.Storage.Sqlite;

namespace MaritimeWatch.Integration.Stores;

public sealed class SqliteTracks : TrackStoreContract, IAsyncDisposable
{
    private readonly OpenSqlite open = new();

    protected override ITrackStore Store => open.Store.Tracks;

    public ValueTask DisposeAsync() => open.DisposeAsync();
}

/// <summary>The same with hardly any memory for open hours: what is not held must be read from the journal.</summary>
public sealed class SqliteTracksWithLittleMemory : TrackStoreContract, IAsyncDisposable
{
    private readonly OpenSqlite open = new(new SqliteOptions { SurvivesPowerLoss = false, OpenFixesInMemory = 2 });

    protected override ITrackStore Store => open.Store.Tracks;

    public ValueTask DisposeAsync() => open.DisposeAsync();
}

public sealed class SqliteFeeds : FeedStoreContract, IAsyncDisposable
{
    private readonly OpenSqlite open = new();

    protected override ITrackStore Tracks => open.Store.Tracks;

    protected override IFeedStore Store => open.Store.Feeds;

    public ValueTask DisposeAsync() => open.DisposeAsync();
}

public sealed class SqliteIdentities : IdentityStoreContract, IAsyncDisposable
{
    private readonly OpenSqlite open = new();

    protected override IIdentityStore Store => open.Store.Identities;

    public ValueTask DisposeAsync() => open.DisposeAsync();
}

public sealed class SqliteFindings : FindingStoreContract, IAsyncDisposable
{
    private readonly OpenSqlite open = new();

    protected override IFindingStore Store => open.Store.Findings;

    public ValueTask DisposeAsync() => open.DisposeAsync();
}

public sealed class SqliteCases : CaseStoreContract, IAsyncDisposable
{
    private readonly OpenSqlite open = new();

    protected override ICaseStore Store => open.Store.Cases;

    protected override IOutboxStore Outbox => open.Store.Outbox;

    protected override IAuditStore Audit => open.Store.Audit;

    public ValueTask DisposeAsync() => open.DisposeAsync();
}

public sealed class SqliteAudit : AuditStoreContract, IAsyncDisposable
{
    private readonly OpenSqlite open = new();

    protected override IAuditStore Store => open.Store.Audit;

    public ValueTask DisposeAsync() => open.DisposeAsync();
}

public sealed class SqliteAccounts : AccountStoreContract, IAsyncDisposable
{
    private readonly OpenSqlite open = new();

    protected override IAccountStore Store => open.Store.Accounts;

    public ValueTask DisposeAsync() => open.DisposeAsync();
}

internal sealed class OpenSqlite : IAsyncDisposable
{
    private readonly SqliteFile file = new();

    public OpenSqlite(SqliteOptions? options = null) => Store = file.Open(options);

    public SqliteStore Store { get; }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        file.Dispose();
    }
}
