using System.Diagnostics;
using MaritimeWatch.Detection;
using MaritimeWatch.Detection.Flags;
using MaritimeWatch.Detection.Silence;

namespace MaritimeWatch.Server.Commands;

/// <summary>Counts what <c>score</c> saw and found.</summary>
internal sealed class ScoreSummary
{
    private readonly long[] intervals = new long[3];
    private readonly SortedDictionary<string, int> kinds = new(StringComparer.Ordinal), classes = new(StringComparer.Ordinal);
    private long vesselDays;

    public int Vessels { get; private set; }

    public int Findings { get; private set; }

    public int Alerts { get; private set; }

    public void Add(VesselPicture picture, IReadOnlyList<Finding> found)
    {
        Vessels++;
        var day = DateTime.MinValue;
        for (var i = 0; i < picture.Fixes.Count; i++)
        {
            var time = picture.Fixes[i].Time;
            vesselDays += time.UtcDateTime.Date == day ? 0 : 1;
            day = time.UtcDateTime.Date;
            var hours = i == 0 ? 0 : (time - picture.Fixes[i - 1].Time).TotalHours;
            intervals[0] += hours > 1 ? 1 : 0;
            intervals[1] += hours > 6 ? 1 : 0;
            intervals[2] += hours > 12 ? 1 : 0;
        }

        foreach (var finding in found)
        {
            Add(finding);
        }
    }

    /// <summary>A finding that belongs to no vessel, or one of a vessel already counted.</summary>
    public void Add(Finding finding)
    {
        Findings++;
        Alerts += finding.Alert ? 1 : 0;
        Count(kinds, finding.Kind);
        Count(classes, finding.Class);
    }

    public ScoreJson.Summary Of(ScoreInput input, ScoreJson.Joins joins, TimeSpan wall)
    {
        using var process = Process.GetCurrentProcess();
        return new ScoreJson.Summary(input.Count.Lines, input.Count.Accepted, input.Count.Rejected, input.Count.Duplicates, Vessels, new(intervals[0], intervals[1], intervals[2]), vesselDays,
            kinds, classes, Alerts, joins, Math.Round(wall.TotalSeconds, 3), Math.Round(process.TotalProcessorTime.TotalSeconds, 3), Math.Round(process.PeakWorkingSet64 / 1048576.0, 1),
            $"{SilenceDetector.ModelVersion}; {ContradictionDetector.ModelVersion}; {FlagChangeDetector.ModelVersion}",
            ["Times without a zone are taken as UTC.", "Bands of silences are calibrated on training months (docs/model-card.md); those of identity are provisional."]);
    }

    private static void Count<T>(SortedDictionary<string, int> counts, T value)
        where T : struct, Enum
    {
        var key = System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
        counts[key] = counts.GetValueOrDefault(key) + 1;
    }
}
