using System.Text.Json;
using MaritimeWatch.Feeds.Exercise;
using MaritimeWatch.Units;

namespace MaritimeWatch.Unit.Feeds.Exercise;

[Collection("the exercise: one scenario, whose caches serve one reader at a time")]
public sealed class ExerciseSeedsTests
{
    private static readonly ExerciseScenario Scenario = ExerciseScenario.Load(ExerciseMorning.Folder);

    [Fact]
    public void The_files_of_truths_and_registers_are_those_of_the_scenario()
    {
        var truths = JsonSerializer.Serialize(Scenario.DeriveTruths(), ScenarioFile.Json) + "\n";
        var registry = string.Join('\n', Scenario.RegistryLines) + "\n";
        if (Environment.GetEnvironmentVariable("EXERCISE_WRITE_SEEDS") == "1")
        {
            File.WriteAllText(Scenario.TruthsPath, truths);
            File.WriteAllText(Scenario.RegistryPath, registry);
            Assert.Skip("The files were written, not compared: run again without EXERCISE_WRITE_SEEDS.");
        }

        Assert.Equal(truths, File.ReadAllText(Scenario.TruthsPath));
        Assert.Equal(registry, File.ReadAllText(Scenario.RegistryPath));
    }

    [Fact]
    public void Every_truth_of_the_exercise_is_there_once_within_the_first_nine_hours()
    {
        Assert.Equal(Enum.GetValues<ExerciseTruthKind>(), [.. Scenario.Truths.Select(t => t.Truth).Order()]);
        Assert.All(Scenario.Truths, t => Assert.InRange(t.EndTime, t.StartTime.AddMinutes(1), Scenario.Start.AddHours(9)));
        Assert.All(Scenario.Truths, t => Assert.StartsWith("EXERCISE", t.Text, StringComparison.Ordinal));
    }

    [Fact]
    public void Identities_are_well_formed_and_plainly_made_up()
    {
        var said = Scenario.Ships.SelectMany(s => s.Identities).ToList();
        Assert.All(said, i => Assert.Equal(MmsiKind.Ship, new Mmsi(i.Mmsi).Kind));
        Assert.All(said, i => Assert.Equal(9, i.Mmsi / 100_000 % 10));
        Assert.All(said.Where(i => i.Imo > 0), i => Assert.True(ImoNumber.HasRightCheckDigit(i.Imo) && i.Imo is >= 2_000_000 and <= 4_999_999));
        Assert.All(said, i => Assert.True(i.Name.StartsWith("EXER ", StringComparison.Ordinal) && i.Name.Length <= 20 && i.CallSign.Length <= 7));
        var shared = Scenario.Truths.Single(t => t.Truth == ExerciseTruthKind.SharedMmsi).Mmsis.Single();
        var twice = Scenario.Ships.GroupBy(s => s.Identities[0].Mmsi).Where(g => g.Count() > 1).Select(g => g.Key);
        Assert.Equal([shared], twice);
        Assert.Equal(said.Count(i => i.FromS < 0 && i.Imo > 0), said.Where(i => i.FromS < 0 && i.Imo > 0).DistinctBy(i => i.Imo).Count());
    }

    [Fact]
    public void The_register_agrees_with_most_broadcasts_and_denies_one_flag()
    {
        var rows = File.ReadLines(Scenario.RegistryPath).Skip(1).Select(l => l.Split(',')).ToList();
        Assert.All(rows, r => Assert.Contains("EXERCISE-", r[10], StringComparison.Ordinal));
        var registered = rows.Where(r => r[7] == "registered").ToDictionary(r => int.Parse(r[0]));
        var withImo = Scenario.Ships.Where(s => s.Identities[0].Imo > 0).ToList();
        var known = withImo.Where(s => registered.ContainsKey(s.Identities[0].Imo)).ToList();
        Assert.InRange(known.Count, withImo.Count * 0.9, withImo.Count * 0.99);
        Assert.All(known, s => Assert.Equal($"{s.Identities[0].Mmsi},{s.Identities[0].CallSign},{s.Identities[0].Name},{s.Identities[0].Flag}", string.Join(',', registered[s.Identities[0].Imo][1..5])));

        var denied = Scenario.Truths.Single(t => t.Truth == ExerciseTruthKind.DeniedFlag);
        var row = Assert.Single(rows, r => r[0] == denied.Imo.ToString());
        Assert.Equal(("CY", "deleted", "2025-06-30"), (row[4], row[7], row[9]));
        Assert.Equal(denied.Mmsis.Single().ToString(), row[1]);

        var hop = Scenario.Truths.Single(t => t.Truth == ExerciseTruthKind.FlagHop);
        Assert.Equal(["MT deleted 2025-06-12", "PA deleted 2026-01-20", "LR registered "], rows.Where(r => r[0] == hop.Imo.ToString()).Select(r => $"{r[4]} {r[7]} {r[9]}"));
    }
}
