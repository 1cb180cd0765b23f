using System.Text.Json;
using System.Text.Json.Serialization;

namespace MaritimeWatch.Feeds.Exercise;

/// <summary>A waypoint with half the width of the traffic there. In the file: [latDeg, lonDeg] or [latDeg, lonDeg, halfWidthNm].</summary>
internal readonly record struct Waypoint(double LatDeg, double LonDeg, double HalfWidthNm);

/// <summary>A flag as the scenario needs it: MIDs and the beginning of her call signs (ITU table of MIDs; Radio Regulations, appendix 42).</summary>
internal sealed record FlagSpec(string Flag, int[] Mids, string[] CallSigns);

/// <summary>A kind of ship: AIS type, speeds, lengths and draughts to draw from; the share that has an IMO number.</summary>
internal sealed record KindSpec(int ShipType, double[] SpeedKnots, double[] LengthM, double[] DraughtM, double ImoShare);

internal sealed record RouteSpec(string Name, double[][] Points, double TurnNm)
{
    public IReadOnlyList<Waypoint> Waypoints => [.. Points.Select(p => new Waypoint(p[0], p[1], p.Length > 2 ? p[2] : 0))];
}

/// <summary>A place where ships work, lie at anchor or are moored.</summary>
internal sealed record PatchSpec(string Name, double LatDeg, double LonDeg, double RadiusNm);

/// <summary>
/// Ships of one behaviour: <c>transit</c> passes once along the route; <c>shuttle</c> goes to and fro with stops;
/// <c>arrival</c> ends at a berth, sends on for a while and switches off; <c>patch</c> works within a circle;
/// <c>anchored</c> and <c>moored</c> stay.
/// </summary>
internal sealed record FleetSpec(
    string Name, string Behaviour, int Count, string[] Kinds, string Flags, bool ClassB = false, string? Route = null, string[]? Patches = null,
    double StopMinutes = 50, int NavigationalStatus = 0, double DayOnlyShare = 0, double SpeedFactor = 1);

/// <summary>One step of a single ship's day: along points at a speed, or a stay of some minutes where she is.</summary>
internal sealed record StepSpec(double[][]? Points = null, double SpeedKnots = 0, double StayMinutes = 0, int NavigationalStatus = 0);

/// <summary>When and where a single ship passes; her whole way is shifted in time to fit.</summary>
internal sealed record PassSpec(string At, double LatDeg, double LonDeg);

internal sealed record SilenceSpec(string From, string To);

/// <summary>What a single ship says of herself from a time on; null means as before.</summary>
internal sealed record ChangeSpec(string At, string? Flag = null, bool IdentityToo = false, double? DraughtM = null);

/// <summary>A ship with a part to play.</summary>
internal sealed record SingleSpec(
    string Id, string Kind, string Flag, double SpeedKnots, double LengthM, double DraughtM, string? Route = null, PassSpec? Passes = null, StepSpec[]? Steps = null,
    bool ClassB = false, string? MmsiOf = null, bool HasImo = true, SilenceSpec[]? Silences = null, ChangeSpec[]? Changes = null, double TurnNm = 0.3);

internal sealed record OldRecordSpec(string Flag, string ValidFrom, string ValidTo, string Reference);

/// <summary>
/// A known truth to be played. <c>Ships</c> are ids of single ships, <c>Receiver</c> a station, times are hh:mm of the
/// scenario's day; <c>Registry</c> is what registers say of the first ship before, <c>Registered</c> whether her present flag has her.
/// </summary>
internal sealed record EventSpec(
    string Id, string Truth, string From, string To, string Text, string[]? Ships = null, string? Receiver = null, double[]? Centre = null, double RadiusNm = 0,
    double[]? ShiftCourseAndNm = null, OldRecordSpec[]? Registry = null, bool Registered = true);

/// <summary>The whole of <c>scenario.json</c>.</summary>
internal sealed record ScenarioFile(
    string Mark, string Source, DateTimeOffset Start, double Hours, long Seed, Receiver[] Receivers, FlagSpec[] Flags, Dictionary<string, string[]> FlagSets,
    Dictionary<string, KindSpec> Kinds, string[] FirstNames, string[] SecondNames, RouteSpec[] Routes, PatchSpec[] Patches, FleetSpec[] Fleets, SingleSpec[] Singles, EventSpec[] Events)
{
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    public static ScenarioFile Read(string path) => JsonSerializer.Deserialize<ScenarioFile>(File.ReadAllBytes(path), Json)
        ?? throw new InvalidDataException($"A scenario was expected in {path}; found null.");

    /// <summary>Seconds after the start of a time written hh:mm or hh:mm:ss.</summary>
    public double SecondsOf(string time) => TimeSpan.Parse(time, System.Globalization.CultureInfo.InvariantCulture).TotalSeconds;

    public EventSpec? EventOf(ExerciseTruthKind truth) => Events.FirstOrDefault(e => string.Equals(e.Truth, truth.ToString(), StringComparison.OrdinalIgnoreCase));
}
