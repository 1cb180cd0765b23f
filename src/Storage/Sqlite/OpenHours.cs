using MaritimeWatch.Storage.Chunks;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Storage.Sqlite;

/// <summary>
/// The journal, decoded and sorted by vessel, so that a question on an open hour need not decode all of it. It holds nothing of
/// its own: whatever it has not seen, after a start or when another program wrote, it reads from the journal.
/// </summary>
/// <remarks>
/// A fix only ever moves from the journal to the chunks. Who asks this first and the chunks after therefore misses none; what
/// moved between the two questions is seen twice and dropped as a double.
/// </remarks>
internal sealed class OpenHours(SqliteDatabase database, int mostFixes)
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<int, Hour> hours = [];
    private readonly SortedSet<int> notHeld = [];
    private readonly Dictionary<int, int[]> counts = [];
    private readonly Dictionary<Mmsi, Fix> latest = [];
    private long seen;
    private int held;

    /// <summary>Takes in journal rows just committed, when they follow the rows seen; else the next question reads them.</summary>
    public void Add(IReadOnlyList<(long Seq, int Hour, IReadOnlyList<(Mmsi Mmsi, Fix Fix)> Fixes)> rows)
    {
        lock (gate)
        {
            foreach (var (seq, hour, fixes) in rows)
            {
                if (seq == seen + 1)
                {
                    Take(seq, hour, fixes);
                }
            }

            Shrink();
        }
    }

    /// <summary>Lets go of an hour that was closed with the journal rows up to a number.</summary>
    public void Forget(int hour, long upToSeq)
    {
        lock (gate)
        {
            if (notHeld.Remove(hour))
            {
                counts.Remove(hour);
            }

            // Rows beyond the number came after the closing: they are in the journal still.
            if (hours.TryGetValue(hour, out var closed) && closed.LastSeq <= upToSeq)
            {
                Drop(hour);
                counts.Remove(hour);
                foreach (var (mmsi, fix) in latest)
                {
                    if (VesselHour.Of(fix) == hour)
                    {
                        latest.Remove(mmsi);
                    }
                }
            }
        }
    }

    /// <summary>Fixes of one vessel in the open hours from one to another, in no order.</summary>
    public List<Fix> Of(Mmsi mmsi, int fromHour, int toHour)
    {
        var found = new List<Fix>();
        AddTo(new Dictionary<Mmsi, List<Fix>> { [mmsi] = found }, fromHour, toHour);
        return found;
    }

    /// <summary>Adds to each vessel's list her fixes in the open hours from one to another, in no order.</summary>
    public void AddTo(IReadOnlyDictionary<Mmsi, List<Fix>> vessels, int fromHour, int toHour)
    {
        List<int> elsewhere;
        lock (gate)
        {
            CatchUp();
            foreach (var hour in hours.Where(h => h.Key >= fromHour && h.Key <= toHour).Select(h => h.Value.Fixes))
            {
                foreach (var (mmsi, list) in vessels)
                {
                    if (hour.TryGetValue(mmsi, out var fixes))
                    {
                        list.AddRange(fixes);
                    }
                }
            }

            elsewhere = [.. notHeld.Where(hour => hour >= fromHour && hour <= toHour)];
        }

        foreach (var (mmsi, fix) in elsewhere.SelectMany(FromJournal))
        {
            if (vessels.TryGetValue(mmsi, out var list))
            {
                list.Add(fix);
            }
        }
    }

    /// <summary>Vessels with a fix in an area in the open hours from one to another.</summary>
    public HashSet<Mmsi> MmsisIn(GeoBox area, int fromHour, int toHour)
    {
        bool Holds(Fix fix) => area.Contains(fix.LatDeg, fix.LonDeg);
        var found = new HashSet<Mmsi>();
        List<int> elsewhere;
        lock (gate)
        {
            CatchUp();
            found.UnionWith(hours.Where(h => h.Key >= fromHour && h.Key <= toHour).SelectMany(h => h.Value.Fixes).Where(v => v.Value.Exists(Holds)).Select(v => v.Key));
            elsewhere = [.. notHeld.Where(hour => hour >= fromHour && hour <= toHour)];
        }

        found.UnionWith(elsewhere.SelectMany(FromJournal).Where(f => Holds(f.Fix)).Select(f => f.Mmsi));
        return found;
    }

    /// <summary>Fixes by minute of the open hours from one to another.</summary>
    public List<(int Hour, int[] PerMinute)> Counts(int fromHour, int toHour)
    {
        lock (gate)
        {
            CatchUp();
            return [.. counts.Where(c => c.Key >= fromHour && c.Key <= toHour).Select(c => (c.Key, c.Value.ToArray()))];
        }
    }

    /// <summary>Fixes of all vessels in the open hours from one to another, each vessel's in no order.</summary>
    public SortedDictionary<Mmsi, List<Fix>> During(int fromHour, int toHour)
    {
        var found = new SortedDictionary<Mmsi, List<Fix>>();
        List<int> elsewhere;
        lock (gate)
        {
            CatchUp();
            foreach (var (mmsi, fixes) in hours.Where(h => h.Key >= fromHour && h.Key <= toHour).SelectMany(h => h.Value.Fixes))
            {
                ListOf(found, mmsi).AddRange(fixes);
            }

            elsewhere = [.. notHeld.Where(hour => hour >= fromHour && hour <= toHour)];
        }

        foreach (var (mmsi, fix) in elsewhere.SelectMany(FromJournal))
        {
            ListOf(found, mmsi).Add(fix);
        }

        return found;
    }

    /// <summary>Last fix of every vessel of the open hours.</summary>
    public Dictionary<Mmsi, Fix> Latest()
    {
        lock (gate)
        {
            CatchUp();
            return new Dictionary<Mmsi, Fix>(latest);
        }
    }

    private void CatchUp()
    {
        var rows = database.Read(reader => reader.Rows("SELECT seq, hour, body FROM journal WHERE seq > $seen ORDER BY seq",
            row => (Seq: row.GetInt64(0), Hour: row.GetInt32(1), Body: row.GetFieldValue<byte[]>(2)), ("$seen", seen)));
        foreach (var (seq, hour, body) in rows)
        {
            Take(seq, hour, Journal.Decode(body));
            Shrink();
        }
    }

    private List<(Mmsi Mmsi, Fix Fix)> FromJournal(int hour) =>
        database.Read(reader => reader.Rows("SELECT body FROM journal WHERE hour = $hour", row => Journal.Decode(row.GetFieldValue<byte[]>(0)), ("$hour", hour)))
            .SelectMany(row => row).ToList();

    private void Take(long seq, int hour, IReadOnlyList<(Mmsi Mmsi, Fix Fix)> fixes)
    {
        seen = seq;
        foreach (var (mmsi, fix) in fixes)
        {
            if (!latest.TryGetValue(mmsi, out var last) || fix.CompareTo(last) > 0)
            {
                latest[mmsi] = fix;
            }
        }

        MinuteCounts.Add(counts.TryGetValue(hour, out var perMinute) ? perMinute : counts[hour] = new int[MinuteCounts.MinutesInHour], fixes.Select(f => f.Fix));
        if (notHeld.Contains(hour))
        {
            return;
        }

        if (!hours.TryGetValue(hour, out var vessels))
        {
            hours[hour] = vessels = new Hour();
        }

        foreach (var (mmsi, fix) in fixes)
        {
            ListOf(vessels.Fixes, mmsi).Add(fix);
        }

        vessels.LastSeq = seq;
        vessels.Count += fixes.Count;
        held += fixes.Count;
    }

    private void Shrink()
    {
        while (held > mostFixes)
        {
            var oldest = hours.First().Key;
            Drop(oldest);
            notHeld.Add(oldest);
        }
    }

    private void Drop(int hour)
    {
        held -= hours[hour].Count;
        hours.Remove(hour);
    }

    private static List<Fix> ListOf(IDictionary<Mmsi, List<Fix>> vessels, Mmsi mmsi)
    {
        if (!vessels.TryGetValue(mmsi, out var fixes))
        {
            vessels[mmsi] = fixes = [];
        }

        return fixes;
    }

    private sealed class Hour
    {
        public Dictionary<Mmsi, List<Fix>> Fixes { get; } = [];

        public long LastSeq { get; set; }

        public int Count { get; set; }
    }
}
