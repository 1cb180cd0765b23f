using FsCheck.Xunit;
using MaritimeWatch.Detection.Series;
using MaritimeWatch.Server.Bench;
using MaritimeWatch.Support;

namespace MaritimeWatch.Unit.Findings.Series;

/// <summary>Outages of reception from hourly counts: found in busy and quiet areas, dated, ended, and rarely raised by chance.</summary>
public class OutageTests
{
    private static readonly OutageOptions Options = new();
    private static readonly DateTimeOffset Monday = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("S03", 200, 206)]
    [InlineData("S04", null, null)]
    public void The_outage_of_the_reference_series_is_found_to_the_hour_and_weekends_are_none(string id, int? start, int? end)
    {
        var values = ReferenceSeries.Read(SharedData.NeedReference("mltimeseries")).Single(s => s.Id.StartsWith(id, StringComparison.Ordinal)).Values;
        var found = OutageSeries.Find([.. values.Select((v, i) => new HourCount(Monday.AddHours(i), (int)v))], Options);
        Assert.Equal(start is null ? [] : [(Monday.AddHours(start.Value), (DateTimeOffset?)Monday.AddHours(end!.Value))], found.Select(p => (p.Start, p.End)));
        Assert.All(found, p => Assert.True(p.Depth > 0.9 && p.PValue < 1e-6 && p.Known == p.Start));
    }

    [Theory]
    [InlineData(100, 2, 1)]
    [InlineData(20, 6, 2)]
    [InlineData(5, 12, 8)]
    [InlineData(2, 24, 14)]
    [InlineData(1, 48, 30)]
    public void An_outage_is_found_as_soon_as_the_count_of_vessels_allows(double vessels, int hours, int lateHours)
    {
        const int Trials = 20;
        int found = 0, inTime = 0;
        for (var seed = 0; seed < Trials; seed++)
        {
            var from = (21 * 24) + seed;
            var periods = OutageSeries.Find(Counts(seed, 28 * 24, vessels, from, hours), Options);
            if (periods.SingleOrDefault(p => p.Known >= Monday.AddHours(from) && p.Known < Monday.AddHours(from + hours)) is { } hit)
            {
                found++;
                inTime += hit.Known < Monday.AddHours(from + lateHours) ? 1 : 0;
                Assert.True(hit.PValue < 1e-3 && hit.Depth > 0.5 && hit.End is not null);
            }
        }

        Assert.True(found >= 0.95 * Trials && inTime >= 0.75 * Trials, $"Of {Trials} outages {found} were found, {inTime} in time.");
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(3)]
    [InlineData(50)]
    public void Chance_raises_less_than_one_outage_in_two_years_of_an_area(double vessels)
    {
        var raised = Enumerable.Range(100, 8).Sum(seed => OutageSeries.Find(Counts(seed, 8766, vessels, 0, 0), Options).Count);
        Assert.True(raised <= 4, $"{raised} outages in 8 years of areas without any.");
    }

    [Property(MaxTest = 20)]
    public void Any_split_of_the_hours_gives_the_same_periods_and_a_missing_hour_is_a_zero(int seed, byte from)
    {
        var hours = Counts(seed, 24 * 24, 6, (14 * 24) + (from % 100), 15);
        var whole = OutageSeries.Find(hours, Options);
        var series = new OutageSeries(Options);
        foreach (var hour in hours.Where(h => h.Vessels > 0 || h == hours[^1] || h == hours[0]))
        {
            series.Add(hour);
            Assert.True(series.Periods.Count <= whole.Count);
        }

        Assert.Equal(whole, series.Periods);
        Assert.NotEmpty(whole);
    }

    [Fact]
    public void An_outage_that_lasts_has_no_end_and_one_without_end_becomes_the_new_state()
    {
        var hours = Counts(3, 60 * 24, 20, 20 * 24, 40 * 24);
        Assert.Null(Assert.Single(OutageSeries.Find([.. hours.Take(21 * 24)], Options)).End);
        var ended = Assert.Single(OutageSeries.Find(hours, Options));
        Assert.InRange((ended.End!.Value - ended.Start).TotalDays, 14, 14.1);
    }

    [Fact]
    public void Half_of_the_vessels_lost_is_told_with_its_depth_and_a_fifth_lost_is_nothing()
    {
        HourCount[] Lost(double share) => [.. Counts(5, 28 * 24, 60, 0, 0).Select((h, i) => i is >= 500 and < 530 ? h with { Vessels = (int)(h.Vessels * (1 - share)) } : h)];
        Assert.InRange(Assert.Single(OutageSeries.Find(Lost(0.7), Options)).Depth, 0.6, 0.8);
        Assert.Empty(OutageSeries.Find(Lost(0.2), Options));
    }

    [Fact]
    public void A_surge_is_no_outage_and_hides_none()
    {
        var hours = Counts(7, 28 * 24, 20, 510, 6).Select((h, i) => i is >= 500 and < 506 ? h with { Vessels = h.Vessels * 5 } : h).ToArray();
        Assert.Equal(Monday.AddHours(510), Assert.Single(OutageSeries.Find(hours, Options)).Start);
    }

    [Fact]
    public void Hours_out_of_order_are_refused()
    {
        var series = new OutageSeries(Options);
        series.Add(new HourCount(Monday, 3));
        Assert.Throws<ArgumentException>(() => series.Add(new HourCount(Monday, 3)));
        Assert.Throws<ArgumentException>(() => series.Add(new HourCount(Monday.AddMinutes(90), 3)));
    }

    /// <summary>Poisson counts with a day and a quieter weekend, none in the outage.</summary>
    private static HourCount[] Counts(int seed, int hours, double mean, int from, int lengthHours)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, hours).Select(i =>
        {
            var usual = mean * (i / 24 % 7 >= 5 ? 0.7 : 1) * (1 + (0.5 * Math.Sin(2 * Math.PI * i / 24)));
            var count = Poisson(random, usual);
            return new HourCount(Monday.AddHours(i), i >= from && i < from + lengthHours ? 0 : count);
        })];
    }

    private static int Poisson(Random random, double mean)
    {
        var count = -1;
        for (var left = mean; left >= 0; left += Math.Log(1 - random.NextDouble()))
        {
            count++;
        }

        return count;
    }
}
