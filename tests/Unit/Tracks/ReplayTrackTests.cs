using FsCheck.Xunit;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Unit.Tracks;

/// <summary>What replay may draw: nothing between two positions that lie too far apart, and no silence hidden by thinning.</summary>
public sealed class ReplayTrackTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 14, 12, 0, 0, TimeSpan.Zero);

    [Property]
    public void No_place_is_drawn_within_a_gap_times_only_go_up_and_every_end_of_a_silence_is_kept(ushort[] intervals, byte stepSeconds, byte from, bool atRest)
    {
        var fixes = Track(intervals.Select(s => s % 2000), atRest ? 0 : 12);
        var start = Noon.AddSeconds(from * 20);
        var kept = ReplayTrack.Of(fixes, start, TimeSpan.FromSeconds(stepSeconds));
        var whole = ReplayTrack.Of(fixes, Noon.AddYears(-1), TimeSpan.Zero);

        Assert.All(kept.Zip(kept.Skip(1)), pair => Assert.True(pair.First.Fix.Time < pair.Second.Fix.Time));
        Assert.All(kept, k => Assert.True(k.Fix.Time >= start));
        Assert.All(whole.Zip(whole.Skip(1)).Where(p => p.Second.Joined), p => Assert.True(p.Second.Fix.Time - p.First.Fix.Time <= ReplayTrack.LongestJoin));

        // Between two kept fixes that are joined, every received pair is; where they are not, nothing was received in between.
        foreach (var (one, next) in kept.Zip(kept.Skip(1)))
        {
            var received = whole.Where(w => w.Fix.Time > one.Fix.Time && w.Fix.Time <= next.Fix.Time).ToList();
            Assert.True(next.Joined ? received.TrueForAll(r => r.Joined) : received.Count == 1);
        }

        // Thinning drops positions, never the first, the last or what a silence begins or ends with.
        Assert.Equal(fixes.Where(f => f.Time >= start).Select(f => (Fix?)f).FirstOrDefault(), kept.Select(k => (Fix?)k.Fix).FirstOrDefault());
        Assert.Equal(fixes.Where(f => f.Time >= start).Select(f => (Fix?)f).LastOrDefault(), kept.Select(k => (Fix?)k.Fix).LastOrDefault());
    }

    [Property]
    public void Slices_put_together_are_joined_as_the_whole_track_is(ushort[] intervals, byte stepSeconds, byte cut)
    {
        var fixes = Track(intervals.Select(s => s % 300), 12);
        var (middle, step) = (Noon.AddSeconds(cut * 30), TimeSpan.FromSeconds(stepSeconds));
        var one = ReplayTrack.Of([.. fixes.Where(f => f.Time < middle)], Noon.AddYears(-1), step);
        var two = ReplayTrack.Of(fixes, middle, step);
        var whole = ReplayTrack.Of(fixes, Noon.AddYears(-1), TimeSpan.Zero).ToDictionary(k => k.Fix, k => k.Joined);
        Assert.All(two, k => Assert.Equal(whole[k.Fix], k.Joined));
        Assert.All(one.Zip(one.Skip(1)).Where(p => !p.Second.Joined), p => Assert.True(p.Second.Fix.Time - p.First.Fix.Time > ReplayTrack.ExpectedIntervals * TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public void A_ship_under_way_is_joined_over_thirty_seconds_and_one_received_once_a_minute_over_three()
    {
        Assert.True(ReplayTrack.Of(Track([30], 12), Noon, TimeSpan.Zero)[1].Joined);
        Assert.False(ReplayTrack.Of(Track([31], 12), Noon, TimeSpan.Zero)[1].Joined);
        Assert.False(ReplayTrack.Of(Track([600], 0), Noon, TimeSpan.Zero)[1].Joined);
        var rare = ReplayTrack.Of(Track([60, 60, 60, 60, 180, 181, 60], 12), Noon, TimeSpan.Zero);
        Assert.Equal([false, true, true, true, true, true, false, true], rare.Select(k => k.Joined));
        var seldom = Enumerable.Repeat(2400, 9);
        Assert.DoesNotContain(ReplayTrack.Of(Track(seldom, 12), Noon, TimeSpan.Zero), k => k.Joined);
    }

    [Fact]
    public void A_track_that_retention_thinned_is_joined_over_three_of_its_own_intervals()
    {
        var thinned = ReplayTrack.Of(Track([600, 600, 1800, 1801], 12), Noon, TimeSpan.Zero, TimeSpan.FromMinutes(10));
        Assert.Equal([false, true, true, true, false], thinned.Select(k => k.Joined));
    }

    [Fact]
    public void Positions_that_no_ship_can_reach_in_the_time_are_not_joined()
    {
        Fix At(double seconds, double latDeg) => new(Noon.AddSeconds(seconds), new GeoPoint(latDeg, 1), 12, 0, null, null, TransponderClass.A);
        Assert.Equal([false, true, false], ReplayTrack.Of([At(0, 50), At(10, 50.0005), At(20, 51)], Noon, TimeSpan.Zero).Select(k => k.Joined));
    }

    [Fact]
    public void Of_each_step_one_position_is_kept()
    {
        var kept = ReplayTrack.Of(Track(Enumerable.Repeat(10, 60), 12), Noon, TimeSpan.FromMinutes(1));
        Assert.Equal(11, kept.Count);
        Assert.All(kept.Skip(1), k => Assert.True(k.Joined));
    }

    private static List<Fix> Track(IEnumerable<int> intervalSeconds, double sogKnots)
    {
        var (time, fixes) = (Noon, new List<Fix> { new(Noon, new GeoPoint(50, 1), sogKnots, 0, null, null, TransponderClass.A) });
        foreach (var seconds in intervalSeconds.Where(s => s > 0))
        {
            time = time.AddSeconds(seconds);
            fixes.Add(new Fix(time, new GeoPoint(50 + (sogKnots * (time - Noon).TotalHours / 60), 1), sogKnots, 0, null, null, TransponderClass.A));
        }

        return fixes;
    }
}
