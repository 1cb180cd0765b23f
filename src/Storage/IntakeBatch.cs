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

    /// <summary>Latest receive time in the stretch.</summary>
    public DateTimeOffset? LastReceived { get; init; }
}

/// <summary>Where a feed stands: the point to resume from and the totals up to it.</summary>
public sealed record FeedCheckpoint(string Feed, string? Position, IntakeCount Totals, DateTimeOffset? LastReceived);

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
public sealed record Account(string Name, string PasswordHash, IReadOnlyList<string> Roles, FlagState? Flag, string SecurityStamp);
