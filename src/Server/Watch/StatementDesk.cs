using MaritimeWatch.Alerts;
using MaritimeWatch.Detection;
using MaritimeWatch.Identity;
using MaritimeWatch.Registry;
using MaritimeWatch.Storage;
using MaritimeWatch.Units;

namespace MaritimeWatch.Server.Watch;

/// <summary>
/// Takes questions to registers and the statements of their officials. Each act is one transaction with its notices, mails,
/// claims and its entry on the audit chain; the ships concerned are judged anew, so that findings follow.
/// </summary>
internal sealed class StatementDesk(IStore store, HullDesk hulls, Fleet fleet, Intake intake, FlagTables flags, Settings.Settings settings, WatchMode mode, Turns turns, TimeProvider clock)
{
    private const int Tries = 8, ClaimsToldAtOnce = 20;

    /// <summary>A person asks a flag's register about a known hull.</summary>
    public async Task<RegistryRuling> AskAsync(RegistryPerson by, FlagState flag, string vesselId, QuestionDraft asked, CancellationToken cancel) => await hulls.FindAsync(vesselId, cancel) is { } hull
        ? await ActAsync(() => FileAsync(flag, hull.Id, hull, cancel), file => RegistryRules.Ask(file, by, asked, clock.GetUtcNow()), cancel)
        : new RegistryRefusal(RefusalGround.NotFound, $"Expected the id of a known vessel; found '{vesselId}'. Search for her first.");

    public Task<RegistryRuling> WithdrawAsync(RegistryPerson by, string questionId, string reason, CancellationToken cancel) =>
        KnownAsync("question", questionId, (file, now) => RegistryRules.Withdraw(file, by, questionId, reason, now), cancel);

    /// <summary>An official answers a question; with a reason the answer stands in place of a statement in force.</summary>
    public Task<RegistryRuling> AnswerAsync(RegistryPerson by, string questionId, StatementContent said, Tlp? tlp, string? because, CancellationToken cancel) =>
        StateAsync(by, "question", questionId, said, file => new StatementDraft(said, tlp ?? Tlp.Clear, questionId, because is null ? null : file.Standing()?.Id, because), cancel);

    /// <summary>An official states in place of a statement in force.</summary>
    public Task<RegistryRuling> SupersedeAsync(RegistryPerson by, string statementId, StatementContent said, Tlp? tlp, string? because, CancellationToken cancel) => StateAsync(by, "statement", statementId, said, file =>
        new StatementDraft(said, tlp ?? file.Statements.FirstOrDefault(s => s.Id == statementId)?.Said.Tlp ?? Tlp.Amber, OpenQuestionOf(file, statementId), statementId, because), cancel);

    /// <summary>An official states unasked. The ship need not be known to any source yet.</summary>
    public async Task<RegistryRuling> StateAsync(RegistryPerson by, FlagState flag, string? vesselId, StatementContent said, Tlp? tlp, CancellationToken cancel)
    {
        var hullId = vesselId ?? Vessel.IdOf(said.Ship.Imo, said.Ship.Mmsi, "");
        var hull = await hulls.FindAsync(hullId, cancel);
        return hull is null && vesselId is not null ? new RegistryRefusal(RefusalGround.NotFound, $"Expected the id of a known vessel; found '{vesselId}'. Leave it out to state by number.")
            : hull is not null && by.SpeaksFor == flag && await FaultAsync(flag, hull, (await FileAsync(flag, hull.Id, hull, cancel)).Id, said, cancel) is { } fault ? fault
            : await ActAsync(() => FileAsync(flag, hull?.Id ?? hullId, hull, cancel), file => RegistryRules.State(file, by, new StatementDraft(said, tlp ?? Tlp.Amber, null, null, null), settings.Registry.NeedsTwo(flag), clock.GetUtcNow()), cancel);
    }

    public Task<RegistryRuling> ApproveAsync(RegistryPerson by, string statementId, CancellationToken cancel) =>
        KnownAsync("statement", statementId, (file, now) => RegistryRules.Approve(file, by, statementId, now), cancel);

    public Task<RegistryRuling> RevokeAsync(RegistryPerson by, string statementId, string reason, CancellationToken cancel) =>
        KnownAsync("statement", statementId, (file, now) => RegistryRules.Revoke(file, by, statementId, reason, now), cancel);

    /// <summary>Files opened under any number of the hull.</summary>
    public ValueTask<IReadOnlyList<RegistryFile>> FilesOfAsync(Vessel hull, CancellationToken cancel) => store.Registry.OfHullsAsync(IdsOf(hull), cancel);

    /// <summary>Tells of questions whose deadline has passed, each once.</summary>
    public async Task TellOverdueAsync(CancellationToken cancel)
    {
        await using var turn = await turns.TryEnterAsync("registry", cancel);
        if (turn is null)
        {
            return;
        }

        foreach (var file in await store.Registry.OverdueAsync(clock.GetUtcNow(), cancel))
        {
            foreach (var question in file.Questions.Where(q => q.OverdueToldAt is null && q.IsOverdue(clock.GetUtcNow())))
            {
                await KnownAsync("question", question.Id, (now, at) => RegistryRules.TellOverdue(now, question.Id, at), cancel);
            }
        }
    }

    /// <summary>Tells officials who asked for it of ships that claim their flag and are not on its register, each once, some at a time.</summary>
    public async Task TellClaimsAsync(CancellationToken cancel)
    {
        await using var turn = await turns.TryEnterAsync("fleets", cancel);
        if (turn is null)
        {
            return;
        }

        foreach (var flag in (await store.Registry.SubscriptionsAsync(cancel)).Where(s => s.Kind == SubscriptionKind.NotOnRegister).Select(s => s.Flag).OfType<FlagState>().Distinct())
        {
            var told = 0;
            foreach (var ship in (await fleet.NotOnRegisterAsync(flag, null, int.MaxValue, cancel)).Ships)
            {
                var ruling = told < ClaimsToldAtOnce ? await ActAsync(() => FileAsync(flag, ship.Hull.Id, ship.Hull, cancel), file => RegistryRules.TellClaim(file, clock.GetUtcNow()), cancel) : null;
                told += ruling?.After is null ? 0 : 1;
            }
        }
    }

    // A question that was answered by "under check" goes on to the statement that follows.
    private static string? OpenQuestionOf(RegistryFile file, string statementId) => file.Questions.FirstOrDefault(q => q.StatementId == statementId && q.State == QuestionState.Open)?.Id;

    private async Task<RegistryRuling> StateAsync(RegistryPerson by, string what, string id, StatementContent said, Func<RegistryFile, StatementDraft> draft, CancellationToken cancel)
    {
        var known = await store.Registry.FindAsync(RegistryRules.FileOf(id), cancel);
        if (known is not null && by.SpeaksFor == known.Flag && await hulls.FindAsync(known.HullId, cancel) is { } hull && await FaultAsync(known.Flag, hull, known.Id, said, cancel) is { } fault)
        {
            return fault;
        }

        return await KnownAsync(what, id, (file, now) =>
        {
            var made = draft(file);
            // An answer is handled no more openly than the question.
            var strictest = file.Questions.FirstOrDefault(q => q.Id == made.QuestionId)?.Asked.Tlp is { } asked && asked > made.Tlp ? asked : made.Tlp;
            return RegistryRules.State(file, by, made with { Tlp = strictest }, settings.Registry.NeedsTwo(file.Flag), now);
        }, cancel);
    }

    private async Task<RegistryRuling> KnownAsync(string what, string id, Func<RegistryFile, DateTimeOffset, RegistryRuling> act, CancellationToken cancel) => await store.Registry.FindAsync(RegistryRules.FileOf(id), cancel) is null
        ? new RegistryRefusal(RefusalGround.NotFound, $"Expected the id of a known {what}; found '{id}'. Check it.")
        : await ActAsync(async () => (await store.Registry.FindAsync(RegistryRules.FileOf(id), cancel))!, file => act(file, clock.GetUtcNow()), cancel);

    // When somebody acted in the same moment the rules are asked again, about the file as it stands now.
    private async Task<RegistryRuling> ActAsync(Func<Task<RegistryFile>> read, Func<RegistryFile, RegistryRuling> act, CancellationToken cancel)
    {
        for (var i = 0; i < Tries; i++)
        {
            var before = await read();
            var ruling = act(before);
            if (ruling.After is not { } after || await store.Registry.ApplyAsync(await ChangeOfAsync(before, after, cancel), cancel))
            {
                return ruling;
            }
        }

        return new RegistryRefusal(RefusalGround.NotNow, "Expected the file to stand still; found others acting on it. Look at it again, then repeat.");
    }

    /// <summary>The file of a flag about a hull, under whichever of her numbers it was opened; a fresh one where there is none.</summary>
    private async Task<RegistryFile> FileAsync(FlagState flag, string hullId, Vessel? hull, CancellationToken cancel) =>
        (await store.Registry.OfHullsAsync(hull is null ? [hullId] : [hullId, .. IdsOf(hull)], cancel)).Where(f => f.Flag == flag).MinBy(f => f.History[0].At) ?? RegistryRules.Begin(flag, hullId);

    private async Task<RegistryChange> ChangeOfAsync(RegistryFile before, RegistryFile after, CancellationToken cancel)
    {
        var (act, hull) = (after.History[^1], await hulls.FindAsync(after.HullId, cancel));
        var (was, now) = (before.Standing(), after.Standing());
        var begun = now is not null && now.Id != was?.Id ? now : null;
        var moved = now?.Id != was?.Id;
        var notice = NoticeOf(act, after, was, begun, hull);
        var mails = notice is null ? [] : (await RecipientsAsync(notice, hull, cancel)).Select(r => new OutboxMail($"{notice.Id}:{r}", notice.Id, r, MailState.Pending, 0, act.At, null)).ToList();
        var detail = $"{after.Flag} about {after.HullId}{(begun is not null ? $"; {begun.Said.Content.Status} in force, reference {begun.Said.Content.Reference}" : "")}{(act.Reason is { } why ? $"; {why}" : "")}{(mails.Count > 0 ? $"; mail to {mails.Count}" : "")}";
        return new RegistryChange(after, before.History.Count, notice is null ? [] : [notice], mails, begun?.Claim() is { } claim ? [claim] : [], moved ? await CandidatesAsync(hull, [was, begun], cancel) : [], new AuditNote(act.At, act.By, Word(act.Act), act.Subject, detail));
    }

    private RegistryNotice? NoticeOf(RegistryEvent act, RegistryFile after, RegistryStatement? was, RegistryStatement? begun, Vessel? hull)
    {
        var statement = begun ?? (act.Act == RegistryAct.Revoke && was?.Id == act.Subject ? after.Statements.Single(s => s.Id == act.Subject) : null);
        var question = after.Questions.FirstOrDefault(q => q.Id == (statement is null ? act.Subject : AnsweredBy(after, statement)));
        NoticeKind? kind = act.Act switch
        {
            RegistryAct.TellOverdue => NoticeKind.QuestionOverdue,
            RegistryAct.TellClaim => NoticeKind.NotOnRegister,
            _ when begun is not null => begun.Said.QuestionId is null ? NoticeKind.StatementInForce : NoticeKind.QuestionAnswered,
            _ when statement is not null => NoticeKind.StatementRevoked,
            _ => null,
        };
        return kind is not { } k ? null : new RegistryNotice
        {
            Id = RegistryNotice.IdOf(after),
            Kind = k,
            At = act.At,
            Tlp = new[] { statement?.Said.Tlp, question?.Asked.Tlp }.Max() ?? Tlp.Amber,
            Exercise = mode.Exercise,
            Flag = after.Flag,
            FlagName = flags.NameOf(after.Flag),
            HullId = hull?.Id ?? after.HullId,
            ShipText = ShipText(after, statement, hull),
            Question = question,
            Statement = statement,
            Before = begun is null ? null : was,
        };
    }

    // Who asked is told also of what comes in place of the answer.
    private static string? AnsweredBy(RegistryFile file, RegistryStatement? statement)
    {
        while (statement is { Said.QuestionId: null })
        {
            var replaced = statement.Said.Replaces;
            statement = file.Statements.FirstOrDefault(s => s.Id == replaced);
        }

        return statement?.Said.QuestionId;
    }

    private static string ShipText(RegistryFile file, RegistryStatement? statement, Vessel? hull)
    {
        var number = file.HullId.Split(':', 2) is [var kind, var digits] ? $"{kind.ToUpperInvariant()} {digits}" : file.HullId;
        return (hull?.Name ?? statement?.Said.Content.Ship.Name) is { Length: > 0 } name ? $"{name} ({number})" : number;
    }

    // What is for the named recipient only goes to who asked; a subscription names nobody.
    private async Task<IEnumerable<string>> RecipientsAsync(RegistryNotice notice, Vessel? hull, CancellationToken cancel)
    {
        var addresses = new List<string>();
        if (notice.Question is { } question)
        {
            addresses.Add(question.Asked.ReplyTo);
        }

        var ids = hull is null ? [notice.HullId] : IdsOf(hull).Append(notice.HullId).ToHashSet();
        foreach (var wish in notice.Tlp == Tlp.Red ? [] : await store.Registry.SubscriptionsAsync(cancel))
        {
            var wanted = wish.Kind switch
            {
                SubscriptionKind.Hull => notice.Kind != NoticeKind.NotOnRegister && ids.Contains(wish.HullId!),
                SubscriptionKind.OwnShips => notice.Kind != NoticeKind.NotOnRegister && wish.Flag == notice.Flag,
                _ => wish.Flag == notice.Flag && (notice.Kind == NoticeKind.NotOnRegister || notice.Statement?.Said.Content.Status is RegisterStatus.Deleted or RegisterStatus.NeverRegistered or RegisterStatus.CertificateNotOurs),
            };
            // An account that is gone, or speaks for another flag now, is told nothing more.
            if (wanted && await store.Accounts.FindAsync(wish.By, cancel) is { } account && (wish.Flag is null || account.Flag == wish.Flag))
            {
                addresses.Add(wish.Address);
            }
        }

        return addresses.DistinctBy(a => a.ToUpperInvariant());
    }

    private async Task<IReadOnlyList<Candidate>> CandidatesAsync(Vessel? hull, IEnumerable<RegistryStatement?> statements, CancellationToken cancel)
    {
        var ships = statements.OfType<RegistryStatement>().Select(s => s.Said.Content.Ship).ToList();
        var claims = new List<IdentityClaim>(hull?.Claims ?? []);
        foreach (var imo in ships.Select(s => s.Imo).OfType<ImoNumber>().Distinct())
        {
            claims.AddRange(await store.Identities.ClaimsOfAsync(null, imo, cancel));
        }

        return [.. claims.Select(c => c.Mmsi).Concat(ships.Select(s => s.Mmsi)).OfType<Mmsi>().Distinct().Select(m => new Candidate(m, CandidateKind.Identity, intake.Now))];
    }

    private static HashSet<string> IdsOf(Vessel hull) =>
        [hull.Id, .. hull.Claims.Concat(hull.NoLongerStanding).SelectMany(c => new[] { c.Imo is { } imo ? Vessel.IdOf(imo, null, "") : null, c.Mmsi is { } mmsi ? Vessel.IdOf(null, mmsi, "") : null }).OfType<string>()];

    // A statement must name the hull it is made about; and where two files came to be of one hull, of both together one statement stands.
    private async Task<RegistryRefusal?> FaultAsync(FlagState flag, Vessel hull, string fileId, StatementContent said, CancellationToken cancel)
    {
        var ship = said.Ship;
        if ((ship.Imo is not null || ship.Mmsi is not null) && !hull.Claims.Concat(hull.NoLongerStanding).Any(c => (ship.Imo is { } imo && c.Imo == imo) || (ship.Mmsi is { } mmsi && c.Mmsi == mmsi)))
        {
            return new RegistryRefusal(RefusalGround.NotAccepted, $"Expected the IMO number or an MMSI of {hull.Id}; found {Mail.RegistryWords.Of(ship)}, which no source knows her by. Give one of hers.");
        }

        return (await FilesOfAsync(hull, cancel)).FirstOrDefault(f => f.Flag == flag && f.Id != fileId && f.Standing() is not null)?.Standing() is { } other
            ? new RegistryRefusal(RefusalGround.NotNow, $"Expected no other statement in force on {hull.Id}; found {other.Id}, made when she was known by another number. Supersede or revoke that one.")
            : null;
    }

    private static string Word(RegistryAct act) => act switch
    {
        RegistryAct.Ask => "ask register",
        RegistryAct.Withdraw => "withdraw question",
        RegistryAct.State => "state",
        RegistryAct.Approve => "approve statement",
        RegistryAct.Supersede => "supersede statement",
        RegistryAct.Revoke => "revoke statement",
        RegistryAct.TellOverdue => "question overdue",
        _ => "not on register",
    };
}
