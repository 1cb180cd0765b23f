namespace MaritimeWatch.Tracks;

/// <summary>
/// Gaps of many vessels at once, with the semantics of <see cref="GapDetector"/> (SCIENCE 1.2): one pass over the columns in
/// which every row points back to the vessel's row before it. Only a gap walks back, to count what was heard before; a message
/// is walked over at most span of the counts by threshold times, once by default. A vessel whose rows are not in order of
/// time is looked at again by herself, sorted.
/// </summary>
public static class GapScan
{
    private const int None = -1, Unsorted = -2;

    /// <param name="columns">Rows in any order; in order of time they are read once.</param>
    /// <param name="until">End of the processed time, exclusive; null reports closed gaps only.</param>
    /// <param name="options">Thresholds.</param>
    /// <returns>By start, then vessel: the order of the rows does not show.</returns>
    public static List<ScannedGap> Find(in HeardColumns columns, DateTimeOffset? until, GapOptions options)
    {
        var pass = new Pass(columns, options);
        pass.ReadAll();
        pass.ReadUnsorted();
        if (until is { } end)
        {
            pass.Open(end);
        }

        pass.Found.Sort(static (a, b) => a.Off.Time.CompareTo(b.Off.Time) is var c && c != 0 ? c : a.Vessel.CompareTo(b.Vessel));
        return pass.Found;
    }

    /// <summary>Where a vessel stands: her last row, and her last gap or what keeps her from one.</summary>
    private struct Last
    {
        public long TimeMs;
        public int Row;
        public int Gap;
    }

    private ref struct Pass(HeardColumns columns, GapOptions options)
    {
        private readonly HeardColumns columns = columns;
        private readonly GapOptions options = options;
        private readonly GapTimes times = new(options);
        private readonly VesselSlots slots = new();
        private readonly int[] previous = GC.AllocateUninitializedArray<int>(columns.Count);
        private Last[] lasts = [];

        public List<ScannedGap> Found { get; } = [];

        public void ReadAll()
        {
            var vessels = columns.Vessels;
            var timesMs = columns.TimesMs;
            var (back, known, thresholdMs) = (previous, lasts, times.ThresholdMs);
            for (var row = 0; row < vessels.Length && row < timesMs.Length && row < back.Length; row++)
            {
                var (slot, timeMs) = (slots.Of(vessels[row]), timesMs[row]);
                if (slot >= known.Length)
                {
                    // A vessel not seen before: no row points to her yet.
                    var more = new Last[Math.Max(256, known.Length * 2)];
                    known.CopyTo(more, 0);
                    more.AsSpan(known.Length).Fill(new Last { TimeMs = long.MaxValue, Row = None, Gap = None });
                    lasts = known = more;
                }

                ref var last = ref known[slot];
                back[row] = last.Row;
                var sinceMs = unchecked(timeMs - last.TimeMs);
                if (unchecked((ulong)(sinceMs - 1)) >= (ulong)thresholdMs)
                {
                    Step(ref last, row, sinceMs);
                }

                last.TimeMs = timeMs;
                last.Row = row;
            }
        }

        // All but the common case of a little later: her first row, the same time, earlier than the row before, or a gap.
        private void Step(ref Last last, int row, long sinceMs)
        {
            if (last.Row == None || last.Gap == Unsorted)
            {
                return;
            }

            if (sinceMs < 0)
            {
                last.Gap = Unsorted;
            }
            else if (sinceMs > 0)
            {
                last.Gap = Report(last.Row, row);
            }
            else if (last.Gap != None && Found[last.Gap] is { On: { } on } gap && on.Time.ToUnixTimeMilliseconds() == last.TimeMs)
            {
                Found[last.Gap] = gap with { On = GapTimes.Earlier(on, columns.At(row)) };
            }
        }

        public void ReadUnsorted()
        {
            var (unsorted, numbers) = (new List<int>(), new HashSet<int>());
            for (var slot = 0; slot < slots.Count; slot++)
            {
                if (lasts[slot].Gap == Unsorted)
                {
                    unsorted.Add(slot);
                    numbers.Add(slots.NumberOf(slot));
                }
            }

            Found.RemoveAll(g => numbers.Contains(g.Vessel));
            foreach (var slot in unsorted)
            {
                var rows = new List<(Heard Message, int Row)>();
                for (var row = lasts[slot].Row; row != None; row = previous[row])
                {
                    rows.Add((columns.At(row), row));
                }

                rows.Sort(static (a, b) => GapTimes.Compare(a.Message, b.Message));
                for (var i = 0; i < rows.Count; i++)
                {
                    previous[rows[i].Row] = i == 0 ? None : rows[i - 1].Row;
                    if (i > 0 && columns.TimesMs[rows[i].Row] - columns.TimesMs[rows[i - 1].Row] > times.ThresholdMs)
                    {
                        Report(rows[i - 1].Row, rows[i].Row);
                    }
                }

                lasts[slot] = new Last { TimeMs = columns.TimesMs[rows[^1].Row], Row = rows[^1].Row };
            }
        }

        public void Open(DateTimeOffset until)
        {
            for (var slot = 0; slot < slots.Count; slot++)
            {
                if (until - DateTimeOffset.FromUnixTimeMilliseconds(lasts[slot].TimeMs) > options.Threshold)
                {
                    Report(lasts[slot].Row, null);
                }
            }
        }

        private int Report(int off, int? on)
        {
            var offMs = columns.TimesMs[off];
            if (offMs < times.StartMs)
            {
                return None;
            }

            var (end, counts) = (columns.At(off), new HeardCounts());
            for (var row = off; row != None && columns.TimesMs[row] >= offMs - times.BeforeMs; row = previous[row])
            {
                counts.Add(columns.ReceiverAt(row));
                // Of messages at one time the last in the full order is the one she fell silent with, as in one track.
                end = columns.TimesMs[row] == offMs ? GapTimes.Later(end, columns.At(row)) : end;
            }

            Found.Add(new ScannedGap(columns.Vessels[off], end, on is { } next ? columns.At(next) : null, counts.Counted));
            return Found.Count - 1;
        }
    }
}
