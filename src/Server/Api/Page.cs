using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace MaritimeWatch.Server.Api;

/// <summary>
/// A page of a list that grows. The cursor names the row after which the next page begins, so rows that come in before it move nothing;
/// where the next page is stands in the body as <c>next</c> and in the header <c>Link</c> (RFC 8288).
/// </summary>
/// <param name="Limit">Rows of a page.</param>
/// <param name="After">Key of the last row that was seen; null for the first page.</param>
internal sealed record Page(int Limit, string? After)
{
    private const int Most = 1000;
    private const string Mark = "after:";

    /// <summary>True when a program asks page by page; else the list comes as the console has it.</summary>
    public static bool IsAsked(HttpContext http) => http.Request.Query.ContainsKey("limit") || http.Request.Query.ContainsKey("cursor");

    /// <summary>What was asked for; or the refusal in words.</summary>
    public static (Page? Page, IResult? Refusal) Of(HttpContext http, int usual)
    {
        var (limit, cursor) = (http.Request.Query["limit"].ToString(), http.Request.Query["cursor"].ToString());
        if (limit.Length > 0 && !(int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= Most))
        {
            return (null, Problem.Of(400, "Page not accepted", $"Expected limit, 1 to {Most}; found '{(limit.Length > 20 ? limit[..20] : limit)}'."));
        }

        var after = cursor.Length == 0 ? null : Read(cursor);
        return cursor.Length > 0 && after is null
            ? (null, Problem.Of(400, "Cursor not accepted", "Expected the cursor of an answer's 'next', unchanged; found another. Begin again without one."))
            : (new Page(limit.Length > 0 ? int.Parse(limit, CultureInfo.InvariantCulture) : usual, after), null);
    }

    /// <summary>The rows of the page, and the address of the next one; null when this is the last.</summary>
    /// <param name="http">Whose answer it is.</param>
    /// <param name="rows">All rows, in any order.</param>
    /// <param name="key">A text that no other row has; pages follow its order.</param>
    /// <param name="upwards">True for names, which begin with A; else the newest comes first.</param>
    public (IReadOnlyList<T> Rows, string? Next) Take<T>(HttpContext http, IEnumerable<T> rows, Func<T, string> key, bool upwards = false)
    {
        var order = Comparer<string>.Create((a, b) => upwards ? string.CompareOrdinal(a, b) : string.CompareOrdinal(b, a));
        var found = rows.Select(r => (Key: key(r), Row: r)).Where(r => After is null || order.Compare(r.Key, After) > 0).OrderBy(r => r.Key, order).Take(Limit + 1).ToList();
        if (found.Count <= Limit)
        {
            return ([.. found.Select(r => r.Row)], null);
        }

        var query = http.Request.Query.Where(q => q.Key != "cursor" && q.Key != "limit").SelectMany(q => q.Value.Select(v => KeyValuePair.Create(q.Key, v)))
            .Append(new("limit", Limit.ToString(CultureInfo.InvariantCulture))).Append(new("cursor", WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(Mark + found[Limit - 1].Key))));
        var next = QueryHelpers.AddQueryString(http.Request.Path.ToUriComponent(), query);
        http.Response.Headers.Link = $"<{next}>; rel=\"next\"";
        return ([.. found.Take(Limit).Select(r => r.Row)], next);
    }

    /// <summary>Order of a time, for keys: later ones come after.</summary>
    public static string Order(DateTimeOffset time) => time.UtcTicks.ToString("D20", CultureInfo.InvariantCulture);

    private static string? Read(string cursor)
    {
        try
        {
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(WebEncoders.Base64UrlDecode(cursor));
            return text.StartsWith(Mark, StringComparison.Ordinal) && WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(text)) == cursor ? text[Mark.Length..] : null;
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            return null;
        }
    }
}
