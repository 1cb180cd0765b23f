using FsCheck;
using FsCheck.Fluent;
using MaritimeWatch.Detection;
using MaritimeWatch.Rules;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Unit.Rules;

/// <summary>Small made rules, areas and findings.</summary>
internal static class RuleSamples
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 14, 12, 0, 0, TimeSpan.Zero);

    public static readonly Mmsi Ship = new(235_000_001);

    public static DrawnArea Area(string id, double bufferNm, params GeoPoint[] shell) => new() { Id = id, Version = 1, Name = id, Owner = "anna", By = "anna", At = Noon, BufferNm = bufferNm, Polygons = [new AreaPolygon(shell, [])] };

    /// <summary>A box of degrees; west may be east of east, over the antimeridian.</summary>
    public static DrawnArea Box(string id, double south, double west, double north, double east, double bufferNm = 0) =>
        Area(id, bufferNm, new(south, west), new(south, east), new(north, east), new(north, west));

    public static WatchRule Rule() => new()
    {
        Id = "r1", Version = 1, Name = "Narrow waters", Owner = "anna", By = "anna", At = Noon, What = new([FindingKind.Silence], []), Where = [], Who = RuleWho.Anyone, Threshold = new(Band.Low, null), Exclusions = [],
        ExpiresAt = Noon.AddDays(30), ReviewAt = Noon.AddDays(20), MailTo = [],
    };

    public static RuleExclusion Exclusion(IReadOnlyList<string>? vessels = null, IReadOnlyList<AreaVersion>? areas = null, IReadOnlyList<int>? types = null, double days = 10) => new(vessels ?? [], areas ?? [], types ?? [], "anna", "known work", Noon.AddDays(days));

    public static Finding Finding(FindingKind kind = FindingKind.Silence, FindingClass @class = FindingClass.Unexplained, Band band = Band.Medium, double nats = 0, GeoPoint? start = null, GeoPoint? end = null) => new()
    {
        Id = "f1", Kind = kind, Class = @class, Alert = false, Mmsi = Ship, TrackId = Ship.ToString(), Imo = ImoNumber.Parse("9074729"), VesselId = "imo:9074729", StartTime = Noon, Start = start ?? new GeoPoint(50, 0), End = end,
        Sentence = "A sentence.", Band = band, PriorNats = nats, Evidence = [], InnocentCauses = [], AsOf = Noon, ModelVersion = "1",
    };

    public static Func<AreaVersion, AreaShape?> Shapes(params DrawnArea[] areas)
    {
        var shapes = areas.ToDictionary(a => a.Reference(), AreaShape.Of);
        return version => shapes.GetValueOrDefault(version);
    }
}

/// <summary>Anything a rule can be asked, in few enough values that rules meet findings often.</summary>
internal static class AnyRule
{
    private static readonly DrawnArea[] Areas = [RuleSamples.Box("a", 49, -1, 51, 1), RuleSamples.Box("b", 49.5, -0.5, 53, 3, 5), RuleSamples.Box("c", -10, 178, 10, -178)];

    public static Func<AreaVersion, AreaShape?> Shapes { get; } = RuleSamples.Shapes(Areas);

    public static Arbitrary<RuleSubject> Subject() => (
        from kind in Gen.Elements(Enum.GetValues<FindingKind>())
        from kindOf in Gen.Elements(Enum.GetValues<FindingClass>())
        from band in Gen.Elements(Enum.GetValues<Band>())
        from nats in Gen.Choose(-4, 4)
        from start in Places
        from end in Gen.OrNull(Places.Select(p => (object)p))
        from type in Gen.Elements<int?>(null, 30, 70, 79, 80)
        from lengthM in Gen.Elements<double?>(null, 12, 100)
        from transponder in Gen.Elements(Enum.GetValues<TransponderClass>())
        from flag in Gen.Elements<FlagState?>(null, FlagState.Parse("PA"), FlagState.Parse("NO"))
        select new RuleSubject(RuleSamples.Finding(kind, kindOf, band, nats, start, (GeoPoint?)end), type, lengthM, transponder, flag)).ToArbitrary();

    public static Arbitrary<RuleExclusion> Exclusion() => (
        from vessels in Some("imo:9074729", "mmsi:235000001", "imo:9187629")
        from areas in Some(Areas.Select(a => a.Reference()).ToArray())
        from types in Some(30, 70)
        from days in Gen.Elements(-1.0, 10.0)
        select RuleSamples.Exclusion(vessels, areas, types, days)).ToArbitrary();

    public static Arbitrary<WatchRule> Rule() => (
        from kinds in Some(FindingKind.Silence, FindingKind.Encounter, FindingKind.FlagHop)
        from classes in Some(FindingClass.Unexplained, FindingClass.DarkTransit)
        from waters in Some(Areas.Select(a => a.Reference()).ToArray())
        from types in Some(30, 70, 80)
        from least in Gen.Elements<double?>(null, 50)
        from transponder in Gen.Elements<TransponderClass?>(null, TransponderClass.A)
        from vessels in Some("imo:9074729", "imo:9187629")
        from flags in Some(FlagState.Parse("PA"))
        from probability in Gen.Elements<double?>(null, 0.1, 0.5)
        from exclusions in Exclusion().Generator.ListOf(2)
        select RuleSamples.Rule() with
        {
            What = new(kinds, classes), Where = waters, Who = new(types, least, null, transponder, vessels, flags), Threshold = new(probability is null ? Band.Low : null, probability), Exclusions = [.. exclusions],
        }).ToArbitrary();

    private static Gen<GeoPoint> Places => Gen.Elements(new GeoPoint(50, 0), new GeoPoint(52, 2), new GeoPoint(0, 179), new GeoPoint(0, -179), new GeoPoint(-40, 20));

    private static Gen<IReadOnlyList<T>> Some<T>(params T[] values) => Gen.Frequency((3, Gen.Constant<IReadOnlyList<T>>([])), (1, Gen.Elements(values).Select(v => (IReadOnlyList<T>)[v])));
}
