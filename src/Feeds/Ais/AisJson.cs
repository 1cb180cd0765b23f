using System.Text.Json;
using MaritimeWatch.Units;

namespace MaritimeWatch.Feeds.Ais;

/// <summary>One decoded message as one JSON object (DESIGN 7): fields of its type, null where not available.</summary>
public static class AisJson
{
    public static void Write(Utf8JsonWriter json, in AisRecord record)
    {
        var message = record.Message;
        json.WriteStartObject();
        json.WriteNumber("line", record.Line);
        json.WriteString("talker", record.Talker);
        json.WriteNumber("type", message.Type);
        json.WriteNumber("repeat", message.Repeat);
        json.WriteString("mmsi", message.Mmsi.ToString());
        json.WriteString("stationId", record.StationId);
        json.WriteString("receivedAt", record.ReceivedAt is { } at ? FactId.Iso(at) : null);
        if (message.Position is { } position)
        {
            Write(json, message.Type, position);
        }

        if (message.Content is { } content)
        {
            AisContentJson.Write(json, content);
        }

        if (message.Type is 4 or 11)
        {
            json.WriteString("baseStationTime", message.BaseStationTime is { } time ? FactId.Iso(time) : null);
            Number(json, "epfd", message.Static?.Epfd);
        }
        else if (message.Static is { } s)
        {
            Write(json, message.Type, s);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, int type, in AisPosition p)
    {
        Number(json, "latDeg", p.LatDeg is { } lat ? Math.Round(lat, 7) : null);
        Number(json, "lonDeg", p.LonDeg is { } lon ? Math.Round(lon, 7) : null);
        if (type is not (4 or 11 or 21))
        {
            Number(json, "sogKnots", p.SogKnots);
            Number(json, "cogDeg", p.CogDeg);
        }

        if (type is 1 or 2 or 3 or 18 or 19)
        {
            Number(json, "headingDeg", p.HeadingDeg);
        }

        if (type is 1 or 2 or 3)
        {
            Number(json, "rotDegPerMin", p.RotDegPerMin);
            json.WriteString("turning", p.Turning);
            Number(json, "specialManoeuvre", p.SpecialManoeuvre);
        }

        if (type is 1 or 2 or 3 or 27)
        {
            Number(json, "navigationalStatus", (int?)p.Status);
        }

        if (type == 9)
        {
            Number(json, "altitudeM", p.AltitudeM);
        }

        json.WriteBoolean("highAccuracy", p.HighAccuracy);
        if (type is not (4 or 11 or 27))
        {
            Number(json, "utcSecond", p.UtcSecond);
        }

        json.WriteBoolean("raim", p.Raim);
        if (type is 9 or 18 or 19 or 21)
        {
            json.WriteBoolean("assigned", p.Assigned);
        }

        if (type == 18)
        {
            json.WriteString("abilities", p.Abilities.ToString());
        }

        if (type == 27)
        {
            json.WriteBoolean("olderThanFiveSeconds", p.IsOld);
        }

        if (type is not (19 or 21 or 27))
        {
            Number(json, "communicationState", p.CommunicationState);
        }
    }

    private static void Write(Utf8JsonWriter json, int type, in AisStatic s)
    {
        if (type == 24)
        {
            Number(json, "part", s.Part);
        }

        if (type == 5)
        {
            Number(json, "imo", s.Imo);
        }

        if (type == 5 || s.Part == 1)
        {
            json.WriteString("callSign", s.CallSign);
        }

        if (type is 5 or 9 or 19)
        {
            json.WriteBoolean("dataTerminalNotReady", s.DataTerminalNotReady ?? false);
        }

        if (type == 9)
        {
            return;
        }

        if (s.Part != 1)
        {
            json.WriteString("name", s.Name);
        }

        if (s.Part == 0)
        {
            return;
        }

        Number(json, type == 21 ? "aidType" : "shipType", type == 21 ? s.AidType : s.ShipType);
        Number(json, "toBowM", s.ToBowM);
        Number(json, "toSternM", s.ToSternM);
        Number(json, "toPortM", s.ToPortM);
        Number(json, "toStarboardM", s.ToStarboardM);
        Number(json, "epfd", s.Epfd);
        switch (type)
        {
            case 5:
                Number(json, "aisVersion", s.AisVersion);
                Number(json, "etaMonth", s.EtaMonth);
                Number(json, "etaDay", s.EtaDay);
                Number(json, "etaHour", s.EtaHour);
                Number(json, "etaMinute", s.EtaMinute);
                Number(json, "draughtM", s.DraughtM);
                json.WriteString("destination", s.Destination);
                break;
            case 21:
                Number(json, "aidState", s.AidState);
                json.WriteBoolean("offPosition", s.OffPosition ?? false);
                json.WriteBoolean("virtualAid", s.VirtualAid ?? false);
                break;
            case 24:
                json.WriteString("vendorId", s.VendorId);
                json.WriteString("motherShipMmsi", s.MotherShip?.ToString());
                break;
        }
    }

    internal static void Number(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } v)
        {
            json.WriteNumber(name, v);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
