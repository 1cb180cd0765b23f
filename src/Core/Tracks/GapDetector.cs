namespace MaritimeWatch.Tracks;

/// <summary>
/// Finds the gaps of one track: a time between consecutive messages strictly greater than the threshold. Every message of the
/// track takes part, short and overlapping runs too: leaving them out would make gaps that were none.
/// </summary>
public static class GapDetector
{
    /// <param name="trackId">The track; messages of another must not be given.</param>
    /// <param name="messages">In any order; the result does not depend on it.</param>
    /// <param name="until">End of the processed time, exclusive: a last message further back than the threshold is an open gap. Null reports closed gaps only.</param>
    /// <param name="options">Thresholds.</param>
    public static List<Gap> Find(string trackId, IEnumerable<Heard> messages, DateTimeOffset? until, GapOptions options)
    {
        // Messages at one time count one by one before a gap, and make one gap, never a gap of no length.
        var sorted = messages.ToArray();
        Array.Sort(sorted, static (a, b) => GapTimes.Compare(a, b));
        var gaps = new List<Gap>();
        for (var i = 0; i < sorted.Length; i++)
        {
            var next = i + 1 < sorted.Length ? sorted[i + 1].Time : until;
            if (next - sorted[i].Time > options.Threshold && (options.StartTime is not { } start || sorted[i].Time >= start))
            {
                gaps.Add(new Gap
                {
                    TrackId = trackId,
                    Off = sorted[i],
                    On = i + 1 < sorted.Length ? sorted[i + 1] : null,
                    Before = Count(sorted, i, options.Before),
                });
            }
        }

        return gaps;
    }

    private static HeardBefore Count(Heard[] sorted, int off, TimeSpan span)
    {
        int total = 0, terrestrial = 0, satellite = 0, dynamic = 0;
        var from = sorted[off].Time - span;
        for (var i = off; i >= 0 && sorted[i].Time >= from; i--)
        {
            total++;
            switch (sorted[i].Receiver)
            {
                case ReceiverKind.Terrestrial:
                    terrestrial++;
                    break;
                case ReceiverKind.Satellite:
                    satellite++;
                    break;
                case ReceiverKind.Dynamic:
                    dynamic++;
                    break;
            }
        }

        return new HeardBefore(total, terrestrial, satellite, dynamic);
    }
}
