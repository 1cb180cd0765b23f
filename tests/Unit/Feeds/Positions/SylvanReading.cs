using System.Text;
using MaritimeWatch.Feeds;
using MaritimeWatch.Feeds.Positions;
using MaritimeWatch.Feeds.Transport;
using MaritimeWatch.Records;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;
using Sylvan.Data.Csv;

namespace MaritimeWatch.Unit.Feeds.Positions;

/// <summary>A position file read plainly: text by text, by a CSV reader of others. What <see cref="PositionCsv"/> must agree with.</summary>
internal sealed class SylvanReading(string source, ColumnCards cards)
{
    private readonly Dictionary<Mmsi, StaticReport> lastStatic = [];
    private IReadOnlyDictionary<string, int> at = new Dictionary<string, int>();
    private CsvDataReader csv = null!;
    private PositionCard card = null!;

    public ObservationBatch Read(string path)
    {
        using var text = new StreamReader(InputFile.Open(path), Encoding.UTF8);
        csv = CsvDataReader.Create(text, new CsvDataReaderOptions { HasHeaders = true, Comment = '\u0001', BufferSize = 1 << 18 });
        var header = Enumerable.Range(0, csv.FieldCount).Select(csv.GetName).ToList();
        (card, at) = (cards.CardFor(header), cards.Locate(header));
        var batch = new ObservationBatch();
        for (long number = 1; csv.Read(); number++)
        {
            if (Row(batch) is not var (field, value, reason))
            {
                batch.Count.Accept();
                continue;
            }

            batch.Count.Reject(reason);
            var raw = string.Join(',', Enumerable.Range(0, csv.RowFieldCount).Select(csv.GetString));
            batch.Rejections.Add(new Rejection(source, $"row {number}", field, value is { Length: > 200 } ? value[..200] : value, reason, raw.Length > 1000 ? raw[..1000] : raw));
        }

        csv.Dispose();
        return batch;
    }

    private (string? Field, string? Value, string Reason)? Row(ObservationBatch batch)
    {
        if (csv.RowFieldCount <= new[] { "time", "lat", "lon", "mmsi", "key" }.Max(f => at.GetValueOrDefault(f, -1)))
        {
            return (null, null, "row has too few fields");
        }

        if (!RowValues.TryTime(Of("time"), card.DayFirst, out var time))
        {
            return ("time", Of("time"), "time not readable");
        }

        Mmsi? ship = null;
        if (at.ContainsKey("mmsi"))
        {
            if (!Mmsi.TryParse(Of("mmsi"), out var parsed))
            {
                return ("mmsi", Of("mmsi"), "MMSI not readable");
            }

            ship = parsed;
        }
        else if (Of("key").Length == 0)
        {
            return ("key", "", "no key of a track");
        }

        if (RowValues.Number(Of("lat")) is not { } latDeg || RowValues.Number(Of("lon")) is not { } lonDeg)
        {
            return ("lat, lon", $"{Of("lat")}, {Of("lon")}", "position not readable");
        }

        if (!GeoPoint.IsOnEarth(latDeg, lonDeg))
        {
            return ("lat, lon", $"{latDeg}, {lonDeg}", latDeg == 91 || lonDeg == 181 ? "position not available" : "position not on Earth");
        }

        var fix = new Fix(time, new GeoPoint(latDeg, lonDeg), RowValues.Speed(Of("sog")), RowValues.Course(Of("cog")), RowValues.Heading(Of("heading")), RowValues.Status(Of("status")), RowValues.Class(Of("class")), card.Receiver);
        batch.Sightings.Add(new Sighting(ship, ship is null ? Of("key") : null, fix, time, null));
        batch.LastReceived = batch.LastReceived > time ? batch.LastReceived : time;
        if (ship is { } known)
        {
            AddStatic(known, fix, batch);
        }

        return null;
    }

    private void AddStatic(Mmsi ship, Fix fix, ObservationBatch batch)
    {
        var report = new StaticReport
        {
            Mmsi = ship,
            Time = fix.Time,
            ReceivedAt = fix.Time,
            Transponder = fix.Transponder,
            ImoAsStated = RowValues.Stated(Of("imo"))?.Replace("IMO", "", StringComparison.OrdinalIgnoreCase).Trim(),
            CallSign = RowValues.Stated(Of("callSign")),
            Name = RowValues.Stated(Of("name")),
            ShipType = cards.ShipTypeOf(Of("type")),
            LengthM = RowValues.Number(Of("length")) is > 0 and var length ? length : null,
            DraughtM = RowValues.Number(Of("draught")) is > 0 and <= 25.5 and var draught ? draught : null,
            Destination = RowValues.Stated(Of("destination")),
        };
        var told = report is not { ImoAsStated: null, CallSign: null, Name: null, ShipType: null };
        if (told && (!lastStatic.TryGetValue(ship, out var last) || last with { Time = fix.Time, ReceivedAt = fix.Time, Transponder = fix.Transponder } != report))
        {
            lastStatic[ship] = report;
            batch.Statics.Add(report);
        }
    }

    private string Of(string field) => at.TryGetValue(field, out var index) && index < csv.RowFieldCount ? csv.GetString(index) : "";
}
