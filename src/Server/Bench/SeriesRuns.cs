using MaritimeWatch.Detection.Series;

namespace MaritimeWatch.Server.Bench;

/// <summary>The project's own detectors with the parameters of a reference run, their outputs in the columns of that run.</summary>
internal static class SeriesRuns
{
    /// <summary>One row a point; null when the project has no such detector.</summary>
    public static double?[][]? Own(ReferenceSeries series, ReferenceRun run) => run.Detector switch
    {
        "DetectIidSpike" => Spikes(series.Values, run),
        "DetectIidChangePoint" => ChangePoints(series.Values, run),
        "DetectAnomalyBySrCnn" => Stream(series.Values, run),
        "DetectEntireAnomalyBySrCnn" => Whole(series.Values, run),
        _ => null,
    };

    public static int Period(ReferenceSeries series, ReferenceSeason season) =>
        Seasonality.Find(season.SeasonalityWindowSize < 0 ? series.Values : series.Values[..Math.Min(series.Values.Length, season.SeasonalityWindowSize)], season.RandomnessThreshold) ?? -1;

    private static double?[][] Spikes(double[] values, ReferenceRun run)
    {
        var spikes = new IidSpike(new() { ConfidencePercent = run.Number("confidence"), History = run.Whole("pvalueHistoryLength"), Side = run.Named<SeriesSide>("side") });
        return Array.ConvertAll(values, v => Row(spikes.Next(v)));
    }

    private static double?[][] ChangePoints(double[] values, ReferenceRun run)
    {
        var changes = new IidChangePoint(new()
        {
            ConfidencePercent = run.Number("confidence"),
            History = run.Whole("changeHistoryLength"),
            Martingale = run.Named<Martingale>("martingale"),
            Epsilon = run.Number("eps"),
            WarmUp = false,
        });
        return Array.ConvertAll(values, v => Row(changes.Next(v)));
    }

    private static double?[][] Stream(double[] values, ReferenceRun run)
    {
        var stream = new SpectralStream(new()
        {
            Window = run.Whole("windowSize"),
            Added = run.Whole("backAddWindowSize"),
            Lookahead = run.Whole("lookaheadWindowSize"),
            Averaging = run.Whole("averagingWindowSize"),
            Judgement = run.Whole("judgementWindowSize"),
            Threshold = run.Number("threshold"),
            Single = true,
        });
        return Array.ConvertAll(values, v => Row(stream.Next(v)));
    }

    private static double?[][] Whole(double[] values, ReferenceRun run)
    {
        int period = run.Whole("period"), batch = run.Whole("batchSize");
        var options = new SpectralOptions
        {
            Threshold = run.Number("threshold"),
            BatchSize = batch < 0 ? null : batch,
            Sensitivity = run.Number("sensitivity"),
            Mode = run.Named<SpectralMode>("detectMode"),
            Period = period == 0 ? null : period,
            Seasonal = run.Named<SeasonalPart>("deseasonalityMode"),
        };
        var width = run.Columns.Split(',').Length;
        return [.. SpectralResidual.Find(values, options).Select(p => Row(p)[..width])];
    }

    private static double?[] Row(IidPoint p) => [p.Alert ? 1 : 0, p.Score, p.PValue, p.Evidence];

    private static double?[] Row(SpectralPoint p) => [p.Alert ? 1 : 0, p.Score, p.Magnitude, p.Expected, p.Unit, p.Upper, p.Lower];
}
