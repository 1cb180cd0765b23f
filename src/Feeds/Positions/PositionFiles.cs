using System.Globalization;
using System.Runtime.CompilerServices;
using MaritimeWatch.Feeds.Transport;

namespace MaritimeWatch.Feeds.Positions;

/// <summary>The one door to position files: the content decides how a file is read, not its name.</summary>
public static class PositionFiles
{
    /// <summary>What <see cref="Open"/> reads, for help texts and messages.</summary>
    public const string Forms = "NMEA 0183; NOAA, Danish, satellite or other CSV; JSON lines or an array; GeoJSON; Parquet; NAF; plain, .gz or .zip";

    /// <summary>Opens a file as a feed.</summary>
    /// <exception cref="InputException">The file does not exist, is empty, or holds none of the contents.</exception>
    public static IPositionFeed Open(string name, string path, ColumnCards cards) => InputFile.Recognise(path) switch
    {
        FileContent.Nmea => new NmeaFileFeed(name, path),
        FileContent.Csv when !IsPerMessage(path, cards) => new PositionCsvFeed(name, path, cards),
        var form => new NamedRowFeed(name, path, cards, form),
    };

    /// <summary>The records of a file that is read as named rows.</summary>
    internal static IEnumerable<NamedRow> Rows(string path, FileContent form) => form switch
    {
        FileContent.Csv => CsvRows.Read(path),
        FileContent.JsonLines => JsonRows.Lines(path),
        FileContent.Json or FileContent.GeoJson => new JsonDocumentRows(path, form).Read(),
        FileContent.Parquet => ParquetRows.Read(path),
        FileContent.Naf => NafRows.Read(path),
        _ => throw new ArgumentOutOfRangeException(nameof(form), form, "Not read as named rows."),
    };

    internal static bool IsPerMessage(string path, ColumnCards cards) => cards.CardFor(CsvRows.Header(path)).PerMessage;
}

/// <summary>A file of named rows as a feed. Its position is the number of rows read.</summary>
internal sealed class NamedRowFeed(string name, string path, ColumnCards cards, FileContent form) : IPositionFeed
{
    private const int RowsPerBatch = 20_000;

    public string Name => name;

    public async IAsyncEnumerable<ObservationBatch> ReadAsync(string? from, [EnumeratorCancellation] CancellationToken cancel)
    {
        await Task.Yield();
        var skip = from is null ? 0 : long.Parse(from, CultureInfo.InvariantCulture);
        var reader = new NamedRowReader(name, cards, form);
        var (batch, number) = (new ObservationBatch(), 0L);
        foreach (var row in PositionFiles.Rows(path, form))
        {
            if (++number <= skip)
            {
                reader.Learn(row);
                continue;
            }

            reader.Read(row, batch);
            if (batch.Count.Lines >= RowsPerBatch)
            {
                cancel.ThrowIfCancellationRequested();
                batch.Position = number.ToString(CultureInfo.InvariantCulture);
                yield return batch;
                batch = new ObservationBatch();
            }
        }

        if (number == 0)
        {
            throw new InputException($"{path}: expected rows of positions, found none.");
        }

        batch.Position = number.ToString(CultureInfo.InvariantCulture);
        yield return batch;
    }
}
