using System.Globalization;
using System.Text.Json;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Feeds.Json;

/// <summary>
/// A message of aisstream.io (card seeds/feeds/live/aisstream.json): <c>MessageType</c>, <c>MetaData</c> with the time of
/// receipt, and the decoded fields under <c>Message</c> by the name of the type.
/// </summary>
internal static class AisStreamForm
{
    public static JsonReport Read(JsonElement record)
    {
        var type = record.Text("MessageType") ?? "";
        var meta = record.Child("MetaData") ?? throw new RecordException("MetaData missing");
        var said = record.Child("Message")?.Child(type) ?? throw new RecordException("the message of its type is missing", "MessageType", type);
        var common = new JsonReport
        {
            Mmsi = meta.Whole("MMSI") ?? said.Whole("UserID"),
            Received = Time(meta.Text("time_utc")),
            Transponder = type switch
            {
                "PositionReport" or "ShipStaticData" or "LongRangeAisBroadcastMessage" => TransponderClass.A,
                "StandardClassBPositionReport" or "ExtendedClassBPositionReport" or "StaticDataReport" => TransponderClass.B,
                _ => TransponderClass.Unknown,
            },
        };
        return type switch
        {
            "PositionReport" or "StandardClassBPositionReport" or "StandardSearchAndRescueAircraftReport" or "LongRangeAisBroadcastMessage" => Position(common, said),
            "ExtendedClassBPositionReport" => Static(Position(common, said), said),
            "ShipStaticData" => Static(common, said) with
            {
                Imo = said.Whole("ImoNumber"),
                CallSign = said.SaidText("CallSign"),
                DraughtM = said.Number("MaximumStaticDraught"),
                Destination = said.SaidText("Destination"),
            },
            // Part A has the name, part B the rest; the part that was not sent is there too and says so.
            "StaticDataReport" when said.Child("ReportB") is { } b && b.IsTrue("Valid") => Static(common, b) with { Name = null, ShipType = b.Whole("ShipType"), CallSign = b.SaidText("CallSign") },
            "StaticDataReport" when said.Child("ReportA") is { } a => common with { IsStatic = true, Name = a.SaidText("Name") },
            _ => common,
        };
    }

    private static JsonReport Position(JsonReport common, JsonElement said) => common with
    {
        IsPosition = true,
        LatDeg = said.Number("Latitude"),
        LonDeg = said.Number("Longitude"),
        SogKnots = said.Number("Sog"),
        CogDeg = said.Number("Cog"),
        HeadingDeg = said.Number("TrueHeading"),
        Status = said.Whole("NavigationalStatus"),
        UtcSecond = said.Whole("Timestamp"),
    };

    private static JsonReport Static(JsonReport common, JsonElement said) => common with
    {
        IsStatic = true,
        Name = said.SaidText("Name"),
        ShipType = said.Whole("Type"),
        LengthM = Sum(said, "A", "B"),
        BeamM = Sum(said, "C", "D"),
    };

    private static double? Sum(JsonElement said, string one, string other) =>
        said.Child("Dimension") is { } size ? size.Number(one) + size.Number(other) : null;

    // "2026-11-25 06:57:51.594510977 +0000 UTC": Go's way of writing a time, up to nine decimals, always UTC here.
    private static DateTimeOffset? Time(string? text) =>
        text is { Length: >= 19 } && text.EndsWith(" +0000 UTC", StringComparison.Ordinal)
        && DateTimeOffset.TryParse(Shortened(text[..^10]), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;

    private static string Shortened(string text) => text.Length > 27 ? text[..27] : text;
}
