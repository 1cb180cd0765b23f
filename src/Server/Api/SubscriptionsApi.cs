using MaritimeWatch.Identity;
using MaritimeWatch.Registry;
using MaritimeWatch.Server.Access;
using MaritimeWatch.Server.Mail;
using MaritimeWatch.Server.Watch;
using MaritimeWatch.Storage;
using MaritimeWatch.Units;

namespace MaritimeWatch.Server.Api;

/// <summary>What a person wants to be told of by mail, and the ships of an official's flag (PRODUCT R11).</summary>
internal static class SubscriptionsApi
{
    private const int MostOfOne = 200, PageShips = 50;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/registry/subscriptions", async (HttpContext http, IStore store, CancellationToken cancel) => new { subscriptions = (await OfAsync(http, store, cancel)).Select(Shown) });
        routes.MapPost("/api/registry/subscriptions", SubscribeAsync).OnlyOnce();
        routes.MapDelete("/api/registry/subscriptions/{id}", UnsubscribeAsync);
        routes.MapGet("/api/registry/fleet", FleetAsync).ReadWith(Scopes.Registry);
    }

    private sealed record Wish(SubscriptionKind? Kind, string? Vessel, string? Address);

    private static object Shown(RegistrySubscription s) => new { s.Id, s.Kind, vesselId = s.HullId, flag = s.Flag?.Code, s.Address, s.At };

    private static async Task<List<RegistrySubscription>> OfAsync(HttpContext http, IStore store, CancellationToken cancel) =>
        [.. (await store.Registry.SubscriptionsAsync(cancel)).Where(s => string.Equals(s.By, http.User.Identity!.Name, StringComparison.OrdinalIgnoreCase))];

    private static async Task<IResult> SubscribeAsync(Wish wish, HttpContext http, HullDesk hulls, IStore store, TimeProvider clock, CancellationToken cancel)
    {
        if (wish.Kind is not { } kind || !MailOptions.IsAddress(wish.Address))
        {
            return Problem.Of(400, "Not accepted", wish.Kind is null ? "Expected kind: hull, ownShips or notOnRegister; found none." : "Expected address, one plain e-mail address; found another text.");
        }

        var (by, own) = (await RegistryApi.WhoAsync(http, store), await OfAsync(http, store, cancel));
        var hull = kind == SubscriptionKind.Hull ? await hulls.FindAsync(wish.Vessel ?? "", cancel) : null;
        if (kind == SubscriptionKind.Hull && hull is null)
        {
            return Problem.NotFound("Vessel");
        }

        if (kind != SubscriptionKind.Hull && by.SpeaksFor is null)
        {
            return Problem.Of(403, "Not yours to do", $"Expected a registry official for {kind}; found {by.Name}, who speaks for no register. Subscribe to single ships.");
        }

        var flag = hull is null ? by.SpeaksFor : null;
        var known = own.Find(s => s.Kind == kind && s.HullId == hull?.Id && s.Flag == flag && string.Equals(s.Address, wish.Address, StringComparison.OrdinalIgnoreCase));
        if (known is null && own.Count >= MostOfOne)
        {
            return Problem.Of(409, "Not possible now", $"Expected fewer than {MostOfOne} subscriptions; found as many. Delete one first.");
        }

        var subscription = known ?? new RegistrySubscription(Guid.CreateVersion7().ToString("N"), by.Name, wish.Address!, kind, hull?.Id, flag, clock.GetUtcNow());
        if (known is null)
        {
            // The chain keeps no address: it can't be taken off again.
            await store.Registry.SubscribeAsync(subscription, new AuditNote(subscription.At, by.Name, "subscribe", subscription.Id, $"{kind} {hull?.Id ?? flag?.Code}"), cancel);
        }

        return Results.Ok(Shown(subscription));
    }

    private static async Task<IResult> UnsubscribeAsync(string id, HttpContext http, IStore store, TimeProvider clock, CancellationToken cancel) =>
        (await OfAsync(http, store, cancel)).Find(s => s.Id == id) is { } own && await store.Registry.UnsubscribeAsync(id, new AuditNote(clock.GetUtcNow(), own.By, "unsubscribe", id, $"{own.Kind} {own.HullId ?? own.Flag?.Code}"), cancel)
            ? Results.NoContent()
            : Problem.NotFound("Subscription");

    private static async Task<IResult> FleetAsync(string? flag, string? after, int? skip, int? limit, HttpContext http, Fleet fleet, IStore store, CancellationToken cancel)
    {
        var by = await RegistryApi.WhoAsync(http, store);
        if (!RegistryApi.TryFlag(flag ?? by.SpeaksFor?.Code, out var of, out var problem) || of is not { } one)
        {
            return problem ?? Problem.Of(400, "Flag needed", "Expected a flag, two letters of ISO 3166-1; found none.");
        }

        if (RegistryApi.NotForThem(by, http, of) is { } refused)
        {
            return refused;
        }

        if (limit is < 1 or > PageShips || skip < 0)
        {
            return Problem.Of(400, "Page not accepted", $"Expected limit 1 to {PageShips} and skip 0 or more.");
        }

        var (claiming, found) = (await fleet.NotOnRegisterAsync(one, after, limit ?? PageShips, cancel), await fleet.WithFindingsAsync(one, skip ?? 0, limit ?? PageShips, cancel));
        return Results.Ok(new
        {
            flag = one.Code,
            notOnRegister = claiming.Ships.Select(s => new { vesselId = s.Hull.Id, s.Hull.Name, imo = s.Hull.Imo?.ToString(), claims = s.Claims.Select(Said), registerSays = s.RegisterSays.Select(Said) }),
            notOnRegisterNext = claiming.Next,
            withFindings = found.Ships.Select(s => new { vesselId = s.Hull.Id, s.Hull.Name, imo = s.Hull.Imo?.ToString(), caseId = s.Finding.Id, s.Finding.Kind, Class = AlertsApi.IsBlind(http, s.Case) ? (Detection.FindingClass?)null : s.Finding.Class, s.Finding.Sentence, s.Finding.StartTime, CaseState = s.Case.State }),
            withFindingsNext = found.Next,
            notice = "Claims as their sources made them. A ship is listed as not on the register only where an extract of it was read, or the register itself has denied her.",
        });
    }

    private static object Said(IdentityClaim c) => new { c.Source, c.Origin, mmsi = c.Mmsi?.ToString(), imo = c.ImoAsStated, c.Name, c.CallSign, flag = c.Flag?.Code, c.Status, c.From, c.ValidTo, c.LastSeen, c.Reference };
}
