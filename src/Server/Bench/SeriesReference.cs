using System.Text.Json;

namespace MaritimeWatch.Server.Bench;

/// <summary>One run of the peer's detector over a series: its parameters and, for each point, its outputs; null where it gave none.</summary>
internal sealed record ReferenceRun(string Detector, JsonElement Parameters, string Columns, double?[][] Rows)
{
    public double Number(string name) => Parameters.GetProperty(name).GetDouble();

    public int Whole(string name) => Parameters.GetProperty(name).GetInt32();

    public T Named<T>(string name)
        where T : struct, Enum => Enum.Parse<T>(Parameters.GetProperty(name).GetString()!);

    public int[] Alerts => [.. Enumerable.Range(0, Rows.Length).Where(i => Rows[i][0] > 0)];
}

/// <summary>The period the peer found in the first points of a series (-1 of either: all points, no period).</summary>
internal sealed record ReferenceSeason(int SeasonalityWindowSize, double RandomnessThreshold, int Period);

/// <summary>A series with what was put into it and what the peer's detectors said of it.</summary>
internal sealed record ReferenceSeries(string Id, string Description, int[] InjectedAnomalyIndices, double[] Values, ReferenceRun[] Runs, ReferenceSeason[] Seasonality)
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    /// <summary>The series of a folder in order of name; none when the folder has none.</summary>
    public static IEnumerable<ReferenceSeries> Read(string folder) =>
        from file in (Directory.Exists(folder) ? Directory.GetFiles(folder, "S*.json") : []).Order(StringComparer.Ordinal)
        select JsonSerializer.Deserialize<ReferenceSeries>(File.ReadAllBytes(file), Web) ?? throw new InvalidDataException($"Expected a series in {file}, found null.");
}
