using MaritimeWatch.Storage.Chunks;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;
using Microsoft.Data.Sqlite;

namespace MaritimeWatch.Storage.Sqlite;

/// <summary>
/// Turns the journal rows of one hour into vessel-hour chunks inside the caller's transaction: either the hour is in its chunks
/// and out of the journal, or nothing has changed. Done twice it gives the same chunks.
/// </summary>
internal static class HourClosing
{
    /// <summary>Closes the hour; gives the number of the last row that was moved.</summary>
    public static long Close(SqliteConnection connection, int hour)
    {
        var (vessels, lastSeq) = ReadJournal(connection, hour);
        var chunked = MmsisBetween(connection, hour, hour);
        using var save = PrepareSave(connection);
        using var latest = connection.Prepare(
            """
            INSERT INTO latest VALUES ($mmsi, $t, $lat, $lon, $sog, $cog, $heading, $status, $origin)
            ON CONFLICT (mmsi) DO UPDATE SET time_ms = excluded.time_ms, lat_e7 = excluded.lat_e7, lon_e7 = excluded.lon_e7, sog_tenths = excluded.sog_tenths,
                cog_tenths = excluded.cog_tenths, heading_deg = excluded.heading_deg, status = excluded.status, origin = excluded.origin
            WHERE (excluded.time_ms, excluded.lat_e7, excluded.lon_e7, excluded.sog_tenths, excluded.cog_tenths, excluded.heading_deg, excluded.status, excluded.origin)
                > (latest.time_ms, latest.lat_e7, latest.lon_e7, latest.sog_tenths, latest.cog_tenths, latest.heading_deg, latest.status, latest.origin)
            """,
            ("$mmsi", null), ("$t", null), ("$lat", null), ("$lon", null), ("$sog", null), ("$cog", null), ("$heading", null), ("$status", null), ("$origin", null));

        var (known, counts) = HourCounts.Of(connection, hour);
        foreach (var (mmsi, fixes) in vessels.Where(v => chunked.Contains(v.Key)))
        {
            var before = fixes.Count;
            ReadChunks(connection, mmsi, hour, hour, fixes);
            MinuteCounts.Add(counts, fixes.Skip(before), -1);
        }

        // Packing takes most of the time and needs no connection: other cores pack while this one writes.
        foreach (var (mmsi, chunk, last) in vessels.AsParallel().AsOrdered().Select(v => Packed(v.Key, v.Value)))
        {
            Save(save, VesselHour.Key(hour, mmsi), chunk);
            SaveLatest(latest, mmsi, last);
            MinuteCounts.Add(counts, vessels[mmsi]);
        }

        HourCounts.Save(connection, hour, known ? counts : null);
        connection.Execute("DELETE FROM journal WHERE hour = $hour", ("$hour", hour));
        return lastSeq;
    }

    /// <summary>The vessels that have chunks in the hours from one to another.</summary>
    public static SortedSet<Mmsi> MmsisBetween(SqliteConnection connection, int firstHour, int lastHour) =>
        [.. connection.Rows("SELECT mmsi FROM chunk WHERE key BETWEEN $first AND $last", row => new Mmsi(row.GetInt32(0)),
            ("$first", VesselHour.Key(firstHour, default)), ("$last", VesselHour.Key(lastHour, new Mmsi(Mmsi.Highest))))];

    /// <summary>The vessels whose chunks in the hours from one to another reach into an area: some may only pass around it.</summary>
    public static List<Mmsi> MmsisIn(SqliteConnection connection, GeoBox area, int firstHour, int lastHour)
    {
        static long E7(double deg) => (long)Math.Round(deg * 1e7);
        var between = area.WestDeg <= area.EastDeg ? "west_e7 <= $east AND east_e7 >= $west" : "(west_e7 <= $east OR east_e7 >= $west)";
        return connection.Rows($"SELECT DISTINCT mmsi FROM chunk WHERE key BETWEEN $first AND $last AND south_e7 <= $north AND north_e7 >= $south AND {between} ORDER BY mmsi", row => new Mmsi(row.GetInt32(0)),
            ("$first", VesselHour.Key(firstHour, default)), ("$last", VesselHour.Key(lastHour, new Mmsi(Mmsi.Highest))), ("$south", E7(area.SouthDeg)), ("$north", E7(area.NorthDeg)), ("$west", E7(area.WestDeg)), ("$east", E7(area.EastDeg)));
    }

    /// <summary>Adds the fixes of a vessel's chunks in the hours from one to another.</summary>
    public static void ReadChunks(SqliteConnection connection, Mmsi mmsi, int firstHour, int lastHour, List<Fix> into)
    {
        using var command = connection.Prepare(
            "SELECT body FROM closed_hour CROSS JOIN chunk ON chunk.key = (closed_hour.hour << 30) | $mmsi WHERE closed_hour.hour BETWEEN $first AND $last",
            ("$mmsi", mmsi.Number), ("$first", firstHour), ("$last", lastHour));
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            Unpack(mmsi, reader.GetFieldValue<byte[]>(0), into);
        }
    }

    private static void Unpack(Mmsi mmsi, byte[] body, List<Fix> into)
    {
        try
        {
            ChunkCodec.Decode(body, into);
        }
        catch (InvalidDataException e)
        {
            throw new StoreException($"A chunk of vessel {mmsi} is damaged ({e.Message}). Check the store's integrity and restore the last good copy.", e);
        }
    }

    /// <summary>Adds the fixes of one hour of some vessels, named in order of MMSI, to theirs: one look for all, since their chunks are neighbours.</summary>
    public static void ReadChunks(SqliteConnection connection, int hour, IReadOnlyList<Mmsi> vessels, IReadOnlyDictionary<Mmsi, List<Fix>> into)
    {
        using var command = connection.Prepare("SELECT key, body FROM chunk WHERE key BETWEEN $first AND $last", ("$first", VesselHour.Key(hour, vessels[0])), ("$last", VesselHour.Key(hour, vessels[^1])));
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var mmsi = VesselHour.MmsiOf(reader.GetInt64(0));
            if (into.TryGetValue(mmsi, out var fixes))
            {
                Unpack(mmsi, reader.GetFieldValue<byte[]>(1), fixes);
            }
        }
    }

    private static (SortedDictionary<Mmsi, List<Fix>> Vessels, long LastSeq) ReadJournal(SqliteConnection connection, int hour)
    {
        var vessels = new SortedDictionary<Mmsi, List<Fix>>();
        var byMmsi = new Dictionary<Mmsi, List<Fix>>();
        long lastSeq = 0;
        using var command = connection.Prepare("SELECT seq, body FROM journal WHERE hour = $hour ORDER BY seq", ("$hour", hour));
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            lastSeq = reader.GetInt64(0);
            foreach (var (mmsi, fix) in Journal.Decode(reader.GetFieldValue<byte[]>(1)))
            {
                if (!byMmsi.TryGetValue(mmsi, out var fixes))
                {
                    byMmsi[mmsi] = vessels[mmsi] = fixes = [];
                }

                fixes.Add(fix);
            }
        }

        return (vessels, lastSeq);
    }

    /// <summary>Puts a chunk in the place of the one that stands; an empty one takes it away.</summary>
    public static void SaveChunk(SqliteConnection connection, long key, List<Fix> fixes)
    {
        if (fixes.Count == 0)
        {
            connection.Execute("DELETE FROM chunk WHERE key = $key", ("$key", key));
            return;
        }

        using var save = PrepareSave(connection);
        Save(save, key, Chunk.Of(fixes));
    }

    private static SqliteCommand PrepareSave(SqliteConnection connection) => connection.Prepare(
            """
            INSERT INTO chunk (key, n, t0_ms, t1_ms, south_e7, west_e7, north_e7, east_e7, body) VALUES ($key, $n, $t0, $t1, $south, $west, $north, $east, $body)
            ON CONFLICT (key) DO UPDATE SET n = excluded.n, t0_ms = excluded.t0_ms, t1_ms = excluded.t1_ms, south_e7 = excluded.south_e7,
                west_e7 = excluded.west_e7, north_e7 = excluded.north_e7, east_e7 = excluded.east_e7, body = excluded.body
            """,
            ("$key", null), ("$n", null), ("$t0", null), ("$t1", null), ("$south", null), ("$west", null), ("$north", null), ("$east", null), ("$body", null));

    private static (Mmsi Mmsi, Chunk Chunk, Fix Last) Packed(Mmsi mmsi, List<Fix> fixes)
    {
        VesselHour.Distinct(fixes);
        return (mmsi, Chunk.Of(fixes), fixes[^1]);
    }

    private static void Save(SqliteCommand save, long key, in Chunk chunk) =>
        save.ExecuteWith(key, chunk.Count, chunk.FirstMs, chunk.LastMs, chunk.SouthE7, chunk.WestE7, chunk.NorthE7, chunk.EastE7, chunk.Body);

    private static void SaveLatest(SqliteCommand save, Mmsi mmsi, Fix fix)
    {
        var c = fix.Columns;
        save.ExecuteWith(mmsi.Number, c.TimeMs, c.LatE7, c.LonE7, c.SogTenths, c.CogTenths, c.HeadingDeg, c.Status, c.Origin);
    }

    /// <summary>A vessel-hour as it is stored: its fixes, packed, and what they span.</summary>
    private readonly record struct Chunk(int Count, int FirstMs, int LastMs, int SouthE7, int WestE7, int NorthE7, int EastE7, byte[] Body)
    {
        public static Chunk Of(List<Fix> fixes)
        {
            int south = int.MaxValue, west = int.MaxValue, north = int.MinValue, east = int.MinValue;
            foreach (var fix in fixes)
            {
                var c = fix.Columns;
                (south, north) = (Math.Min(south, c.LatE7), Math.Max(north, c.LatE7));
                (west, east) = (Math.Min(west, c.LonE7), Math.Max(east, c.LonE7));
            }

            return new(fixes.Count, VesselHour.MsIntoHour(fixes[0]), VesselHour.MsIntoHour(fixes[^1]), south, west, north, east, ChunkCodec.Encode(fixes));
        }
    }
}
