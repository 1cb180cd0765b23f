using MaritimeWatch.Server.Bench;

namespace MaritimeWatch.Unit.Server.Bench;

public sealed class WeightFitTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Calibrated_frequencies_rise_with_the_score_and_keep_the_share_of_the_whole(int seed)
    {
        var chance = new Random(seed);
        var cases = Enumerable.Range(0, 500).Select(_ => (Score: chance.NextDouble() * 10 - 5, Draw: chance.NextDouble(), Weight: 0.5 + chance.NextDouble()))
            .Select(c => (c.Score, Positive: c.Draw < 1 / (1 + Math.Exp(-c.Score)), c.Weight)).ToList();
        var blocks = WeightFit.Isotonic(cases);
        Assert.Equal(500, blocks.Sum(b => b.Count));
        Assert.All(blocks.Zip(blocks.Skip(1)), pair => Assert.True(pair.First.Score < pair.Second.Score && pair.First.Frequency < pair.Second.Frequency));
        Assert.InRange(blocks[0].Frequency, 0, 0.1);
        Assert.InRange(blocks[^1].Frequency, 0.9, 1);
    }
}
