using MaritimeWatch.Alerts;
using MaritimeWatch.Registry;
using MaritimeWatch.Storage;
using MaritimeWatch.Tracks;
using Microsoft.Extensions.Logging;
using MimeKit;

namespace MaritimeWatch.Server.Mail;

/// <summary>What one round of delivery did.</summary>
internal readonly record struct DeliveryCount(int Sent, int Postponed, int Failed);

/// <summary>
/// Delivers the mails that are owed. A mail is marked sent right after the mail server took it; only a stop between these
/// two steps can send it again, then with the same Message-ID. One instance per store: two processes on one store would
/// both send, because the store has no lease.
/// </summary>
/// <param name="mails">Mails owed.</param>
/// <param name="cases">Alerts they carry.</param>
/// <param name="post">Where they go.</param>
/// <param name="picture">Draws the map; null sends mails without one.</param>
/// <param name="tracksOf">Fixes around an alert, in time order.</param>
/// <param name="options">Tries and waits.</param>
/// <param name="clock">Measures how long a try took.</param>
/// <param name="log">Failures, without addresses.</param>
/// <param name="noticeOf">Notices of registry files, by id; null where there are none.</param>
internal sealed class Outbox(IOutboxStore mails, ICaseStore cases, PostOffice post, AlertPicture? picture,
    Func<Alert, CancellationToken, ValueTask<IReadOnlyList<Fix>>> tracksOf, MailOptions options, TimeProvider clock, ILogger<Outbox> log, Func<string, CancellationToken, ValueTask<RegistryNotice?>>? noticeOf = null)
{
    /// <summary>Longest wait between two tries.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    private const int AtOnce = 50, Looked = 10_000;

    private readonly SemaphoreSlim one = new(1, 1);

    /// <summary>Delivers everything due at a time, each mail once; a call while another runs does nothing.</summary>
    public async Task<DeliveryCount> DeliverDueAsync(DateTimeOffset now, CancellationToken cancel = default)
    {
        if (!await one.WaitAsync(0, cancel))
        {
            return default;
        }

        try
        {
            var count = default(DeliveryCount);
            var tried = new HashSet<string>(StringComparer.Ordinal);
            while (await mails.DueAsync(now, AtOnce, cancel) is { Count: > 0 } due)
            {
                var open = due.Where(mail => tried.Add(mail.Key)).ToList();
                if (open.Count == 0)
                {
                    break;
                }

                count = await DeliverAsync(open, now, count, cancel);
            }

            return count;
        }
        finally
        {
            one.Release();
        }
    }

    private async Task<DeliveryCount> DeliverAsync(List<OutboxMail> due, DateTimeOffset now, DeliveryCount count, CancellationToken cancel)
    {
        var round = new List<(OutboxMail Mail, Alert? Alert)>();
        foreach (var mail in due)
        {
            round.Add((mail, RegistryNotice.IsId(mail.AlertId) ? null : await cases.AlertAsync(mail.AlertId, cancel)));
        }

        var pictures = new Dictionary<string, byte[]?>(StringComparer.Ordinal);
        foreach (var (mail, alert) in round.OrderBy(r => r.Alert?.Revision ?? 0))
        {
            cancel.ThrowIfCancellationRequested();
            var after = await TryAsync(mail, alert, now, pictures, cancel);

            // What happened must be noted even while stopping.
            await mails.MarkAsync(after, CancellationToken.None);
            count = after.State switch
            {
                MailState.Sent => count with { Sent = count.Sent + 1 },
                MailState.Failed => count with { Failed = count.Failed + 1 },
                _ => count with { Postponed = count.Postponed + 1 },
            };
        }

        return count;
    }

    private async Task<OutboxMail> TryAsync(OutboxMail mail, Alert? alert, DateTimeOffset now, Dictionary<string, byte[]?> pictures, CancellationToken cancel)
    {
        var notice = alert is null && RegistryNotice.IsId(mail.AlertId) && noticeOf is not null ? await noticeOf(mail.AlertId, cancel) : null;
        if (alert is null && notice is null)
        {
            return mail with { State = MailState.Failed, LastError = $"{(RegistryNotice.IsId(mail.AlertId) ? "Notice" : "Alert")} {mail.AlertId} is not in the store." };
        }

        if (await EarlierAsync(mail, alert, cancel) is { } earlier)
        {
            // A withdrawal or revocation must not be overtaken by what it takes back.
            var later = earlier.NotBefore > now ? earlier.NotBefore : now + options.RetryAfter;
            return mail with { NotBefore = later, LastError = $"Waits for {earlier.AlertId}, which goes first." };
        }

        var began = clock.GetTimestamp();
        try
        {
            await post.SendAsync(notice is not null ? RegistryMail.Compose(notice, mail.Recipient, options) : await ComposeAsync(alert!, mail.Recipient, pictures, cancel), cancel);
            return mail with { State = MailState.Sent, Attempts = mail.Attempts + 1, LastError = null };
        }
        catch (Exception failure) when (!cancel.IsCancellationRequested)
        {
            // Whatever went wrong for this recipient, the others still get theirs; the error stays with the mail.
            var attempts = mail.Attempts + 1;
            var state = attempts >= options.MaxAttempts ? MailState.Failed : MailState.Pending;
            var key = notice is not null ? RegistryMail.MessageId(notice, mail.Recipient, options) : AlertMail.MessageId(alert!, mail.Recipient, options);
            log.LogWarning("Mail {Key} of {Alert}: try {Attempt} of {Most} failed: {Error}", key, mail.AlertId, attempts, options.MaxAttempts, failure.GetType().Name);
            return mail with { State = state, Attempts = attempts, NotBefore = now + clock.GetElapsedTime(began) + WaitAfter(attempts), LastError = AlertWords.Clean(failure.Message) };
        }
    }

    private async Task<MimeMessage> ComposeAsync(Alert alert, string recipient, Dictionary<string, byte[]?> pictures, CancellationToken cancel)
    {
        var first = alert.Revision == 1 ? alert : (await cases.AlertsOfAsync(alert.CaseId, cancel)).MinBy(a => a.Revision);
        if (!pictures.TryGetValue(alert.Id, out var png))
        {
            pictures[alert.Id] = png = await DrawAsync(alert, cancel);
        }

        return AlertMail.Compose(alert, recipient, png, options, first);
    }

    /// <summary>The wait doubles with every failure up to an hour.</summary>
    private TimeSpan WaitAfter(int attempts)
    {
        var wait = options.RetryAfter * Math.Pow(2, Math.Min(attempts - 1, 20));
        return wait < LongestWait ? wait : LongestWait;
    }

    private async ValueTask<OutboxMail?> EarlierAsync(OutboxMail mail, Alert? alert, CancellationToken cancel)
    {
        if (alert is { Revision: 1 })
        {
            return null;
        }

        var before = (alert is not null ? Enumerable.Range(1, alert.Revision - 1).Select(r => $"{alert.CaseId}-{r}") : RegistryNotice.EarlierThan(mail.AlertId)).ToHashSet(StringComparer.Ordinal);
        return (await mails.AllAsync(Looked, cancel)).FirstOrDefault(m => m.State == MailState.Pending && m.Recipient == mail.Recipient && before.Contains(m.AlertId));
    }

    /// <summary>The picture is an aid: an alert that cannot be drawn is still sent, and the log says so.</summary>
    private async ValueTask<byte[]?> DrawAsync(Alert alert, CancellationToken cancel)
    {
        try
        {
            return picture?.Draw(alert, await tracksOf(alert, cancel));
        }
        catch (Exception failure) when (!cancel.IsCancellationRequested)
        {
            log.LogError(failure, "The picture of alert {Alert} could not be drawn; the mail goes without it.", alert.Id);
            return null;
        }
    }
}
