using MaritimeWatch.Rules;
using Microsoft.Data.Sqlite;

namespace MaritimeWatch.Storage.Sqlite;

/// <summary>Versions of rules and drawn areas, a row each.</summary>
public sealed class SqliteRuleStore(SqliteDatabase database) : IRuleStore
{
    private const string AreaKind = "area", RuleKind = "rule";

    public ValueTask<bool> SaveAsync(DrawnArea area, AuditNote audit, CancellationToken cancel = default) => SaveAsync(AreaKind, area.Id, area.Version, area, audit, cancel);

    public ValueTask<bool> SaveAsync(WatchRule rule, AuditNote audit, CancellationToken cancel = default) => SaveAsync(RuleKind, rule.Id, rule.Version, rule, audit, cancel);

    public ValueTask<DrawnArea?> AreaAsync(AreaVersion version, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        return new(database.Read(reader => reader.Records<DrawnArea>(
            "SELECT body FROM rule_version WHERE kind = $kind AND id = $id AND version = $version", ("$kind", AreaKind), ("$id", version.Id), ("$version", version.Version)).SingleOrDefault()));
    }

    public ValueTask<IReadOnlyList<DrawnArea>> AreasAsync(CancellationToken cancel = default) => AllAsync<DrawnArea>(AreaKind, cancel);

    public ValueTask<IReadOnlyList<WatchRule>> RulesAsync(CancellationToken cancel = default) => AllAsync<WatchRule>(RuleKind, cancel);

    /// <summary>Writes a version of another store as it is, inside the caller's transaction.</summary>
    internal static void Put(SqliteConnection connection, DrawnArea area) => Put(connection, AreaKind, area.Id, area.Version, area);

    internal static void Put(SqliteConnection connection, WatchRule rule) => Put(connection, RuleKind, rule.Id, rule.Version, rule);

    private static void Put<T>(SqliteConnection connection, string kind, string id, int version, T value) =>
        connection.Execute("INSERT INTO rule_version (kind, id, version, body) SELECT $kind, $id, $version, $body WHERE NOT EXISTS (SELECT 1 FROM rule_version WHERE kind = $kind AND id = $id AND version = $version AND body = $body)",
            ("$kind", kind), ("$id", id), ("$version", version), ("$body", StoreJson.Write(value)));

    private ValueTask<bool> SaveAsync<T>(string kind, string id, int version, T value, AuditNote audit, CancellationToken cancel) => database.WriteAsync(
        connection =>
        {
            if (version != connection.Number("SELECT COALESCE(max(version), 0) FROM rule_version WHERE kind = $kind AND id = $id", ("$kind", kind), ("$id", id)) + 1)
            {
                return false;
            }

            Put(connection, kind, id, version, value);
            SqliteAuditStore.Append(connection, audit);
            return true;
        },
        null,
        cancel);

    private ValueTask<IReadOnlyList<T>> AllAsync<T>(string kind, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        return new(database.Read(reader => reader.Records<T>("SELECT body FROM rule_version WHERE kind = $kind ORDER BY id, version", ("$kind", kind))));
    }
}
