using System.Text;
using System.Text.Json;
using MaritimeWatch.Feeds.Ais;
using MaritimeWatch.Records;

namespace MaritimeWatch.Unit.Feeds.Ais;

/// <summary>Reads sentences as a stream does, and compares a message with another decoder's JSON (gpsdecode's names).</summary>
internal static class Decoded
{
    public static (List<AisRecord> Records, IntakeCount Count, List<Rejection> Rejections) Read(IEnumerable<byte[]> lines)
    {
        var count = new IntakeCount();
        var rejections = new List<Rejection>();
        var records = new List<AisRecord>();
        var stream = new AisStream("test", count, rejections.Add);
        long number = 0;
        foreach (var line in lines)
        {
            if (stream.Read(line, ++number))
            {
                records.Add(stream.Record);
            }
        }

        stream.End();
        return (records, count, rejections);
    }

    public static (List<AisRecord> Records, IntakeCount Count, List<Rejection> Rejections) Read(IEnumerable<string> lines) => Read(lines.Select(Encoding.Latin1.GetBytes));

    /// <summary>A sentence with its checksum.</summary>
    public static string Sentence(ReadOnlySpan<char> payload, int fill, int parts = 1, int part = 1, string sequence = "")
    {
        var body = $"AIVDM,{parts},{part},{sequence},A,{payload},{fill}";
        return $"!{body}*{NmeaChecksum.Of(Encoding.ASCII.GetBytes(body)):X2}";
    }

    /// <summary>Fields in which the two differ, each as "name: ours, theirs". Fields we do not read are left out.</summary>
    public static IEnumerable<string> Differences(AisMessage m, JsonElement e, double withinDeg = 5.1e-7)
    {
        foreach (var field in e.EnumerateObject())
        {
            var theirs = field.Value;
            var (p, s) = (m.Position, m.Static);
            var same = m.Content is not null && field.Name is not ("type" or "repeat" or "mmsi") ? Contents.Agrees(m, field.Name, theirs) : field.Name switch
            {
                "type" => m.Type == theirs.GetInt32(),
                "repeat" => m.Repeat == theirs.GetInt32(),
                "mmsi" => m.Mmsi.Number == theirs.GetInt32(),
                "lat" => Near(p?.LatDeg, theirs, 91, m.Type == 27 ? 0.051 : withinDeg),
                "lon" => Near(p?.LonDeg, theirs, 181, m.Type == 27 ? 0.051 : withinDeg),
                "speed" => Near(p?.SogKnots, theirs, m.Type switch { 9 => 1023, 27 => 63, _ => 102.3 }, 0.0500001),
                "course" => Near(p?.CogDeg, theirs, m.Type == 27 ? 511 : 360, 0.0500001),
                "heading" => Near(p?.HeadingDeg, theirs, 511, 0),
                "second" => p?.UtcSecond == (theirs.GetInt32() is < 60 and var second ? second : null),
                "accuracy" => p?.HighAccuracy == theirs.GetBoolean(),
                "raim" => p?.Raim == theirs.GetBoolean(),
                "alt" => p?.AltitudeM == (theirs.GetInt32() is < 4095 and var alt ? alt : null),
                "status" when theirs.ValueKind == JsonValueKind.Number => (int?)p?.Status == theirs.GetInt32(),
                "turn" => Turn(p, theirs),
                "imo" => (s?.Imo ?? 0) == theirs.GetInt32(),
                "callsign" => (s?.CallSign ?? "") == theirs.GetString()!.Trim(),
                "shipname" or "name" => (s?.Name ?? "") == theirs.GetString()!.Trim(),
                "destination" => (s?.Destination ?? "") == theirs.GetString()!.Trim(),
                "shiptype" => (s?.ShipType ?? 0) == theirs.GetInt32(),
                "aid_type" => (s?.AidType ?? 0) == theirs.GetInt32(),
                "to_bow" => (s?.ToBowM ?? 0) == theirs.GetInt32(),
                "to_stern" => (s?.ToSternM ?? 0) == theirs.GetInt32(),
                "to_port" => (s?.ToPortM ?? 0) == theirs.GetInt32(),
                "to_starboard" => (s?.ToStarboardM ?? 0) == theirs.GetInt32(),
                "epfd" => (s?.Epfd ?? 0) == theirs.GetInt32(),
                "draught" => Near(s?.DraughtM, theirs, 0, 0.001),
                "off_position" => s?.OffPosition == theirs.GetBoolean(),
                "virtual_aid" => s?.VirtualAid == theirs.GetBoolean(),
                "eta" => $"{s?.EtaMonth ?? 0:00}-{s?.EtaDay ?? 0:00}T{s?.EtaHour ?? 24:00}:{s?.EtaMinute ?? 60:00}Z" == theirs.GetString(),
                "maneuver" => (p?.SpecialManoeuvre ?? 0) == (theirs.GetInt32() is 1 or 2 ? theirs.GetInt32() : 0),
                "radio" => p?.CommunicationState == theirs.GetInt64(),
                "ais_version" => s?.AisVersion == theirs.GetInt32(),
                "dte" => s?.DataTerminalNotReady == (theirs.GetInt32() == 1),
                "regional" when m.Type == 21 => s?.AidState == theirs.GetInt32(),
                "assigned" => p?.Assigned == theirs.GetBoolean(),
                "gnss" => p?.IsOld == theirs.GetBoolean(),
                "cs" => p?.Abilities.HasFlag(ClassBAbilities.CarrierSense) == theirs.GetBoolean(),
                "display" => p?.Abilities.HasFlag(ClassBAbilities.Display) == theirs.GetBoolean(),
                "dsc" => p?.Abilities.HasFlag(ClassBAbilities.Dsc) == theirs.GetBoolean(),
                "band" => p?.Abilities.HasFlag(ClassBAbilities.WholeBand) == theirs.GetBoolean(),
                "msg22" => p?.Abilities.HasFlag(ClassBAbilities.FollowsChannels) == theirs.GetBoolean(),
                "timestamp" when m.Type is 4 or 11 => m.BaseStationTime is { } at ? at.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'") == theirs.GetString() : theirs.GetString()!.StartsWith("0000", StringComparison.Ordinal),
                _ => true,
            };
            if (!same)
            {
                yield return $"type {m.Type}, MMSI {m.Mmsi}, {field.Name}: theirs {theirs}, ours {p} {s} {Contents.Text(m.Content)}";
            }
        }
    }

    // Where the other decoder writes a word, it has no number: not available.
    private static bool Near(double? ours, JsonElement theirs, double absent, double within) => theirs.ValueKind != JsonValueKind.Number
        ? ours is null
        : ours is { } value ? Math.Abs(value - theirs.GetDouble()) <= within : Math.Abs(theirs.GetDouble() - absent) < 1e-6 || (absent == 360 && theirs.GetDouble() > 360);

    // gpsdecode drops the sign of the rate and rounds it to a whole degree.
    private static bool Turn(AisPosition? p, JsonElement theirs) => theirs.ValueKind switch
    {
        JsonValueKind.Null => p?.RotDegPerMin is null,
        JsonValueKind.String => p?.RotDegPerMin is null && p?.Turning == theirs.GetString() switch { "fastleft" => "left", "fastright" => "right", _ => null },
        _ => p?.RotDegPerMin is { } rate && Math.Abs(Math.Abs(rate) - Math.Abs(theirs.GetDouble())) <= 1,
    };
}
