using MaritimeWatch.Alerts;
using MaritimeWatch.Cases;
using MaritimeWatch.Detection;
using MaritimeWatch.Rules;
using MaritimeWatch.Server.Settings;
using MaritimeWatch.Storage;
using MaritimeWatch.Units;

namespace MaritimeWatch.Server.Watch;

/// <summary>Why an act on a case was refused.</summary>
internal enum Refusal
{
    None,
    NotFound,
    NotAllowed,
    MovedOn,
}

/// <summary>
/// Opens cases for findings that a person should see, follows their revisions, and carries out what persons decide. Each
/// change is one transaction with its alert, its mails and its entry on the audit chain.
/// </summary>
internal sealed class CaseDesk(IStore store, Pictures pictures, Places places, RuleBook rules, Settings.Settings settings, WatchMode mode, TimeProvider clock)
{
    /// <summary>The machine's part: raise, revise or withdraw. What the general level does not raise, a rule of a person may.</summary>
    public async Task FollowAsync(StoredFinding stored, CancellationToken cancel)
    {
        var (finding, now) = (stored.Finding, clock.GetUtcNow());
        var (file, met) = (await store.Cases.FindAsync(finding.Id, cancel), await rules.MarksOfAsync(finding, cancel));
        if (file is null)
        {
            if (finding.Alert || met.Count > 0)
            {
                await WriteAsync(CaseRules.Raise(finding.Id, stored.Revision, finding.AsOf, now, finding.Alert ? null : ByRules(met)) with { Rules = met }, 0, "raise", finding.Sentence, cancel);
            }

            return;
        }

        var before = (await store.Findings.RevisionsOfAsync(finding.Id, cancel)).FirstOrDefault(r => r.Revision == file.FindingRevision)?.Finding;
        var news = met.Where(m => file.Rules.All(known => known.Id != m.Id)).ToList();
        var raised = finding.Alert || met.Count > 0 || await rules.StillMetAsync(file.Rules, finding, cancel);
        var differs = before is not null && (before.Class != finding.Class || before.EndTime != finding.EndTime || before.Alert != finding.Alert);
        var act = !raised ? CaseAct.Withdraw : differs || news.Count > 0 || file.State == CaseState.Withdrawn ? CaseAct.Revise : (CaseAct?)null;
        if (act is { } a && CaseRules.After(file, a, CaseRules.Machine, now, null, Change(before, finding) ?? (news.Count > 0 ? ByRules(news) : null), stored.Revision) is { } after)
        {
            await WriteAsync(after with { Rules = [.. file.Rules, .. news] }, file.History.Count, a == CaseAct.Revise ? "revise" : "withdraw", finding.Sentence, cancel);
        }
    }

    /// <summary>A person's part. The act is refused when the case has moved on since the person saw it.</summary>
    public async Task<Refusal> DecideAsync(string caseId, CaseAct act, string by, DismissalReason? reason, string? note, Tlp tlp, int eventsSeen, CancellationToken cancel)
    {
        var file = await store.Cases.FindAsync(caseId, cancel);
        var stored = file is null ? null : await store.Findings.FindAsync(caseId, cancel);
        if (file is null || stored is null)
        {
            return Refusal.NotFound;
        }

        if (file.History.Count != eventsSeen)
        {
            return Refusal.MovedOn;
        }

        if (CaseRules.After(file, act, by, clock.GetUtcNow(), reason, note, stored.Revision) is not { } after)
        {
            return Refusal.NotAllowed;
        }

        var alert = act == CaseAct.Release ? await AlertOfAsync(after, stored, by, note!, tlp, cancel) : null;
        // One mail a recipient, whether the general list or several rules name her.
        var recipients = alert is null ? [] : settings.Mail.Recipients.Concat(await rules.MailToAsync(file.Rules, cancel)).Distinct(StringComparer.OrdinalIgnoreCase);
        var mails = alert is null ? [] : recipients.Select(r => new OutboxMail($"{alert.Id}:{r}", alert.Id, r, MailState.Pending, 0, alert.ReleasedAt, null)).ToList();
        var detail = $"{reason?.ToString() ?? ""} {note} (finding revision {stored.Revision}{(mails.Count > 0 ? $"; mail to {string.Join(", ", mails.Select(m => m.Recipient))}" : "")})".Trim();
        var done = await store.Cases.ApplyAsync(new CaseChange(after, file.History.Count, alert, mails, new AuditNote(clock.GetUtcNow(), by, act.ToString(), caseId, detail)), cancel);
        return done ? Refusal.None : Refusal.MovedOn;
    }

    private async Task<Alert> AlertOfAsync(CaseFile file, StoredFinding stored, string by, string note, Tlp tlp, CancellationToken cancel)
    {
        var finding = stored.Finding;
        var hull = finding.Mmsi is { } mmsi ? await pictures.HullAsync(mmsi, cancel) : null;
        return new Alert
        {
            CaseId = file.Id,
            Revision = file.AlertRevision,
            Type = file.State == CaseState.Withdrawn ? AlertType.Cancel : file.AlertRevision > 1 ? AlertType.Update : AlertType.Alert,
            ReleasedAt = clock.GetUtcNow(),
            ReleasedBy = by,
            Note = note,
            Tlp = tlp,
            Exercise = mode.Exercise,
            Finding = finding,
            FindingRevision = stored.Revision,
            VesselName = hull?.Name,
            FlagText = finding.Mmsi is { } m ? pictures.FlagText(m) : null,
            PlaceText = finding.Start is { } at ? places.Words(at) : "place not known",
            Rules = [.. file.Rules.Select(r => r.Name).Distinct()],
        };
    }

    private async Task WriteAsync(CaseFile file, int eventsBefore, string act, string detail, CancellationToken cancel) =>
        // False means a person acted in the same moment; the next judgement follows up.
        await store.Cases.ApplyAsync(new CaseChange(file, eventsBefore, null, [], new AuditNote(clock.GetUtcNow(), CaseRules.Machine, act, file.Id, detail)), cancel);

    private static string ByRules(IReadOnlyList<RuleMark> met) => $"by rule {string.Join(", ", met.Select(m => m.Name))}";

    private static string? Change(Finding? before, Finding now) => before switch
    {
        null => null,
        { EndTime: null } when now.EndTime is { } end => $"ended {FactId.Iso(end)}",
        { EndTime: { } was } when now.EndTime is { } end && end < was => $"shortened from {(was - before.StartTime).TotalHours:0.0} h to {(end - now.StartTime).TotalHours:0.0} h",
        _ when before.Class != now.Class => $"{before.Class} became {now.Class}",
        _ => null,
    };
}
