using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Detection.Interference;

/// <summary>A move no vessel makes, confirmed by a second report at the new place.</summary>
/// <param name="TrackId">Whose; only told apart, never weighed.</param>
/// <param name="From">Last report before.</param>
/// <param name="To">First report after.</param>
public readonly record struct Jump(string TrackId, Fix From, Fix To);

/// <summary>
/// Notices jumps on the hot path: one look-up and one distance a fix. A single report elsewhere (a bit error, one of two ships
/// under a number) makes none. Fixes of a track come in time order; an earlier one is passed over.
/// </summary>
public sealed class JumpWatch(InterferenceOptions? options = null)
{
    private readonly double leastNm = (options ?? new InterferenceOptions()).LeastJump.NauticalMiles, leastKnots = (options ?? new InterferenceOptions()).LeastSpeed.Knots;
    private readonly Dictionary<string, Last> tracks = [];

    /// <summary>Takes a fix; gives the jump it confirms, else null.</summary>
    public Jump? Observe(string trackId, in Fix fix)
    {
        if (!tracks.TryGetValue(trackId, out var last))
        {
            tracks[trackId] = new Last { Fix = fix };
            return null;
        }

        if (fix.Time < (last.Elsewhere ?? last.Fix).Time)
        {
            return null;
        }

        if (last.Elsewhere is not { } elsewhere)
        {
            if (IsJump(last.Fix, fix))
            {
                last.Elsewhere = fix;
            }
            else
            {
                last.Fix = fix;
            }

            return null;
        }

        // Back where she was, or elsewhere again: the one report was astray.
        if (!IsJump(last.Fix, fix) || IsJump(elsewhere, fix))
        {
            last.Elsewhere = IsJump(last.Fix, fix) ? fix : null;
            last.Fix = last.Elsewhere is null ? fix : last.Fix;
            return null;
        }

        var jump = new Jump(trackId, last.Fix, elsewhere);
        (last.Fix, last.Elsewhere) = (fix, null);
        return jump;
    }

    /// <summary>Drops tracks not heard since a time, so that a live watch keeps its memory.</summary>
    public void Forget(DateTimeOffset before)
    {
        foreach (var (id, last) in tracks)
        {
            if (last.Fix.Time < before)
            {
                tracks.Remove(id);
            }
        }
    }

    private bool IsJump(in Fix from, in Fix to)
    {
        // Three hundredths of a degree are at most 2.6 nm: nearly every fix ends here.
        const double NearDeg = 0.03;
        if (Math.Abs(from.LatDeg - to.LatDeg) < NearDeg && Math.Abs(from.LonDeg - to.LonDeg) < NearDeg)
        {
            return false;
        }

        var distanceNm = Geodesy.Between(from.At, to.At).NauticalMiles;
        // Aircraft in search and rescue say how fast they are.
        var ownKnots = 1.2 * Math.Min(from.SogKnots ?? 0, to.SogKnots ?? 0);
        return distanceNm > leastNm && distanceNm > Math.Max(leastKnots, ownKnots) * (to.Time - from.Time).TotalHours;
    }

    private sealed class Last
    {
        public Fix Fix { get; set; }

        public Fix? Elsewhere { get; set; }
    }
}
