using MaritimeWatch.Units;

namespace MaritimeWatch.Tracks.Ports;

/// <summary>
/// A port call: from the first fix within 5 nm of a port's point to the last before she is 7 nm away, when between them she lay still for
/// half an hour or more. Source of the pattern: Global Fishing Watch, pipe-anchorages (port visits); the radii are our own.
/// Not claimed: that she berthed, what she did there, or that she called nowhere else; a place without a port on the list is not seen.
/// </summary>
public sealed class PortCalls(PortIndex ports, PortCallOptions options)
{
    /// <summary>All calls of one vessel, oldest first; the last may still go on.</summary>
    /// <param name="fixes">Her fixes in time order.</param>
    /// <param name="asOf">The latest time of which something could be known: a stay not heard of for long is not certain to go on.</param>
    public IReadOnlyList<PortCall> Of(IReadOnlyList<Fix> fixes, DateTimeOffset asOf)
    {
        var calls = new List<PortCall>();
        for (var i = 0; i < fixes.Count;)
        {
            if (ports.Nearest(fixes[i].At, options.Within) is not { } near)
            {
                i++;
                continue;
            }

            var last = LastOf(fixes, i, near.Port);
            if (CallOf(fixes, i, last, asOf) is { } call)
            {
                calls.Add(call);
            }

            i = last + 1;
        }

        return calls;
    }

    // The port she came to first may not be the one she lies at: she is near as long as she is within the wider radius of either.
    private int LastOf(IReadOnlyList<Fix> fixes, int first, Port port)
    {
        var last = first;
        for (var j = first + 1; j < fixes.Count; j++)
        {
            var still = Geodesy.RoughNm(fixes[j].LatDeg, fixes[j].LonDeg, port.At.LatDeg, port.At.LonDeg) <= options.Beyond.NauticalMiles;
            if (!still && ports.Nearest(fixes[j].At, options.Within) is { } other && IsStill(fixes[j]) && StillIn(fixes, first, last) < options.LeastStop)
            {
                (port, still) = (other.Port, true);
            }

            if (!still)
            {
                break;
            }

            last = j;
        }

        return last;
    }

    private PortCall? CallOf(IReadOnlyList<Fix> fixes, int first, int last, DateTimeOffset asOf)
    {
        if (StillIn(fixes, first, last) < options.LeastStop)
        {
            return null;
        }

        var stay = Enumerable.Range(first, last - first + 1).ToList();
        var lying = stay.Where(k => IsStill(fixes[k])).ToList();
        var at = fixes[lying[lying.Count / 2]].At;
        var (open, quiet) = (last == fixes.Count - 1, asOf - fixes[last].Time > options.MostSilence);
        return new PortCall(
            ports.Nearest(at, options.Beyond)!.Value.Port,
            fixes[first].Time,
            first > 0 && fixes[first].Time - fixes[first - 1].Time <= options.MostSilence,
            open && !quiet ? null : fixes[last].Time,
            open ? !quiet : fixes[last + 1].Time - fixes[last].Time <= options.MostSilence,
            stay.Skip(1).All(k => fixes[k].Time - fixes[k - 1].Time <= options.MostSilence),
            StillTime(fixes, first, last),
            stay.Count);
    }

    private bool IsStill(Fix fix) => fix.SaysStationary ? fix.SogKnots is null || fix.SogKnots <= 2 : fix.SogKnots <= options.Still.Knots;

    // The longest piece in which every fix says that she lay still and none was longer away than a silence may be.
    private TimeSpan StillIn(IReadOnlyList<Fix> fixes, int first, int last) => Pieces(fixes, first, last).DefaultIfEmpty().Max();

    private TimeSpan StillTime(IReadOnlyList<Fix> fixes, int first, int last) => Pieces(fixes, first, last).Aggregate(TimeSpan.Zero, (sum, piece) => sum + piece);

    private IEnumerable<TimeSpan> Pieces(IReadOnlyList<Fix> fixes, int first, int last)
    {
        DateTimeOffset? from = null;
        for (var k = first; k <= last; k++)
        {
            if (!IsStill(fixes[k]))
            {
                from = null;
                continue;
            }

            from = k > first && from is not null && fixes[k].Time - fixes[k - 1].Time <= options.MostSilence ? from : fixes[k].Time;
            if (k == last || !IsStill(fixes[k + 1]) || fixes[k + 1].Time - fixes[k].Time > options.MostSilence)
            {
                yield return fixes[k].Time - from.Value;
            }
        }
    }
}
