namespace MaritimeWatch.Storage.Sqlite;

/// <summary>Keys of programs, found by their hash.</summary>
public sealed class SqliteKeyStore(SqliteDatabase database) : IKeyStore
{
    internal const string Step = "CREATE TABLE IF NOT EXISTS api_key (id TEXT PRIMARY KEY, hash TEXT NOT NULL UNIQUE, made_ticks INTEGER NOT NULL, body TEXT NOT NULL);";

    internal const string Insert = "INSERT INTO api_key (id, hash, made_ticks, body) VALUES ($id, $hash, $made, $body) ON CONFLICT DO NOTHING";

    private const string Update = "UPDATE api_key SET body = $body WHERE id = $id";

    public async ValueTask AddAsync(ApiKey key, AuditNote audit, CancellationToken cancel = default) => await database.WriteAsync(
        connection =>
        {
            if (connection.Execute(Insert, Values(key)) == 1)
            {
                SqliteAuditStore.Append(connection, audit);
            }

            return 0;
        },
        null,
        cancel);

    public ValueTask<bool> RevokeAsync(string keyId, DateTimeOffset at, AuditNote audit, CancellationToken cancel = default) => database.WriteAsync(
        connection =>
        {
            if (Known(connection, keyId) is not { RevokedAt: null } key)
            {
                return false;
            }

            connection.Execute(Update, ("$id", key.Id), ("$body", StoreJson.Write(key with { RevokedAt = at })));
            SqliteAuditStore.Append(connection, audit);
            return true;
        },
        null,
        cancel);

    public async ValueTask UsedAsync(string keyId, DateTimeOffset at, CancellationToken cancel = default) => await database.WriteAsync(
        connection => Known(connection, keyId) is { } key ? connection.Execute(Update, ("$id", key.Id), ("$body", StoreJson.Write(key with { LastUsedAt = at }))) : 0,
        null,
        cancel);

    public ValueTask<ApiKey?> FindAsync(string hash, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        return new(database.Read(reader => reader.Records<ApiKey>("SELECT body FROM api_key WHERE hash = $hash", ("$hash", hash)).SingleOrDefault()));
    }

    public ValueTask<IReadOnlyList<ApiKey>> AllAsync(CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        return new(database.Read(reader => reader.Records<ApiKey>("SELECT body FROM api_key ORDER BY made_ticks, id")));
    }

    internal static (string, object?)[] Values(ApiKey key) => [("$id", key.Id), ("$hash", key.Hash), ("$made", key.MadeAt.UtcTicks), ("$body", StoreJson.Write(key))];

    private static ApiKey? Known(Microsoft.Data.Sqlite.SqliteConnection connection, string keyId) => connection.Records<ApiKey>("SELECT body FROM api_key WHERE id = $id", ("$id", keyId)).SingleOrDefault();
}
