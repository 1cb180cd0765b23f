using MaritimeWatch.Server.Bench;
using MaritimeWatch.Support;

namespace MaritimeWatch.Unit.Findings.Series;

/// <summary>Every reference run of a detector the project has, row by row, within the tolerances measured for the reference.</summary>
public class ReferenceTests
{
    public static TheoryData<string> Ids => [.. Enumerable.Range(1, 10).Select(i => $"S{i:00}")];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_run_agrees_row_by_row_with_the_peer(string id)
    {
        var series = Load(id);
        var compared = 0;
        var wrong = new List<string>();
        foreach (var run in series.Runs)
        {
            if (SeriesRuns.Own(series, run) is not { } own)
            {
                Assert.Contains("Ssa", run.Detector);
                continue;
            }

            compared++;
            Assert.Equal(run.Rows.Length, own.Length);
            for (var i = 0; i < own.Length; i++)
            {
                for (var column = 0; column < run.Rows[i].Length; column++)
                {
                    double expected = run.Rows[i][column]!.Value, found = own[i][column]!.Value;
                    if (!(Math.Abs(found - expected) <= Tolerance(id, run, column) * Scale(run, column, expected)))
                    {
                        wrong.Add($"{run.Detector} {run.Parameters} row {i}, {run.Columns.Split(',')[column]}: expected {expected}, found {found}");
                    }
                }
            }
        }

        Assert.True(compared >= 9, $"Only {compared} runs of {id} were compared.");
        Assert.True(wrong.Count == 0, $"{wrong.Count} differ:\n{string.Join('\n', wrong.Take(40))}");
    }

    /// <summary>The spectrum of S06 is flat: rounding alone decides there, so the reference states no period of it.</summary>
    public static TheoryData<string> WithPeriods => [.. Enumerable.Range(1, 10).Where(i => i != 6).Select(i => $"S{i:00}")];

    [Theory]
    [MemberData(nameof(WithPeriods))]
    public void The_same_period_is_found(string id)
    {
        var series = Load(id);
        Assert.NotEmpty(series.Seasonality);
        Assert.All(series.Seasonality, season => Assert.Equal(season.Period, SeriesRuns.Period(series, season)));
    }

    private static ReferenceSeries Load(string id) =>
        ReferenceSeries.Read(SharedData.NeedReference("mltimeseries")).Single(s => s.Id.StartsWith(id, StringComparison.Ordinal));

    private static double Tolerance(string id, ReferenceRun run, int column) => (run.Detector, column) switch
    {
        (_, 0) => 0,
        ("DetectIidSpike" or "DetectIidChangePoint", 2) => 1e-9,
        ("DetectIidSpike" or "DetectIidChangePoint", _) => 1e-8,

        // In windows of S06 that are constant the peer's single-precision noise decides; alerts alone are compared.
        ("DetectAnomalyBySrCnn", _) => id == "S06" ? double.PositiveInfinity : 1e-4,
        _ => 1e-6,
    };

    // P-values are compared as they are, all else by the size of the figure.
    private static double Scale(ReferenceRun run, int column, double expected) =>
        column == 2 && run.Detector.StartsWith("DetectIid", StringComparison.Ordinal) ? 1 : run.Columns.Contains("martingale", StringComparison.Ordinal) ? Math.Abs(expected) : Math.Max(1, Math.Abs(expected));
}
