using System.Text;
using MaritimeWatch.Feeds.Transport;
using MaritimeWatch.Records;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;
using Sylvan.Data.Csv;

namespace MaritimeWatch.Feeds.Positions;

/// <summary>
/// Position files of comma- or semicolon-separated rows: NOAA MarineCadastre (both column sets), Danish Maritime Authority,
/// and any other with a time and a place, by the cards of seeds/feeds. Rows are counted; the header is not a row.
/// </summary>
public sealed class PositionCsv(string name, ColumnCards cards)
{
    public const int RowsPerBatch = 20_000;

    /// <summary>Reads the file, batch by batch, from a row on. The position of a batch is the number of rows read.</summary>
    /// <exception cref="InputException">No header with a time and a place, or the file breaks off inside an archive.</exception>
    public IEnumerable<ObservationBatch> Read(string path, long skipRows = 0)
    {
        using var text = new StreamReader(InputFile.Open(path), Encoding.UTF8, detectEncodingFromByteOrderMarks: true, bufferSize: 1 << 16);
        // A number sign at the start of the header is no comment here (Danish files).
        using var csv = Open(path, text);
        var header = Enumerable.Range(0, csv.FieldCount).Select(csv.GetName).ToList();
        var row = new RowReader(name, path, header, cards);
        var batch = new ObservationBatch();
        long number = 0;
        while (Advance(csv, path, number))
        {
            if (++number <= skipRows)
            {
                continue;
            }

            row.Read(csv, number, batch);
            if (batch.Count.Lines >= RowsPerBatch)
            {
                batch.Position = number.ToString();
                yield return batch;
                batch = new ObservationBatch();
            }
        }

        batch.Position = number.ToString();
        yield return batch;
        if (number == 0)
        {
            throw new InputException($"{path}: expected rows under the header, found none.");
        }
    }

    private static CsvDataReader Open(string path, StreamReader text)
    {
        try
        {
            return CsvDataReader.Create(text, new CsvDataReaderOptions { HasHeaders = true, Comment = '\u0001', BufferSize = 1 << 18 });
        }
        catch (Exception e) when (e is CsvFormatException or InvalidDataException)
        {
            throw new InputException($"{path}: expected a CSV header in the first line, found something else ({e.Message})", e);
        }
    }

    private static bool Advance(CsvDataReader csv, string path, long row)
    {
        try
        {
            return csv.Read();
        }
        catch (CsvFormatException e)
        {
            throw new InputException($"{path}: row {row + 1} cannot be read as CSV ({e.Message}). Mend the row, usually a quote that is not closed.", e);
        }
    }

    /// <summary>One row to one observation, by the columns the header names.</summary>
    private sealed class RowReader
    {
        private readonly string source;
        private readonly PositionCard card;
        private readonly IReadOnlyDictionary<string, int> at;
        private readonly int fields, time, lat, lon, mmsi, key;
        private readonly Dictionary<string, string> keys = [];
        private readonly Dictionary<Mmsi, StaticReport> lastStatic = [];

        public RowReader(string source, string path, List<string> header, ColumnCards cards)
        {
            this.source = source;
            card = cards.CardFor(header);
            at = cards.Locate(header);
            (time, lat, lon) = (Need("time"), Need("lat"), Need("lon"));
            (mmsi, key) = (at.GetValueOrDefault("mmsi", -1), at.GetValueOrDefault("key", -1));
            if (mmsi < 0 && key < 0)
            {
                throw Missing("mmsi");
            }

            fields = new[] { time, lat, lon, mmsi, key }.Max() + 1;

            int Need(string field) => at.TryGetValue(field, out var index) ? index : throw Missing(field);

            InputException Missing(string field) => new(
                $"{path}: expected a column for {field} ({string.Join(", ", cards.Columns[field].Take(4))}), found {Shown(header)}. Name it with --map {field}=COLUMN.");
        }

        public void Read(CsvDataReader csv, long number, ObservationBatch batch)
        {
            if (csv.RowFieldCount < fields)
            {
                Refuse(csv, batch, number, null, null, "row has too few fields");
                return;
            }

            if (!RowValues.TryTime(csv.GetFieldSpan(time), card.DayFirst, out var when))
            {
                Refuse(csv, batch, number, "time", csv.GetString(time), "time not readable");
                return;
            }

            Mmsi? identity = null;
            string? track = null;
            if (mmsi >= 0)
            {
                if (!Mmsi.TryParse(csv.GetFieldSpan(mmsi), out var parsed))
                {
                    Refuse(csv, batch, number, "mmsi", csv.GetString(mmsi), "MMSI not readable");
                    return;
                }

                identity = parsed;
            }
            else if ((track = Interned(csv.GetFieldSpan(key))) is null)
            {
                Refuse(csv, batch, number, "key", "", "no key of a track");
                return;
            }

            if (RowValues.Number(csv.GetFieldSpan(lat)) is not { } latDeg || RowValues.Number(csv.GetFieldSpan(lon)) is not { } lonDeg)
            {
                Refuse(csv, batch, number, "lat, lon", $"{csv.GetString(lat)}, {csv.GetString(lon)}", "position not readable");
                return;
            }

            if (!GeoPoint.IsOnEarth(latDeg, lonDeg))
            {
                Refuse(csv, batch, number, "lat, lon", $"{latDeg}, {lonDeg}", latDeg == 91 || lonDeg == 181 ? "position not available" : "position not on Earth");
                return;
            }

            var fix = new Fix(when, new GeoPoint(latDeg, lonDeg), RowValues.Speed(Of(csv, "sog")), RowValues.Course(Of(csv, "cog")), RowValues.Heading(Of(csv, "heading")),
                RowValues.Status(Of(csv, "status")), RowValues.Class(Of(csv, "class")), card.Receiver);
            batch.Sightings.Add(new Sighting(identity, track, fix, when, null));
            batch.LastReceived = batch.LastReceived > when ? batch.LastReceived : when;
            batch.Count.Accept();
            if (identity is { } ship)
            {
                AddStatic(csv, ship, fix, batch);
            }
        }

        // Every row repeats the static data; one report when they change is what a ship would send.
        private void AddStatic(CsvDataReader csv, Mmsi ship, in Fix fix, ObservationBatch batch)
        {
            var report = new StaticReport
            {
                Mmsi = ship,
                Time = fix.Time,
                ReceivedAt = fix.Time,
                Transponder = fix.Transponder,
                ImoAsStated = Text(csv, "imo") is { } imo ? imo.Replace("IMO", "", StringComparison.OrdinalIgnoreCase).Trim() : null,
                CallSign = Text(csv, "callSign"),
                Name = Text(csv, "name"),
                ShipType = RowValues.Number(Of(csv, "type")) is > 0 and <= 255 and var type ? (int)type : null,
                LengthM = RowValues.Number(Of(csv, "length")) is > 0 and var length ? length : null,
                DraughtM = RowValues.Number(Of(csv, "draught")) is > 0 and <= 25.5 and var draught ? draught : null,
                Destination = Text(csv, "destination"),
            };
            if (report is { ImoAsStated: null, CallSign: null, Name: null, ShipType: null })
            {
                return;
            }

            if (!lastStatic.TryGetValue(ship, out var last) || last with { Time = fix.Time, ReceivedAt = fix.Time, Transponder = fix.Transponder } != report)
            {
                lastStatic[ship] = report;
                batch.Statics.Add(report);
            }
        }

        private ReadOnlySpan<char> Of(CsvDataReader csv, string field) =>
            at.TryGetValue(field, out var index) && index < csv.RowFieldCount ? csv.GetFieldSpan(index) : [];

        private string? Text(CsvDataReader csv, string field) => RowValues.Stated(new string(Of(csv, field)));

        private string? Interned(ReadOnlySpan<char> text)
        {
            var lookup = keys.GetAlternateLookup<ReadOnlySpan<char>>();
            if (text.IsEmpty || lookup.TryGetValue(text, out var known))
            {
                return text.IsEmpty ? null : lookup[text];
            }

            return keys[new string(text)] = new string(text);
        }

        private void Refuse(CsvDataReader csv, ObservationBatch batch, long number, string? field, string? value, string reason)
        {
            batch.Count.Reject(reason);
            var raw = string.Join(',', Enumerable.Range(0, csv.RowFieldCount).Select(csv.GetString));
            batch.Rejections.Add(new Rejection(source, $"row {number}", field, value is { Length: > 200 } ? value[..200] : value, reason, raw.Length > 1000 ? raw[..1000] : raw));
        }

        private static string Shown(List<string> header)
        {
            var all = string.Join(", ", header);
            return all.Length > 200 ? all[..200] + "…" : all;
        }
    }
}
