using MaritimeWatch.Detection;
using MaritimeWatch.Records;
using MaritimeWatch.Storage;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Integration.Stores;

/// <summary>What every feed store must do.</summary>
public abstract class FeedStoreContract : StoreContract
{
    private ITrackStore Tracks => All.Tracks;

    private IFeedStore Store => All.Feeds;

    [Fact]
    public async Task Counts_add_up_and_the_checkpoint_moves_with_the_data()
    {
        Assert.Null(await Store.CheckpointOfAsync("feed", Cancel));
        var count = new IntakeCount();
        count.Accept(5);
        count.Duplicate(2);
        count.Reject(Samples.Hostile, 3);
        count.Reject("");
        var once = new SaidOnce(Mmsi.Parse("219024000"), null, null, new Said(Samples.Hostile, Samples.Noon));
        await Tracks.CommitAsync(Samples.Batch() with { Count = count, Position = Samples.Hostile, LastReceived = Samples.Noon }, Cancel);
        await Tracks.CommitAsync(Samples.Batch() with { Count = count, Follows = Samples.Hostile, Position = "p2", LastReceived = Samples.Noon.AddHours(-1), SaidOnce = [once] }, Cancel);
        await Tracks.CommitAsync(Samples.Batch() with { Feed = Samples.Hostile, Count = new IntakeCount() }, Cancel);

        var stands = await Store.CheckpointOfAsync("feed", Cancel);
        Assert.Equal(("p2", Samples.Noon), (stands!.Position, stands.LastReceived));
        Assert.Equal([once], stands.SaidOnce!);
        Assert.Equal((22, 10, 4, 8), (stands.Totals.Lines, stands.Totals.Accepted, stands.Totals.Duplicates, stands.Totals.RejectedTotal));
        Assert.Equal((6, 2), (stands.Totals.Rejected[Samples.Hostile], stands.Totals.Rejected[""]));
        Assert.Equal(2, (await Store.CheckpointsAsync(Cancel)).Count);
        Assert.Equal(Samples.Hostile, (await Store.CheckpointOfAsync(Samples.Hostile, Cancel))!.Feed);
    }

    [Fact]
    public async Task A_batch_that_does_not_follow_is_refused_and_one_that_is_counted_is_not_counted_again()
    {
        Assert.True(await Tracks.CommitAsync(Counted(null, "p1"), Cancel));
        Assert.True(await Tracks.CommitAsync(Counted("p1", "p2"), Cancel));
        Assert.True(await Tracks.CommitAsync(Counted("p1", "p2"), Cancel));
        Assert.False(await Tracks.CommitAsync(Counted("p1", "p9"), Cancel));
        Assert.False(await Tracks.CommitAsync(Counted(null, "p9"), Cancel));
        Assert.True(await Tracks.CommitAsync(Counted("p2", "end") with { Ended = true }, Cancel));

        var stands = await Store.CheckpointOfAsync("feed", Cancel);
        Assert.Equal(("end", 3, true), (stands!.Position, stands.Totals.Lines, stands.Ended));
    }

    [Fact]
    public async Task Of_many_who_read_one_feed_from_one_point_exactly_one_goes_on()
    {
        await Tracks.CommitAsync(Counted(null, "p1"), Cancel);
        var done = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => Tracks.CommitAsync(Counted("p1", $"p2 by {i}"), Cancel).AsTask(), Cancel)));
        Assert.Single(done, went => went);
        Assert.Equal(2, (await Store.CheckpointOfAsync("feed", Cancel))!.Totals.Lines);
    }

    [Fact]
    public async Task Old_rejections_are_forgotten_and_their_count_stays()
    {
        foreach (var hour in new[] { 0, 5 })
        {
            var count = new IntakeCount();
            count.Reject("bad");
            await Tracks.CommitAsync(Samples.Batch() with { Count = count, Rejections = [new Rejection("file", $"line {hour}", null, "", "bad")], LastReceived = Samples.Noon.AddHours(hour) }, Cancel);
        }

        Assert.Equal(1, await Store.ForgetRejectionsAsync(Samples.Noon.AddHours(1), Cancel));
        Assert.Equal("line 5", Assert.Single(await Store.RejectionsOfAsync("feed", 9, Cancel)).Place);
        Assert.Equal(2, (await Store.CheckpointOfAsync("feed", Cancel))!.Totals.RejectedTotal);
    }

    [Fact]
    public async Task Rejections_come_back_as_they_were_newest_first_and_only_the_newest_ten_thousand_stay()
    {
        var hostile = new Rejection("file", "line 1", null, Samples.Hostile, "checksum differs", new string('x', 1000));
        await Tracks.CommitAsync(Samples.Batch() with { Feed = "other", Rejections = [hostile] }, Cancel);
        for (var batch = 0; batch < 3; batch++)
        {
            var rejections = Enumerable.Range(batch * 4000, 4000).Select(i => new Rejection("file", $"line {i}", "lat", "", "out of range")).ToList();
            await Tracks.CommitAsync(Samples.Batch() with { Rejections = rejections }, Cancel);
        }

        var kept = await Store.RejectionsOfAsync("feed", int.MaxValue, Cancel);
        Assert.Equal((10_000, "line 11999", "line 2000"), (kept.Count, kept[0].Place, kept[^1].Place));
        Assert.Equal([hostile], await Store.RejectionsOfAsync("other", 5, Cancel));
        Assert.Equal(3, (await Store.RejectionsOfAsync("feed", 3, Cancel)).Count);
    }

    [Fact]
    public async Task Candidates_of_one_vessel_and_kind_wait_once_since_the_earliest()
    {
        await Tracks.CommitAsync(Samples.Noticed(Silence(30), new Candidate(Samples.Ship, CandidateKind.Identity, Samples.Noon)), Cancel);
        await Tracks.CommitAsync(Samples.Noticed(Silence(10), Silence(50)), Cancel);

        var waiting = await Store.CandidatesAsync(10, Cancel);
        Assert.Equal([new Candidate(Samples.Ship, CandidateKind.Identity, Samples.Noon), Silence(10)], waiting.Select(w => w.Candidate));
        await Store.JudgedAsync([.. waiting.Select(w => w.Ticket)], Cancel);
        Assert.Empty(await Store.CandidatesAsync(10, Cancel));
    }

    [Fact]
    public async Task A_candidate_that_arrives_during_the_judgement_of_its_forerunner_is_not_lost()
    {
        await Tracks.CommitAsync(Samples.Noticed(Silence(10)), Cancel);
        var judged = await Store.CandidatesAsync(10, Cancel);
        await Tracks.CommitAsync(Samples.Noticed(Silence(40)), Cancel);
        await Tracks.CommitAsync(Samples.Noticed(Silence(20)), Cancel);
        await Store.JudgedAsync([judged.Single().Ticket], Cancel);

        var next = Assert.Single(await Store.CandidatesAsync(10, Cancel));
        Assert.True(next.Candidate.Since <= Silence(20).Since, "The time that was not judged yet must be judged.");
        Assert.NotEqual(judged.Single().Ticket, next.Ticket);
    }

    [Fact]
    public async Task A_candidate_handed_out_and_never_judged_is_handed_out_again()
    {
        await Tracks.CommitAsync(Samples.Noticed(Silence(10)), Cancel);
        Assert.Equal(await Store.CandidatesAsync(10, Cancel), await Store.CandidatesAsync(10, Cancel));
        Assert.Single(await Store.CandidatesAsync(10, Cancel));
    }

    private static IntakeBatch Counted(string? follows, string position)
    {
        var count = new IntakeCount();
        count.Accept();
        return Samples.Batch() with { Count = count, Follows = follows, Position = position };
    }

    private static Candidate Silence(int minutes) => new(Samples.Ship, CandidateKind.Silence, Samples.Noon.AddMinutes(minutes));
}
