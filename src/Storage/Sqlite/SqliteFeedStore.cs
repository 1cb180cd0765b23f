using System.Globalization;
using MaritimeWatch.Detection;
using MaritimeWatch.Records;
using MaritimeWatch.Units;
using Microsoft.Data.Sqlite;

namespace MaritimeWatch.Storage.Sqlite;

/// <summary>What the feeds brought and where they stand.</summary>
public sealed class SqliteFeedStore(SqliteDatabase database) : IFeedStore
{
    /// <summary>Rejections kept per feed. All are counted; the newest are enough to see what is wrong.</summary>
    public const int RejectionsKept = 10_000;

    public ValueTask<FeedCheckpoint?> CheckpointOfAsync(string feed, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        return new(database.Read(reader => CheckpointOf(reader, feed)));
    }

    public ValueTask<IReadOnlyList<FeedCheckpoint>> CheckpointsAsync(CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        return new(database.Read(reader => reader.Records<FeedCheckpoint>("SELECT body FROM feed ORDER BY feed")));
    }

    public ValueTask<IReadOnlyList<Rejection>> RejectionsOfAsync(string feed, int limit, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        return new(database.Read(reader => reader.Records<Rejection>(
            "SELECT body FROM rejection WHERE feed = $feed ORDER BY id DESC LIMIT $limit", ("$feed", feed), ("$limit", Math.Max(0, limit)))));
    }

    /// <remarks>
    /// A candidate handed out is marked. What arrives for the vessel from then on waits under a ticket of its own, so taking the
    /// first one off cannot lose it; one handed out and never taken off, because the program ended, is handed out again.
    /// </remarks>
    public async ValueTask<IReadOnlyList<(string Ticket, Candidate Candidate)>> CandidatesAsync(int limit, CancellationToken cancel = default)
    {
        var known = database.Read(reader => Candidates(reader, limit));
        return known.TrueForAll(c => c.HandedOut) ? Tickets(known) : await database.WriteAsync(
            connection =>
            {
                var waiting = Candidates(connection, limit);
                using var mark = connection.Prepare("UPDATE candidate SET handed_out = 1 WHERE ticket = $ticket", ("$ticket", null));
                foreach (var (ticket, _, _) in waiting.Where(c => !c.HandedOut))
                {
                    mark.Parameters[0].Value = ticket;
                    mark.ExecuteNonQuery();
                }

                return Tickets(waiting);
            },
            null,
            cancel);
    }

    public async ValueTask JudgedAsync(IReadOnlyCollection<string> tickets, CancellationToken cancel = default)
    {
        if (tickets.Count == 0)
        {
            return;
        }

        await database.WriteAsync(
            connection =>
            {
                using var delete = connection.Prepare("DELETE FROM candidate WHERE ticket = $ticket", ("$ticket", null));
                foreach (var ticket in tickets)
                {
                    delete.Parameters[0].Value = long.Parse(ticket, CultureInfo.InvariantCulture);
                    delete.ExecuteNonQuery();
                }

                return 0;
            },
            null,
            cancel);
    }

    public ValueTask<long> ForgetRejectionsAsync(DateTimeOffset before, CancellationToken cancel = default) => database.WriteAsync(
        connection => (long)connection.Execute("DELETE FROM rejection WHERE kept_ticks < $before", ("$before", before.UtcTicks)), null, cancel);

    /// <summary>Moves the feed on, inside the transaction of the batch; false when the feed stands elsewhere.</summary>
    internal static bool MoveOn(SqliteConnection connection, IntakeBatch batch)
    {
        var before = CheckpointOf(connection, batch.Feed);
        if (FeedCheckpoint.After(before, batch) is not { } after)
        {
            return false;
        }

        connection.Execute("INSERT INTO feed (feed, body) VALUES ($feed, $body) ON CONFLICT (feed) DO UPDATE SET body = excluded.body",
            ("$feed", batch.Feed), ("$body", StoreJson.Write(after)));
        return true;
    }

    /// <summary>Writes what a batch says of its feed, inside the transaction of the batch.</summary>
    internal static void Add(SqliteConnection connection, IntakeBatch batch)
    {
        AddCandidates(connection, batch.Candidates);
        AddRejections(connection, batch);
    }

    private static FeedCheckpoint? CheckpointOf(SqliteConnection connection, string feed) =>
        connection.Records<FeedCheckpoint>("SELECT body FROM feed WHERE feed = $feed", ("$feed", feed)).SingleOrDefault();

    internal static void AddCandidates(SqliteConnection connection, IReadOnlyList<Candidate> candidates)
    {
        if (candidates.Count == 0)
        {
            return;
        }

        using var add = connection.Prepare(
            """
            INSERT INTO candidate (mmsi, kind, since_ticks) VALUES ($mmsi, $kind, $since)
            ON CONFLICT (mmsi, kind) WHERE handed_out = 0 DO UPDATE SET since_ticks = min(since_ticks, excluded.since_ticks)
            """,
            ("$mmsi", null), ("$kind", null), ("$since", null));
        foreach (var candidate in candidates)
        {
            add.ExecuteWith(candidate.Mmsi.Number, (int)candidate.Kind, candidate.Since.UtcTicks);
        }
    }

    private static void AddRejections(SqliteConnection connection, IntakeBatch batch)
    {
        var (feed, rejections) = (batch.Feed, batch.Rejections);
        if (rejections.Count == 0)
        {
            return;
        }

        using var add = connection.Prepare("INSERT INTO rejection (feed, body, kept_ticks) VALUES ($feed, $body, $kept)", ("$feed", feed), ("$body", null), ("$kept", batch.LastReceived?.UtcTicks ?? 0));
        foreach (var rejection in rejections.Skip(rejections.Count - RejectionsKept))
        {
            add.Parameters[1].Value = StoreJson.Write(rejection);
            add.ExecuteNonQuery();
        }

        connection.Execute(
            "DELETE FROM rejection WHERE feed = $feed AND id <= (SELECT id FROM rejection WHERE feed = $feed ORDER BY id DESC LIMIT 1 OFFSET $kept)",
            ("$feed", feed), ("$kept", RejectionsKept));
    }

    private static List<(long Ticket, Candidate Candidate, bool HandedOut)> Candidates(SqliteConnection connection, int limit) => connection.Rows(
        "SELECT ticket, mmsi, kind, since_ticks, handed_out FROM candidate ORDER BY since_ticks, mmsi, kind LIMIT $limit",
        row => (row.GetInt64(0), new Candidate(new Mmsi(row.GetInt32(1)), (CandidateKind)row.GetInt32(2), new DateTimeOffset(row.GetInt64(3), TimeSpan.Zero)), row.GetInt64(4) == 1),
        ("$limit", Math.Max(0, limit)));

    private static IReadOnlyList<(string Ticket, Candidate Candidate)> Tickets(List<(long Ticket, Candidate Candidate, bool HandedOut)> candidates) =>
        [.. candidates.Select(c => (c.Ticket.ToString(CultureInfo.InvariantCulture), c.Candidate))];
}
