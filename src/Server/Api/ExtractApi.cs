using System.Security.Cryptography;
using System.Text;
using MaritimeWatch.Identity;
using MaritimeWatch.Server.Extracts;
using MaritimeWatch.Server.Watch;
using MaritimeWatch.Storage;

namespace MaritimeWatch.Server.Api;

/// <summary>A vessel's history to print (PRODUCT R12), as a page without script that fetches nothing, and as PDF. The hash of each is on the audit chain.</summary>
internal static class ExtractApi
{
    private const string Style = "body{font:11pt/1.4 system-ui,sans-serif;margin:2em;max-width:60em}table{border-collapse:collapse;width:100%}th,td{border:1px solid #8497A3;padding:2px 6px;text-align:left;vertical-align:top;overflow-wrap:anywhere}footer{margin-top:1em;overflow-wrap:anywhere}";

    private static readonly string Policy = $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/registry/extract/{vesselId}", HtmlAsync);
        routes.MapGet("/api/registry/extract/{vesselId}.pdf", PdfAsync);
    }

    private static async Task<IResult> HtmlAsync(string vesselId, HttpContext http, IStore store, HullDesk hulls, StatementDesk desk, RegisterDesk registers, FlagTables flags, Settings.Settings settings, WatchMode mode, TimeProvider clock, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        if (await ReadAsync(vesselId, http, now, hulls, desk, registers, flags, settings, mode, cancel) is not ({ } extract, var hullId))
        {
            return Problem.NotFound("Vessel");
        }

        var hash = extract.Hash;
        await store.Audit.AppendAsync(new AuditNote(now, http.User.Identity!.Name!, "extract", hullId, $"{extract.Mark}; SHA-256 {hash}"), cancel);
        http.Response.Headers.ContentSecurityPolicy = Policy;
        var page = $"<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{Extract.Safe($"{extract.Mark} Extract {hullId}")}</title><style>{Style}</style></head>\n<body>\n{extract.Main}\n"
            + $"<footer>SHA-256 of the content, from &lt;main&gt; to &lt;/main&gt; as UTF-8: <code>{hash}</code>. It stands on the audit chain of {Extract.Safe(settings.Node.Name)}.<br><strong>{Extract.Safe(extract.Mark)}</strong></footer>\n</body></html>\n";
        return Results.Content(page, "text/html", Encoding.UTF8);
    }

    private static async Task<IResult> PdfAsync(string vesselId, HttpContext http, IStore store, HullDesk hulls, StatementDesk desk, RegisterDesk registers, FlagTables flags, Settings.Settings settings, WatchMode mode, TimeProvider clock, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        if (await ReadAsync(vesselId, http, now, hulls, desk, registers, flags, settings, mode, cancel) is not ({ } extract, var hullId))
        {
            return Problem.NotFound("Vessel");
        }

        var pdf = ExtractPdf.Write(extract, settings.Node.Name, now);
        await store.Audit.AppendAsync(new AuditNote(now, http.User.Identity!.Name!, "extract", hullId, $"{extract.Mark}; SHA-256 {extract.Hash}; PDF of {pdf.Length} bytes, SHA-256 {Convert.ToHexStringLower(SHA256.HashData(pdf))}"), cancel);
        // A file's name must not carry what anyone may have broadcast.
        return Results.File(pdf, "application/pdf", $"extract-{new string([.. hullId.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')])}.pdf");
    }

    private static async Task<(Extract? Extract, string HullId)> ReadAsync(string vesselId, HttpContext http, DateTimeOffset now, HullDesk hulls, StatementDesk desk, RegisterDesk registers, FlagTables flags, Settings.Settings settings, WatchMode mode, CancellationToken cancel)
    {
        if (await hulls.FindAsync(vesselId, cancel) is not { } hull)
        {
            return (null, vesselId);
        }

        var statements = (await desk.FilesOfAsync(hull, cancel)).SelectMany(f => f.Statements).Where(s => s.InForceAt is not null).OrderBy(s => s.InForceAt).ToList();
        return (Extract.Of(hull, statements, await registers.StatesAsync(cancel), flags, settings.Node.Name, settings.Node.Tlp, http.User.Identity!.Name!, now, mode.Exercise), hull.Id);
    }
}
