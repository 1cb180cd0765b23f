using MaritimeWatch.Identity;
using MaritimeWatch.Registry;

namespace MaritimeWatch.Server.Mail;

/// <summary>The short words of registry work, the same in mails and extracts.</summary>
internal static class RegistryWords
{
    /// <summary>What the register says, with its time: <c>deleted on 2026-01-20</c>.</summary>
    public static string Of(StatementContent said) => said.Status switch
    {
        RegisterStatus.Registered => $"registered since {Day(said.ValidFrom)}{(said.ValidTo is { } to ? $" until {Day(to)}" : "")}",
        RegisterStatus.Provisional => $"provisionally registered from {Day(said.ValidFrom)} until {Day(said.ValidTo)}",
        RegisterStatus.Deleted => $"deleted on {Day(said.ValidTo)}",
        RegisterStatus.NeverRegistered => $"never registered; as of {Day(said.ValidFrom)}",
        RegisterStatus.CertificateNotOurs => $"certificate not issued by this register; as of {Day(said.ValidFrom)}",
        _ => "under check by the register",
    };

    /// <summary>Three words at most, for a subject line.</summary>
    public static string Short(RegisterStatus status) => status switch
    {
        RegisterStatus.Registered => "registered",
        RegisterStatus.Provisional => "provisionally registered",
        RegisterStatus.Deleted => "deleted",
        RegisterStatus.NeverRegistered => "never registered",
        RegisterStatus.CertificateNotOurs => "certificate not ours",
        _ => "under check",
    };

    public static string Of(StatementState state) => state switch
    {
        StatementState.InForce => "in force",
        StatementState.Superseded => "superseded",
        StatementState.Revoked => "revoked",
        _ => "waiting for a second official",
    };

    /// <summary>What it makes of her claim to the flag: <c>confirmed from 2020-01-01</c>.</summary>
    public static string Of(FlagConfirmation means) =>
        $"{(means.Outcome switch { FlagOutcome.Confirmed => "confirmed", FlagOutcome.Refuted => "refuted", _ => "under check" })}{(means.From is { } from ? $" from {Day(from)}" : "")}{(means.To is { } to ? $" to {Day(to)}" : "")}";

    /// <summary>The ship as the register knows her.</summary>
    public static string Of(RegisteredShip ship) => string.Join(", ", new[] { ship.Name, ship.Imo is { } imo ? $"IMO {imo}" : null, ship.Mmsi is { } mmsi ? $"MMSI {mmsi}" : null }.OfType<string>());

    private static string Day(DateTimeOffset? day) => day?.UtcDateTime.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) ?? "";
}
