using System.IO.Compression;
using System.Text;
using System.Text.Json;
using MaritimeWatch.Feeds;
using MaritimeWatch.Feeds.Ais;
using MaritimeWatch.Support;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Unit.Recorded;

/// <summary>Real tracks that others have labelled, as fixes.</summary>
internal static class RecordedTracks
{
    /// <summary>The publisher's positions, each with the segment it puts it in (null in a file without labels). Messages without a place are left out.</summary>
    public static List<(Fix Fix, string? Expected)> Collision(string file)
    {
        var rows = new List<(Fix, string?)>();
        foreach (var line in Text($"mmsi-collision-gfw/{file}").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            using var json = JsonDocument.Parse(line);
            var row = json.RootElement;
            if (Number("lat") is { } latDeg && Number("lon") is { } lonDeg && GeoPoint.IsOnEarth(latDeg, lonDeg))
            {
                // The course of the labelled file is 0 in every row: it says nothing.
                var labelled = row.TryGetProperty("expected", out var expected);
                rows.Add((new Fix(row.GetProperty("timestamp").GetDateTimeOffset(), new GeoPoint(latDeg, lonDeg), Number("speed"), labelled || Number("course") is 360 ? null : Number("course")), labelled ? expected.GetString() : null));
            }

            double? Number(string name) => row.GetProperty(name) is { ValueKind: JsonValueKind.Number } value ? value.GetDouble() : null;
        }

        return rows;
    }

    /// <summary>The fixes of one number in a file of the Danish coast stations.</summary>
    public static List<Fix> Drift(string file, int mmsi)
    {
        var observations = new AisObservations("recorded", ReceiverKind.Terrestrial);
        foreach (var line in Text($"nmea-danish-drift-2014/{file}").Split('\n'))
        {
            observations.Read(Encoding.ASCII.GetBytes(line.TrimEnd('\r')));
        }

        return [.. observations.Take().Sightings.Where(s => s.Mmsi == new Mmsi(mmsi)).Select(s => s.Fix).Order()];
    }

    private static string Text(string relative)
    {
        using Stream raw = File.OpenRead(SharedData.Need(relative)), plain = relative.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(raw, CompressionMode.Decompress) : raw;
        using var reader = new StreamReader(plain);
        return reader.ReadToEnd();
    }
}
