using MaritimeWatch.Server.Bench;

namespace MaritimeWatch.Unit.Server.Bench;

public class BenchMetricsTests
{
    private static readonly int[] One = [1, 1, 1, 1, 1, 1];

    [Fact]
    public void Precision_at_a_prevalence_is_that_of_the_reweighted_table()
    {
        // 10 positives and 100 negatives brought to 1 in 100: each positive counts 100 / 99 / 10 of a negative.
        var weight = BenchMetrics.PositiveWeight(10, 100, 0.01);
        Assert.Equal(0.10101, weight, 5);
        Assert.Equal(0.80808 / 2.80808, BenchMetrics.Precision(8, 2, weight), 5);
        Assert.Equal(1, BenchMetrics.PositiveWeight(10, 990, 0.01), 12);
        Assert.True(double.IsNaN(BenchMetrics.Precision(0, 0, weight)));
    }

    [Fact]
    public void The_science_page_s_example_of_the_base_rate_comes_out()
    {
        // At 1 %, 80 % recall with 1 % false positives gives 45 % precision.
        Assert.Equal(0.447, BenchMetrics.Precision(80, 10, BenchMetrics.PositiveWeight(100, 1000, 0.01)), 3);
    }

    [Fact]
    public void F_half_counts_precision_more_than_recall()
    {
        Assert.Equal(1.25 * 0.4 / 0.7, BenchMetrics.FHalf(0.8, 0.5), 12);
        Assert.True(BenchMetrics.FHalf(0.8, 0.5) > BenchMetrics.FHalf(0.5, 0.8));
        Assert.Equal(0, BenchMetrics.FHalf(double.NaN, 0));
    }

    [Fact]
    public void Recall_at_a_number_of_false_alarms_takes_the_lowest_threshold_that_keeps_it()
    {
        // Ranks 5+ 4- 3+ 3- 2+, and one positive that no threshold raises.
        List<Scored> sorted = [Made(0, true, 5), Made(1, false, 4), Made(2, true, 3), Made(3, false, 3), Made(4, true, 2), Made(5, true, double.NegativeInfinity)];
        Assert.Equal(0.25, BenchMetrics.RecallAt(sorted, One, 0));
        Assert.Equal(0.25, BenchMetrics.RecallAt(sorted, One, 1));
        Assert.Equal(0.75, BenchMetrics.RecallAt(sorted, One, 2));

        // The first negative drawn out of the bootstrap: rank 3 costs one only.
        Assert.Equal(0.75, BenchMetrics.RecallAt(sorted, [1, 0, 1, 1, 1, 1], 1));
    }

    [Fact]
    public void Recall_where_reception_is_good_counts_neither_the_ships_nor_the_false_alarms_elsewhere()
    {
        List<Scored> sorted = [Made(0, false, 5) with { HalfHeard = false }, Made(1, true, 4), Made(2, true, 3) with { HalfHeard = false }, Made(3, true, 2)];
        Assert.Equal(1, BenchMetrics.RecallAt(sorted, One, 0, halfHeardOnly: true));
        Assert.Equal(0, BenchMetrics.RecallAt(sorted, One, 0));
    }

    [Fact]
    public void Average_precision_is_one_for_a_perfect_order_and_the_prevalence_for_none()
    {
        Assert.Equal(1, BenchMetrics.AveragePrecision([Made(0, true, 3), Made(1, true, 2), Made(2, false, 1)], One, 0.01), 12);
        Assert.Equal(0.01, BenchMetrics.AveragePrecision([Made(0, true, 1), Made(1, true, 1), Made(2, false, 1), Made(3, false, 1)], One, 0.01), 12);
        Assert.Equal(0.01, BenchMetrics.AveragePrecision([Made(0, true, double.NegativeInfinity), Made(1, false, double.NegativeInfinity)], One, 0.01), 12);

        // Order + - + - at one half: half of the positives at precision 1, the other half at 2/3.
        Assert.Equal((1 + (2.0 / 3)) / 2, BenchMetrics.AveragePrecision([Made(0, true, 4), Made(1, false, 3), Made(2, true, 2), Made(3, false, 1)], One, 0.5), 12);
    }

    [Fact]
    public void Calibration_error_Brier_and_log_loss_are_those_worked_by_hand()
    {
        var (ece, brier, loss, bins) = BenchMetrics.Calibration([(0.15, false, 1), (0.15, true, 1), (0.95, true, 2)]);
        Assert.Equal((0.5 * 0.35) + (0.5 * 0.05), ece, 12);
        Assert.Equal((0.0225 + 0.7225 + (2 * 0.0025)) / 4, brier, 12);
        Assert.Equal(-(Math.Log(0.85) + Math.Log(0.15) + (2 * Math.Log(0.95))) / 4, loss, 12);
        Assert.Equal(0.5, bins[1].ShareTrue, 12);
        Assert.Equal((0.95, 1), (bins[9].MeanSaid, bins[9].Cases));
    }

    [Fact]
    public void What_could_not_be_told_takes_no_part_in_calibration()
    {
        List<Scored> cases = [Made(0, true, 1) with { Probability = null }, Made(1, false, 1) with { Probability = 0.01 }];
        Assert.Equal(0.01, BenchMetrics.Calibration(cases, One, 0.01).Ece, 12);
    }

    [Fact]
    public void A_95_per_cent_interval_covers_the_truth_about_95_times_in_100()
    {
        const double Share = 0.3;
        var covered = 0;
        for (var experiment = 0; experiment < 200; experiment++)
        {
            var random = new BenchRandom(experiment, "coverage");
            var values = Enumerable.Range(0, 60).Select(_ => random.Chance(Share) ? 1.0 : 0).ToArray();
            var found = Bootstrap.Of(60, weights => [weights.Zip(values, (w, v) => w * v).Sum() / 60], experiment, 200)[0];
            covered += found.Low <= Share && Share <= found.High ? 1 : 0;
        }

        Assert.InRange(covered, 176, 198);
    }

    [Fact]
    public void Silences_of_one_vessel_make_the_interval_no_narrower()
    {
        // Ten vessels with one silence each, and the same ten with twenty like silences each.
        double[] values = [1, 0, 1, 1, 0, 1, 0, 0, 1, 0];
        var once = Bootstrap.Of(10, w => [w.Zip(values, (n, v) => n * v).Sum() / w.Sum()], 3, 500)[0];
        var often = Bootstrap.Of(10, w => [w.Zip(values, (n, v) => 20 * n * v).Sum() / (20 * w.Sum())], 3, 500)[0];
        Assert.Equal(once, often);
        Assert.InRange(once.High - once.Low, 0.4, 0.8);
    }

    private static Scored Made(int vessel, bool positive, double rank) => new(vessel, positive, rank > 0, rank, 0.5, true);
}
