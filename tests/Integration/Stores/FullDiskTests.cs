using System.Diagnostics;
using MaritimeWatch.Storage;
using MaritimeWatch.Storage.Sqlite;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Integration.Stores;

/// <summary>The embedded store on a disk of 4 MB that fills up, and has room again.</summary>
public sealed class FullDiskTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_full_disk_is_said_nothing_kept_is_lost_and_the_same_batch_is_taken_once_there_is_room()
    {
        var folder = Directory.CreateTempSubdirectory("mw-full-");
        Assert.SkipUnless(Mount("mount", "-t", "tmpfs", "-o", "size=4m", "none", folder.FullName), "A disk of 4 MB needs the right to mount a tmpfs: run as root to see this.");
        try
        {
            var filler = Path.Combine(folder.FullName, "filler");
            await File.WriteAllBytesAsync(filler, new byte[1_500_000], Cancel);
            await using var store = SqliteStore.Open(Path.Combine(folder.FullName, "watch.db"));
            var n = 0;
            var fault = await Assert.ThrowsAsync<StoreException>(async () =>
            {
                for (; ; n++)
                {
                    Assert.True(await store.Tracks.CommitAsync(BatchOf(n), Cancel));
                }
            });
            Assert.Contains("full", fault.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', fault.Message);
            Assert.Equal(n, await CountAsync(store));

            File.Delete(filler);
            Assert.True(await store.Tracks.CommitAsync(BatchOf(n), Cancel));
            Assert.Equal(n + 1, await CountAsync(store));
            Assert.Equal($"{n}", (await store.Feeds.CheckpointOfAsync("feed", Cancel))!.Position);
            Assert.Empty(await store.IntegrityAsync(Cancel));
        }
        finally
        {
            Mount("umount", folder.FullName);
            folder.Delete();
        }
    }

    private static async Task<int> CountAsync(IStore store) => (await store.Tracks.FixesOfAsync(Samples.Ship, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, Cancel)).Count;

    /// <summary>One fix of the ship, and enough chance around it that the disk fills.</summary>
    private static IntakeBatch BatchOf(int n)
    {
        var random = new Random(n);
        var others = Enumerable.Range(0, 2000).Select(i => (new Mmsi(211_000_000 + i), new Fix(Samples.Noon.AddSeconds(n), new GeoPoint(random.NextDouble() * 60, random.NextDouble() * 60), random.NextDouble() * 20)));
        return Samples.Batch([(Samples.Ship, Samples.FixAt(n)), .. others]) with { Follows = n == 0 ? null : $"{n - 1}", Position = $"{n}" };
    }

    private static bool Mount(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
