using MaritimeWatch.Alerts;
using MaritimeWatch.Cases;
using MaritimeWatch.Detection;
using MaritimeWatch.Identity;
using MaritimeWatch.Records;
using MaritimeWatch.Registry;
using MaritimeWatch.Rules;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Storage.Sqlite;

/// <summary>The embedded store as parts of a copy.</summary>
internal sealed class SqliteParts(SqliteDatabase database, ITrackStore tracks, IFeedStore feeds) : IStoreParts
{
    public IAsyncEnumerable<Account> AccountsAsync(CancellationToken cancel) => RecordsAsync<Account>("SELECT body FROM account");

    public IAsyncEnumerable<Candidate> CandidatesAsync(CancellationToken cancel) => database.Read(reader => reader.Rows(
        "SELECT mmsi, kind, min(since_ticks) FROM candidate GROUP BY mmsi, kind",
        row => new Candidate(new Mmsi(row.GetInt32(0)), (CandidateKind)row.GetInt32(1), new DateTimeOffset(row.GetInt64(2), TimeSpan.Zero)))).ToAsyncEnumerable();

    public IAsyncEnumerable<Listing> ListingsAsync(CancellationToken cancel) => RecordsAsync<Listing>("SELECT body FROM listing");

    public IAsyncEnumerable<StoredFinding> RevisionsAsync(CancellationToken cancel) => RecordsAsync<StoredFinding>("SELECT body FROM finding");

    public Task PutAsync(StoredFinding revision, CancellationToken cancel) => WriteAsync(cancel, (
        """
        INSERT INTO finding (id, revision, is_current, mmsi, start_ticks, body)
        VALUES ($id, $revision, NOT EXISTS (SELECT 1 FROM finding WHERE id = $id AND revision > $revision), $mmsi, $start, $body)
        ON CONFLICT (id, revision) DO UPDATE SET body = excluded.body
        """,
        [("$id", revision.Finding.Id), ("$revision", revision.Revision), ("$mmsi", revision.Finding.Mmsi?.Number), ("$start", revision.Finding.StartTime.UtcTicks), ("$body", StoreJson.Write(revision))]),
        ("UPDATE finding SET is_current = 0 WHERE id = $id AND is_current = 1 AND revision < $revision", [("$id", revision.Finding.Id), ("$revision", revision.Revision)]));

    public Task PutAsync(CaseRecord record, CancellationToken cancel) => WriteAsync(cancel,
    [
        ("INSERT INTO case_file (id, opened_ticks, events, body) VALUES ($id, $opened, $events, $body) ON CONFLICT (id) DO UPDATE SET opened_ticks = excluded.opened_ticks, events = excluded.events, body = excluded.body",
            [("$id", record.File.Id), ("$opened", record.File.OpenedAt.UtcTicks), ("$events", record.File.History.Count), ("$body", StoreJson.Write(record.File))]),
        .. record.Alerts.Select(alert => (Alert(alert), Values(alert))),
        .. record.Mails.Select(mail => ("INSERT OR REPLACE INTO mail (key, alert_id, pending, not_before_ticks, body) VALUES ($key, $alert, $pending, $notBefore, $body)", new (string, object?)[]
            { ("$key", mail.Key), ("$alert", mail.AlertId), ("$pending", mail.State == MailState.Pending ? 1 : 0), ("$notBefore", mail.NotBefore.UtcTicks), ("$body", StoreJson.Write(mail)) })),
    ]);

    public Task PutAsync(RegistryRecord record, CancellationToken cancel) => PutAsync(connection => SqliteRegistryStore.Put(connection, record), cancel);

    public async Task PutAsync(RegistrySubscription subscription, CancellationToken cancel) => await database.WriteAsync(connection => SqliteRegistryStore.Keep(connection, subscription), null, cancel);

    public Task PutAsync(DrawnArea area, CancellationToken cancel) => PutAsync(connection => SqliteRuleStore.Put(connection, area), cancel);

    public Task PutAsync(WatchRule rule, CancellationToken cancel) => PutAsync(connection => SqliteRuleStore.Put(connection, rule), cancel);

    public Task PutAsync(Suspension suspension, CancellationToken cancel) => PutAsync(connection => SqliteSuspensionStore.Put(connection, suspension), cancel);

    public Task PutAsync(ApiKey key, CancellationToken cancel) => WriteAsync(cancel, (SqliteKeyStore.Insert, SqliteKeyStore.Values(key)));

    public Task PutAsync(AuditEntry entry, CancellationToken cancel) => WriteAsync(cancel, (
        "INSERT INTO audit (number, body) SELECT $number, $body WHERE NOT EXISTS (SELECT 1 FROM audit WHERE number = $number AND body = $body)",
        [("$number", entry.Number), ("$body", StoreJson.Write(entry))]));

    public Task PutAsync(FeedCheckpoint checkpoint, CancellationToken cancel) => WriteAsync(cancel, (
        "INSERT INTO feed (feed, body) VALUES ($feed, $body) ON CONFLICT (feed) DO UPDATE SET body = excluded.body", [("$feed", checkpoint.Feed), ("$body", StoreJson.Write(checkpoint))]));

    public Task PutAsync(IReadOnlyList<Candidate> candidates, CancellationToken cancel) => PutAsync(connection => SqliteFeedStore.AddCandidates(connection, candidates), cancel);

    public async Task PutAsync(string feed, IReadOnlyList<Rejection> rejections, CancellationToken cancel)
    {
        if ((await feeds.RejectionsOfAsync(feed, 1, cancel)).Count == 0)
        {
            await WriteAsync(cancel, [.. rejections.Select(r => ("INSERT INTO rejection (feed, body, kept_ticks) VALUES ($feed, $body, $kept)", new (string, object?)[] { ("$feed", feed), ("$body", StoreJson.Write(r)), ("$kept", TimeProvider.System.GetUtcNow().UtcTicks) }))]);
        }
    }

    public async Task PutAsync(IReadOnlyList<(Mmsi Mmsi, Fix Fix)> fixes, CancellationToken cancel)
    {
        if (fixes.Count > 0)
        {
            var rows = Journal.Pack([.. fixes.Select(f => new PositionReport(f.Mmsi, f.Fix, f.Fix.Time, null))]);
            await database.WriteAsync(connection => Journal.Write(connection, rows), null, cancel);
            await tracks.CloseHoursAsync(DateTimeOffset.MaxValue, cancel);
        }
    }

    private async Task PutAsync(Action<Microsoft.Data.Sqlite.SqliteConnection> put, CancellationToken cancel) => await database.WriteAsync(
        connection =>
        {
            put(connection);
            return 0;
        },
        null,
        cancel);

    private static string Alert(Alert alert) => "INSERT INTO alert (id, case_id, revision, body) SELECT $id, $case, $revision, $body WHERE NOT EXISTS (SELECT 1 FROM alert WHERE id = $id AND body = $body)";

    private static (string, object?)[] Values(Alert alert) => [("$id", alert.Id), ("$case", alert.CaseId), ("$revision", alert.Revision), ("$body", StoreJson.Write(alert))];

    private IAsyncEnumerable<T> RecordsAsync<T>(string sql) => database.Read(reader => reader.Records<T>(sql)).ToAsyncEnumerable();

    private async Task WriteAsync(CancellationToken cancel, params IReadOnlyList<(string Sql, (string, object?)[] Values)> statements) => await database.WriteAsync(
        connection =>
        {
            foreach (var (sql, values) in statements)
            {
                connection.Execute(sql, values);
            }

            return 0;
        },
        null,
        cancel);
}
