using System.Diagnostics;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace MaritimeWatch.Support;

/// <summary>
/// A server that speaks the protocol of Azure Cosmos DB, on loopback with a certificate of its own: tests/Support/cosmos. With
/// <c>MW_COSMOS_ENDPOINT</c> and <c>MW_COSMOS_KEY</c> set, the account they name is used instead.
/// </summary>
internal sealed class CosmosServer : IAsyncDisposable
{
    private static readonly SemaphoreSlim Once = new(1, 1);
    private static CosmosServer? shared;

    private readonly Process? process;
    private readonly DirectoryInfo? folder;
    private readonly HttpClient? control;
    private readonly string? thumbprint;

    private CosmosServer(string endpoint, string key, Process? process, DirectoryInfo? folder, string? thumbprint)
    {
        (Endpoint, Key, this.process, this.folder, this.thumbprint) = (endpoint, key, process, folder, thumbprint);
        control = process is null ? null : new HttpClient(MakeHandler()!) { BaseAddress = new Uri(endpoint) };
    }

    public string Endpoint { get; }

    public string Key { get; }

    public bool IsRealAccount => process is null;

    /// <summary>What a program needs to reach the server: trust in its certificate, and query plans made without the service.</summary>
    public IReadOnlyDictionary<string, string> Environment => IsRealAccount ? new Dictionary<string, string>() : new Dictionary<string, string>
    {
        ["AZURE_COSMOS_USE_QUERY_PLAN_INTEROP_LINUX"] = "true",
        ["SSL_CERT_FILE"] = Path.Combine(folder!.FullName, "cert.pem"),
    };

    /// <summary>The server all tests of this run share; started at the first call.</summary>
    public static async Task<CosmosServer> SharedAsync()
    {
        await Once.WaitAsync();
        try
        {
            return shared ??= await StartAsync();
        }
        finally
        {
            Once.Release();
        }
    }

    /// <summary>A server of one's own, for tests that make faults. Skips the test where Node.js is missing.</summary>
    public static async Task<CosmosServer> StartAsync()
    {
        if (System.Environment.GetEnvironmentVariable("MW_COSMOS_ENDPOINT") is { Length: > 0 } endpoint)
        {
            return new CosmosServer(endpoint, System.Environment.GetEnvironmentVariable("MW_COSMOS_KEY") ?? "", null, null, null);
        }

        System.Environment.SetEnvironmentVariable("AZURE_COSMOS_USE_QUERY_PLAN_INTEROP_LINUX", "true");
        var home = Path.Combine(SharedData.Root, "tests", "Support", "cosmos");
        await InstallAsync(home);
        var folder = Directory.CreateTempSubdirectory("mw-cosmos-");
        var thumbprint = MakeCertificate(folder.FullName);
        var process = Process.Start(new ProcessStartInfo("node")
        {
            WorkingDirectory = home,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            ArgumentList = { "--max-old-space-size=4096", "start.mjs", Path.Combine(folder.FullName, "cert.pem"), Path.Combine(folder.FullName, "key.pem") },
        })!;
        var ready = await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30)) ?? throw new InvalidOperationException("The Cosmos test server ended at once.");
        return new CosmosServer($"https://127.0.0.1:{ready.Split(' ')[1]}", Convert.ToBase64String(new byte[64]), process, folder, thumbprint);
    }

    /// <summary>Carries requests to this server and no other; null for a real account.</summary>
    public HttpMessageHandler? MakeHandler() => thumbprint is null ? null : new SocketsHttpHandler
    {
        SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is X509Certificate2 { Thumbprint: { } found } && found == thumbprint },
    };

    /// <summary>Makes faults, such as <c>new { throttle = 3 }</c>, <c>new { loseAnswer = 1 }</c>, <c>new { race = 2 }</c>, <c>new { outageMs = 3000 }</c>; skips on a real account.</summary>
    public async Task<JsonElement> FaultAsync(object faults)
    {
        Assert.SkipWhen(IsRealAccount, "Faults are made by the loopback server; unset MW_COSMOS_ENDPOINT to see them.");
        using var answer = await control!.PostAsJsonAsync("/__faults", faults);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            process.StandardInput.Close();
            await process.WaitForExitAsync();
            process.Dispose();
        }

        control?.Dispose();
        folder?.Delete(recursive: true);
    }

    /// <summary>Once for all suites that run at the same time.</summary>
    private static async Task InstallAsync(string home)
    {
        using var alone = await LockAsync(Path.Combine(Path.GetTempPath(), "mw-cosmos-install.lock"));
        if (File.Exists(Path.Combine(home, "node_modules", ".package-lock.json")))
        {
            return;
        }

        try
        {
            using var npm = Process.Start(new ProcessStartInfo("npm") { WorkingDirectory = home, RedirectStandardOutput = true, ArgumentList = { "ci", "--ignore-scripts", "--no-audit", "--no-fund" } })!;
            await npm.StandardOutput.ReadToEndAsync();
            await npm.WaitForExitAsync();
            Assert.True(npm.ExitCode == 0, "npm ci failed in tests/Support/cosmos.");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("Node.js is missing: install node and npm (20 or later) to test the Cosmos store.");
        }
    }

    private static async Task<FileStream> LockAsync(string path)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(200);
            }
        }
    }

    private static string MakeCertificate(string folder)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(System.Net.IPAddress.Loopback);
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(2));
        File.WriteAllText(Path.Combine(folder, "cert.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "key.pem"), key.ExportPkcs8PrivateKeyPem());
        return certificate.Thumbprint;
    }
}
