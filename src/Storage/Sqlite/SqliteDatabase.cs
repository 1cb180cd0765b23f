using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace MaritimeWatch.Storage.Sqlite;

/// <summary>
/// One SQLite file: a single writer, because SQLite has but one, and readers that see the last commit while it writes
/// (write-ahead log). Every fault leaves as a <see cref="StoreException"/>; a write that fails leaves nothing behind.
/// </summary>
public sealed class SqliteDatabase : IAsyncDisposable
{
    private const int ReadersKept = 8;

    private readonly SqliteConnection writer;
    private readonly SemaphoreSlim writing = new(1, 1);
    private readonly ConcurrentBag<SqliteConnection> readers = [];
    private readonly SqliteOptions options;
    private volatile bool closed;

    private SqliteDatabase(string path, SqliteOptions options, IReadOnlyList<string> migrations)
    {
        (Path, this.options) = (path, options);
        writer = new SqliteConnection(ConnectionText(path, options));
        try
        {
            writer.Open();
            writer.Execute($"PRAGMA busy_timeout = {(long)options.BusyTimeout.TotalMilliseconds}");
            writer.Execute("PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA journal_size_limit = 67108864; PRAGMA cache_size = -65536; PRAGMA foreign_keys = ON");
            writer.Execute($"PRAGMA synchronous = {(options.SurvivesPowerLoss ? "FULL" : "NORMAL")}");
            SqliteSchema.Bring(writer, path, migrations);
            if (options.MostBytes is { } most)
            {
                writer.Number($"PRAGMA max_page_count = {Math.Max(1, most / writer.Number("PRAGMA page_size"))}");
            }
        }
        catch (Exception e)
        {
            writer.Dispose();
            if (e is SqliteException fault)
            {
                throw SqliteFault.Explain(fault, path);
            }

            throw;
        }
    }

    public string Path { get; }

    /// <summary>Opens the file, made if it is not there, and brings its tables to the present version.</summary>
    /// <exception cref="StoreException">It cannot be opened, or belongs to a newer or another program.</exception>
    public static SqliteDatabase Open(string path, SqliteOptions? options = null, IReadOnlyList<string>? migrations = null) =>
        new(path, options ?? new SqliteOptions(), migrations ?? SqliteSchema.Migrations);

    /// <summary>Does the work in one transaction.</summary>
    /// <param name="work">What to write; an exception takes all of it back.</param>
    /// <param name="committed">Runs after the commit, before anyone else may write.</param>
    /// <param name="cancel">Stops the waiting for the turn, never a write that has begun.</param>
    public async ValueTask<T> WriteAsync<T>(Func<SqliteConnection, T> work, Action<T>? committed = null, CancellationToken cancel = default)
    {
        await writing.WaitAsync(cancel);
        try
        {
            ObjectDisposedException.ThrowIf(closed, this);
            using var transaction = writer.BeginTransaction(deferred: false);
            var result = work(writer);
            transaction.Commit();
            committed?.Invoke(result);
            return result;
        }
        catch (SqliteException e)
        {
            throw SqliteFault.Explain(e, Path);
        }
        finally
        {
            writing.Release();
        }
    }

    /// <summary>Reads from the last commit.</summary>
    public T Read<T>(Func<SqliteConnection, T> question)
    {
        var reader = Rent();
        try
        {
            return question(reader);
        }
        catch (SqliteException e)
        {
            throw SqliteFault.Explain(e, Path);
        }
        finally
        {
            Return(reader);
        }
    }

    /// <summary>What is wrong with the file, one line a fault; empty when it is sound.</summary>
    public IReadOnlyList<string> Integrity(CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        return Read<IReadOnlyList<string>>(reader =>
        [
            .. reader.Rows("PRAGMA integrity_check", row => row.GetString(0)).Where(line => line != "ok"),
            .. reader.Rows("PRAGMA foreign_key_check", row => $"A row of {row.GetString(0)} names a {row.GetString(2)} that is not there."),
            .. SqliteAuditStore.Faults(reader),
        ]);
    }

    public async ValueTask DisposeAsync()
    {
        await writing.WaitAsync();
        try
        {
            if (closed)
            {
                return;
            }

            closed = true;
            while (readers.TryTake(out var reader))
            {
                reader.Dispose();
            }

            writer.Dispose();
        }
        finally
        {
            writing.Release();
        }
    }

    private SqliteConnection Rent()
    {
        ObjectDisposedException.ThrowIf(closed, this);
        if (readers.TryTake(out var kept))
        {
            return kept;
        }

        var reader = new SqliteConnection(ConnectionText(Path, options));
        try
        {
            reader.Open();
            reader.Execute($"PRAGMA busy_timeout = {(long)options.BusyTimeout.TotalMilliseconds}; PRAGMA query_only = ON; PRAGMA cache_size = -16384");
            return reader;
        }
        catch (SqliteException e)
        {
            reader.Dispose();
            throw SqliteFault.Explain(e, Path);
        }
    }

    private void Return(SqliteConnection reader)
    {
        if (closed || readers.Count >= ReadersKept)
        {
            reader.Dispose();
        }
        else
        {
            readers.Add(reader);
        }
    }

    /// <summary>The driver waits in whole seconds on top of SQLite's own busy_timeout; zero would mean for ever.</summary>
    private static string ConnectionText(string path, SqliteOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.BusyTimeout, TimeSpan.FromMilliseconds(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.BusyTimeout, TimeSpan.FromMinutes(10));
        return new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 1 }.ToString();
    }
}
