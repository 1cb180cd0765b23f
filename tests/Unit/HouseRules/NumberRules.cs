using System.Reflection;
using System.Text.RegularExpressions;
using MaritimeWatch.Feeds;
using MaritimeWatch.Units;

namespace MaritimeWatch.Unit.Rules;

/// <summary>STYLE.md, section 3: a raw number carries its unit, or is one of a few that have none.</summary>
public sealed class NumberRules
{
    private static readonly Regex Unit = new("(Knots|Deg|Degrees|Nm|NauticalMiles|M|Metres|Minutes?|PerMin|PerDegree|Hours?|Seconds|Nats|Slots)[0-9]?$|^(knots|degrees|metres|hours|nats|MetresInNauticalMile)$");

    /// <summary>Numbers without a dimension, each with its reason.</summary>
    private static readonly Dictionary<string, string> Dimensionless = new()
    {
        ["Probability"] = "0 to 1",
        ["Outage"] = "a probability, 0 to 1",
        ["LeastOutage"] = "a probability, 0 to 1",
        ["share"] = "0 to 1",
        ["blindShare"] = "0 to 1",
        ["Share"] = "0 to 1",
        ["Expected"] = "a mean count of ships, which need not be whole",
        ["times"] = "a factor",
        ["Frailty"] = "shape of a Gamma distribution",
        ["OwnExpected"] = "a count of slots, which need not be whole",
        ["speed"] = "times real time, of the exercise",
        ["HeardNear"] = "a probability, 0 to 1",
        ["ClassBRange"] = "share of the range of class A",
        ["LateAfter"] = "a count of usual intervals",
        ["DownAfter"] = "a count of usual intervals",
        ["LeastShareOfUsual"] = "0 to 1",
        ["MostRejected"] = "a share, 0 to 1",
        ["MostLost"] = "a share, 0 to 1",
        ["MostInDoubt"] = "a share, 0 to 1",
        ["MostApartShare"] = "a share, 0 to 1",
        ["OtherChangesPerYear"] = "a rate a year",
        ["BlackAbove"] = "a count of detentions, which need not be whole",
        ["WhiteBelow"] = "a count of detentions, which need not be whole",
        ["ExcessFactor"] = "a factor",
        ["value"] = "in the unit of the series given",
        ["Expected"] = "in the unit of the series given",
        ["Unit"] = "in the unit of the series given",
        ["Upper"] = "in the unit of the series given",
        ["Lower"] = "in the unit of the series given",
        ["Before"] = "in the unit of the series given",
        ["After"] = "in the unit of the series given",
        ["Score"] = "share of a scale, or a value of the series given",
        ["Magnitude"] = "of a spectrum's residual, without dimension",
        ["PValue"] = "a probability, 0 to 1",
        ["Evidence"] = "a product of bets, without dimension",
        ["Threshold"] = "0 to 1",
        ["Sensitivity"] = "of a scale of 0 to 100",
        ["ConfidencePercent"] = "the name is the unit",
        ["confidence"] = "a probability, 0 to 1",
        ["Epsilon"] = "an exponent, 0 to 1",
        ["FalseAlerts"] = "a count in a series, which need not be whole",
        ["MostOdd"] = "a share, 0 to 1",
        ["Penalty"] = "a factor",
        ["LeastStep"] = "in standard deviations",
        ["RemainingShare"] = "0 to 1",
        ["Usual"] = "a count of vessels, which need not be whole",
        ["Depth"] = "a share, 0 to 1",
        ["LeastReception"] = "a share, 0 to 1",
        ["missed"] = "a count of slots, which need not be whole",
        ["SlotsThatCountAsOne"] = "a count of slots, which need not be whole",
        ["ClassBOfA"] = "a share, 0 to 1",
        ["by"] = "a factor",
        ["Exposed"] = "a count of slots, older ones weighing less",
        ["Heard"] = "a count of slots, older ones weighing less",
        ["Terrestrial"] = "a count of slots, older ones weighing less",
        ["Satellite"] = "a count of slots, older ones weighing less",
        ["Dynamic"] = "a count of slots, older ones weighing less",
        ["Moving"] = "a count of slots, older ones weighing less",
        ["Silent"] = "a count of slots, older ones weighing less",
        ["Calibrated"] = "a frequency, 0 to 1",
        ["LeastShare"] = "0 to 1",
        ["MostShare"] = "0 to 1",
        ["SilentIfTransmitting"] = "a probability, 0 to 1",
        ["Leaves"] = "a share, 0 to 1",
        ["FallsSilentHere"] = "a logarithm of a ratio",
        ["UsuallySilent"] = "a probability, 0 to 1",
        ["OftenSilent"] = "a logarithm of a ratio, or a weight in nats",
        ["Down"] = "a logarithm of odds",
        ["StillGone"] = "a logarithm of odds",
        ["ByChance"] = "a mean count of ships",
        ["OutageShare"] = "0 to 1",
        ["SilentOfTheirOwn"] = "a share, 0 to 1",
        ["MostlyCrossed"] = "a share, 0 to 1",
        ["Weight"] = "a share, 0 to 1",
        ["Mean"] = "a share, 0 to 1",
        ["AtRest"] = "a weight in nats",
        ["Slow"] = "a weight in nats",
        ["StayedNear"] = "a weight in nats",
        ["RegularBefore"] = "a weight in nats",
        ["PatchyBefore"] = "a weight in nats",
        ["KeptGoing"] = "a weight in nats",
        ["UnderWay"] = "a weight in nats",
        ["SilencesHere"] = "a weight in nats",
        ["ClassB"] = "a weight in nats",
        ["Company"] = "a weight in nats",
        ["AreaInterference"] = "a weight in nats",
        ["HeardElsewhere"] = "a weight in nats",
        ["From"] = "a probability, 0 to 1",
        ["To"] = "a probability, 0 to 1",
        ["MeanTold"] = "a probability, 0 to 1",
        ["CalibrationError"] = "a probability, 0 to 1",
        ["Ratio"] = "a factor",
        ["Low"] = "a share, 0 to 1",
        ["High"] = "a share, 0 to 1",
    };

    [Fact]
    public void A_public_number_of_Core_and_Feeds_carries_its_unit() => House.Holds(
        "Units: sogKnots, latDeg, distanceNm; a number without a unit stands on the list of NumberRules with a reason.",
        from type in new[] { typeof(Mmsi).Assembly, typeof(InputException).Assembly }.SelectMany(a => a.GetExportedTypes())
        from name in Names(type)
        where !Unit.IsMatch(name) && !Dimensionless.ContainsKey(name)
        select $"{type.FullName}: {name}");

    [Fact]
    public void The_list_of_numbers_without_a_unit_holds_no_name_that_is_gone()
    {
        var used = new[] { typeof(Mmsi).Assembly, typeof(InputException).Assembly }.SelectMany(a => a.GetExportedTypes()).SelectMany(Names).ToHashSet();
        Assert.All(Dimensionless.Keys, name => Assert.Contains(name, used));
    }

    private static IEnumerable<string> Names(Type type)
    {
        const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        var properties = type.GetProperties(Declared).Where(p => IsNumber(p.PropertyType)).Select(p => p.Name);
        var fields = type.GetFields(Declared).Where(f => IsNumber(f.FieldType)).Select(f => f.Name);
        var parameters = type.GetMethods(Declared).Where(m => !m.IsSpecialName || m.Name.StartsWith("op_", StringComparison.Ordinal)).Cast<MethodBase>().Concat(type.GetConstructors(Declared))
            .SelectMany(m => m.GetParameters()).Where(p => IsNumber(p.ParameterType)).Select(p => p.Name!);
        return properties.Concat(fields).Concat(parameters).Distinct().Where(n => !n.Contains('<', StringComparison.Ordinal) && n.Length > 1);
    }

    private static bool IsNumber(Type type) => (Nullable.GetUnderlyingType(type) ?? type) is var t && (t == typeof(double) || t == typeof(float));
}
