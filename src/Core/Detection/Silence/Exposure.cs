using MaritimeWatch.Detection.Reception;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Detection.Silence;

/// <summary>
/// How much a silence should have been heard: the least number of ten-minute slots in which a transmitting ship in her place
/// would have been received, given how fast she can have left the water where others were heard.
/// </summary>
public sealed record Exposure
{
    /// <summary>Sum over the slots of the share of witnesses heard.</summary>
    public required double ExpectedSlots { get; init; }

    /// <summary>Slots in which she must have been within reception and somebody could witness it.</summary>
    public required int WitnessedSlots { get; init; }

    /// <summary>Most witnesses in one slot.</summary>
    public required int MostWitnesses { get; init; }

    /// <summary>True when she could have left reception and, for a closed silence, come back in the time.</summary>
    public required bool CouldLeave { get; init; }

    /// <summary>By sea from the last place to the nearest water where nobody was heard; null when none was near enough.</summary>
    public required Distance? WayOut { get; init; }

    public required Speed TopSpeed { get; init; }

    /// <summary>Her own slots in the look-back: heard, and expected by the witnesses around.</summary>
    public required int OwnHeard { get; init; }

    public required double OwnExpected { get; init; }

    /// <summary>Others near the last place who were heard in the half hour before, and how many of them in the hour after.</summary>
    public required int OthersBefore { get; init; }

    public required int OthersAfter { get; init; }

    /// <summary>Others there were themselves heard in less than half of the slots.</summary>
    public bool IsPoor => WitnessedSlots > 2 && ExpectedSlots < WitnessedSlots / 2.0;

    public static Exposure Of(VesselPicture picture, Fix off, Fix? on, SilenceOptions options)
    {
        var end = on?.Time ?? picture.AsOf;
        var top = OwnTopSpeed(picture, off);
        var limit = top * (end - off.Time);
        limit = limit > Farthest ? Farthest : limit;
        var leave = WayOut(off);
        var back = on is { } o ? WayOut(o) : Distance.FromMetres(0);
        var needed = (leave ?? limit) + (back ?? limit);
        var couldLeave = leave is not null && back is not null && needed.NauticalMiles <= (top * (end - off.Time)).NauticalMiles;

        var (expected, witnessed, most) = (0.0, 0, 0);
        long first = HeardSlots.SlotOf(off.Time) + 1, last = HeardSlots.SlotOf(end) - 1;
        var stay = couldLeave ? (long)(TimeTo(leave!.Value, top) / HeardSlots.SlotLength) : long.MaxValue;
        var home = couldLeave && on is not null ? (long)(TimeTo(back!.Value, top) / HeardSlots.SlotLength) : couldLeave ? -1 : long.MaxValue;
        for (var slot = first; slot <= last; slot++)
        {
            var (fromOff, toOn) = (slot - first, last - slot);
            if (fromOff >= stay && toOn >= home)
            {
                // In between she may have been outside; on a long silence this leaps to the return.
                slot = Math.Max(slot, home < 0 ? last : last - home);
                continue;
            }

            var seen = picture.Reception.Around(Place(slot), options.WitnessRadius, slot, picture.TrackId);
            if (seen.Exposed > 0)
            {
                // One half is added on each side (Jeffreys' prior), so that one witness is not certainty.
                expected += (seen.Heard + 0.5) / (seen.Exposed + 1);
                witnessed++;
                most = Math.Max(most, seen.Exposed);
            }
        }

        long offSlot = HeardSlots.SlotOf(off.Time), from = offSlot - (long)(options.LookBack / HeardSlots.SlotLength) + 1;
        var own = picture.Reception.CountOf(picture.TrackId, from, offSlot);
        var start = picture.Fixes[Math.Max(0, picture.LastAt(off.Time - options.LookBack) + 1)].Time;
        var ownSlots = Math.Min(options.LookBack / HeardSlots.SlotLength, offSlot - HeardSlots.SlotOf(start) + 1);
        var near = picture.Reception.LastHeard(off.At, options.WitnessRadius * 1.5, offSlot - 3, offSlot, picture.TrackId).ToList();
        return new Exposure
        {
            ExpectedSlots = expected,
            WitnessedSlots = witnessed,
            MostWitnesses = most,
            CouldLeave = couldLeave,
            WayOut = leave,
            TopSpeed = top,
            OwnHeard = own,
            OwnExpected = ownSlots * (witnessed > 0 ? expected / witnessed : 1),
            OthersBefore = near.Count,
            OthersAfter = near.Count(n => n.Next is { } next && next <= offSlot + 6),
        };

        Distance? WayOut(Fix at) => Reception.WayOut.Nearest(picture.Reception, at.At, HeardSlots.HourOf(at.Time), picture.TrackId, limit);

        // While she cannot have left, she is taken along the straight line; else she is taken to stay near the end she is bound to.
        GeoPoint Place(long slot)
        {
            if (on is not { } to)
            {
                return off.At;
            }

            if (couldLeave)
            {
                return slot - first < stay ? off.At : to.At;
            }

            var share = (slot - first + 1.0) / (last - first + 2.0);
            return Geodesy.Along(off.At, to.At, share);
        }
    }

    /// <summary>Searching further than a day's sailing adds nothing: she can have left by then.</summary>
    private static readonly Distance Farthest = Distance.FromNauticalMiles(150);

    private static TimeSpan TimeTo(Distance distance, Speed speed) => TimeSpan.FromHours(distance.NauticalMiles / speed.Knots);

    /// <summary>
    /// The fastest she is taken to go: her own 99th percentile of speed, a tenth more, and 2 kn of current (SCIENCE 2.6);
    /// never under 10 kn, so that a ship seen only at rest is still given way.
    /// </summary>
    private static Speed OwnTopSpeed(VesselPicture picture, Fix off)
    {
        var speeds = picture.Fixes.Select(f => f.SogKnots).OfType<double>().Where(s => s < 60).Order().ToList();
        var p99 = speeds.Count > 0 ? speeds[(int)((speeds.Count - 1) * 0.99)] : off.SogKnots ?? 10;
        return Speed.FromKnots(Math.Clamp((p99 * 1.1) + 2, 10, 50));
    }
}
