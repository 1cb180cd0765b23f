namespace MaritimeWatch.Integration.Stores;

public sealed class CosmosTracks : TrackStoreContract
{
    protected override ValueTask<StoreUnderTest> OpenAsync() => CosmosUnderTest.OpenNewAsync();
}

public sealed class CosmosFeeds : FeedStoreContract
{
    protected override ValueTask<StoreUnderTest> OpenAsync() => CosmosUnderTest.OpenNewAsync();
}

public sealed class CosmosIdentities : IdentityStoreContract
{
    protected override ValueTask<StoreUnderTest> OpenAsync() => CosmosUnderTest.OpenNewAsync();
}

public sealed class CosmosIdentitySearches : IdentitySearchContract
{
    protected override ValueTask<StoreUnderTest> OpenAsync() => CosmosUnderTest.OpenNewAsync();
}

public sealed class CosmosFindings : FindingStoreContract
{
    protected override ValueTask<StoreUnderTest> OpenAsync() => CosmosUnderTest.OpenNewAsync();
}

public sealed class CosmosCases : CaseStoreContract
{
    protected override ValueTask<StoreUnderTest> OpenAsync() => CosmosUnderTest.OpenNewAsync();
}

public sealed class CosmosSuspensions : SuspensionStoreContract
{
    protected override ValueTask<StoreUnderTest> OpenAsync() => CosmosUnderTest.OpenNewAsync();
}

public sealed class CosmosAudit : AuditStoreContract
{
    protected override ValueTask<StoreUnderTest> OpenAsync() => CosmosUnderTest.OpenNewAsync();
}

public sealed class CosmosAccounts : AccountStoreContract
{
    protected override ValueTask<StoreUnderTest> OpenAsync() => CosmosUnderTest.OpenNewAsync();
}

public sealed class CosmosKeys : KeyStoreContract
{
    protected override ValueTask<StoreUnderTest> OpenAsync() => CosmosUnderTest.OpenNewAsync();
}

public sealed class CosmosLeases : LeaseStoreContract
{
    protected override ValueTask<StoreUnderTest> OpenAsync() => CosmosUnderTest.OpenNewAsync();
}

public sealed class CosmosReceptions : ReceptionStoreContract
{
    protected override ValueTask<StoreUnderTest> OpenAsync() => CosmosUnderTest.OpenNewAsync();
}

public sealed class CosmosRegistry : RegistryStoreContract
{
    protected override ValueTask<StoreUnderTest> OpenAsync() => CosmosUnderTest.OpenNewAsync();
}

public sealed class CosmosRules : RuleStoreContract
{
    protected override ValueTask<StoreUnderTest> OpenAsync() => CosmosUnderTest.OpenNewAsync();
}

public sealed class CosmosCopies : CopyContract
{
    protected override ValueTask<StoreUnderTest> OpenAsync() => CosmosUnderTest.OpenNewAsync();
}

public sealed class CosmosRetention : RetentionContract
{
    protected override ValueTask<StoreUnderTest> OpenAsync() => CosmosUnderTest.OpenNewAsync();
}
