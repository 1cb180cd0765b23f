using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MaritimeWatch.Unit.Feeds.Ais;

/// <summary>The three forms gpsdecode writes, brought to one: names with values in knots and degrees.</summary>
internal static partial class GpsdForms
{
    private static readonly string[] Dimensions = ["to_bow", "to_stern", "to_port", "to_starboard"];

    // Message 22 that names stations instead of an area.
    private static readonly string[] Named22 = ["channel_a", "channel_b", "txrx", "power", "dest1", "dest2", "addressed", "band_a", "band_b", "zonesize"];

    // The fields of a line with bars, by type, as far as another form names them; a dash is a field without a name there.
    private static readonly Dictionary<int, string[]> Bars = new()
    {
        [1] = ["status", "turn", "speed", "accuracy", "lon", "lat", "course", "heading", "second", "maneuver", "raim", "radio"],
        [4] = ["timestamp", "accuracy", "lon", "lat", "epfd", "raim", "radio"],
        [5] = ["imo", "ais_version", "callsign", "shipname", "shiptype", .. Dimensions, "epfd", "eta", "draught", "destination", "dte"],
        [6] = ["seqno", "dest_mmsi", "retransmit", "dac", "fid", "data"],
        [7] = ["mmsi1", "mmsi2", "mmsi3", "mmsi4"],
        [8] = ["dac", "fid", "data"],
        [9] = ["alt", "speed", "accuracy", "lon", "lat", "course", "second", "-", "dte", "raim", "radio"],
        [10] = ["dest_mmsi"],
        [12] = ["seqno", "dest_mmsi", "retransmit", "text"],
        [14] = ["text"],
        [15] = ["mmsi1", "type1_1", "offset1_1", "type1_2", "offset1_2", "mmsi2", "type2_1", "offset2_1"],
        [16] = ["mmsi1", "offset1", "increment1", "mmsi2", "offset2", "increment2"],
        [17] = ["lon", "lat", "data"],
        [18] = ["-", "speed", "accuracy", "lon", "lat", "course", "heading", "second", "-", "cs", "display", "dsc", "band", "msg22", "raim", "radio"],
        [19] = ["-", "speed", "accuracy", "lon", "lat", "course", "heading", "second", "-", "shipname", "shiptype", .. Dimensions, "epfd", "raim", "dte", "assigned"],
        [20] = [.. Enumerable.Range(1, 4).SelectMany(n => new[] { $"offset{n}", $"number{n}", $"timeout{n}", $"increment{n}" })],
        [21] = ["aid_type", "name", "accuracy", "lon", "lat", .. Dimensions, "epfd", "second", "regional", "off_position", "raim", "virtual_aid"],
        [22] = ["channel_a", "channel_b", "txrx", "power", "ne_lon", "ne_lat", "sw_lon", "sw_lat", "addressed", "band_a", "band_b", "zonesize"],
        [23] = ["ne_lon", "ne_lat", "sw_lon", "sw_lat", "stationtype", "shiptype", "txrx", "interval", "quiet"],
        [24] = ["shipname", "shiptype", "-", "-", "-", "callsign", .. Dimensions],
        [25] = ["addressed", "structured", "dest_mmsi", "app_id", "data"],
        [26] = ["addressed", "structured", "dest_mmsi", "app_id", "data"],
        [27] = ["status", "accuracy", "lon", "lat", "speed", "course", "raim", "gnss"],
    };

    private static readonly HashSet<string> Truths = ["accuracy", "raim", "retransmit", "cs", "display", "dsc", "band", "msg22", "off_position", "virtual_aid", "power", "addressed", "structured", "band_a", "band_b", "assigned", "gnss"];

    private static readonly HashSet<string> Texts = ["timestamp", "callsign", "shipname", "name", "eta", "destination", "text", "data"];

    /// <summary>The fields of a line in any of the forms; null for a message that form leaves out.</summary>
    public static JsonElement? Read(string line)
    {
        var fields = line.StartsWith('{') ? JsonNode.Parse(line)!.AsObject() : FromBars(line);
        if (fields?["imo"] is JsonValue imo && imo.TryGetValue<string>(out var stated))
        {
            fields["imo"] = Number(stated);
        }

        return fields is null ? null : JsonDocument.Parse((fields["scaled"]?.GetValue<bool>() == true ? fields : Scaled(fields)).ToJsonString()).RootElement;
    }

    private static JsonObject? FromBars(string line)
    {
        var parts = line.Split('|');
        var type = int.Parse(parts[0], CultureInfo.InvariantCulture);
        var names = type == 22 && parts.Length == 13 ? Named22 : Bars[type switch { 2 or 3 => 1, 11 => 4, 13 => 7, _ => type }];
        var fields = new JsonObject { ["type"] = type, ["repeat"] = Number(parts[1]), ["mmsi"] = Number(parts[2]) };
        for (var i = 0; i < names.Length && i + 3 < parts.Length; i++)
        {
            var (name, text) = (names[i], parts[i + 3]);
            if (name != "-")
            {
                fields[name] = Texts.Contains(name) ? text : Truths.Contains(name) ? Number(text) != 0 : Number(text);
            }
        }

        // Of applications it knows this form writes the content, or crosses.
        if (fields["data"] is { } application && !DataBits().IsMatch(application.GetValue<string>()))
        {
            fields.Remove("data");
        }

        // Here the last field of message 26 stands behind its data.
        if (type == 26 && fields["data"]!.GetValue<string>().Split(':') is [var bits, var data, var radio])
        {
            (fields["data"], fields["radio"]) = ($"{bits}:{data}", Number(radio));
        }

        return fields;
    }

    [GeneratedRegex("^[0-9]+:[0-9a-f]+(:[0-9]+)?$")]
    private static partial Regex DataBits();

    private static long Number(string text) => text.StartsWith("0x", StringComparison.Ordinal) ? Convert.ToInt64(text, 16) : long.Parse(text, CultureInfo.InvariantCulture);

    private static JsonObject Scaled(JsonObject fields)
    {
        var type = fields["type"]!.GetValue<int>();
        var minutes = type is 17 or 22 or 23 or 27 ? 600.0 : 600_000.0;
        foreach (var (name, by) in new[] { ("lat", minutes), ("lon", minutes), ("ne_lat", 600), ("ne_lon", 600), ("sw_lat", 600), ("sw_lon", 600), ("speed", type is 9 or 27 ? 1 : 10), ("course", type == 27 ? 1 : 10), ("draught", 10) })
        {
            if (fields[name] is JsonValue value)
            {
                fields[name] = double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture) / by;
            }
        }

        if (fields["turn"] is { } turn)
        {
            var raw = long.Parse(turn.ToJsonString(), CultureInfo.InvariantCulture);
            fields["turn"] = raw switch { 127 => "fastright", -127 => "fastleft", -128 => "nan", _ => Math.Sign(raw) * Math.Pow(raw / 4.733, 2) };
        }

        return fields;
    }
}
