using System.Globalization;

namespace MaritimeWatch.Integration.Transports;

/// <summary>Records as the sources write them, each of another ship.</summary>
internal static class JsonRecords
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    public static string AisStream(int ship) => $$"""
        {"MessageType":"PositionReport","MetaData":{"MMSI":{{211_000_000 + ship}},"ShipName":"EXAMPLE             ","latitude":55.1,"longitude":11.2,"time_utc":"{{Now:yyyy-MM-dd HH:mm:ss}}.594510977 +0000 UTC"},
         "Message":{"PositionReport":{"MessageID":1,"UserID":{{211_000_000 + ship}},"Valid":true,"NavigationalStatus":0,"RateOfTurn":0,"Sog":12.3,"Longitude":11.2,"Latitude":55.1,"Cog":90.5,"TrueHeading":511,"Timestamp":30} } }
        """;

    public static string AisCatcher(int ship) => $$"""
        {"class":"AIS","device":"AIS-catcher","rxtime":"{{Now:yyyyMMddHHmmss}}","scaled":true,"channel":"A","nmea":["{{Sentences.Position(ship)}}"],"type":1,"repeat":0,"mmsi":{{211_000_000 + ship}},"status":0,"speed":6.8,"lon":5.964237,"lat":51.18597,"course":90.8,"second":44}
        """;

    public static string Feature(int ship, int secondsOn = 0) => $$"""
        {"mmsi":{{230_000_000 + ship}},"type":"Feature","geometry":{"type":"Point","coordinates":[20.345818,60.03802]},"properties":{"mmsi":{{230_000_000 + ship}},"sog":10.7,"cog":326.6,"navStat":0,"rot":0,"posAcc":true,"raim":false,"heading":325,"timestamp":59,"timestampExternal":{{Now.AddSeconds(secondsOn).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)}}} }
        """;

    public static string Collection(IEnumerable<string> features) => $$"""{"type":"FeatureCollection","dataUpdatedTime":"{{Now:O}}","features":[{{string.Join(',', features)}}]}""";
}
