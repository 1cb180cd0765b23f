using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using MimeKit;

namespace MaritimeWatch.Integration.Mail;

/// <summary>A real mail server: Debian's aiosmtpd, which files every mail it takes into a maildir.</summary>
internal sealed class MailboxServer : IDisposable
{
    private const string Python = "/usr/bin/python3";

    private readonly string folder = Directory.CreateTempSubdirectory("mw-mailbox-").FullName;
    private Process? process;

    public MailboxServer()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>A port that was free when asked; nothing listens on it before <see cref="StartAsync"/>.</summary>
    public int Port { get; }

    public static async Task SkipIfMissingAsync()
    {
        const string Missing = "No aiosmtpd on this machine; enable with: apt-get install python3-aiosmtpd";
        Assert.SkipUnless(File.Exists(Python), Missing);
        using var probe = Process.Start(new ProcessStartInfo(Python, ["-c", "import aiosmtpd"]) { RedirectStandardError = true })!;
        await probe.WaitForExitAsync();
        Assert.SkipUnless(probe.ExitCode == 0, Missing);
    }

    public async Task StartAsync()
    {
        process = Process.Start(new ProcessStartInfo(Python, ["-m", "aiosmtpd", "-n", "-c", "aiosmtpd.handlers.Mailbox", Path.Combine(folder, "box"), "-l", $"127.0.0.1:{Port}"])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        for (var tries = 0; ; tries++)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, Port);
                return;
            }
            catch (SocketException) when (tries < 100 && !process.HasExited)
            {
                await Task.Delay(100);
            }
        }
    }

    /// <summary>Mails taken so far.</summary>
    public IReadOnlyList<MimeMessage> Mails() =>
    [
        .. new[] { "new", "cur" }.Select(part => Path.Combine(folder, "box", part)).Where(Directory.Exists)
            .SelectMany(Directory.GetFiles).Order(StringComparer.Ordinal).Select(file => MimeMessage.Load(file)),
    ];

    public void Dispose()
    {
        if (process is { HasExited: false })
        {
            process.Kill();
            process.WaitForExit();
        }

        process?.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
