using MaritimeWatch.Cases;
using MaritimeWatch.Server.Access;
using MaritimeWatch.Server.Watch;
using MaritimeWatch.Storage;
using MaritimeWatch.Tracks;
using MaritimeWatch.Tracks.Ports;

namespace MaritimeWatch.Server.Api;

/// <summary>What a vessel page tells beyond identity: where she called, and what persons decided on findings about her.</summary>
internal static class VesselHistoryApi
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(400), Usual = TimeSpan.FromDays(30);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/vessels/{vesselId}/port-calls", PortCallsAsync);
        routes.MapGet("/api/vessels/{vesselId}/decisions", DecisionsAsync);
    }

    private static async Task<IResult> PortCallsAsync(string vesselId, DateTimeOffset? from, DateTimeOffset? to, IStore store, HullDesk hulls, Intake intake, PortIndex ports, HttpContext http, ReadLog reads, CancellationToken cancel)
    {
        if (await hulls.FindAsync(vesselId, cancel) is not { } hull)
        {
            return Problem.NotFound("Vessel");
        }

        var end = to ?? intake.Now + TimeSpan.FromMinutes(1);
        var start = from ?? end - Usual;
        if (end - start > Longest || end < start)
        {
            return Problem.Of(400, "Period not accepted", $"Expected 'from' before 'to' and at most {Longest.TotalDays:0} days.");
        }

        if (hull.LengthM is null or < VesselsApi.SmallCraftM)
        {
            await reads.NoteAsync(http, hull.Id, "port calls of a small craft, or of one whose length is not known", cancel);
        }

        var (options, calls) = (new PortCallOptions(), new List<PortCall>());
        foreach (var mmsi in VesselsApi.MmsisOf(hull))
        {
            calls.AddRange(new PortCalls(ports, options).Of(await store.Tracks.FixesOfAsync(mmsi, start, end, cancel), end < intake.Now ? end : intake.Now));
        }

        return Results.Ok(new
        {
            vesselId = hull.Id,
            from = start,
            to = end,
            calls = calls.OrderByDescending(c => c.Arrival).Select(c => new
            {
                port = c.Port.Name, unLocode = c.Port.UnLocode, c.Port.At.LatDeg, c.Port.At.LonDeg, portSource = c.Port.Source, c.Arrival, c.ArrivalSeen, c.Departure, c.DepartureSeen, c.Unbroken, c.Possibly,
                stillHours = Math.Round(c.StillFor.TotalHours, 1), c.Fixes, source = "AIS positions held here",
            }),
            definition = $"From the first position within {options.Within.NauticalMiles:0} nm of a port's point to the last before she is {options.Beyond.NauticalMiles:0} nm away, when between them she lay still ({options.Still.Knots:0.0} kn or less, or by her own report) "
                + $"for {options.LeastStop.TotalMinutes:0} min or more. A silence of more than {options.MostSilence.TotalHours:0} h at either end or between makes it 'possibly'. Not claimed: that she berthed, or what she did there.",
        });
    }

    private static async Task<IResult> DecisionsAsync(string vesselId, HttpContext http, IStore store, AreaBound bound, HullDesk hulls, CancellationToken cancel)
    {
        if (await hulls.FindAsync(vesselId, cancel) is not { } hull)
        {
            return Problem.NotFound("Vessel");
        }

        var decisions = new List<(DateTimeOffset At, object Shown)>();
        foreach (var mmsi in VesselsApi.MmsisOf(hull))
        {
            foreach (var finding in (await store.Findings.OfVesselAsync(mmsi, cancel)).Select(s => s.Finding).Where(f => bound.Sees(AreaBound.Of(http), f)))
            {
                var file = await store.Cases.FindAsync(finding.Id, cancel);
                decisions.AddRange((file?.History ?? []).Where(e => e.By != CaseRules.Machine)
                    .Select(e => (e.At, (object)new { caseId = file!.Id, finding.Kind, finding.Sentence, file.State, e.At, e.By, e.Act, e.Reason, e.Note, e.FindingRevision })));
            }
        }

        return Results.Ok(new { vesselId = hull.Id, decisions = decisions.OrderByDescending(d => d.At).Select(d => d.Shown) });
    }
}
