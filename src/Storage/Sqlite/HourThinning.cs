using MaritimeWatch.Storage.Chunks;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;
using Microsoft.Data.Sqlite;

namespace MaritimeWatch.Storage.Sqlite;

/// <summary>Thins the chunks of one hour inside the caller's transaction.</summary>
internal static class HourThinning
{
    public static Thinned Thin(SqliteConnection connection, int hour, TimeSpan? keepOneIn, Func<Mmsi, bool> except)
    {
        var sum = default(Thinned);
        var (known, counts) = HourCounts.Of(connection, hour);
        foreach (var mmsi in HourClosing.MmsisBetween(connection, hour, hour).Where(m => !except(m)))
        {
            var fixes = new List<Fix>();
            HourClosing.ReadChunks(connection, mmsi, hour, hour, fixes);
            var kept = FixThinning.Keep(fixes, keepOneIn);
            if (kept.Count < fixes.Count)
            {
                sum += new Thinned(1, fixes.Count - kept.Count);
                MinuteCounts.Add(counts, fixes, -1);
                MinuteCounts.Add(counts, kept);
                HourClosing.SaveChunk(connection, VesselHour.Key(hour, mmsi), kept);
            }
        }

        HourCounts.Save(connection, hour, known ? counts : null);
        connection.Execute("DELETE FROM closed_hour WHERE hour = $hour AND NOT EXISTS (SELECT 1 FROM chunk WHERE key BETWEEN $first AND $last)",
            ("$hour", hour), ("$first", VesselHour.Key(hour, default)), ("$last", VesselHour.Key(hour, new Mmsi(Mmsi.Highest))));
        return sum;
    }
}
