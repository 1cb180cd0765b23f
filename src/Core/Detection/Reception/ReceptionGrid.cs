using System.Runtime.InteropServices;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Detection.Reception;

/// <summary>What was counted in a cell for a class of equipment in one of the six blocks of four hours of the UTC day.</summary>
public readonly record struct Stratum(Cell Cell, TransponderClass Class, byte Block)
{
    public const int Blocks = 6;

    public static byte BlockOf(long hour) => (byte)(((hour % 24) + 24) % 24 / 4);
}

/// <summary>Counted slots with what is older weighing less. Sums, so they may be added and scaled.</summary>
/// <param name="Exposed">Slots of vessels known to be there and to transmit.</param>
/// <param name="Heard">Of them, heard by any receiver.</param>
/// <param name="Terrestrial">Heard by a shore station.</param>
/// <param name="Satellite">Heard by a satellite.</param>
/// <param name="Dynamic">Heard by another ship.</param>
/// <param name="Moving">Slots heard of vessels under way.</param>
/// <param name="Silent">Of those under way, slots after which nothing was heard for an hour.</param>
public readonly record struct SlotSums(double Exposed, double Heard, double Terrestrial, double Satellite, double Dynamic, double Moving, double Silent)
{
    public static SlotSums operator +(SlotSums a, SlotSums b) => new(a.Exposed + b.Exposed, a.Heard + b.Heard, a.Terrestrial + b.Terrestrial, a.Satellite + b.Satellite, a.Dynamic + b.Dynamic, a.Moving + b.Moving, a.Silent + b.Silent);

    public static SlotSums operator *(SlotSums a, double by) => new(a.Exposed * by, a.Heard * by, a.Terrestrial * by, a.Satellite * by, a.Dynamic * by, a.Moving * by, a.Silent * by);

    internal static SlotSums Of(in SlotSeen seen)
    {
        var (receivers, heard) = (seen.Receivers, seen.Receivers != 0);
        double Kind(ReceiverKind kind) => (receivers >> (int)kind) & 1;
        return new(1, heard ? 1 : 0, Kind(ReceiverKind.Terrestrial), Kind(ReceiverKind.Satellite), Kind(ReceiverKind.Dynamic), heard && seen.Moving ? 1 : 0, heard && seen.Moving && seen.FellSilent ? 1 : 0);
    }
}

/// <summary>One row of what a grid keeps: of a stratum, of a track, or of everything when neither is told.</summary>
public readonly record struct LearntRow(Stratum? Stratum, string? TrackId, long Hour, SlotSums Sums);

/// <summary>
/// How well vessels are received, learnt hour by hour from those known to be there (SCIENCE 2.2). An hour is learnt once, in
/// order, when what was heard around it is in; so the same observations give the same grid, whatever their order of arrival.
/// It can be asked how it stood at any hour it still keeps. Source: Hammond and Peters 2012 (binomial coverage grid).
/// </summary>
public sealed class ReceptionGrid(ReceptionOptions options)
{
    private readonly Dictionary<Stratum, List<Learnt>> strata = [];
    private readonly Dictionary<string, List<Learnt>> tracks = [];
    private readonly List<Learnt> everywhere = [];

    public ReceptionOptions Options => options;

    /// <summary>The last hour learnt, in hours since 1970; null before the first.</summary>
    public long? LearntTo { get; private set; }

    /// <summary>The first hour learnt.</summary>
    public long? LearntFrom { get; private set; }

    /// <summary>Hours learnt up to one, older ones weighing less.</summary>
    public double WeighedHours(long hour) => LearntFrom is { } from && Math.Min(hour, LearntTo!.Value) - from + 1 is > 0 and var hours
        ? (1 - Fading(hours)) * options.HalfLife.TotalHours / Math.Log(2) * Fading(Math.Max(0, hour - LearntTo!.Value)) : 0;

    /// <summary>Cells in which anything was counted.</summary>
    public IEnumerable<Cell> Cells => strata.Keys.Select(s => s.Cell).Distinct();

    /// <summary>Learns every hour that is ripe at a time, in order; the first one is the first in which anything was heard.</summary>
    public void LearnUpTo(DateTimeOffset now, HeardSlots slots)
    {
        var ripe = HeardSlots.HourOf(now - options.LearntAfter) - 1;
        for (var hour = LearntTo + 1 ?? slots.FirstHour ?? long.MaxValue; hour <= ripe; hour++)
        {
            Learn(hour, slots.SeenIn(hour));
        }
    }

    /// <summary>Learns one hour. Counts are whole numbers, so the order of what was seen in it cannot matter.</summary>
    public void Learn(long hour, IEnumerable<SlotSeen> seen)
    {
        if (hour <= LearntTo)
        {
            throw new ArgumentOutOfRangeException(nameof(hour), hour, $"Hours are learnt in order; learnt so far: {LearntTo}.");
        }

        var counts = new Dictionary<Stratum, SlotSums>();
        var ofTracks = new Dictionary<string, SlotSums>();
        var sum = default(SlotSums);
        foreach (var slot in seen)
        {
            ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(counts, new Stratum(Cell.Of(slot.At.LatDeg, slot.At.LonDeg), slot.Class, Stratum.BlockOf(hour)), out _);
            count += SlotSums.Of(slot);
            ref var own = ref CollectionsMarshal.GetValueRefOrAddDefault(ofTracks, slot.TrackId, out _);
            own += SlotSums.Of(slot);
            sum += SlotSums.Of(slot);
        }

        foreach (var (stratum, count) in counts)
        {
            Add(strata.TryGetValue(stratum, out var known) ? known : strata[stratum] = [], hour, count);
        }

        foreach (var (track, count) in ofTracks)
        {
            Add(tracks.TryGetValue(track, out var known) ? known : tracks[track] = [], hour, count);
        }

        if (sum.Exposed > 0)
        {
            Add(everywhere, hour, sum);
        }

        (LearntFrom, LearntTo) = (LearntFrom ?? hour, hour);
    }

    /// <summary>The sums of a stratum as they stood after an hour.</summary>
    public SlotSums SumsOf(in Stratum stratum, long hour) => strata.TryGetValue(stratum, out var learnt) ? At(learnt, hour) : default;

    /// <summary>The sums of one vessel as they stood after an hour.</summary>
    public SlotSums SumsOf(string trackId, long hour) => tracks.TryGetValue(trackId, out var learnt) ? At(learnt, hour) : default;

    /// <summary>The sums of everything as they stood after an hour.</summary>
    public SlotSums SumsEverywhere(long hour) => At(everywhere, hour);

    /// <summary>Keeps, of what was learnt before an hour, only how it stood then.</summary>
    public void Forget(long before)
    {
        foreach (var learnt in strata.Values.Concat(tracks.Values).Append(everywhere))
        {
            var kept = Math.Max(0, IndexAt(learnt, before));
            learnt.RemoveRange(0, kept);
        }
    }

    /// <summary>All that is known, for keeping: how each stratum and track stood after the hours it still has. In an order of its own.</summary>
    public IEnumerable<LearntRow> Kept() =>
        strata.OrderBy(s => (s.Key.Cell.Row, s.Key.Cell.Column, s.Key.Class, s.Key.Block)).SelectMany(s => s.Value.Select(l => new LearntRow(s.Key, null, l.Hour, l.Sums)))
            .Concat(tracks.OrderBy(t => t.Key, StringComparer.Ordinal).SelectMany(t => t.Value.Select(l => new LearntRow(null, t.Key, l.Hour, l.Sums))))
            .Concat(everywhere.Select(l => new LearntRow(null, null, l.Hour, l.Sums)));

    /// <summary>Takes what was kept into an empty grid; each stratum and track in order of hour.</summary>
    public void Restore(IEnumerable<LearntRow> kept, long learntFrom, long learntTo)
    {
        foreach (var (stratum, track, hour, sums) in kept)
        {
            (stratum is { } s ? strata.TryGetValue(s, out var known) ? known : strata[s] = []
                : track is null ? everywhere : tracks.TryGetValue(track, out var own) ? own : tracks[track] = []).Add(new Learnt(hour, sums));
        }

        (LearntFrom, LearntTo) = (learntFrom, learntTo);
    }

    private void Add(List<Learnt> learnt, long hour, in SlotSums count) =>
        learnt.Add(new Learnt(hour, learnt.Count == 0 ? count : (learnt[^1].Sums * Fading(hour - learnt[^1].Hour)) + count));

    private SlotSums At(List<Learnt> learnt, long hour)
    {
        var at = IndexAt(learnt, hour);
        return at < 0 ? default : learnt[at].Sums * Fading(hour - learnt[at].Hour);
    }

    private double Fading(long hoursLater) => Math.Exp(-Math.Log(2) * hoursLater / options.HalfLife.TotalHours);

    private static int IndexAt(List<Learnt> learnt, long hour)
    {
        int low = 0, high = learnt.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = learnt[middle].Hour <= hour ? (middle + 1, high) : (low, middle);
        }

        return low - 1;
    }

    /// <param name="Hour">Hour since 1970.</param>
    /// <param name="Sums">All that was counted up to and in it, faded to it.</param>
    private readonly record struct Learnt(long Hour, SlotSums Sums);
}
