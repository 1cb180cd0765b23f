using System.Globalization;
using System.IO.Compression;
using MaritimeWatch.Detection.Meetings;
using MaritimeWatch.Support;

namespace MaritimeWatch.Unit.Findings;

/// <summary>The thresholds against encounters that Global Fishing Watch published: ours leave none of them out.</summary>
public class PublishedEncountersTests
{
    [Fact]
    public void Every_published_encounter_lies_within_the_thresholds()
    {
        var options = new EncounterOptions();
        using var rows = new StreamReader(new GZipStream(File.OpenRead(SharedData.Need("flag-history-carriers-gfw/encounter_events.csv.gz")), CompressionMode.Decompress));
        var header = rows.ReadLine()!.Split(',');
        var (hours, km, knots, count) = (Array.IndexOf(header, "duration_hr"), Array.IndexOf(header, "median_distance_km"), Array.IndexOf(header, "median_speed_knots"), 0);
        while (rows.ReadLine() is { } row)
        {
            var fields = row.Split(',');
            Assert.True(Number(hours) >= options.Least.TotalHours && Number(km) * 1000 <= options.Apart.Metres && Number(knots) < options.MedianSpeed.Knots, row);
            count++;

            double Number(int column) => double.Parse(fields[column], CultureInfo.InvariantCulture);
        }

        Assert.Equal(11_681, count);
    }
}
