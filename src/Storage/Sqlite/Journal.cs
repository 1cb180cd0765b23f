using MaritimeWatch.Storage.Chunks;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;
using Microsoft.Data.Sqlite;

namespace MaritimeWatch.Storage.Sqlite;

/// <summary>
/// The journal: one row per commit and hour of event time. Rows belong to an hour, so closing one hour can never take rows of
/// another with it.
/// </summary>
internal static class Journal
{
    /// <summary>Sorts positions by hour and packs them, outside of any transaction.</summary>
    public static List<(int Hour, IReadOnlyList<(Mmsi Mmsi, Fix Fix)> Fixes, byte[] Body)> Pack(IReadOnlyList<PositionReport> positions)
    {
        var hours = new SortedDictionary<int, List<(Mmsi Mmsi, Fix Fix)>>();
        foreach (var report in positions)
        {
            var hour = VesselHour.Of(report.Fix);
            if (!hours.TryGetValue(hour, out var fixes))
            {
                hours[hour] = fixes = [];
            }

            fixes.Add((report.Mmsi, report.Fix));
        }

        var rows = new List<(int, IReadOnlyList<(Mmsi, Fix)>, byte[])>();
        foreach (var (hour, fixes) in hours)
        {
            foreach (var part in fixes.Chunk(ChunkCodec.MaxCount))
            {
                rows.Add((hour, part, ChunkCodec.EncodeMany(part)));
            }
        }

        return rows;
    }

    /// <summary>Writes packed rows; gives their numbers.</summary>
    public static List<(long Seq, int Hour, IReadOnlyList<(Mmsi Mmsi, Fix Fix)> Fixes)> Write(
        SqliteConnection connection, List<(int Hour, IReadOnlyList<(Mmsi Mmsi, Fix Fix)> Fixes, byte[] Body)> rows)
    {
        using var insert = connection.Prepare("INSERT INTO journal (hour, body) VALUES ($hour, $body) RETURNING seq", ("$hour", null), ("$body", null));
        var written = new List<(long, int, IReadOnlyList<(Mmsi, Fix)>)>(rows.Count);
        foreach (var (hour, fixes, body) in rows)
        {
            insert.Parameters[0].Value = hour;
            insert.Parameters[1].Value = body;
            written.Add(((long)insert.ExecuteScalar()!, hour, fixes));
        }

        return written;
    }

    /// <exception cref="StoreException">The row is damaged.</exception>
    public static List<(Mmsi Mmsi, Fix Fix)> Decode(byte[] body)
    {
        try
        {
            return ChunkCodec.DecodeMany(body);
        }
        catch (InvalidDataException e)
        {
            throw new StoreException($"A journal row is damaged ({e.Message}). Check the store's integrity and restore the last good copy.", e);
        }
    }
}
