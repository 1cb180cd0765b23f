using MaritimeWatch.Storage;
using MaritimeWatch.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace MaritimeWatch.Integration.Stores;

/// <summary>What is particular to the embedded store: its file, its schema, its faults.</summary>
public sealed class SqliteStoreTests : IDisposable
{
    private readonly SqliteFile file = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => file.Dispose();

    [Fact]
    public async Task An_hour_still_open_is_rebuilt_from_the_journal_at_the_next_start()
    {
        await using (var store = file.Open())
        {
            await store.Tracks.CommitAsync(Samples.Batch((Samples.Ship, Samples.FixAt(1)), (Samples.Ship, Samples.FixAt(61))), Cancel);
            await store.Tracks.CloseHoursAsync(Samples.Noon.AddHours(1), Cancel);
        }

        await using var again = file.Open();
        await again.Tracks.CommitAsync(Samples.Batch((Samples.Ship, Samples.FixAt(62))), Cancel);
        Assert.Equal([Samples.FixAt(1), Samples.FixAt(61), Samples.FixAt(62)], await again.Tracks.FixesOfAsync(Samples.Ship, Samples.Noon, Samples.Noon.AddDays(1), Cancel));
        Assert.Equal([new(Samples.Ship, Samples.FixAt(62))], await again.Tracks.LatestAsync(Samples.Noon, Cancel));
        Assert.Empty(await again.IntegrityAsync(Cancel));
    }

    [Fact]
    public async Task Two_programs_on_one_file_see_each_other_and_lose_nothing()
    {
        await using SqliteStore one = file.Open(), two = file.Open();
        await Task.WhenAll(new[] { one, two }.Select((store, w) => Task.Run(async () =>
        {
            for (var i = 0; i < 60; i++)
            {
                await store.Tracks.CommitAsync(Samples.Batch((Samples.Ship, Samples.FixAt((2 * i) + w))), Cancel);
                await store.Audit.AppendAsync(Samples.Note(), Cancel);
                await store.Tracks.CloseHoursAsync(Samples.Noon.AddMinutes(i), Cancel);
            }
        }, Cancel)));
        foreach (var store in new[] { one, two })
        {
            Assert.Equal(120, (await store.Tracks.FixesOfAsync(Samples.Ship, Samples.Noon, Samples.Noon.AddDays(1), Cancel)).Count);
            Assert.Equal(Samples.FixAt(119), Assert.Single(await store.Tracks.LatestAsync(Samples.Noon, Cancel)).Fix);
            Assert.Null(AuditChain.Verify(await store.Audit.AfterAsync(0, 1000, Cancel)));
        }
    }

    [Fact]
    public async Task A_newer_schema_and_a_foreign_database_are_refused_with_a_reason()
    {
        await file.Open().DisposeAsync();
        Sql("PRAGMA user_version = 99");
        Assert.Contains("schema 99", Assert.Throws<StoreException>(() => file.Open()).Message);
        Sql("PRAGMA user_version = 0");
        Assert.Contains("another program", Assert.Throws<StoreException>(() => file.Open()).Message);
        await File.WriteAllTextAsync(file.Path, new string('x', 9000), Cancel);
        Assert.Contains("not a MaritimeWatch store", Assert.Throws<StoreException>(() => file.Open()).Message);
    }

    [Fact]
    public async Task An_older_file_is_brought_forward_with_its_data_and_a_failing_step_changes_nothing()
    {
        await using (var store = file.Open())
        {
            await store.Audit.AppendAsync(Samples.Note(), Cancel);
        }

        const string step = "ALTER TABLE audit ADD COLUMN extra TEXT";
        Assert.Throws<StoreException>(() => SqliteDatabase.Open(file.Path, null, [.. SqliteSchema.Migrations, $"{step}; SELECT * FROM no_such_table"]));
        await using (var store = file.Open())
        {
            Assert.Single(await store.Audit.AfterAsync(0, 10, Cancel));
        }

        await using var newer = SqliteDatabase.Open(file.Path, null, [.. SqliteSchema.Migrations, step]);
        Assert.Single(await new SqliteAuditStore(newer).AfterAsync(0, 10, Cancel));
        Assert.Equal((long)SqliteSchema.Migrations.Count + 1, Sql("PRAGMA user_version"));
        Assert.Throws<StoreException>(() => file.Open());
    }

    [Fact]
    public async Task Mails_of_a_file_from_before_there_were_notices_come_along_in_their_order()
    {
        const int Before = 5;
        await using (var old = SqliteDatabase.Open(file.Path, null, [.. SqliteSchema.Migrations.Take(Before)]))
        {
            await old.WriteAsync(connection => 0, null, Cancel);
        }

        Sql($"""
            INSERT INTO case_file (id, opened_ticks, events, body) VALUES ('c1', 0, 1, '{StoreJson.Write(Samples.Case("c1", Cases.CaseAct.Raise)).Replace("'", "''", StringComparison.Ordinal)}');
            INSERT INTO alert (id, case_id, revision, body) VALUES ('c1-1', 'c1', 1, '{StoreJson.Write(Samples.Alert("c1", 1)).Replace("'", "''", StringComparison.Ordinal)}');
            INSERT INTO mail (key, alert_id, pending, not_before_ticks, body) VALUES ('k1', 'c1-1', 1, 0, '{StoreJson.Write(Samples.Mail("c1-1", "a@x.test") with { Key = "k1" })}'), ('k2', 'c1-1', 0, 0, '{StoreJson.Write(Samples.Mail("c1-1", "b@x.test") with { Key = "k2", State = Alerts.MailState.Sent })}');
            SELECT count(*) FROM mail
            """);
        await using var store = file.Open();
        Assert.Equal(["b@x.test", "a@x.test"], (await store.Outbox.AllAsync(10, Cancel)).Select(m => m.Recipient));
        var due = Assert.Single(await store.Outbox.DueAsync(Samples.Noon, 10, Cancel));
        await store.Outbox.MarkAsync(due with { State = Alerts.MailState.Sent }, Cancel);
        Assert.Empty(await store.Outbox.DueAsync(Samples.Noon, 10, Cancel));
        Assert.Empty(await store.IntegrityAsync(Cancel));
    }

    [Fact]
    public async Task A_file_from_before_the_search_index_is_indexed_when_it_is_opened()
    {
        var (lone, marked) = (Samples.Claim("LONELY") with { Mmsi = null, ImoAsStated = null }, Samples.Claim("Bjørn", 1));
        await using (var store = file.Open())
        {
            await store.Identities.AddClaimsAsync([lone, marked, Samples.Claim("ALDER", 2, Samples.OtherShip, null)], Cancel);
        }

        var indexed = Sql("SELECT group_concat(field || text || hull) FROM (SELECT * FROM identity_term ORDER BY field, text, hull)");
        // Steps after the sixth made the index; those behind it are taken again, and find what they made.
        Sql("DROP TABLE identity_term; DROP TABLE name_gram; ALTER TABLE closed_hour DROP COLUMN per_minute; PRAGMA user_version = 6");
        await using var again = file.Open();
        Assert.Equal(indexed, Sql("SELECT group_concat(field || text || hull) FROM (SELECT * FROM identity_term ORDER BY field, text, hull)"));
        Assert.Equal(4L, Sql("SELECT count(*) FROM name_gram"));
        foreach (var text in new[] { "LONELY", "BJOERN", "jorn", "9074729", "538000002", "MABC1" })
        {
            Assert.NotEmpty(await again.Identities.SearchAsync(text, 10, Cancel));
        }
    }

    [Fact]
    public async Task A_claim_seen_again_and_a_name_borne_twice_add_nothing_to_the_search_index()
    {
        await using var store = file.Open();
        await store.Identities.AddClaimsAsync([Samples.Claim("ALDER"), Samples.Claim("ALDER", 9), Samples.Claim("ALDER") with { Source = "other" }, Samples.Claim("ALDER", 0, Samples.OtherShip, null)], Cancel);
        Assert.Equal(7L, Sql("SELECT count(*) FROM identity_term"));
        Assert.Equal(1L, Sql("SELECT count(*) FROM name_gram"));
        Assert.Empty(await store.IntegrityAsync(Cancel));
    }

    [Theory]
    [InlineData("UPDATE audit SET body = replace(body, 'anna', 'bert') WHERE number = 2", 2)]
    [InlineData("DELETE FROM audit WHERE number = 2", 2)]
    [InlineData("DELETE FROM audit WHERE number = 1", 1)]
    [InlineData("UPDATE audit SET body = (SELECT body FROM audit WHERE number = 3) WHERE number = 2", 2)]
    public async Task Tampering_with_the_audit_chain_is_refused_and_shows_when_forced(string act, long firstBroken)
    {
        await using var store = file.Open();
        for (var i = 0; i < 4; i++)
        {
            await store.Audit.AppendAsync(Samples.Note($"act {i}"), Cancel);
        }

        Assert.Contains("only grows", Assert.Throws<SqliteException>(() => Sql(act)).Message);
        Assert.Null(AuditChain.Verify(await store.Audit.AfterAsync(0, 10, Cancel)));
        Sql($"DROP TRIGGER audit_unchanged; DROP TRIGGER audit_undeleted; {act}");
        Assert.Equal(firstBroken, AuditChain.Verify(await store.Audit.AfterAsync(0, 10, Cancel)));
    }

    [Fact]
    public async Task A_locked_file_is_reported_and_nothing_of_the_batch_is_written()
    {
        await using var store = file.Open(new SqliteOptions { BusyTimeout = TimeSpan.FromMilliseconds(50) });
        using (var other = new SqliteConnection($"Data Source={file.Path};Pooling=False"))
        {
            other.Open();
            using var held = other.BeginTransaction(deferred: false);
            var fault = await Assert.ThrowsAsync<StoreException>(async () => await store.Tracks.CommitAsync(Samples.Batch((Samples.Ship, Samples.FixAt(1))), Cancel));
            Assert.Contains("locked by another program", fault.Message);
            Assert.DoesNotContain('\n', fault.Message);
        }

        Assert.Empty(await store.Tracks.LatestAsync(Samples.Noon, Cancel));
        await store.Tracks.CommitAsync(Samples.Batch((Samples.Ship, Samples.FixAt(1))), Cancel);
        Assert.Single(await store.Tracks.LatestAsync(Samples.Noon, Cancel));
    }

    [Fact]
    public async Task A_full_disk_is_reported_and_what_was_kept_stays_readable()
    {
        await using var store = file.Open(new SqliteOptions { MostBytes = 400_000 });
        await store.Audit.AppendAsync(Samples.Note("kept"), Cancel);
        var large = Samples.Note() with { Detail = new string('x', 1_000_000) };
        Assert.Contains("cannot grow", (await Assert.ThrowsAsync<StoreException>(async () => await store.Audit.AppendAsync(large, Cancel))).Message);
        Assert.Equal("kept", Assert.Single(await store.Audit.AfterAsync(0, 10, Cancel)).Act);
        Assert.Equal(2, (await store.Audit.AppendAsync(Samples.Note(), Cancel)).Number);
        Assert.Empty(await store.IntegrityAsync(Cancel));
    }

    [Fact]
    public async Task A_damaged_chunk_is_reported_not_passed_over()
    {
        await using var store = file.Open();
        await store.Tracks.CommitAsync(Samples.Batch((Samples.Ship, Samples.FixAt(1))), Cancel);
        await store.Tracks.CloseHoursAsync(DateTimeOffset.MaxValue, Cancel);
        Sql("UPDATE chunk SET body = x'0100'");
        await Assert.ThrowsAsync<StoreException>(async () => await store.Tracks.FixesOfAsync(Samples.Ship, Samples.Noon, Samples.Noon.AddHours(1), Cancel));
    }

    private object? Sql(string text)
    {
        using var connection = new SqliteConnection($"Data Source={file.Path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = text;
        return command.ExecuteScalar();
    }
}
