using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;
using MaritimeWatch.Benchmarks;

// Figures, never tests: run with dotnet run -c Release --project tests/Benchmarks -- [nmea [messages] | csv [rows] | gaps [messages] | meet | day [rows] | store | search [hulls] | live | pictures [folder] | console [--vessels N] [--minutes N] [--usual | --each-second] [--write FILE] | history vessels file | load … | BenchmarkDotNet arguments].
if (args is ["load", _, _, _, ..])
{
    await LoadBench.RunAsync(args[1..]);
    return;
}

if (args is ["console", ..])
{
    await ConsoleBench.RunAsync(args[1..]);
    return;
}

if (args is ["pictures", ..])
{
    await Pictures.RunAsync(args.Length > 1 ? args[1] : Path.Combine("docs", "screens"));
    return;
}

if (args is ["live", ..])
{
    LiveBench.Run();
    return;
}

if (args is ["nmea", ..])
{
    Environment.ExitCode = NmeaBench.Run(args[1..]);
    return;
}

if (args is ["csv", ..])
{
    Environment.ExitCode = CsvBench.Run(args.Length > 1 ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 1_000_000);
    return;
}

if (args is ["gaps" or "meet" or "day" or "day-turn", ..])
{
    var count = args.Length == 2 ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : (int?)null;
    Environment.ExitCode = args[0] switch
    {
        "gaps" => GapScanBench.Run(count ?? 2_000_000),
        "meet" => MeetBench.Run(),
        "day" => DayBench.Run(count ?? 3_000_000),
        _ => DayBench.Turn(args[1..]),
    };
    return;
}

if (args is ["search", ..])
{
    await SearchBench.RunAsync(args.Length > 1 ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 1_000_000);
    return;
}

if (args is ["history", _, _])
{
    await HistoryBench.RunAsync(int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture), args[2]);
    return;
}

if (args is ["store", ..])
{
    StoreBench.Run();
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(GapBench).Assembly).Run(args, DefaultConfig.Instance.WithArtifactsPath(Path.Combine(Path.GetTempPath(), "mw-bench")));
