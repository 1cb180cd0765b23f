using System.Runtime.InteropServices;
using System.Text;
using MaritimeWatch.Feeds.Transport;
using MaritimeWatch.Records;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

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
        using var file = InputFile.Open(path);
        using var bytes = AsUtf8(file);
        var blocks = new CsvBlocks(bytes);
        // A number sign at the start of the header is no comment here (Danish files).
        var columns = new PositionColumns(path, HeaderOf(blocks, path), cards);
        var rows = new PositionRows(blocks, columns);
        var observations = new Observer(name, rows, columns, cards);
        var batch = Batch();
        long number = 0;
        var row = 1;
        do
        {
            for (; row < rows.Count; row++)
            {
                if (++number <= skipRows)
                {
                    continue;
                }

                observations.Read(row, number, batch);
                if (batch.Count.Lines >= RowsPerBatch)
                {
                    batch.Position = number.ToString();
                    yield return batch;
                    batch = Batch();
                }
            }

            row = 0;
        }
        while (rows.Advance());

        batch.Position = number.ToString();
        yield return batch;
        if (number == 0)
        {
            throw new InputException($"{path}: expected rows under the header, found none.");
        }
    }

    private static ObservationBatch Batch()
    {
        var batch = new ObservationBatch();
        batch.Sightings.EnsureCapacity(RowsPerBatch);
        return batch;
    }

    /// <summary>Names of the columns; they are the first row.</summary>
    /// <exception cref="InputException">The first line is not CSV.</exception>
    internal static List<string> HeaderOf(CsvBlocks blocks, string path)
    {
        if (!blocks.Advance() || blocks[0].Count == CsvFields.Broken)
        {
            throw new InputException($"{path}: expected a CSV header in the first line, found something else.");
        }

        var header = new List<string>();
        for (var i = 0; i < blocks[0].Count; i++)
        {
            header.Add(Encoding.UTF8.GetString(blocks[0][i]));
        }

        return header;
    }

    // UTF-16 announces itself by its first two bytes.
    private static Stream AsUtf8(Stream file)
    {
        if (!file.CanSeek)
        {
            return file;
        }

        Span<byte> head = stackalloc byte[2];
        var length = file.ReadAtLeast(head, 2, throwOnEndOfStream: false);
        file.Position = 0;
        return length < 2 ? file : head switch
        {
            [0xFF, 0xFE] => Encoding.CreateTranscodingStream(file, Encoding.Unicode, Encoding.UTF8),
            [0xFE, 0xFF] => Encoding.CreateTranscodingStream(file, Encoding.BigEndianUnicode, Encoding.UTF8),
            _ => file,
        };
    }

    /// <summary>Rows to observations and rejections.</summary>
    private sealed class Observer(string source, PositionRows rows, PositionColumns columns, ColumnCards cards)
    {
        private readonly Dictionary<string, string> keys = [];
        private readonly Dictionary<int, Known> ships = [];
        private readonly Dictionary<string, KeyedShip> keyed = [];
        private ulong? saysNothing;

        public void Read(int row, long number, ObservationBatch batch)
        {
            var fault = rows.Read(row, out var read);
            if (fault != RowFault.None)
            {
                Refuse(row, number, fault, batch);
                return;
            }

            var time = new DateTimeOffset(read.UtcTicks, TimeSpan.Zero);
            Mmsi? identity = read.MmsiNumber >= 0 ? new Mmsi(read.MmsiNumber) : null;
            var key = identity is null ? Interned(rows.Text(rows.Fields(row)[columns.Key])) : null;
            batch.Sightings.Add(new Sighting(identity, key, read.Fix, time, null));
            batch.LastReceived = batch.LastReceived > time ? batch.LastReceived : time;
            batch.Count.Accept();
            if (identity is { } ship)
            {
                AddStatic(row, ship, read.Fix, batch);
            }
            else
            {
                AddKeyed(rows.Fields(row), key!, batch);
            }
        }

        private void AddKeyed(CsvFields row, string key, ObservationBatch batch)
        {
            var ship = new KeyedShip(key, ShipType(row), Length(row));
            if (ship is not { ShipType: null, LengthM: null } && (!keyed.TryGetValue(key, out var known) || known != ship))
            {
                keyed[key] = ship;
                batch.KeyedShips.Add(ship);
            }
        }

        // Every row repeats the static data; one report when they change is what a ship would send.
        private void AddStatic(int row, Mmsi ship, in Fix fix, ObservationBatch batch)
        {
            var hash = rows.StaticHash(row);
            ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(ships, ship.Number, out _);
            if (hash == saysNothing || (known.Hash == hash && known.Last is not null))
            {
                return;
            }

            var report = Report(rows.Fields(row), ship, fix);
            if (report is { ImoAsStated: null, CallSign: null, Name: null, ShipType: null })
            {
                saysNothing = hash;
                return;
            }

            if (known.Last is not { } last || last with { Time = report.Time, ReceivedAt = report.ReceivedAt, Transponder = report.Transponder } != report)
            {
                known.Last = report;
                batch.Statics.Add(report);
            }

            known.Hash = hash;
        }

        private StaticReport Report(CsvFields row, Mmsi ship, in Fix fix) => new()
        {
            Mmsi = ship,
            Time = fix.Time,
            ReceivedAt = fix.Time,
            Transponder = fix.Transponder,
            ImoAsStated = RowValues.Imo(Stated(row, "imo")),
            CallSign = Stated(row, "callSign"),
            Name = Stated(row, "name"),
            ShipType = ShipType(row),
            LengthM = Length(row),
            DraughtM = Number(row, "draught") is > 0 and <= 25.5 and var draught ? draught : null,
            Destination = Stated(row, "destination"),
        };

        private int? ShipType(CsvFields row) => cards.ShipTypeOf(rows.Text(row[columns.Of("type")]));

        private double? Length(CsvFields row) => Number(row, "length") is > 0 and var length ? length : null;

        private string? Stated(CsvFields row, string field) => RowValues.Stated(new string(rows.Text(row[columns.Of(field)])));

        private double? Number(CsvFields row, string field) => RowValues.Number(rows.Text(row[columns.Of(field)]));

        private string Interned(ReadOnlySpan<char> text)
        {
            var lookup = keys.GetAlternateLookup<ReadOnlySpan<char>>();
            return lookup.TryGetValue(text, out var known) ? known : keys[new string(text)] = new string(text);
        }

        private void Refuse(int row, long number, RowFault fault, ObservationBatch batch)
        {
            var fields = rows.Fields(row);
            var (field, value, reason) = fault switch
            {
                RowFault.NotCsv => (null, null, "row is not CSV"),
                RowFault.TooFewFields => (null, null, "row has too few fields"),
                RowFault.Time => ("time", Text(fields, columns.Time), "time not readable"),
                RowFault.Mmsi => ("mmsi", Text(fields, columns.Mmsi), "MMSI not readable"),
                RowFault.Key => ("key", "", "no key of a track"),
                RowFault.Position => ("lat, lon", $"{Text(fields, columns.Lat)}, {Text(fields, columns.Lon)}", "position not readable"),
                _ => ("lat, lon", $"{rows.Place(fields).LatDeg}, {rows.Place(fields).LonDeg}", fault == RowFault.NotAvailable ? "position not available" : "position not on Earth"),
            };
            batch.Count.Reject(reason);
            batch.Rejections.Add(new Rejection(source, $"row {number}", field, value is { Length: > 200 } ? value[..200] : value, reason, Raw(fields)));
        }

        private string Text(CsvFields row, int column) => new(rows.Text(row[column]));

        private string Raw(CsvFields row)
        {
            var raw = new StringBuilder();
            if (row.Count == CsvFields.Broken)
            {
                raw.Append(rows.Text(row.Line).TrimEnd('\r'));
            }

            for (var i = 0; i < row.Count && raw.Length <= 1000; i++)
            {
                raw.Append(i > 0 ? "," : "").Append(rows.Text(row[i]));
            }

            return raw.ToString(0, Math.Min(raw.Length, 1000));
        }

        private struct Known
        {
            public ulong Hash;
            public StaticReport? Last;
        }
    }
}
