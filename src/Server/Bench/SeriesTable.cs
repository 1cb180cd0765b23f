using MaritimeWatch.Detection.Series;

namespace MaritimeWatch.Server.Bench;

/// <summary>
/// The series detectors beside the reference runs of Microsoft.ML.TimeSeries: how far the same method agrees with the peer, and
/// what the peer and the project's own methods found of what was put into each series.
/// </summary>
internal static class SeriesTable
{
    private const string Line = "{0,-6} {1,-52} {2,5} {3,6} {4,7} {5,9}  {6,-11} {7,-9}";
    private static readonly DateTimeOffset FirstHour = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Prints the table; true when there were series and no alert differs from the peer's.</summary>
    public static bool Print(TextWriter to, string referenceFolder)
    {
        int series = 0, runs = 0, rows = 0, different = 0;
        to.WriteLine(Line, "series", "detector", "runs", "rows", "alerts", "largest", "found of", "false");
        to.WriteLine(Line, "", "", "", "", "differ", "diff.", "put in", "alerts");
        foreach (var one in ReferenceSeries.Read(referenceFolder))
        {
            series++;
            foreach (var set in one.Runs.GroupBy(Name))
            {
                var compared = set.Select(run => (Peer: run, Own: SeriesRuns.Own(one, run))).ToList();
                var differences = compared.Where(c => c.Own is not null).SelectMany(c => Differences(c.Peer, c.Own!)).ToList();
                var peer = compared.ConvertAll(c => Score(one, c.Peer.Alerts));
                var none = compared.TrueForAll(c => c.Own is null);
                to.WriteLine(Line, Short(one), $"peer: {set.Key}", compared.Count, compared.Sum(c => c.Peer.Rows.Length), none ? "-" : differences.Sum(d => d.Alerts), none ? "no own" : $"{differences.Max(d => d.Value):0.0e+0}", Range(peer, s => s.Found) + $" of {one.InjectedAnomalyIndices.Length}", Range(peer, s => s.False));
                runs += none ? 0 : compared.Count;
                rows += none ? 0 : compared.Sum(c => c.Peer.Rows.Length);
                different += differences.Sum(d => d.Alerts);
            }

            foreach (var (name, alerts) in Better(one))
            {
                var (found, wrong) = Score(one, alerts);
                to.WriteLine(Line, Short(one), $"own:  {name}", "", "", "", "", $"{found} of {one.InjectedAnomalyIndices.Length}", wrong);
            }
        }

        to.WriteLine($"{series} series, {runs} runs and {rows} rows compared, {different} alerts differ. Where several parameter sets stand in a line, found and false are the least and the most of them.");
        return series > 0 && different == 0;
    }

    /// <summary>The alerts of the project's own methods, with their defaults, as far as they fit the series.</summary>
    internal static IEnumerable<(string Name, int[] Alerts)> Better(ReferenceSeries series)
    {
        var changes = new IidChangePoint(new() { Martingale = Martingale.Mixture });
        yield return ("change point, mixture, with warm-up", [.. series.Values.Select((v, i) => (Judged: changes.Next(v), i)).Where(p => p.Judged.Alert).Select(p => p.i)]);
        yield return ("level shift", [.. LevelShift.Find(series.Values, new()).Select(s => s.Index)]);
        if (!series.Values.All(v => v >= 0 && v == Math.Floor(v)))
        {
            yield break;
        }

        var counts = Array.ConvertAll(series.Values, v => (int)v);
        var period = Seasonality.Find(series.Values);
        yield return ($"count surge{(period is null ? "" : $", period {period}")}", [.. CountSurge.Find(counts, new() { Period = period }).Select(p => p.Index)]);
        if (period == 24)
        {
            var outages = OutageSeries.Find([.. counts.Select((c, i) => new HourCount(FirstHour.AddHours(i), c))], new());
            yield return ("outage periods", [.. Enumerable.Range(0, counts.Length).Where(i => outages.Any(o => o.Start <= FirstHour.AddHours(i) && !(o.End <= FirstHour.AddHours(i))))]);
        }
    }

    private static IEnumerable<(int Alerts, double Value)> Differences(ReferenceRun peer, double?[][] own) =>
        peer.Rows.Select((row, i) => (row[0] == own[i][0] ? 0 : 1, row.Skip(1).Select((v, c) => Math.Abs((own[i][c + 1] - v) ?? 0) / Math.Max(1, Math.Abs(v ?? 0))).Max()));

    private static (int Found, int False) Score(ReferenceSeries series, int[] alerts)
    {
        var found = alerts.Count(series.InjectedAnomalyIndices.Contains);
        return (found, alerts.Length - found);
    }

    private static string Range(List<(int Found, int False)> scores, Func<(int Found, int False), int> of) =>
        scores.Min(of) == scores.Max(of) ? $"{scores.Min(of)}" : $"{scores.Min(of)}-{scores.Max(of)}";

    private static string Name(ReferenceRun run) => run.Detector switch
    {
        "DetectIidSpike" => $"IidSpike {run.Parameters.GetProperty("side")}",
        "DetectIidChangePoint" => $"IidChangePoint {run.Parameters.GetProperty("martingale")}",
        "DetectAnomalyBySrCnn" => $"SrCnn stream, window {run.Whole("windowSize")}",
        "DetectEntireAnomalyBySrCnn" => run.Parameters.GetProperty("detectMode") + (run.Whole("period") == 0 ? "" : $", period {run.Whole("period")}, {run.Parameters.GetProperty("deseasonalityMode")}"),
        _ => run.Detector,
    };

    private static string Short(ReferenceSeries series) => series.Id.Split('_')[0];
}
