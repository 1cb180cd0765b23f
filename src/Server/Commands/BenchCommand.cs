using System.CommandLine;
using System.Diagnostics;
using MaritimeWatch.Detection.Silence;
using MaritimeWatch.Feeds.Exercise;
using MaritimeWatch.Server.Bench;
using MaritimeWatch.Server.Settings;

namespace MaritimeWatch.Server.Commands;

/// <summary><c>bench</c>: the detection benchmark.</summary>
internal static class BenchCommand
{
    public static Command Create()
    {
        var shared = new Option<string?>("--shared");
        var command = new Command("bench", "x") { shared };
        command.SetAction(p => Run(p.GetValue(shared)));
        return command;
    }

    private static int Run(string? shared)
    {
        var house = House.Find();
        var clock = Stopwatch.StartNew();
        var data = shared ?? Path.Combine(house.Root, "..", "shared", "data");
        void Say(string what) => Console.WriteLine($"{clock.Elapsed.TotalSeconds:0.0} {what}");
        var bases = new List<BenchBase> {
            BenchBases.BritishColumbia(Path.Combine(data, "ais-bc-2018/ais_bc_2018_jul_sep.csv.gz")), BenchBases.NorthSea(Path.Combine(data, "ais-northsea-2022/ais_northsea_20221101.csv.gz")),
            BenchBases.Aleutians(Path.Combine(data, "ais-noaa-zone01-2017/AIS_2017_01_Zone01_days01-20.csv")), BenchBases.Brest(Path.Combine(data, "ais-brest-2015/227592820.csv.gz")) };
        Say("real");
        bases.Add(ExerciseBase.Make(ExerciseScenario.Load(Path.Combine(house.Seeds, "exercise")), 1, 1));
        Say("exercise");
        var scorer = AssessmentScorer.Of("m", new SilenceOptions());
        foreach (var b in bases)
        {
            foreach (var w in b.Training.Concat(b.Test))
            {
                var v = scorer.Score(w);
                Say($"{w.Name} tracks {w.Tracks.Count} tested {w.Tracks.Count(t => t.Tested)} fixes {w.Tracks.Sum(t => t.Fixes.Count)} verdicts {v.Count} alerts {v.Count(x => x.Alert)}");
            }
        }

        return 0;
    }
}
