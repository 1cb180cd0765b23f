using System.Runtime.CompilerServices;

namespace MaritimeWatch.Tracks;

/// <summary>
/// Gaps of many vessels while messages come in, exactly those of <see cref="GapDetector"/>: the last message of each vessel and
/// the times of the hours the counts reach back. The times are kept and not counts of hours, because only times tell which
/// messages of the first hour still count. Memory is per vessel: 8 bytes for each message of the last hours, forgotten as she goes on.
/// </summary>
public sealed class GapStream(GapOptions options)
{
    private const int None = -1;

    private readonly GapTimes times = new(options);
    private readonly VesselSlots slots = new();
    private readonly List<ScannedGap> ended = [];
    private State[] states = [];

    /// <summary>Messages left out because a later one of the vessel had come: such a track is for <see cref="GapDetector"/> to read again.</summary>
    public long Late { get; private set; }

    /// <summary>Takes the next message; messages of one vessel come in order of time.</summary>
    /// <param name="vessel">Number of the vessel, 0 or more.</param>
    /// <param name="timeMs">Event time, milliseconds since 1970 UTC.</param>
    /// <param name="latE7">Latitude in 1e-7 degree.</param>
    /// <param name="lonE7">Longitude in 1e-7 degree.</param>
    /// <param name="receiver">What received it.</param>
    public void Add(int vessel, long timeMs, int latE7, int lonE7, ReceiverKind receiver)
    {
        var slot = slots.Of(vessel);
        if (slot >= states.Length)
        {
            Grow();
        }

        ref var state = ref states[slot];
        var sinceMs = unchecked(timeMs - state.TimeMs);
        if (unchecked((ulong)(sinceMs - 1)) >= (ulong)times.ThresholdMs && !Step(ref state, vessel, timeMs, latE7, lonE7, receiver))
        {
            return;
        }

        state.TimeMs = timeMs;
        (state.LatE7, state.LonE7, state.Receiver) = (latE7, lonE7, receiver);
        Remember(ref state, timeMs, receiver);
    }

    /// <summary>
    /// Gaps that ended before a time, by start and then vessel, each given once. A gap that ended at it may yet change: of several
    /// messages at one time the first in the full order ends it.
    /// </summary>
    public List<ScannedGap> Take(DateTimeOffset before)
    {
        var taken = ended.Where(g => g.On!.Value.Time < before).ToList();
        var kept = ended.Where(g => g.On!.Value.Time >= before).ToList();
        ended.Clear();
        ended.AddRange(kept);
        foreach (ref var state in states.AsSpan(0, slots.Count))
        {
            state.Gap = None;
        }

        for (var i = 0; i < ended.Count; i++)
        {
            states[slots.Of(ended[i].Vessel)].Gap = i;
        }

        taken.Sort(ByStart);
        return taken;
    }

    /// <summary>Gaps open at a time, by start and then vessel. No message of that time or later has been added.</summary>
    public List<ScannedGap> Open(DateTimeOffset until)
    {
        var open = new List<ScannedGap>();
        for (var slot = 0; slot < slots.Count; slot++)
        {
            ref var state = ref states[slot];
            if (until - DateTimeOffset.FromUnixTimeMilliseconds(state.TimeMs) > options.Threshold && state.TimeMs >= times.StartMs)
            {
                open.Add(new ScannedGap(slots.NumberOf(slot), state.Last, null, Count(state)));
            }
        }

        open.Sort(ByStart);
        return open;
    }

    // All but the common case of a little later. False leaves the state as it is.
    private bool Step(ref State state, int vessel, long timeMs, int latE7, int lonE7, ReceiverKind receiver)
    {
        if (state.Next == 0)
        {
            return true;
        }

        if (timeMs < state.TimeMs)
        {
            Late++;
            return false;
        }

        var heard = HeardColumns.HeardAt(timeMs, latE7, lonE7, receiver);
        if (timeMs > state.TimeMs)
        {
            state.Gap = None;
            if (state.TimeMs >= times.StartMs)
            {
                state.Gap = ended.Count;
                ended.Add(new ScannedGap(vessel, state.Last, heard, Count(state)));
            }

            return true;
        }

        if (state.Gap != None && ended[state.Gap].On is { } on && on.Time == heard.Time)
        {
            ended[state.Gap] = ended[state.Gap] with { On = GapTimes.Earlier(on, heard) };
        }

        if (GapTimes.Compare(heard, state.Last) >= 0)
        {
            return true;
        }

        // It counts, but the message she stands at stays the last in the full order.
        Remember(ref state, timeMs, receiver);
        return false;
    }

    // A time and, in its two lowest bits, the receiver.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Remember(ref State state, long timeMs, ReceiverKind receiver)
    {
        var ring = state.Ring;
        if (state.Next - state.First == ring.Length)
        {
            ring = Room(ref state);
        }

        unchecked
        {
            ring[(int)state.Next++ & (ring.Length - 1)] = (timeMs << 2) | (byte)receiver;
        }
    }

    private HeardBefore Count(in State state)
    {
        var counts = new HeardCounts();
        for (var i = state.Next - 1; i >= state.First && state.Ring[i & (state.Ring.Length - 1)] is var entry && entry >> 2 >= state.TimeMs - times.BeforeMs; i--)
        {
            counts.Add((ReceiverKind)(entry & 3));
        }

        return counts.Counted;
    }

    // Forgets what no later count can reach; where more than half still counts, the ring doubles.
    private long[] Room(ref State state)
    {
        var ring = state.Ring;
        while (state.First < state.Next && ring[state.First & (ring.Length - 1)] >> 2 < state.TimeMs - times.BeforeMs)
        {
            state.First++;
        }

        if (state.Next - state.First < ring.Length / 2)
        {
            return ring;
        }

        var wider = new long[Math.Max(8, ring.Length * 2)];
        for (var i = state.First; i < state.Next; i++)
        {
            wider[i & (wider.Length - 1)] = ring[i & (ring.Length - 1)];
        }

        return state.Ring = wider;
    }

    private void Grow()
    {
        var from = states.Length;
        Array.Resize(ref states, Math.Max(256, from * 2));
        states.AsSpan(from).Fill(new State { TimeMs = long.MaxValue, Gap = None, Ring = [] });
    }

    private static int ByStart(ScannedGap a, ScannedGap b) => a.Off.Time.CompareTo(b.Off.Time) is var c && c != 0 ? c : a.Vessel.CompareTo(b.Vessel);

    private struct State
    {
        public long TimeMs;
        public int LatE7, LonE7;
        public long[] Ring;
        public long First, Next;
        public int Gap;
        public ReceiverKind Receiver;

        public readonly Heard Last => HeardColumns.HeardAt(TimeMs, LatE7, LonE7, Receiver);
    }
}
