using MailKit.Security;
using MimeKit;

namespace MaritimeWatch.Server.Mail;

/// <summary>How the connection to the mail server is protected.</summary>
internal enum StartTls
{
    /// <summary>The server must offer STARTTLS (RFC 3207); the default.</summary>
    Required,

    /// <summary>Used when offered. A person in the middle can take the offer away.</summary>
    WhenAvailable,

    /// <summary>TLS from the first byte, usually port 465 (RFC 8314).</summary>
    Implicit,

    /// <summary>None: only for a relay on the same machine.</summary>
    Off,
}

/// <summary>The server that takes mail for delivery.</summary>
internal sealed class SmtpOptions
{
    public string Host { get; set; } = "";

    /// <summary>1 to 65535; 587 is mail submission (RFC 6409).</summary>
    public int Port { get; set; } = 587;

    public StartTls StartTls { get; set; } = StartTls.Required;

    /// <summary>Account at the mail server; null sends without sign-in.</summary>
    public string? User { get; set; }

    /// <summary>Longest wait for any answer, 1 s to 10 min.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    public SecureSocketOptions Security => StartTls switch
    {
        StartTls.Required => SecureSocketOptions.StartTls,
        StartTls.WhenAvailable => SecureSocketOptions.StartTlsWhenAvailable,
        StartTls.Implicit => SecureSocketOptions.SslOnConnect,
        _ => SecureSocketOptions.None,
    };
}

/// <summary>Section <c>Mail</c>: who gets alerts, from whom, and how they leave.</summary>
internal sealed class MailOptions
{
    public const string Section = "Mail";

    /// <summary>Addresses of the subscribed centres. Empty: alerts are kept in the console only.</summary>
    public List<string> Recipients { get; set; } = [];

    /// <summary>Sender. Its domain is also the right-hand side of every Message-ID.</summary>
    public string From { get; set; } = "maritimewatch@localhost";

    /// <summary>Absent: mail is written to <see cref="PickupFolder"/>.</summary>
    public SmtpOptions? Smtp { get; set; }

    /// <summary>From the environment (<c>Mail__SmtpPassword</c>) or user secrets; it does not belong in appsettings.json.</summary>
    public string? SmtpPassword { get; set; }

    public string PickupFolder { get; set; } = "data/outbox";

    /// <summary>Where readers reach the console, for example <c>https://watch.example.org/</c>.</summary>
    public string ConsoleAddress { get; set; } = "http://127.0.0.1:5000/";

    /// <summary>Tries before a mail is given up, 1 to 100. With the default wait, 12 tries span about seven hours.</summary>
    public int MaxAttempts { get; set; } = 12;

    /// <summary>Wait after the first failure, 1 s to 1 h; doubled after each further one, at most an hour.</summary>
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Name of this installation as readers know it.</summary>
    public string NodeName { get; set; } = "MaritimeWatch";

    /// <summary>What is wrong, one line each; empty when all is well.</summary>
    public IReadOnlyList<string> Problems()
    {
        var found = new List<string>();
        Check(IsAddress(From), $"Mail:From must be an e-mail address; found '{From}'.");
        foreach (var recipient in Recipients)
        {
            Check(IsAddress(recipient), $"Mail:Recipients must hold e-mail addresses; found '{recipient}'.");
        }

        Check(
            Uri.TryCreate(ConsoleAddress, UriKind.Absolute, out var console) && console.Scheme is "http" or "https" && console.UserInfo.Length == 0 && console.Query.Length == 0,
            $"Mail:ConsoleAddress must be an http or https address without user, password or query; found '{ConsoleAddress}'.");
        Check(MaxAttempts is >= 1 and <= 100, $"Mail:MaxAttempts must be 1 to 100; found {MaxAttempts}.");
        Check(RetryAfter >= TimeSpan.FromSeconds(1) && RetryAfter <= TimeSpan.FromHours(1), $"Mail:RetryAfter must be 00:00:01 to 01:00:00; found {RetryAfter}.");
        Check(!string.IsNullOrWhiteSpace(NodeName), "Mail:NodeName must not be empty.");
        if (Smtp is null)
        {
            Check(!string.IsNullOrWhiteSpace(PickupFolder), "Mail:PickupFolder must be set when Mail:Smtp is not.");
            return found;
        }

        Check(!string.IsNullOrWhiteSpace(Smtp.Host), "Mail:Smtp:Host must be set; remove Mail:Smtp to write mail to a folder.");
        Check(Smtp.Port is >= 1 and <= 65535, $"Mail:Smtp:Port must be 1 to 65535; found {Smtp.Port}.");
        Check(Smtp.Timeout >= TimeSpan.FromSeconds(1) && Smtp.Timeout <= TimeSpan.FromMinutes(10), $"Mail:Smtp:Timeout must be 00:00:01 to 00:10:00; found {Smtp.Timeout}.");
        Check(Smtp.User is null || !string.IsNullOrEmpty(SmtpPassword), "Mail:SmtpPassword must be given when Mail:Smtp:User is; set the environment variable Mail__SmtpPassword.");
        Check(Smtp.User is null || Smtp.StartTls is StartTls.Required or StartTls.Implicit, "Mail:Smtp:StartTls must be Required or Implicit when Mail:Smtp:User is set, so that the password is never sent in the clear.");
        return found;

        void Check(bool good, string problem)
        {
            if (!good)
            {
                found.Add(problem);
            }
        }
    }

    /// <summary>True for one plain e-mail address, without a name beside it.</summary>
    public static bool IsAddress(string? text) =>
        MailboxAddress.TryParse(text, out var box) && box.Address == text && box.Domain.Length > 0;
}
