using System.Runtime.InteropServices;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Detection.Meetings;

/// <summary>
/// Where vessels were at whole ten minutes: their fix at that moment, or the place between two fixes near enough in time. Whole
/// numbers of 1e-7 degree throughout, so that the same fixes give the same place wherever and in whatever company they are read.
/// </summary>
internal sealed class TenMinutePlaces(TimeSpan interpolated)
{
    public const long SlotMs = 600_000;
    private const long Turn = 3_600_000_000, HalfTurn = 1_800_000_000;

    private readonly long interpolatedMs = interpolated.Ticks / TimeSpan.TicksPerMillisecond;
    private readonly SortedDictionary<long, Slot> waiting = [];
    private readonly Stack<Slot> spare = [];
    private State[] states = [];
    private (long Number, Slot? Slot) latest = (long.MinValue, null);
    private long settledMs = long.MinValue;

    public VesselSlots Vessels { get; } = new();

    /// <summary>Fixes left out because a later one of the vessel, or a time already closed, had come.</summary>
    public long Late { get; private set; }

    public void Add(int vessel, long timeMs, int latE7, int lonE7)
    {
        var index = Vessels.Of(vessel);
        if (index >= states.Length)
        {
            var from = states.Length;
            Array.Resize(ref states, Math.Max(256, from * 2));
            states.AsSpan(from).Fill(new State { FromMs = long.MinValue, ToMs = long.MinValue });
        }

        ref var state = ref states[index];
        if (timeMs > state.ToMs && timeMs >= settledMs)
        {
            Settle(index, ref state);
            (state.ToMs, state.ToLatE7, state.ToLonE7) = (timeMs, latE7, lonE7);
        }
        else if (timeMs < state.ToMs || timeMs < settledMs)
        {
            Late++;
        }
        else if ((latE7, lonE7).CompareTo((state.ToLatE7, state.ToLonE7)) > 0)
        {
            // Of two fixes at one time the greater counts, whichever came first.
            (state.ToLatE7, state.ToLonE7) = (latE7, lonE7);
        }
    }

    /// <summary>The last slot that can no longer change when all fixes before a time have come; the end of time leaves none open.</summary>
    public long LastClosed(long untilMs) => untilMs == long.MaxValue ? untilMs : FloorSlot(untilMs - interpolatedMs);

    /// <summary>All fixes before a time have come: gives the slots that can no longer change, in order, and takes them back when told of.</summary>
    public IEnumerable<Slot> Close(long untilMs)
    {
        settledMs = Math.Max(settledMs, untilMs);
        for (var index = 0; index < Vessels.Count; index++)
        {
            if (states[index].ToMs < untilMs)
            {
                Settle(index, ref states[index]);
            }
        }

        // A place at the moment may yet be found from a fix that comes later, by no more than the span that is interpolated.
        while (waiting.Count > 0 && waiting.First() is var (number, slot) && number <= LastClosed(untilMs))
        {
            waiting.Remove(number);
            latest = (long.MinValue, null);
            yield return slot;
            slot.Clear();
            spare.Push(slot);
        }
    }

    // Her last fix can no longer change: gives the places since the fix before it, which it replaces.
    private void Settle(int index, ref State state)
    {
        if (state.ToMs == state.FromMs)
        {
            return;
        }

        var last = FloorSlot(state.ToMs);
        var first = state.FromMs == long.MinValue || state.ToMs - state.FromMs > interpolatedMs ? last : state.FromSlot + 1;
        for (var slot = first; slot <= last; slot++)
        {
            var atMs = slot * SlotMs;
            if (atMs == state.ToMs)
            {
                SlotOf(slot).Add(index, state.ToLatE7, state.ToLonE7);
            }
            else if (state.FromMs != long.MinValue && atMs > state.FromMs && state.ToMs - state.FromMs <= interpolatedMs)
            {
                long pastMs = atMs - state.FromMs, wholeMs = state.ToMs - state.FromMs;
                SlotOf(slot).Add(index, (int)(state.FromLatE7 + ((state.ToLatE7 - state.FromLatE7) * pastMs / wholeMs)),
                    (int)WrapE7(state.FromLonE7 + (WrapE7((long)state.ToLonE7 - state.FromLonE7) * pastMs / wholeMs)));
            }
        }

        (state.FromMs, state.FromSlot, state.FromLatE7, state.FromLonE7) = (state.ToMs, last, state.ToLatE7, state.ToLonE7);
    }

    /// <summary>Brings a longitude, or a difference of two, into [-180°, 180°) in 1e-7 degree.</summary>
    public static long WrapE7(long lonE7) => lonE7 >= HalfTurn ? lonE7 - Turn : lonE7 < -HalfTurn ? lonE7 + Turn : lonE7;

    private static long FloorSlot(long timeMs) => timeMs >= 0 ? timeMs / SlotMs : ((timeMs + 1) / SlotMs) - 1;

    private Slot SlotOf(long number)
    {
        if (latest.Number == number)
        {
            return latest.Slot!;
        }

        if (!waiting.TryGetValue(number, out var slot))
        {
            waiting[number] = slot = spare.TryPop(out var used) ? used : new Slot();
            slot.Number = number;
        }

        latest = (number, slot);
        return slot;
    }

    private struct State
    {
        public long FromMs, FromSlot, ToMs;
        public int FromLatE7, FromLonE7, ToLatE7, ToLonE7;
    }

    /// <summary>The vessels of one moment, by their indices.</summary>
    internal sealed class Slot
    {
        private readonly List<int> vessels = [], latsE7 = [], lonsE7 = [];

        /// <summary>Whole ten minutes since 1970 UTC.</summary>
        public long Number { get; set; }

        public ReadOnlySpan<int> Vessels => CollectionsMarshal.AsSpan(vessels);

        public ReadOnlySpan<int> LatsE7 => CollectionsMarshal.AsSpan(latsE7);

        public ReadOnlySpan<int> LonsE7 => CollectionsMarshal.AsSpan(lonsE7);

        public void Add(int vessel, int latE7, int lonE7)
        {
            vessels.Add(vessel);
            latsE7.Add(latE7);
            lonsE7.Add(lonE7);
        }

        public void Clear()
        {
            vessels.Clear();
            latsE7.Clear();
            lonsE7.Clear();
        }
    }
}
