using System.Security.Cryptography;
using MaritimeWatch.Storage.Cosmos;
using MaritimeWatch.Support;

namespace MaritimeWatch.Integration.Stores;

/// <summary>A database of its own on the shared Cosmos server, or on the account the environment names.</summary>
internal static class CosmosUnderTest
{
    public static async ValueTask<StoreUnderTest> OpenNewAsync()
    {
        var server = await CosmosServer.SharedAsync();
        var options = OptionsFor(server);
        await CosmosStore.InitAsync(options);
        return new StoreUnderTest(await CosmosStore.OpenAsync(options), () => new(CosmosDatabase.DeleteAsync(options)));
    }

    public static CosmosOptions OptionsFor(CosmosServer server, TimeSpan? patience = null) => new()
    {
        Endpoint = server.Endpoint,
        Key = server.Key,
        Database = $"mw-test-{RandomNumberGenerator.GetHexString(10, lowercase: true)}",
        Handler = server.IsRealAccount ? null : () => server.MakeHandler()!,
        Patience = patience ?? TimeSpan.FromSeconds(20),
    };
}
