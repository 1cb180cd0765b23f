using System.Text;
using MaritimeWatch.Identity;
using MaritimeWatch.Units;
using Sylvan.Data.Csv;

namespace MaritimeWatch.Server.Api;

/// <summary>Identifiers in a CSV text, and the answer as one (RFC 4180). Separated by comma, semicolon or tab, whichever comes first.</summary>
internal static class BulkTable
{
    public const int MostRows = 1000, MostBytes = 1 << 20;

    private static readonly Dictionary<string, SearchField> Headers = new()
    {
        ["imo"] = SearchField.ImoNumber, ["imono"] = SearchField.ImoNumber, ["imonumber"] = SearchField.ImoNumber, ["mmsi"] = SearchField.Mmsi, ["name"] = SearchField.Name, ["shipname"] = SearchField.Name,
        ["vesselname"] = SearchField.Name, ["vessel"] = SearchField.Name, ["callsign"] = SearchField.CallSign,
    };

    /// <summary>Rows in their order, numbered from 1 without the header; one more than allowed when there are too many.</summary>
    /// <exception cref="FormatException">Not CSV.</exception>
    public static List<BulkRow> Read(string text)
    {
        var separator = text.Split('\n')[0].FirstOrDefault(c => c is ',' or ';' or '\t') is var found and not '\0' ? found : ',';
        var rows = new List<BulkRow>();
        try
        {
            using var csv = CsvDataReader.Create(new StringReader(text), new CsvDataReaderOptions { HasHeaders = false, Delimiter = separator, Comment = '\u0001', MaxBufferSize = MostBytes * 2, BufferSize = 1 << 16 });
            Dictionary<int, SearchField>? columns = null;
            while (rows.Count <= MostRows && csv.Read())
            {
                var cells = Enumerable.Range(0, csv.RowFieldCount).Select(i => csv.GetString(i).Trim()).ToList();
                if (columns is null)
                {
                    columns = ColumnsOf(cells);
                    if (columns.Count > 0)
                    {
                        continue;
                    }
                }

                if (cells.Exists(c => c.Length > 0))
                {
                    rows.Add(new BulkRow(rows.Count + 1, columns.Count > 0
                        ? columns.Where(c => c.Key < cells.Count && cells[c.Key].Length > 0).GroupBy(c => c.Value).OrderBy(g => g.Key).Select(g => (g.Key, cells[g.First().Key])).ToList()
                        : cells[0].Length > 0 ? [(KindOf(cells[0]), cells[0])] : []));
                }
            }
        }
        catch (CsvFormatException e)
        {
            throw new FormatException($"Row {rows.Count + 1} is not CSV: {e.Message}", e);
        }

        return rows;
    }

    /// <summary>The answer as a table; below it the registers and lists that were reached or not.</summary>
    public static string Write(BulkAnswer answer)
    {
        var text = new StringBuilder();
        Line(text, "row", "identifier", "kind", "vesselId", "name", "flags", "confidence", "conflicts", "listings", "note");
        foreach (var row in answer.Rows)
        {
            Line(text, row.Row.ToString(System.Globalization.CultureInfo.InvariantCulture), row.Identifier, row.Kind, row.Match?.VesselId, row.Match?.Name, Joined(row.Match?.Flags.Select(f => $"{f.Flag} ({f.Source})")), row.Match?.Confidence, Joined(row.Conflicts),
                Joined(row.Listings.Select(l => $"{l.ListName}: {l.LegalAct ?? l.Name}{(l.Current ? "" : " (taken off)")}")), row.Note);
        }

        foreach (var list in answer.Lists)
        {
            Line(text, "", list.Name, list.Reachable ? "list reached" : "list not reached", "", "", "", "", "", "", $"{(list.ListDate is { } date ? $"version of {date:yyyy-MM-dd}" : "no version held")}{(list.Note is null ? "" : $"; {list.Note}")}");
        }

        return text.ToString();
    }

    private static Dictionary<int, SearchField> ColumnsOf(List<string> cells) => cells.Select((c, i) => (Index: i, Name: string.Concat(c.ToLowerInvariant().Where(char.IsAsciiLetter))))
        .Where(c => Headers.ContainsKey(c.Name)).ToDictionary(c => c.Index, c => Headers[c.Name]);

    private static SearchField KindOf(string cell)
    {
        var digits = cell.Count(char.IsAsciiDigit);
        return cell.StartsWith("MMSI", StringComparison.OrdinalIgnoreCase) && digits > 0 ? SearchField.Mmsi
            : ImoNumber.Digits(cell) is not null ? digits <= 7 ? SearchField.ImoNumber : SearchField.Mmsi
            : digits > 0 && !cell.Contains(' ', StringComparison.Ordinal) && CallSign.TryParse(cell, out _) ? SearchField.CallSign : SearchField.Name;
    }

    private static string Joined(IEnumerable<string>? texts) => string.Join("; ", texts ?? []);

    private static void Line(StringBuilder text, params IEnumerable<string?> cells) => text.AppendJoin(',', cells.Select(CsvCell.Of)).Append("\r\n");
}
