using MaritimeWatch.Server.Access;
using MaritimeWatch.Server.Watch;
using MaritimeWatch.Storage;
using MaritimeWatch.Units;

namespace MaritimeWatch.Server.Api;

/// <summary>What stands behind a finding: the records of each reason as they were received, and all of it in one file. Each read is on the audit chain.</summary>
internal static class EvidenceApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/alerts/{caseId}/evidence/{name}/records", RecordsAsync);
        routes.MapGet("/api/alerts/{caseId}/raw", RawAsync);
        routes.MapGet("/api/alerts/{caseId}/pack.zip", PackAsync);
    }

    private static async Task<IResult> RecordsAsync(string caseId, string name, HttpContext http, IStore store, RawEvidence raw, ReadLog reads, CancellationToken cancel)
    {
        if (await CaseAsync(caseId, store, cancel) is not { } stored || stored.Finding.Evidence.FirstOrDefault(e => e.Name == name) is not { } evidence)
        {
            return Problem.NotFound("Evidence");
        }

        await reads.NoteAsync(http, caseId, $"raw records of {name}, {stored.Finding.TrackId}", cancel);
        var records = await raw.OfAsync(stored.Finding, evidence, cancel);
        return Results.Ok(new { caseId, name, evidence.Text, note = raw.Note(records), records });
    }

    private static async Task<IResult> RawAsync(string caseId, HttpContext http, IStore store, RawEvidence raw, ReadLog reads, CancellationToken cancel)
    {
        if (await CaseAsync(caseId, store, cancel) is not { } stored)
        {
            return Problem.NotFound("Alert");
        }

        await reads.NoteAsync(http, caseId, $"raw records around it, {stored.Finding.TrackId}", cancel);
        var records = await raw.AroundAsync(stored.Finding, withNeighbours: true, cancel);
        return Results.Ok(new { caseId, note = raw.Note(records), records });
    }

    private static async Task<IResult> PackAsync(string caseId, HttpContext http, IStore store, EvidencePack pack, ReadLog reads, CancellationToken cancel)
    {
        if (await store.Cases.FindAsync(caseId, cancel) is not { } file || await CaseAsync(caseId, store, cancel) is not { } stored)
        {
            return Problem.NotFound("Alert");
        }

        if (AlertsApi.IsBlind(http, file))
        {
            return Problem.Of(409, "Your own judgement first", "The pack holds the score. Say your own judgement, then fetch it.");
        }

        await reads.NoteAsync(http, caseId, $"evidence pack, {stored.Finding.TrackId}", cancel);
        return Results.File(await pack.MakeAsync(file, stored, cancel), "application/zip", $"evidence-{caseId}.zip");
    }

    private static async Task<StoredFinding?> CaseAsync(string caseId, IStore store, CancellationToken cancel) =>
        await store.Cases.FindAsync(caseId, cancel) is null ? null : await store.Findings.FindAsync(caseId, cancel);
}
