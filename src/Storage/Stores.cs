using MaritimeWatch.Alerts;
using MaritimeWatch.Cases;
using MaritimeWatch.Detection;
using MaritimeWatch.Identity;
using MaritimeWatch.Records;
using MaritimeWatch.Registry;
using MaritimeWatch.Rules;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Storage;

/// <summary>All that MaritimeWatch keeps, in one place of one kind.</summary>
public interface IStore : IAsyncDisposable
{
    /// <summary>How messages call it: a file, or an account and database.</summary>
    string Place { get; }

    ITrackStore Tracks { get; }

    IFeedStore Feeds { get; }

    IIdentityStore Identities { get; }

    IFindingStore Findings { get; }

    ICaseStore Cases { get; }

    ISuspensionStore Suspensions { get; }

    IOutboxStore Outbox { get; }

    IAuditStore Audit { get; }

    IAccountStore Accounts { get; }

    IKeyStore Keys { get; }

    IRegistryStore Registry { get; }

    IRuleStore Rules { get; }

    ILeaseStore Leases { get; }

    IReceptionStore Reception { get; }

    /// <summary>What is wrong with the store, one line a fault; empty when it is sound. Reads what it needs to be sure.</summary>
    Task<IReadOnlyList<string>> IntegrityAsync(CancellationToken cancel = default);

    /// <summary>What is held now, class by class of data.</summary>
    ValueTask<IReadOnlyList<Holding>> HoldingsAsync(CancellationToken cancel = default);

    /// <summary>Everything kept but leases, in an order and a form that are the same for every kind of store. While it runs, nobody may write.</summary>
    IAsyncEnumerable<StoreRecord> ExportAsync(CancellationToken cancel = default);

    /// <summary>Takes records of another store, in the order they were exported; a record taken twice changes nothing.</summary>
    ValueTask ImportAsync(IReadOnlyList<StoreRecord> records, CancellationToken cancel = default);
}

/// <summary>
/// Who may do a thing alone. A lease is a register that is only written by whoever has seen its last turn; how long a turn
/// holds is measured by each waiting process on its own clock, so clocks need not agree.
/// </summary>
public interface ILeaseStore
{
    /// <summary>The lease as it stands; null when nobody ever took it.</summary>
    ValueTask<Lease?> FindAsync(string name, CancellationToken cancel = default);

    /// <summary>Takes, renews or (with an empty holder) gives up the lease. Gives the lease as written; null, and nothing written, when another turn came since the one seen.</summary>
    /// <param name="name">What is leased.</param>
    /// <param name="holder">Who takes it.</param>
    /// <param name="turnSeen">Number of the turn the taker saw; 0 for a lease nobody ever took.</param>
    ValueTask<Lease?> TakeAsync(string name, string holder, long turnSeen, CancellationToken cancel = default);
}

/// <summary>Observations: durable at commit, compacted into vessel-hour chunks, read by vessel or by time.</summary>
public interface ITrackStore
{
    /// <summary>
    /// Writes the batch and moves the feed's checkpoint; after it returns, a killed process loses none of it. The checkpoint
    /// moves last: what was written before a failure is written again by the next try, and changes nothing then.
    /// </summary>
    /// <returns>False when the feed stands elsewhere than where the batch begins: another process reads it now.</returns>
    ValueTask<bool> CommitAsync(IntakeBatch batch, CancellationToken cancel = default);

    /// <summary>Fixes of one vessel with from &lt;= time &lt; to, in time order, each once.</summary>
    ValueTask<IReadOnlyList<Fix>> FixesOfAsync(Mmsi mmsi, DateTimeOffset from, DateTimeOffset to, CancellationToken cancel = default);

    /// <summary>Fixes of every vessel with from &lt;= time &lt; to; each vessel once, in order of MMSI, her fixes in time order.</summary>
    IAsyncEnumerable<(Mmsi Mmsi, IReadOnlyList<Fix> Fixes)> FixesDuringAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancel = default);

    /// <summary>Last fix of every vessel heard since a time.</summary>
    ValueTask<IReadOnlyList<LatestFix>> LatestAsync(DateTimeOffset since, CancellationToken cancel = default);

    /// <summary>Vessels that have a fix inside an area with from &lt;= time &lt; to, in order of MMSI: who was there.</summary>
    ValueTask<IReadOnlyList<Mmsi>> VesselsInAsync(GeoBox area, DateTimeOffset from, DateTimeOffset to, CancellationToken cancel = default);

    /// <summary>
    /// Vessels that have a fix inside an area with from &lt;= time &lt; to, each with all her fixes of that time, wherever they are; each
    /// vessel once, in order of MMSI and after the one named, her fixes in time order.
    /// </summary>
    IAsyncEnumerable<(Mmsi Mmsi, IReadOnlyList<Fix> Fixes)> FixesInAsync(GeoBox area, DateTimeOffset from, DateTimeOffset to, Mmsi? after = null, CancellationToken cancel = default);

    /// <summary>How many fixes are held of each hour that begins with from &lt;= hour &lt; to, oldest first; hours of which none is held are left out.</summary>
    ValueTask<IReadOnlyList<HourCount>> CountsAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancel = default);

    /// <summary>
    /// What any process committed since a mark, for those that follow: each fix at least once. Without a mark nothing comes but
    /// the mark of now.
    /// </summary>
    ValueTask<JournalNews> SinceAsync(string? mark, CancellationToken cancel = default);

    /// <summary>
    /// Thins closed hours with from &lt;= hour &lt; to: of each vessel the first fix of every interval is kept, or none without an
    /// interval. Vessels excepted are left whole. Done twice it changes nothing more.
    /// </summary>
    ValueTask<Thinned> ThinAsync(DateTimeOffset from, DateTimeOffset to, TimeSpan? keepOneIn, Func<Mmsi, bool> except, CancellationToken cancel = default);

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

    /// <summary>Vessels that wait for a judgement, those that wait since the earliest time first and of one time in order of MMSI, with the tickets to take them off the list.</summary>
    ValueTask<IReadOnlyList<(string Ticket, Candidate Candidate)>> CandidatesAsync(int limit, CancellationToken cancel = default);

    /// <summary>Takes judged candidates off the list. One that arrived again since its ticket was given stays on it.</summary>
    ValueTask JudgedAsync(IReadOnlyCollection<string> tickets, CancellationToken cancel = default);

    /// <summary>Deletes rejections of every feed kept since before a time; their counts stay. Gives how many went.</summary>
    ValueTask<long> ForgetRejectionsAsync(DateTimeOffset before, CancellationToken cancel = default);
}

/// <summary>Claims of identity and list entries, as each source made them.</summary>
public interface IIdentityStore
{
    /// <summary>Adds claims; a claim already known only widens its first and last seen.</summary>
    ValueTask AddClaimsAsync(IReadOnlyCollection<IdentityClaim> claims, CancellationToken cancel = default);

    /// <summary>Claims that name the MMSI or the IMO number, oldest first.</summary>
    ValueTask<IReadOnlyList<IdentityClaim>> ClaimsOfAsync(Mmsi? mmsi, ImoNumber? imo, CancellationToken cancel = default);

    /// <summary>
    /// Hulls that an IMO number, MMSI, call sign, name or former name finds, also one in other letters or with a typing error, best
    /// match first (<see cref="SearchMatch"/>); at most <paramref name="limit"/>. Nothing in the text is a wildcard.
    /// </summary>
    ValueTask<IReadOnlyList<IdentityHit>> SearchAsync(string text, int limit, CancellationToken cancel = default);

    /// <summary>Names last broadcast, by MMSI.</summary>
    ValueTask<IReadOnlyDictionary<Mmsi, string>> NamesAsync(CancellationToken cancel = default);

    /// <summary>The claim each MMSI broadcast last; of two seen at one time the one that says more.</summary>
    ValueTask<IReadOnlyList<IdentityClaim>> LastBroadcastAsync(CancellationToken cancel = default);

    /// <summary>Every claim, in no order: for what looks at all hulls together.</summary>
    IAsyncEnumerable<IdentityClaim> AllClaimsAsync(CancellationToken cancel = default);

    ValueTask AddListingsAsync(IReadOnlyCollection<Listing> listings, CancellationToken cancel = default);

    ValueTask<IReadOnlyList<Listing>> ListingsOfAsync(Mmsi? mmsi, ImoNumber? imo, CancellationToken cancel = default);

    /// <summary>Inspections of port States, each kept once.</summary>
    ValueTask AddInspectionsAsync(IReadOnlyCollection<Inspection> inspections, CancellationToken cancel = default);

    /// <summary>Every inspection, in no order.</summary>
    IAsyncEnumerable<Inspection> AllInspectionsAsync(CancellationToken cancel = default);

    ValueTask<IReadOnlyList<Inspection>> InspectionsOfAsync(Mmsi? mmsi, ImoNumber? imo, CancellationToken cancel = default);

    /// <summary>Keeps a person's decision on hulls; one that is known stays as it was.</summary>
    ValueTask AddDecisionsAsync(IReadOnlyCollection<HullDecision> decisions, CancellationToken cancel = default);

    /// <summary>All decisions on hulls, in the order they were made.</summary>
    ValueTask<IReadOnlyList<HullDecision>> DecisionsAsync(CancellationToken cancel = default);

    /// <summary>Claims of registers and lists that name the flag, oldest first. What is broadcast names none.</summary>
    ValueTask<IReadOnlyList<IdentityClaim>> OfFlagAsync(FlagState flag, CancellationToken cancel = default);
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

    /// <summary>Current findings that began at or after a time, however many, in no order.</summary>
    IAsyncEnumerable<StoredFinding> BegunSinceAsync(DateTimeOffset from, CancellationToken cancel = default);
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

/// <summary>Suspensions, for all time; each act of a person is one transaction with its audit entry.</summary>
public interface ISuspensionStore
{
    /// <summary>Keeps a suspension. False, and nothing written, when its id is known.</summary>
    ValueTask<bool> BeginAsync(Suspension suspension, AuditNote audit, CancellationToken cancel = default);

    /// <summary>Ends one before its time. False, and nothing written, when it is not known or was lifted before.</summary>
    /// <param name="id">The suspension.</param>
    /// <param name="from">Behaviour time from which it holds no more.</param>
    /// <param name="by">Who lifts it.</param>
    /// <param name="at">When she does.</param>
    /// <param name="audit">What the audit chain says of it.</param>
    /// <param name="cancel">Stops the writing.</param>
    ValueTask<bool> LiftAsync(string id, DateTimeOffset from, string by, DateTimeOffset at, AuditNote audit, CancellationToken cancel = default);

    /// <summary>Counts a finding as held back; one that is counted changes nothing.</summary>
    ValueTask HoldAsync(string id, string findingId, CancellationToken cancel = default);

    /// <summary>All suspensions, expired and lifted ones too, newest first.</summary>
    ValueTask<IReadOnlyList<Suspension>> AllAsync(CancellationToken cancel = default);
}

/// <summary>Questions to registers and their statements, the notices and mails owed for them, and who wants to be told; each act is one transaction with its audit entry.</summary>
public interface IRegistryStore
{
    /// <summary>Writes the change. Returns false, and writes nothing that counts, when the file has moved on since it was read.</summary>
    ValueTask<bool> ApplyAsync(RegistryChange change, CancellationToken cancel = default);

    ValueTask<RegistryFile?> FindAsync(string fileId, CancellationToken cancel = default);

    /// <summary>Files of one flag, in order of id.</summary>
    ValueTask<IReadOnlyList<RegistryFile>> OfFlagAsync(FlagState flag, CancellationToken cancel = default);

    /// <summary>Files opened under any of these hull ids, in order of id.</summary>
    ValueTask<IReadOnlyList<RegistryFile>> OfHullsAsync(IReadOnlyCollection<string> hullIds, CancellationToken cancel = default);

    /// <summary>All files, in order of id.</summary>
    ValueTask<IReadOnlyList<RegistryFile>> AllAsync(CancellationToken cancel = default);

    /// <summary>Files with an open question whose deadline lies before a time and whose being overdue was not told yet.</summary>
    ValueTask<IReadOnlyList<RegistryFile>> OverdueAsync(DateTimeOffset now, CancellationToken cancel = default);

    ValueTask<RegistryNotice?> NoticeAsync(string noticeId, CancellationToken cancel = default);

    /// <summary>Notices of a file, oldest first.</summary>
    ValueTask<IReadOnlyList<RegistryNotice>> NoticesOfAsync(string fileId, CancellationToken cancel = default);

    /// <summary>Keeps a subscription; one that is known stays as it was.</summary>
    ValueTask SubscribeAsync(RegistrySubscription subscription, AuditNote audit, CancellationToken cancel = default);

    /// <summary>Deletes a subscription with its address. False, and nothing written, when it is not known.</summary>
    ValueTask<bool> UnsubscribeAsync(string subscriptionId, AuditNote audit, CancellationToken cancel = default);

    /// <summary>All subscriptions, oldest first.</summary>
    ValueTask<IReadOnlyList<RegistrySubscription>> SubscriptionsAsync(CancellationToken cancel = default);
}

/// <summary>Rules of persons and the areas they drew: every version is kept and none is changed; each is saved in one transaction with its audit entry.</summary>
public interface IRuleStore
{
    /// <summary>Keeps the next version of an area. False, and nothing written, when it does not follow the last one.</summary>
    ValueTask<bool> SaveAsync(DrawnArea area, AuditNote audit, CancellationToken cancel = default);

    /// <summary>Keeps the next version of a rule. False, and nothing written, when it does not follow the last one.</summary>
    ValueTask<bool> SaveAsync(WatchRule rule, AuditNote audit, CancellationToken cancel = default);

    ValueTask<DrawnArea?> AreaAsync(AreaVersion version, CancellationToken cancel = default);

    /// <summary>All versions of all areas, in order of id and version.</summary>
    ValueTask<IReadOnlyList<DrawnArea>> AreasAsync(CancellationToken cancel = default);

    /// <summary>All versions of all rules, in order of id and version.</summary>
    ValueTask<IReadOnlyList<WatchRule>> RulesAsync(CancellationToken cancel = default);
}

/// <summary>Mails that are owed. Rows are written by <see cref="ICaseStore.ApplyAsync"/> and <see cref="IRegistryStore.ApplyAsync"/>; here they are delivered and marked.</summary>
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

    /// <summary>Entries before a number, newest first; the newest of all without one.</summary>
    ValueTask<IReadOnlyList<AuditEntry>> BeforeAsync(long? number, int limit, CancellationToken cancel = default);

    /// <summary>
    /// Rows that are not, to the byte, what was written for the entry they hold, one line a fault. The chain alone does not see a row
    /// numbered anew, nor a change of a text that reads back as the same entry.
    /// </summary>
    IAsyncEnumerable<string> FaultsAsync(CancellationToken cancel = default);
}

/// <summary>Accounts of people.</summary>
public interface IAccountStore
{
    ValueTask<bool> AnyAsync(CancellationToken cancel = default);

    ValueTask<Account?> FindAsync(string name, CancellationToken cancel = default);

    ValueTask SaveAsync(Account account, CancellationToken cancel = default);

    /// <summary>All accounts, in order of name.</summary>
    ValueTask<IReadOnlyList<Account>> AllAsync(CancellationToken cancel = default);
}

/// <summary>Keys of programs. Making and revoking are one transaction each with their audit entry.</summary>
public interface IKeyStore
{
    /// <summary>Keeps a key; one of a known id stays as it was, and nothing is written.</summary>
    ValueTask AddAsync(ApiKey key, AuditNote audit, CancellationToken cancel = default);

    /// <summary>Revokes a key. False, and nothing written, when there is no such key or it is revoked already.</summary>
    ValueTask<bool> RevokeAsync(string keyId, DateTimeOffset at, AuditNote audit, CancellationToken cancel = default);

    /// <summary>Notes when a key was used last; never takes back a revocation.</summary>
    ValueTask UsedAsync(string keyId, DateTimeOffset at, CancellationToken cancel = default);

    /// <summary>The key with this hash, revoked and expired ones too.</summary>
    ValueTask<ApiKey?> FindAsync(string hash, CancellationToken cancel = default);

    /// <summary>All keys, oldest first.</summary>
    ValueTask<IReadOnlyList<ApiKey>> AllAsync(CancellationToken cancel = default);
}

/// <summary>What was learnt of reception, so that a watch need not learn it again after a restart.</summary>
public interface IReceptionStore
{
    /// <summary>
    /// Keeps sheets of one state. When all of them are there (<see cref="ReceptionSheet.Of"/>), those of earlier states go; until
    /// then the earlier state stands.
    /// </summary>
    ValueTask SaveAsync(IReadOnlyList<ReceptionSheet> sheets, CancellationToken cancel = default);

    /// <summary>The sheets of the latest state that is whole, in order; empty when there is none.</summary>
    ValueTask<IReadOnlyList<ReceptionSheet>> LoadAsync(CancellationToken cancel = default);
}
