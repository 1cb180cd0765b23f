namespace MaritimeWatch.Storage.Sqlite;

/// <summary>Accounts of people, one per name without regard to case.</summary>
public sealed class SqliteAccountStore(SqliteDatabase database) : IAccountStore
{
    public ValueTask<bool> AnyAsync(CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        return new(database.Read(reader => reader.Number("SELECT EXISTS (SELECT 1 FROM account)") == 1));
    }

    public ValueTask<Account?> FindAsync(string name, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        return new(database.Read(reader => reader.Records<Account>("SELECT body FROM account WHERE name_key = $name", ("$name", KeyOf(name))).SingleOrDefault()));
    }

    public async ValueTask SaveAsync(Account account, CancellationToken cancel = default) => await database.WriteAsync(
        connection => connection.Execute("INSERT INTO account (name_key, body) VALUES ($name, $body) ON CONFLICT (name_key) DO UPDATE SET body = excluded.body",
            ("$name", KeyOf(account.Name)), ("$body", StoreJson.Write(account))),
        null,
        cancel);

    public ValueTask<IReadOnlyList<Account>> AllAsync(CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        return new(database.Read(reader => reader.Records<Account>("SELECT body FROM account ORDER BY name_key")));
    }

    private static string KeyOf(string name) => name.ToUpperInvariant();
}
