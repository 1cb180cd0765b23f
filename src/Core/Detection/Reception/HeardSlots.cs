using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Detection.Reception;

/// <summary>What a slot of a vessel says of the reception in the place where she was.</summary>
/// <param name="TrackId">The vessel.</param>
/// <param name="At">Where she was heard, or where she must have been.</param>
/// <param name="Class">Her equipment.</param>
/// <param name="Receivers">Kinds of receiver that heard her, a bit each (1 &lt;&lt; kind); 0 when she was missed.</param>
/// <param name="Moving">True when she made way, or her source does not tell speed.</param>
/// <param name="FellSilent">True when nothing of her was heard for more than an hour after this slot.</param>
public readonly record struct SlotSeen(string TrackId, GeoPoint At, TransponderClass Class, byte Receivers, bool Moving, bool FellSilent);

/// <summary>What another vessel says of the reception near a place in a stretch of slots.</summary>
/// <param name="TrackId">The other vessel.</param>
/// <param name="Away">Her distance from the place.</param>
/// <param name="At">Where she was.</param>
/// <param name="Class">Her equipment.</param>
/// <param name="Heard">True when she was heard in the stretch; false when she must have been there and was not.</param>
public readonly record struct WitnessSeen(string TrackId, Distance Away, GeoPoint At, TransponderClass Class, bool Heard);

/// <summary>
/// Who was heard where, in slots of ten minutes: slots and not messages, because bursts are correlated (SCIENCE 2.2, after
/// Hammond and Peters 2012). The content is a set: arrival order and repeats change nothing. Reads and writes must not overlap.
/// </summary>
public sealed class HeardSlots
{
    public static readonly TimeSpan SlotLength = TimeSpan.FromMinutes(10);

    /// <summary>Slots missed between two that were heard count as exposed up to this: twelve times the revisit of a vessel in range (SCIENCE 2.2 asks for ten times or more).</summary>
    public static readonly TimeSpan Bracket = TimeSpan.FromHours(2);

    /// <summary>A vessel is still a witness of an outage while she is heard again within this.</summary>
    public static readonly TimeSpan WitnessBracket = TimeSpan.FromHours(12);

    internal const int SlotsPerHour = 6, SlotsInStep = 3;

    /// <summary>
    /// After the last slot of a longer silence, and before the first one after it, this many count as missed where dead reckoning
    /// has her: silences longer than the bracket would else leave no miss at all at the edge of reception (SCIENCE 2.2, bracket bias).
    /// </summary>
    private const int EdgeSlots = 3;

    private static readonly int BracketSlots = (int)(Bracket / SlotLength), WitnessSlots = (int)(WitnessBracket / SlotLength);

    private readonly Dictionary<string, TrackSlots> tracks = [];
    private readonly SortedDictionary<long, Dictionary<(short Row, short Column), HashSet<TrackSlots>>> hours = [];

    public static long SlotOf(DateTimeOffset time) => time.ToUnixTimeSeconds() / (long)SlotLength.TotalSeconds;

    public static long HourOf(DateTimeOffset time) => SlotOf(time) / SlotsPerHour;

    public static DateTimeOffset StartOf(long slot) => DateTimeOffset.FromUnixTimeSeconds(slot * (long)SlotLength.TotalSeconds);

    /// <summary>Earliest hour something was heard in; null when nothing was.</summary>
    public long? FirstHour => hours.Count > 0 ? hours.Keys.First() : null;

    public void Add(string trackId, in Fix fix)
    {
        if (!tracks.TryGetValue(trackId, out var track))
        {
            tracks[trackId] = track = new TrackSlots(trackId);
        }

        var slot = SlotOf(fix.Time);
        track.Add(slot, fix);
        var hour = slot / SlotsPerHour;
        var regions = hours.TryGetValue(hour, out var known) ? known : hours[hour] = [];
        var region = Region(fix.LatDeg, fix.LonDeg);
        (regions.TryGetValue(region, out var there) ? there : regions[region] = []).Add(track);
    }

    /// <summary>Drops slots before a time, so that a live watch keeps its memory.</summary>
    public void Forget(DateTimeOffset before)
    {
        var hour = HourOf(before);
        foreach (var old in hours.Keys.TakeWhile(h => h < hour).ToList())
        {
            hours.Remove(old);
        }

        foreach (var track in tracks.Values.ToList())
        {
            if (track.Forget(SlotOf(before)))
            {
                tracks.Remove(track.Id);
            }
        }
    }

    /// <summary>Every slot of an hour in which a vessel was heard, or must have been there and was missed. Needs all that was heard up to <see cref="Bracket"/> after it.</summary>
    public IEnumerable<SlotSeen> SeenIn(long hour)
    {
        foreach (var track in HeardDuring(hour - (BracketSlots / SlotsPerHour), hour + (BracketSlots / SlotsPerHour)))
        {
            for (var slot = hour * SlotsPerHour; slot < (hour + 1) * SlotsPerHour; slot++)
            {
                if (track.Seen(slot, BracketSlots, EdgeSlots) is { } seen)
                {
                    yield return seen;
                }
            }
        }
    }

    /// <summary>The same for the slots of one vessel, from and to included.</summary>
    public IEnumerable<(long Slot, SlotSeen Seen)> SeenOf(string trackId, long from, long to)
    {
        if (tracks.TryGetValue(trackId, out var track))
        {
            for (var slot = from; slot <= to; slot++)
            {
                if (track.Seen(slot, BracketSlots, EdgeSlots) is { } seen)
                {
                    yield return (slot, seen);
                }
            }
        }
    }

    /// <summary>
    /// Others near a place in a few slots from one on: heard in it; or missed: between two slots at most
    /// <see cref="WitnessBracket"/> apart, or heard within the hour before and not again. Nothing later than <paramref name="until"/> is known.
    /// </summary>
    public IEnumerable<WitnessSeen> WitnessesIn(IReadOnlyList<TrackSlots> among, long slot, int count, GeoPoint at, Distance radius, long until)
    {
        foreach (var track in among)
        {
            if (track.In(slot, count, until) is { } there)
            {
                var away = Geodesy.RoughNm(there.LatDeg, there.LonDeg, at.LatDeg, at.LonDeg);
                if (away <= radius.NauticalMiles)
                {
                    yield return new(track.Id, Distance.FromNauticalMiles(away), there.At, there.Transponder, true);
                }
            }
            else if (track.Missed(slot, WitnessSlots, SlotsPerHour, until) is { } missed)
            {
                var away = Geodesy.RoughNm(missed.At.LatDeg, missed.At.LonDeg, at.LatDeg, at.LonDeg);
                if (away <= radius.NauticalMiles)
                {
                    yield return new(track.Id, Distance.FromNauticalMiles(away), missed.At, missed.Class, false);
                }
            }
        }
    }

    /// <summary>Tracks heard in a box of degrees around two places, from <see cref="WitnessBracket"/> before the first slot to as long after the last, one left out.</summary>
    public IReadOnlyList<TrackSlots> Around(GeoPoint one, GeoPoint other, Distance radius, long from, long to, string except)
    {
        var margin = radius.NauticalMiles / 60;
        var widest = margin / Math.Max(0.1, Math.Cos(Math.Max(Math.Abs(one.LatDeg), Math.Abs(other.LatDeg)) * Math.PI / 180));
        var east = Geodesy.WrapLongitude(other.LonDeg - one.LonDeg);
        var (low, high) = Region(Math.Min(one.LatDeg, other.LatDeg) - margin, 0).Row is var r ? (r, Region(Math.Max(one.LatDeg, other.LatDeg) + margin, 0).Row) : default;
        var columns = Columns(one.LonDeg + Math.Min(0, east) - widest, Math.Abs(east) + (2 * widest)).ToHashSet();
        var found = new HashSet<TrackSlots>();
        foreach (var hour in HoursBetween((from - WitnessSlots) / SlotsPerHour, (to + WitnessSlots) / SlotsPerHour))
        {
            foreach (var (region, there) in hours[hour])
            {
                if (region.Row >= low && region.Row <= high && columns.Contains(region.Column))
                {
                    found.UnionWith(there);
                }
            }
        }

        return [.. found.Where(t => t.Id != except)];
    }

    /// <summary>
    /// Others near a place around a slot: how many were heard within an hour of it, how many fell silent within a slot of it for
    /// more than an hour, and how many came back within a slot of it after as long.
    /// </summary>
    public (int Near, int FellSilent, int CameBack) Together(GeoPoint at, Distance radius, long slot, long until, string except)
    {
        var (near, silent, back) = (0, 0, 0);
        foreach (var track in HeardDuring((slot / SlotsPerHour) - 1, (slot / SlotsPerHour) + 1))
        {
            if (track.Id != except && track.Nearest(slot, SlotsPerHour, until) is { } fix && Geodesy.RoughNm(fix.LatDeg, fix.LonDeg, at.LatDeg, at.LonDeg) <= radius.NauticalMiles)
            {
                near++;
                silent += track.LastIn(slot - 1, slot + 1) is { } last && (track.After(last.Slot, until) ?? long.MaxValue) > last.Slot + SlotsPerHour ? 1 : 0;
                back += track.CameBackIn(slot - 1, slot + 1, SlotsPerHour) ? 1 : 0;
            }
        }

        return (near, silent, back);
    }

    /// <summary>How many others were heard near a place within an hour of a slot.</summary>
    public int HeardNear(GeoPoint at, Distance radius, long slot, string except) => Together(at, radius, slot, long.MaxValue, except).Near;

    /// <summary>Vessels near a place whose last slot lies between two slots, with the next one after, null when not heard again up to <paramref name="until"/>.</summary>
    public IEnumerable<(string TrackId, GeoPoint At, long Last, long? Next)> LastHeard(GeoPoint at, Distance radius, long from, long to, long until, string except)
    {
        foreach (var track in HeardDuring(from / SlotsPerHour, to / SlotsPerHour))
        {
            if (track.Id != except && track.LastIn(from, to) is { } last && Geodesy.RoughNm(last.Fix.LatDeg, last.Fix.LonDeg, at.LatDeg, at.LonDeg) <= radius.NauticalMiles)
            {
                yield return (track.Id, last.Fix.At, last.Slot, track.After(last.Slot, until));
            }
        }
    }

    private HashSet<TrackSlots> HeardDuring(long from, long to)
    {
        var found = new HashSet<TrackSlots>();
        foreach (var hour in HoursBetween(from, to))
        {
            foreach (var there in hours[hour].Values)
            {
                found.UnionWith(there);
            }
        }

        return found;
    }

    private IEnumerable<long> HoursBetween(long from, long to)
    {
        for (var hour = from; hour <= to; hour++)
        {
            if (hours.ContainsKey(hour))
            {
                yield return hour;
            }
        }
    }

    private static (short Row, short Column) Region(double latDeg, double lonDeg) => ((short)Math.Floor(latDeg), (short)Math.Floor(Geodesy.WrapLongitude(lonDeg)));

    private static IEnumerable<short> Columns(double westDeg, double widthDeg)
    {
        for (var lon = Math.Floor(westDeg); lon <= westDeg + Math.Min(widthDeg, 360); lon++)
        {
            yield return Region(0, lon + 0.5).Column;
        }
    }
}
