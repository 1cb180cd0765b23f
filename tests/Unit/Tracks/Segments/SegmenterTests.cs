using FsCheck.Xunit;
using MaritimeWatch.Tracks;
using MaritimeWatch.Tracks.Segments;
using MaritimeWatch.Units;

namespace MaritimeWatch.Unit.Recorded;

/// <summary>Made ships, alone and under one identity.</summary>
public sealed class SegmenterTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 14, 0, 0, 0, TimeSpan.Zero);

    [Property(MaxTest = 200)]
    public bool Two_far_ships_under_one_identity_come_apart_exactly(int seed)
    {
        var random = new Random(seed);
        var a = Walk(random, new GeoPoint((random.NextDouble() * 120) - 60, (random.NextDouble() * 360) - 180), 60);
        var b = Walk(random, Geodesy.Destination(a[0].At, Course.FromDegrees(random.Next(360)), Distance.FromNauticalMiles(1000 + random.Next(3000))), 60);
        var track = Segmenter.Of(Shuffled(a.Concat(b), random));
        return track.Noise.Count == 0 && track.Chains.Count == 2 && track.Chains.All(c => c.Fixes.SequenceEqual(a) || c.Fixes.SequenceEqual(b));
    }

    [Property(MaxTest = 200)]
    public bool Every_fix_is_in_one_segment_and_no_chain_goes_faster_than_a_ship_can(int seed)
    {
        var random = new Random(seed);
        var fixes = Mess(random);
        var track = Segmenter.Of(fixes);
        return track.Segments.SelectMany(s => s.Fixes).Order().SequenceEqual(fixes.Order())
            && track.Chains.All(c => c.Fixes.SequenceEqual(c.Segments.SelectMany(s => s.Fixes)) && c.Fixes.SequenceEqual(c.Fixes.Order()))
            && track.Chains.All(c => c.Fixes.Zip(c.Fixes.Skip(1)).All(p => IsFeasible(p.First, p.Second)));
    }

    [Property(MaxTest = 200)]
    public bool Order_changes_nothing_and_one_by_one_is_the_same_as_at_once(int seed)
    {
        var random = new Random(seed);
        var fixes = Mess(random);
        var oneByOne = new Segmenter();
        var tries = new HashSet<int> { random.Next(fixes.Count), random.Next(fixes.Count) };
        var same = true;
        var sorted = fixes.Order().ToList();
        for (var i = 0; i < sorted.Count; i++)
        {
            oneByOne.Add(sorted[i]);
            same &= !tries.Contains(i) || Same(oneByOne.Track(), Segmenter.Of(Shuffled(sorted.Take(i + 1), random)));
        }

        return same && Same(oneByOne.Track(), Segmenter.Of(Shuffled(fixes, random)));
    }

    [Property(MaxTest = 100)]
    public bool A_silence_with_a_feasible_move_stays_in_one_chain(int seed)
    {
        var random = new Random(seed);
        var before = Walk(random, new GeoPoint((random.NextDouble() * 120) - 60, (random.NextDouble() * 360) - 180), 30);
        var after = Walk(random, Geodesy.Destination(before[^1].At, Course.FromDegrees(random.Next(360)), Distance.FromNauticalMiles(random.Next(12 * 20))), 30, before[^1].Time.AddHours(12) - Start);
        var track = Segmenter.Of(before.Concat(after));
        return track.Noise.Count == 0 && track.Chains.Count == 1 && track.Chains[0].Segments.Count == 2 && track.Chains[0].Segments[0].Fixes.SequenceEqual(before);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void One_or_two_fixes_elsewhere_are_noise_and_three_are_a_chain(int strays)
    {
        Assert.Equal((1, 1), Count(strays));
        Assert.Equal((2, 0), Count(3));

        // She is heard elsewhere in a pause of her own, as when her GNSS is led astray.
        static (int Chains, int Noise) Count(int n)
        {
            var own = Steady(0, 40).Concat(Steady(60, 100));
            var track = Segmenter.Of(own.Concat(Steady(45, 45 + n, latDeg: 51)));
            return (track.Chains.Count, track.Noise.Count(s => s.Noise == NoiseReason.Jump && s.Fixes.Count == n));
        }
    }

    [Fact]
    public void A_few_fixes_among_ten_times_as_many_elsewhere_are_noise()
    {
        var strays = Steady(10, 90).Where((_, i) => i % 16 == 3).Select(f => new Fix(f.Time.AddSeconds(7), Geodesy.Destination(f.At, Course.FromDegrees(90), Distance.FromNauticalMiles(12)), f.SogKnots, f.CogDeg)).ToList();
        Assert.Equal(5, strays.Count);
        var track = Segmenter.Of(Steady(0, 100).Concat(strays));
        Assert.Equal(100, Assert.Single(track.Chains).Fixes.Count);
        Assert.Equal(strays, track.Noise.SelectMany(n => n.Fixes));
    }

    [Fact]
    public void A_stray_fix_that_came_first_is_known_by_what_follows()
    {
        // A jump of 1.4 nm in six minutes is no impossible one, but the next fix shows that it was not where she went.
        var own = Steady(0, 10).Concat(Steady(17, 40)).ToList();
        var stray = new Fix(Start.AddMinutes(16.5), Geodesy.Destination(own[10].At, Course.FromDegrees(90), Distance.FromNauticalMiles(1.4)), 10, 90);
        var track = Segmenter.Of(own.Append(stray));
        Assert.Equal(own, Assert.Single(track.Chains).Fixes);
        Assert.Equal(stray, Assert.Single(Assert.Single(track.Noise).Fixes));
    }

    [Fact]
    public void A_place_repeated_at_speed_is_a_replay_and_a_ship_at_rest_is_not()
    {
        var frozen = Enumerable.Range(0, 5).Select(m => new Fix(Start.AddMinutes(40 + (2 * m)), Steady(39, 40)[0].At, 10, 90)).ToList();
        var track = Segmenter.Of(Steady(0, 40).Concat(frozen).Concat(Steady(52, 80)));
        Assert.Equal(5, track.Noise.Count(n => n.Noise == NoiseReason.Replay) + track.Chains[0].Fixes.Count(f => f.At == frozen[0].At) - 1);
        Assert.True(track.Noise.Count(n => n.Noise == NoiseReason.Replay) >= 4);
        Assert.Empty(Segmenter.Of(Enumerable.Range(0, 50).Select(m => new Fix(Start.AddMinutes(3 * m), new GeoPoint(50, 1), 0.1, null))).Noise);
    }

    [Fact]
    public void A_report_that_comes_again_much_later_is_a_replay()
    {
        var own = Steady(0, 60);
        var late = own.Skip(10).Take(8).Select(f => new Fix(f.Time.AddMinutes(17.5), f.At, f.SogKnots, f.CogDeg)).ToList();
        var track = Segmenter.Of(own.Concat(late));
        Assert.Equal(own, Assert.Single(track.Chains).Fixes);
        Assert.Equal(late, track.Noise.Where(n => n.Noise == NoiseReason.Replay).SelectMany(n => n.Fixes));
    }

    [Theory]
    [InlineData(51.2, true)]
    [InlineData(63.0, true)]
    [InlineData(102.3, true)]
    [InlineData(51.1, false)]
    public void A_speed_that_is_a_code_is_noise(double sogKnots, bool code)
    {
        var track = Segmenter.Of(Steady(0, 20).Append(new Fix(Start.AddMinutes(9.5), Steady(9, 10)[0].At, sogKnots, 90)));
        Assert.Equal(code ? [NoiseReason.SpeedCode] : [], track.Noise.Select(n => n.Noise!.Value));
    }

    [Theory]
    [InlineData(10.5, false)]
    [InlineData(50, false)]
    [InlineData(150, true)]
    public void A_coarse_fix_is_left_out_beside_fine_ones_and_kept_where_it_stands_alone(double minute, bool kept)
    {
        var near = Steady(0, 200)[(int)minute];
        var coarse = new Fix(Start.AddMinutes(minute), new GeoPoint(Math.Floor(near.LatDeg * 600) / 600, (Math.Floor(near.LonDeg * 600) + 0.0) / 600), 10, 90);
        var track = Segmenter.Of(Steady(0, 40).Concat(Steady(60, 70)).Concat(Steady(215, 220)).Append(coarse));
        Assert.Equal(kept ? [] : [NoiseReason.CoarseBesideFine], track.Noise.Select(n => n.Noise!.Value));
        Assert.Equal(55 + (kept ? 1 : 0), Assert.Single(track.Chains).Fixes.Count);
    }

    [Fact]
    public void A_fix_out_of_order_is_refused()
    {
        var segmenter = new Segmenter();
        segmenter.Add(Steady(5, 6)[0]);
        Assert.Throws<ArgumentException>(() => segmenter.Add(Steady(4, 5)[0]));
    }

    /// <summary>One fix a minute, east at 10 kn along 50° N.</summary>
    private static List<Fix> Steady(int fromMinute, int toMinute, double latDeg = 50.00187) => [.. Enumerable.Range(fromMinute, toMinute - fromMinute)
        .Select(m => new Fix(Start.AddMinutes(m), new GeoPoint(latDeg, (m * 10 / 60.0 / 38.6) + 0.00023), 10, 90))];

    /// <summary>A ship that changes course and speed as ships do, heard at irregular times.</summary>
    private static List<Fix> Walk(Random random, GeoPoint at, int count, TimeSpan from = default)
    {
        var fixes = new List<Fix>();
        double courseDeg = random.Next(360), knots = random.Next(20);
        var time = Start + from;
        for (var i = 0; i < count; i++)
        {
            var wait = TimeSpan.FromSeconds(random.Next(20) == 0 ? random.Next(60, 1200) : random.Next(10, 60));
            courseDeg += (random.NextDouble() * 10) - 5;
            knots = Math.Clamp(knots + random.NextDouble() - 0.5, 0.1, 22);
            time += wait;
            at = Geodesy.Destination(at, Course.FromDegrees(courseDeg), Speed.FromKnots(knots) * wait);
            fixes.Add(new Fix(time, at, knots, Course.FromDegrees(courseDeg).Degrees, null, null, TransponderClass.A));
        }

        return fixes;
    }

    /// <summary>One to three ships, near or far, with strays, repeats and codes among them.</summary>
    private static List<Fix> Mess(Random random)
    {
        var place = new GeoPoint((random.NextDouble() * 178) - 89, (random.NextDouble() * 360) - 180);
        var fixes = Enumerable.Range(0, random.Next(1, 4))
            .SelectMany(_ => Walk(random, Geodesy.Destination(place, Course.FromDegrees(random.Next(360)), Distance.FromNauticalMiles(random.Next(2) == 0 ? random.Next(10) : random.Next(1000))), random.Next(5, 60))).ToList();
        for (var i = random.Next(8); i > 0; i--)
        {
            var near = fixes[random.Next(fixes.Count)];
            fixes.Add(new Fix(near.Time.AddMinutes(random.Next(90)), random.Next(3) == 0 ? near.At : Geodesy.Destination(near.At, Course.FromDegrees(random.Next(360)), Distance.FromNauticalMiles(random.NextDouble() * 30)), random.Next(4) == 0 ? 102.3 : near.SogKnots, near.CogDeg));
        }

        return fixes;
    }

    private static bool IsFeasible(Fix a, Fix b) => (b.Time - a.Time).TotalHours is var hours
        && Geodesy.Between(a.At, b.At).NauticalMiles <= 0.502 + (50.1 * Math.Max(1, 1.2 * Math.Min(a.SogKnots ?? 0, b.SogKnots ?? 0) / 50) * hours);

    private static bool Same(SegmentedTrack a, SegmentedTrack b) => a.Segments.Count == b.Segments.Count && a.Chains.Count == b.Chains.Count
        && a.Segments.Zip(b.Segments).All(p => p.First.Noise == p.Second.Noise && p.First.Fixes.SequenceEqual(p.Second.Fixes))
        && a.Chains.Zip(b.Chains).All(p => p.First.Fixes.SequenceEqual(p.Second.Fixes));

    private static Fix[] Shuffled(IEnumerable<Fix> fixes, Random random)
    {
        var all = fixes.ToArray();
        random.Shuffle(all);
        return all;
    }
}
