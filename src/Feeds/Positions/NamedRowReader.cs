using System.Globalization;
using MaritimeWatch.Feeds.Ais;
using MaritimeWatch.Feeds.Transport;
using MaritimeWatch.Records;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Feeds.Positions;

/// <summary>
/// One row of named texts to one observation or one rejection, for every form that is not a plain table of positions.
/// The card is the one the first readable row shows.
/// </summary>
internal sealed class NamedRowReader(string source, ColumnCards cards, FileContent form)
{
    private readonly Dictionary<Mmsi, StaticReport> lastStatic = [];
    private bool hasMmsi;

    /// <summary>The kind of file, null until a row could be read.</summary>
    public PositionCard? Card { get; private set; }

    public FieldNames? Names { get; private set; }

    public void Read(NamedRow row, ObservationBatch batch)
    {
        if (row.Fault is { } fault)
        {
            Refuse(row, batch, fault);
            return;
        }

        Learn(row);
        var values = Names!.Read(row);
        foreach (var field in Card!.Tenths ?? [])
        {
            if (RowValues.Number(values.GetValueOrDefault(field)) is { } tenths)
            {
                values[field] = (tenths / 10).ToString(CultureInfo.InvariantCulture);
            }
        }

        if (row.Values.Find(v => v.Name is "geometry.type") is { Text: not (null or "Point") } other)
        {
            Refuse(row, batch, "geometry is not a point", "geometry.type", other.Text);
        }
        else
        {
            Observe(row, values, batch);
        }
    }

    /// <summary>Takes the kind of file from the first readable row; later ones change nothing.</summary>
    public void Learn(NamedRow row)
    {
        if (Card is null && row.Fault is null)
        {
            Card = cards.CardFor([.. row.Values.Select(v => v.Name)], form);
            Names = new FieldNames(cards, Card);
            hasMmsi = Names.Read(row).ContainsKey("mmsi");
        }
    }

    private void Observe(NamedRow row, Dictionary<string, string> values, ObservationBatch batch)
    {
        Mmsi? identity = null;
        string? key = null;
        if (hasMmsi)
        {
            if (!Mmsi.TryParse(values.GetValueOrDefault("mmsi"), out var mmsi))
            {
                Refuse(row, batch, "MMSI not readable", "mmsi", values.GetValueOrDefault("mmsi"));
                return;
            }

            identity = mmsi;
        }
        else if ((key = values.GetValueOrDefault("key")) is null)
        {
            Refuse(row, batch, "no MMSI and no key of a track", "mmsi");
            return;
        }

        var type = RowValues.Number(values.GetValueOrDefault("messageType")) switch { null => 0, >= 0 and < 100 and var stated => (int)stated, _ => -1 };
        if (type != 0 && !AisMessage.TellsPlace(type) && !AisMessage.TellsIdentity(type))
        {
            Refuse(row, batch, "not a message of a ship's position or identity", "messageType", values["messageType"]);
            return;
        }

        if (!RowValues.TryTime(values.GetValueOrDefault("time"), Card!.DayFirst, out var received))
        {
            Refuse(row, batch, values.ContainsKey("time") ? "time not readable" : "no time", "time", values.GetValueOrDefault("time"));
            return;
        }

        received = received.AddMilliseconds(RowValues.Number(values.GetValueOrDefault("millisecond")) is >= 0 and < 1000 and var ms ? ms : 0);
        Fix? fix = null;
        if (type == 0 || AisMessage.TellsPlace(type))
        {
            if (PlaceFault(values, out var at) is { } fault)
            {
                Refuse(row, batch, fault, "lat, lon", $"{values.GetValueOrDefault("lat")}, {values.GetValueOrDefault("lon")}");
                return;
            }

            fix = new Fix(AisObservations.EventTime(received, RowValues.Number(values.GetValueOrDefault("utcSecond")) is >= 0 and < 60 and var second ? (int)second : null), at, RowValues.Speed(values.GetValueOrDefault("sog")),
                RowValues.Course(values.GetValueOrDefault("cog")), RowValues.Heading(values.GetValueOrDefault("heading")), RowValues.Status(values.GetValueOrDefault("status")),
                Transponder(values, type), Card.Receiver);
            batch.Sightings.Add(new Sighting(identity, key, fix.Value, received, values.GetValueOrDefault("station")));
        }

        batch.Count.Accept();
        batch.LastReceived = batch.LastReceived > received ? batch.LastReceived : received;
        if (identity is { } ship && (!Card.PerMessage || AisMessage.TellsIdentity(type)))
        {
            AddStatic(ship, values, fix?.Time ?? received, received, Transponder(values, type), batch);
        }
        else if (key is not null && new KeyedShip(key, cards.ShipTypeOf(values.GetValueOrDefault("type")), RowValues.Number(values.GetValueOrDefault("length"))) is not { ShipType: null, LengthM: null } and var keyed)
        {
            batch.KeyedShips.Add(keyed);
        }
    }

    private string? PlaceFault(Dictionary<string, string> values, out GeoPoint at)
    {
        at = default;
        if (!values.ContainsKey("lat") && !values.ContainsKey("lon"))
        {
            return Card!.PerMessage ? "position not available" : "no position";
        }

        if (RowValues.Number(values.GetValueOrDefault("lat")) is not { } latDeg || RowValues.Number(values.GetValueOrDefault("lon")) is not { } lonDeg)
        {
            return "position not readable";
        }

        if (!GeoPoint.IsOnEarth(latDeg, lonDeg))
        {
            return latDeg == 91 || lonDeg == 181 ? "position not available" : "position not on Earth";
        }

        at = new GeoPoint(latDeg, lonDeg);
        return null;
    }

    // A message is one report each time; where every row repeats the identity, one report when it changes is what a ship would send.
    private void AddStatic(Mmsi ship, Dictionary<string, string> values, DateTimeOffset time, DateTimeOffset received, TransponderClass transponder, ObservationBatch batch)
    {
        var report = new StaticReport
        {
            Mmsi = ship,
            Time = time,
            ReceivedAt = received,
            Station = values.GetValueOrDefault("station"),
            Transponder = transponder,
            NeedsSecond = Card!.PerMessage,
            ImoAsStated = RowValues.Imo(Stated("imo")),
            CallSign = Stated("callSign"),
            Name = Stated("name"),
            ShipType = cards.ShipTypeOf(values.GetValueOrDefault("type")),
            LengthM = Number("length", 1000) ?? Sum("toBow", "toStern"),
            BeamM = Sum("toPort", "toStarboard"),
            DraughtM = Number("draught", 25.5),
            Destination = Stated("destination"),
        };
        if (report is { ImoAsStated: null, CallSign: null, Name: null, ShipType: null })
        {
            return;
        }

        if (Card.PerMessage || !lastStatic.TryGetValue(ship, out var last) || last with { Time = time, ReceivedAt = received, Transponder = transponder } != report)
        {
            lastStatic[ship] = report;
            batch.Statics.Add(report);
        }

        string? Stated(string field) => values.TryGetValue(field, out var text) ? RowValues.Stated(text) : null;
        double? Number(string field, double highest) => RowValues.Number(values.GetValueOrDefault(field)) is > 0 and var n && n <= highest ? n : null;
        double? Sum(string one, string other) => RowValues.Number(values.GetValueOrDefault(one)) + RowValues.Number(values.GetValueOrDefault(other)) is > 0 and var sum ? sum : null;
    }

    private static TransponderClass Transponder(Dictionary<string, string> values, int type) =>
        AisMessage.TransponderOf(type) is not TransponderClass.Unknown and var told ? told : RowValues.Class(values.GetValueOrDefault("class"));

    private void Refuse(NamedRow row, ObservationBatch batch, string reason, string? field = null, string? value = null)
    {
        batch.Count.Reject(reason);
        var raw = row.Raw();
        batch.Rejections.Add(new Rejection(source, row.Place, field, value is { Length: > 200 } ? value[..200] : value, reason, raw.Length > 1000 ? raw[..1000] : raw));
    }
}
