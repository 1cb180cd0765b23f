using Microsoft.Data.Sqlite;

namespace MaritimeWatch.Storage.Sqlite;

/// <summary>Leases in the file; they matter when several programs share it.</summary>
public sealed class SqliteLeaseStore(SqliteDatabase database) : ILeaseStore
{
    public ValueTask<Lease?> FindAsync(string name, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        return new(database.Read(reader => Find(reader, name)));
    }

    public ValueTask<Lease?> TakeAsync(string name, string holder, long turnSeen, CancellationToken cancel = default) => database.WriteAsync<Lease?>(
        connection =>
        {
            if ((Find(connection, name)?.Turn ?? 0) != turnSeen)
            {
                return null;
            }

            var lease = new Lease(name, holder, turnSeen + 1);
            connection.Execute("INSERT INTO lease (name, body) VALUES ($name, $body) ON CONFLICT (name) DO UPDATE SET body = excluded.body", ("$name", name), ("$body", StoreJson.Write(lease)));
            return lease;
        },
        null,
        cancel);

    private static Lease? Find(SqliteConnection connection, string name) =>
        connection.Records<Lease>("SELECT body FROM lease WHERE name = $name", ("$name", name)).SingleOrDefault();
}
