namespace MaritimeWatch.Alerts;

/// <summary>State of a mail that is owed.</summary>
public enum MailState
{
    Pending,
    Sent,

    /// <summary>Given up after the last try; visible in the console.</summary>
    Failed,
}

/// <summary>
/// A mail that is owed to one recipient. Written in the same transaction as the alert or notice it carries; its key makes a second one impossible.
/// </summary>
/// <param name="Key">Idempotency key: id of what it carries, and recipient.</param>
/// <param name="AlertId">Alert it carries, or notice of a registry file.</param>
/// <param name="Recipient">E-mail address.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Attempts">Tries made.</param>
/// <param name="NotBefore">Earliest time of the next try.</param>
/// <param name="LastError">Why the last try failed, null when it did not.</param>
public sealed record OutboxMail(string Key, string AlertId, string Recipient, MailState State, int Attempts, DateTimeOffset NotBefore, string? LastError);
