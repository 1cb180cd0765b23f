namespace MaritimeWatch.Storage.Sqlite;

/// <summary>The embedded store: all that MaritimeWatch keeps, in one SQLite file.</summary>
public sealed class SqliteStore : IStore
{
    private readonly SqliteDatabase database;

    private SqliteStore(SqliteDatabase database, SqliteOptions options)
    {
        this.database = database;
        Tracks = new SqliteTrackStore(database, options);
        Feeds = new SqliteFeedStore(database);
        Identities = new SqliteIdentityStore(database);
        Findings = new SqliteFindingStore(database);
        Cases = new SqliteCaseStore(database);
        Suspensions = new SqliteSuspensionStore(database);
        Outbox = new SqliteOutboxStore(database);
        Audit = new SqliteAuditStore(database);
        Accounts = new SqliteAccountStore(database);
        Keys = new SqliteKeyStore(database);
        Registry = new SqliteRegistryStore(database);
        Rules = new SqliteRuleStore(database);
        Leases = new SqliteLeaseStore(database);
        Reception = new SqliteReceptionStore(database);
    }

    private SqliteParts Parts => new(database, Tracks, Feeds);

    public string Place => database.Path;

    public ITrackStore Tracks { get; }

    public IFeedStore Feeds { get; }

    public IIdentityStore Identities { get; }

    public IFindingStore Findings { get; }

    public ICaseStore Cases { get; }

    public ISuspensionStore Suspensions { get; }

    public IOutboxStore Outbox { get; }

    public IAuditStore Audit { get; }

    public IAccountStore Accounts { get; }

    public IKeyStore Keys { get; }

    public IRegistryStore Registry { get; }

    public IRuleStore Rules { get; }

    public ILeaseStore Leases { get; }

    public IReceptionStore Reception { get; }

    /// <summary>Opens the file, made if it is not there.</summary>
    /// <exception cref="StoreException">It cannot be opened, or belongs to a newer or another program.</exception>
    public static SqliteStore Open(string path, SqliteOptions? options = null)
    {
        var chosen = options ?? new SqliteOptions();
        return new SqliteStore(SqliteDatabase.Open(path, chosen), chosen);
    }

    /// <summary>What is wrong with the file, one line a fault; empty when it is sound. Reads the whole file.</summary>
    public Task<IReadOnlyList<string>> IntegrityAsync(CancellationToken cancel = default) => Task.Run(() => database.Integrity(cancel), cancel);

    public ValueTask<IReadOnlyList<Holding>> HoldingsAsync(CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        return new(database.Read(SqliteHoldings.Of));
    }

    public IAsyncEnumerable<StoreRecord> ExportAsync(CancellationToken cancel = default) => StoreRecords.ExportAsync(this, Parts, cancel);

    public ValueTask ImportAsync(IReadOnlyList<StoreRecord> records, CancellationToken cancel = default) => new(StoreRecords.ImportAsync(this, Parts, records, cancel));

    public ValueTask DisposeAsync() => database.DisposeAsync();
}
