using System.Globalization;
using Microsoft.Data.Sqlite;

namespace MaritimeWatch.Storage.Sqlite;

/// <summary>Copies of the embedded store, made while it is written to, and put back.</summary>
public static class SqliteBackup
{
    /// <summary>Makes a copy of the store as it stands at one moment; the watch goes on. The copy is checked before it gets its name.</summary>
    /// <exception cref="StoreException">The store is not there, the copy is there already, or it is not sound.</exception>
    public static async Task SaveAsync(string store, string copy, CancellationToken cancel = default)
    {
        if (!File.Exists(store) || File.Exists(copy))
        {
            throw new StoreException(File.Exists(copy) ? $"The file {copy} is there already; nothing was written. Name another file." : $"There is no store {store} to copy. Check Node:DataFolder.");
        }

        var unfinished = $"{copy}.part";
        File.Delete(unfinished);
        try
        {
            using (var source = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = store, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString()))
            {
                source.Open();
                using var command = source.CreateCommand();
                command.CommandText = "VACUUM INTO $copy";
                command.Parameters.AddWithValue("$copy", unfinished);
                await Task.Run(command.ExecuteNonQuery, cancel);
            }

            await CheckAsync(unfinished, cancel);
            File.Move(unfinished, copy);
        }
        catch (SqliteException e)
        {
            throw SqliteFault.Explain(e, store);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    /// <summary>Puts a copy in the place of a store that is not in use; what stood there is kept beside it.</summary>
    /// <returns>Where the former store is kept; null when there was none.</returns>
    /// <exception cref="StoreException">The copy is not sound, or the store is in use.</exception>
    public static async Task<string?> RestoreAsync(string copy, string store, CancellationToken cancel = default)
    {
        if (!File.Exists(copy))
        {
            throw new StoreException($"There is no copy {copy}. Name a file made by store backup.");
        }

        var arriving = $"{store}.part";
        File.Copy(copy, arriving, overwrite: true);
        await CheckAsync(arriving, cancel);
        string? kept = null;
        if (File.Exists(store))
        {
            RefuseInUse(store);
            kept = $"{store}.before-{File.GetLastWriteTimeUtc(store).ToString("yyyyMMdd'T'HHmmssfff", CultureInfo.InvariantCulture)}";
            File.Move(store, kept, overwrite: true);
        }

        File.Move(arriving, store);
        return kept;
    }

    private static async Task CheckAsync(string copy, CancellationToken cancel)
    {
        await using var opened = SqliteStore.Open(copy);
        if (await opened.IntegrityAsync(cancel) is [var first, ..])
        {
            throw new StoreException($"The copy {copy} is not sound ({first}). Take another copy.");
        }
    }

    /// <summary>Gathers the write-ahead log into the file; that another program holds the store shows in the log staying behind.</summary>
    private static void RefuseInUse(string store)
    {
        using (var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = store, Pooling = false, DefaultTimeout = 1 }.ToString()))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT; PRAGMA wal_checkpoint(TRUNCATE)";
            try
            {
                command.ExecuteNonQuery();
            }
            catch (SqliteException e)
            {
                throw SqliteFault.Explain(e, store);
            }
        }

        if (File.Exists($"{store}-wal"))
        {
            throw new StoreException($"The store {store} is in use; nothing was changed. End the program that uses it, then repeat.");
        }
    }
}
