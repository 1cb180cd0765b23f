using FsCheck.Xunit;
using MaritimeWatch.Detection.Series;
using MaritimeWatch.Server.Bench;
using MaritimeWatch.Support;

namespace MaritimeWatch.Unit.Findings.Series;

/// <summary>Where the peer is weak the project's own methods must be better: exact steps, sparse counts, no alert at the first full history.</summary>
public class OwnDetectorTests
{
    private static readonly LevelShiftOptions Steps = new();
    private static readonly CountSurgeOptions Counts = new();

    [Theory]
    [InlineData("S02", new[] { 80, 130 })]
    [InlineData("S07", new[] { 70 })]
    [InlineData("S09", new[] { 100, 112 })]
    [InlineData("S01", new int[0])]
    [InlineData("S04", new int[0])]
    [InlineData("S06", new int[0])]
    [InlineData("S08", new int[0])]
    public void A_step_of_level_is_found_at_its_index_and_spikes_and_cycles_are_none(string id, int[] expected) =>
        Assert.Equal(expected, LevelShift.Find(Load(id).Values, Steps).Select(s => s.Index));

    [Theory]
    [InlineData("S05", null, new[] { 52, 53, 54 })]
    [InlineData("S08", null, new[] { 150 })]
    [InlineData("S04", 24, new int[0])]
    [InlineData("S10", 13, new[] { 130, 131 })]
    public void A_surge_of_counts_is_found_without_false_alerts(string id, int? period, int[] expected) =>
        Assert.Equal(expected, CountSurge.Find(Array.ConvertAll(Load(id).Values, v => (int)v), Counts with { Period = period }).Select(p => p.Index));

    [Theory]
    [InlineData("S01")]
    [InlineData("S03")]
    [InlineData("S04")]
    public void With_warm_up_no_change_is_raised_at_the_first_full_history(string id)
    {
        var values = Load(id).Values;
        foreach (var martingale in Enum.GetValues<Martingale>())
        {
            Assert.Equal([19], Alerts(new() { Martingale = martingale, WarmUp = false }, values));
            Assert.Empty(Alerts(new() { Martingale = martingale }, values));
        }
    }

    [Fact]
    public void With_warm_up_the_changes_the_peer_finds_are_still_found()
    {
        Assert.Equal([85], Alerts(new() { Martingale = Martingale.Mixture }, Load("S02").Values));
        Assert.Equal([73], Alerts(new() { Martingale = Martingale.Mixture }, Load("S07").Values));
    }

    [Fact]
    public void Of_series_of_noise_at_most_one_in_a_hundred_has_a_step()
    {
        var random = new Random(20260314);
        var found = Enumerable.Range(0, 200).Count(i => LevelShift.Find([.. Enumerable.Range(0, 300).Select(_ => i % 2 == 0 ? Normal(random) : -Math.Log(1 - random.NextDouble()))], Steps).Count > 0);
        Assert.True(found <= 2, $"{found} of 200 series of noise have a step.");
    }

    [Fact]
    public void A_step_of_four_deviations_is_found_within_a_point()
    {
        var random = new Random(20260315);
        var found = Enumerable.Range(0, 100).Count(i =>
        {
            var at = 40 + i;
            var steps = LevelShift.Find([.. Enumerable.Range(0, 200).Select(j => Normal(random) + (j >= at ? 4 : 0))], Steps);
            return steps.Count == 1 && Math.Abs(steps[0].Index - at) <= 1;
        });
        Assert.True(found >= 95, $"{found} of 100 steps were found.");
    }

    [Property(MaxTest = 30)]
    public void A_constant_series_raises_nothing_in_any_method(ushort level, byte extra)
    {
        double value = level / 7.0;
        double[] values = [.. Enumerable.Repeat(value, 40 + extra)];
        var stream = new SpectralStream(new() { Window = 16 });
        var spikes = new IidSpike(new());
        Assert.All(Enum.GetValues<SpectralMode>(), mode => Assert.DoesNotContain(SpectralResidual.Find(values, new() { Mode = mode }), p => p.Alert));
        Assert.All(values, v => Assert.True(!stream.Next(v).Alert && !spikes.Next(v).Alert));
        Assert.Empty(Alerts(new(), values));
        Assert.Empty(LevelShift.Find(values, Steps));
        Assert.Empty(CountSurge.Find([.. Enumerable.Repeat((int)level, values.Length)], Counts));
    }

    [Property(MaxTest = 30)]
    public void Steps_do_not_depend_on_the_unit_or_the_zero_of_the_series(int seed, byte power, short shift)
    {
        var random = new Random(seed);

        // Powers of two and small shifts, so that no rounding stands between the two.
        var scale = Math.Pow(2, power % 12);
        double[] values = [.. Enumerable.Range(0, 120).Select(i => Math.Round(64 * Normal(random)) + (i >= 50 ? 640 : 0))];
        var moved = LevelShift.Find(Array.ConvertAll(values, v => (v * scale) + (shift * scale)), Steps);
        Assert.Equal(LevelShift.Find(values, Steps).Select(s => s.Index), moved.Select(s => s.Index));
        Assert.Contains(moved, s => Math.Abs(s.Index - 50) <= 1);
    }

    [Property(MaxTest = 30)]
    public void The_spectral_score_does_not_depend_on_the_unit_of_the_series(int seed)
    {
        var random = new Random(seed);
        double[] values = [.. Enumerable.Range(0, 60).Select(i => 10 + Normal(random) + (i == 30 ? 40 : 0))];
        var (plain, scaled) = (SpectralResidual.Find(values, new()), SpectralResidual.Find(Array.ConvertAll(values, v => v * 1024), new()));
        Assert.True(plain[30].Alert);
        Assert.All(plain.Zip(scaled), p => Assert.True(p.First.Alert == p.Second.Alert && Math.Abs(p.First.Score - p.Second.Score) < 1e-9));
    }

    [Fact]
    public void Batches_are_judged_each_by_itself_and_a_short_last_one_with_the_end_of_the_one_before()
    {
        var values = Load("S04").Values;
        var options = new SpectralOptions { BatchSize = 100, Mode = SpectralMode.AnomalyAndMargin };
        var whole = SpectralResidual.Find(values[..305], options);
        Assert.Equal(305, whole.Count);
        Assert.Equal(SpectralResidual.Find(values[100..200], options with { BatchSize = null }), whole.Skip(100).Take(100));
        Assert.Equal(SpectralResidual.Find(values[205..305], options with { BatchSize = null }).Skip(95), whole.Skip(300));
    }

    private static int[] Alerts(IidChangePointOptions options, double[] values)
    {
        var changes = new IidChangePoint(options);
        return [.. values.Select((v, i) => (changes.Next(v).Alert, i)).Where(p => p.Alert).Select(p => p.i)];
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static ReferenceSeries Load(string id) =>
        ReferenceSeries.Read(SharedData.NeedReference("mltimeseries")).Single(s => s.Id.StartsWith(id, StringComparison.Ordinal));
}
