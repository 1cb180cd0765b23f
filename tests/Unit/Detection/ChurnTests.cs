using MaritimeWatch.Detection;
using MaritimeWatch.Detection.Flags;
using MaritimeWatch.Identity;
using MaritimeWatch.Server.Bench.Flags;
using MaritimeWatch.Support;
using MaritimeWatch.Units;

namespace MaritimeWatch.Unit.Findings;

/// <summary>Changes of flag on spliced histories: who is raised, what speaks against it, and that no flag weighs.</summary>
public sealed class ChurnTests
{
    private static readonly FlagTables Tables = new(Seed("mid.csv"), Seed("call-sign-series.csv"), Seed("flags.csv"), Seed("flag-realms.csv"));
    private static readonly IReadOnlyList<(FlagState Flag, int Mid, string Series)> Flags = [.. SpliceBench.FlagsOf(Tables).DistinctBy(f => RealmKey(f.Flag))];
    private static readonly FlagChangeDetector Detector = new(new FlagOptions());

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void A_random_permutation_of_all_flags_leaves_every_churn_score_as_it_is_to_the_bit(int seed)
    {
        var permuted = Flags.ToArray();
        new Random(seed).Shuffle(permuted);
        var (one, other) = (Scores(Flags, seed), Scores(permuted, seed));
        Assert.Equal(one.Count, other.Count);
        Assert.True(one.Count(s => s.Score is not null) > 100);
        Assert.Equal(one, other);

        static List<(SpliceKind Kind, double? Score, bool Alert, string Terms)> Scores(IReadOnlyList<(FlagState, int, string)> flags, int seed)
        {
            var hulls = SpliceBench.Hulls(flags, seed, perKind: 24);
            var moves = FleetMoves.Of(hulls.Select(h => h.Hull), Tables);
            return [.. hulls.Select(h => (h.Kind, Found: Detector.Find(SpliceBench.Picture(h, Tables, moves)))).Select(j => (j.Kind, j.Found?.ScoreNats, j.Found?.Alert ?? false, string.Join(' ', j.Found?.Evidence.Select(e => $"{e.Name}{e.Nats:R}") ?? [])))];
        }
    }

    [Fact]
    public void Sales_fleets_mergers_lag_and_typing_errors_raise_nobody_and_hops_are_found()
    {
        var hulls = SpliceBench.Hulls(Flags, 7, perKind: 200);
        var moves = FleetMoves.Of(hulls.Select(h => h.Hull), Tables);
        var raised = hulls.Where(h => Detector.Find(SpliceBench.Picture(h, Tables, moves)) is { Alert: true }).CountBy(h => h.Kind).ToDictionary();
        Assert.All(new[] { SpliceKind.AsIs, SpliceKind.OneSale, SpliceKind.TwoSales, SpliceKind.FleetMove, SpliceKind.RegisterMerger, SpliceKind.MidLag, SpliceKind.TypingErrors, SpliceKind.ManagerChanges }, kind => Assert.Equal(0, raised.GetValueOrDefault(kind)));
        Assert.True(hulls.Where(h => h.IsPositive).CountBy(h => h.Kind).All(k => raised.GetValueOrDefault(k.Key) >= 0.8 * k.Value));
    }

    [Fact]
    public void Every_finding_adds_up_and_names_what_speaks_against_it()
    {
        var hulls = SpliceBench.Hulls(Flags, 3, perKind: 60);
        var moves = FleetMoves.Of(hulls.Select(h => h.Hull), Tables);
        var (known, told) = (0, 0);
        foreach (var hull in hulls)
        {
            if (Detector.Find(SpliceBench.Picture(hull, Tables, moves)) is not { } found)
            {
                continue;
            }

            Assert.Equal(found.PriorNats + found.Evidence.Sum(e => e.Nats), found.ScoreNats, 1e-9);
            Assert.NotEmpty(found.InnocentCauses);
            var inFleet = found.Evidence.Any(e => e.Name == "fleetMove");
            Assert.True(!inFleet || hull.Kind is SpliceKind.FleetMove or SpliceKind.RegisterMerger);
            (known, told) = hull.Kind == SpliceKind.FleetMove && hull.Hull.Claims.Any(c => c.Owner is not null) ? (known + 1, told + (inFleet ? 1 : 0)) : (known, told);
            Assert.True(hull.Kind == SpliceKind.AfterListing || found.Evidence.All(e => e.Name != "afterEvent"));
        }

        Assert.True(told > 0.7 * known, $"{told} of {known}");
    }

    [Fact]
    public void Three_sales_in_a_year_are_told_and_hardly_ever_raised()
    {
        var hulls = SpliceBench.Hulls(Flags, 5, perKind: 200).Where(h => h.Kind == SpliceKind.ThreeSales).ToList();
        var found = hulls.ConvertAll(h => Detector.Find(SpliceBench.Picture(h, Tables, [])));
        Assert.All(found, f => Assert.Equal(FindingKind.FlagHop, f?.Kind));
        Assert.True(found.Count(f => f!.Alert) <= 4);
    }

    [Fact]
    public void Old_ships_change_flag_more_often_and_fishing_vessels_less()
    {
        Assert.True(ChurnBaseline.FlagChangesPerYear(80, 25) > ChurnBaseline.FlagChangesPerYear(80, 5));
        Assert.True(ChurnBaseline.FlagChangesPerYear(30, null) < ChurnBaseline.FlagChangesPerYear(70, null));
    }

    private static FlagState RealmKey(FlagState flag) => SpliceBench.FlagsOf(Tables).Select(f => f.Flag).First(f => Tables.SameRealm(f, flag));

    private static string Seed(string name) => File.ReadAllText(Path.Combine(SharedData.Root, "seeds", name));
}
