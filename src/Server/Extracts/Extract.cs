using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using MaritimeWatch.Alerts;
using MaritimeWatch.Identity;
using MaritimeWatch.Registry;
using MaritimeWatch.Server.Mail;
using MaritimeWatch.Server.Watch;

namespace MaritimeWatch.Server.Extracts;

/// <summary>A table of an extract: each row ends with who says it.</summary>
internal sealed record ExtractTable(string Title, IReadOnlyList<string> Head, IReadOnlyList<string[]> Rows);

/// <summary>
/// What an extract says, whatever it is printed on (PRODUCT R12): every value with its source, the time of view, the handling mark, and
/// a hash by which a reader can prove that the content is the one that was given out. As HTML and as PDF it is the same, in the same order.
/// </summary>
/// <param name="Mark">The strictest of the watch's own handling mark and those of the statements shown.</param>
/// <param name="Title">Who she is.</param>
/// <param name="View">Of which watch, for whom, at what time.</param>
internal sealed record Extract(string Mark, bool Exercise, string Title, string View, IReadOnlyList<ExtractTable> Tables)
{
    public const string ExerciseNotice = "EXERCISE: ships and registers are made up for a drill.";

    public const string Notice = "This is an extract of what sources say. It is no proof of anything: claims may be wrong, late or missing, and a missing entry means no information.";

    public const string Nothing = "No information.";

    /// <summary>The content as HTML from <c>&lt;main&gt;</c> to <c>&lt;/main&gt;</c>: what the hash is taken of.</summary>
    public string Main
    {
        get
        {
            var html = new StringBuilder("<main>\n");
            html.Append($"<p><strong>{Safe(Mark)}</strong>{(Exercise ? $" <strong>{ExerciseNotice}</strong>" : "")}</p>\n<h1>{Safe(Title)}</h1>\n<p>View of {Safe(View)}.</p>\n<p>{Notice}</p>\n");
            foreach (var table in Tables)
            {
                html.Append($"<h2>{Safe(table.Title)}</h2>\n");
                html.Append(table.Rows.Count == 0 ? $"<p>{Nothing}</p>\n" : $"<table><thead><tr>{string.Concat(table.Head.Select(h => $"<th>{Safe(h)}</th>"))}</tr></thead><tbody>\n{string.Concat(table.Rows.Select(r => $"<tr>{string.Concat(r.Select(v => $"<td>{Safe(v)}</td>"))}</tr>\n"))}</tbody></table>\n");
            }

            return html.Append("</main>").ToString();
        }
    }

    /// <summary>SHA-256 of <see cref="Main"/> as UTF-8, in hexadecimal.</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Main)));

    public static Extract Of(Vessel hull, List<RegistryStatement> statements, IReadOnlyList<RegisterState> lists, FlagTables flags, string node, string nodeTlp, string by, DateTimeOffset now, bool exercise) =>
        new(MarkOf(nodeTlp, statements), exercise, $"Extract: {hull.Name ?? "name not known"}, {hull.Id}", $"{node}, for {by}, {Time(now)}",
        [
            new("Statements of flag registers", ["flag", "says", "means", "ship as the register knows her", "state", "source"], [.. statements.Select(s => new[]
            {
                flags.NameOf(s.Flag), RegistryWords.Of(s.Said.Content), string.Join("; ", FlagConfirmation.Of(s).Select(RegistryWords.Of)), RegistryWords.Of(s.Said.Content.Ship),
                $"{RegistryWords.Of(s.State)}{(s.EndedAt is { } end ? $" on {Time(end)}: {s.EndedBecause}" : "")}", $"{StatementSource.Of(s.Flag)}, {s.Said.Content.Reference}, statement {s.Id} by {s.MadeBy}, {Time(s.MadeAt)}{(s.ApprovedBy is { } second ? $", approved by {second}" : "")}",
            })]),
            new("Claims of identity", ["value", "said to hold", "first and last seen", "source"], [.. hull.Claims.Select(c => Claim(c, flags, "")).Concat(hull.NoLongerStanding.Select(c => Claim(c, flags, "stands no more: ")))]),
            new("List entries", ["entry", "of", "source"], [.. hull.Listings.Select(l => new[] { $"{l.Name}{(l.LegalAct is { } act ? $", {act}" : "")}{(l.Current ? "" : ", taken off")}", $"{l.DesignatedOn:yyyy-MM-dd}", $"{l.ListName}, {l.Source}{(l.ListDate is { } date ? $", list of {date:yyyy-MM-dd}" : "")}" })]),
            new("Inspections by port States", ["on", "what", "source"], [.. hull.Inspections.OrderByDescending(i => i.On).Select(i => new[] { $"{i.On:yyyy-MM-dd}", $"{i.Authority} {i.Port}, deficiencies {i.Deficiencies}{(i.Detained ? ", detained" : "")}", $"{i.Source} {i.Reference}" })]),
            new("Registers and lists of this watch", ["name", "of", "state", "source"], [.. lists.Select(l => new[] { l.Name, $"{l.ListDate:yyyy-MM-dd}", l.Reachable ? "read" : l.Note ?? "not read", $"{l.Publisher}, {l.Licence}" })]),
        ]);

    /// <summary>Control characters and those that turn the reading direction go too: a name is broadcast by anyone.</summary>
    public static string Safe(string text) => WebUtility.HtmlEncode(AlertWords.Clean(text));

    private static string[] Claim(IdentityClaim c, FlagTables flags, string mark)
    {
        var byMid = c is { Origin: ClaimOrigin.Broadcast, Mmsi: { } mmsi } && flags.FlagOf(mmsi) is { } mid ? $"flag {flags.NameOf(mid)} (by MMSI)" : null;
        var parts = new[] { c.Name, c.ImoAsStated is { } imo ? $"IMO {imo}" : null, c.Mmsi is { } m ? $"MMSI {m}" : null, c.CallSign is { } call ? $"call sign {call}" : null, c.Flag is { } flag ? $"flag {flags.NameOf(flag)}" : byMid, c.LengthM is { } length ? $"{length:0} m" : null, c.Status is { } status ? RegistryWords.Short(status) : null };
        return [mark + string.Join(", ", parts.OfType<string>()), $"{(c.ValidFrom is { } from ? $"{from:yyyy-MM-dd}" : "not said")} to {(c.ValidTo is { } to ? $"{to:yyyy-MM-dd}" : "open")}", $"{Time(c.FirstSeen)} to {Time(c.LastSeen)}", $"{c.Source} ({c.Origin}){(c.Reference is { } reference ? $", {reference}" : "")}"];
    }

    private static string MarkOf(string node, List<RegistryStatement> statements)
    {
        var own = Enum.TryParse<Tlp>(node.Replace("+", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out var read) && Enum.IsDefined(read) ? read : Tlp.Amber;
        return AlertWords.Label(statements.Select(s => s.Said.Tlp).Append(own).Max());
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
