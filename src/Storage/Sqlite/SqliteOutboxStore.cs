using MaritimeWatch.Alerts;
using MaritimeWatch.Registry;
using Microsoft.Data.Sqlite;

namespace MaritimeWatch.Storage.Sqlite;

/// <summary>Mails that are owed.</summary>
public sealed class SqliteOutboxStore(SqliteDatabase database) : IOutboxStore
{
    /// <remarks>Longest due first.</remarks>
    public ValueTask<IReadOnlyList<OutboxMail>> DueAsync(DateTimeOffset now, int limit, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        return new(database.Read(reader => reader.Records<OutboxMail>(
            "SELECT body FROM mail WHERE pending = 1 AND not_before_ticks <= $now ORDER BY not_before_ticks, rowid LIMIT $limit", ("$now", now.UtcTicks), ("$limit", Math.Max(0, limit)))));
    }

    /// <exception cref="StoreException">No such mail is owed.</exception>
    public async ValueTask MarkAsync(OutboxMail mail, CancellationToken cancel = default)
    {
        var marked = await database.WriteAsync(
            connection => connection.Execute("UPDATE mail SET pending = $pending, not_before_ticks = $notBefore, body = $body WHERE key = $key",
                ("$pending", Pending(mail)), ("$notBefore", mail.NotBefore.UtcTicks), ("$body", StoreJson.Write(mail)), ("$key", mail.Key)),
            null,
            cancel);
        if (marked == 0)
        {
            throw new StoreException($"No mail is owed under the key {mail.Key}. Mails are owed only by a change of a case or a registry file; look it up.");
        }
    }

    /// <remarks>Newest first.</remarks>
    public ValueTask<IReadOnlyList<OutboxMail>> AllAsync(int limit, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        return new(database.Read(reader => reader.Records<OutboxMail>("SELECT body FROM mail ORDER BY rowid DESC LIMIT $limit", ("$limit", Math.Max(0, limit)))));
    }

    /// <summary>Writes a mail inside the caller's transaction; one already owed under its key stays as it is.</summary>
    internal static void Owe(SqliteConnection connection, OutboxMail mail) =>
        connection.Execute("INSERT OR IGNORE INTO mail (key, alert_id, notice_id, pending, not_before_ticks, body) VALUES ($key, $alert, $notice, $pending, $notBefore, $body)",
            ("$key", mail.Key), ("$alert", RegistryNotice.IsId(mail.AlertId) ? null : mail.AlertId), ("$notice", RegistryNotice.IsId(mail.AlertId) ? mail.AlertId : null), ("$pending", Pending(mail)), ("$notBefore", mail.NotBefore.UtcTicks), ("$body", StoreJson.Write(mail)));

    private static int Pending(OutboxMail mail) => mail.State == MailState.Pending ? 1 : 0;
}
