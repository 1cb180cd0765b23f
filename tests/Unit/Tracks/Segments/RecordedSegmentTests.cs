using MaritimeWatch.Tracks;
using MaritimeWatch.Tracks.Segments;
using MaritimeWatch.Units;

namespace MaritimeWatch.Unit.Recorded;

/// <summary>Tracks that others have taken apart, or that were one ship's.</summary>
public sealed class RecordedSegmentTests(ITestOutputHelper output)
{
    /// <summary>
    /// The publisher's file holds one ship whose reports were partly dated wrongly: she runs 3 to 24 nm ahead of herself for a
    /// fix or two. The publisher has one long segment and 23 short ones (at most two fixes at one second).
    /// </summary>
    [Fact]
    public void The_labelled_track_comes_apart_as_its_publisher_has_it_but_for_what_wrong_clocks_and_coarse_reports_explain()
    {
        var rows = RecordedTracks.Collision("338013000.labelled.jsonl.gz");
        var track = Segmenter.Of(rows.Select(r => r.Fix));
        Tell(track);
        var main = rows.GroupBy(r => r.Expected).MaxBy(g => g.Count())!.Key;
        var ours = Assert.Single(track.Chains).Fixes.ToHashSet();
        var reasons = track.Noise.SelectMany(n => n.Fixes.Select(f => (f, n.Noise!.Value))).DistinctBy(p => p.f).ToDictionary(p => p.f, p => p.Value);
        foreach (var theirs in rows.GroupBy(r => r.Expected).OrderByDescending(g => g.Count()))
        {
            output.WriteLine($"{theirs.Key,-40} {theirs.Count(),5}: chain {theirs.Count(r => ours.Contains(r.Fix))}, {string.Join(", ", theirs.Where(r => !ours.Contains(r.Fix)).GroupBy(r => reasons[r.Fix]).Select(g => $"{g.Key} {g.Count()}"))}");
        }

        var fine = rows.Where(r => ours.Contains(r.Fix) || reasons[r.Fix] != NoiseReason.CoarseBesideFine).ToList();
        var both = rows.Count(r => r.Expected == main && ours.Contains(r.Fix));
        var neither = rows.Count(r => r.Expected != main && !ours.Contains(r.Fix));
        output.WriteLine($"{rows.Count} fixes: {both} in both long tracks, {neither} noise in both, {rows.Count - fine.Count} coarse reports that the publisher's version kept, {rows.Count - both - neither - (rows.Count - fine.Count)} others differ");
        output.WriteLine($"adjusted Rand index {AdjustedRand(Pairs(rows)):0.000}, without the coarse reports {AdjustedRand(Pairs(fine)):0.000}");
        // Where the publisher took a fix 19 to 27 nm ahead of her for hers, it set aside what she truly sent next: from 06:00:38
        // to 06:06:37, and at 17:44:09. Those are on her way at 11 kn, the one ahead is not.
        Assert.Equal(23, rows.Count(r => r.Expected != main && ours.Contains(r.Fix)));
        Assert.All(rows.Where(r => r.Expected != main && ours.Contains(r.Fix)), r => Assert.True(r.Fix.Time.Day == 20 && r.Fix.Time.TimeOfDay is { Hours: 6, Minutes: < 7 } or { Hours: 17, Minutes: 44 }));
        Assert.Equal(9, rows.Count(r => r.Expected == main && reasons.GetValueOrDefault(r.Fix, NoiseReason.Replay) == NoiseReason.Jump));
        Assert.Equal(7, neither);
        Assert.Equal(1136, both);

        List<(string, string)> Pairs(List<(Fix Fix, string? Expected)> of) => [.. of.Select(r => (r.Expected!, ours.Contains(r.Fix) ? "chain" : FactId.Iso(r.Fix.Time)))];
    }

    /// <summary>The publisher's name for the file says two transmitters; no two of its fixes show one: none implies over 15 kn.</summary>
    [Fact]
    public void A_track_without_an_impossible_move_is_one_chain_whatever_it_is_called()
    {
        var fixes = RecordedTracks.Collision("263576000.jsonl.gz").Select(r => r.Fix).Order().ToList();
        Assert.DoesNotContain(fixes.Zip(fixes.Skip(1)), p => Geodesy.Between(p.First.At, p.Second.At) is { NauticalMiles: > 0.05 } d && d.NauticalMiles > 15 * (p.Second.Time - p.First.Time).TotalHours);
        var track = Segmenter.Of(fixes);
        Tell(track);
        Assert.Equal(fixes, Assert.Single(track.Chains).Fixes);
        Assert.Empty(track.Noise);
    }

    [Theory]
    [InlineData("538004030_drift_1.ais.gz", 538004030, 9)]
    [InlineData("219165000_ssc_1.ais", 219165000, 0)]
    public void A_ship_recorded_on_the_coast_is_one_chain_and_only_late_repeats_are_noise(string file, int mmsi, int repeats)
    {
        var fixes = RecordedTracks.Drift(file, mmsi);
        var track = Segmenter.Of(fixes);
        output.WriteLine($"{fixes.Count} fixes, {fixes[0].Time:u} to {fixes[^1].Time:u}");
        Tell(track);
        Assert.Single(Assert.Single(track.Chains).Segments);
        Assert.Equal(repeats, track.Noise.Count(n => n.Noise == NoiseReason.Replay));
        // One more report came 17 minutes late, and the first time it was not received.
        Assert.Equal(repeats == 0 ? 0 : 1, track.Noise.Count(n => n.Noise == NoiseReason.Jump));
    }

    private void Tell(SegmentedTrack track)
    {
        foreach (var chain in track.Chains)
        {
            output.WriteLine($"chain of {chain.Fixes.Count} in {chain.Segments.Count}: {chain.Fixes[0].Time:MM-dd HH:mm:ss} {chain.Fixes[0].At} to {chain.Fixes[^1].Time:MM-dd HH:mm:ss} {chain.Fixes[^1].At}");
        }

        foreach (var noise in track.Noise)
        {
            output.WriteLine($"noise {noise.Noise} of {noise.Fixes.Count}: {noise.Fixes[0].Time:MM-dd HH:mm:ss} {noise.Fixes[0].At}");
        }
    }

    // Hubert and Arabie 1985: pairs together in both, above what chance would put together.
    private static double AdjustedRand(List<(string A, string B)> labels)
    {
        double Pairs(IEnumerable<int> sizes) => sizes.Sum(n => n * (n - 1.0) / 2);
        double both = Pairs(labels.GroupBy(l => l).Select(g => g.Count())), a = Pairs(labels.GroupBy(l => l.A).Select(g => g.Count())), b = Pairs(labels.GroupBy(l => l.B).Select(g => g.Count()));
        var chance = a * b / Pairs([labels.Count]);
        return (both - chance) / (((a + b) / 2) - chance);
    }
}
