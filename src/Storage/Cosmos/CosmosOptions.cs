namespace MaritimeWatch.Storage.Cosmos;

/// <summary>How the distributed store is reached.</summary>
public sealed record CosmosOptions
{
    /// <summary>Address of the account, such as <c>https://name.documents.azure.com</c>.</summary>
    public required string Endpoint { get; init; }

    /// <summary>Key of the account; a secret, told by the environment and never by a file.</summary>
    public required string Key { get; init; }

    /// <summary>Name of the database.</summary>
    public string Database { get; init; } = "maritimewatch";

    /// <summary>Most request units a second that the containers share (autoscale, 1,000 or more); null leaves the account's own.</summary>
    public int? MostRequestUnits { get; init; }

    /// <summary>How long a request is tried again before the store is said to be out of reach; 1 s to 10 min.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Makes what carries the requests; null for the framework's own.</summary>
    public Func<HttpMessageHandler>? Handler { get; init; }
}
