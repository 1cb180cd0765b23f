using MaritimeWatch.Feeds.Exercise;
using MaritimeWatch.Integration.Stores;
using MaritimeWatch.Server.Watch;
using MaritimeWatch.Storage;
using MaritimeWatch.Storage.Sqlite;
using MaritimeWatch.Support;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Integration.Faults;

/// <summary>A feed that others read on, again and again, with a memory taken from the store, says the same as one read by one.</summary>
public sealed class ResumedFeedTests(ITestOutputHelper output) : IDisposable
{
    private static readonly TimeSpan Length = TimeSpan.FromHours(2);

    private readonly TemporaryFolder folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_feed_read_on_by_others_says_the_same_as_one_read_by_one()
    {
        await using var whole = SqliteStore.Open(folder.At("whole.db"));
        await using var parts = SqliteStore.Open(folder.At("parts.db"));
        Assert.Equal(1, await ReadAsync(whole, int.MaxValue));
        output.WriteLine($"{await ReadAsync(parts, 11)} readers");

        Assert.Equal(await FixesAsync(whole), await FixesAsync(parts));
        Assert.Equal(await ClaimsAsync(whole), await ClaimsAsync(parts));
        Assert.Equal(Totals(await whole.Feeds.CheckpointOfAsync("EXERCISE", Cancel)), Totals(await parts.Feeds.CheckpointOfAsync("EXERCISE", Cancel)));
    }

    /// <summary>Reads the exercise; after some batches another reader goes on. Gives how many read it.</summary>
    private static async Task<int> ReadAsync(SqliteStore store, int batchesPerReader)
    {
        var scenario = ExerciseScenario.Load(Path.Combine(SharedData.Root, "seeds", "exercise"));
        for (var readers = 1; ; readers++)
        {
            var intake = new Intake(TimeSpan.FromMinutes(20), TimeSpan.FromHours(24));
            await foreach (var (mmsi, fixes) in store.Tracks.FixesDuringAsync(DateTimeOffset.MinValue, DateTimeOffset.MaxValue, Cancel))
            {
                intake.Hear([.. fixes.Select(fix => (mmsi, fix))]);
            }

            var checkpoint = await store.Feeds.CheckpointOfAsync("EXERCISE", Cancel);
            intake.Remember(await store.Identities.LastBroadcastAsync(Cancel), checkpoint?.SaidOnce);
            var position = checkpoint?.Position;
            var batches = 0;
            await foreach (var observed in new ExerciseFeed("EXERCISE", scenario, 1, Length, TimeProvider.System, Length).ReadAsync(position, Cancel))
            {
                Assert.True(await store.Tracks.CommitAsync(intake.Notice("EXERCISE", observed) with { Follows = position }, Cancel));
                position = observed.Position;
                if (++batches >= batchesPerReader)
                {
                    break;
                }
            }

            if (batches < batchesPerReader)
            {
                return readers;
            }
        }
    }

    private static async Task<List<(Mmsi, Fix)>> FixesAsync(SqliteStore store)
    {
        var found = new List<(Mmsi, Fix)>();
        await foreach (var (mmsi, fixes) in store.Tracks.FixesDuringAsync(DateTimeOffset.MinValue, DateTimeOffset.MaxValue, Cancel))
        {
            found.AddRange(fixes.Select(fix => (mmsi, fix)));
        }

        return [.. found.OrderBy(f => f.Item1).ThenBy(f => f.Item2.Time)];
    }

    private static async Task<List<string>> ClaimsAsync(SqliteStore store)
    {
        var records = new List<string>();
        foreach (var latest in await store.Tracks.LatestAsync(DateTimeOffset.MinValue, Cancel))
        {
            records.AddRange((await store.Identities.ClaimsOfAsync(latest.Mmsi, null, Cancel)).Select(StoreJson.Write));
        }

        return records;
    }

    // A copy of a static message on the other side of a checkpoint is accepted instead of counted as a repeat; it says nothing new.
    private static (long Lines, long Taken, long Rejected) Totals(FeedCheckpoint? checkpoint) =>
        (checkpoint!.Totals.Lines, checkpoint.Totals.Accepted + checkpoint.Totals.Duplicates, checkpoint.Totals.RejectedTotal);
}
