using MaritimeWatch.Detection;
using MaritimeWatch.Rules;
using MaritimeWatch.Server.Access;
using MaritimeWatch.Server.Mail;
using MaritimeWatch.Server.Watch;
using MaritimeWatch.Storage;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Server.Api;

/// <summary>Rules that persons set: what, where, who, threshold, exclusions, expiry, mail; tried on thirty days before they are saved.</summary>
internal static class RulesApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/rules", ListAsync);
        routes.MapGet("/api/rules/{id}", OneAsync);
        routes.MapPost("/api/rules/dry-run", TryAsync).RequireAuthorization(Roles.Analyst);
        routes.MapPost("/api/rules", MakeAsync).RequireAuthorization(Roles.Analyst);
        routes.MapPost("/api/rules/{id}/versions", ChangeAsync).RequireAuthorization(Roles.Analyst);
        routes.MapPost("/api/rules/{id}/switch-off", SwitchOffAsync).RequireAuthorization(Roles.Analyst);
    }

    private sealed record Exclusion(IReadOnlyList<string>? Vessels, IReadOnlyList<AreaVersion>? Areas, IReadOnlyList<int>? ShipTypes, string? Reason, DateTimeOffset? ExpiresAt);

    /// <summary>A rule as a person gives it, in the order of the form.</summary>
    private sealed record Draft(string? Name, IReadOnlyList<FindingKind>? Kinds, IReadOnlyList<FindingClass>? Classes, IReadOnlyList<AreaVersion>? Areas, IReadOnlyList<int>? ShipTypes, double? LeastLengthM, double? MostLengthM,
        TransponderClass? Transponder, IReadOnlyList<string>? Vessels, IReadOnlyList<string>? Flags, Band? Band, double? Probability, IReadOnlyList<Exclusion>? Exclusions, DateTimeOffset? ExpiresAt, DateTimeOffset? ReviewAt, IReadOnlyList<string>? MailTo);

    private sealed record Wish(Draft? Rule, int VersionSeen, bool TakeOver, bool Confirmed, int? MailsSeen);

    private static async Task<IResult> ListAsync(HttpContext http, IStore store, RuleBook book, RuleTrial trial, ReadLog reads, TimeProvider clock, CancellationToken cancel)
    {
        var (rules, now) = (await book.CurrentAsync(cancel), clock.GetUtcNow());
        var (counts, owners) = (await trial.CountAsync(rules, cancel), await OwnersAsync(store, cancel));
        await NoteAsync(http, "all", rules, reads, cancel);
        return Results.Ok(new
        {
            now,
            daysBack = RuleTrial.DaysBack,
            mailsToConfirm = RuleDesk.MailsToConfirm,
            rules = rules.OrderBy(r => r.StateAt(now)).ThenBy(r => r.Name, StringComparer.OrdinalIgnoreCase).Select(r => Shown(r, http, now, owners, counts[r.Id])),
        });
    }

    private static async Task<IResult> OneAsync(string id, HttpContext http, IStore store, RuleBook book, ReadLog reads, TimeProvider clock, CancellationToken cancel)
    {
        if ((await book.VersionsAsync(cancel)).Where(r => r.Id == id).ToList() is not { Count: > 0 } versions)
        {
            return Problem.NotFound("Rule");
        }

        var (now, owners) = (clock.GetUtcNow(), await OwnersAsync(store, cancel));
        await NoteAsync(http, id, versions, reads, cancel);
        return Results.Ok(new { versions = versions.Select(r => Shown(r, http, now, owners, null)) });
    }

    private static async Task<IResult> TryAsync(Wish wish, HttpContext http, RuleDesk desk, RuleTrial trial, TimeProvider clock, CancellationToken cancel)
    {
        var rule = RuleOf(wish.Rule, http, clock.GetUtcNow(), null, out var problems);
        problems.AddRange(await desk.ProblemsOfAsync(rule, cancel));
        return problems.Count > 0 ? AreasApi.NotAccepted(problems) : Results.Ok(await trial.RunAsync(rule, cancel));
    }

    private static async Task<IResult> MakeAsync(Wish wish, HttpContext http, IStore store, RuleDesk desk, LiveEvents events, TimeProvider clock, CancellationToken cancel)
    {
        var rule = RuleOf(wish.Rule, http, clock.GetUtcNow(), null, out var problems) with { Id = AreasApi.IdFor(http, "rule") };
        return await SaveAsync(rule, problems, wish, http, store, desk, events, clock, cancel);
    }

    private static async Task<IResult> ChangeAsync(string id, Wish wish, HttpContext http, IStore store, RuleDesk desk, LiveEvents events, TimeProvider clock, CancellationToken cancel)
    {
        if (await FindAsync(id, wish.VersionSeen, store, cancel) is not { } last)
        {
            return Problem.NotFound("Rule");
        }

        var rule = RuleOf(wish.Rule, http, clock.GetUtcNow(), last, out var problems);
        return await SaveAsync(wish.TakeOver ? rule with { Owner = rule.By } : rule, problems, wish, http, store, desk, events, clock, cancel);
    }

    private static async Task<IResult> SwitchOffAsync(string id, AreasApi.Seen seen, HttpContext http, IStore store, RuleDesk desk, LiveEvents events, TimeProvider clock, CancellationToken cancel) =>
        await FindAsync(id, seen.VersionSeen, store, cancel) is { } last
            ? await SaveAsync(last with { Version = last.Version + 1, SwitchedOff = true, At = clock.GetUtcNow(), By = http.User.Identity!.Name! }, [], new Wish(null, seen.VersionSeen, false, false, null), http, store, desk, events, clock, cancel)
            : Problem.NotFound("Rule");

    private static async Task<IResult> SaveAsync(WatchRule rule, List<string> problems, Wish wish, HttpContext http, IStore store, RuleDesk desk, LiveEvents events, TimeProvider clock, CancellationToken cancel)
    {
        if (problems.Count > 0)
        {
            return AreasApi.NotAccepted([.. problems, .. await desk.ProblemsOfAsync(rule, cancel)]);
        }

        var saving = await desk.SaveAsync(rule, wish.Confirmed ? wish.MailsSeen : null, cancel);
        events.Tell("rules");
        return saving switch
        {
            { Saved: { } saved } => Results.Ok(Shown(saved, http, clock.GetUtcNow(), await OwnersAsync(store, cancel), null)),
            { Unconfirmed: { } run } => Results.Problem(statusCode: 409, title: "To be confirmed",
                detail: $"The dry run says {run.MostMailsADay} mails on the busiest day, more than {RuleDesk.MailsToConfirm}{(wish.Confirmed ? $"; confirmed were {wish.MailsSeen}" : "")}. Make the rule narrower, or save it with confirmed: true and mailsSeen: {run.MostMailsADay}.",
                extensions: new Dictionary<string, object?> { ["mailsADay"] = run.MostMailsADay }),
            { MovedOn: true } => Problem.Of(409, "The rule has moved on", "Somebody saved another version since you opened it. Open it again, then change it."),
            _ => AreasApi.NotAccepted(saving.Problems),
        };
    }

    private static async Task<WatchRule?> FindAsync(string id, int version, IStore store, CancellationToken cancel) => (await store.Rules.RulesAsync(cancel)).FirstOrDefault(r => r.Id == id && r.Version == version);

    /// <summary>The rule a person means; what cannot even be read is added to the problems.</summary>
    private static WatchRule RuleOf(Draft? given, HttpContext http, DateTimeOffset now, WatchRule? last, out List<string> problems)
    {
        var (draft, by, found) = (given ?? new Draft(null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null), http.User.Identity!.Name!, new List<string>());
        var flags = new List<FlagState>();
        foreach (var text in draft.Flags ?? [])
        {
            if (FlagState.TryParse(text, out var flag))
            {
                flags.Add(flag);
            }
            else
            {
                found.Add($"Expected flags as two letters of ISO 3166-1; found '{text}'.");
            }
        }

        found.AddRange((draft.MailTo ?? []).Where(a => !MailOptions.IsAddress(a)).Select(a => $"Expected plain e-mail addresses; found '{a}'."));
        if (draft.ExpiresAt is null)
        {
            found.Add("Expected an expiry in UTC; found none. A rule that nobody ends is nobody's.");
        }

        var expires = draft.ExpiresAt ?? now.AddDays(1);
        problems = found;
        return new WatchRule
        {
            Id = last?.Id ?? "", Version = (last?.Version ?? 0) + 1, Name = draft.Name?.Trim() ?? "", Owner = last?.Owner ?? by, At = now, By = by,
            What = new RuleWhat(draft.Kinds ?? [], draft.Classes ?? []),
            Where = draft.Areas ?? [],
            Who = new RuleWho(draft.ShipTypes ?? [], draft.LeastLengthM, draft.MostLengthM, draft.Transponder, [.. (draft.Vessels ?? []).Select(Numbered)], flags),
            Threshold = new RuleThreshold(draft.Band, draft.Probability),
            Exclusions = [.. (draft.Exclusions ?? []).Select(e => Owned(new RuleExclusion([.. (e.Vessels ?? []).Select(Numbered)], e.Areas ?? [], e.ShipTypes ?? [], by, e.Reason?.Trim() ?? "", e.ExpiresAt ?? expires), last))],
            ExpiresAt = expires,
            // Of the day and not of the moment, so that the same said again is the same.
            ReviewAt = draft.ReviewAt ?? (expires < now.AddDays(90) ? expires : new DateTimeOffset(now.UtcDateTime.Date.AddDays(90), TimeSpan.Zero)),
            MailTo = [.. (draft.MailTo ?? []).Distinct(StringComparer.OrdinalIgnoreCase)],
        };
    }

    /// <summary>An exclusion that stood before keeps the person who made it.</summary>
    private static RuleExclusion Owned(RuleExclusion made, WatchRule? last) =>
        last?.Exclusions.FirstOrDefault(e => StoreJson.Write(e with { Owner = made.Owner }) == StoreJson.Write(made)) ?? made;

    /// <summary>Bare numbers are taken as what they can be: nine digits an MMSI, seven an IMO number.</summary>
    private static string Numbered(string text) => text.Trim() is var bare && bare.Length == 9 && bare.All(char.IsAsciiDigit) ? $"mmsi:{bare}" : bare.Length == 7 && bare.All(char.IsAsciiDigit) ? $"imo:{bare}" : bare.ToLowerInvariant();

    private static async Task<HashSet<string>> OwnersAsync(IStore store, CancellationToken cancel) =>
        (await store.Accounts.AllAsync(cancel)).Where(a => !a.Disabled).Select(a => a.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Addresses are for those who set rules; others learn how many there are.</summary>
    private static async Task NoteAsync(HttpContext http, string subject, IReadOnlyList<WatchRule> rules, ReadLog reads, CancellationToken cancel)
    {
        if (http.User.IsInRole(Roles.Analyst) && rules.Any(r => r.MailTo.Count > 0))
        {
            await reads.NoteAsync(http, $"rules {subject}", "addresses of rules", cancel);
        }
    }

    private static object Shown(WatchRule r, HttpContext http, DateTimeOffset now, HashSet<string> owners, (int Findings, int Excluded)? counted) => new
    {
        r.Id, r.Version, r.Name, r.Owner, r.At, r.By, r.What.Kinds, r.What.Classes, areas = r.Where, r.Who.ShipTypes, r.Who.LeastLengthM, r.Who.MostLengthM, r.Who.Transponder, r.Who.Vessels, flags = r.Who.Flags.Select(f => f.Code),
        r.Threshold.Band, r.Threshold.Probability, r.Exclusions, r.ExpiresAt, r.ReviewAt, recipients = r.MailTo.Count, mailTo = http.User.IsInRole(Roles.Analyst) ? r.MailTo : [],
        state = r.StateAt(now), ownerGone = !owners.Contains(r.Owner), reviewDue = r.IsInForceAt(now) && (r.StateAt(now) == RuleState.ReviewDue || !owners.Contains(r.Owner)), findings = counted?.Findings, excluded = counted?.Excluded,
    };
}
