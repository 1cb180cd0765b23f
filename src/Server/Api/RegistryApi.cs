using MaritimeWatch.Alerts;
using MaritimeWatch.Identity;
using MaritimeWatch.Registry;
using MaritimeWatch.Server.Access;
using MaritimeWatch.Server.Mail;
using MaritimeWatch.Server.Watch;
using MaritimeWatch.Storage;
using MaritimeWatch.Units;

namespace MaritimeWatch.Server.Api;

/// <summary>Questions to flag registers, and their statements: asked by analysts and officials, stated by officials of that flag alone.</summary>
internal static class RegistryApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/registry/questions", AskAsync).OnlyOnce();
        routes.MapGet("/api/registry/questions", QuestionsAsync).ReadWith(Scopes.Registry);
        routes.MapPost("/api/registry/questions/{id}/answer", (string id, Statement asked, HttpContext http, StatementDesk desk, IStore store, LiveEvents events, CancellationToken cancel) =>
            StatedAsync(asked, http, store, events, (by, said) => desk.AnswerAsync(by, id, said, asked.Tlp, asked.Reason, cancel)));
        routes.MapPost("/api/registry/questions/{id}/withdraw", async (string id, Because asked, HttpContext http, StatementDesk desk, IStore store, LiveEvents events, CancellationToken cancel) =>
            Answer(await desk.WithdrawAsync(await WhoAsync(http, store), id, asked.Reason ?? "", cancel), events));
        routes.MapPost("/api/registry/statements", StateAsync).RequireAuthorization(Roles.Registry).OnlyOnce();
        routes.MapGet("/api/registry/statements", StatementsAsync).ReadWith(Scopes.Registry);
        routes.MapPost("/api/registry/statements/{id}/supersede", (string id, Statement asked, HttpContext http, StatementDesk desk, IStore store, LiveEvents events, CancellationToken cancel) =>
            StatedAsync(asked, http, store, events, (by, said) => desk.SupersedeAsync(by, id, said, asked.Tlp, asked.Reason, cancel))).RequireAuthorization(Roles.Registry);
        routes.MapPost("/api/registry/statements/{id}/approve", async (string id, HttpContext http, StatementDesk desk, IStore store, LiveEvents events, CancellationToken cancel) =>
            Answer(await desk.ApproveAsync(await WhoAsync(http, store), id, cancel), events)).RequireAuthorization(Roles.Registry);
        routes.MapPost("/api/registry/statements/{id}/revoke", async (string id, Because asked, HttpContext http, StatementDesk desk, IStore store, LiveEvents events, CancellationToken cancel) =>
            Answer(await desk.RevokeAsync(await WhoAsync(http, store), id, asked.Reason ?? "", cancel), events)).RequireAuthorization(Roles.Registry);
    }

    private sealed record Question(string? Vessel, string? Flag, string? Text, string? LegalBasis, Tlp? Tlp, DateTimeOffset? Deadline, string? ReplyTo);

    private sealed record Statement(string? Vessel, string? Imo, string? Mmsi, string? Name, RegisterStatus? Status, DateTimeOffset? ValidFrom, DateTimeOffset? ValidTo, string? Reference, Tlp? Tlp, string? Reason);

    private sealed record Because(string? Reason);

    /// <summary>Who is signed in, as the account says now.</summary>
    internal static async Task<RegistryPerson> WhoAsync(HttpContext http, IStore store)
    {
        var account = await store.Accounts.FindAsync(http.User.Identity!.Name!) ?? throw new StoreException("The account is gone. Sign in again.");
        var official = account.Roles.Contains(Roles.Registry) && account.Flag is not null;
        return new RegistryPerson(account.Name, official ? account.Flag : null, official || account.Roles.Contains(Roles.Analyst));
    }

    /// <summary>Why a person may not look into the work of a flag's register; null when she may.</summary>
    internal static IResult? NotForThem(RegistryPerson by, HttpContext http, FlagState? flag) => http.User.IsInRole(Roles.Analyst) || (by.SpeaksFor is not null && (flag is null || flag == by.SpeaksFor)) ? null
        : Problem.Of(403, "Not yours", $"Expected an analyst or an official of {(flag is { } f ? f : "a flag")}; found {(by.SpeaksFor is { } own ? $"an official of {own}" : by.Name)}. Ask for your own flag.");

    internal static bool TryFlag(string? text, out FlagState? flag, out IResult? problem)
    {
        (flag, problem) = (FlagState.TryParse(text, out var read) ? read : null, null);
        if (flag is null && !string.IsNullOrEmpty(text))
        {
            problem = Problem.Of(400, "Flag not accepted", $"Expected two letters of ISO 3166-1; found '{text}'.");
        }

        return problem is null;
    }

    private static async Task<IResult> AskAsync(Question asked, HttpContext http, StatementDesk desk, IStore store, LiveEvents events, CancellationToken cancel)
    {
        if (!TryFlag(asked.Flag, out var flag, out var problem) || flag is null)
        {
            return problem ?? Problem.Of(400, "Flag needed", "Expected the flag whose register is asked, two letters of ISO 3166-1; found none.");
        }

        if (!MailOptions.IsAddress(asked.ReplyTo) || asked.Deadline is null)
        {
            return Problem.Of(400, "Not complete", asked.Deadline is null ? "Expected a deadline in UTC; found none. Say until when you need the answer." : "Expected replyTo, one plain e-mail address to which the answer goes; found another text.");
        }

        var draft = new QuestionDraft(asked.Text ?? "", asked.LegalBasis ?? "", asked.Tlp ?? Tlp.Amber, asked.ReplyTo!, asked.Deadline.Value);
        return Answer(await desk.AskAsync(await WhoAsync(http, store), flag.Value, asked.Vessel ?? "", draft, cancel), events);
    }

    private static async Task<IResult> QuestionsAsync(string? flag, string? state, bool? mine, HttpContext http, IStore store, TimeProvider clock, CancellationToken cancel)
    {
        if (!TryFlag(flag, out var of, out var problem))
        {
            return problem!;
        }

        if (state is not (null or "open" or "answered" or "withdrawn" or "overdue"))
        {
            return Problem.Of(400, "State not accepted", $"Expected open, overdue, answered or withdrawn; found '{state}'.");
        }

        var by = await WhoAsync(http, store);
        if (NotForThem(by, http, of) is { } refused)
        {
            return refused;
        }

        var files = (of ?? (http.User.IsInRole(Roles.Analyst) ? null : by.SpeaksFor)) is { } one ? await store.Registry.OfFlagAsync(one, cancel) : await store.Registry.AllAsync(cancel);
        var now = clock.GetUtcNow();
        var rows = files.SelectMany(f => f.Questions.Select(q => QuestionAnswer.Of(f, q, by, now)));
        return Results.Ok(new { questions = rows.Where(q => (state is null || q.State == state || (state == "open" && q.State == "overdue")) && (mine != true || q.Mine)).OrderBy(q => q.Deadline).ThenBy(q => q.Id, StringComparer.Ordinal) });
    }

    private static Task<IResult> StateAsync(Statement asked, HttpContext http, StatementDesk desk, IStore store, LiveEvents events, CancellationToken cancel) => StatedAsync(asked, http, store, events, async (by, said) => by.SpeaksFor is { } flag
        ? await desk.StateAsync(by, flag, asked.Vessel, said, asked.Tlp, cancel)
        : new RegistryRefusal(RefusalGround.NotTheirs, $"Expected a registry official; found {by.Name}, who speaks for no register. Only a flag's own register may state."));

    private static async Task<IResult> StatedAsync(Statement asked, HttpContext http, IStore store, LiveEvents events, Func<RegistryPerson, StatementContent, Task<RegistryRuling>> state)
    {
        ImoNumber imo = default;
        Mmsi mmsi = default;
        var fault = asked.Status is null ? "Expected status: registered, provisional, deleted, neverRegistered, certificateNotOurs or underCheck; found none."
            : !string.IsNullOrEmpty(asked.Imo) && !ImoNumber.TryParse(asked.Imo, out imo) ? $"Expected an IMO number of seven digits with a right check digit; found '{asked.Imo}'."
            : !string.IsNullOrEmpty(asked.Mmsi) && !Mmsi.TryParse(asked.Mmsi, out mmsi) ? $"Expected an MMSI of nine digits; found '{asked.Mmsi}'."
            : null;
        var by = await WhoAsync(http, store);
        if (fault is not null)
        {
            return by.SpeaksFor is null ? Problem.Of(403, "Not yours to do", $"Expected a registry official; found {by.Name}, who speaks for no register.") : Problem.Of(400, "Statement not accepted", fault);
        }

        var ship = new RegisteredShip(string.IsNullOrEmpty(asked.Imo) ? null : imo, string.IsNullOrEmpty(asked.Mmsi) ? null : mmsi, string.IsNullOrWhiteSpace(asked.Name) ? null : asked.Name.Trim());
        return Answer(await state(by, new StatementContent(ship, asked.Status!.Value, asked.ValidFrom, asked.ValidTo, asked.Reference ?? "")), events);
    }

    private static async Task<IResult> StatementsAsync(string? vessel, HttpContext http, StatementDesk desk, HullDesk hulls, IStore store, CancellationToken cancel)
    {
        var by = await WhoAsync(http, store);
        if (string.IsNullOrEmpty(vessel))
        {
            return by.SpeaksFor is { } own ? Results.Ok(new { statements = StatementAnswer.Of(await store.Registry.OfFlagAsync(own, cancel), by) })
                : Problem.Of(400, "Vessel needed", "Expected vessel, the id of a known vessel; found none. Only a registry official sees all statements of her flag without it.");
        }

        var hull = await hulls.FindAsync(vessel, cancel);
        var files = hull is null ? await store.Registry.OfHullsAsync([vessel], cancel) : await desk.FilesOfAsync(hull, cancel);
        return hull is null && files.Count == 0 ? Problem.NotFound("Vessel") : Results.Ok(new { vesselId = hull?.Id ?? vessel, statements = StatementAnswer.Of(files, by) });
    }

    /// <summary>The question or statement that the act was on, as it stands now; or the refusal.</summary>
    private static IResult Answer(RegistryRuling ruling, LiveEvents events)
    {
        if (ruling.Refusal is { } refusal)
        {
            return refusal.Ground switch
            {
                RefusalGround.NotAccepted => Problem.Of(400, "Not accepted", refusal.Sentence),
                RefusalGround.NotTheirs => Problem.Of(403, "Not yours to do", refusal.Sentence),
                RefusalGround.NotFound => Problem.Of(404, "Not found", refusal.Sentence),
                _ => Problem.Of(409, "Not possible now", refusal.Sentence),
            };
        }

        events.Tell("registry");
        var (file, act) = (ruling.After!, ruling.After!.History[^1]);
        return file.Questions.FirstOrDefault(q => q.Id == act.Subject) is { } question
            ? Results.Ok(QuestionAnswer.Of(file, question, new RegistryPerson(act.By, null, true), act.At))
            : Results.Ok(StatementAnswer.Of(file.Statements.Single(s => s.Id == act.Subject)));
    }
}
