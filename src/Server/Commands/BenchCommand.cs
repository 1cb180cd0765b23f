using System.CommandLine;
using System.Diagnostics;
using MaritimeWatch.Detection.Flags;
using MaritimeWatch.Detection.Silence;
using MaritimeWatch.Server.Bench;
using MaritimeWatch.Server.Bench.Flags;
using MaritimeWatch.Server.Mail;
using MaritimeWatch.Server.Settings;

namespace MaritimeWatch.Server.Commands;

/// <summary><c>bench</c>: the detection benchmark (SCIENCE 5). The same seed and data give the same tables to the letter.</summary>
internal static class BenchCommand
{
    public static Command Create()
    {
        var shared = new Option<string?>("--shared") { Description = "Folder with data/ (default: ../shared beside the project's root)" };
        var part = new Option<string>("--part") { Description = "What to measure: dark (silences), series (against the recorded outputs), zones (must-cross), flags (identity), all", DefaultValueFactory = _ => "all" };
        part.AcceptOnlyFromAmong("dark", "series", "zones", "flags", "all");
        var seed = new Option<long>("--seed") { Description = "Seed of injections and resamples", DefaultValueFactory = _ => 1 };
        var fast = new Option<bool>("--fast") { Description = "One day and one replicate, fewer resamples: to see whether a change helps, not to publish" };
        var training = new Option<bool>("--training") { Description = "Measure on the training split, where thresholds may be tuned, and print the weights and calibration it would give" };
        var output = new Option<string?>("--out") { Description = "Folder for bench.json, which the console reads from data/bench, and for verdicts.ndjson and truths.ndjson" };
        var command = new Command("bench", "Measure detection on silences, outages and false positions put into real and simulated traffic") { shared, part, seed, fast, training, output };
        command.SetAction(p => Run(p.GetValue(part)!, p.GetValue(shared), p.GetValue(seed), p.GetValue(fast), p.GetValue(training), p.GetValue(output)));
        return command;
    }

    private static int Run(string part, string? shared, long seed, bool fast, bool training, string? folder)
    {
        var (house, from) = (House.Find(), shared ?? Path.Combine(House.Find().Root, "..", "shared"));
        var parts = new List<BenchPart>();
        if (part is "dark" or "all")
        {
            parts.Add(Part("dark", SilenceDetector.ModelVersion, "silences, outages and false positions put into real and simulated traffic; headline bases, test split"));
            Dark(house, from, seed, fast, training, folder, parts[^1]);
        }

        if (part is "series" or "all")
        {
            var reference = Path.Combine(from, "reference", "mltimeseries");
            if (Directory.Exists(reference))
            {
                SeriesTable.Print(Console.Out, reference);
            }
            else
            {
                Console.WriteLine($"Series skipped: {reference} is not there; name its folder with --shared.");
            }
        }

        if (part is "zones" or "all")
        {
            MustCrossTable.Print(Console.Out, house, fast ? 200 : 1000);
        }

        if (part is "flags" or "all")
        {
            parts.Add(Part("flags", FlagChangeDetector.ModelVersion, "histories of flag and identity, spliced and lawful"));
            FlagBench.Print(Console.Out, house, from, seed, parts[^1]);
        }

        if (folder is not null)
        {
            BenchPart.Write(folder, parts);
        }

        return 0;

        BenchPart Part(string name, string model, string what) => new(name, model, TimeProvider.System.GetUtcNow(), seed, fast, training, what);
    }

    private static void Dark(House house, string shared, long seed, bool fast, bool training, string? folder, BenchPart page)
    {
        var clock = Stopwatch.StartNew();
        var plan = new BenchPlan(house, shared, seed, fast);
        var tables = new BenchTables(Console.Out, seed, fast ? 200 : 1000);
        var bases = plan.Bases();
        plan.Skipped.ForEach(tables.Line);
        var trials = bases.SelectMany(b => plan.Trials(b, training)).ToList();
        Console.Error.WriteLine($"{trials.Count} worlds after {clock.Elapsed.TotalSeconds:0} s");
        var receptions = trials.ToDictionary(t => t.World, t => t.Reception);
        var (model, chart) = (new SilenceOptions(), house.Chart());
        var scorers = new List<NamedScorer> { AssessmentScorer.Of("model", model, chart) };
        if (!fast)
        {
            // What each part of the model is worth: the same without it, the threshold left where it was.
            scorers.Add(AssessmentScorer.Of("- outages", model with { OutageShare = 1e-12 }, chart));
            scorers.Add(AssessmentScorer.Of("- frailty", model with { Frailty = 1e6 }, chart));
            scorers.Add(AssessmentScorer.Of("- place, habit", model with { Weights = model.Weights with { SilencesHere = 0, OftenSilent = 0 } }, chart));
            scorers.Add(AssessmentScorer.Of("- areas", model, chart, areas: false));
        }

        scorers.AddRange(Baselines.All(world => receptions[world], LandMap.Load(Path.Combine(house.Maps, "land-50m.geojson"))));
        new BenchReport(tables, page, seed, fast, training, clock).Write(trials, scorers, folder);
    }
}
