using System.Diagnostics;
using System.Text;

namespace MaritimeWatch.Support;

/// <summary>The real program as a child process, with what it said.</summary>
internal sealed class RunningProgram : IAsyncDisposable
{
    private readonly Process process;
    private readonly StringBuilder output = new(), errors = new();

    private RunningProgram(Process process) => this.process = process;

    public string Output => Locked(output);

    public string Errors => Locked(errors);

    public int ExitCode => process.ExitCode;

    public bool HasExited => process.HasExited;

    public static string Path => System.IO.Path.Combine(AppContext.BaseDirectory, "MaritimeWatch.Server.dll");

    public static RunningProgram Start(params IEnumerable<string> arguments) => Start(new Dictionary<string, string>(), arguments);

    public static RunningProgram Start(IReadOnlyDictionary<string, string> environment, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = SharedData.Root, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.ArgumentList.Add(Path);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var program = new RunningProgram(Process.Start(start)!);
        program.process.OutputDataReceived += (_, e) => program.Take(program.output, e.Data);
        program.process.ErrorDataReceived += (_, e) => program.Take(program.errors, e.Data);
        program.process.BeginOutputReadLine();
        program.process.BeginErrorReadLine();
        return program;
    }

    /// <summary>Runs to the end.</summary>
    public static Task<RunningProgram> RunAsync(params IEnumerable<string> arguments) => RunAsync(new Dictionary<string, string>(), arguments);

    public static async Task<RunningProgram> RunAsync(IReadOnlyDictionary<string, string> environment, IEnumerable<string> arguments)
    {
        var program = Start(environment, arguments);
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        await program.process.WaitForExitAsync(limit.Token);
        return program;
    }

    /// <summary>Waits until the output holds a text.</summary>
    public async Task<string> SaysAsync(string text, TimeSpan within)
    {
        for (var waited = TimeSpan.Zero; waited < within; waited += TimeSpan.FromMilliseconds(100))
        {
            if (Output.Split('\n').FirstOrDefault(l => l.Contains(text, StringComparison.Ordinal)) is { } line)
            {
                return line;
            }

            if (process.HasExited)
            {
                break;
            }

            await Task.Delay(100);
        }

        throw new InvalidOperationException($"The program did not say '{text}'. It said: {Output} {Errors}");
    }

    /// <summary>SIGKILL: no handler runs.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            await KillAsync();
        }

        process.Dispose();
    }

    private void Take(StringBuilder to, string? line)
    {
        if (line is not null)
        {
            lock (to)
            {
                to.Append(line).Append('\n');
            }
        }
    }

    private static string Locked(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }
}

/// <summary>A folder for one test, deleted after it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("mw-test-").FullName;

    public string At(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
