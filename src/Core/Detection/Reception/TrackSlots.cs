using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Detection.Reception;

/// <summary>The ten-minute slots in which one vessel was heard, each with its earliest fix and the kinds of receiver that heard her.</summary>
public sealed class TrackSlots
{
    private readonly SortedList<long, (Fix First, byte Receivers)> slots = [];

    internal TrackSlots(string id) => Id = id;

    /// <summary>The source's own key; the MMSI where there is one.</summary>
    public string Id { get; }

    internal void Add(long slot, in Fix fix)
    {
        var kind = (byte)(1 << (int)fix.Receiver);
        slots[slot] = slots.TryGetValue(slot, out var known) ? (known.First.CompareTo(fix) <= 0 ? known.First : fix, (byte)(known.Receivers | kind)) : (fix, kind);
    }

    internal bool Forget(long before)
    {
        while (slots.Count > 0 && slots.Keys[0] < before)
        {
            slots.RemoveAt(0);
        }

        return slots.Count == 0;
    }

    /// <summary>The first fix in a run of slots, null when she was not heard in it.</summary>
    internal Fix? In(long slot, int count, long until)
    {
        var at = FirstAt(slot);
        return at < slots.Count && slots.Keys[at] < slot + count && slots.Keys[at] <= until ? slots.Values[at].First : null;
    }

    /// <summary>Where she must have been in a slot she was not heard in; null where that is not known well enough.</summary>
    internal (GeoPoint At, TransponderClass Class)? Missed(long slot, int bracket, int after, long until)
    {
        var next = FirstAt(slot);
        if (next == 0)
        {
            return null;
        }

        var (a, before) = (slots.Keys[next - 1], slots.Values[next - 1].First);
        if (next < slots.Count && slots.Keys[next] <= until)
        {
            var b = slots.Keys[next];
            return b - a <= bracket ? (Between(before, slots.Values[next].First, (double)(slot - a) / (b - a)), before.Transponder) : slot - a <= after ? (before.At, before.Transponder) : null;
        }

        return slot - a <= after ? (before.At, before.Transponder) : null;
    }

    /// <summary>What a slot says of reception, see <see cref="HeardSlots.SeenIn"/>; null when it says nothing.</summary>
    internal SlotSeen? Seen(long slot, int bracket, int edge)
    {
        var next = FirstAt(slot);
        if (next < slots.Count && slots.Keys[next] == slot)
        {
            var (fix, receivers) = slots.Values[next];
            var silent = next + 1 >= slots.Count || slots.Keys[next + 1] - slot > HeardSlots.SlotsPerHour;
            return new SlotSeen(Id, fix.At, fix.Transponder, receivers, Moving(fix), silent);
        }

        var (hasBefore, hasAfter) = (next > 0, next < slots.Count);
        var before = hasBefore ? slots.Values[next - 1].First : default;
        var after = hasAfter ? slots.Values[next].First : default;
        if (hasBefore && hasAfter && slots.Keys[next] - slots.Keys[next - 1] <= bracket)
        {
            var share = (double)(slot - slots.Keys[next - 1]) / (slots.Keys[next] - slots.Keys[next - 1]);
            return new SlotSeen(Id, Between(before, after, share), before.Transponder, 0, Moving(before), false);
        }

        if (hasBefore && slot - slots.Keys[next - 1] <= edge)
        {
            return new SlotSeen(Id, Reckoned(before, slot - slots.Keys[next - 1]), before.Transponder, 0, Moving(before), false);
        }

        return hasAfter && slots.Keys[next] - slot <= edge ? new SlotSeen(Id, Reckoned(after, slot - slots.Keys[next]), after.Transponder, 0, Moving(after), false) : null;
    }

    internal (long Slot, Fix Fix)? LastIn(long from, long to)
    {
        var at = FirstAt(to + 1) - 1;
        return at >= 0 && slots.Keys[at] >= from ? (slots.Keys[at], slots.Values[at].First) : null;
    }

    /// <summary>Her fix nearest in time to a slot, at most so many slots away.</summary>
    internal Fix? Nearest(long slot, int within, long until)
    {
        var next = FirstAt(slot);
        var after = next < slots.Count && slots.Keys[next] <= until ? slots.Keys[next] - slot : long.MaxValue;
        var before = next > 0 ? slot - slots.Keys[next - 1] : long.MaxValue;
        return Math.Min(after, before) > within ? null : slots.Values[after < before ? next : next - 1].First;
    }

    /// <summary>True when the first slot in a run of slots came after a silence longer than so many.</summary>
    internal bool CameBackIn(long from, long to, int silent)
    {
        for (var at = FirstAt(from); at < slots.Count && slots.Keys[at] <= to; at++)
        {
            if (at > 0 && slots.Keys[at] - slots.Keys[at - 1] > silent)
            {
                return true;
            }
        }

        return false;
    }

    internal long? After(long slot, long until)
    {
        var at = FirstAt(slot + 1);
        return at < slots.Count && slots.Keys[at] <= until ? slots.Keys[at] : null;
    }

    private static bool Moving(in Fix fix) => fix.SogKnots is not < 1 && !fix.SaysStationary;

    private static GeoPoint Reckoned(in Fix fix, long slotsOn) => fix is { SogKnots: >= 1 and <= 60, CogDeg: { } cog }
        ? Geodesy.Destination(fix.At, Course.FromDegrees(slotsOn < 0 ? cog + 180 : cog), Distance.FromNauticalMiles(fix.SogKnots.Value * Math.Abs(slotsOn) / HeardSlots.SlotsPerHour))
        : fix.At;

    private static GeoPoint Between(in Fix a, in Fix b, double share)
    {
        var lon = a.LonDeg + (Geodesy.WrapLongitude(b.LonDeg - a.LonDeg) * share);
        return new GeoPoint(a.LatDeg + ((b.LatDeg - a.LatDeg) * share), Geodesy.WrapLongitude(lon));
    }

    private int FirstAt(long slot)
    {
        int low = 0, high = slots.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = slots.Keys[middle] < slot ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
