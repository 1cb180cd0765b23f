using MaritimeWatch.Alerts;
using MaritimeWatch.Cases;
using MaritimeWatch.Detection;
using MaritimeWatch.Storage;
using MaritimeWatch.Units;

namespace MaritimeWatch.Integration.Mail;

/// <summary>Alerts and owed mails in memory; it outlives the pump, as a store does.</summary>
internal sealed class MadeUpStore : IOutboxStore, ICaseStore
{
    public static readonly DateTimeOffset Start = new(2026, 11, 23, 18, 0, 0, TimeSpan.Zero);

    private readonly List<OutboxMail> mails = [];
    private readonly List<Alert> alerts = [];

    public IReadOnlyList<OutboxMail> Mails => mails;

    public Alert Owe(int revision, AlertType type, params string[] recipients)
    {
        var alert = new Alert
        {
            CaseId = "a1b2c3d4e5f60718",
            Revision = revision,
            Type = type,
            ReleasedAt = Start.AddMinutes(revision - 1),
            ReleasedBy = "duty1",
            Note = "Drill.",
            Tlp = Tlp.Amber,
            Exercise = true,
            FindingRevision = revision,
            VesselName = "NOORDSTER",
            FlagText = null,
            PlaceText = "Dover Strait",
            Finding = new Finding
            {
                Id = "a1b2c3d4e5f60718",
                Kind = FindingKind.Silence,
                Class = FindingClass.Unexplained,
                Alert = true,
                Mmsi = new Mmsi(244012345),
                TrackId = "244012345",
                VesselId = "hull-1",
                StartTime = Start.AddHours(-4),
                Start = new GeoPoint(51.02, 1.42),
                Sentence = "NOORDSTER (MMSI 244012345) has not been heard on AIS for 4 h, since 2026-11-23 14:00Z, in the Dover Strait.",
                Band = Band.Medium,
                PriorNats = -1,
                Evidence = [],
                InnocentCauses = [],
                AsOf = Start,
                ModelVersion = "gap-2026.1",
            },
        };
        alerts.Add(alert);
        mails.AddRange(recipients.Select(to => new OutboxMail($"{alert.Id}/{to}", alert.Id, to, MailState.Pending, 0, alert.ReleasedAt, null)));
        return alert;
    }

    public void OweUnknown(string recipient) => mails.Add(new OutboxMail("gone-1/x", "gone-1", recipient, MailState.Pending, 0, Start, null));

    public ValueTask<IReadOnlyList<OutboxMail>> DueAsync(DateTimeOffset now, int limit, CancellationToken cancel = default) =>
        new([.. mails.Where(m => m.State == MailState.Pending && m.NotBefore <= now).Take(limit)]);

    public ValueTask MarkAsync(OutboxMail mail, CancellationToken cancel = default)
    {
        mails[mails.FindIndex(m => m.Key == mail.Key)] = mail;
        return ValueTask.CompletedTask;
    }

    ValueTask<IReadOnlyList<OutboxMail>> IOutboxStore.AllAsync(int limit, CancellationToken cancel) => new([.. mails.Take(limit)]);

    public ValueTask<Alert?> AlertAsync(string alertId, CancellationToken cancel = default) => new(alerts.Find(a => a.Id == alertId));

    public ValueTask<IReadOnlyList<Alert>> AlertsOfAsync(string caseId, CancellationToken cancel = default) => new([.. alerts.Where(a => a.CaseId == caseId)]);

    public ValueTask<bool> ApplyAsync(CaseChange change, CancellationToken cancel = default) => throw new NotSupportedException();

    public ValueTask<CaseFile?> FindAsync(string id, CancellationToken cancel = default) => throw new NotSupportedException();

    ValueTask<IReadOnlyList<CaseFile>> ICaseStore.AllAsync(int limit, CancellationToken cancel) => throw new NotSupportedException();
}
