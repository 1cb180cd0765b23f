using System.Runtime.InteropServices;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Detection.Meetings;

/// <summary>
/// Encounters among many vessels while fixes come in (SCIENCE 4, K7): places at whole ten minutes, every pair within reach of each
/// (<see cref="SlotPairs"/>), and what lasts. Time is one line: no day has an edge. What it finds depends on the fixes alone, not on
/// how often it is asked, nor on who the vessels are. Memory is per vessel and per pair that is or lately was close.
/// </summary>
public sealed class EncounterScan
{
    private const long SweepSlots = 6;

    private readonly EncounterOptions options;
    private readonly TenMinutePlaces places;
    private readonly SlotPairs pairs;
    private readonly List<NearPair> near = [];
    private readonly Dictionary<long, MeetingRun> runs = [];
    private readonly Dictionary<long, MeetingRun> held = [];
    private readonly List<Encounter> over = [];
    private readonly long leastSlots, mergeSlots;
    private long sweptSlot = long.MinValue;

    public EncounterScan(EncounterOptions options)
    {
        this.options = options;
        places = new TenMinutePlaces(options.Interpolated);
        pairs = new SlotPairs(options.Apart);
        leastSlots = (options.Least.Ticks + (TenMinutePlaces.SlotMs * TimeSpan.TicksPerMillisecond) - 1) / (TenMinutePlaces.SlotMs * TimeSpan.TicksPerMillisecond);
        mergeSlots = (options.MergeWithin.Ticks + (TenMinutePlaces.SlotMs * TimeSpan.TicksPerMillisecond) - 1) / (TenMinutePlaces.SlotMs * TimeSpan.TicksPerMillisecond);
    }

    /// <summary>Fixes left out because a later one of the vessel, or a time already closed, had come.</summary>
    public long Late => places.Late;

    /// <summary>Pairs within reach, summed over the slots closed.</summary>
    public long NearPairs { get; private set; }

    /// <summary>Encounters of columns in any order, by beginning, then pair.</summary>
    public static List<Encounter> Of(in HeardColumns columns, EncounterOptions options)
    {
        var (scan, order, sorted) = (new EncounterScan(options), new int[columns.Count], true);
        var timesMs = columns.TimesMs;
        for (var row = 0; row < order.Length; row++)
        {
            order[row] = row;
            sorted &= row == 0 || timesMs[row - 1] <= timesMs[row];
        }

        if (!sorted)
        {
            Array.Sort(timesMs.ToArray(), order);
        }

        foreach (var row in order)
        {
            scan.Add(columns.Vessels[row], timesMs[row], columns.LatsE7[row], columns.LonsE7[row]);
        }

        return scan.Close(DateTimeOffset.MaxValue);
    }

    /// <summary>Takes the next fix; fixes of one vessel come in order of time.</summary>
    /// <param name="vessel">Number of the vessel, 0 or more.</param>
    /// <param name="timeMs">Event time, milliseconds since 1970 UTC.</param>
    /// <param name="latE7">Latitude in 1e-7 degree.</param>
    /// <param name="lonE7">Longitude in 1e-7 degree.</param>
    public void Add(int vessel, long timeMs, int latE7, int lonE7) => places.Add(vessel, timeMs, latE7, lonE7);

    /// <summary>
    /// All fixes before a time have come. Gives the encounters that can no longer change, each once, by beginning, then pair:
    /// they ended more than the time of merging before the last slot that could be closed. The end of time closes everything.
    /// </summary>
    public List<Encounter> Close(DateTimeOffset until)
    {
        var done = new List<Encounter>();
        var untilMs = until == DateTimeOffset.MaxValue ? long.MaxValue : until.ToUnixTimeMilliseconds();
        foreach (var slot in places.Close(untilMs))
        {
            near.Clear();
            pairs.Find(slot.LatsE7, slot.LonsE7, near);
            NearPairs += near.Count;
            foreach (var pair in CollectionsMarshal.AsSpan(near))
            {
                Meet(slot, pair);
            }

            SweepHourly(slot.Number, done);
        }

        SweepHourly(places.LastClosed(untilMs), done);
        done.Sort(ByBeginning);
        return done;
    }

    /// <summary>Encounters long enough that go on, or may yet be joined by another of the pair, by beginning, then pair.</summary>
    public List<Encounter> Ongoing()
    {
        var all = new Dictionary<long, MeetingRun>(held);
        foreach (var (pair, run) in runs.Where(r => IsEncounter(r.Value)))
        {
            all[pair] = held.TryGetValue(pair, out var before) && run.First - before.Last < mergeSlots ? before.Joined(run) : run;
        }

        List<Encounter> ongoing = [.. all.Select(p => EncounterOf(p.Key, p.Value))];
        ongoing.Sort(ByBeginning);
        return ongoing;
    }

    private void Meet(TenMinutePlaces.Slot slot, NearPair pair)
    {
        var (a, b) = slot.Vessels[pair.A] < slot.Vessels[pair.B] ? (pair.A, pair.B) : (pair.B, pair.A);
        var key = ((long)slot.Vessels[a] << 32) | (uint)slot.Vessels[b];
        ref var run = ref CollectionsMarshal.GetValueRefOrAddDefault(runs, key, out var known);
        if (!known || run.Last != slot.Number - 1)
        {
            if (known)
            {
                Hold(key, run);
            }

            run = new MeetingRun(slot.Number);
        }

        run.Go(slot.Number, (slot.LatsE7[a], slot.LonsE7[a]), (slot.LatsE7[b], slot.LonsE7[b]), pair.DistanceM, options.MedianSpeed.Knots);
    }

    private bool IsEncounter(in MeetingRun run) => run.Last - run.First >= leastSlots && run.IsSlow;

    // A run is over: an encounter is held back for as long as another may join it.
    private void Hold(long key, in MeetingRun run)
    {
        if (!IsEncounter(run))
        {
            return;
        }

        if (held.TryGetValue(key, out var before) && run.First - before.Last >= mergeSlots)
        {
            over.Add(EncounterOf(key, before));
            held.Remove(key);
        }

        held[key] = held.TryGetValue(key, out before) ? before.Joined(run) : run;
    }

    private void SweepHourly(long now, List<Encounter> done)
    {
        if (now - SweepSlots >= sweptSlot)
        {
            sweptSlot = now;
            Sweep(now, done);
        }
    }

    // All slots up to now are closed: what is over goes, so that memory is for pairs that are or lately were close.
    private void Sweep(long now, List<Encounter> done)
    {
        foreach (var (key, run) in runs)
        {
            if (run.Last < now)
            {
                Hold(key, run);
                runs.Remove(key);
            }
        }

        foreach (var (key, run) in held)
        {
            if (now - run.Last >= mergeSlots && !(runs.TryGetValue(key, out var next) && next.First - run.Last < mergeSlots))
            {
                over.Add(EncounterOf(key, run));
                held.Remove(key);
            }
        }

        done.AddRange(over);
        over.Clear();
    }

    private Encounter EncounterOf(long key, in MeetingRun run)
    {
        int a = places.Vessels.NumberOf((int)(key >> 32)), b = places.Vessels.NumberOf(unchecked((int)key));
        return run.ToEncounter(Math.Min(a, b), Math.Max(a, b));
    }

    private static int ByBeginning(Encounter a, Encounter b) => (a.From, a.Vessel, a.Other).CompareTo((b.From, b.Vessel, b.Other));
}
