using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MaritimeWatch.Feeds.Transport;

/// <summary>Opens TCP and TLS connections as all feeds want them.</summary>
internal static class StreamConnection
{
    public static async Task<Stream> TcpAsync(string host, int port, CancellationToken cancel)
    {
        var client = new TcpClient();
        try
        {
            await client.ConnectAsync(host, port, cancel);
            KeepAlive(client.Client);
            return client.GetStream();
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>TLS with the certificate verified against the machine's authorities and the host's name, or pinned.</summary>
    /// <exception cref="AuthenticationException">The certificate is not accepted.</exception>
    public static async Task<Stream> TlsAsync(string host, int port, CertificatePin? pin, CancellationToken cancel)
    {
        var secure = new SslStream(await TcpAsync(host, port, cancel), leaveInnerStreamOpen: false);
        try
        {
            await secure.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = host, RemoteCertificateValidationCallback = pin is null ? null : pin.Check }, cancel);
            return secure;
        }
        catch (Exception e) when (e is AuthenticationException or IOException or OperationCanceledException)
        {
            await secure.DisposeAsync();
            throw;
        }
    }

    /// <summary>A peer that vanished without a word is noticed within about a minute, not after hours.</summary>
    public static void KeepAlive(Socket socket)
    {
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 30);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 10);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 3);
    }
}

/// <summary>
/// A certificate that is trusted by its SHA-256 alone, whoever signed it, as services with a certificate of their own need:
/// 64 hexadecimal digits, with or without colons. SHA-1 is refused, since two certificates can be made to share one.
/// </summary>
public sealed class CertificatePin
{
    private readonly string sha256;

    private CertificatePin(string sha256) => this.sha256 = sha256;

    /// <summary>Null when the text is no SHA-256.</summary>
    public static CertificatePin? TryParse(string text)
    {
        var digits = text.Replace(":", "", StringComparison.Ordinal);
        return digits.Length == 64 && digits.All(char.IsAsciiHexDigit) ? new CertificatePin(digits.ToUpperInvariant()) : null;
    }

    internal bool Check(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) => Accepts(certificate);

    internal bool Accepts(X509Certificate? certificate) => certificate?.GetCertHashString(HashAlgorithmName.SHA256) == sha256;
}
