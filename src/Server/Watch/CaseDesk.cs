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

    /// <summary>Her own judgement comes before her decision.</summary>
    JudgeFirst,
}

/// <summary>
/// Opens cases for findings that a person should see, follows their revisions, and carries out what persons decide. Each
/// change is one transaction with its alert, its mails and its entry on the audit chain.
/// </summary>
internal sealed class CaseDesk(IStore store, Pictures pictures, Places places, RuleBook rules, Settings.Settings settings, SuspensionDesk suspensions, DecidedCases decided, WatchMode mode, TimeProvider clock)
{
    /// <summary>The machine's part: raise, revise or withdraw. What the general level does not raise, a rule of a person may.</summary>
    public async Task FollowAsync(StoredFinding stored, CancellationToken cancel)
    {
        var (finding, now) = (stored.Finding, clock.GetUtcNow());
        var (file, met) = (await store.Cases.FindAsync(finding.Id, cancel), await rules.MarksOfAsync(finding, cancel));
        // A suspension binds to when the behaviour began; what a person has in hand already stays with her.
        var held = (finding.Alert || met.Count > 0) && file?.IsTouched() != true ? await suspensions.HoldingAsync(finding, cancel) : null;
        if (file is null)
        {
            if (held is null && (finding.Alert || met.Count > 0))
            {
                await WriteAsync(CaseRules.Raise(finding.Id, stored.Revision, finding.AsOf, now, settings.Assessment.BlindShare, finding.Alert ? null : ByRules(met)) with { Rules = met }, 0, "raise", finding.Sentence, cancel);
            }

            return;
        }

        var before = (await store.Findings.RevisionsOfAsync(finding.Id, cancel)).FirstOrDefault(r => r.Revision == file.FindingRevision)?.Finding;
        var news = met.Where(m => file.Rules.All(known => known.Id != m.Id)).ToList();
        var raised = held is null && (finding.Alert || met.Count > 0 || await rules.StillMetAsync(file.Rules, finding, cancel));
        var differs = before is not null && (before.Class != finding.Class || before.EndTime != finding.EndTime || before.Alert != finding.Alert);
        var act = !raised ? CaseAct.Withdraw : differs || news.Count > 0 || file.State == CaseState.Withdrawn ? CaseAct.Revise : (CaseAct?)null;
        if (act is { } a && CaseRules.After(file, a, CaseRules.Machine, now, null, held is not null ? CaseWords.Held(held) : CaseWords.Change(before, finding) ?? (news.Count > 0 ? ByRules(news) : null), stored.Revision) is { } after)
        {
            await WriteAsync(after with { Rules = [.. file.Rules, .. news] }, file.History.Count, a == CaseAct.Revise ? "revise" : "withdraw", finding.Sentence, cancel);
        }
    }

    /// <summary>A person's part. The act is refused when the case has moved on since the person saw it.</summary>
    /// <param name="caseId">The case.</param>
    /// <param name="done">What she does; number, time, revision and what the machine said are filled in here.</param>
    /// <param name="tlp">How far a release may be passed on.</param>
    /// <param name="eventsSeen">Events of the history she saw.</param>
    /// <param name="cancel">Stops the writing.</param>
    public async Task<Refusal> DecideAsync(string caseId, CaseEvent done, Tlp tlp, int eventsSeen, CancellationToken cancel)
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

        if (CaseRules.Decides(done.Act) && file.IsBlindFor(done.By))
        {
            return Refusal.JudgeFirst;
        }

        done = done with { At = clock.GetUtcNow(), FindingRevision = stored.Revision, Kind = stored.Finding.Kind, Band = stored.Finding.Band };
        if (CaseRules.After(file, done) is not { } after)
        {
            return Refusal.NotAllowed;
        }

        var alert = done.Act == CaseAct.Release ? await AlertOfAsync(after, stored, done.By, done.Note!, tlp, cancel) : null;
        // One mail a recipient, whether the general list or several rules name her.
        var recipients = alert is null ? [] : settings.Mail.Recipients.Concat(await rules.MailToAsync(file.Rules, cancel)).Distinct(StringComparer.OrdinalIgnoreCase);
        var mails = alert is null ? [] : recipients.Select(r => new OutboxMail($"{alert.Id}:{r}", alert.Id, r, MailState.Pending, 0, alert.ReleasedAt, null)).ToList();
        var words = string.Join(' ', new[] { done.Reason?.ToString(), done.FollowUp?.ToString(), done.Judgement?.ToString(), done.Act == CaseAct.Assign ? $"to {done.Assignee ?? "nobody"}" : null, done.Note }.Where(w => !string.IsNullOrEmpty(w)));
        var detail = $"{words} (finding revision {stored.Revision}{(mails.Count > 0 ? $"; mail to {string.Join(", ", mails.Select(m => m.Recipient))}" : "")})".Trim();
        var applied = await store.Cases.ApplyAsync(new CaseChange(after, file.History.Count, alert, mails, new AuditNote(done.At, done.By, done.Act.ToString(), caseId, detail)), cancel);
        decided.Forget();
        return applied ? Refusal.None : Refusal.MovedOn;
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
}
