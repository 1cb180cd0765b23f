using FsCheck.Xunit;
using MaritimeWatch.Detection.Meetings;
using MaritimeWatch.Units;

namespace MaritimeWatch.Unit.Findings;

/// <summary>What a meeting weighs against the traffic, and how long two unseen ships can have lain together.</summary>
public class ChanceTests
{
    private static readonly DateTimeOffset Start = new(2024, 3, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_meeting_in_an_empty_sea_weighs_three_nats_and_in_a_crowd_nothing()
    {
        Assert.Equal(3, new ChanceMeeting(0, 1).Nats);
        Assert.Equal(3, new ChanceMeeting(0.001, 1).Nats);
        Assert.Equal(0, new ChanceMeeting(20, 1).Nats, 1e-6);
        Assert.Equal(-Math.Log(1 - Math.Exp(-0.5)), new ChanceMeeting(0.5, 1).Nats, 1e-12);
        Assert.Equal(Math.Log(0.25) - Math.Log(1 - Math.Exp(-0.5)), new ChanceMeeting(0.5, 0.25).Nats, 1e-12);
        Assert.Equal(-3, new ChanceMeeting(5, 0).Nats);
    }

    [Property]
    public void More_traffic_never_makes_a_meeting_weigh_more(byte others, byte more)
    {
        Distance within = Distance.FromNauticalMiles(2), reach = Distance.FromMetres(500);
        var few = ChanceMeeting.Among(others, within, reach, 1).Nats;
        Assert.True(ChanceMeeting.Among(others + more, within, reach, 1).Nats <= few);
        Assert.InRange(few, -3, 3);
    }

    [Fact]
    public void Ships_that_lie_at_one_place_unseen_can_have_lain_together_the_whole_time()
    {
        var way = Way(10, 20, 0, 10, 20, 6);
        var meeting = FeasibleMeeting.Of(way, way);
        Assert.Equal(TimeSpan.FromHours(6), meeting.Longest);
        Assert.Equal(1, meeting.Share);
    }

    [Fact]
    public void Ships_half_way_towards_each_other_have_what_the_way_there_and_back_leaves()
    {
        // 60 nm apart at 10 kn: 3 h to the middle, 3 h back, of 12 h.
        var meeting = FeasibleMeeting.Of(Way(0, 0, 0, 0, 0, 12), Way(1, 0, 0, 1, 0, 12));
        Assert.InRange(meeting.Longest.TotalHours, 5.8, 6.2);
        Assert.Equal(0.5, meeting.At!.Value.LatDeg, 0.02);
        Assert.InRange(meeting.Share, 0.48, 0.52);
    }

    [Fact]
    public void Ships_too_far_apart_cannot_have_met()
    {
        var meeting = FeasibleMeeting.Of(Way(0, 0, 0, 0, 0, 5), Way(1, 0, 0, 1, 0, 5));
        Assert.Equal((TimeSpan.Zero, null, 0), (meeting.Longest, meeting.At, meeting.Share));
        Assert.Null(FeasibleMeeting.Of(Way(0, 0, 0, 0, 0, 5), Way(0, 0, 6, 0, 0, 9)).At);
    }

    [Fact]
    public void A_ship_not_heard_again_has_no_way_back_to_make()
    {
        var open = new UnseenWay(new GeoPoint(0, 0), Start, null, Start.AddHours(12), Speed.FromKnots(10));
        Assert.InRange(FeasibleMeeting.Of(open, open with { From = new GeoPoint(1, 0) }).Longest.TotalHours, 8.8, 9.2);
    }

    [Fact]
    public void A_meeting_across_the_antimeridian_is_seen() =>
        Assert.InRange(FeasibleMeeting.Of(Way(0, 179.5, 0, 0, 179.5, 12), Way(0, -179.5, 0, 0, -179.5, 12)).Longest.TotalHours, 5.8, 6.2);

    [Property(MaxTest = 60)]
    public void The_longest_time_is_what_the_best_of_many_places_allows_but_for_the_grid(int seed)
    {
        var random = new Random(seed);
        UnseenWay a = Any(random), b = Any(random);
        var found = FeasibleMeeting.Of(a, b);
        var best = TimeSpan.Zero;
        for (var i = 0; i < 2000; i++)
        {
            var at = new GeoPoint(54 + (random.NextDouble() * 2), 10 + (random.NextDouble() * 3));
            best = Together(a, b, at) is var time && time > best ? time : best;
        }

        // Whole ten minutes cost up to ten at either end; ten more for the search.
        Assert.True(found.Longest >= best - TimeSpan.FromMinutes(30), $"{found.Longest} at {found.At}, but {best} is possible");
        if (found.At is { } place)
        {
            Assert.True(Together(a, b, place) >= found.Longest);
        }
    }

    [Property(MaxTest = 200)]
    public void Which_of_the_two_is_named_first_changes_no_bit_of_a_feasible_meeting(int seed)
    {
        var random = new Random(seed);
        UnseenWay a = Any(random), b = Any(random);
        Assert.Equal(FeasibleMeeting.Of(a, b), FeasibleMeeting.Of(b, a));
    }

    private static UnseenWay Way(double fromLatDeg, double fromLonDeg, double fromHour, double toLatDeg, double toLonDeg, double toHour) =>
        new(new GeoPoint(fromLatDeg, fromLonDeg), Start.AddHours(fromHour), new GeoPoint(toLatDeg, toLonDeg), Start.AddHours(toHour), Speed.FromKnots(10));

    private static UnseenWay Any(Random random)
    {
        var start = Start.AddHours(random.NextDouble() * 6);
        return new UnseenWay(Place(), start, random.Next(4) == 0 ? null : Place(), start.AddHours(6 + (random.NextDouble() * 20)), Speed.FromKnots(5 + (random.NextDouble() * 15)));

        GeoPoint Place() => new(54.5 + random.NextDouble(), 11 + random.NextDouble());
    }

    // What the definition says of one place, a way of either ship from it to within 250 m.
    private static TimeSpan Together(UnseenWay a, UnseenWay b, GeoPoint at)
    {
        var from = new[] { a, b }.Max(w => w.Start + Sailing(w, w.From));
        var to = new[] { a, b }.Min(w => w.To is { } next ? w.End - Sailing(w, next) : w.End);
        return to - from;

        TimeSpan Sailing(UnseenWay w, GeoPoint p) => TimeSpan.FromHours(Math.Max(0, Geodesy.Between(p, at).Metres - 250) / 1852 / w.Top.Knots);
    }
}
