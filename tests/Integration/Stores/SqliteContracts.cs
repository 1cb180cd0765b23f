using MaritimeWatch.Storage.Sqlite;

namespace MaritimeWatch.Integration.Stores;

public sealed class SqliteTracks : TrackStoreContract
{
    protected override ValueTask<StoreUnderTest> OpenAsync() => SqliteFile.OpenNewAsync();
}

public sealed class SqliteFeeds : FeedStoreContract
{
    protected override ValueTask<StoreUnderTest> OpenAsync() => SqliteFile.OpenNewAsync();
}

public sealed class SqliteIdentities : IdentityStoreContract
{
    protected override ValueTask<StoreUnderTest> OpenAsync() => SqliteFile.OpenNewAsync();
}

public sealed class SqliteIdentitySearches : IdentitySearchContract
{
    protected override ValueTask<StoreUnderTest> OpenAsync() => SqliteFile.OpenNewAsync();
}

public sealed class SqliteFindings : FindingStoreContract
{
    protected override ValueTask<StoreUnderTest> OpenAsync() => SqliteFile.OpenNewAsync();
}

public sealed class SqliteCases : CaseStoreContract
{
    protected override ValueTask<StoreUnderTest> OpenAsync() => SqliteFile.OpenNewAsync();
}

public sealed class SqliteSuspensions : SuspensionStoreContract
{
    protected override ValueTask<StoreUnderTest> OpenAsync() => SqliteFile.OpenNewAsync();
}

public sealed class SqliteAudit : AuditStoreContract
{
    protected override ValueTask<StoreUnderTest> OpenAsync() => SqliteFile.OpenNewAsync();
}

public sealed class SqliteAccounts : AccountStoreContract
{
    protected override ValueTask<StoreUnderTest> OpenAsync() => SqliteFile.OpenNewAsync();
}

/// <summary>The same with hardly any memory for open hours: what is not held must be read from the journal.</summary>
public sealed class SqliteTracksWithLittleMemory : TrackStoreContract
{
    protected override ValueTask<StoreUnderTest> OpenAsync() => SqliteFile.OpenNewAsync(new SqliteOptions { SurvivesPowerLoss = false, OpenFixesInMemory = 2 });
}

public sealed class SqliteKeys : KeyStoreContract
{
    protected override ValueTask<StoreUnderTest> OpenAsync() => SqliteFile.OpenNewAsync();
}

public sealed class SqliteLeases : LeaseStoreContract
{
    protected override ValueTask<StoreUnderTest> OpenAsync() => SqliteFile.OpenNewAsync();
}

public sealed class SqliteReceptions : ReceptionStoreContract
{
    protected override ValueTask<StoreUnderTest> OpenAsync() => SqliteFile.OpenNewAsync();
}

public sealed class SqliteRegistry : RegistryStoreContract
{
    protected override ValueTask<StoreUnderTest> OpenAsync() => SqliteFile.OpenNewAsync();
}

public sealed class SqliteRules : RuleStoreContract
{
    protected override ValueTask<StoreUnderTest> OpenAsync() => SqliteFile.OpenNewAsync();
}

public sealed class SqliteCopies : CopyContract
{
    protected override ValueTask<StoreUnderTest> OpenAsync() => SqliteFile.OpenNewAsync();
}

public sealed class SqliteRetention : RetentionContract
{
    protected override ValueTask<StoreUnderTest> OpenAsync() => SqliteFile.OpenNewAsync();
}
