using System.Globalization;
using System.Text.Json;
using MaritimeWatch.Feeds.Ais;
using MaritimeWatch.Units;

namespace MaritimeWatch.Unit.Feeds.Ais;

/// <summary>Compares what messages 6 to 26 carry with another decoder's field of gpsdecode's name.</summary>
internal static class Contents
{
    /// <summary>True when we say the same; fields we do not read agree.</summary>
    public static bool Agrees(in AisMessage m, string name, JsonElement theirs) => m.Content switch
    {
        AisBinary b => name switch
        {
            "seqno" => b.Sequence == theirs.GetInt32(),
            "dest_mmsi" => Is(b.Destination, theirs),
            "retransmit" => b.Retransmitted == theirs.GetBoolean(),
            "dac" => b.Dac == theirs.GetInt32(),
            "fid" => b.Fi == theirs.GetInt32(),
            "app_id" => ((b.Dac ?? 0) << 6) + (b.Fi ?? 0) == theirs.GetInt32(),
            "addressed" => b.Destination is not null == theirs.GetBoolean(),
            "structured" => b.Dac is not null == theirs.GetBoolean(),
            "data" => $"{b.BitCount}:{Convert.ToHexStringLower(b.Data)}" == theirs.GetString(),
            // gpsdecode writes this place with one decimal; of messages 6 and 8 it reads the application, which here stays as it came.
            "lat" => m.Type != 17 || Near(b.ReferenceStation?.LatDeg, theirs, 0.0501),
            "lon" => m.Type != 17 || Near(b.ReferenceStation?.LonDeg, theirs, 0.0501),
            "radio" => b.CommunicationState == theirs.GetInt64(),
            _ => true,
        },
        AisSafetyText t => name switch
        {
            "seqno" => t.Sequence == theirs.GetInt32(),
            "dest_mmsi" => Is(t.Destination, theirs),
            "retransmit" => t.Retransmitted == theirs.GetBoolean(),
            "text" => (t.Text ?? "") == theirs.GetString()!.TrimEnd(),
            _ => true,
        },
        AisTimeInquiry i => name != "dest_mmsi" || Is(i.Destination, theirs),
        AisAcknowledgement a => Numbered(name, "mmsi") is not { } n || Is(n <= a.To.Count ? a.To[n - 1].Mmsi : null, theirs),
        AisInterrogation q => name switch
        {
            "mmsi1" => q.Questions.Count == 0 || Is(q.Questions[0].Mmsi, theirs),
            "type1_1" => (q.Questions.Count > 0 ? q.Questions[0].MessageType : 0) == theirs.GetInt32(),
            "offset1_1" => (q.Questions.Count > 0 ? q.Questions[0].SlotOffset : 0) == theirs.GetInt32(),
            "type1_2" => theirs.GetInt32() == 0 || q.Questions[1].MessageType == theirs.GetInt32(),
            "mmsi2" => theirs.GetInt32() == 0 || Is(q.Questions[^1].Mmsi, theirs),
            "type2_1" => theirs.GetInt32() == 0 || q.Questions[^1].MessageType == theirs.GetInt32(),
            _ => true,
        },
        AisAssignment a => name[..^1] switch
        {
            "mmsi" when name != "mmsi" => Is(Station(a, name)?.Mmsi, theirs),
            "offset" => (Station(a, name)?.Offset ?? 0) == theirs.GetInt32(),
            "increment" => (Station(a, name)?.Increment ?? 0) == theirs.GetInt32(),
            _ => true,
        },
        AisReservations r => name[..^1] switch
        {
            "offset" => (Slot(r, name)?.Offset ?? 0) == theirs.GetInt32(),
            "number" => (Slot(r, name)?.Number ?? 0) == theirs.GetInt32(),
            "timeout" => (Slot(r, name)?.TimeoutMinutes ?? 0) == theirs.GetInt32(),
            "increment" => (Slot(r, name)?.Increment ?? 0) == theirs.GetInt32(),
            _ => true,
        },
        AisChannels c => name switch
        {
            "channel_a" => c.ChannelA == theirs.GetInt32(),
            "channel_b" => c.ChannelB == theirs.GetInt32(),
            "txrx" => c.TransmitReceive == theirs.GetInt32(),
            "power" => c.LowPower == theirs.GetBoolean(),
            "addressed" => c.Area is null == theirs.GetBoolean(),
            "dest1" => Is(c.Stations[0], theirs),
            "dest2" => Is(c.Stations[1], theirs),
            "zonesize" => c.ZoneNm - 1 == theirs.GetInt32(),
            _ => c.Area is not { } area || Corner(area, name, theirs),
        },
        AisGroupOrder g => name switch
        {
            "stationtype" => g.StationType == theirs.GetInt32(),
            "shiptype" => g.ShipType == theirs.GetInt32(),
            "txrx" => g.TransmitReceive == theirs.GetInt32(),
            "interval" => g.Interval == theirs.GetInt32(),
            "quiet" => g.QuietMinutes == theirs.GetInt32(),
            _ => Corner(g.Area, name, theirs),
        },
        _ => true,
    };

    /// <summary>Content in one line, for what a failure prints.</summary>
    public static string? Text(AisContent? content) => content is AisBinary b ? $"{b with { Data = [] }} {Convert.ToHexStringLower(b.Data)}" : content?.ToString();

    private static bool Corner(AisArea area, string name, JsonElement theirs) => name switch
    {
        "ne_lat" => Near(area.NorthDeg, theirs),
        "ne_lon" => Near(area.EastDeg, theirs),
        "sw_lat" => Near(area.SouthDeg, theirs),
        "sw_lon" => Near(area.WestDeg, theirs),
        _ => true,
    };

    private static AisAssigned? Station(AisAssignment a, string name) => Numbered(name, name[..^1]) is { } n && n <= a.Stations.Count ? a.Stations[n - 1] : null;

    private static AisReservation? Slot(AisReservations r, string name) => Numbered(name, name[..^1]) is { } n && n <= r.Slots.Count ? r.Slots[n - 1] : null;

    private static int? Numbered(string name, string stem) => name.StartsWith(stem, StringComparison.Ordinal) && int.TryParse(name.AsSpan(stem.Length), CultureInfo.InvariantCulture, out var n) ? n : null;

    private static bool Is(Mmsi? ours, JsonElement theirs) => (ours?.Number ?? 0) == theirs.GetInt64();

    // gpsdecode writes the corners of an area as text.
    private static bool Near(double? ours, JsonElement theirs, double within = 1e-5) =>
        ours is { } value && Math.Abs(value - (theirs.ValueKind == JsonValueKind.String ? double.Parse(theirs.GetString()!, CultureInfo.InvariantCulture) : theirs.GetDouble())) <= within;
}
