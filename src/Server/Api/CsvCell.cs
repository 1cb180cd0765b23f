namespace MaritimeWatch.Server.Api;

/// <summary>A text as a cell of CSV (RFC 4180).</summary>
internal static class CsvCell
{
    /// <summary>A spreadsheet takes a cell that begins with such a mark for a formula (OWASP, CSV injection): an apostrophe makes it a text.</summary>
    public static string Of(string? value)
    {
        var safe = value is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" + value : value ?? "";
        return safe.AsSpan().IndexOfAny("\",\r\n") >= 0 ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}
