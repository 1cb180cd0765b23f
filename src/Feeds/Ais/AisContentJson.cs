using System.Text.Json;
using MaritimeWatch.Units;

namespace MaritimeWatch.Feeds.Ais;

/// <summary>What messages 6 to 26 carry, as fields of the message's JSON object; application data as hexadecimal digits.</summary>
internal static class AisContentJson
{
    public static void Write(Utf8JsonWriter json, AisContent content)
    {
        switch (content)
        {
            case AisBinary b:
                Addressed(json, b.Destination, b.Sequence, b.Retransmitted);
                AisJson.Number(json, "dac", b.Dac);
                AisJson.Number(json, "fi", b.Fi);
                json.WriteNumber("bitCount", b.BitCount);
                json.WriteString("data", Convert.ToHexStringLower(b.Data));
                if (b.ReferenceStation is { } place)
                {
                    json.WriteNumber("latDeg", Math.Round(place.LatDeg, 5));
                    json.WriteNumber("lonDeg", Math.Round(place.LonDeg, 5));
                }

                if (b.CommunicationState is { } state)
                {
                    json.WriteNumber("communicationState", state);
                }

                break;
            case AisSafetyText t:
                Addressed(json, t.Destination, t.Sequence, t.Retransmitted);
                json.WriteString("text", t.Text);
                break;
            case AisTimeInquiry i:
                json.WriteString("destination", i.Destination?.ToString());
                break;
            case AisAcknowledgement a:
                Each(json, "acknowledged", a.To, to => [("mmsi", to.Mmsi), ("sequence", to.Sequence)]);
                break;
            case AisInterrogation q:
                Each(json, "questions", q.Questions, asked => [("mmsi", asked.Mmsi), ("type", asked.MessageType), ("slotOffset", asked.SlotOffset)]);
                break;
            case AisAssignment a:
                Each(json, "stations", a.Stations, s => [("mmsi", s.Mmsi), ("offset", s.Offset), ("increment", s.Increment)]);
                break;
            case AisReservations r:
                Each(json, "slots", r.Slots, s => [("offset", s.Offset), ("number", s.Number), ("timeoutMinutes", s.TimeoutMinutes), ("increment", s.Increment)]);
                break;
            case AisChannels c:
                json.WriteNumber("channelA", c.ChannelA);
                json.WriteNumber("channelB", c.ChannelB);
                json.WriteNumber("transmitReceive", c.TransmitReceive);
                json.WriteBoolean("lowPower", c.LowPower);
                Area(json, c.Area);
                Each(json, "stations", c.Stations, s => [("mmsi", s)]);
                json.WriteNumber("zoneNm", c.ZoneNm);
                break;
            case AisGroupOrder g:
                Area(json, g.Area);
                json.WriteNumber("stationType", g.StationType);
                json.WriteNumber("shipType", g.ShipType);
                json.WriteNumber("transmitReceive", g.TransmitReceive);
                json.WriteNumber("interval", g.Interval);
                json.WriteNumber("quietMinutes", g.QuietMinutes);
                break;
        }
    }

    private static void Addressed(Utf8JsonWriter json, Mmsi? destination, int? sequence, bool? retransmitted)
    {
        if (destination is { } mmsi)
        {
            json.WriteString("destination", mmsi.ToString());
        }

        if (sequence is { } number)
        {
            json.WriteNumber("sequence", number);
            json.WriteBoolean("retransmitted", retransmitted ?? false);
        }
    }

    private static void Area(Utf8JsonWriter json, AisArea? area)
    {
        if (area is { } a)
        {
            AisJson.Number(json, "northDeg", Math.Round(a.NorthDeg, 5));
            AisJson.Number(json, "eastDeg", Math.Round(a.EastDeg, 5));
            AisJson.Number(json, "southDeg", Math.Round(a.SouthDeg, 5));
            AisJson.Number(json, "westDeg", Math.Round(a.WestDeg, 5));
        }
    }

    private static void Each<T>(Utf8JsonWriter json, string name, IReadOnlyList<T> items, Func<T, (string Name, object Value)[]> fields)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            foreach (var (field, value) in fields(item))
            {
                if (value is int number)
                {
                    json.WriteNumber(field, number);
                }
                else
                {
                    json.WriteString(field, value.ToString());
                }
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
