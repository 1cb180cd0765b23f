using MaritimeWatch.Rules;
using MaritimeWatch.Storage;

namespace MaritimeWatch.Server.Watch;

/// <summary>How a saving ended: what stands now, or why not.</summary>
/// <param name="Saved">The version that stands; null when refused.</param>
/// <param name="Problems">What is wrong with what was given; empty when nothing is.</param>
/// <param name="MovedOn">Somebody saved another version since the one that was seen.</param>
/// <param name="Unconfirmed">The dry run whose mails a day have to be confirmed first; null when they are few or confirmed.</param>
internal sealed record Saving<T>(T? Saved, IReadOnlyList<string> Problems, bool MovedOn = false, TrialResult? Unconfirmed = null)
    where T : class;

/// <summary>
/// Saves areas and rules as persons make them: each change is the next version, written with its entry on the audit chain. Saving the
/// same again gives what stands, so a repeat after a lost answer makes nothing twice.
/// </summary>
internal sealed class RuleDesk(IStore store, RuleBook book, RuleTrial trial, TimeProvider clock)
{
    /// <summary>Mails on the busiest day beyond which a person must say that she has seen the number (PRODUCT A14).</summary>
    public const int MailsToConfirm = 50;

    public const int MostRules = 200, MostAreas = 500;

    /// <summary>Saves an area as the version its record carries.</summary>
    public async Task<Saving<DrawnArea>> SaveAsync(DrawnArea area, CancellationToken cancel)
    {
        if (AreaProblems.Of(area) is { Count: > 0 } problems)
        {
            return new(null, problems);
        }

        var all = await store.Rules.AreasAsync(cancel);
        if (area.Version == 1 && all.Select(a => a.Id).Distinct().Count() >= MostAreas)
        {
            return new(null, [$"Expected fewer than {MostAreas} areas; found as many. Take up an earlier one again instead."]);
        }

        // The chain says what was drawn without repeating it: the version itself is kept and never changed.
        var act = area.Retired ? "retire area" : area.Version == 1 ? "draw area" : "draw area anew";
        var note = new AuditNote(area.At, area.By, act, area.Id, FormattableString.Invariant($"version {area.Version} '{area.Name}', {area.Polygons.Sum(p => p.Rings().Sum(r => r.Count))} points, buffer {area.BufferNm} nm"));
        return await store.Rules.SaveAsync(area, note, cancel) ? new(area, [])
            : await store.Rules.AreaAsync(area.Reference(), cancel) is { } known && Same(known with { At = area.At }, area) ? new(known, []) : new(null, [], MovedOn: true);
    }

    /// <summary>Saves a rule as the version its record carries, when its dry run asks for no confirmation or the person has given it.</summary>
    /// <param name="rule">The version to be saved.</param>
    /// <param name="confirmedMails">The mails a day that the person saw and confirmed; null without confirmation.</param>
    /// <param name="cancel">Stops the dry run.</param>
    public async Task<Saving<WatchRule>> SaveAsync(WatchRule rule, int? confirmedMails, CancellationToken cancel)
    {
        if (!rule.SwitchedOff)
        {
            if (await ProblemsOfAsync(rule, cancel) is { Count: > 0 } problems)
            {
                return new(null, problems);
            }

            var run = await trial.RunAsync(rule, cancel);
            if (run.MostMailsADay > MailsToConfirm && run.MostMailsADay != confirmedMails)
            {
                return new(null, [], Unconfirmed: run);
            }
        }

        var act = rule.SwitchedOff ? "switch rule off" : rule.Version == 1 ? "make rule" : "change rule";
        // The chain keeps no address: it can't be taken off again.
        var note = new AuditNote(rule.At, rule.By, act, rule.Id, $"version {rule.Version} '{rule.Name}', {rule.Where.Count} areas, {rule.Exclusions.Count} exclusions, {rule.MailTo.Count} addresses, expires {Units.FactId.Iso(rule.ExpiresAt)}{(confirmedMails is { } mails ? $", {mails} mails a day confirmed" : "")}");
        var saved = await store.Rules.SaveAsync(rule, note, cancel);
        book.Forget();
        return saved ? new(rule, [])
            : (await store.Rules.RulesAsync(cancel)).FirstOrDefault(r => r.Id == rule.Id && r.Version == rule.Version) is { } known && Same(known with { At = rule.At }, rule) ? new(known, []) : new(null, [], MovedOn: true);
    }

    /// <summary>What keeps a rule from being saved; empty when nothing does.</summary>
    public async Task<IReadOnlyList<string>> ProblemsOfAsync(WatchRule rule, CancellationToken cancel)
    {
        var known = (await store.Rules.AreasAsync(cancel)).Where(a => !a.Retired).Select(a => a.Reference()).ToHashSet();
        var full = rule.Version == 1 && (await book.CurrentAsync(cancel)).Count >= MostRules;
        return [.. RuleProblems.Of(rule, known.Contains, clock.GetUtcNow()), .. full ? [$"Expected fewer than {MostRules} rules; found as many. Change one of them instead."] : Array.Empty<string>()];
    }

    private static bool Same<T>(T one, T other) => StoreJson.Write(one) == StoreJson.Write(other);
}
