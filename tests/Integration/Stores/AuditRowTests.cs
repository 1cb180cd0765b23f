using System.Text;
using MaritimeWatch.Server.Commands;
using MaritimeWatch.Storage;
using MaritimeWatch.Storage.Sqlite;
using MaritimeWatch.Support;
using Microsoft.Data.Sqlite;

namespace MaritimeWatch.Integration.Stores;

/// <summary>Whatever is changed in a row of the audit chain, <c>store verify</c> says so.</summary>
public sealed class AuditRowTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_flipped_bit_of_any_byte_of_any_row_is_found_and_so_is_a_row_numbered_anew_or_kept_as_bytes()
    {
        using var folder = new TemporaryFolder();
        await using var store = await ChainAsync(folder.At("watch.db"));
        await using var file = new SqliteConnection($"Data Source={folder.At("watch.db")}");
        await file.OpenAsync(Cancel);
        Execute("DROP TRIGGER audit_unchanged");
        Assert.Empty(await StoreCommand.FaultsAsync(store, Cancel));
        var unseen = new List<string>();
        foreach (var entry in await store.Audit.AfterAsync(0, 10, Cancel))
        {
            var body = Encoding.UTF8.GetBytes(StoreJson.Write(entry));
            for (var at = 0; at < body.Length; at++)
            {
                // The lowest bit, the one between large and small letters, and the one that ends ASCII.
                foreach (var bit in new[] { 0x01, 0x20, 0x80 })
                {
                    body[at] ^= (byte)bit;
                    Write(entry.Number, body);
                    await SeenAsync($"entry {entry.Number}, byte {at} of {body.Length}, bit {bit}");
                    body[at] ^= (byte)bit;
                }
            }

            Write(entry.Number, body);
            for (var bit = 3; bit < 63; bit++)
            {
                Execute($"UPDATE audit SET number = number + {1L << bit} WHERE number = {entry.Number}");
                await SeenAsync($"number {entry.Number}, bit {bit}");
                Execute($"UPDATE audit SET number = {entry.Number} WHERE number > 7");
            }

            Execute($"UPDATE audit SET number = -9 WHERE number = {entry.Number}");
            await SeenAsync($"number {entry.Number} below nought");
            Execute($"UPDATE audit SET number = {entry.Number}, body = CAST(body AS BLOB) WHERE number = -9");
            await SeenAsync($"entry {entry.Number} as bytes");
            Write(entry.Number, body);
        }

        Assert.Empty(unseen);
        Assert.Empty(await StoreCommand.FaultsAsync(store, Cancel));

        async Task SeenAsync(string what)
        {
            if ((await StoreCommand.FaultsAsync(store, Cancel)).Count == 0)
            {
                unseen.Add(what);
            }
        }

        void Write(long number, byte[] body)
        {
            using var command = file.CreateCommand();
            command.CommandText = "UPDATE audit SET body = CAST($body AS TEXT) WHERE number = $number";
            command.Parameters.AddWithValue("$body", body);
            command.Parameters.AddWithValue("$number", number);
            Assert.Equal(1, command.ExecuteNonQuery());
        }

        void Execute(string sql)
        {
            using var command = file.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }
    }

    [Fact]
    public async Task The_command_ends_with_one_line_and_not_with_nought_when_a_byte_of_the_file_was_flipped()
    {
        using var folder = new TemporaryFolder();
        var path = folder.At("exercise.db");
        string hash;
        await using (var store = await ChainAsync(path))
        {
            hash = (await store.Audit.AfterAsync(1, 1, Cancel))[0].Hash;
        }

        SqliteConnection.ClearAllPools();
        await using (var sound = await RunningProgram.RunAsync("store", "verify", "--set", $"Node:DataFolder={folder.Path}"))
        {
            Assert.True(sound.ExitCode == 0, sound.Errors);
        }

        var bytes = await File.ReadAllBytesAsync(path, Cancel);
        var at = bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes($"\"hash\":\"{hash}")) + 12;
        bytes[at] ^= 1;
        await File.WriteAllBytesAsync(path, bytes, Cancel);
        await using var broken = await RunningProgram.RunAsync("store", "verify", "--set", $"Node:DataFolder={folder.Path}");
        Assert.Equal(1, broken.ExitCode);
        Assert.Contains("Audit entry 2 does not follow", broken.Errors, StringComparison.Ordinal);
    }

    private static async Task<SqliteStore> ChainAsync(string path)
    {
        var store = SqliteStore.Open(path);
        foreach (var act in new[] { "raise", Samples.Hostile, "release" })
        {
            await store.Audit.AppendAsync(Samples.Note(act), Cancel);
        }

        return store;
    }
}
