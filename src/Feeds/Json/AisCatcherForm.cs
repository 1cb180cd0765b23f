using System.Globalization;
using System.Text.Json;
using MaritimeWatch.Feeds.Ais;

namespace MaritimeWatch.Feeds.Json;

/// <summary>
/// A message of AIS-catcher's full JSON (card seeds/feeds/live/ais-catcher.json): gpsd's field names in scaled units, with
/// <c>rxuxtime</c> in seconds or <c>rxtime</c> as yyyyMMddHHmmss for the time of receipt. Fields that are not available are left out.
/// </summary>
internal static class AisCatcherForm
{
    public static JsonReport Read(JsonElement record)
    {
        var type = record.Whole("type") ?? throw new RecordException("message type missing", "type");
        if (record.Child("repeat") is null && record.Child("lat") is null && record.Child("nmea") is not null)
        {
            throw new RecordException("not decoded: expected AIS-catcher's full JSON");
        }

        var position = AisMessage.TellsPlace(type);
        return new JsonReport
        {
            Mmsi = record.Whole("mmsi"),
            Received = JsonObservations.TimeOfMs(record.Number("rxuxtime") * 1000) ?? Time(record.Text("rxtime")),
            UtcSecond = record.Whole("second"),
            Station = record.Child("station_id")?.ToString(),
            Transponder = AisMessage.TransponderOf(type),
            IsPosition = position,
            LatDeg = position ? record.Number("lat") : null,
            LonDeg = position ? record.Number("lon") : null,
            SogKnots = record.Number("speed"),
            CogDeg = record.Number("course"),
            HeadingDeg = record.Number("heading"),
            Status = position ? record.Whole("status") : null,
            IsStatic = AisMessage.TellsIdentity(type),
            Imo = record.Whole("imo"),
            CallSign = record.SaidText("callsign"),
            Name = record.SaidText("shipname"),
            ShipType = record.Whole("shiptype"),
            LengthM = record.Number("to_bow") + record.Number("to_stern"),
            BeamM = record.Number("to_port") + record.Number("to_starboard"),
            DraughtM = record.Number("draught"),
            Destination = record.SaidText("destination"),
        };
    }

    private static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParseExact(text, "yyyyMMddHHmmss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;
}
