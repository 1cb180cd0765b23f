using MaritimeWatch.Alerts;
using MaritimeWatch.Identity;
using MaritimeWatch.Units;

namespace MaritimeWatch.Registry;

/// <summary>A ship as the register knows her: a number at least.</summary>
public sealed record RegisteredShip(ImoNumber? Imo, Mmsi? Mmsi, string? Name);

/// <summary>
/// What an official states (PRODUCT R6). It never changes: who was wrong makes another statement in place of it.
/// </summary>
/// <param name="Ship">Whom it speaks of.</param>
/// <param name="Status">What the register says of her.</param>
/// <param name="ValidFrom">Start of the time it speaks of, UTC; needed but for <see cref="RegisterStatus.UnderCheck"/> and <see cref="RegisterStatus.Deleted"/>.</param>
/// <param name="ValidTo">End of it; needed for <see cref="RegisterStatus.Provisional"/> (until) and <see cref="RegisterStatus.Deleted"/> (the day of deletion, not in the future).</param>
/// <param name="Reference">The register's own document or entry; 1 to <see cref="RegistryRules.LongestLine"/> characters.</param>
public sealed record StatementContent(RegisteredShip Ship, RegisterStatus Status, DateTimeOffset? ValidFrom, DateTimeOffset? ValidTo, string Reference)
{
    /// <summary>What is missing or does not fit, a sentence; null when it can be stated.</summary>
    public string? Fault(DateTimeOffset now) => this switch
    {
        { Ship: { Imo: null, Mmsi: null } } => "Expected the IMO number or the MMSI of the ship as the register knows her; found neither. Give one.",
        { Ship.Name.Length: > RegistryRules.LongestLine } => $"Expected a name of up to {RegistryRules.LongestLine} characters; found {Ship.Name.Length}. Shorten it.",
        { Reference: var text } when RegistryRules.NotALine(text) => $"Expected a reference of 1 to {RegistryRules.LongestLine} characters; found {text.Length}. Name the entry or document of the register.",
        { Status: RegisterStatus.Registered or RegisterStatus.NeverRegistered or RegisterStatus.CertificateNotOurs, ValidFrom: null } => $"Expected validFrom with {Status}; found none. Say from which day this holds.",
        { Status: RegisterStatus.Provisional, ValidFrom: null } or { Status: RegisterStatus.Provisional, ValidTo: null } => "Expected validFrom and validTo with Provisional; found one of them missing. Say from when and until when she is registered.",
        { Status: RegisterStatus.Deleted, ValidTo: null } => "Expected validTo, the day of deletion, with Deleted; found none. Give the day.",
        { Status: RegisterStatus.Deleted, ValidTo: { } on } when on > now => $"Expected a day of deletion that has come; found {on:yyyy-MM-dd}. State it when she is deleted.",
        { ValidFrom: { } from, ValidTo: { } to } when to <= from => $"Expected validFrom before validTo; found {from:yyyy-MM-dd} and {to:yyyy-MM-dd}. Put them right.",
        _ => null,
    };
}

/// <summary>Where a statement stands. Whatever its state, it stays readable.</summary>
public enum StatementState
{
    /// <summary>A second official of the flag must approve before it says anything to anyone.</summary>
    AwaitingApproval,

    InForce,

    /// <summary>Another statement stands in its place.</summary>
    Superseded,

    /// <summary>Taken back with a reason, before or after it came in force.</summary>
    Revoked,
}

/// <summary>What an official wants to state, and in place of what.</summary>
/// <param name="Content">The statement itself.</param>
/// <param name="Tlp">How far it may be passed on.</param>
/// <param name="QuestionId">The question it answers; null when nobody asked.</param>
/// <param name="Replaces">The statement in force it stands in place of; null when there is none.</param>
/// <param name="Because">Why the other is replaced; needed with <paramref name="Replaces"/>.</param>
public sealed record StatementDraft(StatementContent Content, Tlp Tlp, string? QuestionId, string? Replaces, string? Because);

/// <summary>A statement of one flag's register about one ship, made by an official's account (PRODUCT R6 to R8).</summary>
public sealed record RegistryStatement
{
    /// <summary>Id of the file and the number in it, for example <c>…-s1</c>.</summary>
    public required string Id { get; init; }

    public required FlagState Flag { get; init; }

    /// <summary>What was stated, and in answer to what; never changed.</summary>
    public required StatementDraft Said { get; init; }

    /// <summary>Name of the account that made it.</summary>
    public required string MadeBy { get; init; }

    public required DateTimeOffset MadeAt { get; init; }

    public StatementState State { get; init; }

    /// <summary>The second official; null when none was needed, or none has approved yet.</summary>
    public string? ApprovedBy { get; init; }

    public DateTimeOffset? ApprovedAt { get; init; }

    /// <summary>When it came in force; null when it never did.</summary>
    public DateTimeOffset? InForceAt { get; init; }

    public string? SupersededBy { get; init; }

    /// <summary>When it was superseded or revoked; null while it was not.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    public string? EndedBy { get; init; }

    public string? EndedBecause { get; init; }

    /// <summary>The statement as one source among the claims of a hull; null when it never came in force.</summary>
    public IdentityClaim? Claim() => InForceAt is not { } since ? null : new IdentityClaim
    {
        Source = StatementSource.Of(Flag),
        Origin = ClaimOrigin.Register,
        Mmsi = Said.Content.Ship.Mmsi,
        ImoAsStated = Said.Content.Ship.Imo?.ToString(),
        Name = Said.Content.Ship.Name,
        Flag = Flag,
        ValidFrom = Said.Content.ValidFrom,
        ValidTo = Said.Content.ValidTo,
        FirstSeen = since,
        LastSeen = since,
        Status = Said.Content.Status,
        Reference = $"{Id} {Said.Content.Reference}",
    };
}
