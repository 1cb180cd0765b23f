using MaritimeWatch.Storage;
using MaritimeWatch.Storage.Sqlite;

namespace MaritimeWatch.Integration.Stores;

/// <summary>Copies of the embedded store.</summary>
public sealed class SqliteBackupTests : IDisposable
{
    private readonly SqliteFile file = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Copy => $"{file.Path}.copy";

    public void Dispose() => file.Dispose();

    [Fact]
    public async Task A_copy_taken_while_the_watch_writes_is_sound_and_holds_whole_batches()
    {
        await using var store = file.Open();
        var written = 0;
        using var enough = new CancellationTokenSource();
        var writing = Task.Run(async () =>
        {
            for (; !enough.IsCancellationRequested; written++)
            {
                await store.Tracks.CommitAsync(Samples.Batch((Samples.Ship, Samples.FixAt(written)), (Samples.OtherShip, Samples.FixAt(written))), Cancel);
                await store.Tracks.CloseHoursAsync(Samples.Noon.AddMinutes(written - 100), Cancel);
            }
        }, Cancel);
        while (Volatile.Read(ref written) < 200)
        {
            await Task.Delay(5, Cancel);
        }

        var before = Volatile.Read(ref written);
        await SqliteBackup.SaveAsync(file.Path, Copy, Cancel);
        await enough.CancelAsync();
        await writing;

        await using var copy = SqliteStore.Open(Copy);
        var (one, other) = (await AllOfAsync(copy, Samples.Ship), await AllOfAsync(copy, Samples.OtherShip));
        Assert.InRange(one, before, written);
        Assert.Equal(one, other);
        Assert.Equal(2 * one, (await copy.Feeds.CheckpointOfAsync("feed", Cancel))!.Totals.Lines);
    }

    [Fact]
    public async Task A_copy_is_put_back_and_what_stood_there_is_kept()
    {
        await using (var store = file.Open())
        {
            await store.Audit.AppendAsync(Samples.Note("first"), Cancel);
            await SqliteBackup.SaveAsync(file.Path, Copy, Cancel);
            await store.Audit.AppendAsync(Samples.Note("second"), Cancel);
            Assert.Contains("in use", (await Assert.ThrowsAsync<StoreException>(() => SqliteBackup.RestoreAsync(Copy, file.Path, Cancel))).Message, StringComparison.Ordinal);
            Assert.Contains("there already", (await Assert.ThrowsAsync<StoreException>(() => SqliteBackup.SaveAsync(file.Path, Copy, Cancel))).Message, StringComparison.Ordinal);
        }

        var kept = await SqliteBackup.RestoreAsync(Copy, file.Path, Cancel);
        await using var restored = file.Open();
        Assert.Equal("first", Assert.Single(await restored.Audit.AfterAsync(0, 10, Cancel)).Act);
        await using var former = SqliteStore.Open(kept!);
        Assert.Equal(2, (await former.Audit.AfterAsync(0, 10, Cancel)).Count);
    }

    [Fact]
    public async Task A_damaged_or_foreign_copy_is_refused_and_the_store_stays()
    {
        await using (var store = file.Open())
        {
            await store.Audit.AppendAsync(Samples.Note("first"), Cancel);
        }

        await File.WriteAllTextAsync(Copy, "no database at all, and long enough to be taken for one by its size", Cancel);
        await Assert.ThrowsAsync<StoreException>(() => SqliteBackup.RestoreAsync(Copy, file.Path, Cancel));
        await using var still = file.Open();
        Assert.Single(await still.Audit.AfterAsync(0, 10, Cancel));
    }

    private static async Task<int> AllOfAsync(IStore store, Units.Mmsi mmsi) => (await store.Tracks.FixesOfAsync(mmsi, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, Cancel)).Count;
}
