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

/// <summary>Vessel histories: search, who claimed what and when, the track with its gaps.</summary>
internal static class VesselsApi
{
    private static readonly TimeSpan LongestTrack = TimeSpan.FromDays(8), UsualTrack = TimeSpan.FromHours(24);
    private const int MostFixes = 6000, MostHits = 20;

    // Below it a vessel is often one person's; of many the length is not known.
    private const double SmallCraftM = 24;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/search", SearchAsync).ReadWith(Scopes.Vessels);
        routes.MapGet("/api/vessels/{vesselId}", OneAsync).ReadWith(Scopes.Vessels).Tagged();
        routes.MapGet("/api/vessels/{vesselId}/track", TrackAsync).ReadWith(Scopes.Positions).Tagged();
    }

    private static async Task<IResult> OneAsync(string vesselId, IStore store, HullDesk hulls, FlagTables flags, ShipTypes types, RegisterDesk registers, StatementDesk statements, LivePicture picture, WatchMode mode, CancellationToken cancel)
    {
        if (await hulls.FindAsync(vesselId, cancel) is not { } hull)
        {
            return Problem.NotFound("Vessel");
        }

        var mmsis = MmsisOf(hull);
        var findings = new List<object>();
        foreach (var mmsi in mmsis)
        {
            foreach (var stored in await store.Findings.OfVesselAsync(mmsi, cancel))
            {
                var f = stored.Finding;
                findings.Add(new { f.Id, f.Kind, f.Class, f.Sentence, f.StartTime, f.EndTime, f.Band, f.Alert, CaseState = (await store.Cases.FindAsync(f.Id, cancel))?.State });
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

    private static async Task<IResult> TrackAsync(string vesselId, DateTimeOffset? from, DateTimeOffset? to, IStore store, HullDesk hulls, Intake intake, HttpContext http, ReadLog reads, CancellationToken cancel)
    {
        if (await hulls.FindAsync(vesselId, cancel) is not { } hull)
        {
            return Problem.NotFound("Vessel");
        }

        var end = to ?? intake.Now + TimeSpan.FromMinutes(1);
        var start = from ?? end - UsualTrack;
        if (end - start > LongestTrack || end < start)
        {
            return Problem.Of(400, "Period not accepted", $"Expected 'from' before 'to' and at most {LongestTrack.TotalDays:0} days.");
        }

        if (hull.LengthM is null or < SmallCraftM)
        {
            await reads.NoteAsync(http, hull.Id, "track of a small craft, or of one whose length is not known", cancel);
        }

        var (fixes, gaps) = (new List<Fix>(), new List<object>());
        foreach (var mmsi in MmsisOf(hull))
        {
            fixes.AddRange(await store.Tracks.FixesOfAsync(mmsi, start, end, cancel));
            gaps.AddRange((await store.Findings.OfVesselAsync(mmsi, cancel)).Select(s => s.Finding).Where(f => f.Kind == FindingKind.Silence && f.StartTime < end && !(f.EndTime < start))
                .Select(f => new { FindingId = f.Id, f.StartTime, f.EndTime, Start = PlaceAnswer.Of(f.Start), End = PlaceAnswer.Of(f.End), f.Class }));
        }

        fixes.Sort();
        var step = Math.Max(1, fixes.Count / MostFixes);
        return Results.Ok(new
        {
            vesselId = hull.Id,
            // Thinned for the screen; ends of silences stay.
            fixes = fixes.Where((f, i) => i % step == 0 || i == fixes.Count - 1 || fixes[i + 1].Time - f.Time > TimeSpan.FromMinutes(20) || (i > 0 && f.Time - fixes[i - 1].Time > TimeSpan.FromMinutes(20)))
                .Select(f => new object?[] { f.Time.ToUnixTimeMilliseconds(), f.LonDeg, f.LatDeg, f.SogKnots, f.CogDeg }),
            gaps,
        });
    }

    private static async Task<object> SearchAsync(string? q, IStore store, HullDesk hulls, CancellationToken cancel)
    {
        var text = (q ?? "").Trim();
        if (text.Length < 2)
        {
            return new { results = Array.Empty<object>(), note = "Type two characters or more: a name, call sign, MMSI or IMO number." };
        }

        var hits = await store.Identities.SearchAsync(text, MostHits, cancel);
        var results = new List<SearchHit>();
        foreach (var hit in hits)
        {
            // Claims by MMSI alone belong to the hull that broadcasts it, and persons may have decided that two are one.
            var answer = VesselAnswers.Hit(await hulls.FindAsync(hit.HullId, cancel), hit, results.Count);
            if (!results.Exists(r => r.VesselId == answer.VesselId))
            {
                results.Add(answer);
            }
        }

        var note = ImoNumber.Digits(text) is { } n && text.Count(char.IsAsciiDigit) == 7 && !ImoNumber.HasRightCheckDigit(n)
            ? $"{n:0000000} is not a valid IMO number: its check digit is wrong. Did you mean {string.Join(" or ", VesselAnswers.LikelyImos(n, hits))}?"
            : null;
        return new { results, note };
    }

    private static List<Mmsi> MmsisOf(Vessel hull) => [.. hull.Claims.Where(c => c.Origin == ClaimOrigin.Broadcast).Select(c => c.Mmsi).OfType<Mmsi>().Distinct()];
}
