using System.Globalization;
using System.Text;
using System.Xml;
using MaritimeWatch.Detection;
using MaritimeWatch.Tracks;
using static MaritimeWatch.Server.Api.TrackApi;

namespace MaritimeWatch.Server.Api;

/// <summary>A form a track is written in.</summary>
internal sealed record TrackFormat(string Extension, string MediaType, Func<TrackFile, byte[]> Write);

/// <summary>A track as GeoJSON, CSV, KML or GPX. Every form carries all facts of where it comes from, and no line crosses a silence.</summary>
/// <param name="Facts">Names and texts of where it comes from, the handling mark among them.</param>
/// <param name="Pieces">Stretches without a silence.</param>
/// <param name="Silences">Silences that were found in its time.</param>
internal sealed record TrackFile(IReadOnlyList<(string Name, string Text)> Facts, IReadOnlyList<IReadOnlyList<TrackFix>> Pieces, IReadOnlyList<Finding> Silences)
{
    public const int MostFixes = 50_000;

    private const string Kml = "http://www.opengis.net/kml/2.2", KmlTrack = "http://www.google.com/kml/ext/2.2", Gpx = "http://www.topografix.com/GPX/1/1";

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public static IReadOnlyList<TrackFormat> Formats { get; } =
    [
        new("geojson", "application/geo+json", TrackGeoJson.Of),
        new("csv", "text/csv; charset=utf-8", f => f.Csv()),
        new("kml", "application/vnd.google-earth.kml+xml", f => f.KmlDocument()),
        new("gpx", "application/gpx+xml", f => f.GpxDocument()),
    ];

    private string Title => $"{Text("tlp")} {(Text("exercise") == "no" ? "" : Text("exercise") + " ")}track of {(Text("name").Length > 0 ? Text("name") : Text("vessel"))}";

    /// <summary>One of the facts.</summary>
    public string Text(string fact) => Facts.First(f => f.Name == fact).Text;

    /// <summary>Names of what is told of a position.</summary>
    public static IReadOnlyList<string> Columns { get; } = ["time", "mmsi", "latDeg", "lonDeg", "sogKnots", "cogDeg", "headingDeg", "status", "transponder", "receiver"];

    /// <summary>The same of one position; empty where it was not sent.</summary>
    public static string[] Cells(TrackFix at)
    {
        var f = at.Fix;
        return
        [
            Time(f), at.Mmsi.ToString(), Number(f.LatDeg, "0.#######"), Number(f.LonDeg, "0.#######"), Number(f.SogKnots, "0.0"), Number(f.CogDeg, "0.0"), Number(f.HeadingDeg, "0"), f.Status?.ToString() ?? "", f.Transponder.ToString(), f.Receiver.ToString(),
        ];
    }

    // Every row holds the facts: tables are cut and pasted. A cell that a spreadsheet would take for a formula becomes a text (OWASP, CSV injection); numbers of ours stay numbers.
    private byte[] Csv()
    {
        var text = new StringBuilder();
        text.AppendJoin(',', Columns.Append("piece").Concat(Facts.Select(f => f.Name == "mmsi" ? "mmsis" : f.Name))).Append("\r\n");
        var facts = string.Join(',', Facts.Select(f => CsvCell.Of(f.Text)));
        for (var piece = 0; piece < Pieces.Count; piece++)
        {
            foreach (var fix in Pieces[piece])
            {
                text.AppendJoin(',', Cells(fix)).Append(CultureInfo.InvariantCulture, $",{piece + 1},{facts}\r\n");
            }
        }

        if (Pieces.Count == 0)
        {
            text.Append(',', Columns.Count + 1).Append(facts).Append("\r\n");
        }

        return Utf8.GetBytes(text.ToString());
    }

    private byte[] KmlDocument() => Xml(xml =>
    {
        xml.WriteStartElement("kml", Kml);
        xml.WriteAttributeString("xmlns", "gx", null, KmlTrack);
        xml.WriteStartElement("Document", Kml);
        xml.WriteElementString("name", Kml, Title);
        xml.WriteElementString("description", Kml, string.Join("\n", Facts.Select(f => $"{f.Name}: {f.Text}")));
        xml.WriteStartElement("ExtendedData", Kml);
        foreach (var (name, text) in Facts)
        {
            xml.WriteStartElement("Data", Kml);
            xml.WriteAttributeString("name", name);
            xml.WriteElementString("value", Kml, text);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        foreach (var piece in Pieces)
        {
            xml.WriteStartElement("Placemark", Kml);
            xml.WriteElementString("name", Kml, $"{Title}, {Time(piece[0].Fix)} to {Time(piece[^1].Fix)}");
            xml.WriteStartElement("Track", KmlTrack);
            foreach (var at in piece)
            {
                xml.WriteElementString("when", Kml, Time(at.Fix));
            }

            foreach (var at in piece)
            {
                xml.WriteElementString("coord", KmlTrack, $"{Number(at.Fix.LonDeg, "0.#######")} {Number(at.Fix.LatDeg, "0.#######")} 0");
            }

            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
    });

    private byte[] GpxDocument() => Xml(xml =>
    {
        xml.WriteStartElement("gpx", Gpx);
        xml.WriteAttributeString("version", "1.1");
        xml.WriteAttributeString("creator", "MaritimeWatch");
        xml.WriteStartElement("metadata", Gpx);
        xml.WriteElementString("name", Gpx, Title);
        xml.WriteElementString("desc", Gpx, string.Join("\n", Facts.Select(f => $"{f.Name}: {f.Text}")));
        xml.WriteElementString("time", Gpx, Text("madeAt"));
        xml.WriteElementString("keywords", Gpx, $"{Text("tlp")}{(Text("exercise") == "no" ? "" : ", " + Text("exercise"))}");
        xml.WriteEndElement();
        foreach (var own in Pieces.GroupBy(p => p[0].Mmsi))
        {
            xml.WriteStartElement("trk", Gpx);
            xml.WriteElementString("name", Gpx, $"{Title}, MMSI {own.Key}");
            xml.WriteElementString("src", Gpx, Text("sources"));
            foreach (var piece in own)
            {
                xml.WriteStartElement("trkseg", Gpx);
                foreach (var at in piece)
                {
                    xml.WriteStartElement("trkpt", Gpx);
                    xml.WriteAttributeString("lat", Number(at.Fix.LatDeg, "0.#######"));
                    xml.WriteAttributeString("lon", Number(at.Fix.LonDeg, "0.#######"));
                    xml.WriteElementString("time", Gpx, Time(at.Fix));
                    xml.WriteEndElement();
                }

                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    });

    private static byte[] Xml(Action<XmlWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, new XmlWriterSettings { Encoding = Utf8, Indent = true, NewLineChars = "\n" }))
        {
            write(xml);
        }

        return bytes.ToArray();
    }

    private static string Time(in Fix fix) => fix.Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture);

    private static string Number(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "";
}
