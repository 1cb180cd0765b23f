using System.Globalization;
using System.Runtime.CompilerServices;

namespace MaritimeWatch.Feeds.Positions;

/// <summary>A position file as a feed. Its position is the number of rows read.</summary>
public sealed class PositionCsvFeed(string name, string path, ColumnCards cards) : IPositionFeed
{
    public string Name => name;

    public async IAsyncEnumerable<ObservationBatch> ReadAsync(string? from, [EnumeratorCancellation] CancellationToken cancel)
    {
        await Task.Yield();
        foreach (var batch in new PositionCsv(name, cards).Read(path, from is null ? 0 : long.Parse(from, CultureInfo.InvariantCulture)))
        {
            cancel.ThrowIfCancellationRequested();
            yield return batch;
        }
    }
}
