using System.Text.Json;
using MaritimeWatch.Cases.Measured;
using MaritimeWatch.Detection;
using MaritimeWatch.Feeds;
using MaritimeWatch.Server.Settings;
using MaritimeWatch.Server.Watch;

namespace MaritimeWatch.Server.Api;

/// <summary>
/// How well what is told holds: by the benchmark, where the truth is known, and by what persons decided here; and whether it is alike for all
/// flags, types, sizes and waters (PRODUCT 30 and 33).
/// </summary>
internal static class MeasuresApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/decisions/calibration", async (string? kind, Measures measures, CancellationToken cancel) => KindOf(kind) is { } of
            ? Results.Ok(Shown(CalibrationTable.Of((await measures.FindingsAsync(cancel)).Where(of))))
            : Unknown(kind!));
        routes.MapGet("/api/decisions/parity", async (string? kind, Measures measures, CancellationToken cancel) =>
        {
            if (KindOf(kind) is not { } of)
            {
                return Unknown(kind!);
            }

            var findings = (await measures.FindingsAsync(cancel)).Where(of).ToList();
            return Results.Ok(new { leastCases = ParityRate.LeastCases, tables = Measures.Dimensions.Select(d => Shown(ParityTable.Of(d, findings))) });
        });
        routes.MapGet("/api/bench", (House house, IConfiguration configuration) => new { parts = Newest(Path.Combine(house.Data(configuration), "bench"), Path.Combine(house.Seeds, "bench")) });
    }

    // The newest of each part, the watch's own runs and those that came with the program alike.
    private static IEnumerable<object> Newest(params string[] folders) => folders.Where(Directory.Exists).SelectMany(folder => Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories).Select(file => (File: file, Shipped: folder == folders[^1])))
        .SelectMany(f => PartsOf(f.File).Select(part => (Part: part, f.Shipped)))
        .GroupBy(p => p.Part.GetProperty("part").GetString()).OrderBy(g => g.Key, StringComparer.Ordinal)
        .Select(g => g.MaxBy(p => p.Part.GetProperty("madeAt").GetDateTimeOffset())).Select(p => new { p.Shipped, page = p.Part });

    private static List<JsonElement> PartsOf(string file)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(file));
            // A page without a name or a time is none.
            return [.. json.RootElement.Clone().EnumerateArray().Where(p => p.GetProperty("part").GetString() is not null && p.GetProperty("madeAt").TryGetDateTimeOffset(out _))];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new InputException($"{file}: expected bench.json as bench --out writes it ({e.Message}). Take it out of the folder or write it anew.", e);
        }
    }

    private static Func<DecidedFinding, bool>? KindOf(string? kind) => string.IsNullOrEmpty(kind) ? _ => true : Enum.TryParse<FindingKind>(kind, ignoreCase: true, out var read) && Enum.IsDefined(read) ? f => f.Kind == read : null;

    private static IResult Unknown(string kind) => Problem.Of(400, "Unknown kind", $"Expected one of {string.Join(", ", Enum.GetNames<FindingKind>().Select(JsonNamingPolicy.CamelCase.ConvertName))}, found {kind}.");

    private static object Shown(CalibrationTable table) => new
    {
        table.Decisions,
        leastDecisions = CalibrationTable.LeastDecisions,
        table.CalibrationError,
        bins = table.Bins.Select(b => new { b.From, b.To, b.MeanTold, b.Enough, decided = b.Confirmed.Whole, confirmed = b.Confirmed.Part, share = b.Confirmed.Share, low = b.Confirmed.Low, high = b.Confirmed.High }),
    };

    private static object Shown(ParityTable table) => new { table.Dimension, all = Shown(table.All), rows = table.Rows.Select(Shown) };

    private static object Shown(ParityRow row) => new { row.Group, raised = Shown(row.Raised), confirmed = Shown(row.Confirmed), dismissed = Shown(row.Dismissed) };

    private static object Shown(ParityRate rate) => new { part = rate.Of.Part, whole = rate.Of.Whole, share = rate.Of.Share, low = rate.Of.Low, high = rate.Of.High, rate.Ratio, rate.Differs };
}
