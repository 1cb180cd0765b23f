using System.Text.Json;
using MaritimeWatch.Server.Commands;
using MaritimeWatch.Units;

namespace MaritimeWatch.Server.Bench;

/// <summary>A figure of the benchmark; without ends where no interval was taken.</summary>
internal sealed record BenchFigureLine(string Scorer, string Name, double? Value, double? Low = null, double? High = null);

/// <summary>A bin of what was said and how often it was so, 0 to 1; null where the bin is empty.</summary>
internal sealed record BenchBinLine(double From, double To, int Cases, double? MeanSaid, double? WasSo);

/// <summary>A group and its rate beside all; without a ratio where the group is too small.</summary>
internal sealed record BenchGroupLine(string Group, double Size, string SizeUnit, double? Rate, string RateUnit, double? Ratio);

/// <summary>Something that must be shown, and whether it was.</summary>
internal sealed record BenchDemand(string What, string Wanted, string Found, bool Met);

/// <summary>One part of a run, for machines and for the console's page: <c>dark</c> for silences, <c>flags</c> for identity.</summary>
internal sealed record BenchPart(string Part, string Model, DateTimeOffset MadeAt, long Seed, bool Fast, bool Training, string What)
{
    public List<BenchFigureLine> Figures { get; } = [];

    /// <summary>Silences made brought to one half: at their true rarity nearly all lie in the first bin.</summary>
    public List<BenchBinLine> Reliability { get; } = [];

    public List<BenchGroupLine> Groups { get; } = [];

    public List<BenchDemand> Demands { get; } = [];

    /// <summary>Not a number becomes null, as JSON has none.</summary>
    public static double? Number(double value) => double.IsFinite(value) ? Math.Round(value, 6) : null;

    /// <summary>Writes <c>bench.json</c>: an array of parts.</summary>
    public static void Write(string folder, IReadOnlyList<BenchPart> parts)
    {
        using var file = Output.Create(Path.Combine(folder, "bench.json"));
        JsonSerializer.Serialize(file, parts, new JsonSerializerOptions(UnitJson.Options) { WriteIndented = true });
    }
}
