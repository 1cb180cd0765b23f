using MaritimeWatch.Identity;
using MaritimeWatch.Units;
using Microsoft.Data.Sqlite;

namespace MaritimeWatch.Storage.Sqlite;

/// <summary>Claims of identity and list entries, as each source made them.</summary>
public sealed class SqliteIdentityStore(SqliteDatabase database) : IIdentityStore
{
    private readonly SqliteSearchIndex index = new(database);

    private const string ClaimColumns = "SELECT body, first_seen_ticks, last_seen_ticks FROM claim";

    public async ValueTask AddClaimsAsync(IReadOnlyCollection<IdentityClaim> claims, CancellationToken cancel = default) =>
        await database.WriteAsync(connection => Add(connection, claims), null, cancel);

    /// <remarks>Oldest first is by the start of the time a claim speaks of (<see cref="IdentityClaim.From"/>).</remarks>
    public ValueTask<IReadOnlyList<IdentityClaim>> ClaimsOfAsync(Mmsi? mmsi, ImoNumber? imo, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        var claims = database.Read(reader => reader.Rows($"{ClaimColumns} WHERE mmsi = $mmsi OR imo = $imo", ReadClaim, ("$mmsi", mmsi?.Number), ("$imo", imo?.Number)));
        return new([.. claims.OrderBy(c => c.From).ThenBy(c => c.FirstSeen).ThenBy(c => c.Id, StringComparer.Ordinal)]);
    }

    public ValueTask<IReadOnlyList<IdentityHit>> SearchAsync(string text, int limit, CancellationToken cancel = default) => IdentitySearch.FindAsync(index, text, limit, cancel);

    public ValueTask<IReadOnlyDictionary<Mmsi, string>> NamesAsync(CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();

        // With max() SQLite takes the other columns from the row that has the greatest value (lang_select, section 2.5).
        return new(database.Read(reader => reader.Rows(
            "SELECT mmsi, body, max(last_seen_ticks) FROM claim WHERE broadcast = 1 AND mmsi IS NOT NULL AND name_text <> '' GROUP BY mmsi",
            row => (Mmsi: new Mmsi(row.GetInt32(0)), Name: StoreJson.Read<IdentityClaim>(row.GetString(1)).Name!)).ToDictionary(n => n.Mmsi, n => n.Name)));
    }

    public ValueTask<IReadOnlyList<IdentityClaim>> LastBroadcastAsync(CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        var last = new SortedDictionary<Mmsi, IdentityClaim>();
        foreach (var claim in database.Read(reader => reader.Rows($"{ClaimColumns} WHERE broadcast = 1 AND mmsi IS NOT NULL", ReadClaim)).Where(c => IdentityText.TellsLater(c, last.GetValueOrDefault(c.Mmsi!.Value))))
        {
            last[claim.Mmsi!.Value] = claim;
        }

        return new([.. last.Values]);
    }

    public IAsyncEnumerable<IdentityClaim> AllClaimsAsync(CancellationToken cancel = default) => database.Read(All).ToAsyncEnumerable();

    public ValueTask AddListingsAsync(IReadOnlyCollection<Listing> listings, CancellationToken cancel = default) =>
        KeepAsync("listing", listings, l => (l.Id, l.Mmsi, l.Imo), cancel);

    public ValueTask<IReadOnlyList<Listing>> ListingsOfAsync(Mmsi? mmsi, ImoNumber? imo, CancellationToken cancel = default) => OfAsync<Listing>("listing", mmsi, imo, cancel);

    public ValueTask AddInspectionsAsync(IReadOnlyCollection<Inspection> inspections, CancellationToken cancel = default) =>
        KeepAsync("inspection", inspections, i => (i.Id, i.Mmsi, i.Imo), cancel);

    public IAsyncEnumerable<Inspection> AllInspectionsAsync(CancellationToken cancel = default) => database.Read(reader => reader.Records<Inspection>("SELECT body FROM inspection")).ToAsyncEnumerable();

    public ValueTask<IReadOnlyList<Inspection>> InspectionsOfAsync(Mmsi? mmsi, ImoNumber? imo, CancellationToken cancel = default) => OfAsync<Inspection>("inspection", mmsi, imo, cancel);

    public async ValueTask AddDecisionsAsync(IReadOnlyCollection<HullDecision> decisions, CancellationToken cancel = default) => await database.WriteAsync(
        connection =>
        {
            using var add = connection.Prepare("INSERT INTO hull_decision (id, at_ticks, body) VALUES ($id, $at, $body) ON CONFLICT (id) DO NOTHING", ("$id", null), ("$at", null), ("$body", null));
            foreach (var decision in decisions)
            {
                add.ExecuteWith(decision.Id, decision.At.UtcTicks, StoreJson.Write(decision));
            }

            return decisions.Count;
        },
        null,
        cancel);

    public ValueTask<IReadOnlyList<HullDecision>> DecisionsAsync(CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        return new(database.Read(reader => reader.Records<HullDecision>("SELECT body FROM hull_decision ORDER BY at_ticks, id")));
    }

    /// <remarks>Oldest first is by the start of the time a claim speaks of.</remarks>
    public ValueTask<IReadOnlyList<IdentityClaim>> OfFlagAsync(FlagState flag, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        var claims = database.Read(reader => reader.Rows($"{ClaimColumns} WHERE flag = $flag AND broadcast = 0", ReadClaim, ("$flag", flag.Code)));
        return new([.. claims.OrderBy(c => c.From).ThenBy(c => c.Id, StringComparer.Ordinal)]);
    }

    private async ValueTask KeepAsync<T>(string table, IReadOnlyCollection<T> records, Func<T, (string Id, Mmsi? Mmsi, ImoNumber? Imo)> keys, CancellationToken cancel) => await database.WriteAsync(
        connection =>
        {
            using var add = connection.Prepare(
                $"INSERT INTO {table} (id, mmsi, imo, body) VALUES ($id, $mmsi, $imo, $body) ON CONFLICT (id) DO UPDATE SET body = excluded.body",
                ("$id", null), ("$mmsi", null), ("$imo", null), ("$body", null));
            foreach (var record in records)
            {
                var (id, mmsi, imo) = keys(record);
                add.ExecuteWith(id, mmsi?.Number, imo?.Number, StoreJson.Write(record));
            }

            return records.Count;
        },
        null,
        cancel);

    private ValueTask<IReadOnlyList<T>> OfAsync<T>(string table, Mmsi? mmsi, ImoNumber? imo, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        return new(database.Read(reader => reader.Records<T>($"SELECT body FROM {table} WHERE mmsi = $mmsi OR imo = $imo ORDER BY id", ("$mmsi", mmsi?.Number), ("$imo", imo?.Number))));
    }

    internal static List<IdentityClaim> All(SqliteConnection connection) => connection.Rows(ClaimColumns, ReadClaim);

    /// <summary>Adds claims inside the caller's transaction; gives how many came.</summary>
    internal static int Add(SqliteConnection connection, IReadOnlyCollection<IdentityClaim> claims)
    {
        if (claims.Count == 0)
        {
            return 0;
        }

        // Most claims are known: those are neither written as JSON nor touch the index.
        using var widen = connection.Prepare("UPDATE claim SET first_seen_ticks = min(first_seen_ticks, $first), last_seen_ticks = max(last_seen_ticks, $last) WHERE id = $id", ("$first", null), ("$last", null), ("$id", null));
        using var add = connection.Prepare(
            """
            INSERT INTO claim (id, mmsi, imo, mmsi_text, imo_text, call_sign_text, name_text, broadcast, first_seen_ticks, last_seen_ticks, body)
            VALUES ($id, $mmsi, $imo, $mmsiText, $imoText, $callSign, $name, $broadcast, $first, $last, $body)
            """,
            ("$id", null), ("$mmsi", null), ("$imo", null), ("$mmsiText", null), ("$imoText", null), ("$callSign", null), ("$name", null), ("$broadcast", null), ("$first", null), ("$last", null), ("$body", null));
        using var terms = SqliteSearchIndex.Write(connection);
        foreach (var claim in claims)
        {
            if (widen.ExecuteWith(claim.FirstSeen.UtcTicks, claim.LastSeen.UtcTicks, claim.Id) == 0)
            {
                add.ExecuteWith(
                    claim.Id, claim.Mmsi?.Number, claim.Imo?.Number, claim.Mmsi?.ToString(), IdentityText.WithoutImo(IdentityText.Folded(claim.ImoAsStated?.Trim())), IdentityText.Folded(claim.CallSign),
                    IdentityText.Folded(claim.Name), claim.Origin == ClaimOrigin.Broadcast ? 1 : 0, claim.FirstSeen.UtcTicks, claim.LastSeen.UtcTicks, StoreJson.Write(claim));
                terms.Add(claim);
            }
        }

        return claims.Count;
    }

    internal static IdentityClaim ReadClaim(SqliteDataReader row) => StoreJson.Read<IdentityClaim>(row.GetString(0)) with
    {
        FirstSeen = new DateTimeOffset(row.GetInt64(1), TimeSpan.Zero),
        LastSeen = new DateTimeOffset(row.GetInt64(2), TimeSpan.Zero),
    };
}
