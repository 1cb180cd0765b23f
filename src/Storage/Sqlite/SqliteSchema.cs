using Microsoft.Data.Sqlite;

namespace MaritimeWatch.Storage.Sqlite;

/// <summary>
/// The tables, as steps from each version to the next. Steps are only ever added: a file of any age is brought forward step by
/// step, each in its own transaction, and <c>PRAGMA user_version</c> counts the steps taken.
/// </summary>
public static class SqliteSchema
{
    /// <summary>The steps, oldest first. Bodies named <c>body</c> are JSON records, or chunks in the first two tables.</summary>
    public static IReadOnlyList<string> Migrations { get; } =
    [
        """
        -- Numbers of rows are never used again (AUTOINCREMENT), so a reader knows what it has already seen.
        CREATE TABLE journal (seq INTEGER PRIMARY KEY AUTOINCREMENT, hour INTEGER NOT NULL, body BLOB NOT NULL);
        CREATE INDEX journal_hour ON journal (hour);

        -- The key is hour * 2^30 + MMSI: a closing hour is written to the end of the table. In order of vessel it would rewrite a
        -- page for every vessel, every hour. The hours that have chunks are listed, so that a track is a few look-ups by key.
        -- t0_ms and t1_ms count from the beginning of the hour.
        CREATE TABLE chunk (
            key INTEGER PRIMARY KEY, n INTEGER NOT NULL, t0_ms INTEGER NOT NULL, t1_ms INTEGER NOT NULL,
            south_e7 INTEGER NOT NULL, west_e7 INTEGER NOT NULL, north_e7 INTEGER NOT NULL, east_e7 INTEGER NOT NULL, body BLOB NOT NULL,
            mmsi INTEGER GENERATED ALWAYS AS (key & 1073741823) VIRTUAL,
            hour INTEGER GENERATED ALWAYS AS (key >> 30) VIRTUAL);
        CREATE TABLE closed_hour (hour INTEGER PRIMARY KEY);

        CREATE TABLE latest (
            mmsi INTEGER PRIMARY KEY, time_ms INTEGER NOT NULL, lat_e7 INTEGER NOT NULL, lon_e7 INTEGER NOT NULL, sog_tenths INTEGER NOT NULL,
            cog_tenths INTEGER NOT NULL, heading_deg INTEGER NOT NULL, status INTEGER NOT NULL, origin INTEGER NOT NULL);

        CREATE TABLE feed (feed TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE rejection (id INTEGER PRIMARY KEY AUTOINCREMENT, feed TEXT NOT NULL, body TEXT NOT NULL);
        CREATE INDEX rejection_feed ON rejection (feed, id);

        CREATE TABLE candidate (
            ticket INTEGER PRIMARY KEY AUTOINCREMENT, mmsi INTEGER NOT NULL, kind INTEGER NOT NULL, since_ticks INTEGER NOT NULL, handed_out INTEGER NOT NULL DEFAULT 0);
        CREATE UNIQUE INDEX candidate_waiting ON candidate (mmsi, kind) WHERE handed_out = 0;

        CREATE TABLE claim (
            id TEXT PRIMARY KEY, mmsi INTEGER, imo INTEGER, mmsi_text TEXT, imo_text TEXT, call_sign_text TEXT, name_text TEXT, broadcast INTEGER NOT NULL,
            first_seen_ticks INTEGER NOT NULL, last_seen_ticks INTEGER NOT NULL, body TEXT NOT NULL);
        CREATE INDEX claim_mmsi ON claim (mmsi) WHERE mmsi IS NOT NULL;
        CREATE INDEX claim_imo ON claim (imo) WHERE imo IS NOT NULL;
        CREATE TABLE listing (id TEXT PRIMARY KEY, mmsi INTEGER, imo INTEGER, body TEXT NOT NULL);
        CREATE INDEX listing_mmsi ON listing (mmsi) WHERE mmsi IS NOT NULL;
        CREATE INDEX listing_imo ON listing (imo) WHERE imo IS NOT NULL;

        CREATE TABLE finding (
            id TEXT NOT NULL, revision INTEGER NOT NULL, is_current INTEGER NOT NULL, mmsi INTEGER, start_ticks INTEGER NOT NULL, body TEXT NOT NULL,
            PRIMARY KEY (id, revision));
        CREATE INDEX finding_vessel ON finding (mmsi, start_ticks) WHERE is_current = 1;
        CREATE INDEX finding_start ON finding (start_ticks) WHERE is_current = 1;

        CREATE TABLE case_file (id TEXT PRIMARY KEY, opened_ticks INTEGER NOT NULL, events INTEGER NOT NULL, body TEXT NOT NULL);
        CREATE INDEX case_opened ON case_file (opened_ticks);
        CREATE TABLE alert (id TEXT PRIMARY KEY, case_id TEXT NOT NULL REFERENCES case_file (id), revision INTEGER NOT NULL, body TEXT NOT NULL);
        CREATE INDEX alert_case ON alert (case_id, revision);
        CREATE TABLE mail (
            key TEXT PRIMARY KEY, alert_id TEXT NOT NULL REFERENCES alert (id), pending INTEGER NOT NULL, not_before_ticks INTEGER NOT NULL, body TEXT NOT NULL);
        CREATE INDEX mail_due ON mail (not_before_ticks) WHERE pending = 1;

        CREATE TABLE audit (number INTEGER PRIMARY KEY, body TEXT NOT NULL);
        CREATE TRIGGER audit_unchanged BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit chain only grows'); END;
        CREATE TRIGGER audit_undeleted BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit chain only grows'); END;

        CREATE TABLE account (name_key TEXT PRIMARY KEY, body TEXT NOT NULL);
        """,
        """
        CREATE TABLE lease (name TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
        CREATE INDEX candidate_since ON candidate (since_ticks, mmsi, kind);
        ALTER TABLE rejection ADD COLUMN kept_ticks INTEGER NOT NULL DEFAULT 0;
        """,
        """
        CREATE TABLE inspection (id TEXT PRIMARY KEY, mmsi INTEGER, imo INTEGER, body TEXT NOT NULL);
        CREATE INDEX inspection_mmsi ON inspection (mmsi) WHERE mmsi IS NOT NULL;
        CREATE INDEX inspection_imo ON inspection (imo) WHERE imo IS NOT NULL;
        """,
        """
        CREATE TABLE hull_decision (id TEXT PRIMARY KEY, at_ticks INTEGER NOT NULL, body TEXT NOT NULL);
        """,
        """
        CREATE TABLE reception (learnt_to INTEGER NOT NULL, number INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (learnt_to, number));
        """,
        """
        CREATE TABLE registry_file (id TEXT PRIMARY KEY, flag TEXT NOT NULL, hull TEXT NOT NULL, events INTEGER NOT NULL, deadline_ticks INTEGER, body TEXT NOT NULL);
        CREATE INDEX registry_flag ON registry_file (flag);
        CREATE INDEX registry_hull ON registry_file (hull);
        CREATE INDEX registry_deadline ON registry_file (deadline_ticks) WHERE deadline_ticks IS NOT NULL;
        CREATE TABLE registry_notice (id TEXT PRIMARY KEY, file_id TEXT NOT NULL REFERENCES registry_file (id), body TEXT NOT NULL);
        CREATE INDEX registry_notice_file ON registry_notice (file_id);
        CREATE TABLE registry_subscription (id TEXT PRIMARY KEY, body TEXT NOT NULL);

        -- A mail carries an alert or a notice; of either the store knows that it is there.
        CREATE TABLE mail_carrying (
            key TEXT PRIMARY KEY, alert_id TEXT REFERENCES alert (id), notice_id TEXT REFERENCES registry_notice (id), pending INTEGER NOT NULL, not_before_ticks INTEGER NOT NULL, body TEXT NOT NULL,
            CHECK ((alert_id IS NULL) <> (notice_id IS NULL)));
        INSERT INTO mail_carrying (rowid, key, alert_id, pending, not_before_ticks, body) SELECT rowid, key, alert_id, pending, not_before_ticks, body FROM mail ORDER BY rowid;
        DROP TABLE mail;
        ALTER TABLE mail_carrying RENAME TO mail;
        CREATE INDEX mail_due ON mail (not_before_ticks) WHERE pending = 1;

        ALTER TABLE claim ADD COLUMN flag TEXT GENERATED ALWAYS AS (json_extract(body, '$.flag')) VIRTUAL;
        CREATE INDEX claim_flag ON claim (flag) WHERE flag IS NOT NULL;
        """,
        SqliteSearchIndex.Step,
        """
        -- Versions of rules and drawn areas: each is written once.
        CREATE TABLE IF NOT EXISTS rule_version (kind TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (kind, id, version)) WITHOUT ROWID;
        """,
        """
        -- Fixes by minute, as a JSON list of sixty; null in hours closed before this step.
        ALTER TABLE closed_hour ADD COLUMN per_minute TEXT;
        """,
        """
        CREATE TABLE IF NOT EXISTS suspension (id TEXT PRIMARY KEY, body TEXT NOT NULL);
        """,
        SqliteKeyStore.Step,
    ];

    /// <summary>Takes the steps a file has not taken yet.</summary>
    /// <exception cref="StoreException">The file is of a newer program, or of another one.</exception>
    public static void Bring(SqliteConnection connection, string path, IReadOnlyList<string> migrations)
    {
        SqliteSearchIndex.Register(connection);
        for (var version = VersionOf(connection, path, migrations.Count); version < migrations.Count; version = VersionOf(connection, path, migrations.Count))
        {
            using var transaction = connection.BeginTransaction(deferred: false);

            // Another program may have taken the step while this one waited for the lock.
            if (connection.Number("PRAGMA user_version") == version)
            {
                connection.Execute(migrations[(int)version]);
                connection.Execute($"PRAGMA user_version = {version + 1}");
                transaction.Commit();
            }
        }
    }

    private static long VersionOf(SqliteConnection connection, string path, int known)
    {
        var version = connection.Number("PRAGMA user_version");
        if (version > known)
        {
            throw new StoreException($"The store {path} has schema {version}, this program knows {known}. Start the newer program, or name another file.");
        }

        if (version == 0 && connection.Number("SELECT count(*) FROM sqlite_schema") > 0)
        {
            throw new StoreException($"The file {path} is a database of another program. Name another file.");
        }

        return version;
    }
}
