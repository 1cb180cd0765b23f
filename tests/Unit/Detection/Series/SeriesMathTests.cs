using System.Numerics;
using FsCheck.Xunit;
using MaritimeWatch.Detection.Series;
using MaritimeWatch.Server.Bench;
using MaritimeWatch.Support;

namespace MaritimeWatch.Unit.Findings.Series;

/// <summary>The transform, the tails of counts, and the table of the bench.</summary>
public class SeriesMathTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(29)]
    [InlineData(64)]
    [InlineData(69)]
    [InlineData(341)]
    public void The_transform_of_any_length_is_the_sum_it_is_defined_by(int length)
    {
        var random = new Random(length);
        double[] values = [.. Enumerable.Range(0, length).Select(_ => random.NextDouble() * 1000)];
        var bins = Fourier.Forward(values);
        for (var k = 0; k < length; k++)
        {
            var sum = values.Select((v, j) => v * Complex.FromPolarCoordinates(1, -2 * Math.PI * ((long)j * k % length) / length)).Aggregate(Complex.Zero, (a, b) => a + b);
            Assert.True((bins[k] - sum).Magnitude < 1e-9 * values.Sum());
        }

        Assert.All(Fourier.Inverse(bins).Zip(values), p => Assert.True((p.First - p.Second).Magnitude < 1e-9));
    }

    [Property(MaxTest = 50)]
    public void The_two_tails_of_a_count_share_the_count_itself(byte count, byte mean, byte excess)
    {
        double expected = (mean + 1) / 4.0, spread = excess % 4 / 2.0;
        double least = CountTail.AtLeast(count, expected, spread), most = CountTail.AtMost(count, expected, spread);
        Assert.InRange(least, 0, 1);
        Assert.InRange(most, 0, 1);
        Assert.Equal(1, most + CountTail.AtLeast(count + 1, expected, spread), 9);
        Assert.True(least >= CountTail.AtLeast(count + 1, expected, spread) - 1e-12);
    }

    [Fact]
    public void Tails_of_counts_agree_with_known_figures()
    {
        Assert.Equal(Math.Exp(-3), CountTail.AtMost(0, 3, 0), 14);
        Assert.Equal(1 - (Math.Exp(-2) * 5), CountTail.AtLeast(3, 2, 0), 12);

        // With an excess of 1 the count is geometric.
        Assert.Equal(Math.Pow(4 / 5.0, 30), CountTail.AtLeast(30, 4, 1), 14);
        Assert.Equal(Math.Exp(-500), CountTail.AtMost(0, 500, 0), 14);
    }

    [Fact]
    public void The_table_has_a_row_for_each_series_and_no_alert_differs()
    {
        var text = new StringWriter();
        Assert.True(SeriesTable.Print(text, SharedData.NeedReference("mltimeseries")));
        TestContext.Current.SendDiagnosticMessage(text.ToString());
        var lines = text.ToString().Split('\n');
        Assert.All(Enumerable.Range(1, 10), i =>
        {
            Assert.Contains(lines, l => l.StartsWith($"S{i:00}    peer: IidSpike", StringComparison.Ordinal));
            Assert.Contains(lines, l => l.StartsWith($"S{i:00}    own:  level shift", StringComparison.Ordinal));
        });
        Assert.Contains("157 runs", text.ToString());
        Assert.Contains(" 0 alerts differ", text.ToString());
    }

    [Fact]
    public void Without_the_reference_the_table_says_so()
    {
        var text = new StringWriter();
        Assert.False(SeriesTable.Print(text, Path.Combine(SharedData.Root, "no-such-folder")));
        Assert.Contains("0 series", text.ToString());
    }
}
