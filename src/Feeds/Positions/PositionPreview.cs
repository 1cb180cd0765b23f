using System.Globalization;
using MaritimeWatch.Feeds.Ais;
using MaritimeWatch.Feeds.Transport;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Feeds.Positions;

/// <summary>A row of a file as it was read, or why it was not.</summary>
public sealed record PreviewRow(string Place, string Text, bool Accepted);

/// <summary>How a position file would be read: what it was recognised as, which column became which field, and its first rows.</summary>
/// <param name="Card">Null for NMEA, which has no columns.</param>
/// <param name="Columns">Name in the file and the field it is read as, in order of the field.</param>
/// <param name="Unread">Names in the file that nothing is read from.</param>
public sealed record PositionPreview(FileContent Content, PositionCard? Card, IReadOnlyList<(string Column, string Field)> Columns, IReadOnlyList<string> Unread, IReadOnlyList<PreviewRow> Rows)
{
    /// <summary>Looks at the first rows of a file, by the same readers that take in the whole.</summary>
    /// <exception cref="InputException">The file cannot be used; the message is the one the whole would give.</exception>
    public static PositionPreview Of(string path, ColumnCards cards, int rows = 10) => InputFile.Recognise(path) switch
    {
        FileContent.Nmea => new PositionPreview(FileContent.Nmea, null, [], [], OfNmea(path, rows)),
        FileContent.Csv when !PositionFiles.IsPerMessage(path, cards) => OfCsv(path, cards, rows),
        var form => OfNamed(path, cards, form, rows),
    };

    private static PositionPreview OfNamed(string path, ColumnCards cards, FileContent form, int rows)
    {
        var reader = new NamedRowReader(Path.GetFileName(path), cards, form);
        var read = new List<PreviewRow>();
        foreach (var row in PositionFiles.Rows(path, form).Take(rows))
        {
            var batch = new ObservationBatch();
            reader.Read(row, batch);
            read.Add(Shown(row.Place, batch));
        }

        if (read.Count == 0)
        {
            throw new InputException($"{path}: expected rows of positions, found none.");
        }

        // A column may be empty in the first rows.
        foreach (var column in form == FileContent.Csv ? CsvRows.Header(path) : [])
        {
            reader.Names?.Meet(column);
        }

        var names = reader.Names?.Known ?? new Dictionary<string, (string Field, int Rank)[]>();
        var columns = names.SelectMany(n => n.Value.Select(f => (n.Key, f.Field, f.Rank))).GroupBy(c => c.Field).Select(g => g.MinBy(c => c.Rank)).ToList();
        return new PositionPreview(form, reader.Card, [.. columns.Select(c => (c.Key, c.Field))], [.. names.Keys.Except(columns.Select(c => c.Key))], read);
    }

    private static PositionPreview OfCsv(string path, ColumnCards cards, int rows)
    {
        var batch = new PositionCsv(Path.GetFileName(path), cards).Read(path).First();
        if (batch.Count.Lines == 0)
        {
            throw new InputException($"{path}: expected rows under the header, found none.");
        }

        var refused = batch.Rejections.ToDictionary(r => r.Place);
        var read = new List<PreviewRow>();
        for (var (number, taken) = (1, 0); number <= Math.Min(rows, batch.Count.Lines); number++)
        {
            var one = new ObservationBatch();
            if (refused.TryGetValue($"row {number}", out var rejection))
            {
                one.Rejections.Add(rejection);
            }
            else
            {
                var sighting = batch.Sightings[taken++];
                one.Sightings.Add(sighting);
                one.Statics.AddRange(batch.Statics.Where(s => s.Mmsi == sighting.Mmsi && s.Time == sighting.Fix.Time).Take(1));
            }

            read.Add(Shown($"row {number}", one));
        }

        var header = CsvRows.Header(path);
        var columns = cards.Locate(header).Select(c => (header[c.Value], c.Key)).ToList();
        return new PositionPreview(FileContent.Csv, cards.CardFor(header), columns, [.. header.Except(columns.Select(c => c.Item1))], read);
    }

    private static List<PreviewRow> OfNmea(string path, int rows)
    {
        using var stream = InputFile.Open(path);
        var lines = new ByteLines(stream);
        var observations = new AisObservations(Path.GetFileName(path), ReceiverKind.Unknown);
        var read = new List<PreviewRow>();
        while (read.Count < rows && lines.TryRead(out var line))
        {
            observations.Read(line);
            read.Add(Shown($"line {observations.LineNumber}", observations.Take()));
        }

        return read;
    }

    private static PreviewRow Shown(string place, ObservationBatch batch)
    {
        if (batch.Rejections is [var refused, ..])
        {
            return new PreviewRow(place, refused.Field is null ? refused.Reason : $"{refused.Reason}: {refused.Field} '{refused.Value}'", false);
        }

        var parts = batch.Sightings.Select(Text).Concat(batch.Statics.Select(Text)).ToList();
        return new PreviewRow(place, parts.Count > 0 ? string.Join("; ", parts) : "understood, carries no position and no identity", true);
    }

    private static string Text(Sighting sighting)
    {
        var fix = sighting.Fix;
        return string.Create(CultureInfo.InvariantCulture, $"{sighting.TrackId} {fix.Time:yyyy-MM-dd HH:mm:ss}Z {fix.LatDeg:0.00000} {fix.LonDeg:0.00000}")
            + Said("SOG", fix.SogKnots, " kn") + Said("COG", fix.CogDeg, "°") + Said("heading", fix.HeadingDeg, "°") + (fix.Status is { } status ? $", {status}" : "");

        static string Said(string what, double? value, string unit) => value is { } v ? string.Create(CultureInfo.InvariantCulture, $", {what} {v:0.#}{unit}") : "";
    }

    private static string Text(StaticReport report) => $"{report.Mmsi} says: " + string.Join(", ", new[]
    {
        ("name", report.Name), ("call sign", report.CallSign), ("IMO", report.ImoAsStated), ("type", report.ShipType?.ToString(CultureInfo.InvariantCulture)), ("destination", report.Destination),
    }.Where(p => p.Item2 is not null).Select(p => $"{p.Item1} {p.Item2}"));
}
