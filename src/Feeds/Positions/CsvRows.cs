using System.Text;
using MaritimeWatch.Feeds.Transport;
using Sylvan.Data.Csv;

namespace MaritimeWatch.Feeds.Positions;

/// <summary>Rows of a CSV file whose rows are messages of several kinds, each with the values it has.</summary>
internal static class CsvRows
{
    /// <summary>The column names, none where the file has no readable header.</summary>
    public static IReadOnlyList<string> Header(string path)
    {
        using var text = new StreamReader(InputFile.Open(path), Encoding.UTF8);
        try
        {
            using var csv = Create(text);
            return [.. Enumerable.Range(0, csv.FieldCount).Select(csv.GetName)];
        }
        catch (Exception e) when (e is CsvFormatException or CsvMissingHeadersException or CsvRecordTooLargeException or InvalidDataException)
        {
            return [];
        }
    }

    /// <exception cref="InputException">A row breaks the form of the file.</exception>
    public static IEnumerable<NamedRow> Read(string path)
    {
        using var text = new StreamReader(InputFile.Open(path), Encoding.UTF8);
        using var csv = Create(text);
        var names = Enumerable.Range(0, csv.FieldCount).Select(csv.GetName).ToList();
        for (long number = 1; Advance(csv, path, number); number++)
        {
            var values = new List<NamedValue>();
            for (var i = 0; i < Math.Min(names.Count, csv.RowFieldCount); i++)
            {
                NamedValue.Add(values, names[i], csv.GetString(i));
            }

            yield return new NamedRow($"row {number}", values, () => string.Join(',', Enumerable.Range(0, csv.RowFieldCount).Select(csv.GetString)),
                csv.RowFieldCount == names.Count ? null : "number of fields differs from the header");
        }
    }

    private static CsvDataReader Create(StreamReader text) => CsvDataReader.Create(text, new CsvDataReaderOptions { HasHeaders = true, Comment = '\u0001', BufferSize = 1 << 18 });

    private static bool Advance(CsvDataReader csv, string path, long row)
    {
        try
        {
            return csv.Read();
        }
        catch (Exception e) when (e is CsvFormatException or CsvRecordTooLargeException)
        {
            throw new InputException($"{path}: row {row} cannot be read as CSV ({e.Message}). Mend the row, usually a quote that is not closed.", e);
        }
    }
}
