using MaritimeWatch.Units;

namespace MaritimeWatch.Tracks.Segments;

/// <summary>
/// Takes the fixes of one identity apart into what single transmitters can have sent, fix by fix in the order of
/// <see cref="Fix.CompareTo"/>; all at once and one by one are the same. Ideas and figures of SCIENCE 4.1
/// (GlobalFishingWatch/gpsdio-segment). A late fix means to begin again: the result is that of the sorted set.
/// </summary>
public sealed class Segmenter(SegmentOptions? options = null)
{
    private readonly SegmentOptions options = options ?? new SegmentOptions();
    private readonly Moves moves = new(options ?? new SegmentOptions());
    private readonly List<Chain> open = [], closed = [];
    private readonly List<TrackSegment> dropped = [];
    private Fix latest;
    private long taken;

    /// <summary>The fixes in any order.</summary>
    public static SegmentedTrack Of(IEnumerable<Fix> fixes, SegmentOptions? options = null)
    {
        var sorted = fixes.ToArray();
        Array.Sort(sorted);
        var segmenter = new Segmenter(options);
        foreach (ref readonly var fix in sorted.AsSpan())
        {
            segmenter.Add(fix);
        }

        return segmenter.Track();
    }

    /// <summary>Takes the next fix.</summary>
    /// <exception cref="ArgumentException">The fix stands before the one taken last.</exception>
    public void Add(in Fix fix)
    {
        if (taken > 0 && fix.CompareTo(latest) < 0)
        {
            throw new ArgumentException($"Fixes come in time order; {FactId.Iso(fix.Time)} came after {FactId.Iso(latest.Time)}. Segment the whole set again.", nameof(fix));
        }

        latest = fix;
        taken++;
        if (fix.Columns.SogTenths is 512 or 630 or 1023)
        {
            dropped.Add(new TrackSegment([fix], NoiseReason.SpeedCode));
        }
        else if (open.Count == 1 && open[0] is var only && moves.CanReach(only.Fixes[^1], fix))
        {
            Join(only, 0, fix);
        }
        else
        {
            Choose(fix);
        }
    }

    /// <summary>What the fixes up to now come to. A stay elsewhere of one or two fixes is noise until a third one comes.</summary>
    public SegmentedTrack Track()
    {
        var all = open.Concat(closed).Select(c => c.Fixes).OrderBy(c => c[0]).ToList();
        var kept = all.Where(c => c.Count >= options.LeastFixes && !IsOutnumbered(c, all)).ToHashSet();
        // Where nothing lasts, nothing tells the ship from the noise.
        kept = kept.Count > 0 ? kept : [.. all];
        return new SegmentedTrack(
            [.. all.Where(kept.Contains).Select(Cut)],
            [.. dropped.Concat(all.Where(c => !kept.Contains(c)).Select(c => new TrackSegment([.. c], NoiseReason.Jump))).OrderBy(s => s.Fixes[0])]);
    }

    private bool IsOutnumbered(List<Fix> few, List<List<Fix>> all)
    {
        return few.Count < options.ShortChain && all.Exists(c => Before(c, few[^1], true) - Before(c, few[0], false) >= options.ShortChain * few.Count);

        static int Before(List<Fix> chain, Fix fix, bool included)
        {
            var at = chain.BinarySearch(fix);
            return at < 0 ? ~at : included ? at + 1 : at;
        }
    }

    private TrackChain Cut(List<Fix> chain)
    {
        var fixes = chain.ToArray();
        var segments = new List<TrackSegment>();
        for (int start = 0, i = 1; i <= fixes.Length; i++)
        {
            if (i == fixes.Length || fixes[i].Time - fixes[i - 1].Time > options.LongestInSegment)
            {
                segments.Add(new TrackSegment(new ArraySegment<Fix>(fixes, start, i - start), null));
                start = i;
            }
        }

        return new TrackChain(fixes, segments);
    }

    // The likeliest of the open chains that can have sent it. A chain whose last fixes rule it out may have them wrong: then
    // they go their own way, if the fix before them foretells this one better than it foretold them.
    private void Choose(in Fix fix)
    {
        Close(fix);
        Chain? best = null;
        var (bestBack, bestScore) = (0, double.NegativeInfinity);
        foreach (var candidate in open)
        {
            var chain = candidate.Fixes;
            var back = 0;
            while (back <= options.LookBack && back < chain.Count && !moves.CanReach(chain[^(back + 1)], fix))
            {
                back++;
            }

            if (back > options.LookBack || back == chain.Count)
            {
                continue;
            }

            var from = chain[^(back + 1)];
            var likely = moves.LogLikelihood(from, fix);
            if (back > 0 && likely <= moves.LogLikelihood(from, chain[^back]))
            {
                continue;
            }

            // Short chains may be noise: they weigh less up to some ten fixes (SCIENCE 4.1).
            var length = (chain.Count - back) / 10.0;
            var score = likely + Math.Log(length / Math.Sqrt(1 + (length * length)));
            if (score > bestScore)
            {
                (best, bestBack, bestScore) = (candidate, back, score);
            }
        }

        if ((best is null || best.Fixes.Count < options.ShortChain) && IsStale(fix))
        {
            dropped.Add(new TrackSegment([fix], NoiseReason.Replay));
        }
        else if (best is null)
        {
            open.Add(new Chain([fix], taken));
        }
        else
        {
            Join(best, bestBack, fix);
        }
    }

    private void Join(Chain joined, int back, in Fix fix)
    {
        var chain = joined.Fixes;
        if (back > 0)
        {
            open.Add(new Chain(chain.GetRange(chain.Count - back, back), joined.LastTaken));
            chain.RemoveRange(chain.Count - back, back);
        }

        joined.LastTaken = taken;
        var last = chain[^1];
        if (IsReplay(last, fix))
        {
            dropped.Add(new TrackSegment([fix], NoiseReason.Replay));
        }
        else if (IsCoarse(fix))
        {
            if (!IsCoarse(last) && fix.Time - last.Time < options.CoarseBesideFine)
            {
                dropped.Add(new TrackSegment([fix], NoiseReason.CoarseBesideFine));
            }
            else
            {
                chain.Add(fix);
            }
        }
        else
        {
            DropCoarse(chain, fix);
            chain.Add(fix);
        }
    }

    private void DropCoarse(List<Fix> chain, in Fix fine)
    {
        while (chain.Count > 0 && IsCoarse(chain[^1]) && fine.Time - chain[^1].Time < options.CoarseBesideFine && (chain.Count == 1 || moves.CanReach(chain[^2], fine)))
        {
            dropped.Add(new TrackSegment([chain[^1]], NoiseReason.CoarseBesideFine));
            chain.RemoveAt(chain.Count - 1);
        }
    }

    // A few fixes that nothing followed for as long as a segment lasts, or that many others have passed by, are done with.
    private void Close(in Fix fix)
    {
        for (var i = open.Count - 1; i >= 0 && open.Count > 1; i--)
        {
            var (fixes, waited) = (open[i].Fixes, fix.Time - open[i].Fixes[^1].Time);
            if ((fixes.Count < options.LeastFixes && waited > options.LongestInSegment)
                || (fixes.Count < options.ShortChain && waited > options.ShortChainWaits && taken - open[i].LastTaken > options.ShortChain * fixes.Count))
            {
                closed.Add(open[i]);
                open.RemoveAt(i);
            }
        }

        if (open.Count >= options.MostOpen)
        {
            var least = open.OrderBy(c => c.Fixes.Count).ThenBy(c => c.Fixes[^1]).First();
            open.Remove(least);
            closed.Add(least);
        }
    }

    // A report that a slow way delivered minutes late and that was dated by its receipt: all but its time was heard before.
    private bool IsStale(in Fix fix)
    {
        var sent = WithoutTime(fix);
        foreach (var chain in open)
        {
            for (var i = chain.Fixes.Count - 1; i >= 0 && fix.Time - chain.Fixes[i].Time <= options.StaleWithin; i--)
            {
                if (WithoutTime(chain.Fixes[i]) == sent)
                {
                    return true;
                }
            }
        }

        return false;

        static Fix WithoutTime(in Fix f)
        {
            var c = f.Columns;
            return Fix.FromColumns(0, c.LatE7, c.LonE7, c.SogTenths, c.CogTenths, c.HeadingDeg, c.Status, c.Origin);
        }
    }

    private bool IsReplay(in Fix last, in Fix fix) =>
        fix.Columns.LatE7 == last.Columns.LatE7 && fix.Columns.LonE7 == last.Columns.LonE7
        && Math.Min(fix.SogKnots ?? 0, last.SogKnots ?? 0) is >= 1 and var sogKnots && Speed.FromKnots(sogKnots) * (fix.Time - last.Time) > options.ReplayBeyond;

    /// <summary>
    /// On the grid of message 27: tenths of a minute, whole knots and degrees. Places that decimal rounding gives too
    /// (multiples of 0.005°) are no sign.
    /// </summary>
    private static bool IsCoarse(in Fix fix)
    {
        var (_, lat, lon, sog, cog, heading, _, _) = fix.Columns;
        return heading < 0 && (sog < 0 || sog % 10 == 0) && (cog < 0 || cog % 10 == 0) && OnGrid(lat) && OnGrid(lon) && (lat % 50_000 != 0 || lon % 50_000 != 0);

        static bool OnGrid(int e7) => Math.Abs((e7 * 6e-5) - Math.Round(e7 * 6e-5)) < 1e-4;
    }

    /// <summary>Fixes of one transmitter so far, and the count of all fixes when the last one came.</summary>
    private sealed class Chain(List<Fix> fixes, long lastTaken)
    {
        public List<Fix> Fixes => fixes;

        public long LastTaken { get; set; } = lastTaken;
    }
}
