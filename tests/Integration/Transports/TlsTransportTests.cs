using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MaritimeWatch.Feeds;
using MaritimeWatch.Feeds.Transport;

namespace MaritimeWatch.Integration.Transports;

/// <summary>A certificate of one's own, as many services have.</summary>
internal static class OwnCertificate
{
    public static X509Certificate2 Make()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        using var made = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        // A server needs the key in a store of its own on some systems.
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }

    public static string Sha256(this X509Certificate2 certificate) => certificate.GetCertHashString(HashAlgorithmName.SHA256);
}

public sealed class TlsTransportTests : ClientStreamTests
{
    private static readonly X509Certificate2 Own = OwnCertificate.Make();

    protected override string Transport => "tls";

    private protected override IPositionFeed Feed(FeedSetting setting, int port) => LiveFeeds.Tls(setting, "127.0.0.1", port, CertificatePin.TryParse(Own.Sha256()));

    protected override async Task<Stream> OpenAsync(Stream connection, CancellationToken cancel)
    {
        var secure = new SslStream(connection);
        await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = Own }, cancel);
        return secure;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_certificate_that_nobody_vouches_for_or_another_than_the_pinned_one_is_not_spoken_to(bool pinned)
    {
        using var other = OwnCertificate.Make();
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        await using var consumer = new Consumer();
        consumer.Start(LiveFeeds.Tls(consumer.Setting, "127.0.0.1", ((IPEndPoint)server.LocalEndpoint).Port, pinned ? CertificatePin.TryParse(other.Sha256()) : null));
        using var client = await server.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        await using var secure = new SslStream(client.GetStream());
        try
        {
            await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = Own }, TestContext.Current.CancellationToken);
            await secure.WriteAsync(Sentences.Lines(0, 5), TestContext.Current.CancellationToken);
        }
        catch (Exception e) when (e is IOException or AuthenticationException)
        {
            // The client hangs up, which is what is asked for.
        }

        await consumer.UntilAsync(c => c.Said.Count > 0);
        Assert.Contains("not trusted", consumer.Said[0].Text, StringComparison.Ordinal);
        Assert.Equal(0, consumer.All);
    }
}
