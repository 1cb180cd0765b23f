using MaritimeWatch.Server.Bench;
using MaritimeWatch.Tracks;
using MaritimeWatch.Unit.Rules;
using MaritimeWatch.Units;

namespace MaritimeWatch.Unit.Server.Bench;

public class InjectorTests
{
    private static readonly BenchWorld Before = MadeWorld.Of();

    public static TheoryData<long> Seeds => [1, 2, 3, 4, 5];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_deletion_takes_exactly_the_fixes_of_that_vessel_in_its_window_and_nothing_else(long seed)
    {
        var after = new SilenceInjector(seed, 2).Inject(Before, 5, 2);
        Assert.Contains(after.Truths, t => t.IsPositive);
        var silenced = after.Truths.ToLookup(t => t.TrackIds[0]);
        foreach (var track in Before.Tracks)
        {
            var others = silenced[track.TrackId].SelectMany(t => t.TrackIds).Append(track.TrackId).Distinct();
            var left = after.Tracks.Where(t => others.Contains(t.TrackId)).SelectMany(t => t.Fixes).Order().ToList();
            var expected = track.Fixes.Where(f => !silenced[track.TrackId].Any(t => f.Time > t.Start && f.Time < t.End)).ToList();
            Assert.Equal(expected, left);
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_silence_begins_with_the_last_fix_and_ends_with_the_first_one_of_a_ship_that_was_under_way(long seed)
    {
        var after = new SilenceInjector(seed, 2).Inject(Before, 5, 2);
        foreach (var truth in after.Truths)
        {
            var track = Before.Tracks.Single(t => t.TrackId == truth.TrackIds[0]);
            Assert.Contains(track.Fixes, f => f.Time == truth.Start);
            Assert.Contains(track.Fixes, f => f.Time == truth.End);
            Assert.True(truth.End - truth.Start > TimeSpan.FromHours(1));
            Assert.Equal(truth.IsPositive, track.Fixes.First(f => f.Time == truth.Start).SogKnots > 1);
        }

        Assert.Contains(after.Truths, t => t.Kind == TruthKind.LawfulPowerDown);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_change_of_number_leaves_no_fix_under_the_first_one_after_the_silence(long seed)
    {
        var changed = Enumerable.Range(0, 8).SelectMany(i => new SilenceInjector((seed * 100) + i, 2).Inject(Before, 6, 0) is var w ? w.Truths.Where(t => t.TrackIds.Count > 1).Select(t => (w, t)) : []).ToList();
        Assert.NotEmpty(changed);
        Assert.All(changed, c => Assert.True(c.w.Tracks.Single(t => t.TrackId == c.t.TrackIds[0]).Fixes[^1].Time < c.t.End || c.t.Kind == TruthKind.PowerReduction));
        Assert.All(changed, c => Assert.DoesNotContain(Before.Tracks, t => t.TrackId == c.t.TrackIds[1]));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void An_outage_takes_all_in_its_footprint_and_window_and_nothing_outside_any(long seed)
    {
        var after = new OutageInjector(seed).Inject(Before, 8);
        var left = after.Tracks.ToDictionary(t => t.TrackId, t => t.Fixes.ToHashSet());
        var weak = after.Truths.Where(t => t.Kind == TruthKind.WeakClassB).Select(t => t.TrackIds[0]).ToHashSet();
        foreach (var truth in after.Truths.Where(t => t.Kind is TruthKind.CellOutage or TruthKind.ProviderOutage))
        {
            var inside = after.Tracks.SelectMany(t => t.Fixes).Where(f => f.Time >= truth.Start && f.Time < truth.End).ToList();
            Assert.DoesNotContain(inside, f => truth.Area is not { } area || WithinCircle(area, f));
        }

        foreach (var track in Before.Tracks.Where(t => !weak.Contains(t.TrackId)))
        {
            var lost = track.Fixes.Where(f => !left.TryGetValue(track.TrackId, out var hers) || !hers.Contains(f));
            Assert.All(lost, f => Assert.Contains(after.Truths, t => t.TrackIds.Contains(track.TrackId) && f.Time >= t.Start && f.Time < t.End && (t.Area is not { } area || area.Contains(f.LatDeg, f.LonDeg))));
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Outages_do_not_overlap_in_time(long seed)
    {
        var outages = new OutageInjector(seed).Inject(Before, 8).Truths.Where(t => t.Kind != TruthKind.WeakClassB).OrderBy(t => t.Start).ToList();
        Assert.All(outages.Zip(outages.Skip(1)), pair => Assert.True(pair.First.End <= pair.Second.Start));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_disc_displaces_all_in_it_alike_and_late_data_loses_nothing(long seed)
    {
        var after = new PositionInjector(seed).Inject(Before, 2);
        var others = after.Truths.Where(t => t.Kind is TruthKind.MmsiClash or TruthKind.BitErrors).SelectMany(t => t.TrackIds).ToHashSet();
        foreach (var (now, then) in after.Tracks.Zip(Before.Tracks).Where(t => !others.Contains(t.First.TrackId)))
        {
            Assert.Equal(then.Fixes.Select(f => f.Time), now.Fixes.Select(f => f.Time));
        }

        foreach (var disc in after.Truths.Where(t => t.Kind == TruthKind.InterferenceDisc))
        {
            var shifts = after.Tracks.Zip(Before.Tracks).Where(t => disc.TrackIds.Contains(t.First.TrackId) && !others.Contains(t.First.TrackId))
                .SelectMany(t => t.First.Fixes.Zip(t.Second.Fixes)).Where(f => f.First.At != f.Second.At && f.First.Time >= disc.Start && f.First.Time < disc.End)
                .Select(f => Geodesy.Between(f.Second.At, f.First.At).NauticalMiles).ToList();
            Assert.True(shifts.Count > 0 || disc.TrackIds.All(others.Contains));
            Assert.InRange(shifts.DefaultIfEmpty().Max() - shifts.DefaultIfEmpty().Min(), 0, 0.01);
        }

        Assert.NotEmpty(after.Late);
        Assert.All(after.Late.Take(500), l => Assert.Contains(l.Fix, after.Tracks.Single(t => t.TrackId == l.TrackId).Fixes));
        Assert.All(after.Late, l => Assert.True(l.ArrivedAt > l.Fix.Time && l.ArrivedAt <= after.End));
    }

    [Fact]
    public void The_same_seed_gives_the_same_worlds_and_another_seed_gives_others()
    {
        Assert.Equal(HashOf(7), HashOf(7));
        Assert.NotEqual(HashOf(7), HashOf(8));

        static ulong HashOf(long seed) => BenchFiles.HashOf([new SilenceInjector(seed, 2).Inject(MadeWorld.Of(), 5, 2), new OutageInjector(seed).Inject(MadeWorld.Of(), 5), new PositionInjector(seed).Inject(MadeWorld.Of(), 2)]);
    }

    [Fact]
    public void No_vessel_is_tested_in_both_splits_and_no_truth_of_the_test_lies_in_the_time_of_training()
    {
        var made = MadeWorld.Of();
        var split = BenchGrounds.Split("made", true, 2, made.Tracks, made.Start, made.Start.AddHours(24), made.End);
        var (training, test) = (Assert.Single(split.Training), Assert.Single(split.Test));
        Assert.Contains(training.Tracks, t => t.Tested);
        Assert.Contains(test.Tracks, t => t.Tested);
        Assert.Empty(training.Tracks.Where(t => t.Tested).Select(t => t.TrackId).Intersect(test.Tracks.Where(t => t.Tested).Select(t => t.TrackId)));
        Assert.Equal(made.Tracks.Count, test.Tracks.Count);
        BenchWorld[] injected = [new SilenceInjector(1, 2).Inject(test, 5, 2), new OutageInjector(1).Inject(test, 4), new PositionInjector(1).Inject(test, 1)];
        Assert.All(injected.SelectMany(w => w.Truths), t => Assert.True(t.Start >= training.End && t.End <= test.End));
        Assert.All(injected[0].Truths, t => Assert.Contains(test.Tracks, k => k.TrackId == t.TrackIds[0] && k.Tested));
    }

    [Fact]
    public void No_injector_uses_anything_of_the_detectors() => House.Holds(
        "A detector that shares code with the injector measures itself.",
        from file in House.Files("src/Server/Bench", "*Injector*.cs")
        from line in House.Lines(file)
        where line.Text.Contains("MaritimeWatch.Detection", StringComparison.Ordinal) || line.Text.Contains("HeardSlots", StringComparison.Ordinal) || line.Text.Contains("SilenceOptions", StringComparison.Ordinal) || line.Text.Contains("BenchReception", StringComparison.Ordinal)
        select line.Says(line.Text.Trim()));

    private static bool WithinCircle(GeoBox box, Fix f)
    {
        double lat = (box.SouthDeg + box.NorthDeg) / 2, lon = (box.WestDeg + box.EastDeg) / 2;
        return Geodesy.RoughNm(f.LatDeg, f.LonDeg, lat, lon) < (box.NorthDeg - box.SouthDeg) * 30 * 0.99;
    }
}
