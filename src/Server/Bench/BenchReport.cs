using System.Diagnostics;
using System.Globalization;

namespace MaritimeWatch.Server.Bench;

/// <summary>Runs every scorer over every trial and writes the whole page, the model first. It ends with what must be shown.</summary>
internal sealed class BenchReport(BenchTables tables, BenchPart part, long seed, bool fast, bool training, Stopwatch clock)
{
    public void Write(IReadOnlyList<BenchTrial> trials, IReadOnlyList<NamedScorer> scorers, string? folder)
    {
        var results = scorers.Select(s => Timed(s.Name, () => BenchResult.Of(s, trials))).ToList();
        if (folder is not null)
        {
            BenchFiles.Write(folder, seed, results);
        }

        var days = trials.Where(t => t.Ground.Headline).SelectMany(t => t.Days()).ToList();
        var figures = Timed("intervals", () => results.Select(r => BenchFigures.Of(r.Scorer.Name, r.Headline, days, seed, fast ? 200 : 1000)).ToList());
        var model = results[0];
        tables.Comparison(figures, part);
        tables.Worlds(model);
        tables.Kinds(model);
        tables.Reception(model);
        tables.Reliability(model, part);
        var parity = tables.Parity(model, 5000, part);
        var delays = Timed("delays", () => model.Delays(fast ? 10 : 40, seed));
        var late = Timed("late data", () => model.RaisedWhileLate(fast ? 5 : 30, seed));
        Delays(delays, late);
        tables.Title("Leakage: with the labels dealt out anew nothing may be found");
        foreach (var result in results)
        {
            tables.Line(string.Create(CultureInfo.InvariantCulture, $"{result.Scorer.Name,-24} area under precision and recall at 1 %: {result.Shuffled(seed):0.000}; by chance 0.010"));
        }

        if (training)
        {
            WeightFit.Print(tables, model.Headline);
        }

        MustShow(model, figures, parity, late);
        tables.Line($"\nSeed {seed}; {trials.Count} worlds, hash {BenchFiles.HashOf(trials.Select(t => t.World)):x16}");
        Console.Error.WriteLine($"{clock.Elapsed.TotalSeconds:0} s in all");
    }

    private void Delays(IReadOnlyList<(double? Hours, bool Open)> delays, (int Asked, int Raised) late)
    {
        tables.Title("As it happens");
        var found = delays.Select(d => d.Hours).OfType<double>().Order().ToList();
        tables.Line(string.Create(CultureInfo.InvariantCulture, $"Of {delays.Count} silences watched, {found.Count} were raised up to an hour after the ship came back{(found.Count == 0 ? "" : $", after {found[found.Count / 2]:0.0} h in the median")}; {delays.Count(d => d.Open)} while she was silent"));
        tables.Line($"Of {late.Asked} ships whose data came late, {late.Raised} were raised meanwhile");
    }

    private void MustShow(BenchResult model, IReadOnlyList<BenchFigures> figures, (double Ratio, string Group) parity, (int Asked, int Raised) late)
    {
        var best = figures[0];
        var welch = figures.Where(f => f.Scorer.StartsWith("B1", StringComparison.Ordinal)).MaxBy(f => f[Figure.FHalfAtOne].Value);
        tables.Title("Must show");
        Bar("F0.5 at 1 %", "0.80 or more", best[Figure.FHalfAtOne], best[Figure.FHalfAtOne].Value >= 0.80);
        Bar("F0.5 at 1 % above the GFW rule", $"more than {welch?[Figure.FHalfAtOne].Value:0.000}", best[Figure.FHalfAtOne], best[Figure.FHalfAtOne].Value > welch?[Figure.FHalfAtOne].Value);
        Bar("recall at 1 false alarm, reception of 0.5 and more", "0.70 or more", best[Figure.RecallAtOneFalseHalfHeard], best[Figure.RecallAtOneFalseHalfHeard].Value >= 0.70);
        Bar("expected calibration error", "0.05 or less", best[Figure.Ece], best[Figure.Ece].Value <= 0.05);
        var outages = model.Truths(TruthKind.CellOutage, TruthKind.ProviderOutage).Where(t => t.Silenced > 0).ToList();
        Share("outages that raised nobody", 0.95, outages.Count(o => o.Alerts == 0), outages.Count);
        var discs = model.Truths(TruthKind.InterferenceDisc).ToList();
        Share("discs of interference that raised nobody", 1, discs.Count(d => d.Alerts == 0), discs.Count);
        var clashes = model.All.Count(c => c.Kind is TruthKind.MmsiClash or TruthKind.BitErrors && c.Alert);
        Say("number clashes and broken positions raised", "0", $"{clashes}", clashes == 0);
        Say("late data raised meanwhile", "0", $"{late.Raised} of {late.Asked}", late is { Asked: > 0, Raised: 0 });
        Say("false alarms, worst group against all", "1.25 or less", string.Create(CultureInfo.InvariantCulture, $"{parity.Ratio:0.00} ({parity.Group})"), parity.Ratio <= 1.25);
        var poor = model.Headline.Where(c => c.Reception < 0.2).ToList();
        Share("cannot tell or reception where less than 0.2 is heard", 1, poor.Count(c => !BenchCase.IsUnexplained(c.Class)), poor.Count);
        var labels = model.Shuffled(seed);
        Say("labels dealt out anew", "0.02 or less", labels.ToString("0.000", CultureInfo.InvariantCulture), labels <= 0.02);

        void Bar(string what, string wanted, Estimate found, bool met) => Say(what, wanted, found.ToString(), met);
        void Share(string what, double wanted, int part, int whole) => Say(what, string.Create(CultureInfo.InvariantCulture, $"{wanted:0.00} or more"), $"{BenchTables.Share(part, whole)} ({part} of {whole})", whole > 0 && part >= wanted * whole);
        void Say(string what, string wanted, string found, bool met)
        {
            part.Demands.Add(new BenchDemand(what, wanted, found, met));
            tables.Line($"{(met ? "met    " : "NOT MET")} {what}: wanted {wanted}, found {found}");
        }
    }

    private T Timed<T>(string what, Func<T> work)
    {
        var start = clock.Elapsed;
        var result = work();
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {(clock.Elapsed - start).TotalSeconds:0.0} s"));
        return result;
    }
}
