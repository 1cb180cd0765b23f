using System.Buffers;
using System.Text.Json;
using MaritimeWatch.Detection;
using MaritimeWatch.Server.Mail;
using MaritimeWatch.Units;
using static MaritimeWatch.Server.Api.TrackApi;

namespace MaritimeWatch.Server.Api;

/// <summary>A track as a FeatureCollection (RFC 7946). Every line holds all facts, because map programs drop the collection's own; points hold the mark.</summary>
internal static class TrackGeoJson
{
    public static byte[] Of(TrackFile file)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("type", "FeatureCollection");
        json.WriteStartArray("features");
        foreach (var piece in file.Pieces)
        {
            Feature(json, file, "track", piece[0].Fix.Time, piece[^1].Fix.Time, piece.Count > 1 ? "MultiLineString" : "MultiPoint", () =>
            {
                json.WriteStartArray();
                foreach (var line in piece.Count > 1 ? Lines(piece) : [])
                {
                    json.WriteStartArray();
                    line.ForEach(at => Point(json, at));
                    json.WriteEndArray();
                }

                if (piece.Count == 1)
                {
                    Point(json, piece[0].Fix.At);
                }

                json.WriteEndArray();
            });
            foreach (var fix in piece)
            {
                Position(json, file, fix);
            }
        }

        foreach (var silence in file.Silences)
        {
            Feature(json, file, "silence, where she was is not known", silence.StartTime, silence.EndTime, "MultiPoint", () =>
            {
                json.WriteStartArray();
                foreach (var end in new[] { silence.Start, silence.End }.OfType<GeoPoint>())
                {
                    Point(json, end);
                }

                json.WriteEndArray();
            });
        }

        if (file.Pieces.Count == 0)
        {
            Feature(json, file, "no position", null, null, null, () => { });
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    // Cut at the antimeridian (RFC 7946, 3.1.9).
    private static List<List<GeoPoint>> Lines(IReadOnlyList<TrackFix> piece)
    {
        var lines = new List<List<GeoPoint>> { new() { piece[0].Fix.At } };
        foreach (var at in piece.Skip(1).Select(f => f.Fix.At))
        {
            var cut = AlertGeoJson.CutAtAntimeridian(lines[^1][^1], at);
            lines[^1].Add(cut[0][1]);
            if (cut.Count > 1)
            {
                lines.Add([.. cut[1]]);
            }
        }

        return lines;
    }

    private static void Feature(Utf8JsonWriter json, TrackFile file, string role, DateTimeOffset? from, DateTimeOffset? to, string? type, Action coordinates)
    {
        json.WriteStartObject();
        json.WriteString("type", "Feature");
        if (type is null)
        {
            json.WriteNull("geometry");
        }
        else
        {
            json.WriteStartObject("geometry");
            json.WriteString("type", type);
            json.WritePropertyName("coordinates");
            coordinates();
            json.WriteEndObject();
        }

        json.WriteStartObject("properties");
        json.WriteString("role", role);
        json.WriteString("startTime", from is { } begin ? FactId.Iso(begin) : null);
        json.WriteString("endTime", to is { } end ? FactId.Iso(end) : null);
        foreach (var (name, text) in file.Facts)
        {
            json.WriteString(name, text);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Position(Utf8JsonWriter json, TrackFile file, TrackFix at)
    {
        json.WriteStartObject();
        json.WriteString("type", "Feature");
        json.WriteStartObject("geometry");
        json.WriteString("type", "Point");
        json.WritePropertyName("coordinates");
        Point(json, at.Fix.At);
        json.WriteEndObject();
        json.WriteStartObject("properties");
        json.WriteString("role", "position");
        foreach (var (name, text) in TrackFile.Columns.Zip(TrackFile.Cells(at)).Where(c => c.First is not ("latDeg" or "lonDeg")))
        {
            json.WriteString(name, text);
        }

        json.WriteString("tlp", file.Text("tlp"));
        json.WriteString("exercise", file.Text("exercise"));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Point(Utf8JsonWriter json, GeoPoint at)
    {
        json.WriteStartArray();
        json.WriteNumberValue(Math.Round(at.LonDeg, 7));
        json.WriteNumberValue(Math.Round(at.LatDeg, 7));
        json.WriteEndArray();
    }
}
