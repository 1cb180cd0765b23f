using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MimeKit;

namespace MaritimeWatch.Server.Mail;

/// <summary>
/// Hands a mail on: to the mail server when one is configured, else as a file into the pickup folder. A file is exactly
/// once, because a repeat writes the same name. SMTP is at least once: when the connection breaks after the server took
/// the message and before its answer arrives, nobody can know, and the mail goes again under the same Message-ID.
/// </summary>
internal sealed class PostOffice(MailOptions options)
{
    // Mail on the wire has CRLF (RFC 5322, 2.3); files are written the same, so that their bytes do not depend on the machine.
    private static readonly FormatOptions Wire = FormatOptions.Default.Clone();

    static PostOffice() => Wire.NewLineFormat = NewLineFormat.Dos;

    /// <exception cref="IOException">The server or the folder could not be reached.</exception>
    /// <exception cref="ProtocolException">The server did not follow the protocol.</exception>
    /// <exception cref="CommandException">The server refused.</exception>
    public Task SendAsync(MimeMessage mail, CancellationToken cancel = default) =>
        options.Smtp is { } smtp ? ToServerAsync(mail, smtp, cancel) : ToFolderAsync(mail, cancel);

    private async Task ToServerAsync(MimeMessage mail, SmtpOptions smtp, CancellationToken cancel)
    {
        using var client = new SmtpClient { Timeout = (int)smtp.Timeout.TotalMilliseconds };
        try
        {
            await client.ConnectAsync(smtp.Host, smtp.Port, smtp.Security, cancel);
        }
        catch (SocketException refused)
        {
            throw new IOException($"The mail server {smtp.Host}:{smtp.Port} cannot be reached: {refused.Message}", refused);
        }

        if (smtp.User is { } user)
        {
            await client.AuthenticateAsync(user, options.SmtpPassword ?? "", cancel);
        }

        // Not cancelled once begun: giving up between the server's acceptance and our mark is what would send it twice.
        await client.SendAsync(Wire, mail, CancellationToken.None);
        try
        {
            using var farewell = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            await client.DisconnectAsync(quit: true, farewell.Token);
        }
        catch (Exception late) when (late is IOException or SocketException or ProtocolException or CommandException or OperationCanceledException)
        {
            // The message is already taken; a broken farewell must not send it again.
        }
    }

    private async Task ToFolderAsync(MimeMessage mail, CancellationToken cancel)
    {
        Directory.CreateDirectory(options.PickupFolder);
        var name = string.Concat((mail.MessageId ?? "").Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '@' or '-' ? c : '_')).TrimStart('.');
        if (name.Length == 0)
        {
            throw new ArgumentException("A mail needs a Message-ID before it is sent.", nameof(mail));
        }

        var file = Path.Combine(options.PickupFolder, name + ".eml");
        var part = file + ".part";
        await using (var stream = new FileStream(part, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            await mail.WriteToAsync(Wire, stream, cancel);
            stream.Flush(flushToDisk: true);
        }

        File.Move(part, file, overwrite: true);
    }
}
