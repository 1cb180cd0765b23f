using System.Buffers;
using System.Text.Json;
using MaritimeWatch.Alerts;
using MaritimeWatch.Detection;
using MaritimeWatch.Units;

namespace MaritimeWatch.Server.Mail;

/// <summary>
/// The alert for a map program: a FeatureCollection after RFC 7946 with the two ends and, for a silence, the line between
/// them, cut at the antimeridian (3.1.9). Every feature holds all properties, because map programs drop the collection's own.
/// </summary>
internal static class AlertGeoJson
{
    public static byte[] Of(Alert alert)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" });
        json.WriteStartObject();
        json.WriteString("type", "FeatureCollection");
        json.WriteStartArray("features");
        var finding = alert.Finding;
        if (finding.Start is { } start)
        {
            Feature(json, alert, "start", "Point", () => Point(json, start));
        }

        if (finding.End is { } end)
        {
            Feature(json, alert, "end", "Point", () => Point(json, end));
        }

        if (finding is { Kind: FindingKind.Silence, Start: { } from, End: { } to } && from != to)
        {
            var lines = CutAtAntimeridian(from, to);
            Feature(json, alert, "gap", lines.Count == 1 ? "LineString" : "MultiLineString", () =>
            {
                if (lines.Count == 1)
                {
                    Line(json, lines[0]);
                    return;
                }

                json.WriteStartArray();
                lines.ForEach(line => Line(json, line));
                json.WriteEndArray();
            });
        }

        if (finding.Start is null && finding.End is null)
        {
            Feature(json, alert, "no position", null, json.WriteNullValue);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static void Feature(Utf8JsonWriter json, Alert alert, string role, string? type, Action coordinates)
    {
        var finding = alert.Finding;
        json.WriteStartObject();
        json.WriteString("type", "Feature");
        json.WritePropertyName("geometry");
        if (type is null)
        {
            coordinates();
        }
        else
        {
            json.WriteStartObject();
            json.WriteString("type", type);
            json.WritePropertyName("coordinates");
            coordinates();
            json.WriteEndObject();
        }

        json.WriteStartObject("properties");
        json.WriteString("role", role);
        json.WriteString("id", alert.CaseId);
        json.WriteNumber("revision", alert.Revision);
        json.WriteString("alert", alert.Id);
        json.WriteString("msgType", alert.Type.ToString());
        json.WriteString("name", AlertWords.Name(alert));
        json.WriteString("mmsi", finding.Mmsi?.ToString());
        json.WriteString("imo", finding.Imo?.ToString());
        json.WriteString("place", AlertWords.Clean(alert.PlaceText));
        json.WriteString("sentence", AlertWords.Clean(finding.Sentence));
        json.WriteString("kind", Camel(finding.Kind.ToString()));
        json.WriteString("class", Camel(finding.Class.ToString()));
        json.WriteString("startTime", FactId.Iso(finding.StartTime));
        json.WriteString("endTime", finding.EndTime is { } end ? FactId.Iso(end) : null);
        json.WriteString("asOf", FactId.Iso(finding.AsOf));
        json.WriteString("releasedAt", FactId.Iso(alert.ReleasedAt));
        json.WriteString("band", Camel(finding.Band.ToString()));
        json.WriteNumber("probability", Math.Round(finding.Probability, 4));
        json.WriteString("confidenceNote", AlertWords.Provisional);
        json.WriteString("modelVersion", finding.ModelVersion);
        json.WriteString("tlp", AlertWords.Label(alert.Tlp));
        json.WriteString("handling", AlertWords.Rule(alert.Tlp));
        json.WriteBoolean("exercise", alert.Exercise);
        json.WriteString("notice", (alert.Exercise ? AlertWords.Exercise + ". " : "") + (alert.Type == AlertType.Cancel ? "Withdrawn. " : "")
            + (role == "gap" ? "Straight line between two receptions; the route is not known. " : "") + AlertWords.Notice);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>One line, or two that meet at 180 degrees when the short way crosses it.</summary>
    internal static List<GeoPoint[]> CutAtAntimeridian(GeoPoint from, GeoPoint to)
    {
        var east = Geodesy.WrapLongitude(to.LonDeg - from.LonDeg);
        var edge = Math.CopySign(180, east);
        var beyond = from.LonDeg + east;
        if (Math.Abs(beyond) <= 180 || Math.Abs(from.LonDeg) == 180)
        {
            var near = Math.Abs(from.LonDeg) == 180 ? new GeoPoint(from.LatDeg, -edge) : from;
            return [[near, new GeoPoint(to.LatDeg, Math.Abs(beyond) == 180 ? edge : to.LonDeg)]];
        }

        var lat = from.LatDeg + ((to.LatDeg - from.LatDeg) * (edge - from.LonDeg) / east);
        return [[from, new GeoPoint(lat, edge)], [new GeoPoint(lat, -edge), to]];
    }

    private static void Line(Utf8JsonWriter json, GeoPoint[] points)
    {
        json.WriteStartArray();
        Array.ForEach(points, point => Point(json, point));
        json.WriteEndArray();
    }

    /// <summary>Longitude first; six decimals are 0.1 m, finer than AIS (RFC 7946, 11.2).</summary>
    private static void Point(Utf8JsonWriter json, GeoPoint at)
    {
        json.WriteStartArray();
        json.WriteNumberValue(Math.Round(at.LonDeg, 6));
        json.WriteNumberValue(Math.Round(at.LatDeg, 6));
        json.WriteEndArray();
    }

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
