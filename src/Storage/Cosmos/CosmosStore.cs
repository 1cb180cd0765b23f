namespace MaritimeWatch.Storage.Cosmos;

/// <summary>The distributed store: all that MaritimeWatch keeps, in one database of an Azure Cosmos DB account.</summary>
public sealed class CosmosStore : IStore
{
    private readonly CosmosDatabase database;

    private CosmosStore(CosmosDatabase database)
    {
        this.database = database;
        Identities = new CosmosIdentityStore(database);
        Findings = new CosmosFindingStore(database);
        var audit = new CosmosAuditStore(database);
        var cases = new CosmosCaseStore(database, audit);
        (Audit, Cases, Outbox) = (audit, cases, new CosmosOutboxStore(database, cases));
        Accounts = new CosmosAccountStore(database);
        Leases = new CosmosLeaseStore(database);
        Feeds = new CosmosFeedStore(database);
        Tracks = new CosmosTrackStore(database);
    }

    public string Place => database.Place;

    public ITrackStore Tracks { get; }

    public IFeedStore Feeds { get; }

    public IIdentityStore Identities { get; }

    public IFindingStore Findings { get; }

    public ICaseStore Cases { get; }

    public IOutboxStore Outbox { get; }

    public IAuditStore Audit { get; }

    public IAccountStore Accounts { get; }

    public ILeaseStore Leases { get; }

    /// <summary>Makes the database and its containers, where they are not there yet.</summary>
    public static Task InitAsync(CosmosOptions options, CancellationToken cancel = default) => CosmosDatabase.InitAsync(options, cancel);

    /// <exception cref="StoreException">Out of reach, the key is refused, or the database was not made yet.</exception>
    public static async Task<CosmosStore> OpenAsync(CosmosOptions options, CancellationToken cancel = default) => new(await CosmosDatabase.OpenAsync(options, cancel));

    public Task<IReadOnlyList<string>> IntegrityAsync(CancellationToken cancel = default) => throw new NotImplementedException();

    public IAsyncEnumerable<StoreRecord> ExportAsync(CancellationToken cancel = default) => throw new NotImplementedException();

    public ValueTask ImportAsync(IReadOnlyList<StoreRecord> records, CancellationToken cancel = default) => throw new NotImplementedException();

    public ValueTask DisposeAsync() => database.DisposeAsync();
}
