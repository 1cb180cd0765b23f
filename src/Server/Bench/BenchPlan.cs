using MaritimeWatch.Feeds.Exercise;
using MaritimeWatch.Server.Settings;

namespace MaritimeWatch.Server.Bench;

/// <summary>Which bases are at hand, and what is done to them. A base whose data is absent is named with how to enable it.</summary>
internal sealed class BenchPlan(House house, string shared, long seed, bool fast)
{
    /// <summary>A world too short for a silence carries displaced and broken positions only.</summary>
    private const double LeastHours = 6;

    /// <summary>Bases left out, each with the reason and what would enable it.</summary>
    public List<string> Skipped { get; } = [];

    public IReadOnlyList<BenchGround> Bases()
    {
        var bases = new List<BenchGround>();
        Add("ais-bc-2018/ais_bc_2018_jul_sep.csv.gz", BenchGrounds.BritishColumbia);
        bases.Add(ExerciseGround.Make(ExerciseScenario.Load(Path.Combine(house.Seeds, "exercise")), seed, fast ? 1 : 3));
        Add("ais-northsea-2022/ais_northsea_20221101.csv.gz", BenchGrounds.NorthSea);
        Add("ais-noaa-zone01-2017/AIS_2017_01_Zone01_days01-20.csv", BenchGrounds.Aleutians);
        Add("ais-brest-2015/227592820.csv.gz", BenchGrounds.Brest);
        return bases;

        void Add(string file, Func<string, BenchGround> read)
        {
            var path = Path.Combine(shared, "data", file);
            if (File.Exists(path))
            {
                bases.Add(read(path));
                return;
            }

            Skipped.Add($"skipped: {file} is not in {shared}. To enable: --shared FOLDER, the folder that holds data/{Path.GetDirectoryName(file)}.");
        }
    }

    /// <summary>The worlds of test or of training after their injections.</summary>
    public IEnumerable<BenchTrial> Trials(BenchGround known, bool training)
    {
        foreach (var world in training ? known.Training : known.Test)
        {
            var reception = new BenchReception(world);
            var hours = (world.End - world.Start).TotalHours;
            for (var replicate = 0; hours >= LeastHours && replicate < (fast || !known.Headline ? 1 : 3); replicate++)
            {
                var again = seed + (replicate * 1_000_003L);
                var silences = new SilenceInjector(again, known.SideHours).Inject(world, 60, 15);
                yield return new BenchTrial(known, silences with { Name = $"{silences.Name}{replicate + 1}" }, reception);
                var outages = new OutageInjector(again).Inject(world, 60);
                yield return new BenchTrial(known, outages with { Name = $"{outages.Name}{replicate + 1}" }, reception);
            }

            yield return new BenchTrial(known, new PositionInjector(seed).Inject(world, hours > 100 ? 30 : 3), reception);
        }
    }
}
