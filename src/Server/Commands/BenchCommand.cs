using System.CommandLine;
using System.Diagnostics;
using MaritimeWatch.Detection.Silence;
using MaritimeWatch.Server.Bench;
using MaritimeWatch.Server.Mail;
using MaritimeWatch.Server.Settings;

namespace MaritimeWatch.Server.Commands;

/// <summary><c>bench</c>: the detection benchmark (SCIENCE 5). The same seed and data give the same tables to the letter.</summary>
internal static class BenchCommand
{
    public static Command Create()
    {
        var shared = new Option<string?>("--shared") { Description = "Folder with data/ (default: ../shared beside the project's root)" };
        var part = new Option<string>("--part") { Description = "What to measure: dark", DefaultValueFactory = _ => "dark" };
        part.AcceptOnlyFromAmong("dark");
        var seed = new Option<long>("--seed") { Description = "Seed of injections and resamples", DefaultValueFactory = _ => 1 };
        var fast = new Option<bool>("--fast") { Description = "One day and one replicate, fewer resamples: to see whether a change helps, not to publish" };
        var training = new Option<bool>("--training") { Description = "Measure on the training split: where thresholds may be tuned" };
        var output = new Option<string?>("--out") { Description = "Folder for verdicts.ndjson and truths.ndjson" };
        var command = new Command("bench", "Measure detection on silences, outages and false positions put into real and simulated traffic") { shared, part, seed, fast, training, output };
        command.SetAction(p => Run(p.GetValue(shared), p.GetValue(seed), p.GetValue(fast), p.GetValue(training), p.GetValue(output)));
        return command;
    }

    private static int Run(string? shared, long seed, bool fast, bool training, string? folder)
    {
        var clock = Stopwatch.StartNew();
        var house = House.Find();
        var plan = new BenchPlan(house, shared is null ? Path.Combine(house.Root, "..", "shared") : shared, seed, fast);
        var tables = new BenchTables(Console.Out, seed, fast ? 200 : 1000);
        var bases = plan.Bases();
        plan.Skipped.ForEach(tables.Line);
        var trials = bases.SelectMany(b => plan.Trials(b, training)).ToList();
        Console.Error.WriteLine($"{trials.Count} worlds after {clock.Elapsed.TotalSeconds:0} s");
        var receptions = trials.ToDictionary(t => t.World, t => t.Reception);
        var scorers = new List<NamedScorer> { AssessmentScorer.Of("model", new SilenceOptions(), house.Chart()) };
        scorers.AddRange(Baselines.All(world => receptions[world], LandMap.Load(Path.Combine(house.Maps, "land-50m.geojson"))));
        new BenchReport(tables, seed, fast, clock).Write(trials, scorers, folder);
        return 0;
    }
}
