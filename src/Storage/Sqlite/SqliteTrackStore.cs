using System.Globalization;
using System.Runtime.CompilerServices;
using MaritimeWatch.Storage.Chunks;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Storage.Sqlite;

/// <summary>
/// Observations: a commit adds packed rows to a journal; a closed hour becomes one small chunk per vessel. The last fix of a
/// vessel is the newer of the one in the journal and the one in <c>latest</c>, which is brought forward as hours close: the
/// journal row is durable already, and a row per vessel in each commit would cost more than the commit.
/// </summary>
public sealed class SqliteTrackStore : ITrackStore
{
    /// <summary>Vessels unpacked at once for a question about many: bounds the memory it takes.</summary>
    private const int VesselsAtOnce = 1000;

    private readonly SqliteDatabase database;
    private readonly OpenHours open;

    public SqliteTrackStore(SqliteDatabase database, SqliteOptions options)
    {
        this.database = database;
        open = new OpenHours(database, options.OpenFixesInMemory);
        open.Latest();
    }

    public async ValueTask<bool> CommitAsync(IntakeBatch batch, CancellationToken cancel = default)
    {
        var rows = Journal.Pack(batch.Positions);
        return await database.WriteAsync(
            connection =>
            {
                if (!SqliteFeedStore.MoveOn(connection, batch))
                {
                    return null;
                }

                var written = Journal.Write(connection, rows);
                SqliteIdentityStore.Add(connection, batch.Claims);
                SqliteFeedStore.Add(connection, batch);
                return written;
            },
            written => open.Add(written ?? []),
            cancel) is not null;
    }

    public async ValueTask<IReadOnlyList<Mmsi>> VesselsInAsync(GeoBox area, DateTimeOffset from, DateTimeOffset to, CancellationToken cancel = default)
    {
        var there = new List<Mmsi>();
        await foreach (var (mmsi, _) in FixesInAsync(area, from, to, null, cancel))
        {
            there.Add(mmsi);
        }

        return there;
    }

    public async IAsyncEnumerable<(Mmsi Mmsi, IReadOnlyList<Fix> Fixes)> FixesInAsync(
        GeoBox area, DateTimeOffset from, DateTimeOffset to, Mmsi? after = null, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        if (from >= to)
        {
            yield break;
        }

        int first = VesselHour.Of(from), last = VesselHour.Of(to);
        var candidates = new SortedSet<Mmsi>(open.MmsisIn(area, first, last));
        candidates.UnionWith(database.Read(reader => HourClosing.MmsisIn(reader, area, first, last)));
        foreach (var block in candidates.Where(m => after is null || m.CompareTo(after.Value) > 0).Chunk(VesselsAtOnce))
        {
            var fixes = block.ToDictionary(m => m, _ => new List<Fix>());
            open.AddTo(fixes, first, last);
            database.Read(reader =>
            {
                foreach (var hour in reader.Rows("SELECT hour FROM closed_hour WHERE hour BETWEEN $first AND $last", row => row.GetInt32(0), ("$first", first), ("$last", last)))
                {
                    cancel.ThrowIfCancellationRequested();
                    HourClosing.ReadChunks(reader, hour, block, fixes);
                }

                return 0;
            });
            foreach (var mmsi in block)
            {
                cancel.ThrowIfCancellationRequested();
                var all = Between(fixes[mmsi], from, to);
                if (all.Exists(f => area.Contains(f.LatDeg, f.LonDeg)))
                {
                    yield return (mmsi, all);
                }
            }
        }

        await ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<HourCount>> CountsAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        var (first, last) = VesselHour.Beginning(from, to);
        var hours = open.Counts(first, last);
        return new(MinuteCounts.Sum(hours.Concat(database.Read(reader => HourCounts.Between(reader, first, last)))));
    }

    /// <remarks>The mark is the number of the last journal row.</remarks>
    public ValueTask<JournalNews> SinceAsync(string? mark, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        return new(database.Read(reader =>
        {
            var newest = reader.Rows("SELECT seq FROM sqlite_sequence WHERE name = 'journal'", row => row.GetInt64(0)).SingleOrDefault();
            var after = mark is null ? newest : long.Parse(mark, CultureInfo.InvariantCulture);
            var rows = reader.Rows("SELECT body FROM journal WHERE seq > $after AND seq <= $newest ORDER BY seq", row => Journal.Decode(row.GetFieldValue<byte[]>(0)), ("$after", after), ("$newest", newest));
            return new JournalNews([.. rows.SelectMany(row => row)], newest.ToString(CultureInfo.InvariantCulture), rows.Count < newest - after);
        }));
    }

    public async ValueTask<Thinned> ThinAsync(DateTimeOffset from, DateTimeOffset to, TimeSpan? keepOneIn, Func<Mmsi, bool> except, CancellationToken cancel = default)
    {
        // Each hour is a transaction of its own, so that commits of the feeds come in between.
        var (first, last) = (VesselHour.Of(from.AddTicks(TimeSpan.TicksPerHour - 1)), VesselHour.Of(to) - 1);
        var sum = default(Thinned);
        foreach (var hour in database.Read(reader => reader.Rows("SELECT hour FROM closed_hour WHERE hour BETWEEN $first AND $last ORDER BY hour", row => row.GetInt32(0), ("$first", first), ("$last", last))))
        {
            sum += await database.WriteAsync(connection => HourThinning.Thin(connection, hour, keepOneIn, except), null, cancel);
        }

        return sum;
    }

    public ValueTask<IReadOnlyList<Fix>> FixesOfAsync(Mmsi mmsi, DateTimeOffset from, DateTimeOffset to, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        if (from >= to)
        {
            return new([]);
        }

        var fixes = open.Of(mmsi, VesselHour.Of(from), VesselHour.Of(to));
        return new(WithChunks(mmsi, fixes, from, to));
    }

    public async IAsyncEnumerable<(Mmsi Mmsi, IReadOnlyList<Fix> Fixes)> FixesDuringAsync(
        DateTimeOffset from, DateTimeOffset to, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        if (from >= to)
        {
            yield break;
        }

        int first = VesselHour.Of(from), last = VesselHour.Of(to);
        var inJournal = open.During(first, last);
        var vessels = new SortedSet<Mmsi>(inJournal.Keys);
        vessels.UnionWith(database.Read(reader => HourClosing.MmsisBetween(reader, first, last)));
        foreach (var mmsi in vessels)
        {
            cancel.ThrowIfCancellationRequested();
            inJournal.Remove(mmsi, out var fixes);
            var all = WithChunks(mmsi, fixes ?? [], from, to);
            if (all.Count > 0)
            {
                yield return (mmsi, all);
            }
        }

        await ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<LatestFix>> LatestAsync(DateTimeOffset since, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        var latest = open.Latest();
        var closed = database.Read(reader => reader.Rows(
            "SELECT mmsi, time_ms, lat_e7, lon_e7, sog_tenths, cog_tenths, heading_deg, status, origin FROM latest WHERE time_ms >= $since",
            row => (Mmsi: new Mmsi(row.GetInt32(0)), Fix: Fix.FromColumns(row.GetInt64(1), row.GetInt32(2), row.GetInt32(3), row.GetInt16(4), row.GetInt16(5), row.GetInt16(6), row.GetByte(7), row.GetByte(8))),
            ("$since", VesselHour.CeilingMs(since))));
        foreach (var (mmsi, fix) in closed)
        {
            if (!latest.TryGetValue(mmsi, out var other) || fix.CompareTo(other) > 0)
            {
                latest[mmsi] = fix;
            }
        }

        return new([.. latest.Where(l => l.Value.Time >= since).OrderBy(l => l.Key).Select(l => new LatestFix(l.Key, l.Value))]);
    }

    public async ValueTask CloseHoursAsync(DateTimeOffset upTo, CancellationToken cancel = default)
    {
        // Each hour is a transaction of its own, so that commits of the feeds come in between.
        var ended = database.Read(reader => reader.Rows("SELECT DISTINCT hour FROM journal WHERE hour < $hour ORDER BY hour", row => row.GetInt32(0), ("$hour", VesselHour.Of(upTo))));
        foreach (var hour in ended)
        {
            await database.WriteAsync(connection => HourClosing.Close(connection, hour), lastSeq => open.Forget(hour, lastSeq), cancel);
        }
    }

    private List<Fix> WithChunks(Mmsi mmsi, List<Fix> fixes, DateTimeOffset from, DateTimeOffset to)
    {
        database.Read(reader =>
        {
            HourClosing.ReadChunks(reader, mmsi, VesselHour.Of(from), VesselHour.Of(to), fixes);
            return 0;
        });
        return Between(fixes, from, to);
    }

    private static List<Fix> Between(List<Fix> fixes, DateTimeOffset from, DateTimeOffset to)
    {
        long fromMs = VesselHour.CeilingMs(from), toMs = VesselHour.CeilingMs(to);
        fixes.RemoveAll(fix => fix.Columns.TimeMs < fromMs || fix.Columns.TimeMs >= toMs);
        return VesselHour.Distinct(fixes);
    }
}
