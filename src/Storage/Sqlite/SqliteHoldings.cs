using MaritimeWatch.Storage.Chunks;
using Microsoft.Data.Sqlite;

namespace MaritimeWatch.Storage.Sqlite;

/// <summary>What the file holds, by class of data. Lengths are read from the rows' headers, not their content.</summary>
internal static class SqliteHoldings
{
    // Ticks since year 1, as the columns keep them, or hours since year 1.
    private const string Hours = "hours", Ticks = "ticks";

    private static readonly (string Kind, string From, string Body, string? Time, string Unit)[] Classes =
    [
        ("tracks", "chunk", "body", "key >> 30", Hours),
        ("journal", "journal", "body", "hour", Hours),
        ("rejections", "rejection", "body", "nullif(kept_ticks, 0)", Ticks),
        ("claims", "claim", "body", "first_seen_ticks", Ticks),
        ("lists", "(SELECT body FROM listing UNION ALL SELECT body FROM inspection)", "body", null, Ticks),
        ("findings", "finding", "body", "start_ticks", Ticks),
        ("cases", "case_file", "body", "opened_ticks", Ticks),
        ("mails", "mail", "body", "nullif(not_before_ticks, 0)", Ticks),
        ("registry", "(SELECT body FROM registry_file UNION ALL SELECT body FROM registry_notice UNION ALL SELECT body FROM registry_subscription)", "body", null, Ticks),
        ("audit", "audit", "body", null, Ticks),
        ("accounts", "account", "body", null, Ticks),
    ];

    public static IReadOnlyList<Holding> Of(SqliteConnection connection) => [.. Classes.Select(c => c.Kind == "audit" ? Audit(connection, One(connection, c)) : One(connection, c))];

    private static Holding One(SqliteConnection connection, (string Kind, string From, string Body, string? Time, string Unit) c) => connection.Rows(
        $"SELECT count(*), coalesce(sum(length({c.Body})), 0), min({c.Time ?? "NULL"}), max({c.Time ?? "NULL"}) FROM {c.From}",
        row => new Holding(c.Kind, row.GetInt64(0), row.GetInt64(1), row.IsDBNull(2) ? null : TimeOf(row.GetInt64(2), c.Unit), row.IsDBNull(3) ? null : TimeOf(row.GetInt64(3), c.Unit))).Single();

    // The chain is in order: its ends tell its time.
    private static Holding Audit(SqliteConnection connection, Holding held) => held with
    {
        Oldest = connection.Records<AuditEntry>("SELECT body FROM audit ORDER BY number LIMIT 1").FirstOrDefault()?.At,
        Newest = connection.Records<AuditEntry>("SELECT body FROM audit ORDER BY number DESC LIMIT 1").FirstOrDefault()?.At,
    };

    private static DateTimeOffset TimeOf(long value, string unit) => unit == Hours ? VesselHour.Start((int)value) : new DateTimeOffset(value, TimeSpan.Zero);
}
