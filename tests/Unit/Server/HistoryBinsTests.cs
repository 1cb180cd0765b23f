using MaritimeWatch.Server.Api;
using MaritimeWatch.Storage;

namespace MaritimeWatch.Unit.Server;

/// <summary>Bins of the time bar: what is not held is no zero.</summary>
public sealed class HistoryBinsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 14, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(60, 240, 1, 60)]
    [InlineData(1440, 240, 6, 240)]
    [InlineData(43_200, 240, 180, 240)]
    [InlineData(3, 1000, 1, 3)]
    public void Bins_are_whole_minutes_on_a_raster_of_their_own(int minutes, int wanted, int each, int number)
    {
        var bins = HistoryBins.Over(Noon, Noon.AddMinutes(minutes), wanted);
        Assert.Equal((Noon, TimeSpan.FromMinutes(each), number), (bins.From, bins.Each, bins.Number));
        var moved = HistoryBins.Over(Noon.AddSeconds(29), Noon.AddMinutes(minutes).AddSeconds(29), wanted);
        Assert.Equal((Noon, number + 1), (moved.From, moved.Number));
        Assert.True(moved.To >= Noon.AddMinutes(minutes).AddSeconds(29));
    }

    [Fact]
    public void Silent_minutes_beside_what_is_not_held_are_not_held_and_those_within_are_zero()
    {
        var counts = new int[60];
        (counts[20], counts[30]) = (5, 7);
        var bins = HistoryBins.Over(Noon, Noon.AddHours(3), 18);
        var minutes = HistoryBins.Minutes(bins.From, bins.To, [new HourCount(Noon.AddHours(1), counts)], Noon.AddHours(2.5));
        Assert.Equal([.. Enumerable.Repeat<int?>(null, 8), 5, 7, .. Enumerable.Repeat<int?>(null, 8)], bins.Sum(minutes));
        var states = bins.States(minutes, Noon.AddHours(2.5), Noon.AddDays(-1), Noon.AddDays(-2)).ToList();
        Assert.Equal([.. Enumerable.Repeat(HeldState.NotHeld, 8), HeldState.Held, HeldState.Held, .. Enumerable.Repeat(HeldState.NotHeld, 6), HeldState.NotYet, HeldState.NotYet], states);
        Assert.All(Enumerable.Range(21, 9), m => Assert.Equal(0, minutes[60 + m]));
    }

    [Fact]
    public void A_window_that_begins_within_what_is_held_begins_with_zeros_not_with_nothing()
    {
        var (before, counts) = (new int[60], new int[60]);
        (before[3], counts[30]) = (1, 7);
        var minutes = HistoryBins.Minutes(Noon, Noon.AddHours(1), [new HourCount(Noon.AddHours(-1), before), new HourCount(Noon, counts)], Noon.AddHours(5));
        Assert.Equal(0, minutes[0]);
        Assert.Equal(7, minutes[30]);
    }

    [Fact]
    public void What_retention_thinned_or_deleted_says_so()
    {
        var bins = HistoryBins.Over(Noon, Noon.AddHours(3), 3);
        var minutes = HistoryBins.Minutes(bins.From, bins.To, [new HourCount(Noon.AddHours(1), [.. Enumerable.Repeat(1, 60)]), new HourCount(Noon.AddHours(2), [.. Enumerable.Repeat(1, 60)])], Noon.AddDays(100));
        Assert.Equal([HeldState.Ended, HeldState.Thinned, HeldState.Held], bins.States(minutes, Noon.AddDays(100), Noon.AddHours(2), Noon.AddHours(1)));
    }

    [Fact]
    public void Alerts_are_counted_where_their_behaviour_began()
    {
        var bins = HistoryBins.Over(Noon, Noon.AddHours(3), 3);
        Assert.Equal([0, 2, 1], bins.Count([Noon.AddHours(1), Noon.AddHours(1.9), Noon.AddHours(2)]));
    }
}
