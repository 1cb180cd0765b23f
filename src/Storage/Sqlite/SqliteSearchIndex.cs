using System.Globalization;
using System.Text.Json;
using MaritimeWatch.Identity;
using MaritimeWatch.Units;
using Microsoft.Data.Sqlite;

namespace MaritimeWatch.Storage.Sqlite;

/// <summary>
/// The texts under which hulls are found: one row for each hull, field and folded text, however many claims say it, and the
/// names once more by their trigrams (FTS5). A claim that is seen again touches neither.
/// </summary>
internal sealed class SqliteSearchIndex(SqliteDatabase database) : ISearchIndex
{
    private const string Name = "identity_form";

    /// <summary>Hulls are kept as numbers: the IMO number, or the MMSI behind ten digits, or the claim's own row below zero.</summary>
    private const long MmsiFrom = 10_000_000_000;

    private const string ClaimColumns = "SELECT body, first_seen_ticks, last_seen_ticks FROM claim WHERE";

    /// <summary>Gives SQL the folding of <see cref="SearchTerm"/>, so that a file can be brought forward by statements alone.</summary>
    public static void Register(SqliteConnection connection) => connection.CreateFunction<long, string?, long, string?>(
        Name, (field, text, form) => SearchTerm.Folded((SearchField)field, text) is var forms && form < forms.Count ? forms[(int)form] : null, isDeterministic: true);

    /// <summary>The step of the schema that makes the tables and fills them from the claims.</summary>
    public const string Step =
        """
        CREATE TABLE identity_term (field INTEGER NOT NULL, text TEXT NOT NULL, hull INTEGER NOT NULL, PRIMARY KEY (field, text, hull)) WITHOUT ROWID;
        CREATE VIRTUAL TABLE name_gram USING fts5 (text, tokenize = 'trigram', detail = none, columnsize = 0);
        INSERT OR IGNORE INTO identity_term (field, text, hull)
        SELECT field, identity_form(field, text, form), hull FROM (
            SELECT f.value AS field, n.value AS form,
                CASE f.value WHEN 0 THEN imo_text WHEN 1 THEN mmsi_text WHEN 2 THEN call_sign_text ELSE name_text END AS text,
                CASE WHEN imo IS NOT NULL THEN imo WHEN mmsi IS NOT NULL THEN 10000000000 + mmsi ELSE -claim.rowid END AS hull
            FROM claim, json_each('[0,1,2,3]') f, json_each('[0,1]') n)
        WHERE identity_form(field, text, form) IS NOT NULL;
        INSERT INTO name_gram (text) SELECT DISTINCT text FROM identity_term WHERE field = 3;
        """;

    public ValueTask<IReadOnlyList<HeldTerm>> EqualAsync(SearchField field, IReadOnlyCollection<string> texts, int limit, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        return new(database.Read(reader => Equal(reader, field, texts, limit)));
    }

    public ValueTask<IReadOnlyList<HeldTerm>> BeginAsync(SearchField field, string text, int limit, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        return new(database.Read(reader => reader.Rows(
            "SELECT text, hull FROM identity_term WHERE field = $field AND text > $text AND text < $text || char(65535) LIMIT $limit", row => Held(field, row), ("$field", (int)field), ("$text", text), ("$limit", limit))));
    }

    public ValueTask<IReadOnlyList<HeldTerm>> HoldAsync(IReadOnlyList<string[]> sets, int limit, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        return new(database.Read(reader =>
        {
            var names = reader.Rows("SELECT text FROM name_gram WHERE name_gram MATCH $sets LIMIT $limit", row => row.GetString(0), ("$sets", string.Join(" OR ", sets.Select(Grams))), ("$limit", limit))
                .Where(name => sets.Any(set => set.All(part => name.Contains(part, StringComparison.Ordinal)))).ToList();
            return names.Count == 0 ? [] : Equal(reader, SearchField.Name, names, limit);
        }));
    }

    public ValueTask<IReadOnlyDictionary<string, IReadOnlyList<IdentityClaim>>> ClaimsAsync(IReadOnlyCollection<string> hulls, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        return new(database.Read<IReadOnlyDictionary<string, IReadOnlyList<IdentityClaim>>>(reader =>
        {
            using SqliteCommand byImo = Claims(reader, "imo = $key"), byMmsi = Claims(reader, "mmsi = $key AND imo IS NULL"), byRow = Claims(reader, "rowid = $key");
            return hulls.ToDictionary(h => h, h => long.Parse(h, CultureInfo.InvariantCulture) switch
            {
                < 0 and var row => Read(byRow, -row),
                < MmsiFrom and var imo => Read(byImo, imo),
                var mmsi => Read(byMmsi, mmsi - MmsiFrom),
            });
        }));
    }

    /// <summary>Adds the texts of claims that are new, inside the caller's transaction.</summary>
    public static Writer Write(SqliteConnection connection) => new(connection);

    private static SqliteCommand Claims(SqliteConnection reader, string which) => reader.Prepare($"{ClaimColumns} {which} ORDER BY last_seen_ticks DESC, id LIMIT 500", ("$key", null));

    private static IReadOnlyList<IdentityClaim> Read(SqliteCommand command, long key)
    {
        command.Parameters[0].Value = key;
        using var reader = command.ExecuteReader();
        var claims = new List<IdentityClaim>();
        while (reader.Read())
        {
            claims.Add(SqliteIdentityStore.ReadClaim(reader));
        }

        return claims;
    }

    private static List<HeldTerm> Equal(SqliteConnection reader, SearchField field, IReadOnlyCollection<string> texts, int limit) => reader.Rows(
        "SELECT text, hull FROM identity_term WHERE field = $field AND text IN (SELECT value FROM json_each($texts)) LIMIT $limit",
        row => Held(field, row), ("$field", (int)field), ("$texts", JsonSerializer.Serialize(texts)), ("$limit", limit));

    private static HeldTerm Held(SearchField field, SqliteDataReader row) => new(new SearchTerm(field, row.GetString(0)), row.GetInt64(1).ToString(CultureInfo.InvariantCulture));

    /// <summary>All trigrams of all parts; folded names hold no quote.</summary>
    private static string Grams(string[] set) => $"({string.Join(" AND ", set.SelectMany(part => Enumerable.Range(0, part.Length - 2).Select(i => part.Substring(i, 3))).Distinct().Select(gram => $"\"{gram}\""))})";

    /// <summary>Statements kept for a batch of claims.</summary>
    public sealed class Writer(SqliteConnection connection) : IDisposable
    {
        private readonly SqliteCommand term = connection.Prepare("INSERT OR IGNORE INTO identity_term (field, text, hull) VALUES ($field, $text, $hull)", ("$field", null), ("$text", null), ("$hull", null));

        // A name that another hull bears has its trigrams already.
        private readonly SqliteCommand gram = connection.Prepare(
            "INSERT INTO name_gram (text) SELECT $text WHERE (SELECT count(*) FROM (SELECT 1 FROM identity_term WHERE field = 3 AND text = $text LIMIT 2)) = 1", ("$text", null));

        public void Add(IdentityClaim claim)
        {
            var hull = claim.Imo is { } imo ? imo.Number : claim.Mmsi is { } mmsi ? MmsiFrom + mmsi.Number : -connection.Number("SELECT last_insert_rowid()");
            foreach (var (field, text) in SearchTerm.Of(claim))
            {
                if (term.ExecuteWith((int)field, text, hull) > 0 && field == SearchField.Name)
                {
                    gram.ExecuteWith(text);
                }
            }
        }

        public void Dispose()
        {
            term.Dispose();
            gram.Dispose();
        }
    }
}
