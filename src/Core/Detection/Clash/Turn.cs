using MaritimeWatch.Tracks;
using MaritimeWatch.Tracks.Segments;
using MaritimeWatch.Units;

namespace MaritimeWatch.Detection.Clash;

/// <summary>Two reports that follow each other under one identity and belong to two chains.</summary>
internal readonly record struct Turn(Fix Before, Fix After, int ChainBefore, int ChainAfter)
{
    public Distance Apart => Geodesy.Between(Before.At, After.At);

    public TimeSpan Wait => After.Time - Before.Time;

    public static IReadOnlyList<Turn> Of(SegmentedTrack track)
    {
        var all = track.Chains.SelectMany((c, i) => c.Fixes.Select(f => (Fix: f, Chain: i))).OrderBy(f => f.Fix).ThenBy(f => f.Chain).ToList();
        return [.. all.Zip(all.Skip(1)).Where(p => p.First.Chain != p.Second.Chain).Select(p => new Turn(p.First.Fix, p.Second.Fix, p.First.Chain, p.Second.Chain))];
    }
}
