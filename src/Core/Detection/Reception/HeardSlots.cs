using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Detection.Reception;

/// <summary>How many vessels were heard, of those known to be transmitting there and then.</summary>
public readonly record struct Witnesses(int Heard, int Exposed);

/// <summary>
/// Who was heard where, in slots of ten minutes: slots and not messages, because bursts are correlated (SCIENCE 2.2, after
/// Hammond and Peters 2012). A vessel is a witness for a slot when she was heard in it, or heard before and after it
/// within <see cref="Bracket"/>; the slots between count as missed at the place interpolated.
/// The content is a set: arrival order and repeats change nothing. Reads and writes must not overlap.
/// </summary>
public sealed class HeardSlots
{
    public static readonly TimeSpan SlotLength = TimeSpan.FromMinutes(10);

    /// <summary>Long, so that a vessel that fell silent with a receiver and came back counts against the reception.</summary>
    public static readonly TimeSpan Bracket = TimeSpan.FromHours(12);

    private const int SlotsPerHour = 6;
    private static readonly int BracketSlots = (int)(Bracket / SlotLength);

    private readonly Dictionary<string, Track> tracks = [];
    private readonly Dictionary<long, HashSet<Track>> activeInHour = [];
    private readonly Dictionary<Cell, SortedList<long, (Track First, bool Others)>> heardCells = [];

    public static long SlotOf(DateTimeOffset time) => time.ToUnixTimeSeconds() / (long)SlotLength.TotalSeconds;

    public void Add(string trackId, in Fix fix)
    {
        if (!tracks.TryGetValue(trackId, out var track))
        {
            tracks[trackId] = track = new Track(trackId);
        }

        var slot = SlotOf(fix.Time);
        var isNew = track.Add(slot, fix);

        // Every fix tells of its cell, also a second one in the slot: else the cells would depend on which came first. By
        // id, for a track forgotten within the hour and heard again is still herself and no witness of herself.
        var cell = Cell.Of(fix.LatDeg, fix.LonDeg);
        var hours = heardCells.TryGetValue(cell, out var known) ? known : heardCells[cell] = [];
        hours[slot / SlotsPerHour] = hours.TryGetValue(slot / SlotsPerHour, out var there) ? (there.First, there.Others || there.First.Id != trackId) : (track, false);
        if (!isNew)
        {
            return;
        }

        // She is a candidate witness from one bracket before to one after; the exact test follows at the question.
        for (var hour = (slot - BracketSlots) / SlotsPerHour; hour <= (slot + BracketSlots) / SlotsPerHour; hour++)
        {
            (activeInHour.TryGetValue(hour, out var set) ? set : activeInHour[hour] = []).Add(track);
        }
    }

    /// <summary>Drops slots before a time, so that a live watch keeps its memory.</summary>
    public void Forget(DateTimeOffset before)
    {
        var hour = SlotOf(before) / SlotsPerHour;
        foreach (var old in activeInHour.Keys.Where(h => h < hour).ToList())
        {
            activeInHour.Remove(old);
        }

        foreach (var (cell, hours) in heardCells.ToList())
        {
            while (hours.Count > 0 && hours.Keys[0] < hour)
            {
                hours.RemoveAt(0);
            }

            if (hours.Count == 0)
            {
                heardCells.Remove(cell);
            }
        }

        foreach (var track in tracks.Values.ToList())
        {
            if (track.Forget(SlotOf(before)))
            {
                tracks.Remove(track.Id);
            }
        }
    }

    /// <summary>Witnesses within a radius of a place in a slot, one track left out.</summary>
    public Witnesses Around(GeoPoint at, Distance radius, long slot, string except)
    {
        int heard = 0, exposed = 0;
        foreach (var track in Active(slot))
        {
            if (track.Id == except)
            {
                continue;
            }

            if (track.Find(slot) is { } there)
            {
                if (Near(there, at, radius))
                {
                    heard++;
                    exposed++;
                }
            }
            else if (track.Between(slot, BracketSlots) is { } between && Near(between, at, radius))
            {
                exposed++;
            }
        }

        return new Witnesses(heard, exposed);
    }

    /// <summary>
    /// True when reception was possible in the cell in that hour or the next: some other vessel was heard in it, or it lies
    /// inside what was heard, with a heard cell beside it in at least five of eight directions. A cell at the rim has
    /// open directions and stays uncovered. Whether reception stood in a given slot is for the witnesses to say.
    /// </summary>
    public bool Covered(Cell cell, long hour, string except)
    {
        const int Enough = 5;
        if (HeardIn(cell, hour, except))
        {
            return true;
        }

        var around = 0;
        for (var row = -1; row <= 1; row++)
        {
            for (var column = -1; column <= 1; column++)
            {
                around += (row, column) != (0, 0) && HeardIn(cell.Beside(row, column), hour, except) ? 1 : 0;
            }
        }

        return around >= Enough;
    }

    private bool HeardIn(Cell cell, long hour, string except)
    {
        if (!heardCells.TryGetValue(cell, out var hours))
        {
            return false;
        }

        for (var i = hours.Count - 1; i >= 0 && hours.Keys[i] >= hour; i--)
        {
            if (hours.Keys[i] <= hour + 1 && (hours.Values[i].Others || hours.Values[i].First.Id != except))
            {
                return true;
            }
        }

        return false;
    }

    public static long HourOf(DateTimeOffset time) => SlotOf(time) / SlotsPerHour;

    /// <summary>Vessels near a place, heard between two slots, with the last slot in it and the next one after, null when not heard again.</summary>
    public IEnumerable<(string TrackId, GeoPoint At, long Last, long? Next)> LastHeard(GeoPoint at, Distance radius, long from, long to, string except)
    {
        foreach (var track in Active(to).Union(Active(from)))
        {
            if (track.Id != except && track.LastIn(from, to) is { } last && Near(last.Place, at, radius))
            {
                yield return (track.Id, last.Place, last.Slot, track.After(last.Slot));
            }
        }
    }

    /// <summary>Slots in which a track was heard, from and to included.</summary>
    public int CountOf(string trackId, long from, long to) => tracks.TryGetValue(trackId, out var track) ? track.Count(from, to) : 0;

    private IEnumerable<Track> Active(long slot) => activeInHour.TryGetValue(slot / SlotsPerHour, out var set) ? set : [];

    private static bool Near(GeoPoint a, GeoPoint b, Distance radius) =>
        Geodesy.RoughNm(a.LatDeg, a.LonDeg, b.LatDeg, b.LonDeg) <= radius.NauticalMiles;

    /// <summary>One track's slots, each with its earliest fix.</summary>
    private sealed class Track(string id)
    {
        private readonly SortedList<long, Fix> slots = [];

        public string Id => id;

        /// <summary>True when the slot is new.</summary>
        public bool Add(long slot, in Fix fix)
        {
            if (slots.TryGetValue(slot, out var known))
            {
                slots[slot] = known.CompareTo(fix) <= 0 ? known : fix;
                return false;
            }

            slots.Add(slot, fix);
            return true;
        }

        public bool Forget(long before)
        {
            while (slots.Count > 0 && slots.Keys[0] < before)
            {
                slots.RemoveAt(0);
            }

            return slots.Count == 0;
        }

        public GeoPoint? Find(long slot) => slots.TryGetValue(slot, out var fix) ? fix.At : null;

        public GeoPoint? Between(long slot, int bracket)
        {
            var next = FirstAt(slot);
            if (next == 0 || next == slots.Count)
            {
                return null;
            }

            long a = slots.Keys[next - 1], b = slots.Keys[next];
            return b - a > bracket ? null : Interpolated(slots.Values[next - 1], slots.Values[next], (double)(slot - a) / (b - a));
        }

        public (long Slot, GeoPoint Place)? LastIn(long from, long to)
        {
            var at = FirstAt(to + 1) - 1;
            return at >= 0 && slots.Keys[at] >= from ? (slots.Keys[at], slots.Values[at].At) : null;
        }

        public long? After(long slot)
        {
            var at = FirstAt(slot + 1);
            return at < slots.Count ? slots.Keys[at] : null;
        }

        public int Count(long from, long to) => FirstAt(to + 1) - FirstAt(from);

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

        private static GeoPoint Interpolated(in Fix a, in Fix b, double share)
        {
            var lon = a.LonDeg + (Geodesy.WrapLongitude(b.LonDeg - a.LonDeg) * share);
            return new GeoPoint(a.LatDeg + ((b.LatDeg - a.LatDeg) * share), Geodesy.WrapLongitude(lon));
        }
    }
}
