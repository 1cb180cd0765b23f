using MaritimeWatch.Storage;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Integration.Stores;

/// <summary>What every track store must do.</summary>
public abstract class TrackStoreContract : StoreContract
{
    private ITrackStore Store => All.Tracks;

    private static readonly DateTimeOffset Noon = Samples.Noon;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Fixes_come_back_whole_in_time_order_and_the_end_is_left_out(bool closed)
    {
        Fix[] fixes = [Samples.FixAt(0), Samples.FixAt(30), Samples.FixAt(59.99), Samples.FixAt(60), Samples.FixAt(150, sogKnots: null)];
        await Store.CommitAsync(Samples.Batch([.. fixes.Reverse().Select(f => (Samples.Ship, f)), (Samples.OtherShip, Samples.FixAt(10))]), Cancel);
        await CloseAsync(closed);

        Assert.Equal(fixes, await Store.FixesOfAsync(Samples.Ship, Noon, Noon.AddHours(3), Cancel));
        Assert.Equal(fixes[1..4], await Store.FixesOfAsync(Samples.Ship, Noon.AddMinutes(30), Noon.AddMinutes(150), Cancel));
        Assert.Equal(fixes[1..], await Store.FixesOfAsync(Samples.Ship, Noon.AddTicks(1), DateTimeOffset.MaxValue, Cancel));
        Assert.Empty(await Store.FixesOfAsync(Samples.Ship, Noon, Noon, Cancel));
        Assert.Empty(await Store.FixesOfAsync(new Mmsi(1), DateTimeOffset.MinValue, DateTimeOffset.MaxValue, Cancel));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_same_fix_is_kept_once_and_two_fixes_of_one_moment_are_both_kept(bool closed)
    {
        Fix here = Samples.FixAt(5, 50.5), there = Samples.FixAt(5, 50.6);
        await Store.CommitAsync(Samples.Batch((Samples.Ship, there), (Samples.Ship, here), (Samples.Ship, here)), Cancel);
        await Store.CommitAsync(Samples.Batch((Samples.Ship, here)), Cancel);
        await CloseAsync(closed);
        await Store.CommitAsync(Samples.Batch((Samples.Ship, there)), Cancel);

        Assert.Equal([here, there], await AllOfAsync(Samples.Ship));
        await CloseAsync(true);
        Assert.Equal([here, there], await AllOfAsync(Samples.Ship));
    }

    [Fact]
    public async Task Late_data_for_a_closed_hour_is_seen_at_once_and_merged_by_the_next_closing()
    {
        await Store.CommitAsync(Samples.Batch((Samples.Ship, Samples.FixAt(1)), (Samples.Ship, Samples.FixAt(40)), (Samples.OtherShip, Samples.FixAt(3))), Cancel);
        await CloseAsync(true);
        await Store.CommitAsync(Samples.Batch((Samples.Ship, Samples.FixAt(20)), (Samples.Ship, Samples.FixAt(40))), Cancel);
        Fix[] merged = [Samples.FixAt(1), Samples.FixAt(20), Samples.FixAt(40)];

        Assert.Equal(merged, await AllOfAsync(Samples.Ship));
        await CloseAsync(true);
        await CloseAsync(true);
        Assert.Equal(merged, await AllOfAsync(Samples.Ship));
        Assert.Equal([Samples.FixAt(3)], await AllOfAsync(Samples.OtherShip));
    }

    [Fact]
    public async Task Closing_leaves_the_hours_that_have_not_ended()
    {
        await Store.CommitAsync(Samples.Batch((Samples.Ship, Samples.FixAt(10)), (Samples.Ship, Samples.FixAt(70))), Cancel);
        await Store.CloseHoursAsync(Noon.AddMinutes(65), Cancel);
        await Store.CommitAsync(Samples.Batch((Samples.Ship, Samples.FixAt(80))), Cancel);
        Assert.Equal([Samples.FixAt(10), Samples.FixAt(70), Samples.FixAt(80)], await AllOfAsync(Samples.Ship));
    }

    [Fact]
    public async Task All_vessels_of_a_time_come_once_each_in_order_of_MMSI()
    {
        await Store.CommitAsync(Samples.Batch((Samples.OtherShip, Samples.FixAt(50)), (Samples.Ship, Samples.FixAt(10)), (new Mmsi(7), Samples.FixAt(200))), Cancel);
        await Store.CloseHoursAsync(Noon.AddHours(1), Cancel);
        await Store.CommitAsync(Samples.Batch((Samples.Ship, Samples.FixAt(5)), (Samples.OtherShip, Samples.FixAt(70)), (new Mmsi(3), Samples.FixAt(61))), Cancel);

        var found = new List<(Mmsi, IReadOnlyList<Fix>)>();
        await foreach (var vessel in Store.FixesDuringAsync(Noon, Noon.AddHours(2), Cancel))
        {
            found.Add(vessel);
        }

        Assert.Equal([new Mmsi(3), Samples.Ship, Samples.OtherShip], found.Select(f => f.Item1));
        Assert.Equal([Samples.FixAt(5), Samples.FixAt(10)], found[1].Item2);
        Assert.Equal([Samples.FixAt(50), Samples.FixAt(70)], found[2].Item2);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_latest_fix_is_the_newest_by_event_time_however_late_others_come(bool closed)
    {
        await Store.CommitAsync(Samples.Batch((Samples.Ship, Samples.FixAt(100)), (Samples.OtherShip, Samples.FixAt(1))), Cancel);
        await CloseAsync(closed);
        await Store.CommitAsync(Samples.Batch((Samples.Ship, Samples.FixAt(20)), (Samples.OtherShip, Samples.FixAt(2))), Cancel);

        Assert.Equal([new(Samples.Ship, Samples.FixAt(100)), new(Samples.OtherShip, Samples.FixAt(2))], await Store.LatestAsync(Noon, Cancel));
        await CloseAsync(closed);
        Assert.Equal([new(Samples.Ship, Samples.FixAt(100)), new(Samples.OtherShip, Samples.FixAt(2))], await Store.LatestAsync(Noon, Cancel));
        Assert.Equal([new(Samples.Ship, Samples.FixAt(100))], await Store.LatestAsync(Noon.AddMinutes(100), Cancel));
        Assert.Empty(await Store.LatestAsync(Noon.AddMinutes(100).AddTicks(1), Cancel));
    }

    [Fact]
    public async Task Readers_miss_nothing_while_hours_are_closed_under_them()
    {
        var random = new Random(11);
        var acknowledged = 0;
        var writing = Task.Run(async () =>
        {
            for (var i = 0; i < 150; i++)
            {
                await Store.CommitAsync(Samples.Batch((Samples.Ship, Samples.FixAt(i)), (new Mmsi(random.Next(1, 999)), Samples.FixAt(i))), Cancel);
                Volatile.Write(ref acknowledged, i + 1);
                await Store.CloseHoursAsync(Noon.AddMinutes(i - 30), Cancel);
            }
        }, Cancel);

        do
        {
            var least = Volatile.Read(ref acknowledged);
            var found = await AllOfAsync(Samples.Ship);
            Assert.True(found.Count >= least, $"{least} fixes were acknowledged, {found.Count} were found.");
            Assert.Equal(found.Distinct().Count(), found.Count);
        }
        while (!writing.IsCompleted);
        await writing;
        Assert.Equal(150, (await AllOfAsync(Samples.Ship)).Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_was_in_an_area_is_answered_to_the_fix(bool closed)
    {
        Mmsi inside = new(211_000_001), around = new(211_000_002), later = new(211_000_003), beyond = new(211_000_004);
        await Store.CommitAsync(Samples.Batch(
            (inside, At(5, 50.5, -1.5)),
            (around, At(5, 50.5, -3)), (around, At(30, 50.5, 0.5)),
            (later, At(70, 50.5, -1.5)),
            (beyond, At(5, -10, 179.5)), (beyond, At(6, -10, -179.5))), Cancel);
        await CloseAsync(closed);

        var channel = new GeoBox(50, -2, 51, -1);
        Assert.Equal([inside], await Store.VesselsInAsync(channel, Noon, Noon.AddHours(1), Cancel));
        Assert.Equal([inside, later], await Store.VesselsInAsync(channel, Noon, Noon.AddHours(2), Cancel));
        Assert.Equal([later], await Store.VesselsInAsync(channel, Noon.AddMinutes(6), Noon.AddMinutes(71), Cancel));
        Assert.Empty(await Store.VesselsInAsync(channel, Noon.AddMinutes(6), Noon.AddMinutes(70), Cancel));
        Assert.Equal([inside], await Store.VesselsInAsync(new GeoBox(50.5, -1.5, 50.5, -1.5), Noon, Noon.AddHours(1), Cancel));
        Assert.Equal([beyond], await Store.VesselsInAsync(new GeoBox(-11, 179, -9, -179), Noon, Noon.AddHours(1), Cancel));
        Assert.Equal([inside, around, beyond], await Store.VesselsInAsync(new GeoBox(-90, -180, 90, 180), Noon, Noon.AddHours(1), Cancel));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_was_in_an_area_comes_with_all_she_sent_page_by_page(bool closed)
    {
        Mmsi[] ships = [new(211_000_001), new(211_000_002), new(211_000_003)];
        var fixes = ships.ToDictionary(m => m, m => Enumerable.Range(0, 5).Select(i => At(30 * i, m == ships[1] ? -10 : 50.5, -1.5 + i)).ToList());
        await Store.CommitAsync(Samples.Batch([.. fixes.SelectMany(v => v.Value.Select(f => (v.Key, f)))]), Cancel);
        await CloseAsync(closed);
        await Store.CommitAsync(Samples.Batch((ships[2], At(45, 51, 0))) with { Feed = "other" }, Cancel);

        var channel = new GeoBox(50, -2, 51, -1);
        var found = await AllInAsync(channel, Noon, Noon.AddHours(2), null);
        Assert.Equal([ships[0], ships[2]], found.Select(f => f.Mmsi));
        Assert.Equal(fixes[ships[0]][..4], found[0].Fixes);
        Assert.Equal([.. fixes[ships[2]][..4].Append(At(45, 51, 0)).Order()], found[1].Fixes);
        Assert.Equal([ships[2]], (await AllInAsync(channel, Noon, Noon.AddHours(2), ships[0])).Select(f => f.Mmsi));
        Assert.Empty(await AllInAsync(channel, Noon, Noon.AddHours(2), ships[2]));
        Assert.Empty(await AllInAsync(channel, Noon.AddMinutes(1), Noon.AddMinutes(30), null));
        Assert.Empty(await AllInAsync(channel, Noon.AddHours(1), Noon.AddHours(1), null));
    }

    [Fact]
    public async Task What_is_held_is_counted_by_minute_open_closed_late_and_thinned()
    {
        static int[] Counts(params (int Minute, int Count)[] some) => [.. Enumerable.Range(0, 60).Select(m => some.FirstOrDefault(s => s.Minute == m).Count)];
        async Task IsAsync(params (int Hour, int[] PerMinute)[] expected)
        {
            var found = await Store.CountsAsync(Noon.AddHours(-1), Noon.AddHours(3), Cancel);
            Assert.Equal(expected.Select(e => Noon.AddHours(e.Hour)), found.Select(f => f.Hour));
            Assert.All(found.Zip(expected), f => Assert.Equal(f.Second.PerMinute, f.First.PerMinute));
        }

        await IsAsync();
        await Store.CommitAsync(Samples.Batch((Samples.Ship, Samples.FixAt(0)), (Samples.OtherShip, Samples.FixAt(0.5)), (Samples.Ship, Samples.FixAt(59.9)), (Samples.Ship, Samples.FixAt(125))), Cancel);
        await IsAsync((0, Counts((0, 2), (59, 1))), (2, Counts((5, 1))));
        await Store.CloseHoursAsync(Noon.AddHours(1), Cancel);
        await IsAsync((0, Counts((0, 2), (59, 1))), (2, Counts((5, 1))));

        // Late data, one of them known already.
        await Store.CommitAsync(Samples.Batch((Samples.Ship, Samples.FixAt(7)), (Samples.Ship, Samples.FixAt(0))) with { Feed = "late" }, Cancel);
        await Store.CloseHoursAsync(DateTimeOffset.MaxValue, Cancel);
        await Store.CloseHoursAsync(DateTimeOffset.MaxValue, Cancel);
        await IsAsync((0, Counts((0, 2), (7, 1), (59, 1))), (2, Counts((5, 1))));
        await Store.ThinAsync(Noon, Noon.AddHours(1), TimeSpan.FromMinutes(30), mmsi => mmsi == Samples.OtherShip, Cancel);
        await IsAsync((0, Counts((0, 2), (59, 1))), (2, Counts((5, 1))));
        await Store.ThinAsync(Noon, Noon.AddHours(1), null, _ => false, Cancel);
        await IsAsync((2, Counts((5, 1))));
        Assert.Empty(await Store.CountsAsync(Noon.AddHours(2).AddMinutes(1), Noon.AddHours(3), Cancel));
        Assert.Single(await Store.CountsAsync(DateTimeOffset.MinValue, DateTimeOffset.MaxValue, Cancel));
    }

    [Fact]
    public async Task Who_follows_hears_every_fix_once_or_is_told_that_some_were_missed()
    {
        await Store.CommitAsync(Samples.Batch((Samples.Ship, Samples.FixAt(0))), Cancel);
        var start = await Store.SinceAsync(null, Cancel);
        Assert.Empty(start.Positions);
        await Store.CommitAsync(Samples.Batch((Samples.Ship, Samples.FixAt(1)), (Samples.OtherShip, Samples.FixAt(2))), Cancel);
        await Store.CommitAsync(Samples.Batch((Samples.Ship, Samples.FixAt(70))) with { Feed = "other" }, Cancel);

        var news = await Store.SinceAsync(start.Mark, Cancel);
        Assert.False(news.Missed);
        Assert.Equal([(Samples.Ship, Samples.FixAt(1)), (Samples.OtherShip, Samples.FixAt(2)), (Samples.Ship, Samples.FixAt(70))], news.Positions);
        Assert.Empty((await Store.SinceAsync(news.Mark, Cancel)).Positions);
        await CloseAsync(true);
        var late = await Store.SinceAsync(start.Mark, Cancel);
        Assert.True(late.Missed || late.Positions.Count == 3, "What is no longer news must be said to be missed.");
        Assert.False((await Store.SinceAsync(news.Mark, Cancel)).Missed);
    }

    [Fact]
    public async Task Thinning_keeps_one_fix_of_each_interval_spares_the_excepted_and_changes_nothing_the_second_time()
    {
        var fixes = Enumerable.Range(0, 240).Select(i => Samples.FixAt(i)).ToList();
        await Store.CommitAsync(Samples.Batch([.. fixes.SelectMany(f => new[] { (Samples.Ship, f), (Samples.OtherShip, f) })]), Cancel);
        await CloseAsync(true);

        var thinned = await Store.ThinAsync(Noon.AddMinutes(-1), Noon.AddHours(3).AddMinutes(30), TimeSpan.FromMinutes(10), mmsi => mmsi == Samples.OtherShip, Cancel);
        Assert.Equal(new Thinned(3, 3 * 54), thinned);
        Assert.Equal([.. Enumerable.Range(0, 18).Select(i => Samples.FixAt(10 * i)), .. fixes[180..]], await AllOfAsync(Samples.Ship));
        Assert.Equal(fixes, await AllOfAsync(Samples.OtherShip));
        Assert.Equal(default, await Store.ThinAsync(Noon, Noon.AddHours(3), TimeSpan.FromMinutes(10), mmsi => mmsi == Samples.OtherShip, Cancel));

        Assert.Equal(new Thinned(8, 60 + 18 + 240), await Store.ThinAsync(Noon, Noon.AddHours(4), null, _ => false, Cancel));
        Assert.Empty(await AllOfAsync(Samples.Ship));
        Assert.Empty(await Store.VesselsInAsync(new GeoBox(50, -2, 51, -1), Noon, Noon.AddHours(4), Cancel));
    }

    [Fact]
    public async Task More_vessel_hours_than_a_page_holds_all_come()
    {
        var fixes = Enumerable.Range(0, 60).SelectMany(v => Enumerable.Range(0, 20).Select(h => (new Mmsi(211_000_000 + (v * 7 % 60)), Samples.FixAt((60 * h) + v)))).ToList();
        await Store.CommitAsync(Samples.Batch([.. fixes]), Cancel);
        await CloseAsync(true);
        await Store.CommitAsync(Samples.Batch((new Mmsi(211_000_030), Samples.FixAt(5000)), (new Mmsi(999), Samples.FixAt(5000))), Cancel);
        var found = new List<(Mmsi, Fix)>();
        await foreach (var (mmsi, own) in Store.FixesDuringAsync(DateTimeOffset.MinValue, DateTimeOffset.MaxValue, Cancel))
        {
            found.AddRange(own.Select(fix => (mmsi, fix)));
        }

        Assert.Equal([.. fixes, (new Mmsi(211_000_030), Samples.FixAt(5000)), (new Mmsi(999), Samples.FixAt(5000))], found.ToHashSet());
        Assert.Equal(fixes.Count + 2, found.Count);
        Assert.Equal(found.Select(f => f.Item1).Order(), found.Select(f => f.Item1));
    }

    [Fact]
    public async Task Two_writers_at_once_lose_nothing()
    {
        await Task.WhenAll(Enumerable.Range(0, 2).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < 60; i++)
            {
                await Store.CommitAsync(Samples.Batch((Samples.Ship, Samples.FixAt((2 * i) + writer))), Cancel);
                await Store.CloseHoursAsync(Noon.AddMinutes(i), Cancel);
            }
        }, Cancel)));
        Assert.Equal(Enumerable.Range(0, 120).Select(i => Samples.FixAt(i)), await AllOfAsync(Samples.Ship));
    }

    private ValueTask<IReadOnlyList<Fix>> AllOfAsync(Mmsi mmsi) => Store.FixesOfAsync(mmsi, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, Cancel);

    private async Task<List<(Mmsi Mmsi, IReadOnlyList<Fix> Fixes)>> AllInAsync(GeoBox area, DateTimeOffset from, DateTimeOffset to, Mmsi? after)
    {
        var found = new List<(Mmsi, IReadOnlyList<Fix>)>();
        await foreach (var vessel in Store.FixesInAsync(area, from, to, after, Cancel))
        {
            found.Add(vessel);
        }

        return found;
    }

    private static Fix At(double minutes, double latDeg, double lonDeg) => new(Noon.AddMinutes(minutes), new GeoPoint(latDeg, lonDeg), 10);

    private ValueTask CloseAsync(bool close) => close ? Store.CloseHoursAsync(DateTimeOffset.MaxValue, Cancel) : ValueTask.CompletedTask;
}
