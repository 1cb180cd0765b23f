using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using MaritimeWatch.Alerts;
using MaritimeWatch.Identity;
using MaritimeWatch.Registry;
using MaritimeWatch.Server.Mail;
using MaritimeWatch.Server.Watch;
using MaritimeWatch.Storage;

namespace MaritimeWatch.Server.Api;

/// <summary>
/// A vessel's history as a page to print (PRODUCT R12): every value with its source, the time of view, the handling mark, and
/// a hash by which a reader can prove that the page is the one that was given out. No script, and nothing fetched.
/// </summary>
internal static class ExtractApi
{
    private const string Style = "body{font:11pt/1.4 system-ui,sans-serif;margin:2em;max-width:60em}table{border-collapse:collapse;width:100%}th,td{border:1px solid #8497A3;padding:2px 6px;text-align:left;vertical-align:top;overflow-wrap:anywhere}footer{margin-top:1em;overflow-wrap:anywhere}";

    private static readonly string Policy = $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/registry/extract/{vesselId}", OneAsync);

    private static async Task<IResult> OneAsync(string vesselId, HttpContext http, IStore store, HullDesk hulls, StatementDesk desk, RegisterDesk registers, FlagTables flags, Settings.Settings settings, WatchMode mode, TimeProvider clock, CancellationToken cancel)
    {
        if (await hulls.FindAsync(vesselId, cancel) is not { } hull)
        {
            return Problem.NotFound("Vessel");
        }

        var (by, now) = (http.User.Identity!.Name!, clock.GetUtcNow());
        var statements = (await desk.FilesOfAsync(hull, cancel)).SelectMany(f => f.Statements).Where(s => s.InForceAt is not null).OrderBy(s => s.InForceAt).ToList();
        var mark = Mark(settings.Node.Handling, statements);
        var main = Content(hull, statements, await registers.StatesAsync(cancel), flags, $"{settings.Node.Name}, for {by}, {Time(now)}", mark, mode.Exercise);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(main)));
        await store.Audit.AppendAsync(new AuditNote(now, by, "extract", hull.Id, $"{mark}; SHA-256 {hash}"), cancel);
        http.Response.Headers.ContentSecurityPolicy = Policy;
        var page = $"<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{Safe($"{mark} Extract {hull.Id}")}</title><style>{Style}</style></head>\n<body>\n{main}\n"
            + $"<footer>SHA-256 of the content, from &lt;main&gt; to &lt;/main&gt; as UTF-8: <code>{hash}</code>. It stands on the audit chain of {Safe(settings.Node.Name)}.<br><strong>{Safe(mark)}</strong></footer>\n</body></html>\n";
        return Results.Content(page, "text/html", Encoding.UTF8);
    }

    private static string Content(Vessel hull, List<RegistryStatement> statements, IReadOnlyList<RegisterState> lists, FlagTables flags, string view, string mark, bool exercise)
    {
        var html = new StringBuilder("<main>\n");
        html.Append($"<p><strong>{Safe(mark)}</strong>{(exercise ? " <strong>EXERCISE: ships and registers are made up for a drill.</strong>" : "")}</p>\n<h1>Extract: {Safe(hull.Name ?? "name not known")}, {Safe(hull.Id)}</h1>\n");
        html.Append($"<p>View of {Safe(view)}.</p>\n<p>This is an extract of what sources say. It is no proof of anything: claims may be wrong, late or missing, and a missing entry means no information.</p>\n");
        Table(html, "Statements of flag registers", ["flag", "says", "means", "ship as the register knows her", "state", "source"], statements.Select(s => new[]
        {
            flags.NameOf(s.Flag), RegistryWords.Of(s.Said.Content), string.Join("; ", FlagConfirmation.Of(s).Select(RegistryWords.Of)), RegistryWords.Of(s.Said.Content.Ship),
            $"{RegistryWords.Of(s.State)}{(s.EndedAt is { } end ? $" on {Time(end)}: {s.EndedBecause}" : "")}", $"{StatementSource.Of(s.Flag)}, {s.Said.Content.Reference}, statement {s.Id} by {s.MadeBy}, {Time(s.MadeAt)}{(s.ApprovedBy is { } second ? $", approved by {second}" : "")}",
        }));
        Table(html, "Claims of identity", ["value", "said to hold", "first and last seen", "source"], hull.Claims.Select(c => Claim(c, flags, "")).Concat(hull.NoLongerStanding.Select(c => Claim(c, flags, "stands no more: "))));
        Table(html, "List entries", ["entry", "of", "source"], hull.Listings.Select(l => new[] { $"{l.Name}{(l.LegalAct is { } act ? $", {act}" : "")}{(l.Current ? "" : ", taken off")}", $"{l.DesignatedOn:yyyy-MM-dd}", $"{l.ListName}, {l.Source}{(l.ListDate is { } date ? $", list of {date:yyyy-MM-dd}" : "")}" }));
        Table(html, "Inspections by port States", ["on", "what", "source"], hull.Inspections.OrderByDescending(i => i.On).Select(i => new[] { $"{i.On:yyyy-MM-dd}", $"{i.Authority} {i.Port}, deficiencies {i.Deficiencies}{(i.Detained ? ", detained" : "")}", $"{i.Source} {i.Reference}" }));
        Table(html, "Registers and lists of this watch", ["name", "of", "state", "source"], lists.Select(l => new[] { l.Name, $"{l.ListDate:yyyy-MM-dd}", l.Reachable ? "read" : l.Note ?? "not read", $"{l.Publisher}, {l.Licence}" }));
        return html.Append("</main>").ToString();
    }

    private static string[] Claim(IdentityClaim c, FlagTables flags, string mark)
    {
        var byMid = c is { Origin: ClaimOrigin.Broadcast, Mmsi: { } mmsi } && flags.FlagOf(mmsi) is { } mid ? $"flag {flags.NameOf(mid)} (by MMSI)" : null;
        var parts = new[] { c.Name, c.ImoAsStated is { } imo ? $"IMO {imo}" : null, c.Mmsi is { } m ? $"MMSI {m}" : null, c.CallSign is { } call ? $"call sign {call}" : null, c.Flag is { } flag ? $"flag {flags.NameOf(flag)}" : byMid, c.LengthM is { } length ? $"{length:0} m" : null, c.Status is { } status ? RegistryWords.Short(status) : null };
        return [mark + string.Join(", ", parts.OfType<string>()), $"{(c.ValidFrom is { } from ? $"{from:yyyy-MM-dd}" : "not said")} to {(c.ValidTo is { } to ? $"{to:yyyy-MM-dd}" : "open")}", $"{Time(c.FirstSeen)} to {Time(c.LastSeen)}", $"{c.Source} ({c.Origin}){(c.Reference is { } reference ? $", {reference}" : "")}"];
    }

    private static void Table(StringBuilder html, string title, string[] head, IEnumerable<string[]> rows)
    {
        var all = rows.ToList();
        html.Append($"<h2>{Safe(title)}</h2>\n");
        html.Append(all.Count == 0 ? "<p>No information.</p>\n" : $"<table><thead><tr>{string.Concat(head.Select(h => $"<th>{Safe(h)}</th>"))}</tr></thead><tbody>\n{string.Concat(all.Select(r => $"<tr>{string.Concat(r.Select(v => $"<td>{Safe(v)}</td>"))}</tr>\n"))}</tbody></table>\n");
    }

    // The strictest of the watch's own mark and those of the statements shown.
    private static string Mark(Tlp own, List<RegistryStatement> statements) => AlertWords.Label(statements.Select(s => s.Said.Tlp).Append(own).Max());

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    // Control characters and those that turn the reading direction go too: a name is broadcast by anyone.
    private static string Safe(string text) => WebUtility.HtmlEncode(AlertWords.Clean(text));
}
