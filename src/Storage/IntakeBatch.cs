using MaritimeWatch.Detection;
using MaritimeWatch.Identity;
using MaritimeWatch.Records;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Storage;

/// <summary>Everything one stretch of a feed brought. It is committed whole or not at all, checkpoint included.</summary>
public sealed record IntakeBatch
{
    public required string Feed { get; init; }

    public IReadOnlyList<PositionReport> Positions { get; init; } = [];

    public IReadOnlyList<IdentityClaim> Claims { get; init; } = [];

    public IReadOnlyList<Candidate> Candidates { get; init; } = [];

    public IReadOnlyList<Rejection> Rejections { get; init; } = [];

    /// <summary>What became of the lines of this stretch; added to the feed's totals.</summary>
    public required IntakeCount Count { get; init; }

    /// <summary>Where the feed goes on after this stretch, in the feed's own words; null for a source that cannot be resumed.</summary>
    public string? Position { get; init; }

    /// <summary>Where the feed stood before this stretch; told with <see cref="Position"/>, so that two readers of one feed cannot both count it.</summary>
    public string? Follows { get; init; }

    /// <summary>What waits for a second transmission after this stretch, so that another reader goes on as this one would have.</summary>
    public IReadOnlyList<SaidOnce> SaidOnce { get; init; } = [];

    /// <summary>True when the source has come to its end.</summary>
    public bool Ended { get; init; }

    /// <summary>Latest receive time in the stretch.</summary>
    public DateTimeOffset? LastReceived { get; init; }
}

/// <summary>Where a feed stands: the point to resume from and the totals up to it.</summary>
public sealed record FeedCheckpoint(string Feed, string? Position, IntakeCount Totals, DateTimeOffset? LastReceived, bool Ended = false, IReadOnlyList<SaidOnce>? SaidOnce = null)
{
    /// <summary>The checkpoint after a batch; null when the batch begins elsewhere. A batch already counted changes nothing.</summary>
    public static FeedCheckpoint? After(FeedCheckpoint? before, IntakeBatch batch)
    {
        if (batch.Position is not null && batch.Follows != before?.Position)
        {
            return batch.Position == before?.Position ? before : null;
        }

        var totals = new IntakeCount();
        if (before is not null)
        {
            totals.Add(before.Totals);
        }

        totals.Add(batch.Count);

        // A stretch without a position (a source that cannot be resumed) never takes away a point that was reached.
        return new(batch.Feed, batch.Position ?? before?.Position, totals, Later(before?.LastReceived, batch.LastReceived), batch.Ended, batch.SaidOnce);
    }

    private static DateTimeOffset? Later(DateTimeOffset? a, DateTimeOffset? b) => a is null || b > a ? b : a;
}

/// <summary>A part of what was learnt of reception.</summary>
/// <param name="LearntTo">The hour it was learnt up to, in hours since 1970; all sheets of a state have the same.</param>
/// <param name="Number">Its place among them, from 0.</param>
/// <param name="Of">How many they are.</param>
/// <param name="Body">What it holds, see <see cref="Reception.ReceptionCodec"/>.</param>
public sealed record ReceptionSheet(long LearntTo, int Number, int Of, byte[] Body);

/// <summary>A turn of a lease.</summary>
/// <param name="Name">What is leased.</param>
/// <param name="Holder">Who holds it; empty when it was given up.</param>
/// <param name="Turn">Grows by one with every write: a holder whose turn is not the last has lost it.</param>
public sealed record Lease(string Name, string Holder, long Turn);

/// <summary>What was committed since a mark.</summary>
/// <param name="Positions">Fixes in the order of their commits.</param>
/// <param name="Mark">What to ask with next.</param>
/// <param name="Missed">True when hours were closed before this reader saw them: it must read them from the tracks.</param>
public sealed record JournalNews(IReadOnlyList<(Mmsi Mmsi, Fix Fix)> Positions, string Mark, bool Missed);

/// <summary>What thinning took away.</summary>
public readonly record struct Thinned(long VesselHours, long Fixes)
{
    public static Thinned operator +(Thinned a, Thinned b) => new(a.VesselHours + b.VesselHours, a.Fixes + b.Fixes);
}

/// <summary>One record as it goes from store to store.</summary>
/// <param name="Kind">What it is, such as <c>claim</c>.</param>
/// <param name="Key">Unique within the kind; records come in order of kind, then key.</param>
/// <param name="Body">The record as <see cref="StoreJson"/>, or a chunk as base64.</param>
public sealed record StoreRecord(string Kind, string Key, string Body);

/// <summary>Fixes held of one hour.</summary>
/// <param name="Hour">The moment it begins.</param>
/// <param name="PerMinute">Fixes of each of its sixty minutes. Those still in the journal count as often as they came.</param>
public sealed record HourCount(DateTimeOffset Hour, IReadOnlyList<int> PerMinute);

/// <summary>Last known fix of a vessel.</summary>
public readonly record struct LatestFix(Mmsi Mmsi, Fix Fix);

/// <summary>A finding with its place in the list of its revisions, counted from 1.</summary>
public sealed record StoredFinding(Finding Finding, int Revision, DateTimeOffset SavedAt);

/// <summary>
/// One entry of the audit chain. <see cref="Hash"/> is SHA-256 over number, time, actor, act, subject, detail and the hash
/// before it, so an entry cannot be changed or taken out unseen.
/// </summary>
public sealed record AuditEntry(long Number, DateTimeOffset At, string By, string Act, string Subject, string Detail, string PreviousHash, string Hash);

/// <summary>What is to be written to the audit chain.</summary>
public sealed record AuditNote(DateTimeOffset At, string By, string Act, string Subject, string Detail);

/// <summary>A change of a case with everything that belongs to it; written in one transaction.</summary>
/// <param name="File">The case after the change.</param>
/// <param name="EventsBefore">Number of history events the change was based on; the write is refused when another came between.</param>
/// <param name="Alert">Alert the change sends, if any.</param>
/// <param name="Mails">Mails owed for the alert.</param>
/// <param name="Audit">What the audit chain says of it.</param>
public sealed record CaseChange(Cases.CaseFile File, int EventsBefore, Alerts.Alert? Alert, IReadOnlyList<Alerts.OutboxMail> Mails, AuditNote Audit);

/// <summary>A person's account.</summary>
/// <param name="Name">Sign-in name, unique without regard to case.</param>
/// <param name="PasswordHash">Salted hash; never the password.</param>
/// <param name="Roles">Duties: analyst, registry, centre, administrator.</param>
/// <param name="Flag">For a registry official, the flag State whose ships she may speak for.</param>
/// <param name="SecurityStamp">Changes with the password; sessions made before it end.</param>
public sealed record Account(string Name, string PasswordHash, IReadOnlyList<string> Roles, FlagState? Flag, string SecurityStamp)
{
    /// <summary>True while an administrator keeps the person out; the account and what it did stay.</summary>
    public bool Disabled { get; init; }

    /// <summary>Secret of the second step of the sign-in, encrypted with the keys of the watch; null without one.</summary>
    public string? StepSecret { get; init; }

    /// <summary>Such a secret that the person has not confirmed yet.</summary>
    public string? StepSecretWaiting { get; init; }

    /// <summary>Areas outside of which she sees no case, finding or vessel; null when nothing bounds her.</summary>
    public IReadOnlyList<GeoRing>? Areas { get; init; }

    /// <summary>Number of the time step whose code was accepted last; it and earlier ones are void.</summary>
    public long LastStep { get; init; }

    /// <summary>Issuer and subject of a person whom an identity provider vouches for; null for a local account.</summary>
    public string? Subject { get; init; }

    /// <summary>Sessions the person signed out of, for as long as a copy of their cookie could be tried.</summary>
    public IReadOnlyList<EndedSession> EndedSessions { get; init; } = [];
}

/// <summary>A session that was ended by signing out.</summary>
/// <param name="Id">Its id, as the cookie carries it.</param>
/// <param name="Until">When the last cookie of it has run out by itself.</param>
public sealed record EndedSession(string Id, DateTimeOffset Until);
