using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace MaritimeWatch.Integration.Transports;

/// <summary>A real web server on loopback that answers as the test says, and can be killed and started again on its port.</summary>
internal sealed class LoopbackWeb : IAsyncDisposable
{
    private readonly WebApplication app;

    private LoopbackWeb(WebApplication app) => this.app = app;

    public int Port => new Uri(app.Urls.First()).Port;

    public static async Task<LoopbackWeb> StartAsync(RequestDelegate answer, int port = 0, X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, port, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            if (certificate is not null)
            {
                listen.UseHttps(certificate);
            }
        }));
        builder.WebHost.UseSetting(WebHostDefaults.ShutdownTimeoutKey, "0");
        var app = builder.Build();
        app.UseWebSockets();
        app.Run(answer);
        await app.StartAsync();
        return new LoopbackWeb(app);
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();
}
