namespace MaritimeWatch.Storage.Cosmos;

/// <summary>The distributed store: all that MaritimeWatch keeps, in one database of an Azure Cosmos DB account.</summary>
public sealed class CosmosStore : IStore
{
    private readonly CosmosDatabase database;
    private readonly CosmosParts parts;

    private CosmosStore(CosmosDatabase database)
    {
        this.database = database;
        Identities = new CosmosIdentityStore(database);
        var findings = new CosmosFindingStore(database);
        Findings = findings;
        var audit = new CosmosAuditStore(database);
        var cases = new CosmosCaseStore(database, audit);
        var registry = new CosmosRegistryStore(database, audit);
        var rules = new CosmosRuleStore(database, audit);
        var suspensions = new CosmosSuspensionStore(database, audit);
        (Audit, Cases, Suspensions, Registry, Rules, Outbox) = (audit, cases, suspensions, registry, rules, new CosmosOutboxStore(database, cases, registry, rules, suspensions));
        Accounts = new CosmosAccountStore(database);
        Keys = new CosmosKeyStore(database, audit);
        Leases = new CosmosLeaseStore(database);
        Reception = new CosmosReceptionStore(database);
        Feeds = new CosmosFeedStore(database);
        Tracks = new CosmosTrackStore(database);
        parts = new CosmosParts(database, audit, findings, Feeds);
    }

    public string Place => database.Place;

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

    /// <summary>Makes the database and its containers, where they are not there yet.</summary>
    public static Task InitAsync(CosmosOptions options, CancellationToken cancel = default) => CosmosDatabase.InitAsync(options, cancel);

    /// <exception cref="StoreException">Out of reach, the key is refused, or the database was not made yet.</exception>
    public static async Task<CosmosStore> OpenAsync(CosmosOptions options, CancellationToken cancel = default) => new(await CosmosDatabase.OpenAsync(options, cancel));

    public ValueTask<IReadOnlyList<Holding>> HoldingsAsync(CancellationToken cancel = default) => CosmosHoldings.OfAsync(database, cancel);

    /// <remarks>Reads every chunk and every row of the audit chain; the service checks its own storage.</remarks>
    public async Task<IReadOnlyList<string>> IntegrityAsync(CancellationToken cancel = default)
    {
        try
        {
            await foreach (var _ in Tracks.FixesDuringAsync(DateTimeOffset.MinValue, DateTimeOffset.MaxValue, cancel))
            {
                cancel.ThrowIfCancellationRequested();
            }

            return await Audit.FaultsAsync(cancel).ToListAsync(cancel);
        }
        catch (StoreException e)
        {
            return [e.Message];
        }
    }

    public IAsyncEnumerable<StoreRecord> ExportAsync(CancellationToken cancel = default) => StoreRecords.ExportAsync(this, parts, cancel);

    public ValueTask ImportAsync(IReadOnlyList<StoreRecord> records, CancellationToken cancel = default) => new(StoreRecords.ImportAsync(this, parts, records, cancel));

    public ValueTask DisposeAsync() => database.DisposeAsync();
}
