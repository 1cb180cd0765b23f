using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;
using MaritimeWatch.Benchmarks;

// Figures, never tests: run with dotnet run -c Release --project tests/Benchmarks -- [store | BenchmarkDotNet arguments].
if (args is ["store", ..])
{
    StoreBench.Run();
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(DecodeBench).Assembly).Run(args, DefaultConfig.Instance.WithArtifactsPath(Path.Combine(Path.GetTempPath(), "mw-bench")));
