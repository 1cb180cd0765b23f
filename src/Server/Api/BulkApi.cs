using System.Text;
using MaritimeWatch.Server.Access;

namespace MaritimeWatch.Server.Api;

/// <summary>Many identifiers in one CSV, asked of all that is held: JSON, or CSV for those who ask for it.</summary>
internal static class BulkApi
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/search/bulk", AskAsync).ReadWith(Scopes.Vessels);

    private static async Task<IResult> AskAsync(HttpContext http, BulkCheck check, CancellationToken cancel)
    {
        if (await BodyAsync(http.Request, cancel) is not { } text)
        {
            return Problem.Of(413, "Too much at once", $"Expected at most {BulkTable.MostBytes / 1024 / 1024} MB. Send the rows in parts.");
        }

        List<BulkRow> rows;
        try
        {
            rows = BulkTable.Read(text);
        }
        catch (FormatException e)
        {
            return Problem.Of(400, "Not read", $"{e.Message} Expected CSV with one identifier a row, or columns named imo, mmsi, name, callSign.");
        }

        if (rows.Count > BulkTable.MostRows)
        {
            return Problem.Of(413, "Too much at once", $"Expected at most {BulkTable.MostRows} rows, found more. Send them in parts.");
        }

        var answer = await check.OfAsync(rows, cancel);
        return http.Request.GetTypedHeaders().Accept.Any(a => a.MediaType == "text/csv")
            ? Results.Text(BulkTable.Write(answer), "text/csv", Encoding.UTF8)
            : Results.Ok(answer);
    }

    /// <summary>The body as text; null when it is larger than allowed.</summary>
    private static async Task<string?> BodyAsync(HttpRequest request, CancellationToken cancel)
    {
        var bytes = new byte[BulkTable.MostBytes + 1];
        var length = await request.Body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancel);
        return length > BulkTable.MostBytes ? null : Encoding.UTF8.GetString(bytes, 0, length).TrimStart('\ufeff');
    }
}
