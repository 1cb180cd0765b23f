using MaritimeWatch.Detection;
using MaritimeWatch.Detection.Flags;
using MaritimeWatch.Identity;
using MaritimeWatch.Registry;
using MaritimeWatch.Server.Access;
using MaritimeWatch.Server.Watch;
using MaritimeWatch.Storage;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Server.Api;

/// <summary>Vessel histories: search, who claimed what and when, what was found.</summary>
internal static class VesselsApi
{
    private const int MostHits = 20;

    // Below it a vessel is often one person's; of many the length is not known.
    internal const double SmallCraftM = 24;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/search", SearchAsync).ReadWith(Scopes.Vessels);
        routes.MapGet("/api/vessels/{vesselId}", OneAsync).ReadWith(Scopes.Vessels).Tagged();
    }

    private static async Task<IResult> OneAsync(string vesselId, HttpContext http, IStore store, AreaBound bound, HullDesk hulls, FlagTables flags, ShipTypes types, RegisterDesk registers, StatementDesk statements, LivePicture picture, WatchMode mode, CancellationToken cancel)
    {
        if (await hulls.FindAsync(vesselId, cancel) is not { } hull)
        {
            return Problem.NotFound("Vessel");
        }

        var mmsis = MmsisOf(hull);
        var findings = new List<object>();
        foreach (var mmsi in mmsis)
        {
            foreach (var stored in (await store.Findings.OfVesselAsync(mmsi, cancel)).Where(s => bound.Sees(AreaBound.Of(http), s.Finding)))
            {
                var f = stored.Finding;
                var file = await store.Cases.FindAsync(f.Id, cancel);
                var blind = file is not null && AlertsApi.IsBlind(http, file);
                findings.Add(new { f.Id, f.Kind, Class = blind ? (FindingClass?)null : f.Class, f.Sentence, f.StartTime, f.EndTime, Start = PlaceAnswer.Of(f.Start), End = PlaceAnswer.Of(f.End), Band = blind ? (Band?)null : f.Band, f.Alert, f.AsOf, f.ModelVersion, CaseState = file?.State });
            }
        }

        var current = hull.LatestBroadcast;
        var latest = mmsis.Select(m => picture.Of(m)).Where(f => f is not null).MaxBy(f => f!.Value.Time);
        return Results.Ok(new
        {
            vesselId = hull.Id,
            hull.Name,
            mmsi = current?.Mmsi?.ToString() ?? mmsis.Select(n => n.ToString()).FirstOrDefault(),
            imo = hull.Imo?.ToString(),
            callSign = current?.CallSign ?? hull.Registers.LastOrDefault()?.CallSign,
            flagText = current?.Mmsi is { } m && flags.FlagOf(m) is { } flag ? $"{flags.NameOf(flag)} (by MMSI)" : null,
            hull.ShipType,
            shipTypeText = hull.ShipType is { } type ? types.NameOf(type) : null,
            hull.LengthM,
            mode.Exercise,
            latest = latest is { } fix ? new { fix.Time, fix.LatDeg, fix.LonDeg, fix.SogKnots, fix.CogDeg, fix.Status } : null,
            identity = VesselAnswers.Identity(hull, flags),
            lanes = VesselAnswers.Lanes(hull, flags),
            listings = hull.Listings.Select(l => new { l.ListName, l.Source, l.Name, l.LegalAct, l.DesignatedOn, l.ListDate, l.Current }),
            inspections = hull.Inspections.OrderByDescending(i => i.On).Select(i => new { i.On, i.Authority, i.Port, i.Deficiencies, i.Detained, i.ReleasedOn, i.Source, i.Reference }),
            confirmations = (await statements.FilesOfAsync(hull, cancel)).SelectMany(f => f.Statements).SelectMany(FlagConfirmation.Of).Select(ConfirmationAnswer.Of),
            claims = hull.Claims.Select(c => Said(c, stands: true)).Concat(hull.NoLongerStanding.Select(c => Said(c, stands: false))),
            lists = await registers.StatesAsync(cancel),
            findings,
            notice = "Claims as their sources made them. Nothing here is proof of wrongdoing; a missing entry means no information.",
        });
    }

    // A claim that stands no more is one of a statement that was superseded or revoked.
    private static object Said(IdentityClaim c, bool stands) => new { c.Id, c.Source, c.Origin, mmsi = c.Mmsi?.ToString(), imo = c.ImoAsStated, c.Name, c.CallSign, flag = c.Flag?.Code, c.Status, c.From, c.ValidTo, c.LastSeen, c.Reference, stands };

    private static async Task<object> SearchAsync(string? q, HttpContext http, IStore store, AreaBound bound, HullDesk hulls, CancellationToken cancel)
    {
        var text = (q ?? "").Trim();
        if (text.Length < 2)
        {
            return new { results = Array.Empty<object>(), note = "Type two characters or more: a name, call sign, MMSI or IMO number." };
        }

        var hits = await store.Identities.SearchAsync(text, MostHits, cancel);
        var (results, shown) = (new List<SearchHit>(), new List<IdentityHit>());
        foreach (var hit in hits)
        {
            // Claims by MMSI alone belong to the hull that broadcasts it, and persons may have decided that two are one.
            var answer = VesselAnswers.Hit(await hulls.FindAsync(hit.HullId, cancel), hit, results.Count);
            if (!results.Exists(r => r.VesselId == answer.VesselId) && await bound.SeesVesselAsync(AreaBound.Of(http), answer.VesselId, cancel))
            {
                results.Add(answer);
                shown.Add(hit);
            }
        }

        var note = ImoNumber.Digits(text) is { } n && text.Count(char.IsAsciiDigit) == 7 && !ImoNumber.HasRightCheckDigit(n)
            ? $"{n:0000000} is not a valid IMO number: its check digit is wrong. Did you mean {string.Join(" or ", VesselAnswers.LikelyImos(n, AreaBound.Of(http) is null ? hits : shown))}?"
            : null;
        return new { results, note };
    }

    internal static List<Mmsi> MmsisOf(Vessel hull) => [.. hull.Claims.Where(c => c.Origin == ClaimOrigin.Broadcast).Select(c => c.Mmsi).OfType<Mmsi>().Distinct()];
}
