using MaritimeWatch.Identity;
using MaritimeWatch.Server.Access;
using MaritimeWatch.Server.Watch;
using MaritimeWatch.Storage;
using MaritimeWatch.Units;

namespace MaritimeWatch.Server.Api;

/// <summary>Histories of identity: the lanes of an attribute, why a hull is one, and what is known of a flag's fleet as context.</summary>
internal static class IdentityApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/vessels/{vesselId}/timeline", TimelineAsync).ReadWith(Scopes.Vessels).Tagged();
        routes.MapGet("/api/vessels/{vesselId}/why", WhyAsync).ReadWith(Scopes.Vessels).Tagged();
        routes.MapGet("/api/flags/{flag}", FlagAsync).ReadWith(Scopes.Vessels).Tagged();
    }

    private static async Task<IResult> TimelineAsync(string vesselId, string? attribute, DateTimeOffset? knownAt, HullDesk hulls, FlagTables flags, CancellationToken cancel)
    {
        if (!Enum.TryParse<TimelineAttribute>(attribute ?? nameof(TimelineAttribute.Flag), ignoreCase: true, out var of) || !Enum.IsDefined(of))
        {
            return Problem.Of(400, "Attribute not known", $"Expected one of {string.Join(", ", Enum.GetNames<TimelineAttribute>())}; found '{attribute}'.");
        }

        return await hulls.FindAsync(vesselId, cancel) is not { } hull ? Problem.NotFound("Vessel") : Results.Ok(new
        {
            vesselId = hull.Id,
            attribute = of,
            knownAt,
            lanes = IdentityTimeline.Of(hull.Claims, of, flags, knownAt),
        });
    }

    private static async Task<IResult> WhyAsync(string vesselId, HullDesk hulls, IStore store, CancellationToken cancel)
    {
        if (await hulls.FindAsync(vesselId, cancel) is not { } hull)
        {
            return Problem.NotFound("Vessel");
        }

        var decisions = await store.Identities.DecisionsAsync(cancel);
        var joined = Hulls.Of(hull.Claims, decisions).SelectMany(h => h.Claims.Select(c => (Hull: h.Id, Claim: c))).ToDictionary(c => c.Claim.Claim.Id, c => (c.Hull, c.Claim.Reason));
        var standing = new Hull(hull.Id, [.. hull.Claims.Select(c => new HullClaim(c, joined.TryGetValue(c.Id, out var j) ? j.Reason : JoinReason.Alone))]);
        return Results.Ok(new
        {
            vesselId = hull.Id,
            claims = HullReasons.Of(standing).Select(r => new { r.Claim.Id, r.Claim.Source, r.Claim.Origin, r.Claim.From, r.Claim.LastSeen, mmsi = r.Claim.Mmsi?.ToString(), imo = r.Claim.ImoAsStated, r.Claim.CallSign, r.Claim.Name, r.Reason, r.Score, r.For, r.Against, r.Claim.Reference }),
            decisions = new HullDecisions(decisions).Standing.Where(d => d.Merge.Contains(hull.Id) || d.From == hull.Id || d.HullId == hull.Id),
            note = "A merge or split can be made and undone by an analyst, with a reason; findings follow.",
        });
    }

    private static async Task<IResult> FlagAsync(string flag, AllHulls all, FlagTables tables, CancellationToken cancel)
    {
        if (tables.Read(flag) is not { } of)
        {
            return Problem.NotFound("Flag");
        }

        var seen = await all.SeenAsync(cancel);
        var colour = PortStateColour.Of(of, seen.Inspections, DateOnly.FromDateTime(seen.AsOf.UtcDateTime));
        var (ships, changed) = seen.LastYear.GetValueOrDefault(of);
        var (allShips, allChanged) = seen.World;
        return Results.Ok(new
        {
            flag = of.Code,
            name = tables.NameOf(of),
            asOf = seen.AsOf,
            portStateControl = new { colour.Inspections, colour.Detentions, colour.Colour, colour.BlackAbove, colour.WhiteBelow, colour.ExcessFactor, method = "binomial limits at 7 %, 3 % and 95 % over three years of the inspections loaded here" },
            changesOfFlag = new { ships, changed, share = ships > 0 ? (double)changed / ships : (double?)null, world = allShips > 0 ? (double)allChanged / allShips : (double?)null },
            surges = seen.Surges.Where(s => s.Flag == of).Select(s => new { s.Month, s.Ships, s.Usual, s.TakenIn }),
            note = "Context for officials. None of it enters a ship's score.",
        });
    }
}
