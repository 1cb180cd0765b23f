using MaritimeWatch.Detection;
using MaritimeWatch.Records;
using MaritimeWatch.Server.Watch;
using MaritimeWatch.Storage;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Unit.Server;

public sealed class FeedStateTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 25, 8, 0, 0, TimeSpan.Zero);

    private static readonly GeoPoint Dover = new(51.1, 1.4), Brest = new(48.3, -4.9);

    private readonly HandClock clock = new(Start);

    [Fact]
    public void A_live_feed_that_stops_is_late_after_two_usual_intervals_and_down_after_five_and_its_hole_stays_known()
    {
        var (states, west, east) = Two();
        Run(30, 2, west, east);
        var usual = west.State.Health().UsualIntervalSeconds;
        Assert.Equal(5, usual);
        Assert.Equal(["live", "live"], states.Health().Select(f => f.State));
        Assert.Empty(states.DoubtsAt(Dover));
        Run(6, 2, east);
        Assert.Equal("late", west.State.Health().State);
        Assert.StartsWith("nothing for 12 s", west.State.Health().Reason);
        Run(8, 2, east);
        Assert.Equal("down", west.State.Health().State);
        Assert.Contains(states.NotWatched(), line => line.StartsWith("Feed west is down (nothing for 28 s", StringComparison.Ordinal) && line.Contains("51.1° N to 51.2° N", StringComparison.Ordinal));
        Assert.Null(Assert.Single(states.DoubtsAt(Dover)).To);
        Assert.Empty(states.DoubtsAt(Brest));
        Run(3, 2, west, east);
        Assert.Equal("live", west.State.Health().State);
        var hole = Assert.Single(states.DoubtsAt(new GeoPoint(51.19, 1.49)));
        Assert.Equal(("west", Start.AddSeconds(60), Start.AddSeconds(90)), (hole.Feed, hole.From, hole.To!.Value));
    }

    [Fact]
    public void A_source_that_goes_on_where_it_stood_leaves_no_hole()
    {
        var states = new FeedStates(clock);
        var file = states.Add(new FeedState("file", ends: true, clock));
        Run(30, 2, (file, Dover));
        clock.Now += TimeSpan.FromMinutes(5);
        Assert.Single(states.DoubtsAt(Dover));
        Run(2, 2, (file, Dover));
        Assert.Empty(states.DoubtsAt(Dover));
    }

    [Fact]
    public void A_feed_that_is_half_its_usual_self_is_degraded_and_one_whose_clock_is_off_too()
    {
        var (states, west, east) = Two();
        for (var minute = 0; minute < 130; minute++)
        {
            Run(30, 2, west, east);
        }

        Assert.Equal("live", west.State.Health().State);
        for (var minute = 0; minute < 12; minute++)
        {
            Run(30, 2, lines: 3, west);
            clock.Now -= TimeSpan.FromMinutes(1);
            Run(30, 2, skew: TimeSpan.FromMinutes(-4), east);
        }

        Assert.Equal("degraded", west.State.Health().State);
        Assert.Matches("^9[0-9] messages a minute, 30[0-9] are usual at this hour$", west.State.Health().Reason!);
        Assert.Equal("degraded", east.State.Health().State);
        Assert.Matches("^its clock is 2[34][0-9] s behind the watch's$", east.State.Health().Reason!);
        Assert.Equal(2, states.NotWatched().Count());
    }

    [Fact]
    public void What_is_usual_where_it_hears_and_its_holes_outlive_a_restart_and_what_a_live_source_sent_meanwhile_is_a_hole()
    {
        var (_, west, _) = Two();
        for (var minute = 0; minute < 130; minute++)
        {
            Run(30, 2, west);
        }

        Run(1, 40, west);
        var text = StoreJson.Write(west.State.Remember());
        var after = new FeedStates(clock);
        after.Recall(new FeedCheckpoint("health west", text, new IntakeCount(), null));
        var again = after.Add(new FeedState("west", ends: false, clock));
        again.Restore(new FeedCheckpoint("west", null, new IntakeCount(), clock.Now));
        Assert.Equal(west.State.Rhythm.UsualAt(Start), again.Rhythm.UsualAt(Start));
        Assert.Empty(after.DoubtsAt(Brest));
        Assert.Equal(2, after.DoubtsAt(Dover).Count);
        var stopped = clock.Now;
        clock.Now += TimeSpan.FromMinutes(7);
        Run(2, 2, (again, Dover));
        Assert.Contains(after.DoubtsAt(Dover), d => d.From == stopped && d.To > stopped.AddMinutes(6));
    }

    [Fact]
    public void Water_known_from_before_a_restart_is_served_for_two_days_after_it_and_then_no_more()
    {
        var reach = new FeedReach();
        reach.Add([Heard(Dover, Start)]);
        var again = new FeedReach();
        again.Restore(reach.Cells);
        Assert.True(again.Serves(Dover));
        again.Add([Heard(Brest, Start.AddDays(1))]);
        Assert.True(again.Serves(Dover));
        Assert.Equal(2, again.CellCount);
        again.Add([Heard(Brest, Start.AddDays(3))]);
        Assert.False(again.Serves(Dover));
        Assert.Equal((1, 1), (again.CellCount, again.Places.Count));
        Assert.True(again.Box!.Value.North < Dover.LatDeg);
    }

    [Fact]
    public async Task Where_it_is_heard_can_be_asked_while_positions_come()
    {
        var (reach, random) = (new FeedReach(), new Random(3));
        var adding = Task.Run(() =>
        {
            for (var i = 0; i < 4_000; i++)
            {
                reach.Add([Heard(new GeoPoint(random.NextDouble() * 80, random.NextDouble() * 170), Start.AddSeconds(i), $"station {i % 900}")]);
            }
        }, TestContext.Current.CancellationToken);
        while (!adding.IsCompleted)
        {
            Assert.True(reach.Box is null || reach.Stations.Count > 0);
            Assert.True(reach.Places.Count <= reach.CellCount);
        }

        await adding;
        Assert.Equal(4_000, reach.Stations.Sum(s => s.Positions));
    }

    private static PositionReport Heard(GeoPoint at, DateTimeOffset time, string station = "station") => new(new Mmsi(244000001), new Fix(time, at), time, station);

    private (FeedStates States, (FeedState State, GeoPoint At) West, (FeedState State, GeoPoint At) East) Two()
    {
        var states = new FeedStates(clock);
        return (states, (states.Add(new FeedState("west", ends: false, clock)), Dover), (states.Add(new FeedState("east", ends: false, clock)), Brest));
    }

    private void Run(int batches, int seconds, params (FeedState State, GeoPoint At)[] feeds) => Run(batches, seconds, 10, TimeSpan.Zero, feeds);

    private void Run(int batches, int seconds, int lines, params (FeedState State, GeoPoint At)[] feeds) => Run(batches, seconds, lines, TimeSpan.Zero, feeds);

    private void Run(int batches, int seconds, TimeSpan skew, params (FeedState State, GeoPoint At)[] feeds) => Run(batches, seconds, 10, skew, feeds);

    private void Run(int batches, int seconds, int lines, TimeSpan skew, params (FeedState State, GeoPoint At)[] feeds)
    {
        for (var i = 0; i < batches; i++)
        {
            clock.Now += TimeSpan.FromSeconds(seconds);
            foreach (var (state, at) in feeds)
            {
                var count = new IntakeCount();
                count.Accept(lines);
                state.Arrived(count, clock.Now + skew, [Heard(at, clock.Now + skew)]);
            }
        }
    }

    private sealed class HandClock(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
