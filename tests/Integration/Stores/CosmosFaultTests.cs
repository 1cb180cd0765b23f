using System.Diagnostics;
using System.Diagnostics.Metrics;
using MaritimeWatch.Alerts;
using MaritimeWatch.Storage;
using MaritimeWatch.Storage.Cosmos;
using MaritimeWatch.Support;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Integration.Stores;

/// <summary>The distributed store while the service throttles, loses answers, is written to by others or is away. The faults are made by the loopback server.</summary>
public sealed class CosmosFaultTests(ITestOutputHelper output) : IAsyncLifetime
{
    private CosmosServer server = null!;
    private CosmosStore store = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        server = await CosmosServer.StartAsync();
        Assert.SkipWhen(server.IsRealAccount, "Faults are made by the loopback server; unset MW_COSMOS_ENDPOINT to see them.");
        var options = CosmosUnderTest.OptionsFor(server, TimeSpan.FromSeconds(5));
        await CosmosStore.InitAsync(options, Cancel);
        store = await CosmosStore.OpenAsync(options, Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await (store?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (server?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    [Fact]
    public async Task In_a_storm_of_429_and_lost_answers_every_act_is_done_once()
    {
        await server.FaultAsync(new { throttleShare = 0.4, loseShare = 0.2 });
        for (var i = 0; i < 40; i++)
        {
            Assert.True(await store.Tracks.CommitAsync(BatchOf(i), Cancel));
        }

        Assert.True(await store.Cases.ApplyAsync(Samples.Raise("c1"), Cancel));
        Assert.True(await store.Cases.ApplyAsync(Samples.Release("c1"), Cancel));
        Assert.False(await store.Cases.ApplyAsync(Samples.Release("c1"), Cancel));
        Assert.Equal(1, (await store.Findings.SaveAsync(Samples.Finding(), Samples.Noon, Cancel)).Revision);
        Assert.Equal(2, (await store.Findings.SaveAsync(Samples.Finding(nats: 9), Samples.Noon, Cancel)).Revision);
        for (var turn = 0; turn < 10; turn++)
        {
            Assert.Equal(turn + 1, (await store.Leases.TakeAsync("lease", "me", turn, Cancel))!.Turn);
        }

        for (var n = 0; n < 10; n++)
        {
            await store.Audit.AppendAsync(Samples.Note($"note {n}"), Cancel);
        }

        await store.Tracks.CloseHoursAsync(DateTimeOffset.MaxValue, Cancel);
        var counts = await server.FaultAsync(new { throttleShare = 0.0, loseShare = 0.0 });
        output.WriteLine($"{counts}");
        Assert.True(counts.GetProperty("throttled").GetInt32() > 50 && counts.GetProperty("lost").GetInt32() > 10, "The storm was felt.");

        Assert.Equal(40, (await store.Tracks.FixesOfAsync(Samples.Ship, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, Cancel)).Count);
        Assert.Equal(("39", 40), ((await store.Feeds.CheckpointOfAsync("feed", Cancel))!.Position, (await store.Feeds.CheckpointOfAsync("feed", Cancel))!.Totals.Lines));
        Assert.Equal(12, (await store.Audit.AfterAsync(0, 100, Cancel)).Count);
        Assert.Null(await AuditChain.VerifyAsync(store.Audit, Cancel));
        Assert.Equal(2, (await store.Outbox.AllAsync(10, Cancel)).Count);
        Assert.Equal(2, (await store.Findings.RevisionsOfAsync("f1", Cancel)).Count);
    }

    [Fact]
    public async Task Refused_races_are_run_again_until_they_are_won()
    {
        await store.Tracks.CommitAsync(BatchOf(0), Cancel);
        await server.FaultAsync(new { race = 6 });
        Assert.True(await store.Tracks.CommitAsync(BatchOf(1), Cancel));
        await store.Cases.ApplyAsync(Samples.Raise("c1"), Cancel);
        await server.FaultAsync(new { race = 2 });
        Assert.True(await store.Cases.ApplyAsync(Samples.Release("c1"), Cancel));
        await server.FaultAsync(new { race = 3 });
        var due = (await store.Outbox.DueAsync(Samples.Noon, 1, Cancel))[0];
        await store.Outbox.MarkAsync(due with { State = MailState.Sent }, Cancel);

        Assert.Equal(2, (await store.Feeds.CheckpointOfAsync("feed", Cancel))!.Totals.Lines);
        Assert.Equal(2, (await store.Audit.AfterAsync(0, 10, Cancel)).Count);
        Assert.Empty(await store.Outbox.DueAsync(Samples.Noon, 10, Cancel));
        Assert.Equal(0, (await server.FaultAsync(new { race = 0 })).GetProperty("lost").GetInt32());
    }

    [Fact]
    public async Task Thirty_seconds_away_and_nothing_is_lost()
    {
        await store.Tracks.CommitAsync(BatchOf(0), Cancel);
        await server.FaultAsync(new { outageMs = 30_000 });
        var began = Stopwatch.GetTimestamp();
        var refused = 0;
        while (true)
        {
            try
            {
                Assert.True(await store.Tracks.CommitAsync(BatchOf(1), Cancel));
                break;
            }
            catch (StoreException e)
            {
                // As the corridor does: the same batch again until it is taken, and the feed's pill says why it waits.
                Assert.DoesNotContain('\n', e.Message);
                Assert.Contains("no answer", e.Message, StringComparison.Ordinal);
                refused++;
            }
        }

        var recovery = Stopwatch.GetElapsedTime(began) - TimeSpan.FromSeconds(30);
        output.WriteLine($"refused {refused} times; taken {recovery.TotalSeconds:0.0} s after the service came back");
        Assert.InRange(refused, 2, 10);
        Assert.True(recovery < TimeSpan.FromSeconds(5));
        Assert.Equal(2, (await store.Tracks.FixesOfAsync(Samples.Ship, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, Cancel)).Count);
        Assert.Equal(2, (await store.Feeds.CheckpointOfAsync("feed", Cancel))!.Totals.Lines);
    }

    [Fact]
    public async Task A_note_owed_when_a_process_ended_is_on_the_chain_before_its_mail_is_due()
    {
        await store.Cases.ApplyAsync(Samples.Raise("c1"), Cancel);

        // The write of the case is taken, then the service goes away before the note: the act is done, its audit entry owed.
        var stopped = new CancellationTokenSource();
        var releasing = store.Cases.ApplyAsync(Samples.Release("c1"), stopped.Token).AsTask();
        while ((await store.Cases.FindAsync("c1", Cancel))!.History.Count < 2)
        {
            await Task.Delay(1, Cancel);
        }

        await stopped.CancelAsync();
        await Task.WhenAny(releasing);
        Assert.NotEmpty(await store.Outbox.DueAsync(Samples.Noon, 10, Cancel));
        Assert.Equal(["raise", "release"], (await store.Audit.AfterAsync(0, 10, Cancel)).Select(a => a.Act));
    }

    [Fact]
    public async Task The_charge_of_every_request_is_measured()
    {
        var charges = new List<string>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, l) => { if (instrument.Name == "cosmos.request_charge") { l.EnableMeasurementEvents(instrument); } } };
        listener.SetMeasurementEventCallback<double>((_, charge, tags, _) =>
        {
            lock (charges)
            {
                charges.Add($"{tags[0].Value} {tags[1].Value}");
                Assert.True(charge > 0);
            }
        });
        listener.Start();
        await store.Tracks.CommitAsync(BatchOf(0), Cancel);
        lock (charges)
        {
            Assert.Contains("upsert journal", charges);
            Assert.Contains("create state", charges);
        }
    }

    [Fact]
    public async Task A_store_not_made_yet_and_a_wrong_address_are_said_in_one_line()
    {
        var missing = await Assert.ThrowsAsync<StoreException>(() => CosmosStore.OpenAsync(CosmosUnderTest.OptionsFor(server), Cancel));
        Assert.Contains("store init", missing.Message, StringComparison.Ordinal);
        var wrong = await Assert.ThrowsAsync<StoreException>(() => CosmosStore.OpenAsync(new CosmosOptions { Endpoint = "not an address", Key = "x" }, Cancel));
        Assert.Contains("Store:Endpoint", wrong.Message, StringComparison.Ordinal);
    }

    private static IntakeBatch BatchOf(int n)
    {
        var batch = Samples.Batch((Samples.Ship, Samples.FixAt(n)));
        return batch with { Follows = n == 0 ? null : $"{n - 1}", Position = $"{n}" };
    }
}
