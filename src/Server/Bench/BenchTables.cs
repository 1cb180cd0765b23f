using System.Globalization;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Server.Bench;

/// <summary>The tables of the benchmark, plain text within 100 columns.</summary>
internal sealed class BenchTables(TextWriter writer, long seed, int resamples)
{
    private static readonly TruthKind[] Outages = [TruthKind.CellOutage, TruthKind.ProviderOutage];

    public void Comparison(IReadOnlyList<BenchFigures> figures, BenchPart part)
    {
        Title($"Headline bases, test split: {figures[0].Positives} silences made, {figures[0].Negatives} other silences, {figures[0].VesselDays:0} vessel-days");
        foreach (var (figure, name) in Names)
        {
            Line(name);
            foreach (var one in figures)
            {
                Line($"    {one.Scorer,-24} {one[figure]}");
                part.Figures.Add(new BenchFigureLine(one.Scorer, name, BenchPart.Number(one[figure].Value), BenchPart.Number(one[figure].Low), BenchPart.Number(one[figure].High)));
            }
        }
    }

    public void Worlds(BenchResult result)
    {
        Title($"{result.Scorer.Name}: by base");
        Line($"{"base",-12}{"worlds",7}{"made",7}{"found",7}{"recall",8}{"others",8}{"raised",8}{"vessel-days",13}{"cannot tell",13}");
        foreach (var group in result.Judged.GroupBy(j => j.Trial.Ground.Name))
        {
            var cases = group.SelectMany(g => g.Cases).ToList();
            int made = cases.Count(c => c.IsPositive), found = cases.Count(c => c is { IsPositive: true, Alert: true });
            Line(Text($"{group.Key,-12}{group.Count(),7}{made,7}{found,7}{Share(found, made),8}{cases.Count - made,8}{cases.Count(c => c is { IsPositive: false, Alert: true }),8}{group.Sum(g => g.Trial.Days().Sum(d => d.Days)),13:0}{Share(cases.Count(c => c.Class == Detection.FindingClass.CannotTell), cases.Count),13}"));
        }
    }

    public void Kinds(BenchResult result)
    {
        Title($"{result.Scorer.Name}: what was done, and what was said (all bases; but for N nobody may be raised)");
        (string Cause, int Width)[] causes = [("N", 8), ("N lawful", 10), ("R", 8), ("X", 8), ("cannot tell", 12), ("other", 8)];
        Line($"{"truth",-18}{"cause",-11}{"silences",9}{"raised",7}{string.Join("", causes.Select(c => c.Cause.PadLeft(c.Width)))}");
        foreach (var group in result.All.GroupBy(c => c.Kind).OrderBy(g => g.Key))
        {
            var said = group.GroupBy(c => BenchResult.CauseOf(c.Class)).ToDictionary(g => g.Key, g => g.Count());
            Line($"{group.Key,-18}{BenchResult.CauseOf(group.Key),-11}{group.Count(),9}{group.Count(c => c.Alert),7}{string.Join("", causes.Select(c => Share(said.GetValueOrDefault(c.Cause), group.Count()).PadLeft(c.Width)))}");
        }

        foreach (var kind in Outages)
        {
            var all = result.Truths(kind).Where(t => t.Silenced > 0).ToList();
            var many = all.Where(t => t.Silenced >= 3).ToList();
            Line($"{kind}: {all.Count(t => t.Alerts == 0)} of {all.Count} raised nobody; of those that silenced three or more, {many.Count(t => t.Alerts == 0)} of {many.Count}");
        }

        var discs = result.Truths(TruthKind.InterferenceDisc).ToList();
        Line($"Discs of interference: {discs.Count(t => t.Alerts == 0)} of {discs.Count} raised nobody");
    }

    public void Reception(BenchResult result)
    {
        Title($"{result.Scorer.Name}: by reception where the silence began (headline bases)");
        Line($"{"share of slots heard",-22}{"made",7}{"recall",8}{"others",8}{"raised",8}{"cannot tell (made)",20}{"cannot tell (others)",22}");
        foreach (var (low, high) in VesselDays.Bands)
        {
            var cases = result.Headline.Where(c => c.Reception >= low && c.Reception < high).ToList();
            List<BenchCase> made = [.. cases.Where(c => c.IsPositive)], others = [.. cases.Where(c => !c.IsPositive)];
            Line(Text($"{low:0.0} to {Math.Min(1, high):0.0}            {made.Count,7}{Share(made.Count(c => c.Alert), made.Count),8}{others.Count,8}{others.Count(c => c.Alert),8}{Share(CannotTell(made), made.Count),20}{Share(CannotTell(others), others.Count),22}"));
        }

        static int CannotTell(List<BenchCase> cases) => cases.Count(c => c.Class == Detection.FindingClass.CannotTell);
    }

    public void Reliability(BenchResult result, BenchPart part)
    {
        Title($"{result.Scorer.Name}: of what was said, how much was so (headline bases, silences made brought to 1 % and to one half)");
        Line($"{"said",-14}{"silences",9}{"at 1 %: mean said",20}{"was so",9}{"at one half: mean said",25}{"was so",9}");
        var index = result.Headline.Select(c => c.Vessel).Distinct().Order(StringComparer.Ordinal).Select((v, i) => (v, i)).ToDictionary(v => v.v, v => v.i);
        var (sorted, weights) = (BenchFigures.Sorted(result.Headline, index), Enumerable.Repeat(1, index.Count).ToArray());
        var (usual, even) = (BenchMetrics.Calibration(sorted, weights, 0.01).Bins, BenchMetrics.Calibration(sorted, weights, 0.5).Bins);
        for (var b = 0; b < usual.Length; b++)
        {
            part.Reliability.Add(new BenchBinLine(b / 10.0, (b + 1) / 10.0, even[b].Cases, even[b].Cases == 0 ? null : BenchPart.Number(even[b].MeanSaid), even[b].Cases == 0 ? null : BenchPart.Number(even[b].ShareTrue)));
            Line(Text($"{b / 10.0:0.0} to {(b + 1) / 10.0:0.0}    {usual[b].Cases,9}{Shown(usual[b].MeanSaid, usual[b]),20}{Shown(usual[b].ShareTrue, usual[b]),9}{Shown(even[b].MeanSaid, even[b]),25}{Shown(even[b].ShareTrue, even[b]),9}"));
        }

        static string Shown(double value, ReliabilityBin bin) => bin.Cases == 0 ? "—" : value.ToString("0.000", CultureInfo.InvariantCulture);
    }

    /// <summary>False alarms by group; gives the worst group against all, of those with enough vessel-days.</summary>
    public (double Ratio, string Group) Parity(BenchResult result, double leastDays, BenchPart part)
    {
        Title($"{result.Scorer.Name}: false alarms per 1,000 vessel-days by group (headline bases; a ratio needs {leastDays:0} vessel-days)");
        var days = result.Judged.Where(j => j.Trial.Ground.Headline).SelectMany(j => j.Trial.Days()).ToList();
        double all = 1000 * result.Headline.Count(c => c is { IsPositive: false, Alert: true }) / days.Sum(d => d.Days);
        (double Ratio, string Group) worst = (double.NaN, "no group is large enough");
        Line($"{"group",-30}{"vessel-days",12}{"others",8}{"raised",8}{"  per 1,000",30}{"ratio",8}");
        foreach (var (name, of) in Groups)
        {
            foreach (var group in days.GroupBy(d => of(d.Track)).OrderBy(g => g.Key, StringComparer.Ordinal))
            {
                Row($"{name} {group.Key}", [.. result.Headline.Where(c => of(c.Track) == group.Key)], [.. group]);
            }
        }

        for (var band = 0; band < VesselDays.Bands.Length; band++)
        {
            var only = band;
            Row(Text($"reception from {VesselDays.Bands[band].Low:0.0}"), [.. result.Headline.Where(c => VesselDays.BandOf(c.Reception) == only)], [.. days.Select(d => d with { ByBand = [.. d.ByBand.Select((b, i) => i == only ? b : 0)] })]);
        }

        return worst;

        void Row(string group, List<BenchCase> cases, List<VesselDays> its)
        {
            var rate = BenchFigures.FalsePerThousand(cases, its, seed, resamples);
            var enough = its.Sum(d => d.Days) >= leastDays && all > 0;
            part.Groups.Add(new BenchGroupLine(group, Math.Round(its.Sum(d => d.Days)), "vessel-days", BenchPart.Number(rate.Value), "false alarms per 1,000 vessel-days", enough ? BenchPart.Number(rate.Value / all) : null));
            worst = enough && !(rate.Value / all <= worst.Ratio) ? (rate.Value / all, group) : worst;
            Line(Text($"{group,-30}{its.Sum(d => d.Days),12:0}{cases.Count(c => !c.IsPositive),8}{cases.Count(c => c is { IsPositive: false, Alert: true }),8}{rate,30}{(enough ? (rate.Value / all).ToString("0.00", CultureInfo.InvariantCulture) : "—"),8}"));
        }
    }

    public void Title(string text) => writer.WriteLine($"\n{text}\n{new string('-', Math.Min(100, text.Length))}");

    public void Line(string text) => writer.WriteLine(text);

    private static readonly (string Name, Func<BenchTrack, string> Of)[] Groups =
    [
        ("class", t => t.Transponder == TransponderClass.Unknown ? "unknown" : t.Transponder.ToString()),
        ("length", t => t.LengthM switch { null => "unknown", < 15 => "under 15 m", < 50 => "15 to 50 m", < 150 => "50 to 150 m", _ => "150 m and more" }),
        ("flag group by MID", t => t.Mmsi?.Mid is { } mid ? $"region {mid.Digits / 100}" : "no MMSI"),
    ];

    private static readonly (Figure, string)[] Names =
    [
        (Figure.Recall, "recall at the operating point"), (Figure.FalsePerThousandDays, "false alarms per 1,000 vessel-days at the operating point"),
        (Figure.FalsePerThousandDaysHalfHeard, "the same, cells with reception of 0.5 and more"),
        (Figure.PrecisionAtOne, "precision at 1 % prevalence"), (Figure.FHalfAtOne, "F0.5 at 1 %"), (Figure.PrecisionAtTenth, "precision at 0.1 %"), (Figure.FHalfAtTenth, "F0.5 at 0.1 %"),
        (Figure.AveragePrecisionAtOne, "area under precision and recall at 1 %"), (Figure.AveragePrecisionAtTenth, "the same at 0.1 %"),
        (Figure.RecallAtOneFalse, "recall at 1 false alarm per 1,000 vessel-days"), (Figure.RecallAtTenthFalse, "recall at 0.1"),
        (Figure.RecallAtOneFalseHalfHeard, "recall at 1, cells with reception of 0.5 and more"), (Figure.RecallAtTenthFalseHalfHeard, "recall at 0.1, the same cells"),
        (Figure.Ece, "expected calibration error at 1 %, what was told"), (Figure.EceFromTenth, "the same, share from verdicts of 0.1 and more"), (Figure.Brier, "Brier score at 1 %"), (Figure.LogLoss, "log loss at 1 %"),
    ];

    public static string Share(int part, int whole) => whole == 0 ? "—" : ((double)part / whole).ToString("0.000", CultureInfo.InvariantCulture);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
