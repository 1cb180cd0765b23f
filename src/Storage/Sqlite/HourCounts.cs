using MaritimeWatch.Storage.Chunks;
using MaritimeWatch.Units;
using Microsoft.Data.Sqlite;

namespace MaritimeWatch.Storage.Sqlite;

/// <summary>How many fixes each closed hour holds by minute, kept by whoever closes or thins the hour, in the same transaction.</summary>
internal static class HourCounts
{
    /// <summary>Of one hour, zeros when it was never closed; not known when an earlier program closed it.</summary>
    public static (bool Known, int[] PerMinute) Of(SqliteConnection connection, int hour)
    {
        var rows = connection.Rows("SELECT per_minute FROM closed_hour WHERE hour = $hour", row => row.IsDBNull(0) ? null : row.GetString(0), ("$hour", hour));
        return (rows is not [null], rows is [{ } text] ? StoreJson.Read<int[]>(text) : new int[MinuteCounts.MinutesInHour]);
    }

    public static void Save(SqliteConnection connection, int hour, int[]? perMinute) => connection.Execute(
        "INSERT INTO closed_hour (hour, per_minute) VALUES ($hour, $counts) ON CONFLICT (hour) DO UPDATE SET per_minute = excluded.per_minute",
        ("$hour", hour), ("$counts", perMinute is null ? null : StoreJson.Write(perMinute)));

    /// <summary>Of the hours from one to another; of those that an earlier program closed only their sum is known.</summary>
    public static List<(int Hour, int[] PerMinute)> Between(SqliteConnection connection, int firstHour, int lastHour) =>
        [.. connection.Rows("SELECT hour, per_minute FROM closed_hour WHERE hour BETWEEN $first AND $last ORDER BY hour", row => (Hour: row.GetInt32(0), Text: row.IsDBNull(1) ? null : row.GetString(1)), ("$first", firstHour), ("$last", lastHour))
            .Select(h => (h.Hour, h.Text is { } text ? StoreJson.Read<int[]>(text) : MinuteCounts.Spread(SumOf(connection, h.Hour))))];

    private static long SumOf(SqliteConnection connection, int hour) => connection.Rows("SELECT coalesce(sum(n), 0) FROM chunk WHERE key BETWEEN $first AND $last", row => row.GetInt64(0),
        ("$first", VesselHour.Key(hour, default)), ("$last", VesselHour.Key(hour, new Mmsi(Mmsi.Highest))))[0];
}
