using MaritimeWatch.Storage;

namespace MaritimeWatch.Server.Api;

/// <summary>What is known of a stretch of the past. None of these but the first two is a zero.</summary>
internal enum HeldState
{
    /// <summary>Held whole.</summary>
    Held,

    /// <summary>Held thinned, as retention leaves it.</summary>
    Thinned,

    /// <summary>Nothing is held: nobody watched, or nothing was heard by any feed.</summary>
    NotHeld,

    /// <summary>Deleted by retention.</summary>
    Ended,

    /// <summary>Not yet.</summary>
    NotYet,
}

/// <summary>Bins of whole minutes on a raster of their own width, so that they stay the same bins as the window moves on.</summary>
/// <param name="From">Beginning of the first bin, at or before the window's.</param>
/// <param name="Each">Width of a bin.</param>
/// <param name="Number">How many there are; the last one holds the window's end.</param>
internal sealed record HistoryBins(DateTimeOffset From, TimeSpan Each, int Number)
{
    private const int NothingHeld = -1;

    public DateTimeOffset To => From + (Each * Number);

    private int MinutesInBin => (int)Each.TotalMinutes;

    /// <summary>Bins that cover a window, about as many as asked for and never narrower than a minute.</summary>
    public static HistoryBins Over(DateTimeOffset from, DateTimeOffset to, int wanted)
    {
        var each = TimeSpan.FromMinutes(Math.Max(1, Math.Ceiling((to - from).TotalMinutes / wanted)));
        var first = new DateTimeOffset(from.UtcTicks - (from.UtcTicks % each.Ticks), TimeSpan.Zero);
        return new HistoryBins(first, each, (int)Math.Ceiling((to - first) / each));
    }

    /// <summary>
    /// Messages of each minute; -1 where nothing is held. An hour without any is not held, and so are silent minutes that adjoin it or the
    /// present: the watch began or ended there, and that is no sea without ships.
    /// </summary>
    public static int[] Minutes(DateTimeOffset from, DateTimeOffset to, IReadOnlyList<HourCount> hours, DateTimeOffset now)
    {
        var minutes = new int[(int)(to - from).TotalMinutes];
        Array.Fill(minutes, NothingHeld);
        foreach (var hour in hours)
        {
            var first = (int)(hour.Hour - from).TotalMinutes;
            for (var i = Math.Max(0, -first); i < hour.PerMinute.Count && first + i < minutes.Length; i++)
            {
                minutes[first + i] = hour.Hour.AddMinutes(i) > now ? NothingHeld : hour.PerMinute[i];
            }
        }

        var silent = !hours.Any(h => h.Hour < from && from <= h.Hour.AddHours(1));
        for (var i = 0; i < minutes.Length; i++)
        {
            silent = minutes[i] == NothingHeld || (silent && minutes[i] == 0);
            minutes[i] = silent ? NothingHeld : minutes[i];
        }

        silent = false;
        for (var i = minutes.Length - 1; i >= 0; i--)
        {
            silent = minutes[i] == NothingHeld || (silent && minutes[i] == 0);
            minutes[i] = silent ? NothingHeld : minutes[i];
        }

        return minutes;
    }

    /// <summary>Messages of each bin; null where nothing is held.</summary>
    public IEnumerable<int?> Sum(int[] minutes) => minutes.Chunk(MinutesInBin).Select(bin => bin.Any(m => m != NothingHeld) ? bin.Where(m => m != NothingHeld).Sum() : (int?)null);

    public IEnumerable<int> Count(IEnumerable<DateTimeOffset> times)
    {
        var counts = new int[Number];
        foreach (var time in times)
        {
            counts[(int)((time - From) / Each)]++;
        }

        return counts;
    }

    public IEnumerable<HeldState> States(int[] minutes, DateTimeOffset now, DateTimeOffset fullFrom, DateTimeOffset thinnedFrom) => minutes.Chunk(MinutesInBin).Select((bin, i) =>
    {
        var (begins, ends) = (From + (Each * i), From + (Each * (i + 1)));
        return begins > now ? HeldState.NotYet
            : bin.Any(m => m != NothingHeld) ? begins < fullFrom ? HeldState.Thinned : HeldState.Held
            : ends <= thinnedFrom ? HeldState.Ended : HeldState.NotHeld;
    });
}
