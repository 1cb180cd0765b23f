using FsCheck.Xunit;
using MaritimeWatch.Records;

namespace MaritimeWatch.Unit.Records;

public sealed class FeedRhythmTests
{
    private static readonly DateTimeOffset Sunday = new(2026, 11, 22, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Usual_is_learnt_for_each_hour_of_the_week_and_asked_of_the_same_hour_elsewhere_where_it_is_not_known()
    {
        var rhythm = new FeedRhythm();
        Assert.Null(rhythm.UsualAt(Sunday));
        // Sunday: 100 a minute by night, 300 by day.
        for (var minute = 0; minute <= 24 * 60; minute++)
        {
            rhythm.Add(Sunday.AddMinutes(minute), minute / 60 is >= 6 and < 18 ? 300 : 100);
        }

        Assert.InRange(rhythm.UsualAt(Sunday.AddHours(3))!.Value, 98, 105);
        Assert.InRange(rhythm.UsualAt(Sunday.AddHours(12))!.Value, 295, 310);
        Assert.InRange(rhythm.UsualAt(Sunday.AddDays(3).AddHours(12))!.Value, 295, 310);
        Assert.Equal(24, rhythm.Usual.Count(u => u is not null));
    }

    [Fact]
    public void An_hour_of_which_half_was_missed_teaches_nothing_and_a_later_week_counts_three_tenths()
    {
        var rhythm = new FeedRhythm();
        for (var minute = 30; minute <= 60; minute++)
        {
            rhythm.Add(Sunday.AddMinutes(minute), 100);
        }

        Assert.All(rhythm.Usual, u => Assert.Null(u));
        for (var week = 1; week <= 2; week++)
        {
            for (var minute = 0; minute <= 60; minute++)
            {
                rhythm.Add(Sunday.AddDays(7 * week).AddMinutes(minute), week == 1 ? 100 : 200);
            }
        }

        Assert.InRange(rhythm.Usual[0]!.Value, 128, 133);
    }

    [Property(MaxTest = 200)]
    public bool What_was_learnt_is_the_same_after_a_restart(int seed)
    {
        var random = new Random(seed);
        var rhythm = new FeedRhythm();
        for (var (i, at) = (0, Sunday); i < 3000; i++, at = at.AddSeconds(random.Next(1, 300)))
        {
            rhythm.Add(at, random.Next(100));
        }

        var again = new FeedRhythm();
        again.Restore(rhythm.Usual);
        return Enumerable.Range(0, FeedRhythm.HoursOfWeek).All(h => again.UsualAt(Sunday.AddHours(h)) == rhythm.UsualAt(Sunday.AddHours(h)));
    }

    [Fact]
    public void A_feed_is_live_late_down_or_degraded_for_a_reason_in_words()
    {
        var good = new FeedFacts(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10), 100, 100, 1000, 0, 0, TimeSpan.Zero, null, false, false);
        (FeedFacts Facts, FeedCondition Condition, string? Reason)[] cases =
        [
            (good, FeedCondition.Live, null),
            (good with { SinceLast = null }, FeedCondition.Late, "nothing heard yet"),
            (good with { SinceLast = TimeSpan.FromSeconds(14.9) }, FeedCondition.Live, null),
            (good with { SinceLast = TimeSpan.FromSeconds(15.1) }, FeedCondition.Late, "nothing for 15 s, usually something within 10 s"),
            (good with { SinceLast = TimeSpan.FromSeconds(50.1) }, FeedCondition.Down, "nothing for 50 s, usually something within 10 s"),
            (good with { SinceLast = TimeSpan.FromSeconds(7.4), UsualInterval = TimeSpan.FromSeconds(0.1) }, FeedCondition.Live, null),
            (good with { SinceLast = null, Fault = "refused" }, FeedCondition.Down, "refused"),
            (good with { Fault = "connection lost" }, FeedCondition.Late, "connection lost"),
            (good with { LatelyPerMinute = 39 }, FeedCondition.Degraded, "39 messages a minute, 100 are usual at this hour"),
            (good with { RejectedLately = 201 }, FeedCondition.Degraded, "201 of 1000 lines rejected in ten minutes"),
            (good with { Lately = 90, RejectedLately = 90 }, FeedCondition.Live, null),
            (good with { LostLately = 60 }, FeedCondition.Degraded, "60 messages lost in ten minutes, 1000 received"),
            (good with { Skew = TimeSpan.FromSeconds(-121) }, FeedCondition.Degraded, "its clock is 121 s ahead of the watch's"),
            (good with { Skew = TimeSpan.FromSeconds(121), Ends = true }, FeedCondition.Live, null),
            (good with { Finished = true, Ends = true }, FeedCondition.Finished, null),
            (good with { Finished = true }, FeedCondition.Down, "the source has ended"),
        ];
        Assert.All(cases, c => Assert.Equal((c.Condition, c.Reason), c.Facts.Judge(new FeedHealthOptions())));
    }
}
