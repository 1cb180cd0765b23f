using MaritimeWatch.Alerts;
using MaritimeWatch.Cases;
using MaritimeWatch.Detection;
using MaritimeWatch.Identity;
using MaritimeWatch.Records;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Storage;

/// <summary>Observations: durable at commit, compacted into vessel-hour chunks, read by vessel or by time.</summary>
public interface ITrackStore
{
    /// <summary>Writes the batch with its checkpoint in one transaction; after it returns, a killed process loses none of it.</summary>
    ValueTask CommitAsync(IntakeBatch batch, CancellationToken cancel = default);

    /// <summary>Fixes of one vessel with from &lt;= time &lt; to, in time order, each once.</summary>
    ValueTask<IReadOnlyList<Fix>> FixesOfAsync(Mmsi mmsi, DateTimeOffset from, DateTimeOffset to, CancellationToken cancel = default);

    /// <summary>Fixes of every vessel with from &lt;= time &lt; to; each vessel once, in order of MMSI, her fixes in time order.</summary>
    IAsyncEnumerable<(Mmsi Mmsi, IReadOnlyList<Fix> Fixes)> FixesDuringAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancel = default);

    /// <summary>Last fix of every vessel heard since a time.</summary>
    ValueTask<IReadOnlyList<LatestFix>> LatestAsync(DateTimeOffset since, CancellationToken cancel = default);

    /// <summary>Compacts every journal hour that ended at or before a time. Late data for a closed hour is merged by the next call.</summary>
    ValueTask CloseHoursAsync(DateTimeOffset upTo, CancellationToken cancel = default);
}

/// <summary>What the feeds brought and where they stand.</summary>
public interface IFeedStore
{
    ValueTask<FeedCheckpoint?> CheckpointOfAsync(string feed, CancellationToken cancel = default);

    ValueTask<IReadOnlyList<FeedCheckpoint>> CheckpointsAsync(CancellationToken cancel = default);

    /// <summary>Latest rejections of a feed, newest first.</summary>
    ValueTask<IReadOnlyList<Rejection>> RejectionsOfAsync(string feed, int limit, CancellationToken cancel = default);

    /// <summary>Vessels that wait for a judgement, oldest first, with the tickets to take them off the list.</summary>
    ValueTask<IReadOnlyList<(long Ticket, Candidate Candidate)>> CandidatesAsync(int limit, CancellationToken cancel = default);

    /// <summary>Takes judged candidates off the list.</summary>
    ValueTask JudgedAsync(IReadOnlyCollection<long> tickets, CancellationToken cancel = default);
}

/// <summary>Claims of identity and list entries, as each source made them.</summary>
public interface IIdentityStore
{
    /// <summary>Adds claims; a claim already known only widens its first and last seen.</summary>
    ValueTask AddClaimsAsync(IReadOnlyCollection<IdentityClaim> claims, CancellationToken cancel = default);

    /// <summary>Claims that name the MMSI or the IMO number, oldest first.</summary>
    ValueTask<IReadOnlyList<IdentityClaim>> ClaimsOfAsync(Mmsi? mmsi, ImoNumber? imo, CancellationToken cancel = default);

    /// <summary>Claims where an identifier starts with, or the name holds, the text; at most <paramref name="limit"/>.</summary>
    ValueTask<IReadOnlyList<IdentityClaim>> SearchAsync(string text, int limit, CancellationToken cancel = default);

    /// <summary>Names last broadcast, by MMSI.</summary>
    ValueTask<IReadOnlyDictionary<Mmsi, string>> NamesAsync(CancellationToken cancel = default);

    ValueTask AddListingsAsync(IReadOnlyCollection<Listing> listings, CancellationToken cancel = default);

    ValueTask<IReadOnlyList<Listing>> ListingsOfAsync(Mmsi? mmsi, ImoNumber? imo, CancellationToken cancel = default);
}

/// <summary>Findings with every revision kept.</summary>
public interface IFindingStore
{
    /// <summary>Saves a new revision when the finding differs from the last one; otherwise changes nothing. Gives the current revision.</summary>
    ValueTask<StoredFinding> SaveAsync(Finding finding, DateTimeOffset now, CancellationToken cancel = default);

    ValueTask<StoredFinding?> FindAsync(string id, CancellationToken cancel = default);

    /// <summary>All revisions, oldest first.</summary>
    ValueTask<IReadOnlyList<StoredFinding>> RevisionsOfAsync(string id, CancellationToken cancel = default);

    /// <summary>Current findings of a vessel, oldest first.</summary>
    ValueTask<IReadOnlyList<StoredFinding>> OfVesselAsync(Mmsi mmsi, CancellationToken cancel = default);

    /// <summary>All current findings, newest start first.</summary>
    ValueTask<IReadOnlyList<StoredFinding>> CurrentAsync(int limit, CancellationToken cancel = default);
}

/// <summary>Cases, their alerts and the mails owed for them; each change is one transaction with its audit entry.</summary>
public interface ICaseStore
{
    /// <summary>Writes the change. Returns false, and writes nothing, when the case has moved on since it was read.</summary>
    ValueTask<bool> ApplyAsync(CaseChange change, CancellationToken cancel = default);

    ValueTask<CaseFile?> FindAsync(string id, CancellationToken cancel = default);

    /// <summary>All cases, newest first.</summary>
    ValueTask<IReadOnlyList<CaseFile>> AllAsync(int limit, CancellationToken cancel = default);

    ValueTask<Alert?> AlertAsync(string alertId, CancellationToken cancel = default);

    /// <summary>Alerts of a case, first revision first.</summary>
    ValueTask<IReadOnlyList<Alert>> AlertsOfAsync(string caseId, CancellationToken cancel = default);
}

/// <summary>Mails that are owed. Rows are written by <see cref="ICaseStore.ApplyAsync"/>; here they are delivered and marked.</summary>
public interface IOutboxStore
{
    ValueTask<IReadOnlyList<OutboxMail>> DueAsync(DateTimeOffset now, int limit, CancellationToken cancel = default);

    ValueTask MarkAsync(OutboxMail mail, CancellationToken cancel = default);

    ValueTask<IReadOnlyList<OutboxMail>> AllAsync(int limit, CancellationToken cancel = default);
}

/// <summary>The append-only, hash-chained record of acts.</summary>
public interface IAuditStore
{
    ValueTask<AuditEntry> AppendAsync(AuditNote note, CancellationToken cancel = default);

    /// <summary>Entries after a number, oldest first.</summary>
    ValueTask<IReadOnlyList<AuditEntry>> AfterAsync(long number, int limit, CancellationToken cancel = default);
}

/// <summary>Accounts of people.</summary>
public interface IAccountStore
{
    ValueTask<bool> AnyAsync(CancellationToken cancel = default);

    ValueTask<Account?> FindAsync(string name, CancellationToken cancel = default);

    ValueTask SaveAsync(Account account, CancellationToken cancel = default);
}
