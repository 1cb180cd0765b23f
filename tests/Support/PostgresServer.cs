using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace MaritimeWatch.Support;

/// <summary>A PostgreSQL server of one's own: in a folder that goes with it, on loopback, on a free port.</summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private readonly Process process;
    private readonly DirectoryInfo folder;

    private PostgresServer(Process process, DirectoryInfo folder, int port) => (this.process, this.folder, Port) = (process, folder, port);

    public int Port { get; }

    public string Connection => $"Host=127.0.0.1;Port={Port};Username=watch;Database=postgres;Maximum Pool Size=20";

    /// <summary>Skips the test where PostgreSQL is missing.</summary>
    public static async Task<PostgresServer> StartAsync()
    {
        var initdb = Programs("initdb").FirstOrDefault();
        Assert.SkipWhen(initdb is null, "PostgreSQL is missing: install the package postgresql to test several machines.");
        var folder = Directory.CreateTempSubdirectory("mw-postgres-");
        await RunAsync("chown", ["postgres", folder.FullName], onlyForRoot: true);
        var data = Path.Combine(folder.FullName, "data");
        await RunAsync(initdb!, ["-D", data, "-U", "watch", "-A", "trust", "-E", "UTF8", "--no-sync"], asServer: true);
        var port = FreePort();
        var process = Process.Start(Command(Path.Combine(Path.GetDirectoryName(initdb)!, "postgres"), ["-D", data, "-p", $"{port}", "-c", "listen_addresses=127.0.0.1", "-c", $"unix_socket_directories={folder.FullName}"], asServer: true))!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await AnsweringAsync(port, process);
        return new PostgresServer(process, folder, port);
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        process.Dispose();
        folder.Delete(recursive: true);
    }

    private static IEnumerable<string> Programs(string name) =>
        (Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending(StringComparer.Ordinal).Select(d => Path.Combine(d, "bin")) : [])
        .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)).Select(d => Path.Combine(d, name)).Where(File.Exists);

    /// <summary>PostgreSQL refuses to run as root; its package makes a user for it.</summary>
    private static ProcessStartInfo Command(string program, IEnumerable<string> arguments, bool asServer)
    {
        var start = new ProcessStartInfo(asServer && Environment.IsPrivilegedProcess ? "setpriv" : program) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath() };
        foreach (var argument in asServer && Environment.IsPrivilegedProcess ? ["--reuid=postgres", "--regid=postgres", "--clear-groups", program, .. arguments] : arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }

    private static async Task RunAsync(string program, IEnumerable<string> arguments, bool asServer = false, bool onlyForRoot = false)
    {
        if (onlyForRoot && !Environment.IsPrivilegedProcess)
        {
            return;
        }

        using var process = Process.Start(Command(program, arguments, asServer))!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} failed: {await output} {await errors}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task AnsweringAsync(int port, Process process)
    {
        for (var tries = 0; tries < 150 && !process.HasExited; tries++)
        {
            try
            {
                using var probe = new TcpClient();
                await probe.ConnectAsync(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(100);
            }
        }

        Assert.Fail("PostgreSQL did not start.");
    }
}
