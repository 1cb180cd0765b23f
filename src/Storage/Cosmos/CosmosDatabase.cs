using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Azure.Cosmos;

namespace MaritimeWatch.Storage.Cosmos;

/// <summary>An item as it was read: its record, and the tag that a conditional write names.</summary>
internal sealed record Held<T>(string Id, T Value, string Etag);

/// <summary>
/// One database of an Azure Cosmos DB account, used as a set of items that are read and written one at a time. Every request
/// is repeated while the account throttles or does not answer; a write whose answer was lost is recognised by the mark it
/// carries, so repeating never does it twice. Every fault leaves as a <see cref="StoreException"/>.
/// </summary>
/// <remarks>
/// Only single-item writes are atomic here: no batch, no bulk, no aggregate, no OFFSET, no hierarchical key. The partition key
/// stands in the text of a query too. Item bodies are JSON text, since numbers of Cosmos DB are doubles.
/// </remarks>
public sealed class CosmosDatabase : IAsyncDisposable
{
    private static readonly Meter Meter = new("MaritimeWatch.Storage");
    private static readonly Histogram<double> Charge = Meter.CreateHistogram<double>("cosmos.request_charge", "RU", "Request units of one request, by container and operation");
    private static readonly Counter<long> Repeats = Meter.CreateCounter<long>("cosmos.repeats", "requests", "Requests sent again, by reason");

    private readonly CosmosClient client;
    private readonly CosmosOptions options;

    private CosmosDatabase(CosmosClient client, CosmosOptions options) => (this.client, this.options) = (client, options);

    /// <summary>Account and database, as messages name them.</summary>
    public string Place => $"{options.Endpoint.TrimEnd('/')}/{options.Database}";

    /// <summary>Makes the database and whatever containers it lacks; done twice it changes nothing.</summary>
    public static async Task InitAsync(CosmosOptions options, CancellationToken cancel = default)
    {
        await using var made = new CosmosDatabase(MakeClient(options), options);
        await made.TryAsync("init", "database", async () =>
        {
            var throughput = options.MostRequestUnits is { } most ? ThroughputProperties.CreateAutoscaleThroughput(most) : null;
            Database database = await made.client.CreateDatabaseIfNotExistsAsync(options.Database, throughput, cancellationToken: cancel);
            foreach (var container in CosmosContainers.All)
            {
                await database.CreateContainerIfNotExistsAsync(container.Properties, cancellationToken: cancel);
            }

            return (HttpStatusCode.OK, 0.0, true);
        }, cancel);
    }

    /// <summary>Opens a database made by <see cref="InitAsync"/>.</summary>
    /// <exception cref="StoreException">It is out of reach, the key is not accepted, or it was not made yet.</exception>
    public static async Task<CosmosDatabase> OpenAsync(CosmosOptions options, CancellationToken cancel = default)
    {
        var opened = new CosmosDatabase(MakeClient(options), options);
        try
        {
            foreach (var container in CosmosContainers.All)
            {
                var there = await opened.TryAsync("open", container.Name, async () =>
                {
                    using var answer = await opened.Container(container).ReadContainerStreamAsync(cancellationToken: cancel);
                    return (answer.StatusCode, answer.Headers.RequestCharge, answer.StatusCode == HttpStatusCode.OK);
                }, cancel, HttpStatusCode.NotFound);
                if (!there)
                {
                    throw new StoreException($"The store {opened.Place} has no container {container.Name}. Make it with: store init, under the same settings.");
                }
            }

            return opened;
        }
        catch
        {
            await opened.DisposeAsync();
            throw;
        }
    }

    /// <summary>Deletes the database with all it holds: for stores of tests.</summary>
    public static async Task DeleteAsync(CosmosOptions options, CancellationToken cancel = default)
    {
        using var client = MakeClient(options);
        using var answer = await client.GetDatabase(options.Database).DeleteStreamAsync(cancellationToken: cancel);
    }

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>The item; null when there is none.</summary>
    internal Task<Held<T>?> ReadAsync<T>(CosmosContainer container, string key, string id, CancellationToken cancel) =>
        TryAsync("read", container.Name, async () =>
        {
            using var answer = await Container(container).ReadItemStreamAsync(CosmosId.Of(id), KeyOf(container, key), cancellationToken: cancel);
            Held<T>? held = null;
            if (answer.StatusCode == HttpStatusCode.OK)
            {
                using var document = await JsonDocument.ParseAsync(answer.Content, cancellationToken: cancel);
                held = HeldOf<T>(document.RootElement);
            }

            return (answer.StatusCode, answer.Headers.RequestCharge, held);
        }, cancel, HttpStatusCode.NotFound);

    /// <summary>Makes the item. False, and nothing written, when there is one already.</summary>
    internal async Task<bool> CreateAsync<T>(CosmosContainer container, string key, string id, T value, CancellationToken cancel, params (string Field, JsonNode? Value)[] fields) =>
        await WriteAsync("create", container, key, id, value, fields, (stream, _) => Container(container).CreateItemStreamAsync(stream, KeyOf(container, key), WithoutBody(null), cancel), HttpStatusCode.Conflict, cancel);

    /// <summary>Replaces the item as it was read. False, and nothing written, when it has changed since or is gone.</summary>
    internal async Task<bool> ReplaceAsync<T>(CosmosContainer container, string key, string id, T value, string etag, CancellationToken cancel, params (string Field, JsonNode? Value)[] fields) =>
        await WriteAsync("replace", container, key, id, value, fields, (stream, cosmosId) => Container(container).ReplaceItemStreamAsync(stream, cosmosId, KeyOf(container, key), WithoutBody(etag), cancel), HttpStatusCode.PreconditionFailed, cancel);

    /// <summary>Writes the item whatever stands there: for content that is the same whoever writes it.</summary>
    internal async Task UpsertAsync<T>(CosmosContainer container, string key, string id, T value, CancellationToken cancel, params (string Field, JsonNode? Value)[] fields) =>
        await WriteAsync("upsert", container, key, id, value, fields, (stream, _) => Container(container).UpsertItemStreamAsync(stream, KeyOf(container, key), WithoutBody(null), cancel), HttpStatusCode.Conflict, cancel);

    /// <summary>Deletes the item. False when it has changed since it was read; an item that is gone already counts as deleted.</summary>
    internal Task<bool> DeleteAsync(CosmosContainer container, string key, string id, string? etag, CancellationToken cancel) =>
        TryAsync("delete", container.Name, async () =>
        {
            using var answer = await Container(container).DeleteItemStreamAsync(CosmosId.Of(id), KeyOf(container, key), WithoutBody(etag), cancel);
            return (answer.StatusCode, answer.Headers.RequestCharge, answer.StatusCode != HttpStatusCode.PreconditionFailed);
        }, cancel, HttpStatusCode.NotFound, HttpStatusCode.PreconditionFailed);

    /// <summary>
    /// Reads an item, changes its record and writes it back, again and again until nobody came between. The change gives null
    /// to leave things as they are.
    /// </summary>
    /// <returns>The record after the change, or as it stands when it was left.</returns>
    internal async Task<T?> ChangeAsync<T>(CosmosContainer container, string key, string id, Func<T?, T?> change, Func<T, (string Field, JsonNode? Value)[]> fields, CancellationToken cancel)
        where T : class
    {
        while (true)
        {
            var held = await ReadAsync<T>(container, key, id, cancel);
            if (change(held?.Value) is not { } after)
            {
                return held?.Value;
            }

            var done = held is null
                ? await CreateAsync(container, key, id, after, cancel, fields(after))
                : await ReplaceAsync(container, key, id, after, held.Etag, cancel, fields(after));
            if (done)
            {
                return after;
            }
        }
    }

    /// <summary>Items that meet a condition, page by page.</summary>
    /// <param name="container">Where.</param>
    /// <param name="key">Partition; null asks all of them. The condition must name the key field too.</param>
    /// <param name="tail">What follows <c>SELECT (TOP n) c.id, c.body, c._etag FROM c</c>.</param>
    /// <param name="top">Most items; null for all.</param>
    /// <param name="cancel">Stops between pages.</param>
    /// <param name="values">Parameters named in the condition.</param>
    internal async IAsyncEnumerable<Held<T>> QueryAsync<T>(CosmosContainer container, string? key, string tail, int? top, [EnumeratorCancellation] CancellationToken cancel, params (string Name, object Value)[] values)
    {
        await foreach (var item in SelectAsync(container, key, "c.id, c.body, c._etag", tail, top, cancel, values))
        {
            yield return HeldOf<T>(item);
        }
    }

    /// <summary>The same with fields of the caller's choice.</summary>
    internal async IAsyncEnumerable<JsonElement> SelectAsync(CosmosContainer container, string? key, string fields, string tail, int? top, [EnumeratorCancellation] CancellationToken cancel, params (string Name, object Value)[] values)
    {
        var query = new QueryDefinition($"SELECT {(top is { } n ? $"TOP {n} " : "")}{fields} FROM c {tail}");
        foreach (var (name, value) in values)
        {
            query = query.WithParameter(name, value);
        }

        string? next = null;
        do
        {
            var from = next;
            var page = await TryAsync("query", container.Name, async () =>
            {
                using var pages = Container(container).GetItemQueryStreamIterator(query, from, new QueryRequestOptions { PartitionKey = key is null ? null : KeyOf(container, key), MaxItemCount = 500 });
                using var answer = await pages.ReadNextAsync(cancel);
                var found = new List<JsonElement>();
                if (answer.IsSuccessStatusCode)
                {
                    using var document = await JsonDocument.ParseAsync(answer.Content, cancellationToken: cancel);
                    found.AddRange(document.RootElement.Clone().GetProperty("Documents").EnumerateArray());
                }

                return (answer.StatusCode, answer.Headers.RequestCharge, (Items: found, Next: answer.ContinuationToken));
            }, cancel);
            foreach (var item in page.Items)
            {
                yield return item;
            }

            next = page.Next;
        }
        while (next is not null);
    }

    /// <summary>How many items a container holds and how large they are, as the service last measured it; null where it does not say.</summary>
    internal Task<(long? Items, long? Kilobytes)> UsageAsync(CosmosContainer container, CancellationToken cancel) => TryAsync("measure", container.Name, async () =>
    {
        using var answer = await Container(container).ReadContainerStreamAsync(new ContainerRequestOptions { PopulateQuotaInfo = true }, cancel);
        var said = (answer.Headers["x-ms-resource-usage"] ?? "").Split(';').Select(p => p.Split('=')).Where(p => p.Length == 2 && long.TryParse(p[1], out _)).ToDictionary(p => p[0], p => long.Parse(p[1], System.Globalization.CultureInfo.InvariantCulture));
        long? Of(string name) => said.TryGetValue(name, out var value) ? value : null;
        return (answer.StatusCode, answer.Headers.RequestCharge, (Of("documentsCount"), Of("documentsSize")));
    }, cancel);

    private static CosmosClient MakeClient(CosmosOptions options)
    {
        try
        {
            var settings = new CosmosClientOptions
            {
                ApplicationName = "MaritimeWatch",
                ConnectionMode = ConnectionMode.Gateway,
                LimitToEndpoint = options.Handler is not null || new Uri(options.Endpoint).IsLoopback,
                RequestTimeout = TimeSpan.FromSeconds(10),
                MaxRetryAttemptsOnRateLimitedRequests = 9,
                MaxRetryWaitTimeOnRateLimitedRequests = options.Patience,
                CosmosClientTelemetryOptions = new CosmosClientTelemetryOptions { DisableSendingMetricsToService = true },
            };
            if (options.Handler is { } handler)
            {
                settings.HttpClientFactory = () => new HttpClient(handler(), disposeHandler: false);
            }

            return new CosmosClient(options.Endpoint, options.Key, settings);
        }
        catch (Exception e) when (e is ArgumentException or UriFormatException or FormatException)
        {
            throw new StoreException($"The store's address or key cannot be used ({OneLine(e.Message)}). Expected Store:Endpoint as https://name… and Store:Key as the account's key in base64.", e);
        }
    }

    private static PartitionKey KeyOf(CosmosContainer container, string key) => new(container.KeyField == "id" ? CosmosId.Of(key) : key);

    private static ItemRequestOptions WithoutBody(string? etag) => new() { EnableContentResponseOnWrite = false, IfMatchEtag = etag };

    internal static Held<T> HeldOf<T>(JsonElement item) =>
        new(item.GetProperty("id").GetString()!, StoreJson.Read<T>(item.GetProperty("body").GetString()!), item.GetProperty("_etag").GetString()!);

    private static string OneLine(string text) => text.ReplaceLineEndings(" ") is { Length: > 300 } longer ? longer[..300] : text.ReplaceLineEndings(" ");

    private Container Container(CosmosContainer container) => client.GetContainer(options.Database, container.Name);

    /// <summary>Writes with a mark; when an answer was lost and the repeat is refused, the mark tells whether the refusal is our own doing.</summary>
    private async Task<bool> WriteAsync<T>(string operation, CosmosContainer container, string key, string id, T value, (string Field, JsonNode? Value)[] fields,
        Func<Stream, string, Task<ResponseMessage>> write, HttpStatusCode refusal, CancellationToken cancel)
    {
        var cosmosId = CosmosId.Of(id);
        var mark = RandomNumberGenerator.GetHexString(16);
        var item = new JsonObject { [container.KeyField] = key, ["id"] = cosmosId, ["body"] = StoreJson.Write(value), ["mark"] = mark };
        foreach (var (field, content) in fields)
        {
            item[field] = content?.DeepClone();
        }

        var bytes = Encoding.UTF8.GetBytes(item.ToJsonString(StoreJson.Options));
        var tries = 0;
        var status = await TryAsync(operation, container.Name, async () =>
        {
            tries++;
            using var stream = new MemoryStream(bytes, writable: false);
            using var answer = await write(stream, cosmosId);
            return (answer.StatusCode, answer.Headers.RequestCharge, answer.StatusCode);
        }, cancel, refusal, HttpStatusCode.NotFound);
        return status != refusal && status != HttpStatusCode.NotFound || (tries > 1 && await MarkOfAsync(container, key, cosmosId, cancel) == mark);
    }

    private Task<string?> MarkOfAsync(CosmosContainer container, string key, string cosmosId, CancellationToken cancel) =>
        TryAsync("read", container.Name, async () =>
        {
            using var answer = await Container(container).ReadItemStreamAsync(cosmosId, KeyOf(container, key), cancellationToken: cancel);
            if (answer.StatusCode != HttpStatusCode.OK)
            {
                return (answer.StatusCode, answer.Headers.RequestCharge, (string?)null);
            }

            using var document = await JsonDocument.ParseAsync(answer.Content, cancellationToken: cancel);
            return (answer.StatusCode, answer.Headers.RequestCharge, document.RootElement.GetProperty("mark").GetString());
        }, cancel, HttpStatusCode.NotFound);

    /// <summary>Sends a request until it is answered, for as long as the patience lasts.</summary>
    private async Task<T> TryAsync<T>(string operation, string container, Func<Task<(HttpStatusCode Status, double Charge, T Value)>> request, CancellationToken cancel, params HttpStatusCode[] expected)
    {
        var (began, tries) = (Stopwatch.GetTimestamp(), 0);
        for (var wait = TimeSpan.FromMilliseconds(50); ; wait = wait < TimeSpan.FromSeconds(2) ? wait * 2 : wait)
        {
            cancel.ThrowIfCancellationRequested();
            tries++;
            string? why;
            Exception? cause = null;
            try
            {
                var (status, charge, value) = await request();
                Charge.Record(charge, new("operation", operation), new("container", container));
                if ((int)status is >= 200 and < 300 || expected.Contains(status))
                {
                    return value;
                }

                why = Reason(status);
                if (!Passing(status))
                {
                    throw new StoreException($"The store {Place} refused to {operation} in {container} ({why}). {Remedy(status)}");
                }
            }
            catch (CosmosException e) when (Passing(e.StatusCode))
            {
                (why, cause) = (Reason(e.StatusCode), e);
            }
            catch (CosmosException e)
            {
                throw new StoreException($"The store {Place} refused to {operation} in {container} ({Reason(e.StatusCode)}). {Remedy(e.StatusCode)}", e);
            }
            catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
            {
                (why, cause) = ("no answer", e);
            }

            // One request that hangs for longer than the patience is no outage yet.
            if (tries > 1 && Stopwatch.GetElapsedTime(began) + wait > options.Patience)
            {
                throw new StoreException($"The store {Place} could not {operation} in {container} for {options.Patience.TotalSeconds:0} s ({why}). Check the account, the network and its request units; it is tried again.", cause);
            }

            Repeats.Add(1, new("container", container), new("reason", why));
            await Task.Delay(wait, cancel);
        }
    }

    private static bool Passing(HttpStatusCode status) => (int)status is 408 or 410 or 429 or 449 or >= 500;

    private static string Reason(HttpStatusCode status) => status == HttpStatusCode.TooManyRequests ? "throttled" : $"status {(int)status}";

    private static string Remedy(HttpStatusCode status) => (int)status switch
    {
        401 or 403 => "Check Store:Key and the account's firewall.",
        404 => "Make the containers with: store init.",
        413 => "The item is over 2 MB; this should not happen, keep the message for the makers.",
        _ => "Check the account; nothing was written.",
    };
}

/// <summary>Ids that Cosmos DB takes: free text with letters it forbids, or too long, is named by its SHA-256.</summary>
internal static class CosmosId
{
    private const int Longest = 200;

    public static string Of(string text) => text.Length is > 0 and <= Longest && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or ':' or '.' or ',' or '+' or '@')
        ? text
        : $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";
}
