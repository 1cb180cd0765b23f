namespace MaritimeWatch.Tracks;

/// <summary>One row of the ledger: a gap as it stood at a version.</summary>
public sealed record GapRow(Gap Gap, DateTimeOffset Version);

/// <summary>
/// Gaps kept while data comes window by window (a day, a month, half a year): the width of the window neither makes nor loses
/// one. Rows are only added; open and closed rows of a gap stand side by side and the highest version is the active one.
/// </summary>
public sealed class GapLedger(GapOptions options)
{
    private readonly List<GapRow> rows = [];
    private readonly Dictionary<string, List<Heard>> recent = [];

    public IReadOnlyList<GapRow> Rows => rows;

    /// <summary>The row of each gap with the highest version.</summary>
    public IEnumerable<Gap> Active => rows.GroupBy(r => r.Gap.Id).Select(g => g.MaxBy(r => r.Version)!.Gap);

    /// <summary>Takes the messages of one window, start inclusive, end exclusive. Windows follow each other in time.</summary>
    /// <param name="messages">Track and message, in any order; those outside the window are left out.</param>
    /// <param name="start">Start of the window.</param>
    /// <param name="end">End of the window: open gaps are judged against it.</param>
    /// <param name="version">Time of this processing; rows carry it, cut to a second.</param>
    public void Process(IEnumerable<(string TrackId, Heard Message)> messages, DateTimeOffset start, DateTimeOffset end, DateTimeOffset version)
    {
        version = DateTimeOffset.FromUnixTimeSeconds(version.ToUnixTimeSeconds());
        foreach (var track in messages.Where(m => m.Message.Time >= start && m.Message.Time < end).GroupBy(m => m.TrackId))
        {
            (recent.TryGetValue(track.Key, out var known) ? known : recent[track.Key] = []).AddRange(track.Select(m => m.Message));
        }

        var active = Active.ToDictionary(g => g.Id);
        foreach (var (trackId, known) in recent)
        {
            foreach (var gap in GapDetector.Find(trackId, known, end, options))
            {
                if (!active.TryGetValue(gap.Id, out var before))
                {
                    rows.Add(new GapRow(gap, version));
                }
                else if (!before.IsClosed && gap.On is { } on)
                {
                    rows.Add(new GapRow(before.Close(on), version));
                }
            }

            // What lies further back than the counts reach can no longer matter, but for the last message.
            var last = known.Max(h => h.Time);
            known.RemoveAll(h => h.Time < last - options.Before - options.Threshold);
        }
    }

    /// <summary>Puts a user's note on an open or closed gap.</summary>
    public void Note(string gapId, string key, string value, DateTimeOffset version)
    {
        var gap = Active.Single(g => g.Id == gapId);
        rows.Add(new GapRow(gap with { Notes = new Dictionary<string, string>(gap.Notes) { [key] = value } }, version));
    }
}
